"""`atelier verifier`: the mistakes that the method warns against, looked for in the real plan and data.

Each check answers one of four: a mistake, something to watch, nothing found, or not checked for want of data. A check
without data never passes for a success. No finding names a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.diagnosis.tool_map import ExistingTool
from atelier_ia.documents.typography import long_date, percent, plural
from atelier_ia.measurement.indicators import ADOPTION_ALERT
from atelier_ia.settings import Settings
from atelier_ia.tool_choice.deployment import AdoptionCount, DeployedTool, Deployment
from atelier_ia.training.planning.method import CHECKPOINTS
from atelier_ia.training.planning.plan import Plan
from atelier_ia.training.planning.progress import Done, LateSession, follow

MOST_TOOLS = 3
"""The method: master two or three tools before opening another."""
MONTH_DAYS = 30
SMALL_COUNT = 10
"""Under this many equipped agents, a low share is something to watch, not yet a mistake."""

GRACE_DAYS = 7
"""A session without trace for at most a week is something to watch: it may only have to be noted."""

Surveyed = Literal["sous le seuil", "peut-être sous le seuil", "au-dessus"]
Verdict = Literal["erreur", "à surveiller", "rien trouvé", "non vérifié"]
_FILE = Path(__file__).with_name("erreurs_methode.toml")


class MethodMistake(StrictModel):
    """A mistake of the method: what it is, why it hurts, what to do."""

    id: str
    title: str = Field(alias="titre")
    why: str = Field(alias="pourquoi")
    remedy: str = Field(alias="remede")


class _Mistakes(StrictModel):
    mistakes: tuple[MethodMistake, ...] = Field(alias="erreurs")


@dataclass(frozen=True)
class Evidence:
    """All that the checks read. `deployment` is None when nobody has described it yet; `attended` maps a step and a
    service ('' for all) to the first day when somebody was present. `surveyed` is what the agents' survey says of use
    (no figure: seen after each new answer, it would tell that answer); None without enough answers."""

    settings: Settings
    plan: Plan
    done: tuple[Done, ...]
    deployment: Deployment | None
    tools_found: tuple[ExistingTool, ...] | None
    attended: dict[tuple[str, str], date]
    today: date
    surveyed: Surveyed | None = None
    personal_accounts_said: bool = False


@dataclass(frozen=True)
class Finding:
    """The answer of one check: `facts` are French sentences, empty when nothing was found."""

    mistake: MethodMistake
    verdict: Verdict
    facts: tuple[str, ...]


@lru_cache(maxsize=1)
def method_mistakes() -> dict[str, MethodMistake]:
    """The mistakes by identifier."""
    return {item.id: item for item in load_toml(_FILE, _Mistakes).mistakes}


def check_method(evidence: Evidence) -> tuple[Finding, ...]:
    """Every check, in the order of `erreurs_methode.toml`."""
    findings = []
    for identifier, mistake in method_mistakes().items():
        verdict, facts = _CHECKS[identifier](evidence)
        findings.append(Finding(mistake, verdict, tuple(facts)))
    return tuple(findings)


def findings_as_json(findings: tuple[Finding, ...], today: date) -> dict[str, Any]:
    """The findings as JSON values with French keys."""
    return {
        "date": today.isoformat(),
        "erreurs": sum(item.verdict == "erreur" for item in findings),
        "a_surveiller": sum(item.verdict == "à surveiller" for item in findings),
        "non_verifies": sum(item.verdict == "non vérifié" for item in findings),
        "controles": [
            {
                "id": item.mistake.id,
                "titre": item.mistake.title,
                "verdict": item.verdict,
                "constats": list(item.facts),
                "pourquoi": item.mistake.why,
                "remede": item.mistake.remedy if item.verdict in ("erreur", "à surveiller") else "",
            }
            for item in findings
        ],
    }


Answer = tuple[Verdict, list[str]]
_NO_DATA: Answer = (
    "non vérifié",
    ["var/deploiement.toml n'existe pas ; « atelier verifier --modele » en écrit un à compléter."],
)


def _answer(facts: Iterator[str] | list[str]) -> Answer:
    found = list(facts)
    return ("erreur" if found else "rien trouvé", found)


def _access(evidence: Evidence) -> Answer:
    if evidence.deployment is None:
        return _NO_DATA
    return _answer(_early_accesses(evidence, evidence.deployment))


def _early_accesses(evidence: Evidence, deployment: Deployment) -> Iterator[str]:
    for tool in deployment.tools:
        if tool.audience == "référents":
            trained = _training_day(evidence, "s3_referents", "")
            if trained is None or trained > tool.opened_on:
                yield f"{_opened(tool)} aux référents {_before(trained, 'leur journée de formation')}."
            continue
        for service in tool.services or [one.id for one in evidence.settings.services if one.headcount]:
            trained = _training_day(evidence, "m2_metiers", service)
            if trained is None or trained > tool.opened_on:
                name = evidence.settings.service_name(service)
                yield f"{_opened(tool)} au service « {name} » {_before(trained, 'son premier atelier')}."


def _opened(tool: DeployedTool) -> str:
    return f"« {tool.name} » est ouvert le {long_date(tool.opened_on)}"


def _before(trained: date | None, what: str) -> str:
    return f"sans que {what} ait eu lieu" if trained is None else f"avant {what}, le {long_date(trained)}"


def _training_day(evidence: Evidence, step: str, service: str) -> date | None:
    """When the first session of `step` (for `service`) was held, or will be; None when it was missed."""
    held = {line.session: line.day for line in evidence.done}
    days = []
    for session in evidence.plan.sessions:
        if session.step != step or (service and service not in dict(session.members)):
            continue
        if session.id in held:
            days.append(held[session.id])
        elif session.day >= evidence.today:
            days.append(session.day)
    if (step, service) in evidence.attended:
        days.append(evidence.attended[step, service])
    return min(days, default=None)


def _too_many(evidence: Evidence) -> Answer:
    if evidence.deployment is None:
        return _NO_DATA
    names = sorted({tool.name for tool in evidence.deployment.tools if tool.open_at(evidence.today)})
    if len(names) <= MOST_TOOLS:
        return "rien trouvé", []
    return "erreur", [f"{plural(len(names), 'outil')} sont ouverts en même temps : {', '.join(names)}."]


def _same_use(evidence: Evidence) -> Answer:
    if evidence.deployment is None:
        return _NO_DATA
    by_use: dict[str, set[str]] = defaultdict(set)
    for tool in evidence.deployment.tools:
        if tool.open_at(evidence.today):
            for use_case in tool.use_cases:
                by_use[use_case].add(tool.name)
    return _answer(
        f"L'usage « {use_case} » a {len(names)} outils : {', '.join(sorted(names))}."
        for use_case, names in sorted(by_use.items())
        if len(names) > 1
    )


def _register(evidence: Evidence) -> Answer:
    facts = []
    if evidence.deployment is not None:
        facts += [
            f"« {tool.name} » est ouvert depuis le {long_date(tool.opened_on)} sans fiche au registre."
            for tool in evidence.deployment.tools
            if tool.open_at(evidence.today) and not tool.register_entry.strip()
        ]
    facts += [
        f"« {tool.name} », relevé dans la carte des outils, traite des données personnelles sans fiche au registre."
        for tool in evidence.tools_found or ()
        if tool.personal_data and tool.in_register is False
    ]
    if not facts and evidence.deployment is None:
        return _NO_DATA
    return _answer(facts)


def _informed(evidence: Evidence) -> Answer:
    if evidence.deployment is None:
        return _NO_DATA
    deployment, facts = evidence.deployment, []
    for service in evidence.settings.services:
        first_use = min(
            (
                tool.opened_on
                for tool in deployment.tools
                if tool.open_at(evidence.today) and (not tool.services or service.id in tool.services)
            ),
            default=None,
        )
        told = deployment.informed_on(service.id)
        if not service.headcount or first_use is None or (told is not None and told <= first_use):
            continue
        when = "n'en a pas été informé" if told is None else f"n'en a été informé que le {long_date(told)}"
        facts.append(f"Le service « {service.name} » a un outil depuis le {long_date(first_use)} et {when}.")
    return _answer(facts)


def _adoption(evidence: Evidence) -> Answer:
    deployment = evidence.deployment
    if deployment is None:
        return _NO_DATA
    opened = min((tool.opened_on for tool in deployment.tools), default=None)
    if opened is None or evidence.today < opened + timedelta(days=MONTH_DAYS):
        return "non vérifié", ["Il est trop tôt : l'adoption se juge un mois après l'ouverture."]
    latest: dict[str, AdoptionCount] = {}
    for count in sorted(deployment.adoption, key=lambda item: item.day):
        if opened + timedelta(days=MONTH_DAYS) <= count.day <= evidence.today:
            latest[count.service] = count
    if not latest and evidence.surveyed is not None:
        return _surveyed_adoption(evidence.surveyed)
    if not latest:
        return "à surveiller", [
            f"Les outils sont ouverts depuis le {long_date(opened)} et l'adoption n'est pas mesurée."
        ]
    low = [count for count in latest.values() if count.equipped and count.active / count.equipped < ADOPTION_ALERT]
    facts = [_adoption_sentence(evidence.settings, count) for count in low]
    if low and all(count.equipped < SMALL_COUNT for count in low):
        return "à surveiller", facts
    return _answer(facts)


def _surveyed_adoption(surveyed: Surveyed) -> Answer:
    threshold = percent(ADOPTION_ALERT, 1)
    if surveyed == "sous le seuil":
        return "erreur", [f"D'après l'enquête auprès des agents, moins de {threshold} se servent de l'outil."]
    if surveyed == "peut-être sous le seuil":
        return "à surveiller", [
            f"L'enquête ne permet pas d'écarter une adoption sous {threshold} : comptez les usages."
        ]
    return "rien trouvé", []


def _adoption_sentence(settings: Settings, count: AdoptionCount) -> str:
    who = f"dans le service « {settings.service_name(count.service)} »" if count.service else "dans l'ensemble"
    small = f" ; petit effectif, sous {SMALL_COUNT} personnes" if count.equipped < SMALL_COUNT else ""
    return (
        f"{percent(count.active, count.equipped)} d'adoption {who} au {long_date(count.day)} "
        f"({plural(count.active, 'agent actif', 'agents actifs')} sur {count.equipped}){small}."
    )


def _champions(evidence: Evidence) -> Answer:
    if evidence.deployment is None:
        return _NO_DATA
    named = {item.service for item in evidence.deployment.champions}
    return _answer(
        f"Le service « {service.name} » ({plural(service.headcount, 'agent')}) n'a pas de référent."
        for service in evidence.settings.services
        if service.headcount and service.id not in named
    )


def _late(evidence: Evidence, checkpoints: bool) -> list[LateSession]:
    progress = follow(evidence.plan, evidence.done, evidence.today)
    return [item for item in progress.late if (item.session.step in CHECKPOINTS) == checkpoints]


def _checkpoints(evidence: Evidence) -> Answer:
    return _answer(
        f"{item.session.title} : prévu le {long_date(item.session.day)}, non tenu depuis {plural(item.days, 'jour')}."
        for item in _late(evidence, checkpoints=True)
    )


def _steps(evidence: Evidence) -> Answer:
    by_step: dict[str, list[LateSession]] = defaultdict(list)
    for item in _late(evidence, checkpoints=False):
        by_step[item.session.step].append(item)
    facts = []
    for step in evidence.plan.steps:
        if late := by_step.get(step.method.id):
            facts.append(
                f"{step.method.title} : {plural(len(late), 'séance')} sur {len(step.sessions)} "
                f"sans trace, depuis {plural(late[0].days, 'jour')} ({', '.join(item.session.id for item in late[:4])}"
                f"{'…' if len(late) > 4 else ''})."
            )
    if facts and all(late.days <= GRACE_DAYS for group in by_step.values() for late in group):
        return "à surveiller", facts
    return _answer(facts)


def _personal_accounts(evidence: Evidence) -> Answer:
    if evidence.deployment is None and evidence.tools_found is None and not evidence.personal_accounts_said:
        return _NO_DATA
    names = {
        tool.name
        for tool in (evidence.deployment.tools if evidence.deployment else ())
        if tool.open_at(evidence.today) and tool.account == "personnel"
    }
    names |= {tool.name for tool in evidence.tools_found or () if tool.account == "personnel"}
    facts = [f"« {name} » sert au travail avec des comptes personnels." for name in sorted(names)]
    if evidence.personal_accounts_said:
        facts.append("Au questionnaire, des agents disent travailler avec un compte personnel.")
    return _answer(facts)


_CHECKS: dict[str, Callable[[Evidence], Answer]] = {
    "acces_avant_formation": _access,
    "trop_d_outils": _too_many,
    "deux_outils_un_usage": _same_use,
    "registre_absent": _register,
    "agents_non_informes": _informed,
    "adoption_faible": _adoption,
    "service_sans_referent": _champions,
    "points_manques": _checkpoints,
    "etapes_manquees": _steps,
    "comptes_personnels": _personal_accounts,
}
