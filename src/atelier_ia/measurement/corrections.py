"""Corrections that a person asks of their own record, and the trace of every one of them.

A spelling of their own name is corrected at once when it is harmless: the same letters but for one or two, or last and
first name swapped, always compared with what HR wrote (two small steps do not make a new name), and never a
colleague's name. Everything else (service, hours, attendance, result…) is a request: a person of HR accepts it or
refuses it with a word, and only then does the file change. HR sees no mark: a result goes on to the trainer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from atelier_ia.documents.tables import parse_date, parse_yes_no
from atelier_ia.errors import AtelierError
from atelier_ia.measurement.personal_data import correct_person, correct_presence
from atelier_ia.measurement.record_base import record_base
from atelier_ia.settings import Settings
from atelier_ia.training.attendance import session_hours
from atelier_ia.training.roster import Learner, iter_roster

State = Literal["en attente", "appliquée", "acceptée", "refusée"]
PRESENCE, MODALITY, RESULT, OTHER = "présence", "modalité", "résultat", "autre"
NAMES = {"nom": "Nom", "prenom": "Prénom"}
FIELDS = NAMES | {
    "service": "Service",
    "categorie": "Catégorie",
    "sexe": "Sexe",
    "statut": "Statut",
    "grade": "Grade",
}
MAX_WORDS = 300
MAX_PENDING = 10
_COLUMNS = "numero, identifiant, jour, objet, seance, module, ancien, nouveau, motif, etat, decide_le, reponse"


@dataclass(frozen=True)
class Correction:
    """One line of the trace: a correction made at once (`appliquée`), or a request and its outcome.

    `subject` is a field of `FIELDS`, or one of the other subjects, with the day and the module of its session."""

    number: int
    identifier: str
    day: str
    subject: str
    session: str
    module: str
    before: str
    wanted: str
    reason: str
    state: State
    decided: str
    answer: str

    @property
    def told(self) -> str:
        """What it is about, in French."""
        where = " ".join(part for part in (self.module, self.session and f"du {self.session}") if part)
        return f"{FIELDS.get(self.subject, self.subject.capitalize())}{f' ({where})' if where else ''}"


def correct_names(identifier: str, wanted: dict[str, str], settings: Settings, today: date) -> tuple[Correction, ...]:
    """Correct `nom` and `prenom` at once when harmless, else ask HR; returns what was done (nothing: no change).

    Raises:
        AtelierError: nobody has that identifier, a name is empty or unreadable, too many requests are waiting.
    """
    people = tuple(iter_roster(settings=settings))
    person = next((who for who in people if who.identifier == identifier), None)
    if person is None:
        raise AtelierError("Votre nom n'est pas encore dans la liste des agents ; demandez au service RH de l'ajouter.")
    now = {"nom": person.last_name, "prenom": person.first_name}
    asked = {name: checked(wanted[name]) for name in NAMES if name in wanted}
    changes = {name: value for name, value in asked.items() if value != now[name]}
    if any(not _letters(value) for value in changes.values()):
        raise AtelierError("Un nom s'écrit avec des lettres ; vérifiez ce que vous avez tapé.")
    if not changes:
        return ()
    harmless = _harmless(identifier, now, now | changes) and not _taken(person, now | changes, people)
    asked_lines = [_Line(identifier, today, name, now[name], value) for name, value in changes.items()]
    if not harmless:
        return _keep(asked_lines, "en attente")
    return _keep(asked_lines, "appliquée", lambda: correct_person(identifier, changes, settings))


def ask_correction(
    identifier: str,
    subject: str,
    wanted: str,
    today: date,
    *,
    before: str = "",
    reason: str = "",
    session: str = "",
    module: str = "",
) -> Correction:
    """Leave a request for HR. `session` (dd/mm/yyyy) and `module` say which session, for a presence.

    Raises:
        AtelierError: the words are missing or too many, the session is no day, too many requests are waiting.
    """
    value = checked(wanted)
    if not value:
        raise AtelierError("Écrivez ce qui devrait figurer dans votre dossier.")
    if session:
        try:
            session = parse_date(session).strftime("%d/%m/%Y")
        except ValueError:
            raise AtelierError("Le jour de la séance s'écrit 25/01/2027 ; corrigez-le.") from None
    if subject == PRESENCE:
        if not (session and module):
            raise AtelierError("Indiquez le jour et le nom de la séance.")
        _check_presence(value)
    line = _Line(identifier, today, subject, checked(before), value, checked(reason), session, checked(module))
    return _keep([line], "en attente")[0]


def corrections_of(identifier: str) -> tuple[Correction, ...]:
    """The trace of one person, the last first."""
    return _read("WHERE identifiant = ? ORDER BY numero DESC", identifier)


def pending() -> tuple[Correction, ...]:
    """What waits for HR, the oldest first."""
    return _read("WHERE etat = 'en attente' ORDER BY numero")


def decide(number: int, accept: bool, answer: str, settings: Settings, today: date) -> Correction:
    """Accept a request, which changes the file (`FIELDS` and presences), or refuse it with a word to the person.

    Raises:
        AtelierError: no such request is waiting, a refusal says nothing, the file does not take the value.
    """
    words = checked(answer)
    if not accept and not words:
        raise AtelierError("Dites en un mot pourquoi la demande est refusée : la personne lira votre réponse.")
    state: State = "acceptée" if accept else "refusée"
    with record_base() as base:  # decided by one person at a time; kept only if the file took the value
        done = base.execute(
            "UPDATE demandes SET etat = ?, decide_le = ?, reponse = ? WHERE numero = ? AND etat = 'en attente'",
            (state, today.isoformat(), words, number),
        ).rowcount
        if not done:
            raise AtelierError(f"Aucune demande n° {number} n'est en attente ; voyez « atelier dossier demandes ».")
        row = base.execute(f"SELECT {_COLUMNS} FROM demandes WHERE numero = ?", (number,)).fetchone()
        made = Correction(*row)
        if accept and made.subject in FIELDS:
            correct_person(made.identifier, {made.subject: made.wanted}, settings)
        elif accept and made.subject == PRESENCE:
            correct_presence(made.identifier, made.session, made.module, made.wanted, add=True)
    return made


def applied_by_itself(correction: Correction) -> bool:
    """Whether accepting the request changes the file; otherwise HR or the trainer does it by hand."""
    return correction.subject in FIELDS or correction.subject == PRESENCE


def checked(text: str) -> str:
    """One line of `text`, without control signs nor signs that reverse the reading order.

    Raises:
        AtelierError: it is too long.
    """
    composed = unicodedata.normalize("NFC", str(text))
    plain = "".join(" " if sign.isspace() else sign for sign in composed if unicodedata.category(sign) != "Cf")
    line = " ".join("".join(sign for sign in plain if unicodedata.category(sign) != "Cc").split())
    if len(line) > MAX_WORDS:
        raise AtelierError(f"Ce texte dépasse {MAX_WORDS} signes ; gardez l'essentiel.")
    return line


@dataclass(frozen=True)
class _Line:
    """A correction about to be kept."""

    identifier: str
    day: date
    subject: str
    before: str
    wanted: str
    reason: str = ""
    session: str = ""
    module: str = ""


def _keep(lines: Sequence[_Line], state: State, work: Callable[[], object] | None = None) -> tuple[Correction, ...]:
    """Keep the lines, all or none, with the `work` that they are the trace of: if it fails, nothing is kept."""
    made = []
    with record_base() as base:
        for line in lines:
            waiting = "SELECT COUNT(*) FROM demandes WHERE identifiant = ? AND etat = 'en attente'"
            if state == "en attente" and base.execute(waiting, (line.identifier,)).fetchone()[0] >= MAX_PENDING:
                raise AtelierError(
                    f"{MAX_PENDING} de vos demandes attendent déjà une réponse ; le service RH les traite d'abord."
                )
            day = line.day.isoformat()
            values = (
                *(line.identifier, day, line.subject, line.session, line.module, line.before, line.wanted),
                *(line.reason, state, day if state == "appliquée" else "", ""),
            )
            marks = ", ".join("?" * len(values))
            cursor = base.execute(
                f"INSERT INTO demandes ({_COLUMNS.removeprefix('numero, ')}) VALUES ({marks})", values
            )
            made.append(Correction(int(cursor.lastrowid or 0), *values))
        if work is not None:
            work()
    return tuple(made)


def _read(where: str, *values: str) -> tuple[Correction, ...]:
    with record_base() as base:
        return tuple(Correction(*row) for row in base.execute(f"SELECT {_COLUMNS} FROM demandes {where}", values))


def _check_presence(value: str) -> None:
    try:
        parse_yes_no(value)
    except ValueError:
        try:
            session_hours(value)
        except ValueError:
            raise AtelierError("Une présence se demande par « oui », « non » ou une durée comme 3,5.") from None


def _harmless(identifier: str, now: dict[str, str], wanted: dict[str, str]) -> bool:
    """Whether `wanted` only spells otherwise the names that HR wrote, with the signs of a name."""
    if not all(re.fullmatch(r"(?:[^\W\d_]|[ .'’\-])+", value) for value in wanted.values()):
        return False
    first = {name: _as_hr_wrote(identifier, name, value) for name, value in now.items()}
    if (_letters(wanted["nom"]), _letters(wanted["prenom"])) == (_letters(first["prenom"]), _letters(first["nom"])):
        return True
    return all(_near(_letters(first[name]), _letters(wanted[name])) for name in NAMES)


def _as_hr_wrote(identifier: str, name: str, value: str) -> str:
    """The spelling before the person's own corrections, followed back while they lead to `value`."""
    for line in corrections_of(identifier):
        if line.subject == name and line.state == "appliquée" and line.wanted == value:
            value = line.before
    return value


def _taken(person: Learner, wanted: dict[str, str], people: Iterable[Learner]) -> bool:
    """Whether a colleague already bears these names, in either order."""
    names = sorted(map(_letters, wanted.values()))
    return any(
        sorted((_letters(who.last_name), _letters(who.first_name))) == names
        for who in people
        if who.identifier != person.identifier
    )


def _letters(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W\d_]+", "", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def _near(one: str, other: str) -> bool:
    """The same word but for one letter (two from seven letters on)."""
    allowed = 2 if min(len(one), len(other)) >= 7 else 1
    if not one or not other:
        return one == other
    if len(one) < 3 or abs(len(one) - len(other)) > allowed:
        return one == other
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(other, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1] <= allowed
