"""Which days can hold a session: no weekend, public holiday, school holiday, council day nor closed day.

Public holidays come from the `holidays` library (Alsace-Moselle and overseas included), school holidays from the dated
file `vacances_scolaires.toml` (Corsica and overseas as far as it knows them) and the collectivité's own periods.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.errors import AtelierError
from atelier_ia.settings import SchoolZone, Settings
from atelier_ia.training.planning.options import Period, PlanOptions

SCHOOL_FILE = Path(__file__).with_name("vacances_scolaires.toml")
HORIZON_DAYS = 3 * 366
"""How far a session may be postponed before the plan gives up and says why (days)."""

# Written form in atelier.toml → (subdivision of the holidays library, time zone).
REGIONS: dict[str, tuple[str | None, str]] = {
    "métropole": (None, "Europe/Paris"),
    "Alsace-Moselle": ("57", "Europe/Paris"),
    "Guadeloupe": ("971", "America/Guadeloupe"),
    "Martinique": ("972", "America/Martinique"),
    "Guyane": ("973", "America/Cayenne"),
    "La Réunion": ("974", "Indian/Reunion"),
    "Mayotte": ("976", "Indian/Mayotte"),
    "Saint-Barthélemy": ("BL", "America/St_Barthelemy"),
    "Saint-Martin": ("MF", "America/Marigot"),
    "Saint-Pierre-et-Miquelon": ("PM", "America/Miquelon"),
    "Nouvelle-Calédonie": ("NC", "Pacific/Noumea"),
    "Polynésie française": ("PF", "Pacific/Tahiti"),
    "Wallis-et-Futuna": ("WF", "Pacific/Wallis"),
}


class SchoolPeriod(Period):
    """School holidays of one or several zones; `status` says whether the dates are the published ones."""

    zones: tuple[SchoolZone, ...] = Field(min_length=1)
    status: Literal["officiel", "à vérifier"] = Field(alias="statut")


class OwnCalendar(StrictModel):
    """What is known of a territory with a calendar of its own: days covered (none: nothing), source, who publishes."""

    zone: SchoolZone
    called: str = Field(alias="appelee")
    publisher: str = Field(alias="publie_par")
    source: str = ""
    covers_from: date | None = Field(None, alias="couvre_de")
    covers_until: date | None = Field(None, alias="couvre_jusqu_au")


class SchoolCalendar(StrictModel):
    """The file of school holidays: where it comes from, when it was read, which days it covers; territories apart."""

    source: str
    checked: date = Field(alias="consulte_le")
    covers_from: date = Field(alias="couvre_de")
    covers_until: date = Field(alias="couvre_jusqu_au")
    territories: tuple[OwnCalendar, ...] = Field(alias="territoires")
    periods: tuple[SchoolPeriod, ...] = Field(alias="vacances")


@lru_cache(maxsize=1)
def school_calendar() -> SchoolCalendar:
    """The school holidays that travel with the program."""
    return load_toml(SCHOOL_FILE, SchoolCalendar)


def find_region(text: str) -> str:
    """The region of `REGIONS` that `text` names, whatever its case, accents, spaces and hyphens.

    Raises:
        AtelierError: no region has that name; the sentence lists them.
    """
    from atelier_ia.documents.tables import column_key

    wanted = column_key(text)
    alias = {
        "": "metropole",
        "france": "metropole",
        "corse": "metropole",
        "alsace": "alsacemoselle",
        "moselle": "alsacemoselle",
    }
    wanted = alias.get(wanted, wanted)
    for name in REGIONS:
        if wanted in (column_key(name), column_key(name.removeprefix("La "))):
            return name
    raise AtelierError(
        f"atelier.toml : « jours_feries » vaut « {text[:40]} », que le calendrier ne connaît pas ; "
        f"valeurs admises : {', '.join(REGIONS)}."
    )


class OpenDays:
    """The open days of one collectivité: `reason(day)` says why a day is closed, '' when it is open."""

    def __init__(self, settings: Settings, options: PlanOptions) -> None:
        import holidays

        self.region = find_region(settings.calendar.holidays)
        subdivision, self.time_zone = REGIONS[self.region]
        self._public = holidays.country_holidays("FR", subdiv=subdivision, language="fr")
        self.zone = settings.calendar.school_zone
        self.school = tuple(period for period in school_calendar().periods if self.zone in period.zones)
        self._local = options.local_holidays
        self._council = frozenset(options.council_days)
        self._closed = frozenset(settings.calendar.closed_days)

    def reason(self, day: date) -> str:
        """Why `day` can hold no session, in French; '' when it can."""
        if day.weekday() >= 5:
            return "week-end"
        if day in self._public:
            return f"jour férié : {self._public.get(day)}"
        if day in self._closed:
            return "jour fermé"
        if day in self._council:
            return "jour de conseil"
        period = self.period_of(day)
        return period.name[0].lower() + period.name[1:] if period is not None else ""

    def period_of(self, day: date) -> Period | None:
        """The school or local holidays that hold `day`."""
        return next((item for item in (*self.school, *self._local) if item.start <= day <= item.end), None)

    def is_open(self, day: date) -> bool:
        """Can `day` hold a session?"""
        return not self.reason(day)

    def from_day(self, day: date) -> Iterator[date]:
        """The open days from `day` on, for three years; then `AtelierError`."""
        for offset in range(HORIZON_DAYS):
            candidate = day + timedelta(days=offset)
            if self.is_open(candidate):
                yield candidate
        raise AtelierError(
            "Le calendrier ne laisse pas assez de jours ouverts dans les trois ans ; "
            "réduisez les jours fermés ou ajoutez des salles et des formateurs dans planification.toml."
        )

    def first(self, day: date) -> date:
        """The first open day from `day` on."""
        return next(self.from_day(day))

    def closures(self, start: date, end: date) -> list[tuple[date, str]]:
        """The weekdays between two days (both included) that are closed, each with its reason."""
        days = (start + timedelta(days=offset) for offset in range((end - start).days + 1))
        return [(day, reason) for day in days if day.weekday() < 5 and (reason := self.reason(day))]

    def warnings(self, start: date, end: date) -> list[str]:
        """What a reader must check about the days between `start` and `end`."""
        found = []
        calendar = school_calendar()
        if self.zone == "aucune":
            if not self._local:
                found.append(
                    "Aucune zone scolaire n'est choisie : les vacances scolaires ne sont pas évitées ; "
                    "choisissez « zone_scolaire » dans atelier.toml (zone, Corse ou territoire d'outre-mer)."
                )
        else:
            found += self._unknown_days(start, end)
        doubtful = [p for p in self.school if p.status == "à vérifier" and p.start <= end and p.end >= start]
        for period in doubtful:
            found.append(
                f"{period.name} du {period.start:%d/%m/%Y} au {period.end:%d/%m/%Y} : dates à vérifier "
                f"(fichier du {calendar.checked:%d/%m/%Y})."
            )
        if self.region == "Alsace-Moselle":
            found.append(
                "Le Vendredi saint n'est férié en Alsace-Moselle que dans les communes qui ont un temple protestant "
                "ou une église mixte : à vérifier pour la vôtre."
            )
        return found

    def _unknown_days(self, start: date, end: date) -> list[str]:
        """What the file does not know of the zone's holidays between two days, and what to do about it."""
        calendar = school_calendar()
        own = next((item for item in calendar.territories if item.zone == self.zone), None)
        first, last = (own.covers_from, own.covers_until) if own else (calendar.covers_from, calendar.covers_until)
        remedy = (
            f"recopiez les dates publiées par {own.publisher} dans planification.toml, « vacances_locales »"
            if own
            else "complétez-les dans planification.toml, « vacances_locales »"
        )
        if first is None or last is None:
            if self._local:
                return []
            return [f"Les vacances scolaires {own.called if own else ''} ne sont pas fournies : {remedy}."]
        if end > last or start < first:
            return [
                f"Les vacances scolaires ne sont connues que du {first:%d/%m/%Y} au {last:%d/%m/%Y} ; hors de ces "
                f"dates, le plan ne les évite pas : {remedy}."
            ]
        return []


def days_without_service(settings: Settings, days: Sequence[date]) -> set[date]:
    """The days, in the year after a daily series, that it will not have: public, school and own holidays.

    A kind of day on which the series has values is kept: a swimming pool opens in the holidays, a canteen does not.
    """
    calendar = OpenDays(settings, PlanOptions.model_validate({}))

    def kind(day: date) -> str:
        if calendar.period_of(day) is not None:
            return "vacances"
        reason = calendar.reason(day)
        return reason.split(" :")[0] if reason != "week-end" else ""

    served = {kind(day) for day in days} | {""}
    ahead = (days[-1] + timedelta(days=rank) for rank in range(1, 366))
    return {day for day in ahead if kind(day) not in served}
