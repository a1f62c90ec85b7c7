"""Rubrics: what an assignment asks and how each answer earns its points, as strict models of `bareme.toml`.

The format is explained, with one complete example of each kind of exercise, in docs/baremes.md. This module only
describes and loads; `scoring` applies.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from atelier_ia.content import ContentError, StrictModel, load_toml
from atelier_ia.folders import SETTINGS_NAME, project_root
from atelier_ia.settings import Identifier, load_settings

RUBRIC_NAME = "bareme.toml"
ANSWERS_NAME = "reponses.toml"
SOURCE_FOLDER = "solutions"

Kind = Literal["prompt", "production", "relecture", "choix", "tri", "ouverte"]
Verdict = Literal["acquis", "partiel", "absent", "douteux"]
Detector = Literal[
    "role",
    "tache",
    "format",
    "ton",
    "limites",
    "donnees_personnelles",
    "faits",
    "interdits",
    "appel",
    "politesse",
    "signature",
    "courtoisie",
    "longueur",
    "clarte",
]

# A pattern of the little language explained in docs/baremes.md ("nid de poule", "(8 h 30|8h30)", "date + bal").
Pattern = Annotated[str, Field(min_length=1, max_length=200)]
Points = Annotated[float, Field(gt=0, le=100)]
Hints = Annotated[tuple[str, ...], Field(max_length=3)]


class Messages(StrictModel):
    """What the learner reads for each verdict; an empty one falls back on the detector's own sentence."""

    acquis: str = ""
    partiel: str = ""
    absent: str = ""
    douteux: str = ""


class Fact(StrictModel):
    """One thing that a right answer must say, however it is worded: any of its variants is enough."""

    id: Identifier
    name: str = Field(alias="nom", min_length=1)
    variants: tuple[Pattern, ...] = Field(alias="variantes", min_length=1)
    # A place or a name stays said in a negative sentence; "gratuit" does not.
    despite_negation: bool = Field(False, alias="malgre_negation")


class Criterion(StrictModel):
    """One line of the rubric of a `prompt` or `production` exercise."""

    id: Identifier
    title: str = Field(alias="titre", min_length=1)
    points: Points
    detector: Detector = Field(alias="detecteur")
    facts: tuple[Fact, ...] = Field((), alias="faits")
    # How many facts (or pieces of evidence) give all the points, and from how many half of them are given.
    minimum: int = Field(0, ge=0)
    partial_from: int = Field(0, alias="partiel_des", ge=0)
    values: tuple[Pattern, ...] = Field((), alias="valeurs")
    forbidden: tuple[Pattern, ...] = Field((), alias="contre")
    # For `interdits`: sums, dates and hours that the text and the statement do not give are invented.
    faithful: bool = Field(False, alias="fidele")
    min_words: int = Field(0, alias="mots_min", ge=0)
    max_words: int = Field(0, alias="mots_max", ge=0)
    # Hidden criteria are announced neither in the statement nor by the names of their facts.
    hidden: bool = Field(False, alias="cache")
    messages: Messages = Field(default_factory=Messages)
    hints: Hints = Field((), alias="indices")

    @model_validator(mode="after")
    def _parameters_fit(self) -> Criterion:
        if self.detector == "faits" and not self.facts:
            raise ValueError(f"le critère « {self.id} » cherche des faits ; ajoutez au moins un bloc « faits ».")
        if self.detector == "interdits" and not (self.forbidden or self.faithful):
            raise ValueError(f"le critère « {self.id} » cherche des interdits ; ajoutez la liste « contre ».")
        if self.faithful and self.detector != "interdits":
            raise ValueError(f"le critère « {self.id} » ne cherche pas d'interdits ; retirez « fidele ».")
        if self.detector == "longueur" and not (self.min_words or self.max_words):
            raise ValueError(f"le critère « {self.id} » mesure une longueur ; ajoutez « mots_min » ou « mots_max ».")
        if self.facts and self.minimum > len(self.facts):
            raise ValueError(f"le critère « {self.id} » demande plus de faits qu'il n'en donne ; baissez « minimum ».")
        _distinct([fact.id for fact in self.facts], "fait")
        return self


class Mistake(StrictModel):
    """A mistake that people really make; when found it sets the verdict of its criterion and has its own message."""

    id: Identifier
    patterns: tuple[Pattern, ...] = Field(alias="motifs", min_length=1)
    criterion: Identifier | None = Field(None, alias="critere")
    verdict: Literal["absent", "partiel"] = "absent"
    message: str = Field(min_length=1)


class Defect(StrictModel):
    """A defect planted in the document of a `relecture` exercise."""

    id: Identifier
    title: str = Field(alias="titre", min_length=1)
    points: Points
    # The passage itself, as the document writes it; words that tell it, and words of the right explanation.
    passages: tuple[str, ...] = ()
    landmarks: tuple[Pattern, ...] = Field(alias="reperes", min_length=1)
    explanations: tuple[Pattern, ...] = Field((), alias="explications")
    messages: Messages = Field(default_factory=Messages)
    hints: Hints = Field((), alias="indices")


