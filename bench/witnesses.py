"""Answers kept apart from those the rubrics were tuned on, with a person's verdict on each criterion.

`python -m bench.witnesses [folder]` prints the agreement in full; `folder` holds files in the form of
`tests/content/paraphrases/`, the answers of `bench/data/temoins_*.toml` are read without it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import Field

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.training.rubrics import Exercise, load_assignment
from atelier_ia.training.scoring import score

_LETTERS = {"A": "acquis", "P": "partiel", "0": "absent", "N": "absent"}
_RIGHT = {"bonne", "paraphrase"}
_CHEATING = {"bourrage", "negation", "hors_sujet", "injection", "charabia"}


class Witness(StrictModel):
    """One answer; `expected` has one letter per criterion (A, P or 0)."""

    family: str = Field(alias="famille")
    expected: str = Field(alias="attendu", pattern="^[AP0]+$")
    text: str = Field(alias="texte")


class Witnesses(StrictModel):
    """One file of `bench/data/temoins_*.toml`."""

    assignment: str = Field(alias="devoir")
    exercise: str = Field(alias="exercice")
    criteria: tuple[str, ...] = Field(alias="criteres")
    answers: tuple[Witness, ...] = Field(alias="reponses")


class MarkedAnswer(StrictModel):
    """One answer of an outside examiner; `verdicts` has one letter per criterion, in the rubric's order."""

    exercise: str = Field(alias="exercice")
    family: str = Field("", alias="famille")
    verdicts: str = Field(pattern="^[APN]+$")
    text: str = Field(alias="texte")


class MarkedAnswers(StrictModel):
    """One file of an examiner's folder, named after its assignment."""

    answers: tuple[MarkedAnswer, ...] = Field(alias="reponses")


@dataclass(frozen=True)
class Marked:
    """One answer, whatever file it comes from: `verdicts` by criterion."""

    exercise: Exercise
    family: str
    verdicts: dict[str, str]
    text: str


Pairs = list[tuple[str, str]]  # (person, program)


@dataclass
class Agreement:
    """Person against program, over all witnesses."""

    pairs: dict[str, Pairs] = field(default_factory=lambda: defaultdict(list))  # by "exercise.criterion"
    kinds: dict[str, Pairs] = field(default_factory=lambda: defaultdict(list))  # by detector or kind of exercise
    differences: list[str] = field(default_factory=list)
    earned: int = 0  # criteria that the person gives in full to good and paraphrased answers
    refused: int = 0  # those that the program refuses altogether
    halved: int = 0  # those of which it gives half
    unearned: int = 0  # criteria that the person refuses to stuffed, negated… answers
    credited: int = 0  # those that the program gives, in full or in part

    @property
    def everything(self) -> Pairs:
        """All pairs together."""
        return [pair for pairs in self.pairs.values() for pair in pairs]


def own_witnesses() -> Iterator[Marked]:
    """The answers of `bench/data/temoins_*.toml`."""
    for path in sorted(Path(__file__).parent.glob("data/temoins_*.toml")):
        witnesses = load_toml(path, Witnesses)
        exercise = load_assignment(witnesses.assignment).exercise(witnesses.exercise)
        for witness in witnesses.answers:
            letters = zip(witnesses.criteria, witness.expected, strict=True)
            verdicts = {criterion: _LETTERS[letter] for criterion, letter in letters}
            yield Marked(exercise, witness.family, verdicts, witness.text)


def examined(folder: Path) -> Iterator[Marked]:
    """The answers of an examiner's folder, one file per assignment."""
    for path in sorted(folder.glob("*.toml")):
        assignment = load_assignment(path.stem)
        for answer in load_toml(path, MarkedAnswers).answers:
            exercise = assignment.exercise(answer.exercise)
            names = [line.id for line in score(exercise, "").criteria]
            letters = zip(names, answer.verdicts, strict=True)
            yield Marked(exercise, answer.family, {name: _LETTERS[letter] for name, letter in letters}, answer.text)


