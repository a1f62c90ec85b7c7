"""The mistakes of the method: a real example of each in a project's own files, and a project without any."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from atelier_ia.diagnosis.questionnaire import close_questionnaire, record_answers
from atelier_ia.errors import AtelierError
from atelier_ia.measurement.method_check import Finding, check_method, findings_as_json, method_mistakes
from atelier_ia.measurement.method_evidence import gather
from atelier_ia.measurement.surveys import Answer, record_answer
from atelier_ia.settings import load_settings
from atelier_ia.tool_choice.deployment import load_deployment, write_template
from atelier_ia.training.planning import build_plan, load_options
from atelier_ia.training.planning.progress import mark_done

ROOT = Path(__file__).parents[2]
TODAY = date(2027, 3, 25)
SERVICES = ("accueil", "secretariat", "finances")

SETTINGS = """
[collectivite]
nom = "Val-Fontaine"
habitants = 8400
[calendrier]
debut = 2027-01-11
zone_scolaire = "B"
[courrier]
formule_politesse = "Cordialement."
signature = "La mairie"
""" + "".join(f'[[services]]\nid = "{name}"\nnom = "Service {name}"\neffectif = 11\n' for name in SERVICES)

GOOD = """
[[information]]
date = 2027-01-12
moyen = "Réunions de service"

[[outils]]
nom = "Assistant interne"
cas_usage = ["courriels"]
ouvert_le = 2027-02-09
public = "référents"
compte = "professionnel"
registre = "2027-04"

[[outils]]
nom = "Assistant interne"
cas_usage = ["courriels"]
ouvert_le = 2027-03-12
compte = "professionnel"
registre = "2027-04"

[[adoption]]
date = 2027-03-19
equipes = 30
actifs = 18
""" + "".join(f'[[referents]]\nservice = "{name}"\n' for name in SERVICES)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A collectivité that follows the method: everything held on time, told, registered."""
    (tmp_path / "atelier.toml").write_text(SETTINGS, "utf-8")
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "deploiement.toml").write_text(GOOD, "utf-8")
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))
    plan = build_plan(load_settings(), load_options())
    for session in plan.sessions:
        if session.day < TODAY:
            mark_done(plan, session.id, session.day)
    return tmp_path


def check(today: date = TODAY) -> dict[str, Finding]:
    return {item.mistake.id: item for item in check_method(gather(load_settings(), today))}


