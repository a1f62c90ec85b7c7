"""What the author of a note for a post or a poster says in passing: never published; the facts beside it are."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.author_voice import without_author
from atelier_ia.assistant.simulator.layout_words import looks
from atelier_ia.assistant.simulator.publishable import without_held
from atelier_ia.assistant.simulator.remarks import unsigned, without_remarks
from tests.assistant.simulator.conftest import Document


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ("Brocante le 2 mai, vous arrangez le texte. Venez tous.", "Brocante le 2 mai. Venez tous."),
        ("Le four est éteint, j'ai pas eu le temps de demander pourquoi.", "Le four est éteint."),
        ("Je vous confirme que la piste rouvre lundi.", "La piste rouvre lundi."),
        ("Le clown ne viendra pas, il s'est cassé la jambe (dire juste « pour raison de santé »).",
         "Le clown ne viendra pas pour raison de santé."),
        ("alors c'est pour le bal du club, ça se passe samedi 3 avril, voilà.", "Bal du club, samedi 3 avril."),
        ("vente au profit du club enfin de l'école Pasteur", "vente au profit de l'école Pasteur"),
        ("Le bus s'arrêtera pas place Foch.", "Le bus ne s'arrêtera pas place Foch."),
        ("Il n'y a pas de bus, il n'est pas prévu.", "Il n'y a pas de bus, il n'est pas prévu."),
        ("la piscine elle ferme à midi, y a pas de cours", "la piscine ferme à midi, il n'y a pas de cours"),
        ("40 je crois, non 46, places", "46, places"),
        ("Auriez-vous l'amabilité d'annoncer la foire du 8 mai ?", "Foire du 8 mai ?"),
        ("Précisez que le parking est fermé.", "Le parking est fermé."),
        ("Déposez vos jouets, on se retrouve à la fête.", "Déposez vos jouets, on se retrouve à la fête."),
    ],
)  # fmt: skip
def test_the_author_speaks_to_nobody(notes: str, told: str) -> None:
    """Does the clause told to whoever writes go alone, and does what is told to all stay?"""
    assert without_author(notes).strip() == told


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        ("Rue coupée (vérifié hier avec eux), bus dévié (ligne 2).", "Rue coupée, bus dévié (ligne 2)."),
        ("Film à 15 h (on était à deux doigts d'annuler).\nNB pour nous : changer la clé.", "Film à 15 h."),
        ("Film à 15 h. PS : tu rappelles Zoé ?", "Film à 15 h."),
        ("Film à 15 h. PS : entrée 3 €", "Film à 15 h.\nEntrée 3 €"),
        ("Fuite : le numéro d'urgence je l'ai pas, laisse un blanc.", "Fuite : le numéro d'urgence : [À VÉRIFIER]."),
        ("TR: loto\n> De : le club\n> Bonjour, loto le 3 mai.\n> Cordialement, Zoé Le Bihan\n", "Loto le 3 mai."),
        ("Mail reçu du club, à passer :\n« Bonjour, la pièce est complète. »", "La pièce est complète."),
        ("Goûter (apporter sa tasse), pour tous (chiens).", "Goûter (apporter sa tasse), pour tous (chiens)."),
    ],
)  # fmt: skip
def test_remarks_and_wrapping_go(notes: str, told: str) -> None:
    """Do remarks between brackets, notes to oneself and the heads of forwarded mails go, and only they?"""
    assert without_remarks(notes).strip() == told


@pytest.mark.parametrize(
    "remark",
    [
        "Le chef dit que tout va bien mais il veut pas être cité donc on met pas.",
        "Pas besoin de raconter que la toiture fuit.",
        "Le club cherche un gardien mais ça c'est pas pour cet article.",
        "Paul avait mis 3 mai sur le tract, c'est faux.",
        "Pas mettre le nom de M. Kerloc'h.",
    ],
)
def test_what_is_not_to_be_told_goes(remark: str) -> None:
    """Is a sentence that says in passing that it is not to be told left out whole?"""
    assert without_held(remark) == ""


@pytest.mark.parametrize(
    "advice",
    ["On ne donne pas de pain aux canards.", "Ne mettez pas de verre dans le bac.", "La balade n'est pas pour tous."],
)
def test_advice_to_the_public_stays(advice: str) -> None:
    """Is advice that only sounds like a remark kept?"""
    assert without_held(advice) == advice


def test_only_a_first_name_signs() -> None:
    """Does the name of who asks go, and does a last line that names a place stay?"""
    notes = "Bourse aux livres samedi 3 mai de 9 h à 12 h, entrée libre."
    assert unsigned(f"{notes}\nNadège, accueil") == notes
    assert unsigned(f"{notes}\nSalle Foch") == f"{notes}\nSalle Foch"


@pytest.mark.parametrize(
    ("sentence", "look"),
    [
        ("Fond vert pâle, titre bien gros.", True),
        ("Vert et orange, une grenouille.", True),
        ("Affiche joyeuse, pas de clown.", True),
        ("Concert des Roses rouges au parc.", False),
        ("Venir avec une tasse.", False),
    ],
)
def test_how_it_is_to_look(sentence: str, look: bool) -> None:
    """Is how a poster is to look told apart from what it says?"""
    assert looks(sentence) is look


def test_a_poster_tells_its_look_and_its_slogan_apart(document: Document) -> None:
    """Does what is wished of the look stay out of the text to print, and does a slogan have its line?"""
    text = document(
        "affiche",
        "une affiche pour le ciné-goûter du mercredi 7 avril à 15 h, salle Foch. Slogan : « Je viens, tu viens ». "
        "je verrais bien un fond bleu nuit, simple",
    )
    assert "Titre : Ciné-goûter" in text
    assert "Accroche : Je viens, tu viens" in text
    assert "Mise en page demandée : Un fond bleu nuit, simple." in text
    assert text.count("bleu nuit") == 1


@pytest.mark.parametrize(
    "shape", ["je vois que ", "vous tournez, ", "la rue elle ", "(on a ri ", "> De : ", "PS : tu "]
)
def test_long_notes_are_read_to_their_end(shape: str) -> None:
    """Are 200 kB of one turn read at once?"""
    without_author(without_remarks(shape * (200_000 // len(shape))))
