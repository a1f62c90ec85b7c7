"""What makes a good reply, found with its evidence: opening, closing, signature, courtesy, clarity, length."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from atelier_ia.training.rubrics import Criterion
from atelier_ia.training.scoring.lexicon import any_of, patterns
from atelier_ia.training.scoring.negation import denied, sentence_bounds
from atelier_ia.training.scoring.patterns import Span, alternatives, compile_pattern, find
from atelier_ia.training.scoring.prompt_detectors import Evidence
from atelier_ia.training.scoring.reading import MONTHS, Reading

# A signature is no longer than this, in words.
_SHORT_SIGNATURE = 8
# From so many words on, a sentence is unclear whatever the others are.
_ENDLESS = 60


def find_opening(reading: Reading, criterion: Criterion) -> Evidence:
    """A polite opening on the first line (an "Objet :" line may stand before); elsewhere it is weak."""
    found = Evidence()
    match = _one("appel").match(reading.folded)
    if match:
        found.strong.append(_visible(reading, match.start(), match.end()))
    found.strong += [span for value in criterion.values for span in find(value, reading) if span.start < 200]
    if not found.strong:
        found.weak = [_visible(reading, m.start(), m.end()) for m in _one("appel_ailleurs").finditer(reading.folded)][
            :1
        ]
    return found


def find_closing(reading: Reading, criterion: Criterion) -> Evidence:
    """A polite formula in the second half of the text."""
    half = len(reading.folded.rstrip()) * 0.4
    found = Evidence()
    for match in _all("politesse", reading.folded):
        span = _visible(reading, match.start(), match.end())
        if span.start >= half and not denied(reading, span):
            found.strong.append(span)
    found.strong += [span for value in criterion.values for span in find(value, reading) if span.start >= half]
    return found


def find_signature(reading: Reading, criterion: Criterion) -> Evidence:
    """Who writes, on the last lines."""
    text = reading.folded.rstrip()
    tail_start = max(0, len(text) - 160)
    closing = [match.end() for match in _all("politesse", text)]
    tail_start = max(tail_start, closing[-1] if closing and closing[-1] < len(text) - 3 else tail_start)
    found = Evidence()
    for match in _one("signataire").finditer(text, tail_start):
        span = _visible(reading, match.start(), match.end())
        if not _says_something(reading, span):
            found.strong.append(span)
    if closing and not found.strong:
        found.strong = _named_after(reading, closing[-1], len(text))
    found.strong += [span for value in criterion.values for span in find(value, reading) if span.start >= tail_start]
    last_line = text.rsplit("\n", 1)[-1].strip()
    if not found.strong and closing and 0 < len(last_line.split()) <= 5 and not any(_all("politesse", last_line)):
        found.doubtful.append(_visible(reading, len(text) - len(last_line), len(text)))
    return found


def _named_after(reading: Reading, start: int, end: int) -> list[Span]:
    """Who is named after the last polite formula, in a few words: "…, Odile, mairie", "L'état civil"."""
    tokens = [token for token in reading.tokens_between(start, end) if token.is_word]
    if not 0 < len(tokens) <= _SHORT_SIGNATURE:
        return []
    span = Span(tokens[0].start, tokens[-1].end)
    office = any_of("listes", "emploi").search(reading.folded, span.start) or any_of(
        "listes", "lieu_de_travail"
    ).search(reading.folded, span.start)
    return [span] if office and not _says_something(reading, span) else []


def _says_something(reading: Reading, span: Span) -> bool:
    """Does a verb make it a sentence? "Le service reçoit sous 8 jours" signs nothing."""
    return any(
        token.form != token.lemma
        and not (token.form.endswith("s") and token.lemma.startswith(token.form[:-1]))
        and re.search(r"(?:er|ir|re|oir)$", token.lemma)
        and not re.search(r"ée?s?$", reading.text[token.start : token.end].lower())
        for token in reading.tokens_between(span.start, span.end)
        if token.is_word
    )


_SAID_BY_DENYING = ("n'hesitez", "faute", "pour rien", "en rien", "inquiet", "souci", "tracassez")
# "ce n'est pas votre faute" reproaches nothing.
_RELIEVED = re.compile(r"\b(?:pas|rien|aucunement|nullement|non)(?: \w+)? (?:de )?(?:c'est )?votre faute")


def find_courtesy(reading: Reading, criterion: Criterion) -> Evidence:
    """Thanks, regret or attention; a reproach anywhere spoils it."""
    found = Evidence()
    if find_rudeness(reading, criterion):
        return found
    found.strong = [
        span
        for match in _all("courtoisie", reading.folded)
        if not denied(reading, span := _visible(reading, match.start(), match.end()))
        or any(word in match[0] for word in _SAID_BY_DENYING)
    ]
    found.strong += [span for value in criterion.values for span in find(value, reading)]
    return found


def find_rudeness(reading: Reading, criterion: Criterion) -> list[Span]:
    """The reproaches themselves, to be quoted."""
    rude = [
        _visible(reading, match.start(), match.end())
        for match in _one("blessant").finditer(reading.folded)
        if not _RELIEVED.search(reading.folded, max(0, match.start() - 24), match.end())
    ]
    return rude + _said(reading, criterion.forbidden)


def word_count(reading: Reading) -> int:
    """Words as a word processor counts them: runs between spaces that hold a letter or a figure."""
    return len([run for run in reading.text.split() if re.search(r"\w", run)])


def find_clarity(reading: Reading, criterion: Criterion) -> Evidence:
    """Sentences of at most `max_words` words (25 by default) and none of the forbidden jargon."""
    limit = criterion.max_words or 25
    longest, total, count = 0, 0, 0
    by_sentence: dict[int, int] = {}
    for token in reading.tokens:
        by_sentence[token.sentence] = by_sentence.get(token.sentence, 0) + 1
    for size in by_sentence.values():
        longest, total, count = max(longest, size), total + size, count + 1
    everything = Span(0, len(reading.text.rstrip()))
    found = Evidence()
    if not count or _said(reading, criterion.forbidden):
        return found
    if total / count <= limit and longest <= limit * 2:
        found.strong.append(everything)
    elif total / count <= limit * 1.3 and longest <= _ENDLESS:
        found.weak.append(everything)
    return found


def _said(reading: Reading, patterns: tuple[str, ...]) -> list[Span]:
    """Places where a forbidden thing is said and not denied ("nous ne promettons rien" promises nothing)."""
    return [
        span
        for pattern in alternatives(patterns)
        for span in find(pattern, reading)
        if compile_pattern(pattern).negative or not (denied(reading, span) or _kept_silent(reading, span))
    ]


def _kept_silent(reading: Reading, span: Span) -> bool:
    """Is it what must not be said ("pas un mot qui laisserait croire que…"), or denied in spoken French?"""
    start, _ = sentence_bounds(reading, span.start)
    spoken = re.search(r"\bpas\b", reading.folded[span.start : span.end]) or re.match(
        r"\s(?:pas|plus|jamais)\b", reading.folded[span.end :]
    )
    before = reading.folded[start : span.start]
    return bool(spoken) or any(pattern.search(before) for pattern in patterns("negation", "silence"))


find_said = _said


def find_unknown_figures(reading: Reading, source: str) -> list[Span]:
    """Sums in euros, days of a month and hours that `source` (what the person was given) does not say."""
    known = figures_of(source)
    return [span for figure, span in _figures(reading) if figure not in known]


@lru_cache(maxsize=256)
def figures_of(text: str) -> frozenset[tuple[str, str]]:
    """Sums, days and hours of a text, each with its unit: ("18", "janvier"), ("8h", "h"), ("240", "euro")."""
    return frozenset(figure for figure, _ in _figures(Reading(text)))


def _figures(reading: Reading) -> Iterator[tuple[tuple[str, str], Span]]:
    tokens = reading.tokens
    for token, following, after in zip(tokens, tokens[1:], (*tokens[2:], *tokens[-1:]), strict=False):
        if token.is_word or not token.form[:1].isdigit():
            continue
        # "le 1er décembre"
        following = after if following.form == "er" else following
        if following.form == "euro" or following.form in MONTHS:
            yield (token.form, following.form), Span(token.start, following.end)
    for token in reading.tokens:
        if re.fullmatch(r"\d+h\d*", token.form):
            yield (token.form, "h"), Span(token.start, token.end)


def _one(name: str) -> re.Pattern[str]:
    return patterns("courrier", name)[0]


def _all(name: str, text: str) -> list[re.Match[str]]:
    found = [match for pattern in patterns("courrier", name) for match in pattern.finditer(text)]
    return sorted(found, key=lambda match: match.start())


def _visible(reading: Reading, start: int, end: int) -> Span:
    while start < end and not reading.text[start].isalnum() and reading.text[start] != "[":
        start += 1
    while end > start and reading.text[end - 1].isspace():
        end -= 1
    return Span(start, end)


LETTER_DETECTORS: dict[str, Callable[[Reading, Criterion], Evidence]] = {
    "appel": find_opening,
    "politesse": find_closing,
    "signature": find_signature,
    "courtoisie": find_courtesy,
    "clarte": find_clarity,
}
