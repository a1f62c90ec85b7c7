"""Posters: legible, accessible, in every design and format."""

import io
from datetime import date

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from atelier_ia.documents.colours import contrast, readable, text_on
from atelier_ia.documents.posters import (
    DESIGNS,
    FORMATS,
    PALETTE,
    PosterBrief,
    PosterError,
    alternative,
    colours,
    layouts,
    poster_pdf,
    poster_png,
)
from atelier_ia.settings import Settings, load_settings

COLOUR = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")
FULL = {
    "titre": "Marché de Noël des créateurs",
    "surtitre": "Centre-ville en fête",
    "date": date(2026, 12, 12),
    "horaires": "de 10 h à 19 h",
    "lieu": "Place de la Fontaine",
    "texte": "Quarante artisans du pays, un manège pour les petits et la chorale de l'école.",
    "points_forts": ("Vin chaud", "Atelier bougies à 15 h"),
    "mention": "Entrée libre",
    "lien": "https://www.val-fontaine.example/noel",
    "contact": "01 99 00 12 00",
}
LONG = FULL | {
    "titre": "Réunion publique : réaménagement intercommunal du quartier Tanneries",
    "lieu": "Salle polyvalente intercommunale Jean-de-La-Fontaine, 12 rue des Lavandières (entrée B)",
    "texte": ("Venez donner votre avis sur le plan de circulation et les plantations. " * 5)[:320],
    "points_forts": ("Présentation du projet par les services techniques de la mairie",) * 4,
}


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("size", FORMATS)
def test_each_design_fits_each_format(design: str, size: str) -> None:
    """Do a full brief, the longest one and a bare title all make one page of the right size?"""
    for texts in (FULL, LONG, {"titre": "Don du sang"}):
        reader = pypdf.PdfReader(io.BytesIO(poster_pdf(PosterBrief(**texts, modele=design), load_settings(), size)))
        (page,) = reader.pages
        assert float(page.mediabox.width) == pytest.approx(FORMATS[size].width, abs=0.1)
        assert float(page.mediabox.height) == pytest.approx(FORMATS[size].height, abs=0.1)


@pytest.mark.parametrize("design", DESIGNS)
def test_the_pdf_says_all_to_a_screen_reader(design: str) -> None:
    """Is every text of the brief real text in a tagged, titled, French PDF, with an alternative for the QR code?"""
    data = poster_pdf(PosterBrief(**FULL, modele=design), load_settings())
    reader = pypdf.PdfReader(io.BytesIO(data))
    text = " ".join(reader.pages[0].extract_text().replace("\u00a0", " ").replace("\u202f", " ").split())
    for words in ("créateurs", "10 h à 19 h", "Place de la Fontaine", "Vin chaud", "val-fontaine.example/noel", "12"):
        assert words in text
    root = reader.trailer["/Root"]
    assert root["/Lang"].lower().startswith("fr")
    assert reader.metadata.title == FULL["titre"]
    assert "/StructTreeRoot" in root
    assert b"Code QR" in data or "Code QR".encode("utf-16-be") in data or _alternatives(root["/StructTreeRoot"])


def _alternatives(node) -> bool:
    node = node.get_object()
    if isinstance(node, dict):
        return "Code QR" in str(node.get("/Alt", "")) or ("/K" in node and _alternatives(node["/K"]))
    return isinstance(node, list) and any(_alternatives(child) for child in node)


@pytest.mark.parametrize("size", ["story", "bandeau"])
def test_pictures_have_the_announced_pixels(size: str) -> None:
    """Is the PNG for the screen exactly as large as the network wants it?"""
    data = poster_png(PosterBrief(**FULL), load_settings(), size)
    assert data.startswith(b"\x89PNG")
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    assert (width, height) == (FORMATS[size].width, FORMATS[size].height)


@given(COLOUR)
def test_every_text_is_readable_whatever_the_colour(colour: str) -> None:
    """With any colour of any collectivité, has each text at least 4.5:1 on its ground?"""
    found = colours(PosterBrief(titre="x", couleur=colour), load_settings())
    grounds = {"on_ground": ("ground", "tint_a", "tint_b"), "on_night": ("night",), "glow": ("night",)}
    for text, backs in (grounds | dict.fromkeys(("ink", "strong", "muted"), ("paper",))).items():
        for back in backs:
            assert contrast(found[text], found[back]) >= 4.5, (text, back)


@given(COLOUR, COLOUR)
def test_readable_reaches_the_ratio(one: str, ground: str) -> None:
    """Does `readable` always reach its ratio, and the better of white and ink always read?"""
    assert contrast(readable(one, ground), ground) >= 4.5
    assert contrast(text_on(ground), ground) >= 3.8


def test_named_colours_and_designs_exist() -> None:
    """Is each design's layout there, and each colour of the palette accepted by its name?"""
    assert all(path.is_file() for path in layouts().values())
    assert [PosterBrief(titre="x", couleur=name).colour for name in PALETTE] == list(PALETTE.values())


@pytest.mark.parametrize(
    "wrong", [{"titre": ""}, {"couleur": "rose bonbon"}, {"lien": "a b"}, {"inconnu": 1}, {"titre": "x" * 71}]
)
def test_a_wrong_brief_is_refused(wrong: dict) -> None:
    """Is a brief that makes no poster refused before any layout?"""
    with pytest.raises(ValidationError):
        PosterBrief(**({"titre": "x"} | wrong))


def test_a_title_that_fits_nowhere_gets_a_sentence() -> None:
    """Does one endless word end in a sentence that says what to shorten?"""
    with pytest.raises(PosterError, match="raccourcissez"):
        poster_pdf(PosterBrief(titre="x" * 70), load_settings())


def test_typst_code_in_a_brief_stays_text() -> None:
    """Is what people type never taken for layout code?"""
    brief = PosterBrief(titre='#panic("x") *gras*', texte="$ @ref <a> \\ [ ] 😀 محمد")
    text = pypdf.PdfReader(io.BytesIO(poster_pdf(brief, load_settings()))).pages[0].extract_text()
    assert "#panic" in text
    assert "*gras*" in text


def test_a_logo_is_shown_or_its_problem_told(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is the collectivité's logo laid out, and a wrong file told by its name?"""
    settings = load_settings()
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))
    picture = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    (tmp_path / "logo.svg").write_text(picture)
    (tmp_path / "faux.png").write_bytes(b"rien")

    def with_logo(name: str) -> Settings:
        return settings.model_copy(update={"collectivite": settings.collectivite.model_copy(update={"logo": name})})

    assert poster_pdf(PosterBrief(titre="x"), with_logo("logo.svg"))
    for name in ("faux.png", "absent.png"):
        with pytest.raises(PosterError, match=name):
            poster_pdf(PosterBrief(titre="x"), with_logo(name))


def test_the_alternative_says_what_the_picture_says() -> None:
    """Is there a text to publish beside the picture?"""
    text = alternative(PosterBrief(**FULL))
    assert text.startswith("Affiche. Centre-ville en fête. Marché de Noël des créateurs. Samedi 12 décembre 2026.")
    assert "val-fontaine.example/noel" in text
