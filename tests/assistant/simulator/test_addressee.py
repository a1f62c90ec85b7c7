"""To whom a reply is addressed: the signature, however it is written, and never somebody else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier_ia.assistant.simulator.addressee import Addressee, addressee

ASKED = "Bonjour,\nLe lampadaire devant chez Paul Durand est éteint depuis lundi. Pouvez-vous passer ?\n"


@pytest.mark.parametrize(
    ("signature", "line", "opening"),
    [
        ("Cordialement,\nMireille Castagnou\n12 chemin des Lavandières", "de Mireille Castagnou", "Madame, Monsieur,"),
        ("Est-ce possible ? Élodie Marchand (née Petit)", "de Mme Élodie Marchand", "Madame,"),
        ("Merci, Brigitte Lescure, Toulouse", "de Brigitte Lescure", "Madame, Monsieur,"),
        ("Réf 2026-331. Roger Mas", "de Roger Mas", "Madame, Monsieur,"),
        ("Merci. M. Tellier", "de M. Tellier", "Monsieur,"),
        ("Cordialement, Élodie Brugnon", "d’Élodie Brugnon", "Madame, Monsieur,"),
        ("Cordialement, Yann Guivarc'h", "de Yann Guivarc'h", "Madame, Monsieur,"),
        ("Mme Vasseur-Dinh\n06 39 98 00 00", "de Mme Vasseur-Dinh", "Madame,"),
        ("Famille Pons, 15 rue des Potiers", "de la famille Pons", "Madame, Monsieur,"),
        ("Bien à vous\n[NOM_2]\n[ADRESSE_1]", "de [NOM_2]", "Madame, Monsieur,"),
        ("Ghislain de Marsac", "de Ghislain de Marsac", "Madame, Monsieur,"),
        ("merci mr Kessler", "de M. Kessler", "Monsieur,"),
        ("Cordialement,\nJ.-P. Renaud", "de J.-P. Renaud", "Madame, Monsieur,"),
        ("Le président, Roger Bastide", "de Roger Bastide", "Madame, Monsieur,"),
        ("Loïc Kerguen\nSaint-Brieuc", "de Loïc Kerguen", "Madame, Monsieur,"),
        ("Loïc Kerguen\nFleurs du Port, 3 quai Haut", "de Loïc Kerguen", "Madame, Monsieur,"),
        ("Loïc Kerguen 71 ans", "de Loïc Kerguen", "Madame, Monsieur,"),
        ("M. Loïc Kerguen rue du Port", "de M. Loïc Kerguen", "Monsieur,"),
        ("Merci. Loïc Kerguen, lotissement des Pins", "de Loïc Kerguen", "Madame, Monsieur,"),
        ("Mme Jeanne Février", "de Mme Jeanne Février", "Madame,"),
        ("P/o Loïc Kerguen, clerc", "de Loïc Kerguen", "Madame, Monsieur,"),
        ("Merci par avance Loïc Kerguen", "de Loïc Kerguen", "Madame, Monsieur,"),
        ("L.-M. Kerguen, carte no 004512", "de L.-M. Kerguen", "Madame, Monsieur,"),
        ("Pour le collectif, Émilie Cordier", "d’Émilie Cordier", "Madame, Monsieur,"),
        ("Entreprise Ravel, M. Ravel", "de M. Ravel", "Monsieur,"),
        ("M et Mme Garcia", "de M. et Mme Garcia", "Madame, Monsieur,"),
        ("La famille Ouedraogo", "de la famille Ouedraogo", "Madame, Monsieur,"),
        ("Mireille Schmitt née Rossignol", "de Mme Mireille Schmitt", "Madame,"),
        ("Jean-Eudes (Jonas) Pelletan", "de Jean-Eudes Pelletan", "Madame, Monsieur,"),
        ("merci\nmanon", "de Manon", "Madame, Monsieur,"),
        ("cdlt, kevin lemoine", "de Kevin Lemoine", "Madame, Monsieur,"),
        ("m. leduc", "de M. Leduc", "Monsieur,"),
        ("Geneviève et Paul Astruc", "de Geneviève et Paul Astruc", "Madame, Monsieur,"),
        ("La rue du Pré-Long est finie. On m'a dit de voir avec vous. A. Kessler", "d’A. Kessler", "Madame, Monsieur,"),
        ("MONSIEUR BERTIN PARENT D'ELEVE", "de M. Bertin", "Monsieur,"),
        ("Veuve Renée Castaing, 84 ans", "de Mme Renée Castaing", "Madame,"),
    ],
)
def test_the_signature_is_read(signature: str, line: str, opening: str) -> None:
    """Is the person who signs named as they sign, « Madame » or « Monsieur » only when they say which?"""
    person = addressee(ASKED + signature)
    assert person is not None
    assert person.line == f"À l'attention {line}"
    assert person.greeted("Madame, Monsieur,") == opening


@pytest.mark.parametrize(
    "mail",
    [
        ASKED,
        ASKED + "Merci d'avance",
        ASKED + "MERCI DE RÉPONDRE VITE",
        ASKED + "Association Les Amis du Lavoir",
        ASKED + "Je souhaite rester anonyme.\nJeanne Morel",
        ASKED + "> De : l'agence\n> Bien à vous.",
        ASKED + "12 rue Haute, Val-Fontaine",
    ],
)
def test_nobody_is_named_by_guess(mail: str) -> None:
    """Unsigned, signed by a body, quoted, or by somebody who wants no name: is nobody named?"""
    assert addressee(mail) is None


def test_the_town_is_nobody() -> None:
    """Is the town under a mail left alone, and a person of the same sort of name elsewhere named?"""
    mail = ASKED + "Cordialement,\nRoc Fontaine"
    assert addressee(mail, "Roc Fontaine") is None
    assert addressee(mail, "Val-Fontaine") == Addressee("Roc Fontaine")


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    """Does any text give a name that stands in it, or nobody?"""
    person = addressee(text)
    assert person is None or person.name in text
