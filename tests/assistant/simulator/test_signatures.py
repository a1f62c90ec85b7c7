"""A signature is read whatever surrounds the name: a telephone, brackets, a title, leave taken, no capital."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.addressee import addressee

BODY = "Bonjour,\nLe lampadaire devant chez moi est en panne depuis lundi. Pouvez-vous le réparer ?\n"
BREATHLESS = "bonjour le lampadaire devant chez moi est en panne depuis lundi vous pouvez le réparer ??\n"
NAMES = (
    "Sandra Delattre",
    "DELATTRE Sandra",
    "S. Delattre",
    "Mme Sandra Delattre",
    "MME DELATTRE",
    "M. Delattre",
    "M. et Mme Delattre",
    "Famille Delattre",
    "Mme DELATTRE Sandra",
    "Marie-Claude Delattre",
    "Sandra et Paul Delattre",
)
LOWERED = ("sandra delattre", "mme delattre", "mr delattre", "mme Delattre sandra")
AROUND = (
    "{}",
    "({})",
    "{}, 12 rue du Lavoir",
    "{} - 07 00 00 00 00",
    "{} / 07.00.00.00.00",
    "{} tél : 07 00 00 00 00",
    "{}\n07 00 00 00 00",
    "{}\ndelattre@mail.example",
    "{}\n12 rue du Lavoir\n99310 Val-Fontaine",
    "{}, habitante de la rue Haute",
    "{} (maman de Léo, CE1)",
    "{}\nEnvoyé de mon iPhone",
    "merci {}",
    "Merci d'avance {}",
    "Cordialement, {}",
    "Bonne journée\n{}",
    "{} bât B",
    "{}\n\nPS : merci pour le prêt des tables",
)
TITLED = (
    "Habitants du hameau\n({})",
    "SASU La Bigoudène – {} – 07 00 00 00 00",
    "Pour le comité, {}",
    "La présidente, {}",
)


@pytest.mark.parametrize("body", [BODY, BREATHLESS])
@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("name", NAMES + LOWERED)
def test_the_name_is_found(name: str, around: str, body: str) -> None:
    """Is the family name found, with its capital, and nothing of what surrounds it?"""
    person = addressee(body + around.format(name), "Val-Fontaine")
    assert person is not None
    assert "delattre" in person.name.lower()
    assert person.name[0].isupper()
    assert not {"rue", "tél", "bât", "maman", "merci", "habitante", "iphone"} & set(person.name.lower().split())


@pytest.mark.parametrize("around", TITLED)
@pytest.mark.parametrize("name", NAMES)
def test_a_title_or_a_firm_may_stand_before(name: str, around: str) -> None:
    """Is the person named, rather than the firm, the hamlet or the office they hold?"""
    person = addressee(BODY + around.format(name), "Val-Fontaine")
    assert person is not None
    assert person.name.lower().endswith(("delattre", "sandra"))


@pytest.mark.parametrize(
    "end", ["merci de votre réponse", "le lampadaire éteint", "vite svp", "monsieur bonjour", "la place du marché"]
)
def test_words_are_no_name(end: str) -> None:
    """Do ordinary words that end a mail stay words?"""
    assert addressee(BREATHLESS + end) is None


@pytest.mark.parametrize(
    ("mail", "civility"),
    [
        ("Bonjour,\nJe suis née à Val-Fontaine en 1961.\nMonique Aubertin", "Madame"),
        ("Bonjour,\nJe suis retraité et je cherche un jardin.\nJean-Luc Perrin", "Monsieur"),
        ("Bonjour,\nNotre club cherche une salle.\nMarie-Paule Guignard, trésorière", "Madame"),
        ("Bonjour,\nMon fils est né en 2012, il lui faut une carte.\nDominique Morel", ""),
        ("Bonjour,\nMa femme est née à Porto.\nClaude Morel", ""),
        ("Bonjour,\nNous sommes installés depuis peu, je suis né ici.\nSacha et Camille Morel", ""),
        ("Bonjour,\nNotre club cherche une salle.\nDominique Guignard, président", ""),
    ],
)
def test_the_civility_is_the_one_they_say(mail: str, civility: str) -> None:
    """Is somebody « Madame » or « Monsieur » by their own words only, never by a first name nor by another's birth?"""
    person = addressee(mail, "Val-Fontaine")
    assert person is not None
    assert person.civility == civility


@pytest.mark.parametrize(
    ("end", "name"),
    [
        ("M. BERTHOLON", "Bertholon"),
        ("mme pochon rue basse", "Pochon"),
        ("Camille & Yanis Benali", "Camille et Yanis Benali"),
    ],
)
def test_a_name_is_written_as_on_an_envelope(end: str, name: str) -> None:
    """Have names typed in capitals, without any, or with « & » their usual form?"""
    person = addressee(BODY + end, "Val-Fontaine")
    assert person is not None
    assert person.name == name
