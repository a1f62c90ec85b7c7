"""The anonymous three-question survey of agents, and the one-click opinion of inhabitants.

Does the tool make your work easier? Would you recommend it to a colleague? What would you improve? Plus how often it is
used and, if the agent wishes, an estimate of minutes saved a week. No identity, no day: the wave and the month only;
waves are not linked, unless the agent chooses a code (`linking`). Free words lose their personal data before they are
stored, and are kept apart from the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from sqlalchemy import delete, func, insert, select

from atelier_ia.errors import AtelierError
from atelier_ia.measurement.store import citizen_opinions, connect, random_id, suggestions, survey_answers

Wave = Literal["J+15", "J+30", "J+90"]
Use = Literal["jamais", "parfois", "souvent"]
Ease = Literal["beaucoup", "un peu", "pas du tout"]
Recommend = Literal["oui", "non", "ne sait pas"]
Opinion = Literal["très bien", "bien", "moyen", "pas bien", "pas du tout"]
OPINIONS: tuple[Opinion, ...] = get_args(Opinion)
"""The five grades of the inhabitants' page, best first."""
CONTENT: frozenset[Opinion] = frozenset(("très bien", "bien"))
"""The grades of people who are content."""
WAVES: tuple[Wave, ...] = get_args(Wave)
MOST_MINUTES_A_WEEK = 2400
_STEP = 15
_TEXT_LENGTH = 600


class SurveyError(AtelierError):
    """An answer that the questionnaire does not offer."""


@dataclass(frozen=True)
class Answer:
    """One agent's answers at one wave; `minutes` is the declared estimate per week, rounded to a quarter of an hour."""

    wave: Wave
    use: Use
    ease: Ease
    recommend: Recommend
    service: str = ""
    minutes: float | None = None

    @property
    def active(self) -> bool:
        """Uses the tool at least sometimes."""
        return self.use != "jamais"

    @property
    def helped(self) -> bool:
        """The tool makes work easier, at least a little."""
        return self.ease != "pas du tout"


def record_answer(answer: Answer, suggestion: str = "", *, code: str = "", day: date | None = None) -> None:
    """Keep one set of answers; `suggestion` is masked by the guard and stored without any link to them.

    `code`, if the agent chose one, links the same person's answers of the next wave (`linking`).

    Raises:
        SurveyError: a value that is not offered.
        CodeError: a code too short to protect its owner.
        PrivacyError: the guard failed; nothing is stored.
    """
    choices = ((answer.wave, Wave), (answer.use, Use), (answer.ease, Ease), (answer.recommend, Recommend))
    if any(value not in get_args(offered) for value, offered in choices):
        raise SurveyError("Cette réponse n'est pas proposée ; choisissez-en une dans la liste.")
    minutes = answer.minutes
    if minutes is not None:
        if not 0 <= minutes <= MOST_MINUTES_A_WEEK:
            raise SurveyError("Le temps gagné par semaine va de 0 à 40 heures ; corrigez-le.")
        minutes = round(minutes / _STEP) * _STEP
    from atelier_ia.measurement.linking import link_of

    link = link_of(code)
    words = _masked(suggestion)
    month = (day or date.today()).replace(day=1)
    with connect() as connection:
        if link:  # answering again with one's code corrects one's answers
            known = survey_answers.c
            connection.execute(delete(survey_answers).where(known.lien == link, known.vague == answer.wave))
        connection.execute(
            insert(survey_answers).values(
                id=random_id(),
                vague=answer.wave,
                mois=month,
                service=answer.service[:80],
                usage=answer.use,
                facilite=answer.ease,
                recommande=answer.recommend,
                minutes_semaine=minutes,
                lien=link,
            )
        )
        if words:
            connection.execute(insert(suggestions).values(id=random_id(), vague=answer.wave, mois=month, texte=words))


def read_answers(wave: Wave) -> tuple[Answer, ...]:
    """The answers of one wave, in an order that says nothing."""
    query = select(survey_answers).where(survey_answers.c.vague == wave).order_by(survey_answers.c.id)
    with connect() as connection:
        return tuple(
            Answer(row.vague, row.usage, row.facilite, row.recommande, row.service, row.minutes_semaine)
            for row in connection.execute(query)
        )


def count_answers(wave: Wave) -> Counter[Answer]:
    """How many agents gave each set of answers: counted by the base, whatever their number."""
    table = survey_answers.c
    columns = (table.usage, table.facilite, table.recommande, table.service, table.minutes_semaine)
    query = select(*columns, func.count()).where(table.vague == wave).group_by(*columns)
    with connect() as connection:
        return Counter({Answer(wave, *cells): count for *cells, count in connection.execute(query)})


def read_suggestions(wave: Wave, most: int | None = None) -> tuple[str, ...]:
    """The masked suggestions of one wave, each once, in an order that says nothing; `most` of them."""
    text = suggestions.c.texte
    query = select(text).where(suggestions.c.vague == wave).group_by(text).order_by(func.min(suggestions.c.id))
    with connect() as connection:
        return tuple(connection.execute(query.limit(most)).scalars())


def record_opinion(subject: str, opinion: Opinion, *, day: date | None = None) -> None:
    """Keep an inhabitant's one-click opinion on `subject` (a use case); nothing else is asked or kept."""
    if opinion not in get_args(Opinion):
        raise SurveyError("Cet avis n'est pas proposé ; choisissez-en un dans la liste.")
    month = (day or date.today()).replace(day=1)
    with connect() as connection:
        connection.execute(
            insert(citizen_opinions).values(id=random_id(), mois=month, sujet=subject[:80], avis=opinion)
        )


def read_opinions(since: date | None = None, until: date | None = None) -> tuple[tuple[str, Opinion], ...]:
    """(subject, opinion) of inhabitants, for the months between two days."""
    query = select(citizen_opinions).order_by(citizen_opinions.c.id)
    if since is not None:
        query = query.where(citizen_opinions.c.mois >= since.replace(day=1))
    if until is not None:
        query = query.where(citizen_opinions.c.mois <= until)
    with connect() as connection:
        return tuple((row.sujet, row.avis) for row in connection.execute(query))


def count_opinions() -> Counter[tuple[str, Opinion]]:
    """How many inhabitants gave each opinion on each subject."""
    columns = (citizen_opinions.c.sujet, citizen_opinions.c.avis)
    with connect() as connection:
        rows = connection.execute(select(*columns, func.count()).group_by(*columns))
        return Counter({(subject, opinion): count for subject, opinion, count in rows})


def purge(before: date) -> int:
    """Delete answers, suggestions and opinions of the months before that of `before`; returns how many rows."""
    limit = before.replace(day=1)
    gone = 0
    with connect() as connection:
        for table in (survey_answers, suggestions, citizen_opinions):
            gone += connection.execute(delete(table).where(table.c.mois < limit)).rowcount
    return gone


def services_of(answers: Iterable[Answer]) -> dict[str, list[Answer]]:
    """Answers by service."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(answer.service, []).append(answer)
    return groups


def _masked(text: str) -> str:
    """`text` without personal data (alerts included), cut to its stored length."""
    if not text.strip():
        return ""
    from atelier_ia.privacy import Span, detect, mask

    spans = [Span(span.start, span.end, span.label, "masquer", span.reason) for span in detect(text)]
    return mask(text, spans).text.strip()[:_TEXT_LENGTH]