def measure(answers: Iterable[Marked]) -> Agreement:
    """Score every answer and compare."""
    found = Agreement()
    for answer in answers:
        lines = {line.id: line for line in score(answer.exercise, answer.text).criteria}
        for criterion, person in answer.verdicts.items():
            program = lines[criterion].verdict.replace("douteux", "acquis")
            found.pairs[f"{answer.exercise.id}.{criterion}"].append((person, program))
            found.kinds[_kind(answer.exercise, criterion)].append((person, program))
            if answer.family in _RIGHT and person == "acquis":
                found.earned += 1
                found.refused += program == "absent"
                found.halved += program == "partiel"
            if answer.family in _CHEATING and person == "absent":
                found.unearned += 1
                found.credited += program != "absent"
            if person != program:
                quoted = [quote.text for quote in lines[criterion].evidence]
                found.differences.append(
                    f"{answer.exercise.id}.{criterion}: {person} → {program} {quoted} [{answer.family}] "
                    f"{' '.join(answer.text.split())[:160]}"
                )
    return found


def _kind(exercise: Exercise, criterion: str) -> str:
    """The detector of a criterion; for the other exercises, their kind."""
    if criterion == "fausses_alertes":
        return criterion
    return next((c.detector for c in exercise.criteria if c.id == criterion), exercise.kind)


def kappa(pairs: Pairs) -> float:
    """Cohen's kappa between acquired (or in part) and not; 1 when both always agree."""
    return _kappa([(str(person != "absent"), str(program != "absent")) for person, program in pairs])


def strict_kappa(pairs: Pairs) -> float:
    """Cohen's kappa on the three verdicts: a half for a whole is a disagreement."""
    return _kappa(pairs)


def _kappa(pairs: Pairs) -> float:
    agree = sum(a == b for a, b in pairs) / len(pairs)
    values = {value for pair in pairs for value in pair}
    chance = sum(
        (sum(a == value for a, _ in pairs) / len(pairs)) * (sum(b == value for _, b in pairs) / len(pairs))
        for value in values
    )
    return 1.0 if chance == 1 else (agree - chance) / (1 - chance)


def report(found: Agreement) -> str:
    """The whole agreement as text: every difference, then κ per criterion and per kind, then the two rates."""
    rows = [(kappa(pairs), strict_kappa(pairs), len(pairs), name) for name, pairs in found.pairs.items()]
    lines = [*found.differences, ""]
    lines += [f"{name:<40} κ {binary:.2f} (three verdicts {strict:.2f}) on {n}" for binary, strict, n, name in rows]
    lines.append("")
    for name, pairs in sorted(found.kinds.items()):
        lines.append(f"{name:<40} κ {kappa(pairs):.2f} (three verdicts {strict_kappa(pairs):.2f}) on {len(pairs)}")
    low = sum(binary < 0.8 for binary, *_ in rows)
    ranked = sorted(binary for binary, *_ in rows)
    lines += [
        "",
        f"all pairs: κ {kappa(found.everything):.3f}, three verdicts {strict_kappa(found.everything):.3f}, "
        f"{len(found.everything)} verdicts",
        f"criteria: lowest {ranked[0]:.2f}, median {ranked[len(ranked) // 2]:.2f}, {low} of {len(rows)} under 0.80",
        f"right answers refused {_rate(found.refused, found.earned)}, halved {_rate(found.halved, found.earned)}",
        f"worthless answers credited {_rate(found.credited, found.unearned)}",
    ]
    return "\n".join(lines)


def _rate(part: int, whole: int) -> str:
    return f"{part} of {whole} ({100 * part / max(whole, 1):.1f} %)"


if __name__ == "__main__":
    print(report(measure(examined(Path(sys.argv[1])) if len(sys.argv) > 1 else own_witnesses())))
