"""Measure the guard on annotated texts: per label, how many items are fully covered, and how many spans are right.

Annotated files hold documents separated by `=== id genre`; personal data are written `[[LABEL|text]]`, and
`[[?LABEL|text]]` where finding it or not is equally right. Prose files hold no personal data. Used by the tests, by the
benchmark, and from the command line: `python tests/privacy/evaluation.py dev [--errors]`.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CORPUS = Path(__file__).with_name("corpus")
ALERTS = ("SANTE", "SENSIBLE")


@dataclass(frozen=True)
class Item:
    """One piece of personal data that a person marked: `text[start:end]`."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Document:
    """One text, its genre and what it holds."""

    id: str
    genre: str
    text: str
    items: tuple[Item, ...]
    tolerated: tuple[Item, ...] = ()


@dataclass
class Score:
    """Counts for one label."""

    items: int = 0
    covered: int = 0
    spans: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def parse(marked: str) -> tuple[str, tuple[Item, ...], tuple[Item, ...]]:
    """The plain text of a marked one, its items, and those that it tolerates."""
    pieces: list[str] = []
    items: list[Item] = []
    tolerated: list[Item] = []
    length = position = 0
    for match in re.finditer(r"\[\[(\??)([A-Z_]+)\|(.*?)\]\]", marked, re.DOTALL):
        before = marked[position : match.start()]
        pieces += (before, match[3])
        length += len(before)
        (tolerated if match[1] else items).append(Item(length, length + len(match[3]), match[2]))
        length += len(match[3])
        position = match.end()
    pieces.append(marked[position:])
    return "".join(pieces), tuple(items), tuple(tolerated)


