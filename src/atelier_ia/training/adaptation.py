"""Your own commune: after a change of `atelier.toml`, everything that shows its name, services or tone follows.

Most texts follow by themselves when they are read. What is derived once (the learners' notebooks) is derived again
here, every content file is read under the new settings, and what only a person can decide is listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from atelier_ia.settings import Settings, load_settings
from atelier_ia.use_cases.sandbox import load_emails, load_organisation, reference_settings

FICTION_DOMAIN = ".example"
FICTION_PHONE = "0199"


@dataclass(frozen=True)
class Replacement:
    """Which service here does the work of one of the fictional commune; `assumed` when `atelier.toml` does not say."""

    reference: str
    own: str
    assumed: bool


@dataclass(frozen=True)
class Adaptation:
    """What was done: replaced services, files written, and sentences for the person who decides."""

    commune: str
    replacements: tuple[Replacement, ...]
    written: tuple[Path, ...]
    to_decide: tuple[str, ...]


def adapt() -> Adaptation:
    """Derive everything that depends on `atelier.toml` and check the rest.

    Raises:
        AtelierError: a content file does not fit the new settings (the sentence names it).
    """
    from atelier_ia.training.generation import generate
    from atelier_ia.training.planning import load_options

    settings, reference = load_settings(), reference_settings()
    load_options(settings=settings)
    load_emails()
    load_organisation()
    written = tuple(generate())
    return Adaptation(
        settings.collectivite.name,
        _replacements(settings, reference),
        written,
        tuple(_to_decide(settings, reference)),
    )


def _replacements(settings: Settings, reference: Settings) -> tuple[Replacement, ...]:
    return tuple(
        Replacement(
            service.name,
            settings.service_name(settings.own_service(service.id)),
            not settings.replacing_service(service.id),
        )
        for service in reference.services
    )


def _to_decide(settings: Settings, reference: Settings) -> list[str]:
    own = settings.collectivite
    sentences = []
    if any(not settings.replacing_service(service.id) for service in reference.services):
        sentences.append(
            "La clé « remplace » d'un service (atelier.toml) dit de quels services de l'exemple il fait le travail, "
            'par exemple : remplace = ["ccas", "enfance"].'
        )
    if own == reference.collectivite:
        return [*sentences, "atelier.toml décrit encore la commune fictive de l'exemple : remplacez ses données."]
    if own.kind != "commune":
        sentences.append(
            "Les arrêtés et le conseil de l'exemple sont ceux d'une commune : pour une "
            "intercommunalité, remplacez ceux de sandbox_data par les vôtres, ou dites-le à la salle."
        )
        if not own.town:
            sentences.append("La clé « ville » d'atelier.toml manque : elle dit où est le siège (« Fait à… »).")
    if not own.head:
        sentences.append(
            f"La clé « executif » d'atelier.toml manque : les textes disent « {own.executive} ». Écrivez « la maire », "
            "« le maire », « la présidente » ou « le président »."
        )
    if own.email.endswith(FICTION_DOMAIN) or own.phone.replace(" ", "").startswith(FICTION_PHONE):
        sentences.append("Le courriel ou le téléphone d'atelier.toml est encore fictif : mettez les vôtres.")
    if settings.correspondence.signature == reference.correspondence.signature:
        sentences.append("La signature d'atelier.toml est encore celle de l'exemple : mettez la vôtre.")
    sentences.append(
        "Les réponses, délais et tarifs de sandbox_data/procedures.toml sont ceux de l'exemple : "
        "relisez-les avant de vous en servir pour de vrais courriels."
    )
    return sentences
