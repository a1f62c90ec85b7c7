"""The roll-out calendar of the method: from a start date, services and head counts to every session, dated.

`build_plan` is a pure function; `open_days` knows what to avoid, `booking` and `workshops` place sessions, `progress`
compares the plan with what has been done; the other modules write it down (JSON, .ics, .xlsx, picture, PDF).
"""

from atelier_ia.training.planning.options import PlanOptions, load_options
from atelier_ia.training.planning.plan import Plan, PlannedStep, Session, build_plan

__all__ = ["Plan", "PlanOptions", "PlannedStep", "Session", "build_plan", "load_options"]
