"""Read the texts that learners see, as plain French, with Grammalecte (Debian's package, its own Python)."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from atelier_ia.training.notebooks import read_notebook, source_of

ROOT = Path(__file__).parents[2]
WORDS = Path(__file__).with_name("mots_du_projet.txt")
PYTHON = "/usr/bin/python3"
# Habits of ours, or what extraction makes of a table or a list: spaces at line ends, capital letters after a bullet…
IGNORED = (
    "apostrophe_typographique",
    "esp_",
    "majuscule_",
    "typo_",
    "num_",
    "unit_",
    "g2__maj_code",  # « code pénal », as Légifrance writes it
    "g2__typo_",
)
# Read by a person, and right: the reader is mistaken there.
ACCEPTED = (
    "direction, référentes et référents",
    "environ 5 h par semaine observées",
    "ce que l’on y écrit peut être conservé",
    "L’article cité n’existe pas",
    "la liste des 42",
    "le service de l’état civil",
    "le huis clos",
    "la décision modificative n°",
)
_READER = """
import json, sys
import grammalecte
checker = grammalecte.GrammarChecker("fr")
found = {}
for name, paragraphs in json.load(sys.stdin).items():
    found[name] = []
    for paragraph in paragraphs:
        grammar, spelling = checker.getParagraphErrors(paragraph)
        for error in grammar:
            cited = paragraph[max(0, error["nStart"] - 30) : error["nEnd"] + 30]
            found[name].append([error["sRuleId"], cited, paragraph[error["nStart"] : error["nEnd"]]])
        found[name] += [["orthographe", error["sValue"], error["sValue"]] for error in spelling]
json.dump(found, sys.stdout)
"""


@dataclass(frozen=True)
class Remark:
    """One remark: Grammalecte's rule ("orthographe" for a word), the words around it, the words themselves."""

    rule: str
    around: str
    words: str


def reader_available() -> bool:
    """Whether Debian's Grammalecte is installed."""
    command = [PYTHON, "-c", "import grammalecte"]
    return Path(PYTHON).exists() and subprocess.run(command, capture_output=True, check=False).returncode == 0


def learners_texts() -> dict[str, str]:
    """Relative path → Markdown of every lesson and of every learner's notebook."""
    texts = {"notebooks/accueil.md": (ROOT / "notebooks" / "accueil.md").read_text(encoding="utf-8")}
    for folder in ("notebooks", "exercises"):
        for path in sorted((ROOT / folder).rglob("*.ipynb")):
            if ".ipynb_checkpoints" in path.parts:
                continue
            cells = [source_of(cell) for cell in read_notebook(path)["cells"] if cell["cell_type"] == "markdown"]
            texts[path.relative_to(ROOT).as_posix()] = "\n\n".join(cells)
    return texts


def plain(markdown: str) -> list[str]:
    """The paragraphs of `markdown`, without code, quotations of documents, tags, links and marks."""
    text = re.sub(r"```.*?```|<!--.*?-->|`[^`]*`", " ", markdown, flags=re.DOTALL)
    text = re.sub(r"^>.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"<[^>]+>", " ", text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"\*\*|(?<!\w)[*_]|[*_](?!\w)", "", text)
    text = re.sub(r"^\s*(?:#+|[-*]|\d+\.)\s*", "", text, flags=re.MULTILINE)
    lines = [line.strip() for line in text.replace("|", "\n").split("\n")]
    return [line for line in lines if re.search(r"\w", line)]


def remarks(texts: dict[str, list[str]]) -> dict[str, list[Remark]]:
    """Grammalecte's remarks on each text, without the ignored rules and the project's own words."""
    done = subprocess.run(
        [PYTHON, "-c", _READER], input=json.dumps(texts), capture_output=True, text=True, check=True, timeout=600
    )
    own = {line.strip() for line in WORDS.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"}
    return {
        name: [
            Remark(*found)
            for found in listed
            if not found[0].startswith(IGNORED)
            and not set(found[1:]) & own
            and not any(accepted in found[1] for accepted in ACCEPTED)
        ]
        for name, listed in json.loads(done.stdout).items()
    }