def read(name: str) -> list[Document]:
    """The documents of `corpus/<name>.txt`."""
    content = (CORPUS / f"{name}.txt").read_text(encoding="utf-8")
    documents = []
    for block in re.split(r"^=== ", content, flags=re.MULTILINE)[1:]:
        head, _, body = block.partition("\n")
        identifier, _, genre = head.partition(" ")
        text, items, tolerated = parse(body.rstrip("\n"))
        documents.append(Document(identifier, genre, text, items, tolerated))
    return documents


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % confidence interval of a proportion (Wilson, 1927)."""
    if not trials:
        return 0.0, 1.0
    z = 1.96
    share = successes / trials
    middle = share + z * z / (2 * trials)
    spread = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    return (middle - spread) / (1 + z * z / trials), (middle + spread) / (1 + z * z / trials)


def measure(documents: Iterable[Document], detect: Callable[[str], Sequence[object]]) -> dict[str, Score]:
    """Scores by label. An item of articles 9 and 10 counts as soon as an alert touches it; any other must be covered
    whole by spans that are masked. A span is right when it touches an item (of the other kind of label: wrong)."""
    scores: dict[str, Score] = {}
    for document in documents:
        spans = detect(document.text)
        masked = [False] * len(document.text)
        for span in spans:
            if span.level != "alerte":  # type: ignore[attr-defined]
                masked[span.start : span.end] = [True] * (span.end - span.start)  # type: ignore[attr-defined]
        for item in document.items:
            score = scores.setdefault(item.label, Score())
            score.items += 1
            if item.label in ALERTS:
                found = any(
                    s.label in ALERTS and s.start < item.end and item.start < s.end  # type: ignore[attr-defined]
                    for s in spans
                )
            else:
                found = all(
                    masked[place] or not document.text[place].isalnum() for place in range(item.start, item.end)
                )
            score.covered += found
            if not found:
                score.missed.append(f"{document.id}: {document.text[item.start : item.end]!r}")
        for span in spans:
            score = scores.setdefault(span.label, Score())  # type: ignore[attr-defined]
            touched = [i for i in document.items if i.start < span.end and span.start < i.end]  # type: ignore[attr-defined]
            if not touched and any(i.start < span.end and span.start < i.end for i in document.tolerated):  # type: ignore[attr-defined]
                continue
            score.spans += 1
            right = any((item.label in ALERTS) == (span.label in ALERTS) for item in touched)  # type: ignore[attr-defined]
            score.right += right
            if not right:
                start, end = span.start, span.end  # type: ignore[attr-defined]
                around = document.text[max(0, start - 25) : start] + "⟦" + document.text[start:end] + "⟧"
                around += document.text[end : end + 15]
                score.wrong.append(f"{document.id}: {around!r} ({span.reason})")  # type: ignore[attr-defined]
    return scores


def names_apart(documents: Sequence[Document], detect: Callable[[str], Sequence[object]]) -> dict[str, Score]:
    """Names where they are hardest: texts without capitals, the same texts put in lower case, first names of no list.

    A full name (two words at least) of which no word is a listed first name counts as « off the list ».
    """
    from atelier_ia.privacy.lexicon import FIRST
    from atelier_ia.privacy.normalise import normalise
    from atelier_ia.privacy.reading import Reading

    def only(document: Document, items: Iterable[Item], text: str) -> Document:
        return Document(document.id, document.genre, text, tuple(i for i in items if i.label == "NOM"))

    def unlisted(document: Document, item: Item) -> bool:
        words = Reading(document.text[item.start : item.end])
        return len(words) > 1 and not any(bit & FIRST for bit in words.bits)

    lowered = [d for d in documents if len(d.text.lower()) == len(d.text)]
    kinds = {
        "NOM, no capitals": [only(d, d.items, d.text) for d in documents if Reading(normalise(d.text).text).lower_case],
        "NOM, lowered": [only(d, d.items, d.text.lower()) for d in lowered],
        "NOM, off the list": [only(d, (i for i in d.items if unlisted(d, i)), d.text) for d in documents],
    }
    return {kind: measure(chosen, detect).get("NOM", Score()) for kind, chosen in kinds.items()}


def table(scores: dict[str, Score]) -> str:
    """The scores as lines: label, items, covered with its interval, spans, precision."""
    lines = [f"{'':<16}{'items':>6} {'covered':>8} {'95 % interval':>16} {'spans':>6} {'precision':>10}"]
    total = Score()
    for label in sorted(scores, key=lambda name: (name in ALERTS, name)):
        score = scores[label]
        total.items += score.items
        total.covered += score.covered
        total.spans += score.spans
        total.right += score.right
        lines.append(_line(label, score))
    lines.append(_line("all", total))
    return "\n".join(lines)


def _line(label: str, score: Score) -> str:
    low, high = wilson(score.covered, score.items)
    share = score.covered / score.items if score.items else 0
    precision = score.right / score.spans if score.spans else 0
    return (
        f"{label:<16}{score.items:>6} {share:>8.3f} {f'{low:.3f} – {high:.3f}':>16} {score.spans:>6} {precision:>10.3f}"
    )


def false_positives(name: str, detect: Callable[[str], Sequence[object]]) -> tuple[int, int, list[str]]:
    """Spans found in prose that holds none, its number of words, and the spans in their context."""
    found, words, listing = 0, 0, []
    for document in read(name):
        words += len(document.text.split())
        for span in detect(document.text):
            found += 1
            start, end = span.start, span.end  # type: ignore[attr-defined]
            listing.append(
                f"{document.id} {span.label}: "  # type: ignore[attr-defined]
                f"{document.text[max(0, start - 30) : start]}⟦{document.text[start:end]}⟧ ({span.reason})"  # type: ignore[attr-defined]
            )
    return found, words, listing


def main() -> None:
    """Print the tables of one half of the corpus (`dev` or `test`)."""
    from atelier_ia.privacy import detect

    half = sys.argv[1] if len(sys.argv) > 1 else "dev"
    show = "--errors" in sys.argv
    names = [path.stem for path in sorted(CORPUS.glob(f"{half}_*.txt")) if "prose" not in path.stem]
    if "--hand" in sys.argv:
        names = [name for name in names if "documents" in name]
    for name in names:
        documents = read(name)
        scores = measure(documents, lambda text: detect(text, names=()))
        print(f"\n{name}: {len(documents)} documents\n{table(scores)}")
        if show:
            for label, score in scores.items():
                for line in score.missed:
                    print("  MISS", label, line)
                for line in score.wrong:
                    print("  WRONG", label, line)
    if not (CORPUS / f"{half}_prose.txt").is_file():
        return
    found, words, listing = false_positives(f"{half}_prose", lambda text: detect(text, names=()))
    print(f"\n{half}_prose: {found} false positives in {words} words, {1000 * found / max(1, words):.2f} per 1 000")
    if show:
        print("\n".join("  " + line for line in listing))


if __name__ == "__main__":
    main()
