"""Each visa of a draft arrêté against the base of legal bases (`fondements.toml`): vérifié, or à vérifier and why.

It compares the number *and* the code: a model that writes a real number under another code is caught. It never says
that an article suits the case: that is for the person who signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from atelier_ia.content import StrictModel, load_toml
from atelier_ia.documents.typography import long_date

Status = Literal["vérifié", "à vérifier"]
CHECK = "[À VÉRIFIER]"

_ARTICLE = re.compile(r"\b([LRD])\s?\.?\s?\*?(\d{2,5}(?:-\d+){0,3})\b")
_RANGE = re.compile(r"(?:\d)\s*(?:à|et\s+suivants|s\.)\s+(?:[LRD]\s?\.?\s?\*?)?\d|\bet suivants\b")
_VISA = re.compile(r"^[ \t*_–-]*vu\b.*$", re.IGNORECASE | re.MULTILINE)
_MARK = re.compile(r"\s*\[(?:À|A) VÉRIFIER\]", re.IGNORECASE)


class Code(StrictModel):
    """A code of law and the ways in which people name it."""

    id: str
    name: str = Field(alias="nom", min_length=1)
    short: tuple[str, ...] = Field((), alias="sigles")


class Article(StrictModel):
    """One article that the base knows; a verified one says from what and when."""

    code: str
    number: str = Field(alias="numero", pattern=r"^[LRD]\. \d[\d-]*$")
    subject: str = Field(alias="sujet", min_length=1)
    status: Status = Field(alias="statut")
    source: str = ""
    checked_on: date | None = Field(None, alias="verifie_le")

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if self.status == "vérifié" and not (self.source and self.checked_on):
            raise ValueError(f"l'article {self.number} est « vérifié » sans source ou sans date ; donnez les deux.")
        return self


class LegalBases(StrictModel):
    """The whole of `fondements.toml`."""

    codes: tuple[Code, ...]
    articles: tuple[Article, ...]

    @model_validator(mode="after")
    def _known_codes(self) -> Self:
        unknown = {article.code for article in self.articles} - {code.id for code in self.codes}
        if unknown:
            raise ValueError(f"code inconnu : {', '.join(sorted(unknown))} ; ajoutez-le à [[codes]].")
        return self

    def find(self, number: str) -> tuple[Article, ...]:
        """The articles of that number, in whatever code."""
        return tuple(article for article in self.articles if article.number == number)

    def code_named(self, text: str) -> Code | None:
        """The first code that `text` names."""
        plain = _plain(text)
        places = [
            (place, code)
            for code in self.codes
            for name in (_plain(code.name), *(_plain(short) for short in code.short))
            if (place := plain.find(name)) >= 0
        ]
        return min(places, key=lambda found: found[0])[1] if places else None


@dataclass(frozen=True)
class VisaCheck:
    """One « Vu … » of a draft, as it is written (without our mark), and what is known of it."""

    visa: str
    status: Status
    reason: str


@lru_cache(maxsize=1)
def load_legal_bases() -> LegalBases:
    """The base, read once."""
    return load_toml(Path(__file__).with_name("fondements.toml"), LegalBases)


def check_visas(text: str) -> tuple[VisaCheck, ...]:
    """The visas of `text`, in order, each with its status."""
    return tuple(_check(_bare(line[0])) for line in _VISA.finditer(text))


def mark_visas(text: str) -> str:
    """`text` with [À VÉRIFIER] at the end of each visa that is not verified, and of no other."""

    def marked(line: re.Match[str]) -> str:
        whole = _MARK.sub("", line[0]).rstrip()
        if _check(_bare(whole)).status == "vérifié":
            return whole
        end = re.search(r"[\s;,.*_]*$", whole)
        cut = end.start() if end else len(whole)
        return f"{whole[:cut]} {CHECK}{whole[cut:]}"

    return _VISA.sub(marked, text)


def articles_cited(text: str) -> Iterator[str]:
    """The numbers of the articles that `text` cites, in the base's way of writing them: « L. 2212-1 »."""
    seen = set()
    for found in _ARTICLE.finditer(text):
        number = f"{found[1]}. {found[2]}"
        if number not in seen:
            seen.add(number)
            yield number


def _check(visa: str) -> VisaCheck:
    bases = load_legal_bases()
    cited = list(articles_cited(visa))
    code = bases.code_named(visa)
    if not cited:
        if code is None:
            return VisaCheck(visa, "à vérifier", "Ce n'est pas un article de loi : retrouvez la pièce au dossier.")
        return VisaCheck(visa, "à vérifier", f"Le {code.name} est visé sans article : précisez lequel.")
    if _RANGE.search(visa):
        return VisaCheck(visa, "à vérifier", "Une suite d'articles se vise un par un : gardez ceux qui servent.")
    reasons, wrong = [], []
    for number in cited:
        known = bases.find(number)
        here = next((article for article in known if code is not None and article.code == code.id), None)
        if not known:
            wrong.append(f"{number} n'est pas dans notre base : cherchez-le sur Légifrance, il est peut-être inventé.")
        elif code is None:
            wrong.append(f"Le code n'est pas nommé à côté de {number} : ajoutez-le.")
        elif here is None:
            other = next(one.name for one in bases.codes if one.id == known[0].code)
            wrong.append(f"{number} est connu dans le {other}, pas dans le {code.name}.")
        elif here.status == "à vérifier":
            wrong.append(f"{number} ({here.subject}) : texte non relu, ouvrez-le sur Légifrance.")
        else:
            assert here.checked_on is not None
            reasons.append(f"{number} : {here.subject} (lu le {long_date(here.checked_on)}, {here.source}).")
    if wrong:
        return VisaCheck(visa, "à vérifier", " ".join(wrong))
    return VisaCheck(visa, "vérifié", " ".join(reasons))


def _bare(line: str) -> str:
    return _MARK.sub("", line).strip(" \t*_–-;,.\u00a0\u202f")


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").replace("\u00a0", " ").replace("\u202f", " ").split())
