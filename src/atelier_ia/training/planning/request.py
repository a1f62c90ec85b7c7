"""What somebody types to try a plan (start, zone, services, closed days), read into settings and options.

Nothing is written: `atelier.toml` and `planification.toml` stay as they are; what is not typed comes from them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from atelier_ia.documents.tables import column_key, parse_date
from atelier_ia.documents.typography import short_date
from atelier_ia.errors import AtelierError
from atelier_ia.settings import Calendar, Service, Settings
from atelier_ia.training.planning.open_days import find_region
from atelier_ia.training.planning.options import PlanOptions

MOST_SERVICES = 200
LONGEST_PERIOD_DAYS = 92
_PERIOD = re.compile(r"(?:du\s+|de\s+)?(?P<first>\S.*?)\s+(?:au|à|-|–)\s+(?P<last>\S.*)", re.IGNORECASE)
_LINE = re.compile(r"^(?P<name>.*?\S)\s*[:;=\t]\s*(?P<count>\d{1,6})(?:\s*(?:agents?|personnes?))?\s*$")


class RequestError(AtelierError):
    """A field that cannot be read; `field` is its name."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class PlanRequest:
    """The fields as typed. `services`: one « nom : effectif » a line; `closed` and `council`: days like 24/12/2026."""

    start: str
    zone: str
    region: str
    services: str
    closed: str = ""
    council: str = ""


def request_of(settings: Settings, options: PlanOptions) -> PlanRequest:
    """The request that says what the settings say: what a form shows first."""
    return PlanRequest(
        start=short_date(settings.calendar.start),
        zone=settings.calendar.school_zone,
        region=find_region(settings.calendar.holidays),
        services="\n".join(f"{service.name} : {service.headcount}" for service in settings.services),
        closed=_told_days(settings.calendar.closed_days),
        council=_told_days(options.council_days),
    )


def read_request(request: PlanRequest, settings: Settings, options: PlanOptions) -> tuple[Settings, PlanOptions]:
    """Settings and options of the request, the rest kept from `settings` and `options`.

    Raises:
        RequestError: a field cannot be read; the sentence says what to write.
    """
    services = _services(request.services, settings.services)
    calendar = Calendar.model_validate(
        {
            "debut": _day("start", request.start),
            "zone_scolaire": request.zone,
            "jours_feries": find_region(request.region),
            "jours_fermes": _days("closed", request.closed),
        }
    )
    known = {service.id for service in services}
    constraints = tuple(item for item in options.services if item.id in known)
    return (
        settings.model_copy(update={"services": services, "calendar": calendar}),
        options.model_copy(update={"council_days": _days("council", request.council), "services": constraints}),
    )


def _services(text: str, known: Sequence[Service]) -> tuple[Service, ...]:
    """The services typed; those of `known` keep their identifier and their pole."""
    by_name = {column_key(service.name): service for service in known}
    found: dict[str, Service] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _LINE.match(line)
        if match is None:
            raise RequestError(
                "services", f"Ligne {number} : écrivez le service, deux-points et l'effectif, comme « Accueil : 11 »."
            )
        name = match["name"].strip()
        old = by_name.get(column_key(name))
        identifier = old.id if old else _identifier(name, number)
        if identifier in found:
            raise RequestError("services", f"Ligne {number} : « {name[:40]} » figure deux fois ; gardez une ligne.")
        found[identifier] = Service.model_validate(
            {"id": identifier, "nom": name[:120], "effectif": int(match["count"]), "pole": old.pole if old else ""}
        )
    if not any(service.headcount for service in found.values()):
        raise RequestError("services", "Indiquez au moins un service et son effectif, comme « Accueil : 11 ».")
    if len(found) > MOST_SERVICES:
        raise RequestError("services", f"Le plan tient {MOST_SERVICES} services au plus ; regroupez-en.")
    return tuple(found.values())


def _identifier(name: str, number: int) -> str:
    bare = re.sub(r"[^a-z0-9_]", "", column_key(name))[:40]
    return bare if bare[:1].isalpha() else f"service_{number}"


def _day(field: str, text: str) -> date:
    try:
        return parse_date(text.strip())
    except ValueError:
        raise RequestError(field, f"« {text.strip()[:20]} » : écrivez une date comme 11/01/2027.") from None


def _days(field: str, text: str) -> tuple[date, ...]:
    """Days and periods apart by commas, semicolons, « et » or lines: « 14/05/2027, du 24 au 31 décembre 2027 »."""
    found: list[date] = []
    for part in re.split(r"\s*(?:[,;\n]|\bet\b)\s*", text.strip()):
        if period := _PERIOD.fullmatch(part):
            found += _between(field, period["first"], period["last"])
        elif part and re.search(r"[^\W\d_]{3}", part):
            found.append(_day(field, part))
        else:
            found += [_day(field, day) for day in part.split()]
    return tuple(dict.fromkeys(found))


def _between(field: str, first: str, last: str) -> list[date]:
    end = _day(field, last)
    # « du 24 au 31 décembre 2027 »: the month and the year are said once.
    rest = re.split(r"(?<=\d)(?:er)?[\s/.-]", last, maxsplit=1)
    said_once = f"{first}{last[len(rest[0]) :]}" if re.fullmatch(r"\d{1,2}(?:er)?", first) else first
    start = _day(field, said_once)
    if not 0 <= (end - start).days <= LONGEST_PERIOD_DAYS:
        raise RequestError(
            field,
            f"« {first} au {last} » : la période finit après son début, et ne dépasse pas {LONGEST_PERIOD_DAYS} jours.",
        )
    return [start + timedelta(days=rank) for rank in range((end - start).days + 1)]


def _told_days(days: Sequence[date]) -> str:
    return ", ".join(short_date(day) for day in days)
