"""Free questions: the simulator says plainly that it cannot, and what to configure."""

from __future__ import annotations

from atelier_ia.assistant.simulator.task import Task

_NEEDS_SOURCE = {
    "courriel": "le courriel de la personne",
    "publications": "l'annonce de l'événement (quoi, quand, où, pour qui)",
    "reunion": "vos notes de réunion",
    "conseil": "la transcription de la séance",
    "arrete": "les faits : quoi, où, quand, pourquoi",
    "affiche": "l'annonce de l'événement (quoi, quand, où, pour qui)",
}


def answer(task: Task) -> str:
    """What to say when there is nothing to work on, or no rule for the question."""
    needed = _NEEDS_SOURCE.get(task.kind)
    if needed:
        return (
            f"Pour travailler, il me faut aussi {needed}. Collez ce texte sous votre consigne, puis relancez.\n\n"
            "(Simulateur, pas une IA : je compose à partir du texte que vous donnez.)"
        )
    return (
        "Je suis le simulateur d'Atelier IA, pas une IA : je ne sais pas répondre à une question libre.\n\n"
        "Je sais travailler sur un texte que vous donnez : répondre au courriel d'un administré, décliner une "
        "annonce en "
        "publications, mettre en forme des notes de réunion, préparer la liste des délibérations ou la trame d'un "
        "procès-verbal, la trame d'un arrêté, le brief d'une affiche, la note de lecture d'un tableau.\n\n"
        "Pour poser des questions libres, la personne qui administre l'outil choisit un fournisseur dans atelier.toml, "
        "rubrique [assistant] (guide : docs/fournisseurs.md)."
    )
