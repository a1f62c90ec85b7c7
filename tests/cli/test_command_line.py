"""The command `atelier`: French throughout, one sentence for each mistake, never a traceback."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGLISH = re.compile(r"\b(Usage:|Options:|Commands:|Show this|Error|Try|Missing|No such|Traceback|Invalid|exit\.)")


def atelier(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the real command in its own process."""
    return subprocess.run(
        [sys.executable, "-m", "atelier_ia", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def verbs() -> list[str]:
    """The verbs that `atelier --help` lists."""
    from atelier_ia.cli.group import VERBS

    return sorted(VERBS)


@pytest.mark.parametrize("verb", ["", *verbs()])
def test_help_is_french(verb: str) -> None:
    """Does each help page come up, in French only?"""
    done = atelier(*([verb] if verb else []), "--help")
    assert done.returncode == 0, done.stderr
    assert "Usage : atelier" in done.stdout
    assert not ENGLISH.search(done.stdout), done.stdout


def test_help_lists_every_verb() -> None:
    """Is every verb in the first help page?"""
    listed = atelier("--help").stdout
    assert all(re.search(rf"^  {verb} ", listed, re.MULTILINE) for verb in verbs())


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["confidentialitee"], "« confidentialite »"),
        (["nimporte"], "atelier --help"),
        (["--inconnu"], "« --inconnu » n'existe pas"),
        (["diagnostic", "en", "trop"], "argument de trop"),
        (["noter", "--listee"], "« --liste »"),
        (["lancer", "--port", "80000"], "un nombre entier d'au moins 0 et 65535 au plus"),
    ],
)
def test_a_wrong_command_line_is_explained(arguments: list[str], expected: str) -> None:
    """Is a misspelt verb or option answered by one French sentence and exit code 2?"""
    done = atelier(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert expected in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not ENGLISH.search(done.stderr), done.stderr


def test_a_refusal_of_the_system_is_told_in_french() -> None:
    """Where nothing may be written, is the reason in French too?"""
    done = atelier("sauvegarder", "/proc/nulle_part")
    assert done.returncode == 1
    assert "n'existe pas" in done.stderr
    assert not ENGLISH.search(done.stderr), done.stderr


def test_wrong_settings_stop_every_verb_with_one_sentence(tmp_path: Path) -> None:
    """Is a broken atelier.toml said once, without a traceback?"""
    (tmp_path / "atelier.toml").write_text("[collectivite]\nnom = 3\n", encoding="utf-8")
    done = atelier("rapport", "rh", folder=tmp_path)
    assert done.returncode == 1
    assert "atelier.toml" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_idle_grading_imports_no_command_line_library(tmp_path: Path) -> None:
    """Is "nothing new" answered from file dates alone, and does any other command line go the ordinary way?"""
    for name in ("atelier.toml", "nbgrader_config.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    program = (
        "import sys; from atelier_ia.cli.idle import idle_answer; print(idle_answer(sys.argv[1:])); "
        "print('click' in sys.modules)"
    )

    def answer(*words: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", program, *words],
            env={**os.environ, "ATELIER_RACINE": str(tmp_path)}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.splitlines()

    assert answer("corriger") == ["None", "False"]  # never graded
    state = "from atelier_ia.training import ledger; ledger.remember(ledger.scope((), ()), ledger.read_inventory(), 7)"
    (tmp_path / "var").mkdir(exist_ok=True)
    (tmp_path / "var" / "gradebook.db").write_bytes(b"")
    subprocess.run([sys.executable, "-c", state], env={**os.environ, "ATELIER_RACINE": str(tmp_path)}, check=True)
    assert answer("corriger") == ["0 travaux corrigés, 7 inchangés.", "False"]
    assert answer("corriger", "--json")[0] == '{"graded": [], "unchanged": 7, "refused": []}'
    for words in (["corriger", "-a", "d1"], ["corriger", "--avis"], ["corriger", "--jobs", "2"], ["noter"], []):
        assert answer(*words)[0] == "None", words