def replace(project: Path, old: str, new: str, file: str = "var/deploiement.toml") -> None:
    path = project / file
    text = path.read_text("utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def add(project: Path, text: str, file: str = "var/deploiement.toml") -> None:
    path = project / file
    path.parent.mkdir(exist_ok=True)
    path.write_text((path.read_text("utf-8-sig") if path.exists() else "") + text, "utf-8")


SECOND_TOOL = """
[[outils]]
nom = "{name}"
cas_usage = ["{use}"]
ouvert_le = 2027-03-15
compte = "{account}"
registre = "{register}"
"""


def tool(name: str, use: str, account: str = "professionnel", register: str = "2027-05") -> str:
    return SECOND_TOOL.format(name=name, use=use, account=account, register=register)


def test_a_collectivite_that_follows_the_method_has_no_mistake(project: Path) -> None:
    """When everything is done and told, is nothing found and everything checked?"""
    assert {item.verdict for item in check().values()} == {"rien trouvé"}


MISTAKES = [
    ("acces_avant_formation", lambda p: replace(p, "2027-03-12", "2027-03-01"), "au service « Service accueil » avant"),
    ("acces_avant_formation", lambda p: replace(p, "2027-02-09", "2027-02-01"), "aux référents avant"),
    (
        "acces_avant_formation",
        lambda p: replace(p, "m2_finances;", "x;", "var/plan.csv"),
        "sans que son premier atelier",
    ),
    (
        "trop_d_outils",
        lambda p: add(p, tool("Images", "visuels") + tool("Transcription", "réunions") + tool("Tableaux", "tableaux")),
        "4\u00a0outils",
    ),
    (
        "deux_outils_un_usage",
        lambda p: add(p, tool("Autre assistant", "courriels")),
        "L'usage « courriels » a 2 outils",
    ),
    ("registre_absent", lambda p: add(p, tool("Images", "visuels", register="")), "« Images » est ouvert depuis"),
    (
        "registre_absent",
        lambda p: add(
            p, "outil;usage;donnees_personnelles;registre\nRDV en ligne;rdv;oui;non\n", "var/diagnostic/outils.csv"
        ),
        "« RDV en ligne », relevé dans la carte",
    ),
    (
        "agents_non_informes",
        lambda p: replace(p, 'moyen = "Réunions de service"', 'moyen = "Note"\nservices = ["accueil", "finances"]'),
        "« Service secretariat » a un outil depuis le 9\u00a0février 2027 et n'en a pas été informé",
    ),
    ("agents_non_informes", lambda p: replace(p, "2027-01-12", "2027-03-01"), "informé que le 1er\u00a0mars 2027"),
    ("adoption_faible", lambda p: replace(p, "actifs = 18", "actifs = 8"), "27\u202f% d'adoption dans l'ensemble"),
    (
        "service_sans_referent",
        lambda p: replace(p, '[[referents]]\nservice = "finances"\n', ""),
        "« Service finances » (11\u00a0agents) n'a pas de référent",
    ),
    ("points_manques", lambda p: replace(p, "j15;", "x;", "var/plan.csv"), "Point J+15"),
    ("etapes_manquees", lambda p: replace(p, "s1_direction;", "x;", "var/plan.csv"), "Semaine 1"),
    ("comptes_personnels", lambda p: add(p, tool("ChatGPT", "traduction", account="personnel")), "« ChatGPT » sert"),
    (
        "comptes_personnels",
        lambda p: add(p, "outil;usage;compte\nTraducteur;traduire;personnel\n", "var/diagnostic/outils.csv"),
        "« Traducteur » sert au travail",
    ),
]


@pytest.mark.parametrize(("identifier", "spoil", "fact"), MISTAKES)
def test_each_mistake_is_found(project: Path, identifier: str, spoil, fact: str) -> None:
    """Is each mistake, made for real in the files, found and named with its facts and remedy?"""
    spoil(project)
    found = check()
    assert found[identifier].verdict == "erreur"
    assert any(fact in text for text in found[identifier].facts), found[identifier].facts
    document = findings_as_json(tuple(found.values()), TODAY)
    told = next(item for item in document["controles"] if item["id"] == identifier)
    assert told["remede"]
    assert document["erreurs"] >= 1


def test_every_mistake_has_its_example() -> None:
    """Does the table above hold an example of each mistake of the content file?"""
    assert {case[0] for case in MISTAKES} == set(method_mistakes())


@pytest.mark.parametrize(
    ("identifier", "spoil", "today", "verdict"),
    [
        (
            "adoption_faible",
            lambda p: replace(p, "equipes = 30\nactifs = 18", "equipes = 6\nactifs = 1"),
            TODAY,
            "à surveiller",
        ),
        ("adoption_faible", lambda p: replace(p, "date = 2027-03-19", "date = 2027-02-20"), TODAY, "à surveiller"),
        ("adoption_faible", lambda p: None, date(2027, 2, 20), "non vérifié"),
        (
            "etapes_manquees",
            lambda p: replace(p, "m2_secretariat;", "x;", "var/plan.csv"),
            date(2027, 3, 12),
            "à surveiller",
        ),
        ("trop_d_outils", lambda p: (p / "var/deploiement.toml").unlink(), TODAY, "non vérifié"),
        ("comptes_personnels", lambda p: (p / "var/deploiement.toml").unlink(), TODAY, "non vérifié"),
    ],
)
def test_nuances(project: Path, identifier: str, spoil, today: date, verdict: str) -> None:
    """Are small numbers, young deployments and missing data told apart from mistakes?"""
    spoil(project)
    assert check(today)[identifier].verdict == verdict


@pytest.mark.parametrize(
    ("active", "total", "verdict"),
    [(1, 40, "erreur"), (9, 40, "à surveiller"), (30, 40, "rien trouvé"), (3, 6, "à surveiller")],
)
def test_the_survey_speaks_when_nobody_counts(project: Path, active: int, total: int, verdict: str) -> None:
    """Without counts, does the J+30 survey tell low adoption from doubt, without a figure that answers could change?"""
    replace(project, "[[adoption]]\ndate = 2027-03-19\nequipes = 30\nactifs = 18\n", "")
    for index in range(total):
        record_answer(Answer("J+30", "parfois" if index < active else "jamais", "un peu", "oui"))
    found = check()["adoption_faible"]
    assert found.verdict == verdict
    assert str(total) not in " ".join(found.facts).replace("30", "")


def test_personal_accounts_said_in_the_questionnaire(project: Path) -> None:
    """Once the questionnaire is closed, do answers naming personal accounts count, and not before?"""
    answers = {
        "heures": "5a10",
        "taches": ["courriels"],
        "aisance": "peu",
        "usage_ia": "parfois",
        "compte": "personnel",
    }
    answers |= {"attentes": ["temps"], "craintes": ["emploi"]}
    for _ in range(6):
        record_answers(answers, load_settings())
    assert check()["comptes_personnels"].verdict == "rien trouvé"
    close_questionnaire(date(2027, 1, 19))
    assert check()["comptes_personnels"].verdict == "erreur"


def test_attendance_counts_as_training(project: Path) -> None:
    """Does a presence at the service's workshop count when the plan's file says nothing?"""
    replace(project, "m2_finances;", "x;", "var/plan.csv")
    add(project, "identifiant;nom;prenom;service\n7;Dupin;Ada;finances\n", "var/apprenants.csv")
    add(project, "identifiant;date;module;heures\n7;10/03/2027;m2_finances;2,5\n", "var/presences.csv")
    assert check()["acces_avant_formation"].verdict == "rien trouvé"


def test_no_finding_names_a_person(project: Path) -> None:
    """Is no name of the roster in any finding?"""
    replace(project, "m2_finances;", "x;", "var/plan.csv")
    add(project, "identifiant;nom;prenom;service\n7;Dupin-Zorglub;Ada;finances\n", "var/apprenants.csv")
    assert "Zorglub" not in str([item.facts for item in check().values()])


def test_wrong_files_are_explained(project: Path) -> None:
    """Does a service that does not exist, or impossible counts, give one French sentence?"""
    add(project, '[[referents]]\nservice = "musee"\n')
    with pytest.raises(AtelierError, match="« musee » n'est pas dans"):
        check()
    replace(project, '[[referents]]\nservice = "musee"\n', "")
    replace(project, "actifs = 18", "actifs = 31")
    with pytest.raises(AtelierError, match="plus d'agents actifs que d'agents équipés"):
        check()


def test_the_template_is_valid_once_uncommented(tmp_path: Path) -> None:
    """Is the file offered to fill in read as it is, then with its examples, and never written over?"""
    path = write_template(tmp_path / "deploiement.toml")
    assert load_deployment(path) is not None
    with pytest.raises(AtelierError, match="existe déjà"):
        write_template(path)
    lines = [line.removeprefix("# ") for line in path.read_text("utf-8").splitlines()]
    path.write_text(
        "\n".join(line for line in lines if line.startswith("[[") or (" = " in line and line[0].islower())), "utf-8"
    )
    filled = load_deployment(path, load_settings(ROOT / "sandbox_data" / "val_fontaine.toml"))
    assert filled is not None
    assert len(filled.tools) == len(filled.champions) == len(filled.adoption) == len(filled.information) == 1


@pytest.mark.parametrize(("spoil", "code"), [(False, 0), (True, 3)])
def test_exit_code_for_scripts(project: Path, spoil: bool, code: int) -> None:
    """Is the exit code 0 without mistake and 3 with one, and the JSON alone on stdout?"""
    if spoil:
        replace(project, "actifs = 18", "actifs = 2")
    done = subprocess.run(
        [sys.executable, "-m", "atelier_ia", "verifier", "--json", "--au", "25/03/2027"],
        env=os.environ | {"ATELIER_RACINE": str(project)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == code, done.stderr
    assert done.stdout.startswith("{")
