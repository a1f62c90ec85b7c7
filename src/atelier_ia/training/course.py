"""Where the course keeps its files, and the nbgrader settings that go with it (used by nbgrader_config.py).

Sources and exercises are part of the project; everything received or produced (submissions, gradebook, feedback,
exchange) lives under `var/`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from atelier_ia.folders import data_folder, project_root
from atelier_ia.training.rubrics import ANSWERS_NAME, RUBRIC_NAME, SOURCE_FOLDER
from atelier_ia.training.scoring.guards import STUB

COURSE = "atelier"
RELEASE_FOLDER = "exercises"
SUBMITTED = "var/submitted"
AUTOGRADED = "var/autograded"
FEEDBACK = "var/feedback"


def gradebook_url() -> str:
    """The gradebook's SQLAlchemy URL: `ATELIER_CARNET_DE_NOTES` (PostgreSQL…) or the SQLite file under `var/`."""
    return os.environ.get("ATELIER_CARNET_DE_NOTES") or f"sqlite:///{gradebook_file()}"


def gradebook_file() -> Path:
    """The SQLite gradebook (it may not exist yet)."""
    return data_folder() / "gradebook.db"


def gradebook_is_missing() -> bool:
    """Is there no gradebook file yet? (a database server is never missing: it answers or it fails)"""
    return gradebook_url() == f"sqlite:///{gradebook_file()}" and not gradebook_file().is_file()


def graded_notebook_path(learner: str, assignment: str) -> Path:
    """The graded notebook that formgrader opens (it may not exist yet)."""
    return project_root() / AUTOGRADED / learner / assignment / f"{assignment}.ipynb"


def release_folder() -> Path:
    """The learners' version of the assignments."""
    return project_root() / RELEASE_FOLDER


def submitted_folder() -> Path:
    """Collected submissions: <learner>/<assignment>/<notebook>, as nbgrader lays them out."""
    return project_root() / SUBMITTED


def inbound_folder() -> Path:
    """The exchange where « Rendre » drops submissions and where `nbgrader collect` takes them; created on demand."""
    folder = data_folder() / "exchange" / COURSE / "inbound"
    folder.mkdir(parents=True, exist_ok=True)
    (folder.parent / "outbound").mkdir(exist_ok=True)
    (folder.parent / "feedback").mkdir(exist_ok=True)
    return folder


def configure(config: Any) -> None:
    """Set nbgrader for this course: folders, French texts, and the few choices that make grading robust."""
    put_tools_on_path()
    course = config.CourseDirectory
    course.root = str(project_root())
    course.course_id = COURSE
    course.source_directory = SOURCE_FOLDER
    course.release_directory = RELEASE_FOLDER
    course.submitted_directory = SUBMITTED
    course.autograded_directory = AUTOGRADED
    course.feedback_directory = FEEDBACK
    course.db_url = gradebook_url()
    course.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", RUBRIC_NAME, ANSWERS_NAME]
    inbound_folder()
    config.Exchange.root = str(data_folder() / "exchange")
    config.Exchange.cache = str(data_folder() / "exchange" / "cache")
    config.ExchangeCollect.check_owner = False
    config.ClearSolutions.code_stub = {"python": STUB}
    config.ClearSolutions.text_stub = STUB
    # A deleted points cell is put back, and a copied cell no longer stops the batch.
    config.OverwriteCells.add_missing_cells = True
    config.OverwriteCells.missing_cell_notification = "Cellule {cell_id} remise en place.\n\n"
    # The magics are there even when a learner deleted the preparation cell.
    config.Execute.extra_arguments = [
        "--HistoryManager.hist_file=:memory:",
        "--InteractiveShellApp.extensions=atelier_ia",
    ]
    config.Execute.timeout = 30
    config.ExecutePreprocessor.timeout = 30
    config.HTMLExporter.language_code = "fr"


def put_tools_on_path() -> None:
    """nbgrader calls `alembic` by its bare name: let it find the one of this environment."""
    tools = str(Path(sys.executable).parent)
    path = os.environ.get("PATH", "")
    if tools not in path.split(os.pathsep):
        os.environ["PATH"] = tools + os.pathsep + path
