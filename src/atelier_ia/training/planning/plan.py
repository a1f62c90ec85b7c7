"""From a start date, services and head counts to the whole calendar of the three months. A pure function of its inputs.

Order kept: diagnostic, management, champions, opening (day J), workshops, review; J+15, J+30, J+90 are counted from J.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import chain, islice

from atelier_ia.diagnosis.two_weeks import OPEN_DAYS, two_week_plan
from atelier_ia.errors import AtelierError
from atelier_ia.settings import Settings
from atelier_ia.training.planning.booking import Bookings, Place
from atelier_ia.training.planning.groups import even_sizes, make_groups
from atelier_ia.training.planning.method import CHECKPOINTS, MethodStep, StepId, method_steps
from atelier_ia.training.planning.open_days import OpenDays
from atelier_ia.training.planning.options import PlanOptions
from atelier_ia.training.planning.workshops import place_workshops

MORNING, AFTERNOON, LUNCH = time(9), time(14), time(13, 30)


@dataclass(frozen=True)
class Session:
    """One dated line of the plan. `end_day` differs from `day` only for tasks of the diagnostic, which have no hours.

    `members` maps services to persons when the session is for known services; `note` is empty or a French sentence.
    """

    id: str
    step: StepId
    title: str
    day: date
    end_day: date
    start: time | None
    end: time | None
    hours: float
    participants: int
    members: tuple[tuple[str, int], ...]
    room: str
    trainer: str
    note: str = ""


@dataclass(frozen=True)
class PlannedStep:
    """One step of the method, the window it should keep to and its sessions in order of date."""

    method: MethodStep
    window_start: date
    window_end: date
    sessions: tuple[Session, ...]

    @property
    def start(self) -> date:
        """First day of the step."""
        return self.sessions[0].day

    @property
    def end(self) -> date:
        """Last day of the step."""
        return max(session.end_day for session in self.sessions)

    @property
    def outside_window(self) -> bool:
        """Does the step end after the window of the method?"""
        return self.end > self.window_end


@dataclass(frozen=True)
class Plan:
    """The whole calendar. `opening` is day J; `closures` are the weekdays avoided, with their reasons."""

    collectivite: str
    time_zone: str
    requested_start: date
    start: date
    launch: date
    opening: date
    steps: tuple[PlannedStep, ...]
    closures: tuple[tuple[date, str], ...]
    warnings: tuple[str, ...]

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions, in order of date."""
        found = [session for step in self.steps for session in step.sessions]
        return tuple(sorted(found, key=lambda item: (item.day, item.start or time(0), item.room, item.id)))

    @property
    def end(self) -> date:
        """The last day of the plan."""
        return max(step.end for step in self.steps)

    def step(self, identifier: StepId) -> PlannedStep:
        """One step by its identifier."""
        return next(step for step in self.steps if step.method.id == identifier)


def build_plan(settings: Settings, options: PlanOptions, start: date | None = None) -> Plan:
    """The plan that begins at `start` (by default the date of `atelier.toml`).

    Raises:
        AtelierError: no agent, an unknown region of public holidays, or no open day left within three years.
    """
    if not settings.headcount:
        raise AtelierError("Aucun service n'a d'agents dans atelier.toml ; indiquez au moins un effectif.")
    requested = start or settings.calendar.start
    days = OpenDays(settings, options)
    draft = _Draft(settings, options, days)
    steps, launch, opening = draft.fill(requested)
    ordered = tuple(sorted(steps, key=lambda step: list(method_steps()).index(step.method.id)))
    begin, end = ordered[0].start, max(step.end for step in ordered)
    warnings = [*_start_warning(requested, begin, days), *draft.warnings(ordered), *days.warnings(requested, end)]
    return Plan(
        settings.collectivite.name,
        days.time_zone,
        requested,
        begin,
        launch,
        opening,
        ordered,
        tuple(days.closures(begin, end)),
        tuple(warnings),
    )


