"""Gather what `method_check` reads: plan, state, deployment, map of tools, attendance. Nothing is guessed."""

from __future__ import annotations

import os
from datetime import date

from atelier_ia.diagnosis.questionnaire import QuestionnaireError, database_path
from atelier_ia.diagnosis.results import questionnaire_results
from atelier_ia.diagnosis.tool_map import read_tool_map
from atelier_ia.measurement.method_check import Evidence, Surveyed
from atelier_ia.measurement.store import URL_VARIABLE
from atelier_ia.settings import Settings, data_folder
from atelier_ia.tool_choice.deployment import load_deployment
from atelier_ia.training.attendance import read_attendance
from atelier_ia.training.planning import build_plan, load_options
from atelier_ia.training.planning.progress import read_done
from atelier_ia.training.roster import read_roster

# How the module of an attendance line begins → the step of the plan.
_PREFIXES = {"s1": "s1_direction", "s3": "s3_referents", "m2": "m2_metiers", "atelier": "m2_metiers"}


def gather(settings: Settings, today: date) -> Evidence:
    """The evidence found under var/ and in the settings, as of `today`.

    Raises:
        AtelierError: a file exists and cannot be read; the sentence names it.
    """
    return Evidence(
        settings=settings,
        plan=build_plan(settings, load_options(settings=settings)),
        done=tuple(line for line in read_done() if line.day <= today),
        deployment=load_deployment(settings=settings),
        tools_found=read_tool_map(settings=settings),
        attended=first_attendance(settings),
        today=today,
        surveyed=surveyed_adoption(settings),
        personal_accounts_said=personal_accounts_said(settings),
    )


def first_attendance(settings: Settings) -> dict[tuple[str, str], date]:
    """Each step and service ('' for all services) and the first day when one of its agents was present."""
    services = {learner.identifier: learner.service for learner in read_roster(settings=settings)}
    first: dict[tuple[str, str], date] = {}
    for line in read_attendance():
        step = next((name for prefix, name in _PREFIXES.items() if line.module.lower().startswith(prefix)), "")
        if not step or not line.present:
            continue
        for key in {(step, ""), (step, services.get(line.learner, ""))}:
            first[key] = min(line.day, first.get(key, line.day))
    return first


def surveyed_adoption(settings: Settings) -> Surveyed | None:
    """What the latest survey from J+30 on says of adoption against the alert; None without enough answers."""
    from atelier_ia.measurement.indicators import ADOPTION_ALERT, compute
    from atelier_ia.measurement.surveys import WAVES, count_answers

    if not os.environ.get(URL_VARIABLE) and not (data_folder() / "mesures.db").is_file():
        return None
    for wave in reversed(WAVES[1:]):
        share = compute(wave, count_answers(wave), (), (), settings, 0).adoption
        if share is None:
            continue
        if share.high is not None and share.high < ADOPTION_ALERT:
            return "sous le seuil"
        return "au-dessus" if share.low is not None and share.low >= ADOPTION_ALERT else "peut-être sous le seuil"
    return None


def personal_accounts_said(settings: Settings) -> bool:
    """Did agents say, in the closed questionnaire, that they work with a personal account?"""
    if not database_path().is_file():
        return False
    try:
        return questionnaire_results(settings).share("compte", "personnel") > 0
    except QuestionnaireError:  # still open, or too few answers
        return False
