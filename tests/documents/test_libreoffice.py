"""What we write, opened by LibreOffice as a colleague would; what LibreOffice writes, read by us."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from atelier_ia.documents.acts import act_docx
from atelier_ia.documents.letters import letter_docx
from atelier_ia.documents.readers import read_document
from atelier_ia.settings import load_settings

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice absent : installez le paquet libreoffice-writer-nogui pour jouer ces tests"
)
DAY = date(2027, 2, 1)
LETTER = """Objet : Lampadaire éteint

Madame, Monsieur,

Nous avons bien reçu votre courriel et **nos équipes** passeront :

1. constater ;
2. réparer.

Pièce à fournir :
- une photo.

Nous vous prions d'agréer, Madame, Monsieur, nos salutations distinguées."""
ORDER = """ARRÊTÉ n° 2027-012 portant réglementation de la circulation

Le Maire,
Vu le code général des collectivités territoriales ;

**ARRÊTE :**

Article 1er : La circulation est interdite le 12 décembre de 8 h à 20 h."""


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The text of a letter and of an act, as LibreOffice understood them, saved again in each of its own formats."""
    folder = tmp_path_factory.mktemp("office")
    settings = load_settings()
    (folder / "lettre.docx").write_bytes(letter_docx(LETTER, settings, day=DAY))
    (folder / "acte.docx").write_bytes(act_docx(ORDER, settings, "arrêté", day=DAY))
    texts = {}
    for kind in ("odt", "pdf"):
        command = [
            str(OFFICE),
            f"-env:UserInstallation={(folder / 'profil').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            str(folder / "lettre.docx"),
            str(folder / "acte.docx"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)
        assert done.returncode == 0, done.stderr
        for name in ("lettre", "acte"):
            file = Path(folder / f"{name}.{kind}")
            assert file.is_file(), done.stdout
            texts[f"{name}.{kind}"] = " ".join(read_document(file.name, file.read_bytes()).text.split())
    return texts


@pytest.mark.parametrize("kind", ["odt", "pdf"])
def test_a_letter_opens_whole(converted: dict[str, str], kind: str) -> None:
    """Does LibreOffice show the subject, the list, the bold words and the closing of a letter?"""
    text = converted[f"lettre.{kind}"]
    for part in ("Lampadaire éteint", "nos équipes", "constater", "une photo", "salutations distinguées"):
        assert part in text
    assert "**" not in text


@pytest.mark.parametrize("kind", ["odt", "pdf"])
def test_an_act_opens_whole(converted: dict[str, str], kind: str) -> None:
    """Does LibreOffice show the title, the grounds and the article of an act?"""
    text = converted[f"acte.{kind}"]
    for part in ("2027-012", "code général des collectivités territoriales", "La circulation est interdite"):
        assert part in text
