"""Reports of a small commune, a large one and a métropole: seconds, peak memory, and how both grow.

The three months are made up (`bench.synthetic`), written as HR and the apps would have, and read by the reports.

Each report runs in a process of its own, which is given nothing but a folder: its peak memory is its own. Times are the
processor's (one core works at a time): what else the machine does hardly counts.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from bench.figures import Figure
from bench.synthetic import settings_of

SMALL, MIDDLE, LARGE = 40, 3_000, 50_000
_ROOT = Path(__file__).parents[1]
_DAY = date(2027, 4, 12)


def run() -> list[Figure]:
    """40, 3 000 and 50 000 agents: each report's cost, then its growth."""
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        roots = {size: Path(folder) / str(size) for size in (SMALL, MIDDLE, LARGE)}
        for size, root in roots.items():
            (root / "var").mkdir(parents=True)
            for name in ("sandbox_data", "solutions"):
                (root / name).symlink_to(_ROOT / name)
            _python("bench.synthetic", str(size), str(root))
        rh, step = ({size: _measured(work, roots[size], size) for size in roots} for work in ("rapport", "etape"))
        pandas = _measured("pandas", roots[MIDDLE], MIDDLE)
        one_by_one = _measured("attestations", roots[SMALL], SMALL)
        many = _measured("attestations", roots[MIDDLE], MIDDLE)
        streamed = {
            name: {size: _measured(work, roots[size], size) for size in (MIDDLE, LARGE)}
            for work, name in (
                ("registre", "register of attestations"),
                ("moodle", "Moodle files"),
                ("adoption", "weekly adoption"),
            )
        }
    return [
        Figure("HR report of 40 agents: workbook, CSV, PDF", "s CPU", rh[SMALL]["cpu"], "alone"),
        Figure(
            "HR report of 3 000 agents, all files",
            "s CPU",
            rh[MIDDLE]["cpu"],
            "pandas + openpyxl, two sheets and CSV",
            pandas["cpu"],
        ),
        Figure("HR report of 3 000 agents, peak memory", "MB", rh[MIDDLE]["MB"], "pandas + openpyxl", pandas["MB"]),
        Figure("HR report of 50 000 agents, all files", "s CPU", rh[LARGE]["cpu"], "alone"),
        *_growth("HR report", rh),
        Figure("checkpoint of 3 000 agents: dashboard, PDF, .docx", "s CPU", step[MIDDLE]["cpu"], "alone"),
        *_growth("checkpoint", step),
        Figure(
            "attestations, processor per agent of 3 000",
            "ms",
            1000 * many["cpu"] / many["files"],
            "of 40",
            1000 * one_by_one["cpu"] / one_by_one["files"],
        ),
        Figure("attestations of 3 000 agents, peak memory", "MB", many["MB"], "40", one_by_one["MB"]),
        *(figure for name, found in streamed.items() for figure in _growth_from_middle(name, found)),
    ]


def _growth(name: str, found: dict[int, dict[str, float]]) -> list[Figure]:
    """From 40 to 50 000 agents."""
    small = Figure(f"{name}, peak memory at 3 000", "MB", found[MIDDLE]["MB"], "at 40", found[SMALL]["MB"])
    return [*_growth_from_middle(name, found), small]


def _growth_from_middle(name: str, found: dict[int, dict[str, float]]) -> list[Figure]:
    """From 3 000 to 50 000 agents: a ratio of about 1 or more is a cost at most linear, a memory that does not grow."""
    return [
        Figure(
            f"{name}, processor per agent at 50 000",
            "ms",
            1000 * found[LARGE]["cpu"] / LARGE,
            "at 3 000",
            1000 * found[MIDDLE]["cpu"] / MIDDLE,
        ),
        Figure(f"{name}, peak memory at 50 000", "MB", found[LARGE]["MB"], "at 3 000", found[MIDDLE]["MB"]),
    ]


def _measured(work: str, root: Path, size: int) -> dict[str, float]:
    """Processor seconds of one work, and the peak memory of its process, the interpreter and all libraries included."""
    found: dict[str, float] = json.loads(_python("bench.bench_reports", work, str(root), str(size)))
    return found


