"""Forecast aggregate counts (school meals, energy) and say honestly how wrong it may be.

A plain seasonal regression, judged on the past by forecasts made as if the future were unknown, always beside a naive
forecast (same day last week, same month last year). If it is not clearly better, the naive forecast is the one given.
Intervals come from the errors really made on that past. Never about people.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from atelier_ia.documents.typography import number, typeset
from atelier_ia.use_cases.counts import Counts, CountsError

LEVEL = 0.80
"""Nominal level of the intervals: four times out of five."""
CLEARLY = 0.95
"""The model must bring the naive error down to this share of it; less would be chance."""
FOLDS = 8
"""Forecasts made on the past to measure the errors."""
RIDGE = 0.1
"""Pull of the seasonal effects towards zero, in observations: little data, little season."""

TREND_DAYS = 600
"""Length of past under which no trend is looked for (days)."""

Predictor = Callable[[Sequence[date], Sequence[float], Sequence[date]], list[float]]


@dataclass(frozen=True)
class ForecastPoint:
    """The forecast of one day or month, with the interval that held `LEVEL` of the time on the past."""

    day: date
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class ForecastError:
    """Mean absolute error on the past, in the series' unit and as a share of the mean (0 to 1)."""

    absolute: float
    share: float


@dataclass(frozen=True)
class Forecast:
    """The forecast and how far to trust it.

    `model` and `naive` are the errors on the same `tested` past points; `used` tells which one gives `points`;
    `coverage` is the share of the most recent past that fell in intervals made before it (None: too little past).
    `unusual` are the days of the past that neither season nor weekday explains.
    """

    counts: Counts
    points: tuple[ForecastPoint, ...]
    model: ForecastError
    naive: ForecastError
    used: str
    tested: int
    coverage: float | None
    unusual: tuple[date, ...]
    sentences: tuple[str, ...]


def forecast(counts: Counts, horizon: int, closed: Collection[date] = ()) -> Forecast:
    """Forecast the next `horizon` days of service or months after the end of the series.

    Days of service are the weekdays seen in the last weeks of the series, `closed` days left out.

    Raises:
        CountsError: the horizon is not between 1 and a quarter of the series.
    """
    if not 1 <= horizon <= len(counts.days) // 4:
        raise CountsError(
            f"L'horizon va de 1 à {len(counts.days) // 4} pour une série de {len(counts.days)} valeurs ; réduisez-le."
        )
    future = next_days(counts, horizon, closed)
    model, naive = _model(counts.step), _naive(counts.step)
    past = _replayed(counts, horizon, (model, naive))
    truth = [one.truth for one in past]
    errors = [_error([one.predicted[rank] for one in past], truth) for rank in (0, 1)]
    best = 0 if errors[0].absolute <= CLEARLY * errors[1].absolute else 1
    values = (model, naive)[best](counts.days, counts.values, future)
    ratios = _ratios(past, best)
    margin = _quantile(ratios, LEVEL)
    points = tuple(
        ForecastPoint(day, value, max(0.0, value * (1 - margin)), value * (1 + margin))
        for day, value in zip(future, values, strict=True)
    )
    coverage = _coverage(past, best)
    unusual = _unusual(counts, model)
    sentences = _sentences(counts, errors[0], errors[1], best, len(past), coverage, len(unusual))
    return Forecast(
        counts, points, errors[0], errors[1], ("modèle", "naïve")[best], len(past), coverage, unusual, sentences
    )


def next_days(counts: Counts, horizon: int, closed: Collection[date] = ()) -> list[date]:
    """The next `horizon` months, or days of service (weekdays of the last thirty values), after the series."""
    found: list[date] = []
    day = counts.days[-1]
    if counts.step == "mois":
        while len(found) < horizon:
            day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
            found.append(day)
        return found
    weekdays = {one.weekday() for one in counts.days[-30:]}
    shut = set(closed)
    for _ in range(horizon * 7 + 400):
        day += timedelta(days=1)
        if day.weekday() in weekdays and day not in shut:
            found.append(day)
        if len(found) == horizon:
            return found
    raise CountsError("Les jours fermés ne laissent aucun jour à prévoir ; vérifiez leur liste.")


