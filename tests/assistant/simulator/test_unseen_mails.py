"""Ordinary e-mails of inhabitants: names, messages in one breath, thanks, fees, what is lacking and what is asked."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from atelier_ia.assistant import open_assistant
from atelier_ia.assistant.simulator.addressee import addressee
from atelier_ia.assistant.simulator.fees import asked_part, without_amounts
from atelier_ia.assistant.simulator.plain import plain
from atelier_ia.assistant.simulator.restating import restated
from atelier_ia.assistant.simulator.run_ons import in_sentences
from atelier_ia.assistant.simulator.turns import without_turns
from atelier_ia.assistant.simulator.wishes import recovery, thanks_to_pass_on
from atelier_ia.settings import Settings
from atelier_ia.use_cases.sandbox import reference_settings
from tests.assistant.simulator.quality_checks import INSTRUCTIONS, LIMITS, ROLE

HOLE = "Bonjour,\nLe trou devant chez Paul Durand grandit. Pouvez-vous passer ?\n"


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    """This project's own sheets."""
    monkeypatch.setenv("ATELIER_RACINE", str(Path(__file__).parents[3]))
    return reference_settings()


def answer(settings: Settings, mail: str) -> str:
    """The reply, its spaces plain."""
    content = f"{ROLE}{INSTRUCTIONS['courriel']}{LIMITS}\n\n<<<TEXTE\n{mail.strip()}\nTEXTE>>>"
    text = open_assistant(settings).ask([{"role": "user", "content": content}]).text
    return re.sub(r"[\u00a0\u202f]", " ", text).replace("’", "'")


@pytest.mark.parametrize(
    ("signature", "line"),
    [
        ("Armelle Kerbrat\nPS : faut-il aussi une photo ?", "d’Armelle Kerbrat"),
        ("PS : faut-il une photo ?\nArmelle Kerbrat", "d’Armelle Kerbrat"),
        ("Mr Guivarch bat C", "de M. Guivarch"),
        ("Mme Sow appt 12", "de Mme Sow"),
        ("Mme Vve Jeanne Le Gall\n3, impasse des Lilas", "de Mme Jeanne Le Gall"),
        ("c'est pour mon dossier. dylan lagadec", "de Dylan Lagadec"),
        ("on attend depuis lundi merci sabrina hamon", "de Sabrina Hamon"),
        ("Je préfère rester anonyme envers mon voisin.\nLoïc Perrot, 24 rue Haute", "de Loïc Perrot"),
    ],
)
def test_the_name_is_found(signature: str, line: str) -> None:
    """Is the person named under a postscript, before a flat, without capitals, or unknown to the neighbour only?"""
    person = addressee(HOLE + signature)
    assert person is not None
    assert person.line == f"À l'attention {line}"


@pytest.mark.parametrize(
    "ending",
    [
        "je n'en peux plus. degoutee",
        "repondez vite. mrc",
        "ok merci",
        "on attend. toujours rien",
        "Je veux rester anonyme vis-à-vis de la mairie.\nJeanne Morel",
        "Je veux rester anonyme pour la police.\nJeanne Morel",
    ],
)
def test_no_word_is_taken_for_a_name(ending: str) -> None:
    """Is nobody named after a plain word, an abbreviation, or a wish that the town hall should not know?"""
    assert addressee(HOLE + ending) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Ça fait deux ans que le chien du 4 hurle la nuit.", "Vous nous signalez que, depuis deux ans, le chien"),
        ("Cela fait 3 semaines que j'attends une réponse.", "Depuis 3 semaines, vous attendez une réponse"),
        ("Moi et ma copine on veut se marier en mai.", "Vous souhaitez vous marier en mai"),
        ("Mon compagnon et moi souhaitons louer un jardin.", "Votre compagnon et vous souhaitez louer un jardin"),
        ("Ne lui dites pas que c'est moi qui vous ai prévenus.", "de ne pas lui dire que c'est vous qui nous avez"),
        ("Il faut combien de copies ?", "combien de copies il faut"),
        ("C'est au sujet de la haie de mon père.", "Vous nous écrivez au sujet de la haie de votre père"),
        ("Le notaire attend l'acte de maman.", "votre mère"),
        ("Il faut que je me fasse opérer avant.", "que vous vous fassiez opérer"),
        ("Ma fille attend seule dans le noir à l'arrêt de car.", "l'arrêt de car"),
        ("Il n'y a pas de benne dans la cour.", "qu’il n'y a pas de benne"),
    ],
)  # fmt: skip
def test_speech_is_put_as_a_letter(said: str, told: str) -> None:
    """Is what people say in a breath said again as a secretary would write it?"""
    assert told in restated(said)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("qui vient ramassé", "qui vient ramasser"),
        ("il faut se faire recensé", "se faire recenser"),
        ("on a deja appeler deux fois", "on a déjà appelé"),
        ("sa deviens une decharge", "ça devient une décharge"),
        ("le 24 dec", "le 24 décembre"),
        ("la salle ou sinon le préau", "la salle ou le préau"),
        ("est-elle potable ???", "est-elle potable ?"),
        ("on a hiver et cher loyer", "on a hiver et cher loyer"),
        ("l'heure du café et le marché", "l'heure du café et le marché"),
    ],
)
def test_slips_of_spelling_are_read(typed: str, read: str) -> None:
    """Are infinitives heard as participles, months cut short and repeated marks read, and right words left alone?"""
    assert read in plain(typed)


