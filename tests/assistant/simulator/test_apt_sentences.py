"""Which sentences of a sheet are recited, which broader sheet yields, and which questions count as answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from atelier_ia.assistant.knowledge import Condition, Procedure, load_procedures, says_one
from atelier_ia.assistant.simulator.apt import apt, condition
from atelier_ia.assistant.simulator.french import sentences
from atelier_ia.assistant.simulator.mail import read_mail
from atelier_ia.assistant.simulator.subjects import Subject
from atelier_ia.assistant.words import wording
from atelier_ia.settings import load_settings


@pytest.fixture
def procedures(monkeypatch: pytest.MonkeyPatch) -> tuple[Procedure, ...]:
    monkeypatch.setenv("ATELIER_RACINE", str(Path(__file__).parents[3]))
    return load_procedures(load_settings())


def test_each_condition_is_about_one_sentence(procedures: tuple[Procedure, ...]) -> None:
    """Does each condition begin one sentence of its answer, not the first, with words that a message can say?"""
    for sheet in procedures:
        rest = sentences(sheet.answer)[1:]
        for one in sheet.only_if:
            assert sum(sentence.startswith(one.phrase) for sentence in rest) == 1, (sheet.id, one.phrase)
            assert all(wording(words) for words in one.words), (sheet.id, one.phrase)


def test_what_a_sheet_stands_for_exists(procedures: tuple[Procedure, ...]) -> None:
    """Is each broader sheet another sheet of the base, and no two of them stand for each other?"""
    by_id = {sheet.id: sheet for sheet in procedures}
    for sheet in procedures:
        for name in sheet.supersedes:
            assert name in set(by_id) - {sheet.id}, (sheet.id, name)
            assert sheet.id not in by_id[name].supersedes, (sheet.id, name)


@pytest.mark.parametrize(
    ("text", "told", "untold"),
    [
        ("Comment m'inscrire sur la liste électorale ? Je viens de Dijon.", "toute l'année", "citoyen européen"),
        ("Ma femme est portugaise : comment s'inscrire sur la liste électorale ?", "citoyen européen", "18 ans"),
        ("Je serai en voyage, comment faire une procuration pour le vote ?", "maprocuration", "raison de santé"),
        ("Mon père est en EHPAD, comment faire sa procuration ?", "raison de santé", "Il est prudent de venir"),
        ("La concession de mes grands-parents est échue, comment la renouveler ?", "se renouvelle", "ossuaire"),
        ("Que devient la tombe si la concession échue n'est pas renouvelée ? Va-t-on déplacer les restes ?",
         "ossuaire", "urne"),
    ],
)  # fmt: skip
def test_a_sentence_needs_a_reason(text: str, told: str, untold: str, procedures: tuple[Procedure, ...]) -> None:
    """Is a particular case told to whom it concerns, and to nobody else?"""
    said = " ".join(one.procedure.answer for one in read_mail(text, procedures).subjects)
    assert told in said
    assert untold not in said


def _sheet(name: str, answer: str, **more: object) -> Procedure:
    return Procedure.model_validate(
        {
            "id": name,
            "titre": "Prêt de barques",
            "service": "accueil",
            "competence": "commune",
            "reponse": answer,
            **more,
        }
    )


def test_rare_words_of_a_sentence_call_for_it(procedures: tuple[Procedure, ...]) -> None:
    """Without words of its own, is a conditional sentence recited when the message says what it is about?"""
    sheet = _sheet(
        "barques",
        "Les barques se prêtent le samedi. Un gilet de sauvetage est fourni. Le ponton est fermé en hiver.",
        si=[{"phrase": "Un gilet", "mots": []}, {"phrase": "Le ponton", "mots": ["ponton"]}],
    )
    base = (*procedures, sheet)
    for text, expected in (
        ("Prêtez-vous une barque ?", "Les barques se prêtent le samedi."),
        (
            "Prêtez-vous une barque avec un gilet ?",
            "Les barques se prêtent le samedi. Un gilet de sauvetage est fourni.",
        ),
        ("Prêtez-vous une barque au ponton ?", "Les barques se prêtent le samedi. Le ponton est fermé en hiver."),
    ):
        assert apt([Subject(sheet, text, 1.0)], [text], base)[0].procedure.answer == expected


def test_the_more_precise_sheet_stands_for_the_broader() -> None:
    """Is the broader of two sheets on one matter left out, whatever their order?"""
    broad, precise = _sheet("large", "L'un. Deux."), _sheet("precise", "L'autre. Deux.", remplace=["large"])
    found = [Subject(broad, "une barque", 0.9), Subject(precise, "une barque à voile", 0.6)]
    assert [one.procedure.id for one in apt(found, ["une barque à voile"], (broad, precise))] == ["precise"]
    assert [one.procedure.id for one in apt(found[:1], ["une barque"], (broad, precise))] == ["large"]


def test_a_condition_reads_families_of_words() -> None:
    """Is a nationality « étranger » for a condition, and a small word counted only as it is written?"""
    assert says_one("Mon fiancé est brésilien.", ("étranger",))
    assert not says_one("Mon fiancé est de Rennes.", ("étranger",))
    assert says_one("C'est urgent, quand passez-vous ?", ("quand",))
    assert not says_one("Passez-vous demain ?", ("quand",))
    sheet = _sheet("barques", "L'un. Un jeune peut ramer.", si=[{"phrase": "Un jeune"}])
    assert condition(sheet, "Un jeune peut ramer.") == Condition.model_validate({"phrase": "Un jeune"})


@pytest.mark.parametrize(
    ("text", "open_question"),
    [
        ("Je m'installe ici. Comment m'inscrire sur la liste électorale ? Dois-je me désinscrire à Nevers ?", ""),
        ("Je voudrais une copie de mon acte de naissance. Pouvez-vous l'envoyer par la poste ?", ""),
        ("Ma fille aura 16 ans : comment la recenser ? Puis-je venir à sa place ?", ""),
        ("Comment faire ma carte grise ? Vous le faites à la mairie ?", ""),
        ("Je voudrais une copie de mon acte de naissance. Faut-il vous apporter un gâteau ?", "gâteau"),
        ("Le bus 4 n'est pas passé. Pouvez-vous changer de chauffeur ?", "chauffeur"),
    ],
)
def test_a_question_is_answered_or_left_open(text: str, open_question: str, procedures: tuple[Procedure, ...]) -> None:
    """Is a question that the sheet answers, in other words, not put off, and another one kept?"""
    left = " ".join(one for one in read_mail(text, procedures).requests if "?" in one)
    assert (open_question in left) if open_question else left == ""


@pytest.mark.parametrize(
    ("text", "barred"),
    [
        ("Je n'ai pas envie d'en arriver à porter plainte, mais le chien du voisin aboie la nuit.", "justice_plainte"),
        ("Nous voulons un skatepark, on est dix et on a entre 12 et 16 ans.", "recensement_citoyen"),
        ("Nous avons déménagé de Blois cet été. Comment s'inscrire sur la liste électorale ?", "occupation_voirie"),
        ("Je suis pompier volontaire. Le défibrillateur du gymnase clignote, pouvez-vous le vérifier ?",
         "pompier_volontaire"),
    ],
)  # fmt: skip
def test_what_is_feared_or_only_told_is_no_matter(text: str, barred: str, procedures: tuple[Procedure, ...]) -> None:
    """Is a sheet not recited for what a person fears, for an age, a past move or a job?"""
    assert barred not in {one.procedure.id for one in read_mail(text, procedures).subjects}


def test_ruled_out_in_one_clause_only(procedures: tuple[Procedure, ...]) -> None:
    """Do the words that bar a sheet bar it for their clause, and not for the rest of the sentence?"""
    text = "Quels sont les horaires de la piscine, et pouvez-vous me dire vos horaires d'ouverture de la mairie ?"
    assert "horaires_mairie" in {one.procedure.id for one in read_mail(text, procedures).subjects}
    alone = "Quels sont les horaires d'ouverture de la piscine ?"
    assert "horaires_mairie" not in {one.procedure.id for one in read_mail(alone, procedures).subjects}
