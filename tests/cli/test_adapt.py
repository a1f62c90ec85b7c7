"""`atelier adapter` in another commune, in its own process."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OWN = """
[collectivite]
nom = "Bréval-les-Bains"
habitants = 2100
courriel = "contact@mairie-breval.fr"
telephone = "02 61 91 00 00"
[calendrier]
debut = 2027-02-01
[courrier]
ton = "formel"
formule_politesse = "Recevez, Madame, Monsieur, nos salutations les meilleures."
signature = "Le secrétariat de mairie"
[[services]]
id = "guichet"
nom = "Guichet unique"
effectif = 3
[[services]]
id = "ecole"
nom = "École et cantine"
effectif = 14
remplace = ["enfance"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a commune has, with its own settings."""
    for name in ("sandbox_data", "solutions", "exercises"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("planification.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "atelier.toml").write_text(OWN, encoding="utf-8")
    return tmp_path


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=project,
        env=os.environ | {"ATELIER_RACINE": str(project)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def test_another_commune_follows(project: Path) -> None:
    """Do data, plan and exercises follow the commune's own name, services and formulas, after one command?"""
    done = run(project, "-m", "atelier_ia", "adapter")
    assert done.returncode == 0, done.stderr
    assert "Tout est au nom de Bréval-les-Bains." in done.stdout
    lines = done.stdout.splitlines()
    assert any("Enfance, scolaire" in line and line.endswith("→  École et cantine") for line in lines)
    assert any("CCAS" in line and line.endswith("→  Guichet unique (par défaut)") for line in lines)
    assert "encore fictif" not in done.stdout

    assert run(project, "-m", "atelier_ia", "generer", "--verifier").returncode == 0
    plan = json.loads(run(project, "-m", "atelier_ia", "planifier", "--json").stdout)
    assert plan["debut"] == "2027-02-01"

    script = """
from atelier_ia.assistant import open_assistant
from atelier_ia.settings import load_settings
from atelier_ia.use_cases.emails import DEFAULT_INSTRUCTION, build_messages
from atelier_ia.use_cases.sandbox import load_emails
settings = load_settings()
emails = load_emails()
print(sorted({email.service for email in emails}))
print(any("Val-Fontaine" in email.text for email in emails))
messages = build_messages(emails[0].text, DEFAULT_INSTRUCTION, settings)
print(open_assistant(settings).ask(messages).text)
"""
    services, fictional, *reply = run(project, "-c", script).stdout.splitlines()
    assert services == "['ecole', 'guichet']"
    assert fictional == "False"
    answer = "\\n".join(reply)
    assert "Recevez, Madame, Monsieur, nos salutations les meilleures." in answer
    assert "Le secrétariat de mairie" in answer
    assert "Val-Fontaine" not in answer


def test_a_service_of_nobody_is_named(project: Path) -> None:
    """Is a misspelt service of planification.toml still an error that names it?"""
    file = project / "planification.toml"
    file.write_text(file.read_text("utf-8").replace('id = "enfance"', 'id = "enfances"'), "utf-8")
    done = run(project, "-m", "atelier_ia", "adapter")
    assert done.returncode == 1
    assert "« enfances » n'est pas dans atelier.toml" in done.stderr
    assert done.stderr.count("\n") == 1


def test_an_intercommunal_body_is_told_what_stays_a_commune(project: Path) -> None:
    """Is the name written as people say it, and does the person learn that the orders speak of a commune?"""
    own = OWN.replace('nom = "Bréval-les-Bains"', 'nom = "Les Trois-Vallées"\ntype = "agglomération"', 1)
    (project / "atelier.toml").write_text(own, encoding="utf-8")
    told = run(project, "-m", "atelier_ia", "adapter")
    assert told.returncode == 0, told.stderr
    assert "Tout est au nom des Trois-Vallées." in told.stdout
    assert "ceux d'une commune :" in told.stdout
    assert "« ville »" in told.stdout
