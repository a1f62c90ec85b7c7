"""nbgrader's settings for this course: `nbgrader …` run from this folder uses them unchanged."""

from atelier_ia.training.course import configure

configure(get_config())  # noqa: F821  (given by traitlets)
