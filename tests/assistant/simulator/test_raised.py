"""Which subjects a mail raises beside its main one: a purpose, a further question, a circumstance is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from atelier_ia.assistant.knowledge import load_procedures
from atelier_ia.assistant.simulator.mail import Mail, read_mail
from atelier_ia.assistant.simulator.taking_up import own_names
from atelier_ia.use_cases.sandbox import reference_settings


def _read(text: str, monkeypatch: pytest.MonkeyPatch) -> Mail:
    monkeypatch.setenv("ATELIER_RACINE", str(Path(__file__).parents[3]))
    return read_mail(text, load_procedures(reference_settings()))


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("Je dois fournir un acte de naissance pour mon mariage à Nantes. Est-ce payant ?", ["acte_naissance"]),
        (
            "Un nid de frelons est installé dans le parc. Qui s'en occupe ? J'ai une petite fille allergique.",
            ["frelon_asiatique"],
        ),
        ("Ma demande de passeport a été déposée le 12 octobre. Où en est mon dossier ?", ["suivi_titre"]),
        (
            "Le lampadaire du 4 rue Haute est en panne. Par ailleurs, le trottoir est défoncé devant le 6.",
            ["eclairage_public", "nid_de_poule"],
        ),
        (
            "- comment s'inscrire sur les listes électorales ?\n- où se trouve la déchèterie ?",
            ["liste_electorale", "dechetterie_encombrants"],
        ),
    ],
)
def test_subjects(text: str, subjects: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Are the matters that are asked answered, and those only?"""
    assert [one.procedure.id for one in _read(text, monkeypatch).subjects] == subjects


def test_a_further_question_is_answered_by_the_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is « est-ce payant ? » left out of what remains to be answered, and an unknown one kept?"""
    mail = _read("Je voudrais un acte de naissance. Est-ce payant ? Le papier est-il bleu ?", monkeypatch)
    assert mail.requests == ("Le papier est-il bleu ?",)


def test_own_names() -> None:
    """Are the names of one's own noted (a child, an association), and not the neighbours'?"""
    text = "Mon fils Gabin entre en CP. L'association \"Le Fil Solidaire\" l'aide. Mon voisin M. Petit râle."
    assert own_names(text) == ["Gabin", "Le Fil Solidaire"]


def test_each_item_of_a_list_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is an item that no sheet answers a request, be it one word, while what a sheet answers is not asked twice?"""
    text = "Pour notre brocante du 6 juin :\n- prêt de 40 tables\n- électricité ?\n- une buvette avec bière\nMerci"
    mail = _read(text, monkeypatch)
    assert mail.requests == ("- électricité ?",)
    assert {"pret_materiel", "buvette"} <= {one.procedure.id for one in mail.subjects}


def test_a_word_of_the_dictionary_is_no_slip(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does « Moustache » not bring in the tiger mosquito, and is « subvantion » still understood?"""
    lost = _read("Mon chat s'est échappé. Il s'appelle Moustache.", monkeypatch)
    assert [one.procedure.id for one in lost.subjects] == ["animal_perdu"]
    club = _read("Notre club demande une subvantion.", monkeypatch)
    assert club.subjects[0].procedure.id == "subvention_association"


def test_a_part_of_an_expression_is_no_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a sheet chosen by its own words only, a road by its number, and a tree where birds nest left aside?"""
    assert _read("Faut-il aller à Saint-Aubin ?", monkeypatch).subjects == ()
    found = _read("Il y a des trous sur la D34 à la sortie du village.", monkeypatch).subjects
    assert "route_departementale" in [one.procedure.id for one in found]
    birds = _read("Les corbeaux nichent dans les tilleuls de la place.", monkeypatch).subjects
    assert [one.procedure.id for one in birds] == ["oiseaux_nuisance"]


def test_offers_and_lacks_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Are « je suis disponible pour… » and « je n'ai plus de… » taken up, whatever sheet answers the rest?"""
    mail = _read(
        "Le lampadaire du 4 rue Haute est en panne. Je n'ai plus de voiture. "
        "Je suis disponible pour montrer le lampadaire à un agent.",
        monkeypatch,
    )
    assert mail.requests == (
        "Je n'ai plus de voiture.",
        "Je suis disponible pour montrer le lampadaire à un agent.",
    )


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("J'apprends avec consternation que la haie a disparu.", "tristesse"),
        ("Notre médecin s'en va et personne ne le remplace.", "inquiétude"),
        ("LA COUR EST INONDÉE. MA FILLE EST MALADE. C'EST INADMISSIBLE.", "colère"),
        ("Mon courrier de mai est resté lettre morte.", "colère"),
        ("QUELS SONT LES HORAIRES DE LA MAIRIE LE SAMEDI MATIN EN JUILLET ?", "neutre"),
        ("Quels sont vos horaires ?", "neutre"),
        ("Nous n'avons plus de mode de garde.", "inquiétude"),
        ("Nous avons plus de 200 adhérents et cherchons une salle.", "neutre"),
    ],
)
def test_mood(text: str, mood: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is what the person feels told from what is only asked, even in capitals?"""
    assert _read(text, monkeypatch).mood == mood


def test_metres_are_no_pronoun(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is « 2,50 m en limite » never read as « m'en »?"""
    assert (
        "2,50 m en limite" in _read("Mon voisin monte un mur de 2,50 m en limite de mon terrain.", monkeypatch).told[0]
    )
