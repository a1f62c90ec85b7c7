"""The third starter of the method: notes of an internal meeting, put in order.

Internal minutes only: a municipal council produces a liste des délibérations and a procès-verbal (CGCT, articles
L. 2121-15 and L. 2121-25), which are another matter.
"""

from __future__ import annotations

from typing import Any

from atelier_ia.settings import Settings
from atelier_ia.use_cases.emails import house_style, quoted

DEFAULT_INSTRUCTION = (
    "Tu es assistant de direction à la mairie. Mets au propre les notes de réunion ci-dessous, en quatre parties : "
    "l'essentiel en trois lignes, les décisions, les actions (qui, quoi, pour quand), les points à trancher. Reste "
    "fidèle aux notes : n'ajoute ni nom, ni date, ni décision. Ton neutre, phrases courtes."
)

EXAMPLE = """Réunion de coordination – services techniques et accueil
Mardi 10 novembre 2026, 9 h, salle des mariages

Présents : responsable voirie, responsable espaces verts, cheffe de l'accueil, DGS. Excusée : communication.

- trou rue des Potiers : 4 signalements en 2 semaines. La voirie passe avant vendredi 13, reprise au printemps
- illuminations : pose décidée le lundi 30 novembre. Espaces verts demande 2 devis de nacelle avant le 20
- sel de déneigement : stock pour 3 sorties seulement. Commander ou pas ? voir avec finances, pas tranché
- accueil : beaucoup d'appels sur la collecte. La cheffe de l'accueil prépare une réponse type avant le 17 novembre
- standard coupé mardi 24 de 12 h à 14 h pour travaux, l'accueil met une affiche
- prochaine réunion mardi 8 décembre 9 h"""

# As a transcription service gives it: who speaks is numbered, not named.
EXAMPLE_TRANSCRIPT = """Intervenant 1 : Réunion de coordination du mardi 10 novembre 2026.
Intervenant 2 : Pour le trou de la rue des Potiers, nous avons eu quatre signalements en deux semaines.
Intervenant 1 : C'est décidé, la voirie passe avant le vendredi 13 novembre.
Intervenant 3 : Pour les illuminations, la pose est décidée le lundi 30 novembre.
Intervenant 1 : Les espaces verts demandent deux devis de nacelle avant le 20 novembre.
Intervenant 2 : Le sel de déneigement suffit pour trois sorties seulement. Faut-il en commander ?
Intervenant 1 : À voir avec les finances, ce n'est pas tranché.
Intervenant 3 : À l'accueil, beaucoup d'appels sur la collecte.
Intervenant 1 : La cheffe de l'accueil prépare une réponse type avant le 17 novembre.
Intervenant 1 : Prochaine réunion mardi 8 décembre à 9 h."""


def build_messages(text: str, instruction: str, settings: Settings) -> list[dict[str, Any]]:
    """The request for the minutes; `text` and `instruction` are already masked."""
    return [
        {"role": "system", "content": house_style(settings)},
        {"role": "user", "content": quoted(instruction, text)},
    ]