def _python(module: str, *arguments: str) -> str:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=_ROOT)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else module)
    return done.stdout


def _child(work: str, root: Path, size: int) -> None:
    os.environ["ATELIER_RACINE"] = str(root)
    out = root / "rapports"
    out.mkdir(exist_ok=True)
    works: dict[str, Callable[[Path, int], int]] = {
        "rapport": _hr_report,
        "etape": _checkpoint,
        "attestations": _attestations,
        "registre": _register,
        "moodle": _moodle,
        "adoption": _adoption,
        "pandas": _with_pandas,
    }
    start = time.process_time()
    files = works[work](out, size)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": seconds, "MB": peak, "files": files}))


def _hr_report(out: Path, size: int) -> int:
    from atelier_ia.measurement.hr_report import write_hr_report

    return len(write_hr_report(out, settings=settings_of(size), today=_DAY).paths)


def _checkpoint(out: Path, size: int) -> int:
    from atelier_ia.measurement.checkpoints import write_checkpoint

    write_checkpoint("J+90", out, settings=settings_of(size), today=_DAY)
    return 3


def _attestations(out: Path, size: int) -> int:
    from atelier_ia.measurement.attestations import write_attestations
    from atelier_ia.measurement.hr_sources import module_skills, read_records

    return len(write_attestations(read_records(settings_of(size)), out, _DAY, module_skills()))


def _register(out: Path, size: int) -> int:
    """Every number given, then asked again as at the next issue, and the file written: all but the PDFs."""
    from atelier_ia.measurement.attestation_register import Register
    from atelier_ia.measurement.attestations import attestation_content
    from atelier_ia.measurement.hr_sources import module_skills, read_records

    records, skills = read_records(settings_of(size)), module_skills()
    for _ in range(2):
        register = Register(out / "registre.csv")
        for agent, lines in records.persons():
            content = attestation_content(records, agent, lines, skills)
            register.issue_for(agent.learner.identifier, agent.hours, content, _DAY)
        register.write()
    return 1


def _moodle(out: Path, size: int) -> int:
    from atelier_ia.measurement.hr_sources import read_records
    from atelier_ia.measurement.moodle import write_moodle_files
    from atelier_ia.training.roster import iter_roster

    settings = settings_of(size)
    write_moodle_files(read_records(settings), iter_roster(settings=settings), out, settings, "commune.example")
    return 2


def _adoption(_out: Path, size: int) -> int:
    from atelier_ia.measurement.uses import read_weeks
    from atelier_ia.measurement.weekly import weekly_adoption
    from atelier_ia.training.attendance import iter_attendance

    return len(weekly_adoption(settings_of(size), None, iter_attendance(), read_weeks(until=_DAY), _DAY))


def _with_pandas(out: Path, _size: int) -> int:
    """What many would write for the same tables: files read and joined, two sheets and a CSV, without any layout."""
    import pandas

    var, keys = out.parent / "var", ["service", "nom", "prenom", "identifiant"]
    people, sheet = (pandas.read_csv(var / name, sep=";", decimal=",") for name in ("apprenants.csv", "presences.csv"))
    joined = sheet[sheet["presence"] == "oui"].merge(people, on="identifiant", how="left")
    lines = joined.groupby([*keys, "module"]).agg(
        {"categorie": "first", "sexe": "first", "statut": "first", "date": ["min", "max"], "heures": ["sum", "count"]}
        | dict.fromkeys(("modalite", "type", "organisme"), "first")
    )
    agents = joined.groupby(keys).agg({"date": ["min", "max"], "heures": ["sum", "count"], "module": "nunique"})
    lines.to_csv(out / "pandas.csv", sep=";", decimal=",", encoding="utf-8-sig")
    with pandas.ExcelWriter(out / "pandas.xlsx", engine="openpyxl") as book:
        agents.to_excel(book, sheet_name="Agents")
        lines.to_excel(book, sheet_name="Modules")
    return 2


if __name__ == "__main__":
    _child(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
