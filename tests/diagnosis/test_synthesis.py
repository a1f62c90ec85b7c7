"""The synthesis: says what the data say, and what is missing."""

import io
from datetime import date
from pathlib import Path

import docx
import pypdf

from atelier_ia.diagnosis.audit import load_audit
from atelier_ia.diagnosis.questionnaire import close_questionnaire, record_answers
from atelier_ia.diagnosis.results import questionnaire_results
from atelier_ia.diagnosis.synthesis import DiagnosticData, as_markdown, write_synthesis
from atelier_ia.diagnosis.synthesis_files import synthesis_docx, synthesis_pdf
from atelier_ia.diagnosis.time_log import TimeEntry, read_log, summarise_tasks
from atelier_ia.diagnosis.tool_map import read_tool_map, summarise
from atelier_ia.diagnosis.volumes import TaskVolume, read_volumes, weekly_loads
from atelier_ia.settings import load_settings

ROOT = Path(__file__).parents[2]
SANDBOX = ROOT / "sandbox_data" / "diagnostic"


def example(tmp_path: Path) -> DiagnosticData:
    """The fictional commune's diagnostic with twelve answers to the questionnaire."""
    settings = load_settings(ROOT / "sandbox_data" / "val_fontaine.toml")
    for index in range(12):
        answers = {
            "heures": "10a15" if index % 2 else "5a10",
            "taches": ["courriels", "reunions"] if index % 3 else ["arretes"],
            "aisance": "plutot",
            "usage_ia": "parfois" if index < 6 else "jamais",
            "compte": "personnel" if index < 6 else "",
            "attentes": ["temps"],
            "craintes": ["emploi"],
        }
        record_answers(answers, settings, tmp_path / "q.db")
    close_questionnaire(date(2027, 1, 19), tmp_path / "q.db")
    times = summarise_tasks(read_log(SANDBOX / "temps.csv"))
    return DiagnosticData(
        load_audit(SANDBOX / "audit.json"),
        questionnaire_results(settings, tmp_path / "q.db"),
        times,
        weekly_loads(times, read_volumes(SANDBOX / "volumes.csv")),
        summarise(read_tool_map(SANDBOX / "outils.csv") or ()),
    )


def test_the_whole_synthesis(tmp_path: Path) -> None:
    """Does the text hold the measured figures, the declared ones, the duplicates, and no gap?"""
    text = as_markdown(write_synthesis(example(tmp_path), "Val-Fontaine")).replace("\u202f", " ").replace("\u00a0", " ")
    assert "« Répondre aux courriels des habitants » : 55,5 h par semaine, temps mesuré" in text
    assert "10 h de tâches répétitives" in text
    assert "12 réponses anonymes" in text
    assert "ces chiffres ne parlent que pour ceux" in text  # 12 of 182
    assert "100 % avec un compte personnel" in text
    assert "l’avenir de mon métier (100 %)" in text
    assert "prises de rendez-vous" in text
    assert "Ce qui manque encore" not in text


def test_an_empty_diagnostic_says_what_to_gather() -> None:
    """With nothing gathered, does the synthesis say so and claim nothing?"""
    sections = write_synthesis(DiagnosticData(), "Val-Fontaine")
    assert len(sections) == 2
    assert "Rien n’est encore recueilli" in sections[0].paragraphs[0]
    assert "la carte des outils" in sections[1].paragraphs[0]


def test_a_diagnostic_just_begun_is_not_called_empty() -> None:
    """With the audit alone, or times alone, do the essentials say that something has been gathered?"""
    audit = DiagnosticData(load_audit(SANDBOX / "audit.json"))
    assert "La direction estime à" in write_synthesis(audit, "Val-Fontaine")[0].paragraphs[0]
    times = DiagnosticData(times=summarise_tasks(read_log(SANDBOX / "temps.csv")))
    assert write_synthesis(times, "Val-Fontaine")[0].paragraphs[0].startswith("Le recueil a commencé")


def test_a_tie_and_nobody_are_said(tmp_path: Path) -> None:
    """When two tasks weigh the same and nobody uses an AI, is that said, rather than a first task and « 0 % »?"""
    settings = load_settings(ROOT / "sandbox_data" / "val_fontaine.toml")
    given = {"heures": "5a10", "aisance": "peu", "usage_ia": "jamais", "attentes": ["temps"], "craintes": ["emploi"]}
    for _ in range(6):
        record_answers({**given, "taches": ["courriels", "reunions"]}, settings, tmp_path / "q.db")
    close_questionnaire(date(2027, 1, 19), tmp_path / "q.db")
    data = DiagnosticData(results=questionnaire_results(settings, tmp_path / "q.db"))
    text = as_markdown(write_synthesis(data, "Val-Fontaine"))
    assert "plusieurs tâches à égalité" in text
    assert "Personne ne dit utiliser une IA" in text


def test_volumes_known_in_part_are_still_missing(tmp_path: Path) -> None:
    """Are the tasks without a number of cases counted as missing, and a single measure not called measured?"""
    times = summarise_tasks([TimeEntry("Accueil", 3.0), TimeEntry("Tri du courrier", 0.04)])
    loads = weekly_loads(times, [TaskVolume("Accueil", 100)])
    text = as_markdown(write_synthesis(DiagnosticData(times=times, loads=loads), "Val-Fontaine"))
    text = text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "le nombre de cas par semaine de 1 tâche mesurée" in text
    assert "temps mesuré trop peu de fois" in text
    assert "| Tri du courrier | moins de 0,1 min |" in text


def test_markdown_tables_hold(tmp_path: Path) -> None:
    """Has each row of a table as many cells as its head?"""
    for section in write_synthesis(example(tmp_path), "Val-Fontaine"):
        if section.table:
            assert {len(row) for row in section.table.rows} == {len(section.table.columns)}


def test_word_and_pdf_hold_the_same(tmp_path: Path) -> None:
    """Do the .docx and the PDF, read again, hold every section's title and every row, as real titles and tables?"""
    sections = write_synthesis(example(tmp_path), "Val-Fontaine")
    document = docx.Document(io.BytesIO(synthesis_docx(sections, "Val-Fontaine", date(2027, 1, 22))))
    titles = [item.text for item in document.paragraphs if item.style.name.startswith("Heading")]
    assert titles[1:] == [section.title for section in sections]
    assert [len(table.rows) - 1 for table in document.tables] == [len(s.table.rows) for s in sections if s.table]
    pdf = pypdf.PdfReader(io.BytesIO(synthesis_pdf(sections, "Val-Fontaine", date(2027, 1, 22))))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    for section in sections:
        for row in section.table.rows if section.table else ():
            assert row[0].split()[0] in text