class Decoy(StrictModel):
    """A right passage of the document that people wrongly report: a false alarm."""

    id: Identifier
    landmarks: tuple[Pattern, ...] = Field(alias="reperes", min_length=1)
    message: str = Field(min_length=1)


class FalseAlarms(StrictModel):
    """Points of those who find the defects without accusing right passages."""

    points: Points
    tolerance: int = Field(0, ge=0)


class Category(StrictModel):
    """One of the answers possible for each case of a `tri` exercise."""

    id: Identifier
    name: str = Field(alias="nom", min_length=1)
    variants: tuple[Pattern, ...] = Field((), alias="variantes")


class Case(StrictModel):
    """One case to sort; `diagnoses` says, for each wrong category, what confusion it shows."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]{1,3}$")]
    text: str = Field(alias="texte", min_length=1)
    expected: Identifier = Field(alias="attendu")
    tolerated: tuple[Identifier, ...] = Field((), alias="tolere")
    points: Points = 1
    right: str = Field("", alias="juste")
    diagnoses: dict[str, str] = Field(default_factory=dict, alias="diagnostics")
    hints: Hints = Field((), alias="indices")


class Choice(StrictModel):
    """One of the proposals of a `choix` exercise, with the diagnosis of those who pick it."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]$")]
    text: str = Field(alias="texte", min_length=1)
    right: bool = Field(False, alias="juste")
    diagnosis: str = Field(alias="diagnostic", min_length=1)


class GridLine(StrictModel):
    """One line of the marking grid that a person applies to an `ouverte` exercise."""

    id: Identifier
    title: str = Field(alias="titre", min_length=1)
    points: Points
    expected: str = Field(alias="attendu", min_length=1)


class Exercise(StrictModel):
    """One question of an assignment: its statement, the text it is about and its rubric."""

    id: Identifier
    kind: Kind = Field(alias="type")
    title: str = Field(alias="titre", min_length=1)
    statement: str = Field(alias="enonce", min_length=1)
    # What the exercise works on: the citizen's e-mail, the draft to improve, the document to proofread.
    text: str = Field("", alias="texte")
    # Words of the subject: an answer that shares none of them (nor of the text) is off-topic.
    subject: tuple[Pattern, ...] = Field((), alias="sujet")
    # What the prompt asks the assistant to produce, when it is not a letter or an e-mail.
    products: tuple[Pattern, ...] = Field((), alias="objets")
    # Personal data of the text that a prompt must not carry, beside what the privacy guard finds.
    personal_data: tuple[str, ...] = Field((), alias="donnees_interdites")
    personal_data_cap: float = Field(0.5, alias="plafond_donnees", ge=0, le=1)
    criteria: tuple[Criterion, ...] = Field((), alias="criteres")
    mistakes: tuple[Mistake, ...] = Field((), alias="erreurs")
    defects: tuple[Defect, ...] = Field((), alias="defauts")
    decoys: tuple[Decoy, ...] = Field((), alias="leurres")
    false_alarms: FalseAlarms | None = Field(None, alias="fausses_alertes")
    categories: tuple[Category, ...] = ()
    cases: tuple[Case, ...] = Field((), alias="cas")
    choices: tuple[Choice, ...] = Field((), alias="choix")
    choice_points: Points = Field(1, alias="points")
    grid: tuple[GridLine, ...] = Field((), alias="grille")
    lesson: str = Field("", alias="lecon")

    @property
    def max_score(self) -> float:
        """Points of a perfect answer."""
        if self.kind == "choix":
            return self.choice_points
        lines: tuple[Criterion | Defect | Case | GridLine, ...] = (
            *self.criteria,
            *self.defects,
            *self.cases,
            *self.grid,
        )
        return sum(line.points for line in lines) + (self.false_alarms.points if self.false_alarms else 0)

    @property
    def full_statement(self) -> str:
        """Statement, then the text and the proposals it is about, as Markdown: all that is needed to answer."""
        parts = [self.statement.strip()]
        if self.text:
            parts.append("\n".join(f"> {line}".rstrip() for line in self.text.strip().splitlines()))
        if self.cases:
            parts.append("\n".join(f"- **{case.id.upper()}** : {case.text.strip()}" for case in self.cases))
            parts.append("Réponses possibles : " + " ; ".join(f"**{c.name}**" for c in self.categories) + ".")
        if self.choices:
            parts.append("\n".join(f"- **{choice.id.upper()}** : {choice.text.strip()}" for choice in self.choices))
        return "\n\n".join(parts)

    @model_validator(mode="after")
    def _parts_fit_the_kind(self) -> Exercise:
        needed = {
            "prompt": {"criteres"},
            "production": {"criteres"},
            "relecture": {"defauts", "texte"},
            "choix": {"choix"},
            "tri": {"cas", "categories"},
            "ouverte": {"grille"},
        }[self.kind]
        given = {
            "criteres": self.criteria,
            "defauts": self.defects,
            "choix": self.choices,
            "cas": self.cases,
            "categories": self.categories,
            "grille": self.grid,
        }
        for part in sorted(needed - {"texte"}):
            if not given[part]:
                raise ValueError(f"l'exercice « {self.id} » ({self.kind}) attend des blocs « {part} » ; ajoutez-les.")
        for part, lines in given.items():
            if lines and part not in needed:
                raise ValueError(f"l'exercice « {self.id} » ({self.kind}) n'admet pas « {part} » ; retirez-le.")
        if "texte" in needed and not self.text:
            raise ValueError(f"l'exercice « {self.id} » attend le document à relire ; ajoutez « texte ».")
        self._check_references()
        return self

    def _check_references(self) -> None:
        for defect in self.defects:
            for passage in defect.passages:
                if passage not in self.text:
                    raise ValueError(
                        f"le défaut « {defect.id} » montre « {passage} », qui n'est pas dans le texte à relire ; "
                        "recopiez le passage tel quel."
                    )
        _distinct([criterion.id for criterion in self.criteria], "critère")
        _distinct([mistake.id for mistake in self.mistakes], "erreur")
        _distinct([defect.id for defect in self.defects], "défaut")
        _distinct([category.id for category in self.categories], "catégorie")
        _distinct([case.id for case in self.cases], "cas")
        _distinct([choice.id for choice in self.choices], "choix")
        _distinct([line.id for line in self.grid], "ligne de grille")
        lines = {criterion.id for criterion in self.criteria} | {defect.id for defect in self.defects}
        for mistake in self.mistakes:
            if mistake.criterion and mistake.criterion not in lines:
                raise ValueError(
                    f"l'erreur « {mistake.id} » vise le critère inconnu « {mistake.criterion} » ; corrigez son nom."
                )
        known = {category.id for category in self.categories}
        for case in self.cases:
            for category in (case.expected, *case.tolerated, *case.diagnoses):
                if category not in known:
                    raise ValueError(
                        f"le cas « {case.id} » cite la catégorie inconnue « {category} » ; corrigez son nom."
                    )
        if self.choices and not any(choice.right for choice in self.choices):
            raise ValueError(f"l'exercice « {self.id} » n'a pas de bonne réponse ; mettez « juste = true » à l'une.")


