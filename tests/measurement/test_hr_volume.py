"""The HR report of many agents: what it holds in memory does not follow their number."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

from atelier_ia.training.attendance import Attendance, write_attendance
from atelier_ia.training.roster import Learner, write_roster

REPORT = """
import resource, sys
from datetime import date
from pathlib import Path
from atelier_ia.measurement.hr_report import write_hr_report
from atelier_ia.use_cases.sandbox import reference_settings
report = write_hr_report(Path(sys.argv[1]) / "rapports", settings=reference_settings(), today=date(2027, 4, 1))
print(report.agents, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def peak_memory(root: Path, size: int) -> float:
    """MB at most during the report of `size` agents, in a process of its own."""
    environment = os.environ | {"ATELIER_RACINE": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", REPORT, str(root)], env=environment, check=True, capture_output=True, text=True
    )
    agents, peak = done.stdout.split()
    assert int(agents) == size
    return float(peak)


def test_twelve_times_more_agents_take_no_more_memory(tmp_path: Path) -> None:
    """From 1 000 to 12 000 agents, does the report need no more memory than a few megabytes?"""
    peaks = []
    for size in (1_000, 12_000):
        root = tmp_path / str(size)
        (root / "var").mkdir(parents=True)
        (root / "sandbox_data").symlink_to(Path(__file__).resolve().parents[2] / "sandbox_data")
        write_roster(
            (Learner(f"a{index}", f"NOM {index % 97}", "Camille", "rh") for index in range(size)),
            root / "var/apprenants.csv",
        )
        first = date(2027, 2, 1)
        write_attendance(
            (
                Attendance(f"a{index}", first + timedelta(days=week * 7), module, 2.5)
                for week, module in enumerate(("m2_rh", "m3_bilan"))
                for index in range(size)
            ),
            root / "var/presences.csv",
        )
        peaks.append(peak_memory(root, size))
    assert peaks[1] < peaks[0] + 10  # all lines in memory would add some 30 MB