def test_one_breath_is_cut() -> None:
    """Is a long message without a mark cut before its questions, and a short or a marked one left as it is?"""
    typed = "mon chat est perdu depuis hier soir dans la rue du lavoir est-ce que vous avez une fourrière c'est payant"
    assert in_sentences(typed).count("?") == 2
    assert in_sentences("je voudrais savoir comment on fait") == "je voudrais savoir comment on fait"
    assert in_sentences("Bonjour, il pleut. Merci.") == "Bonjour, il pleut. Merci."


def test_a_question_typed_on_is_taken_up(settings: Settings) -> None:
    """Does the reply to one breath name the writer and say each question, without « je » nor « merci » left in?"""
    mail = (
        "slt on peut louer la salle de l'ambrelle le 12 juin pr un bapteme on sera 80 est ce kil ya de la vaisselle"
        " merci. kevin marchand"
    )
    told = answer(settings, mail)
    assert "Kevin Marchand" in told
    assert "12 juin" in told
    assert "vaisselle" in told
    assert "merci." not in told
    assert not re.search(r"\b(?:je|j'|kil|ya|pr)\b", told.split("\n\n", 1)[1])


def test_a_hall_that_no_sheet_knows_has_no_price(settings: Settings) -> None:
    """Is a price given for a hall of the sheet, and none for another, which is to be checked?"""
    asked = "Bonjour,\nPour le 5 juin, la salle {} est-elle libre ? Quel est le tarif ?\nInès Roux"
    known, other = (answer(settings, asked.format(name)) for name in ("des Potiers", "du Vieux-Pressoir"))
    assert "110 €" in known
    assert "€" not in other
    assert "salle du Vieux-Pressoir" in other
    assert "[À VÉRIFIER]" in other


def test_only_the_fee_that_is_asked_for_is_told() -> None:
    """Is a fee cut to what is free for the person, and left whole when nothing tells?"""
    fee = "gratuit pour un déménagement ; benne ou échafaudage : 8 € par jour"
    assert asked_part(fee, "Je prépare mon déménagement du 3.") == "gratuit pour un déménagement"
    assert asked_part(fee, "Je pose une benne.") == fee
    assert asked_part(fee, "Combien ?") == fee
    assert without_amounts("chèque de caution de 1 600 €") == "chèque de caution"


def test_thanks_do_not_hide_what_is_wrong(settings: Settings) -> None:
    """Are thanks passed on, a recovery wished, and the danger that is still there taken up?"""
    told = answer(
        settings,
        "Madame,\nJe remercie vos agents qui ont secouru mon père mardi rue du Four. Mon père est à l'hôpital."
        " La grosse branche du tilleul est toujours sur le trottoir.\nRose Hamon",
    )
    assert "Nous transmettons vos remerciements" in told
    assert "bon rétablissement à votre père" in told
    assert "branche" in told
    assert "l'arbre" in told


def test_kind_words_are_for_whom_they_fit() -> None:
    """Is a recovery wished to who was hurt, and to nobody else; thanks passed on only when somebody thanks?"""
    assert recovery("Ma femme s'est cassé le bras.") == "Nous souhaitons un bon rétablissement à votre épouse."
    assert not recovery("Mon mari est arrivé hier et ma fille est au collège.")
    assert not thanks_to_pass_on("Merci de me répondre. Pouvez-vous passer ?")


def test_a_signed_complaint_is_no_unsigned_one(settings: Settings) -> None:
    """Is a neighbour who signs, and asks that the other not be told, named and not lectured about signing?"""
    told = answer(
        settings,
        "Bonjour, je souhaite rester anonyme vis-à-vis de ma voisine, mais elle jette ses ordures dans la cour"
        " depuis le 3 mars. Que faites-vous ?\nMme Nolwenn Le Dû, 12 rue Basse",
    )
    assert "Mme Nolwenn Le Dû" in told
    assert "n'est pas communiqué" in told
    assert "non signé" not in told


def test_what_is_lacking_and_asked_is_kept(settings: Settings) -> None:
    """Are a short fact that bears on the answer, and a question on danger, kept whatever the length?"""
    told = answer(
        settings,
        "Bonjour,\nMon voisin du 8 construit un garage contre notre mur. Aucun permis n'est affiché. En a-t-il un ?"
        " Comment consulter le dossier ?\nPaul Autret",
    )
    assert "aucun permis n'est affiché" in told
    assert "Le dossier se consulte" in told


@pytest.mark.parametrize(
    "piece",
    ["ça fait 3 mois que ", "mon mari et moi on veut ", "salle des fêtes de Saint ", "est ce que je peux ", "qui a le ",
     "merci de le leur dire ", "on a appeler ", "moi et mon ", "aucun panneau n'est ", "a", " ", "mon père "],
)  # fmt: skip
def test_a_long_text_takes_no_time(piece: str) -> None:
    """Are 100 kB of any of these words read in a moment?"""
    text = piece * (100_000 // len(piece))
    start = time.perf_counter()
    in_sentences(text)
    without_turns(text)
    recovery(text)
    thanks_to_pass_on(text)
    addressee(text)
    plain(text)
    assert time.perf_counter() - start < 8