def describe(result: Forecast) -> str:
    """The text alternative of the plot: the errors, then each value with its interval."""
    form = "%m/%Y" if result.counts.step == "mois" else "%d/%m/%Y"
    lines = [*result.sentences]
    lines += [
        f"{point.day.strftime(form)} : {number(point.value, 0)} {result.counts.unit}, "
        f"entre {number(point.low, 0)} et {number(point.high, 0)}"
        for point in result.points
    ]
    return typeset("\n".join(lines))


@dataclass(frozen=True)
class _Replayed:
    """One past value, as each method would have forecast it without knowing it; `fold` in order of time."""

    fold: int
    truth: float
    predicted: tuple[float, ...]


def _replayed(counts: Counts, horizon: int, methods: Sequence[Predictor]) -> list[_Replayed]:
    """Forecast the last blocks of the series one after the other, each from what came before it only."""
    total = len(counts.days)
    # Half of the series to begin with, and a whole year when there is one: before it no season can be known.
    year = next((rank for rank, day in enumerate(counts.days) if (day - counts.days[0]).days > 366), total)
    shortest = max(total // 2, year) if total - year >= 2 * horizon else total // 2
    folds = min(FOLDS, (total - shortest) // horizon)
    found = []
    for fold in range(folds):
        cut = total - (folds - fold) * horizon
        days, values = counts.days[:cut], counts.values[:cut]
        ahead = counts.days[cut : cut + horizon]
        columns = [method(days, values, ahead) for method in methods]
        for index, truth in enumerate(counts.values[cut : cut + horizon]):
            found.append(_Replayed(fold, truth, tuple(column[index] for column in columns)))
    return found


def _naive(step: str) -> Predictor:
    def predict(days: Sequence[date], values: Sequence[float], ahead: Sequence[date]) -> list[float]:
        last: dict[int, float] = {}
        for day, value in zip(days, values, strict=True):
            last[day.month if step == "mois" else day.weekday()] = value
        return [last.get(day.month if step == "mois" else day.weekday(), values[-1]) for day in ahead]

    return predict


def _model(step: str) -> Predictor:
    def predict(days: Sequence[date], values: Sequence[float], ahead: Sequence[date]) -> list[float]:
        import numpy as np

        weights = _fit(days, values, step)
        return [float(value) for value in np.exp(_features(ahead, days, step) @ weights)]

    return predict


def _fit(days: Sequence[date], values: Sequence[float], step: str) -> Any:
    """Ridge regression of log(value) on trend and season; days far from the rest (strike…) weigh less and less."""
    import numpy as np

    matrix = _features(days, days, step)
    target = np.log(np.maximum(np.asarray(values, dtype=float), 0.5))
    penalty = np.full(matrix.shape[1], RIDGE)
    penalty[0] = 0.0
    if (days[-1] - days[0]).days < TREND_DAYS:
        penalty[1] = 1000.0  # over little more than a year, a trend cannot be told from the season
    trust = np.ones(len(target))
    weights = np.zeros(matrix.shape[1])
    for _ in range(6):
        weighted = matrix * trust[:, None]
        weights = np.linalg.solve(matrix.T @ weighted + np.diag(penalty), weighted.T @ target)
        gaps = np.abs(target - matrix @ weights)
        scale = max(float(np.median(gaps)) * 1.4826, 1e-6)
        trust = np.minimum(1.0, 2.5 * scale / np.maximum(gaps, 1e-9))
    return weights


def _features(days: Sequence[date], known: Sequence[date], step: str) -> Any:
    """One row per day: constant, trend in years (held flat after the known days), weekday, yearly waves."""
    import numpy as np

    origin, last = known[0], known[-1]
    span = (last - origin).days / 365.25
    rows = []
    for day in days:
        years = min((day - origin).days / 365.25, span)
        angle = 2 * math.pi * (day.timetuple().tm_yday - 1) / 365.25
        row = [1.0, years]
        if step == "jour":
            row += [float(day.weekday() == weekday) for weekday in range(1, 7)]
        # A yearly wave cannot be told from a trend before a year has passed.
        waves = (5 if step == "mois" else 3) if span >= 1 else 0
        for rank in range(1, waves + 1):
            row += [math.cos(rank * angle), math.sin(rank * angle)]
        rows.append(row)
    return np.asarray(rows)


def _error(predicted: Sequence[float], truth: Sequence[float]) -> ForecastError:
    absolute = statistics.fmean(abs(p - t) for p, t in zip(predicted, truth, strict=True))
    mean = statistics.fmean(truth)
    return ForecastError(absolute, absolute / mean if mean else 0.0)


def _ratios(past: Sequence[_Replayed], method: int) -> list[float]:
    """Errors relative to the forecast value."""
    return [abs(one.truth - one.predicted[method]) / max(one.predicted[method], 1e-9) for one in past]


def _quantile(values: Sequence[float], level: float) -> float:
    """The value that `level` of `values` do not exceed, counted prudently: with n values, the ⌈(n + 1)·level⌉-th."""
    ordered = sorted(values)
    return ordered[min(len(ordered), math.ceil((len(ordered) + 1) * level)) - 1]


def _coverage(past: Sequence[_Replayed], method: int) -> float | None:
    """Share of the later half of the past that fell in intervals made from the earlier half."""
    middle = (past[-1].fold + 1) / 2
    earlier = [one for one in past if one.fold < middle]
    later = [one for one in past if one.fold >= middle]
    if len(earlier) < 10 or len(later) < 10:
        return None
    margin = _quantile(_ratios(earlier, method), LEVEL)
    return statistics.fmean(ratio <= margin for ratio in _ratios(later, method))


def _unusual(counts: Counts, model: Predictor) -> tuple[date, ...]:
    """The past days that are more than six usual gaps away from what season and weekday explain."""
    fitted = model(counts.days, counts.values, counts.days)
    gaps = [math.log(max(value, 0.5) / fit) for value, fit in zip(counts.values, fitted, strict=True)]
    scale = max(statistics.median(abs(gap) for gap in gaps) * 1.4826, 1e-6)
    return tuple(day for day, gap in zip(counts.days, gaps, strict=True) if abs(gap) > 6 * scale)


def _sentences(
    counts: Counts,
    model: ForecastError,
    naive: ForecastError,
    best: int,
    tested: int,
    coverage: float | None,
    unusual: int,
) -> tuple[str, ...]:
    habit = "le même mois de l'an passé" if counts.step == "mois" else "le même jour de la semaine précédente"
    ours, theirs = (f"{number(100 * one.share, 1)} %" for one in (model, naive))
    if best == 0:
        first = f"Erreur moyenne du modèle : {ours} ; en recopiant {habit} : {theirs}. Le modèle fait mieux."
    else:
        first = (
            f"Le modèle ({ours} d'erreur) ne fait pas nettement mieux que recopier {habit} ({theirs}) : "
            "c'est cette prévision simple qui est donnée."
        )
    second = f"Mesuré sur {tested} valeurs du passé, prévues sans les connaître."
    if coverage is None:
        third = "Trop peu de passé pour vérifier les intervalles : tenez-les pour des ordres de grandeur."
    else:
        held = number(100 * coverage, 0)
        third = f"Intervalles à {number(100 * LEVEL, 0)} % ; sur le passé récent, ils ont contenu {held} % des valeurs."
    found = [first, second, third]
    if unusual:
        out = "valeur du passé sort" if unusual == 1 else "valeurs du passé sortent"
        weight = "pèse" if unusual == 1 else "pèsent"
        found.append(f"{unusual} {out} de l'ordinaire (grève, fermeture…) et {weight} peu.")
    return tuple(map(typeset, found))
