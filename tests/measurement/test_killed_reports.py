"""A report killed while it is written leaves the former files or the new ones, each whole."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pypdf

from atelier_ia.documents.tables import parse_csv

ENDLESS = """
import sys
from datetime import date
from pathlib import Path
from atelier_ia.measurement.hr_report import write_hr_report
from atelier_ia.training.attendance import Attendance
from atelier_ia.training.roster import Learner
from atelier_ia.use_cases.sandbox import reference_settings
people = [Learner(f"a{i}", "ROUX", "Zoë", "rh") for i in range(300)]
sheet = [Attendance(who.identifier, date(2027, 1, 25), "s3_referents", 7) for who in people]
while True:
    write_hr_report(
        Path(sys.argv[1]), settings=reference_settings(), roster=people, attendance=sheet, results=(), titles={}
    )
    print("fait", flush=True)
"""


def test_a_killed_report_leaves_whole_files(tmp_path: Path) -> None:
    """Killed at several moments of its writing, does the report leave four files that open?"""
    (tmp_path / "sandbox_data").symlink_to(Path(__file__).resolve().parents[2] / "sandbox_data")
    out = tmp_path / "rapports"
    for wait in (0.01, 0.05, 0.12):
        command = [sys.executable, "-c", ENDLESS, str(out)]
        environment = os.environ | {"ATELIER_RACINE": str(tmp_path)}
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        assert process.stdout.readline() == "fait\n"
        time.sleep(wait)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        assert openpyxl.load_workbook(out / "formation_rh.xlsx")["Agents"].max_row == 303
        assert len(parse_csv((out / "formation_rh.csv").read_bytes(), "x").rows) == 300
        for name in ("etat_nominatif_rh.pdf", "bilan_formation.pdf"):
            assert pypdf.PdfReader(out / name).pages[0].extract_text()
