"""One measured figure, how it is printed, and the committed reference it is shown beside."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

REFERENCE = Path(__file__).with_name("reference")


@dataclass(frozen=True)
class Figure:
    """`ours` and `theirs` are in `unit`, measured in one run. `ratio` > 1 means that ours is better.

    `theirs` is None when nothing comparable exists; the figure then stands alone (say so in `compared_with`).
    """

    name: str
    unit: str
    ours: float
    compared_with: str
    theirs: float | None = None
    smaller_is_better: bool = True

    @property
    def ratio(self) -> float | None:
        """How many times better ours is, None without a comparison."""
        if self.theirs is None or not self.ours or not self.theirs:
            return None
        return self.theirs / self.ours if self.smaller_is_better else self.ours / self.theirs

    def line(self) -> str:
        """The figure as one printed line."""
        other = f"{self.theirs:.4g} {self.unit}" if self.theirs is not None else "—"
        ratio = f"× {self.ratio:.2f}" if self.ratio is not None else "—"
        return f"{self.name:<58} {self.ours:>10.4g} {self.unit:<12} {self.compared_with} : {other:<16} {ratio}"


def save(bench: str, figures: list[Figure]) -> Path:
    """Write the reference file of one bench (run with `--reference`), to be committed."""
    REFERENCE.mkdir(exist_ok=True)
    path = REFERENCE / f"{bench}.json"
    rows = [asdict(figure) | {"ratio": figure.ratio} for figure in figures]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def reference_ratios(bench: str) -> dict[str, float | None]:
    """Ratios of the committed run, by figure name; empty when there is none yet."""
    path = REFERENCE / f"{bench}.json"
    if not path.is_file():
        return {}
    return {row["name"]: row["ratio"] for row in json.loads(path.read_text(encoding="utf-8"))}
