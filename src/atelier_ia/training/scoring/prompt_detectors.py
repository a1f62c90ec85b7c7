"""What makes a good prompt, found with its evidence: role, task, form, tone, limits.

Each detector returns the places that prove it, strongest first, and the weak ones apart: "tu es un expert" is a role
that says little. Nothing here counts points. The words themselves are in `lexique.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from atelier_ia.training.scoring.lexicon import any_of, patterns, word_set
from atelier_ia.training.scoring.negation import denied, dismissed
from atelier_ia.training.scoring.patterns import Span, find
from atelier_ia.training.scoring.reading import FUNCTION_WORDS, Reading

# How far after its verb the object of a task may stand, in words.
_REACH = 12
# What may open the sentence before "tu tiens l'accueil": "imagine que", "ce matin,", "à partir de maintenant,".
_BEFORE_ROLE = re.compile(
    r"\b(?:imagin|suppos|admett|dis)(?:e|ez|ons|ez-vous|e-toi) qu[e']\s?$"
    r"|\b(?:(?:bonjour|salut|coucou|hello)[^.!?\n]{0,20}, ?)?(?:ce matin|aujourd'hui|cette fois|desormais|ici"
    r"|a partir de maintenant|pour cette reponse|pour la journee"
    r"|dans cet echange|bonjour|salut|attention|consigne)[, :!]*$"
)


@dataclass
class Evidence:
    """Places found in one answer: `strong` prove the criterion, `weak` half of it, `doubtful` deserve a question."""

    strong: list[Span] = field(default_factory=list)
    weak: list[Span] = field(default_factory=list)
    doubtful: list[Span] = field(default_factory=list)


def find_role(reading: Reading, values: tuple[str, ...]) -> Evidence:
    """A job given to the assistant, after "tu es", "en tant que", "mets-toi à la place de"…"""
    found = Evidence(strong=_wanted(reading, values))
    for span, _ in _matches(reading, "prompt", "role"):
        if not _refused(reading, span):
            anyone = any_of("listes", "quiconque").search(reading.folded, span.start, span.end)
            (found.weak if anyone else found.strong).append(_played(reading, span))
    found.strong += [
        span
        for span, _ in _matches(reading, "prompt", "role_exerce")
        if not _refused(reading, span) and _opens_sentence(reading, span)
    ]
    for span, match in _matches(reading, "prompt", "role_libre"):
        if not _refused(reading, span):
            job = next(word for word in match.groupdict().values() if word)
            generic = any_of("listes", "role_generique").fullmatch(job.split()[0])
            (found.weak if generic else found.strong).append(span)
    found.doubtful = [span for span, _ in _matches(reading, "prompt", "role_de_soi") if not _refused(reading, span)]
    return found


def _played(reading: Reading, span: Span) -> Span:
    """From "en tant que" on: the verb before it ("rédige huit lignes en tant que…") tells the task and the form."""
    marks = [match.start() for match in any_of("listes", "en_tant_que").finditer(reading.folded, span.start, span.end)]
    return Span(marks[-1], span.end) if marks else span


def _opens_sentence(reading: Reading, span: Span) -> bool:
    """ "Vous tenez l'accueil." gives a role; "un mail où vous parlez de l'accueil" does not."""
    before = re.sub(_BEFORE_ROLE, "", reading.folded[: span.start])
    return not re.search(r"[a-z0-9,]\s*$", before.rstrip(" "))


def find_task(reading: Reading, products: tuple[str, ...], others: tuple[str, ...] = ()) -> Evidence:
    """An action verb (order, wish or mission) with what it must produce; the verb alone is weak.

    `others`: what must not be asked for instead ("écris un article pour le bulletin" asks for no procès-verbal).
    """
    found = _asked(reading, products)
    if others:
        elsewhere = [span for other in others for span in find(other, reading)]
        verbs = [verb for verb, is_action in (*_verbs(reading), *_inflected(reading)) if is_action]
        beside = [place for place in elsewhere if any(_reaches(reading, verb, place) for verb in verbs)]
        wanted = [span for product in products for span in find(product, reading)]
        kept = [
            span
            for span in found.strong
            if any(place.overlaps(span) for place in wanted) or not any(place.overlaps(span) for place in elsewhere)
        ]
        if not kept and (beside or found.strong):
            return Evidence()
        found.strong = kept
    return found


def _asked(reading: Reading, products: tuple[str, ...]) -> Evidence:
    found = Evidence()
    objects = [span for product in products for span in find(product, reading)]
    objects += [Span(*match.span()) for match in any_of("listes", "produit_ecrit").finditer(reading.folded)]
    if not products:
        objects += [Span(*match.span()) for match in any_of("listes", "produit").finditer(reading.folded)]
    for span, _ in _matches(reading, "prompt", "tache_personne"):
        if not _refused(reading, span):
            found.strong.append(span)
    for verb, is_action in (*_verbs(reading), *_inflected(reading)):
        if _refused(reading, verb) or (is_action and _told(reading, verb)):
            continue
        target = next((place for place in objects if _reaches(reading, verb, place)), None)
        if target is not None and not is_action and _other_action(reading, verb, target):
            continue
        if target is not None:
            found.strong.append(Span(verb.start, max(verb.end, target.end)))
        elif (
            is_action
            and reading.folded[verb.start : verb.end] not in word_set("listes", "verbes_nus")
            and _ordered(reading, verb)
        ):
            found.weak.append(verb)
    found.strong += [place for place in objects if _noted(reading, place)]
    if not found.strong and not found.weak:
        found.weak = [*_communicating(reading), *_nominal(reading)][:1]
    return found


_HEADING = re.compile(
    r"\b(?:besoin|demande|commande|mission|tache|travail|boulot|objectif|livrable|attendu|a (?:faire|produire|rediger"
    r"|ecrire|sortir)|il (?:me |nous )?faut|je veux|ce qu'il faut)\s?[:=]\s?(?:une? |le |la |l'|des |deux )?(?:\w+ )?$"
)
_TO_BE_WRITTEN = re.compile(
    r"[^.!?\n]{0,70}?\ba (?:me |nous |lui )?"
    r"(?:rediger|ecrire|produire|faire|preparer|composer|etablir|dresser|sortir)\b"
)


def _noted(reading: Reading, product: Span) -> bool:
    """ "besoin = trame de PV", "avis aux riverains à rédiger": asked in the style of a note."""
    opens = re.search(
        r"(?:^|[.!?:;\n/]\s*)(?:une? |le |la |l'|modele d[e'] ?|projet d[e'] ?)*$", reading.folded[: product.start]
    )
    return (
        _HEADING.search(reading.folded[max(0, product.start - 60) : product.start]) is not None
        or (opens is not None and _TO_BE_WRITTEN.match(reading.folded, product.end) is not None)
    ) and not _refused(reading, product)


def _inflected(reading: Reading) -> Iterator[tuple[Span, bool]]:
    """The same verbs in any tense: "je voudrais que vous rédigiez"."""
    lemmas = word_set("listes", "action_lemmes")
    for token in reading.words:
        if token.lemma in lemmas and token.form != token.lemma:
            yield Span(token.start, token.end), True


def _communicating(reading: Reading) -> Iterator[Span]:
    """ "Rappelle que…", "dis-lui…": something to say, and no text to write."""
    for match in _whole_words("communiquer").finditer(reading.folded):
        span = Span(*match.span())
        if _ordered(reading, span) and not _refused(reading, span):
            yield span


def _nominal(reading: Reading) -> Iterator[Span]:
    """ "Message aux habitants : …", "Ton neutre pour un procès-verbal": the text to write, and no verb."""
    written = [
        match for name in ("produit", "produit_ecrit") for match in any_of("listes", name).finditer(reading.folded)
    ]
    for span in (Span(*match.span()) for match in written):
        opening = reading.folded[: span.start]
        addressed = re.match(r"\s?(?:aux?|a la|a l'|pour (?:les|nos|la|l')|de \d)\b", reading.folded[span.end :])
        opens = addressed and re.search(r"(?:^|[.!?:;\n]\s*)(?:un |une |le |la |l')?$", opening)
        if (opens or re.search(r"\bpour (?:un |une |le |la )$", opening)) and not _refused(reading, span):
            yield span


def _other_action(reading: Reading, verb: Span, target: Span) -> bool:
    """ "il faut lui transmettre le message" asks for no message to be written."""
    between = reading.tokens_between(verb.end, target.start)
    infinitives = [
        token.form for token in between if token.form == token.lemma and re.search(r"(?:er|ir|re)$", token.form)
    ]
    return bool(infinitives) and not any(any_of("listes", "action").match(form) for form in infinitives)


def _ordered(reading: Reading, verb: Span) -> bool:
    """Does the verb open a sentence or a clause, as an order does? "la rue tire son nom" orders nothing."""
    before = reading.folded[: verb.start].rstrip(" ")
    if re.search(r"\b(?:en oeuvre|efforts?|s'engage\w*|mobilis\w+|travaill\w+|agi\w+) pour$", before):
        return False
    return not re.search(r"[a-z0-9]$|\b[ld]'$", before) or bool(
        re.search(r"\b(?:et|puis|ensuite|de|d'|pour|a|merci de|peux-tu|dois|vas|veux|tu|vous)$", before)
    )


def _told(reading: Reading, verb: Span) -> bool:
    """ "je vérifie", "elle écrit": told, not asked."""
    return bool(
        re.search(
            r"\b(?:je |j'|il |elle |on |ils |elles |nous |qui )(?:vous |te |t'|lui |leur |la |le |les |l'|en |y )?$",
            reading.folded[: verb.start][-14:],
        )
    )


def _verbs(reading: Reading) -> Iterator[tuple[Span, bool]]:
    for name, is_action in (("action", True), ("souhait", False)):
        for match in _whole_words(name).finditer(reading.folded):
            yield Span(*match.span()), is_action


@lru_cache(maxsize=8)
def _whole_words(name: str) -> re.Pattern[str]:
    """The verbs of a list, with the ending of "tu"."""
    return re.compile(any_of("listes", name).pattern + r"(?:e?s)?(?![a-z])")


def _reaches(reading: Reading, verb: Span, target: Span) -> bool:
    """Is `target` the object of `verb`: after it, in its sentence, within a few words?"""
    if target.start < verb.start or (target.start == verb.start and target.end >= verb.end):
        return False
    if re.search(r"[.!?]\s|\n\s*\n", reading.folded[verb.end : target.start]):
        return False
    return len(reading.tokens_between(verb.end, target.start)) <= _REACH


def find_form(reading: Reading, values: tuple[str, ...]) -> Evidence:
    """A length in numbers or a named form; "court" alone is weak."""
    found = Evidence(strong=_wanted(reading, values))
    for span, match in _matches(reading, "prompt", "longueur"):
        # "pas plus de 150 mots" is a length; "en un mot" is not.
        if not dismissed(reading, span) and not _any("longueur_creuse", match[0]):
            found.strong.append(span)
    for span, match in _matches(reading, "prompt", "forme"):
        if not dismissed(reading, span) and not _any("forme_creuse", match[0]) and not denied(reading, span):
            found.strong.append(span)
    found.weak = [span for span, _ in _matches(reading, "prompt", "forme_vague") if not _refused(reading, span)]
    return found


def find_tone(reading: Reading, values: tuple[str, ...]) -> Evidence:
    """A tone named and wanted: "sur un ton courtois", "reste ferme", "sans agressivité"."""
    found = Evidence(strong=_wanted(reading, values))
    for span, match in _matches(reading, "prompt", "ton"):
        if _any("ton_creux", match[0]) or dismissed(reading, span):
            continue
        if match[0].startswith("sans ") or not (denied(reading, span) or _unwanted_tone(reading, span)):
            found.strong.append(span)
    found.strong += [span for span, _ in _matches(reading, "prompt", "ton_evite") if not dismissed(reading, span)]
    found.strong += [span for span in _tone_clauses(reading) if not dismissed(reading, span)]
    found.weak = [span for span, _ in _matches(reading, "prompt", "ton_vague") if not _refused(reading, span)]
    return found


def _tone_clauses(reading: Reading) -> list[Span]:
    """Clauses made of tone words only, set apart by commas: "…, poli et rassurant, …"."""
    clauses: dict[int, list[Span]] = {}
    for token in reading.tokens:
        clauses.setdefault(token.clause, []).append(Span(token.start, token.end))
    tone = any_of("listes", "ton")
    found = []
    for places in clauses.values():
        words = [reading.folded[place.start : place.end] for place in places]
        toned = [word for word in words if tone.match(word)]
        others = [word for word in words if word not in toned and word not in FUNCTION_WORDS]
        if toned and not others and len(words) <= 7 and not {"pas", "ni", "ne", "n", "cordialement"} & set(words):
            found.append(Span(places[0].start, places[-1].end))
    return found


def _unwanted_tone(reading: Reading, span: Span) -> bool:
    """ "ne sois pas poli", "pas besoin d'être courtois", "le ton ne doit pas être cordial"."""
    inside = reading.folded[span.start : span.end]
    before = reading.folded[max(0, span.start - 25) : span.start]
    return bool(
        re.search(r"\b(?:ne |n')\w* ?\w* ?(?:pas|jamais|aucun)\b|\bpas (?:courtois|poli|cordial|formel|besoin)", inside)
        or re.search(
            r"\b(?:ne|n'|sans|evite[rz]?(?: de| d'| le| un)?|pas(?: besoin)?(?: d'un| d'| de)?)\s*\w*\s*$", before
        )
    )


def find_limits(reading: Reading, values: tuple[str, ...]) -> Evidence:
    """Something forbidden, a boundary, or what to do in doubt; "sans faute" says nothing."""
    if _any("limites_absentes", reading.folded):
        return Evidence()
    found = Evidence(strong=_wanted(reading, values))
    narrative, future = word_set("prompt", "limites_recit"), word_set("prompt", "limites_a_venir")
    for span, match in [*_matches(reading, "prompt", "limites"), *_matches(reading, "prompt", "limites_dites")]:
        # "on ne pourra pas se garer" tells the case; "la mairie ne pourra rien promettre" sets a limit.
        verb = match.groupdict().get("verb")
        told = verb in narrative or (verb in future and not _any_promise(match[0]))
        if told or dismissed(reading, span) or (_any("limites_du_cas", match[0]) and not _any_promise(match[0])):
            continue
        whole = _trimmed(reading, span)
        text = reading.folded[whole.start : whole.end + 1]
        if not _any("limites_refus", text):
            (found.weak if _any("limites_creuses", text) else found.strong).append(whole)
    found.weak += [span for span, _ in _matches(reading, "prompt", "limites_vagues") if not _refused(reading, span)]
    return found


def _any_promise(text: str) -> bool:
    return bool(any_of("listes", "promesse").search(text))


def _trimmed(reading: Reading, span: Span) -> Span:
    """Without signs at its ends, and without a word cut at the end."""
    start, end = span.start, span.end
    while start < end and not reading.folded[start].isalnum():
        start += 1
    while end > start and not reading.folded[end - 1].isalnum():
        end -= 1
    while end < len(reading.folded) and reading.folded[end].isalnum():
        end += 1
    return Span(start, end)


def _matches(reading: Reading, section: str, name: str) -> Iterator[tuple[Span, re.Match[str]]]:
    for pattern in patterns(section, name):
        for match in pattern.finditer(reading.folded):
            yield Span(*match.span()), match


def _any(name: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns("prompt", name))


def _refused(reading: Reading, span: Span) -> bool:
    if dismissed(reading, span) or denied(reading, span):
        return True
    return bool(re.search(r"\b(?:ne |n')\w* ?pas\b|^n'e(?:s|tes)\b", reading.folded[max(0, span.start - 3) : span.end]))


def _wanted(reading: Reading, values: tuple[str, ...]) -> list[Span]:
    return [
        span
        for value in values
        for span in find(value, reading)
        if not dismissed(reading, span) and not denied(reading, span)
    ]


PROMPT_DETECTORS: dict[str, Callable[[Reading, tuple[str, ...]], Evidence]] = {
    "role": find_role,
    "tache": find_task,
    "format": find_form,
    "ton": find_tone,
    "limites": find_limits,
}
