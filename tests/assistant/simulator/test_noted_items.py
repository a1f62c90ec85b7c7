"""Notes of a meeting: who does what apart, the matter of a bullet kept, a verdict joined to what it settles."""

from __future__ import annotations

from atelier_ia.assistant.simulator.meetings import read_notes

NOTES = """Réunion cantine mardi 3 mars.
Présents : Mme Saïdi (adjointe), Paul Roche (chef), Inès (responsable). Absente excusée Mme Blin.
- Gaspillage : pesée faite. Devis reçu 300 €. OK pour lancer, Paul commande les assiettes avant le 20 mars.
- Menus : deux par semaine demandés, pas tranché, Inès chiffre pour le 8 avril
- Kermesse : 26 juin, ok
- Sel : inventaire avant vendredi (Paul)
Mme Saïdi propose un goûter.
Prochaine réunion mardi 8 avril 14h."""


def test_what_notes_hold() -> None:
    """Does each item stand by itself, with who acts and by when?"""
    found = read_notes(NOTES)
    assert found.present == ["Mme Saïdi (adjointe)", "Paul Roche (chef)", "Inès (responsable)"]
    assert found.excused == ["Mme Blin"]
    assert [(who, due) for who, _, due in found.actions] == [
        ("Paul", "avant le 20 mars"),
        ("Inès", "pour le 8 avril"),
        ("Paul", "avant vendredi"),
    ]
    assert found.actions[0][1] == "Gaspillage : Paul commande les assiettes avant le 20 mars"
    assert "Gaspillage : OK pour lancer" in found.decisions
    assert "Kermesse : 26 juin, ok" in found.decisions
    assert any("pas tranché" in text for text in found.open_points)
    assert "Mme Saïdi propose un goûter" in found.points
    assert found.next_meeting.startswith("Prochaine réunion mardi 8 avril")


def test_a_participle_is_no_order() -> None:
    """Does « Validé : » stay in the minutes, though « valide » alone would speak to a machine?"""
    assert "Validé : l'avant-projet" in read_notes("Réunion du 3 mars\nValidé : l'avant-projet.").decisions
