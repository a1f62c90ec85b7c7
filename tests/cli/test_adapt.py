"""`atelier adapter` in another commune, in its own process."""

import json
import os
import re
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


# Everything of the sandbox and of the exercises that a person reads, then the signatures of the orders.
EVERYTHING = """
import json
from atelier_ia.settings import load_settings, project_root
from atelier_ia.training.answers import load_answers
from atelier_ia.training.rubrics import list_assignments
from atelier_ia.use_cases.sandbox import load_document, load_emails, load_organisation, sandbox_folder
from atelier_ia.use_cases.sandbox_orders import load_keys, load_orders
documents = sorted(path.stem for path in (sandbox_folder() / "documents").glob("*.md"))
papers = (sandbox_folder() / "references").glob("*.md")
read = [load_emails(), load_organisation(), load_orders(), load_keys(), [load_document(name) for name in documents]]
read += [load_answers(name) for name in list_assignments()]
read += [load_settings().localise(path.read_text("utf-8")) for path in papers]
read += [path.read_text("utf-8") for path in (project_root() / "exercises").rglob("*.ipynb")]
print(json.dumps(str(read), ensure_ascii=False))
"""


@pytest.mark.parametrize(
    ("name", "kind", "head", "right", "wrong"),
    [
        ("Ehrwiller", "commune", "le maire", "Le maire d'Ehrwiller", "[Ll]a maire|Madame la Maire"),
        ("L'Îlet-à-Goyaves", "commune", "la maire", "La maire de L'Îlet-à-Goyaves", "[Ll]e maire,|Henri\\b"),
        (
            "Orvane Agglomération",
            "agglomération",
            "le président",
            "Le président d'Orvane",
            "[Ll]a maire|Madame la (?:Maire|Présidente)",
        ),
    ],
)
def test_nothing_of_the_fictional_commune_remains(
    project: Path, name: str, kind: str, head: str, right: str, wrong: str
) -> None:
    """In mails, papers, orders, their key, answers and exercises: is the name joined, and the executive right?"""
    own = OWN.replace('nom = "Bréval-les-Bains"', f'nom = "{name}"\ntype = "{kind}"\nexecutif = "{head}"', 1)
    (project / "atelier.toml").write_text(own, encoding="utf-8")
    done = run(project, "-m", "atelier_ia", "adapter")
    assert done.returncode == 0, done.stderr
    assert "executif" not in done.stdout
    told = json.loads(run(project, "-c", EVERYTHING).stdout).replace("\\'", "'")
    assert right in told
    assert re.findall(r".{30}[Vv]al-[Ff]ontaine.{9}", told) == []
    assert re.findall(rf".{{20}}(?:{wrong}).{{9}}", told) == []
    assert (
        re.findall(r"\{[Ee]xecutif\w*\}|\{domaine\}|\bde le (?:maire|président)|\bd[eE] [aeiouÎ]\w+ Agglo", told) == []
    )
    president = "Mme Castagnier" if head.startswith("la ") else "M. Castagnier"
    assert f"{president} : La séance est ouverte" in told


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
