"""Answers kept apart from those the rubrics were tuned on, with a person's verdict on each criterion."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.training.rubrics import load_assignment
from atelier_ia.training.scoring import score

_LETTERS = {"A": "acquis", "P": "partiel", "0": "absent"}
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


@dataclass
class Agreement:
    """Person against program, over all witnesses."""

    pairs: dict[str, list[tuple[str, str]]]  # criterion → (person, program)
    differences: list[str]
    rejected: tuple[int, int]  # criteria refused, among those earned by good and paraphrased answers
    credited: tuple[int, int]  # criteria given, among those not earned by stuffed, negated… answers


def measure(verbose: bool = False) -> Agreement:
    """Score every witness and compare."""
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    differences = []
    rejected = earned = credited = unearned = 0
    for path in sorted(Path(__file__).parent.glob("data/temoins_*.toml")):
        witnesses = load_toml(path, Witnesses)
        exercise = load_assignment(witnesses.assignment).exercise(witnesses.exercise)
        for witness in witnesses.answers:
            verdicts = {line.id: line for line in score(exercise, witness.text).criteria}
            for criterion, letter in zip(witnesses.criteria, witness.expected, strict=True):
                person, program = _LETTERS[letter], verdicts[criterion].verdict.replace("douteux", "acquis")
                pairs[f"{witnesses.exercise}.{criterion}"].append((person, program))
                if witness.family in ("bonne", "paraphrase") and person == "acquis":
                    earned += 1
                    rejected += program == "absent"
                if witness.family in _CHEATING and person == "absent":
                    unearned += 1
                    credited += program != "absent"
                if person != program:
                    quoted = [quote.text for quote in verdicts[criterion].evidence]
                    differences.append(
                        f"{criterion}: {person} → {program} {quoted} [{witness.family}] {witness.text.strip()[:160]}"
                    )
    if verbose:
        print("\n".join(differences))
    return Agreement(dict(pairs), differences, (rejected, earned), (credited, unearned))


def kappa(pairs: list[tuple[str, str]]) -> float:
    """Cohen's kappa between acquired (or in part) and not; 1 when both always agree."""
    binary = [(person != "absent", program != "absent") for person, program in pairs]
    agree = sum(a == b for a, b in binary) / len(binary)
    chance = sum(
        (sum(a == value for a, _ in binary) / len(binary)) * (sum(b == value for _, b in binary) / len(binary))
        for value in (True, False)
    )
    return 1.0 if chance == 1 else (agree - chance) / (1 - chance)


if __name__ == "__main__":
    result = measure(verbose=True)
    for name, found in result.pairs.items():
        print(f"{name:<40} κ {kappa(found):.2f} on {len(found)}")
    print("refused", result.rejected, "credited", result.credited)