class Assignment(StrictModel):
    """The whole of a `bareme.toml`; `name` is the folder's name, given by `load_assignment`."""

    name: str = ""
    title: str = Field(alias="titre", min_length=1)
    introduction: str = Field(min_length=1)
    # Printed on the feedback page and in reports.
    skills: tuple[str, ...] = Field((), alias="competences")
    minutes: int = Field(alias="duree_minutes", gt=0)
    audience: str = Field("", alias="public")
    lesson: str = Field("", alias="lecon")
    conclusion: str = ""
    exercises: tuple[Exercise, ...] = Field(alias="exercices", min_length=1)

    @model_validator(mode="after")
    def _distinct_exercises(self) -> Assignment:
        _distinct([exercise.id for exercise in self.exercises], "exercice")
        return self

    @property
    def max_score(self) -> float:
        """Points of perfect answers to all exercises."""
        return sum(exercise.max_score for exercise in self.exercises)

    def exercise(self, identifier: str) -> Exercise:
        """The exercise of that id; `ContentError` naming the known ones otherwise."""
        for exercise in self.exercises:
            if exercise.id == identifier:
                return exercise
        known = ", ".join(exercise.id for exercise in self.exercises)
        raise ContentError(f"L'exercice « {identifier} » n'existe pas dans {self.name} ; exercices connus : {known}.")


def source_folder() -> Path:
    """Where the assignments are written: `solutions/` under the project root."""
    return project_root() / SOURCE_FOLDER


def list_assignments() -> tuple[str, ...]:
    """Names of the assignments (folders of `solutions/` that hold a `bareme.toml`), sorted."""
    folder = source_folder()
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{RUBRIC_NAME}")))


def load_assignment(name: str) -> Assignment:
    """Read `solutions/<name>/bareme.toml`.

    Raises:
        ContentError: unknown assignment, or a rubric that does not fit the model (file, key and remedy in French).
    """
    known = list_assignments()
    if name not in known:
        listed = ", ".join(known) or "aucun"
        raise ContentError(f"Le devoir « {name} » n'existe pas ; devoirs connus : {listed}.")
    path = source_folder() / name / RUBRIC_NAME
    settings = project_root() / SETTINGS_NAME
    return _cached(path, path.stat().st_mtime_ns, settings.stat().st_mtime_ns if settings.is_file() else 0)


@lru_cache(maxsize=64)
def _cached(path: Path, _changed: int, _settings_changed: int) -> Assignment:
    assignment = load_toml(path, Assignment).model_copy(update={"name": path.parent.name})
    if not re.search(r"\{[A-Za-z_]+(?::[a-z0-9_]+)?\}", path.read_text(encoding="utf-8")):
        return assignment
    from atelier_ia.use_cases.sandbox import localised

    return localised(assignment, load_settings())


def _distinct(identifiers: list[str], what: str) -> None:
    seen: set[str] = set()
    for identifier in identifiers:
        if identifier in seen:
            raise ValueError(f"l'identifiant de {what} « {identifier} » sert deux fois ; donnez-en un autre.")
        seen.add(identifier)