class _Draft:
    """The plan being made: the bookings so far."""

    def __init__(self, settings: Settings, options: PlanOptions, days: OpenDays) -> None:
        self.settings, self.options, self.days = settings, options, days
        self.bookings = Bookings(options.usable_rooms, options.usable_trainers)
        self.champions = sum(
            min(options.sizes.champions_per_service, service.headcount) for service in settings.services
        )

    def fill(self, requested: date) -> tuple[list[PlannedStep], date, date]:
        """The steps, the Monday of week 1 and day J."""
        diagnostic = self._diagnostic(requested)
        following = _next_monday(diagnostic.end)
        first_open = self.days.first(following)
        launch = max(following, first_open - timedelta(days=first_open.weekday()))
        management = self._sessions("s1_direction", launch, launch, self.options.sizes.management)
        champions = self._sessions("s3_referents", launch, _after("s3_referents", management), self.champions)
        opening = self.days.first(champions.end + timedelta(days=1))
        opened = self._milestone("ouverture", opening)
        j15 = self._sessions("j15", opening, opening, 0)
        j30 = self._sessions("j30", opening, j15.end + timedelta(days=1), 0)
        workshops = self._workshops(launch, max(_after("m2_metiers", champions), opening + timedelta(days=1)))
        together = self.options.sizes.management + self.champions
        # The review reads the first figures: it comes after J+30 too.
        earliest = max(_after("m3_bilan", workshops), j30.end + timedelta(days=1))
        review = self._sessions("m3_bilan", launch, earliest, together)
        j90 = self._sessions("j90", opening, max(review.end, j30.end) + timedelta(days=1), 0)
        return [diagnostic, management, champions, opened, j15, workshops, j30, review, j90], launch, opening

    def _diagnostic(self, requested: date) -> PlannedStep:
        ten = list(islice(self.days.from_day(requested), OPEN_DAYS))
        method = method_steps()["diagnostic"]
        sessions = tuple(
            Session(
                f"diagnostic_{item.task.id}",
                "diagnostic",
                item.task.title,
                item.start,
                item.end,
                None,
                None,
                0,
                0,
                (),
                "",
                "",
                f"{item.task.who}. Livrable : {item.task.outcome[0].lower()}{item.task.outcome[1:]}.",
            )
            for item in two_week_plan(ten)
        )
        return PlannedStep(method, *method.window_from(ten[0]), sessions)

    def _milestone(self, identifier: StepId, day: date) -> PlannedStep:
        method = method_steps()[identifier]
        session = Session(identifier, identifier, method.title, day, day, None, None, 0, self.champions, (), "", "")
        return PlannedStep(method, day, day, (session,))

    def _sessions(self, identifier: StepId, reference: date, earliest: date, persons: int) -> PlannedStep:
        """A step of one kind of session: `persons` in as few groups as allowed (0: the steering committee)."""
        method = method_steps()[identifier]
        window = method.window_from(reference)
        plenary = identifier == "m3_bilan"
        sizes = [persons] if plenary or not persons else even_sizes(persons, self.options.group_limit)
        sessions = []
        for number, size in enumerate(sizes, start=1):
            place, note = self._place(method, reference, earliest, size)
            suffix = f", groupe {number} sur {len(sizes)}" if len(sizes) > 1 else ""
            name = f"{identifier}_{number}" if len(sizes) > 1 else identifier
            sessions.append(_session(name, method, method.title + suffix, place, size, (), note))
        return PlannedStep(method, *window, tuple(sorted(sessions, key=lambda item: (item.day, item.start or MORNING))))

    def _place(self, method: MethodStep, reference: date, earliest: date, seats: int) -> tuple[Place, str]:
        """The first place in the window, by the step's own preference, else the first one after it."""
        largest = max(room.seats for room in self.options.usable_rooms)
        note = ""
        if seats > largest:
            note = f"Aucune salle du plan n'a {seats} places : réservez-en une plus grande."
        wanted = [day for day in method.days_by_preference(reference) if day >= earliest and self.days.is_open(day)]
        later = self.days.from_day(max(method.window_from(reference)[1] + timedelta(days=1), earliest))
        place = self.bookings.first_place(
            chain(wanted, later),
            min(max(seats, 1), largest),
            whole_day=method.hours > 4,
            trainer=method.id not in CHECKPOINTS,
        )
        assert place is not None  # from_day raises before it runs out
        return place, note

    def _workshops(self, launch: date, earliest: date) -> PlannedStep:
        method = method_steps()["m2_metiers"]
        window = method.window_from(launch)
        apart = {rule.id for rule in self.options.services}
        groups = make_groups(self.settings.services, self.options.group_limit, self.options.sizes.smallest, apart)
        placed = place_workshops(groups, self.bookings, self.days, self.options, max(window[0], earliest))
        sessions = tuple(
            _session(f"m2_{group.id}", method, f"Atelier : {group.title}", place, group.size, group.members, "")
            for place, group in placed
        )
        return PlannedStep(method, *window, sessions)

    def warnings(self, steps: tuple[PlannedStep, ...]) -> Iterator[str]:
        """What the reader must know of the means and of the windows missed."""
        if not self.options.rooms:
            yield "Le plan compte sur une seule salle de 12 places : décrivez les vôtres dans planification.toml."
        if not self.options.trainers:
            yield "Le plan compte sur une seule personne pour animer : décrivez votre équipe dans planification.toml."
        for step in steps:
            if step.outside_window:
                yield self._late_sentence(step)

    def _late_sentence(self, step: PlannedStep) -> str:
        verb = "se termine" if step.end > step.start else "a lieu"
        text = (
            f"{step.method.title} : {verb} le {step.end:%d/%m/%Y}, après la fenêtre de la méthode "
            f"({step.window_end:%d/%m/%Y})"
        )
        if step.method.id == "m2_metiers":
            needed = self._pairs_needed(step)
            if needed > min(len(self.options.usable_rooms), len(self.options.usable_trainers)):
                return f"{text} ; pour tenir, il faudrait au moins {needed} salles et {needed} personnes pour animer."
        return f"{text} ; des jours fermés, des vacances ou l'étape précédente l'ont décalée."

    def _pairs_needed(self, step: PlannedStep) -> int:
        span = (step.window_end - step.window_start).days + 1
        possible = sum(self.days.is_open(step.window_start + timedelta(days=offset)) for offset in range(span))
        return -(-len(step.sessions) // (2 * possible)) if possible else 0


def _session(
    identifier: str,
    method: MethodStep,
    title: str,
    place: Place,
    persons: int,
    members: tuple[tuple[str, int], ...],
    note: str,
) -> Session:
    start = MORNING if place.halves[0] == "matin" else AFTERNOON
    minutes = round(method.hours * 60)
    if len(place.halves) == 2:  # 9 h to 12 h 30, then from 13 h 30
        minutes += 60
    end = time(start.hour + minutes // 60, minutes % 60)
    room = "Salle à réserver" if note else place.room
    return Session(
        identifier,
        method.id,
        title,
        place.day,
        place.day,
        start,
        end,
        method.hours,
        persons,
        members,
        room,
        place.trainer,
        note,
    )


def _after(identifier: StepId, previous: PlannedStep) -> date:
    """The first day when a step may begin, `previous` being the training step before it."""
    return method_steps()[identifier].earliest_after(previous.end)


def _next_monday(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _start_warning(requested: date, begin: date, days: OpenDays) -> list[str]:
    if begin == requested:
        return []
    return [
        f"Le {requested:%d/%m/%Y} n'est pas un jour ouvert ({days.reason(requested)}) : "
        f"l'état des lieux commence le {begin:%d/%m/%Y}."
    ]
