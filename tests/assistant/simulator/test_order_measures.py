"""What an arrêté decides: said in its own form when the rules are sure, left as it was told otherwise."""

from __future__ import annotations

import pytest

from atelier_ia.assistant.simulator.order_measures import decides, measure, with_units


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Réserver 3 places devant le 14.", "3 places sont réservées devant le 14"),
        (
            "On interdit les chiens dans l'aire de jeux, sauf chiens guides.",
            "Les chiens sont interdits dans l'aire de jeux, sauf chiens guides",
        ),
        (
            "Interdire circulation et stationnement de 4 h à 20 h.",
            "La circulation et le stationnement sont interdits de 4 h à 20 h",
        ),
        ("Interdire de stationner rue Haute.", "Il est interdit de stationner rue Haute"),
        ("barrer la rue du Moulin de 8 h à 12 h", "La rue du Moulin est barrée de 8 h à 12 h"),
        (
            "interdire la circulation des plus de 3,5 t dans le hameau",
            "La circulation des plus de 3,5 t est interdite dans le hameau",
        ),
        (
            "Il faut interdire le passage des piétons rue Haute et leur demander de sécuriser.",
            "Le passage des piétons est interdit rue Haute. Il leur est demandé de sécuriser",
        ),
        ("Le maire veut que ce soit permanent.", "La mesure est permanente"),
        ("Barrières posées par les services techniques.", "Barrières posées par les services techniques"),
    ],
)
def test_measure(told: str, expected: str) -> None:
    """Is what is forbidden, reserved or closed said as an article says it, and the rest left alone?"""
    assert measure(told) == expected


def test_units() -> None:
    """Does a speed get its unit, and nothing else one?"""
    assert with_units("vitesse limitée à 30, arrêt à 50 m") == "vitesse limitée à 30 km/h, arrêt à 50 m"
    assert with_units("tonnage limité à 30 t") == "tonnage limité à 30 t"


def test_decides() -> None:
    """Is a measure told apart from the reason for it?"""
    assert decides("Stationnement interdit dès 15 h.")
    assert not decides("Le mur penche sur le trottoir depuis lundi.")
