"""The clauses that an arrêté of each family ends with, and why it is needed. The agent completes what is marked."""

from __future__ import annotations

from typing import Literal

from atelier_ia.assistant.simulator.french import CHECK

Family = Literal["circulation", "police", "danger", "individuel", "organisation", "procedure"]

_POLICE = (
    "Considérant qu'il appartient au maire d'assurer {what}, par des mesures nécessaires, adaptées et limitées dans le "
    "temps et l'espace ;"
)
NEEDS: dict[Family, str] = {
    "circulation": _POLICE.format(what="la sécurité et la commodité du passage dans les voies publiques"),
    "police": _POLICE.format(what="le bon ordre, la sûreté, la sécurité et la salubrité publiques"),
    "danger": _POLICE.format(what="la sécurité et la salubrité publiques"),
    "individuel": "Considérant que cette demande est compatible avec l'ordre public et l'affectation des lieux "
    f"{CHECK} ;",
    "organisation": "Considérant que la bonne marche de l'administration communale rend cette mesure nécessaire ;",
    "procedure": "Considérant qu'il y a lieu d'en fixer l'objet et les modalités ;",
}
MEASURES: dict[Family, str] = {
    "circulation": "Mesures",
    "police": "Mesures",
    "danger": "Mesures prescrites",
    "individuel": "Conditions",
    "organisation": "Étendue",
    "procedure": "Modalités",
}
REMEDIES = (
    "Le présent arrêté peut faire l'objet d'un recours devant le tribunal administratif de [À COMPLÉTER], au besoin "
    "par l'application Télérecours citoyens, dans un délai de deux mois à compter de sa publication ou de sa "
    "notification."
)
# What the law lets a temporary bar serve, whatever the request lists (public health code, L. 3334-2).
DRINKS = (
    "Seules peuvent être servies les boissons sans alcool et les boissons fermentées non distillées (premier et "
    f"troisième groupes) {CHECK}."
)
_EXECUTION = (
    "Exécution",
    "La direction générale des services, la police municipale et la gendarmerie sont chargées, chacune en ce qui la "
    "concerne, de l'exécution du présent arrêté.",
)
_PENALTIES = (
    "Sanctions",
    "Les infractions au présent arrêté sont constatées et poursuivies conformément aux lois et règlements en vigueur.",
)
_NOTICE = (
    "Signalisation et information",
    f"La signalisation réglementaire est mise en place par {CHECK} (service ou demandeur).",
)
ENDS: dict[Family, tuple[tuple[str, str], ...]] = {
    "circulation": (_NOTICE, _PENALTIES, _EXECUTION),
    "police": (
        ("Information du public", f"Le présent arrêté est affiché en mairie et sur les lieux par {CHECK} (service)."),
        _PENALTIES,
        _EXECUTION,
    ),
    "danger": (
        (
            "Notification",
            "Le présent arrêté est notifié à la personne concernée, qui a pu présenter ses observations "
            f"{CHECK} (procédure contradictoire, sauf urgence).",
        ),
        (
            "Exécution d'office",
            f"À défaut d'exécution dans le délai fixé {CHECK}, la commune peut y faire procéder dans les conditions "
            "prévues par la loi.",
        ),
        _EXECUTION,
    ),
    "individuel": (
        (
            "Caractère de l'autorisation",
            "L'autorisation est personnelle. Le bénéficiaire respecte les conditions ci-dessus, la sécurité et la "
            f"remise en état des lieux ; la redevance éventuelle est celle du tarif en vigueur {CHECK}.",
        ),
        _EXECUTION,
    ),
    "procedure": (
        (
            "Publicité",
            f"Le présent arrêté est publié et affiché en mairie ; les avis et consultations que la loi impose "
            f"sont joints {CHECK}.",
        ),
        (
            "Exécution",
            "La direction générale des services est chargée de l'exécution du présent arrêté, notifié aux personnes "
            f"concernées et transmis au représentant de l'État s'il y a lieu {CHECK}.",
        ),
    ),
    "organisation": (
        (
            "Exercice",
            "Les actes pris en application du présent arrêté le sont sous la surveillance et la responsabilité du "
            "maire, qui peut y mettre fin à tout moment.",
        ),
        (
            "Exécution",
            "La direction générale des services est chargée de l'exécution du présent arrêté, notifié à l'intéressé ou "
            f"à l'intéressée et transmis au représentant de l'État s'il y a lieu {CHECK}.",
        ),
    ),
}
