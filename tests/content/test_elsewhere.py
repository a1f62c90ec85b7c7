"""Right answers to another exercise, and lines that approve each defect: as good as nothing, exercise by exercise."""

from __future__ import annotations

import pytest

from atelier_ia.training.answers import load_answers
from atelier_ia.training.rubrics import Exercise, load_assignment
from atelier_ia.training.scoring import score
from atelier_ia.training.scoring.patterns import alternatives, find
from atelier_ia.training.scoring.reading import Reading

ASSIGNMENTS = (
    "m2_accueil", "m2_finances", "m2_secretariat", "s3_m1_consigne", "s3_m2_courriels", "s3_m3_reunions",
    "s3_m4_arretes", "s3_m5_publications", "s3_m6_donnees", "s3_m7_verifier",
)  # fmt: skip
EXERCISES = {exercise.id: exercise for name in ASSIGNMENTS for exercise in load_assignment(name).exercises}
RIGHT = [
    (EXERCISES[answer.exercise], answer.text)
    for name in ASSIGNMENTS
    for answer in load_answers(name)
    if answer.family in ("bonne", "paraphrase")
]
PRAISE = (
    "rien à redire", "parfait", "c'est bien ça", "rien de choquant", "conforme à la source", "bonne formulation",
    "je n'y touche pas", "on peut laisser", "cohérent", "il fallait le dire", "correct selon moi", "tout à fait exact",
)  # fmt: skip


def credited(exercise: Exercise, text: str) -> int:
    """How many criteria an answer earns, the doubtful ones with them."""
    return sum(line.verdict in ("acquis", "douteux") for line in score(exercise, text).criteria)


@pytest.mark.parametrize(("kind", "most"), [("prompt", 0.03), ("production", 0.02), ("relecture", 0.03)])
def test_a_right_answer_to_another_exercise_earns_next_to_nothing(kind: str, most: float) -> None:
    """Of the criteria that right answers to other exercises could earn here, are few credited?"""
    earned = total = 0
    for exercise in (exercise for exercise in EXERCISES.values() if exercise.kind == kind):
        for other, text in RIGHT:
            if other.kind == kind and other.id != exercise.id:
                earned += credited(exercise, text)
                total += len(score(exercise, "").criteria)
    assert total > 300
    assert earned / total <= most


@pytest.mark.parametrize("name", [name for name, exercise in EXERCISES.items() if exercise.kind == "relecture"])
@pytest.mark.parametrize("form", ["« {} » : {}", "- {} -> {}", "{} : {}."])
def test_praising_each_defect_earns_nothing(name: str, form: str) -> None:
    """Does who shows every faulty passage, and finds each of them good, earn nothing?"""
    exercise = EXERCISES[name]
    document = Reading(exercise.text)
    passages = [
        max(
            (
                exercise.text[span.start : span.end]
                for p in alternatives(defect.landmarks)
                for span in find(p, document)
            ),
            key=len,
            default=defect.title,
        )
        for defect in exercise.defects
    ]
    for first in range(0, len(PRAISE), 3):
        said = [PRAISE[(first + rank) % len(PRAISE)] for rank in range(len(passages))]
        answer = "\n".join(form.format(passage, praise) for passage, praise in zip(passages, said, strict=True))
        assert credited(exercise, answer) == 0, answer
