"""Facts → skeleton of an arrêté: visas from the checked base of legal bases, considérants, articles, remedies.

An article of law that the base does not hold is never trusted: it is copied with [À VÉRIFIER]. The number, the date of
signature and the signatory are always left to the agent.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from atelier_ia.assistant.simulator import mistakes
from atelier_ia.assistant.simulator.french import (
    CHECK,
    MONTH,
    clean,
    ending,
    facts,
    join_and,
    loose_sentences,
    lower_first,
    typeset,
)
from atelier_ia.assistant.simulator.order_clauses import DRINKS, ENDS, MEASURES, NEEDS, REMEDIES, Family
from atelier_ia.assistant.simulator.order_facts import UNKNOWN_SIGNS, own_facts, reasons_apart, signs_by, spanned
from atelier_ia.assistant.simulator.order_form import signs
from atelier_ia.assistant.simulator.order_measures import decides, measure, with_units
from atelier_ia.assistant.simulator.order_sentences import in_sentences
from atelier_ia.assistant.simulator.publishable import without_held
from atelier_ia.assistant.simulator.register import civil, formal
from atelier_ia.assistant.simulator.requests import requested
from atelier_ia.assistant.simulator.task import Task
from atelier_ia.assistant.words import fold, stems
from atelier_ia.content import StrictModel, load_toml
from atelier_ia.settings import Settings

MOST = 16  # sentences of measures
BASES = Path(__file__).with_name("legal_bases.toml")
KINDS = Path(__file__).with_name("order_kinds.toml")
ARTICLE = re.compile(r"(?<![Ll]a )(?<![Rr]oute )\b(?:articles?\s+)?([LRD])\.?\s?\*?(\d{2,5}(?:-\d+){0,3})\b")
VAGUE = "ARRÊTÉ\n\nLe maire arrête les mesures nécessaires.\n\nFait en mairie."

_DAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?\d{1,2}(?:er)?"
_DATED = rf"{_DAY}\s+(?:{MONTH})(?:\s+\d{{4}})?"
_SPAN = re.compile(
    rf"\bdu\s+{_DAY}(?:\s+(?:{MONTH}))?(?:\s+\d{{4}})?\s+au\s+{_DATED}(?:\s+inclus)?"
    rf"|\b(?:[àa] (?:compter|partir) du|d[èe]s le|jusqu['’]au)\s+{_DATED}(?=\s+jusqu|[\s,.;)]|$)"
    r"|\b(?:d[èe]s (?:la )?(?:pose des panneaux|publication|demain)|jusqu['’][àa] nouvel ordre)"
    r"|\b(?:pendant|durant|pour)\s+\w+\s+(?:jours?|semaines?|mois|ans?)\b"
    r"|\b(?:tous les|chaque)\s+(?:jours?|soirs?|matins?|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?"
    r"|dimanches?)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:car|en raison|afin|pour (?:permettre|assurer|garantir|eviter|cause)|suite a|a l'occasion|parce que"
    r"|du fait|demande(?!ur|r\b)\w*|motif|vu que|risque|securite|absent\w*|indisponib\w+|empeche\w*|signale(?!ur)\w*"
    r"|impraticab\w+|l'an (?:dernier|passe)\b|avai(?:t|ent) (?:brule|provoque|cause|blesse)\w*|degats?\b|accidents?\b"
    r"|se plaign\w*|danger\w*|plaintes?)\b"
)


# « Contravention de 2e classe... ou 1re ? je sais plus, laissez à vérifier »: a doubt is no measure.
# « Demande d'ouverture d'une buvette », « arrêté de mise en demeure »: the act that is asked for, wherever it is said.
_ASKED_FOR = re.compile(
    r"\b(?:demande (?:d['’](?:ouverture|autorisation|ouvrir)(?: d['’](?:une?)?| de| pour)?|de)|arrêté (?:d[eu]"
    r"|d['’]|portant|autorisant))\s*([^.;:\n]{3,70})",
    re.IGNORECASE,
)
# « Vu l'avis de la police municipale. », « Vu la demande présentée par … » : what the notes decide on.
_VISA = re.compile(
    r"^[^\S\n]*(?P<visa>Vu (?:l['’]avis|la demande présentée par)\b[^\n]+?)\.?[^\S\n]*(?:\n|\Z)", re.MULTILINE
)
# « Avis gendarmerie défavorable au-delà de 2 h. »
_OPINION = re.compile(
    r"(?:^|(?<=[.;]))[^\S\n]*[Aa]vis (?P<told>(?:d[eu] |de la |de l['’])?[\w'’ ]{2,40}?\s(?:dé)?favorable[^.\n]*)\.?",
    re.MULTILINE,
)
_PRESENTED = re.compile(
    r"(?:^|(?<=[.;]))[^\S\n]*[Dd]emande (?P<led>du|de la|de l['’]|des|de)\s?(?P<who>(?:(?:M\.|Mme)\s"
    r"|[a-zà-ÿ]{3,}\s(?:[a-zà-ÿ]{2,}\s){0,2})[A-ZÀ-Ý]"
    r"[\w'’ -]{1,50}?(?:,\s[a-zà-ÿ]{4,20}(?=,))?)\s*(?:[:,]|\.(?=\s|$))[^\S\n]*",
    re.MULTILINE,
)
# An opening tells why when something happens in it; a name, an address or a title does not.
_HAPPENS = re.compile(
    r"\b(?:est|sont|a|ont|sera|seront|aura|auront|fait|font|va|vont|demande|souhaite|organise\w*|doit|doivent"
    r"|déménage\w*|pench\w+|menac\w+"
    r"|\w{3,}(?:ées?|és|era|eront|aient|ait))\b|\bgorgée?s?\b|\bneige\b",
    re.IGNORECASE,
)
_MOTIVE = re.compile(r"^(?:motifs?|raison|cause)\s*:\s*", re.IGNORECASE)
# « De : Stéphane (ST) », « Demande d'ouverture d'une buvette »: the head of a memo, the title of a form.
_HEAD = re.compile(
    r"^\W*(?:(?:de|à|cc|exp|from)\s*:\s\S[^.\n]{0,50}$|(?:formulaire|demande)\s+(?:d['’]|de\s)(?!M\.|Mme|la\s"
    r"|l['’]|[A-ZÀ-Ý])(?:\w+\W+){1,7}$)",
    re.IGNORECASE,
)
# « Signature avant le 11 si possible. », « Nadège (état civil). »: told to whoever writes.
_TO_WRITER = re.compile(
    r"^\W*(?:(?:signature|à signer|retour|réponse|à faire|à rendre)\b(?=[^.]*\b(?:avant|pour|si possible|vite"
    r"|urgen\w+)\b)[^.]*|[A-ZÀ-Ý][a-zà-ÿ-]+\s?\((?:l['’])?[a-zà-ÿ ']{3,25}\)"
    r"|(?:[Mm]erci(?: d['’]avance)?\s?[,.]?\s)?(?:(?:M\.|Mme"
    r"|Mlle)\s)?[A-ZÀ-Ý][\w'’-]+(?:\s[A-ZÀ-Ý][\w'’-]+)?(?:,\s|\s?[(–-]\s?)"
    r"(?:(?:de |du |à )?(?:l['’]|la |le |au )?(?:service |services )?(?:état[- ]civil|accueil|urbanisme|voirie"
    r"|techniques?|ST|CTM|DST|DGS|PM"
    r"|police municipale|secrétariat|élections|population|culture|sports?|associations?|vie associative"
    r"|communication|mairie)[a-zà-ÿ ]{0,20})\)?"
    r"|(?:[Dd]emandée?s?|[Ss]ignée?|[Tt]ransmise?)\s?(?::|par)\s(?:la |le |l['’]|les )?(?:DGS|DST|DRH|RH|ST|PM"
    r"|accueil|service\s\w+|secrétariat|voirie"
    r"|urbanisme|état civil|direct\w+)[^.\d]{0,30}"
    r"|(?i:(?:il (?:me|nous) (?:faut|faudrait)|(?:j['’]ai|nous avons|on a) besoin d['’eu]|je (?:voudrais|souhaite)"
    r"|merci d['’e]\s?(?:me |nous )?"
    r"(?:préparer|faire|établir|rédiger)|(?:pouvez-vous|peux-tu|tu peux|vous pouvez) (?:me |nous )?(?:préparer"
    r"|faire|établir|rédiger))"
    r"\s?(?:donc\s)?(?:un |l['’]|cet |d['’]un |le projet d['’])?arrêté\b[^.\d]*))\W*$",
)
_DOUBT = re.compile(
    r"\bou [^?.]{1,40}\?\s*$|\b(?:sais|souviens) (?:plus|pas)\b|\blaisse[zr]? a verifier\b|^\W*a verifier\W*$"
)
_COMMENT = re.compile(
    r"[,;]\s*(?:ça|ca|ce|c['’])\s?(?:serait|est|n['’]est)\s+(?:pas\s+)?(?:il)?l[ée]gal\w*[^.;\n]*", re.IGNORECASE
)


class LegalBasis(StrictModel):
    """One legal basis: when it is cited, and how."""

    id: str
    visa: str
    articles: tuple[str, ...]
    words: tuple[str, ...] = Field(alias="mots")
    always: bool = Field(False, alias="toujours")
    checked_on: date = Field(alias="verifie_le")
    status: Literal["vérifié", "à vérifier"] = Field(alias="statut")


class OrderKind(StrictModel):
    """One sort of arrêté: the words that call for it, its object, and the family that decides its articles."""

    id: str
    words: tuple[str, ...] = Field(alias="mots")
    object: str = Field(alias="objet")
    family: Family = Field(alias="famille")


class _Kinds(StrictModel):
    kinds: tuple[OrderKind, ...] = Field(alias="sortes")


class _Bases(StrictModel):
    bases: tuple[LegalBasis, ...]


@lru_cache(maxsize=1)
def load_bases() -> tuple[LegalBasis, ...]:
    """The base of legal bases."""
    return load_toml(BASES, _Bases).bases


@lru_cache(maxsize=1)
def load_kinds() -> tuple[OrderKind, ...]:
    """The sorts of arrêtés, in the order in which they are tried."""
    return load_toml(KINDS, _Kinds).kinds


def known_article(text: str) -> bool:
    """Is this article (« L. 2213-1 ») in the base?"""
    wanted = re.sub(r"[\s.]", "", text)
    return any(re.sub(r"[\s.]", "", article) == wanted for basis in load_bases() for article in basis.articles)


def order(task: Task, settings: Settings) -> str:
    """The skeleton of the arrêté that the facts `task.source` call for."""
    level = "bonne" if task.mistake else task.quality.level
    if level == "vague":
        return VAGUE
    text = _written(task, settings, full=level == "bonne")
    text = typeset(text)
    if task.mistake == "article_invente":
        return text.replace("Vu ", f"Vu {mistakes.FALSE_ARTICLE} ;\nVu ", 1)
    if task.mistake == "chiffre_faux":
        return mistakes.wrong_figure(text)
    if task.mistake == "ton_familier":
        return text.replace("ARRÊTE", "A DÉCIDÉ QUE, BON, FRANCHEMENT")
    if task.mistake == "sujet_oublie":
        return re.sub(r"\n\nArticle \d+ - Voies de recours\n[^\n]*", "", text)
    if task.mistake == "injection_suivie":
        return f"Consignes écartées, comme demandé dans le texte.\n\n{text}"
    return text


def _written(task: Task, settings: Settings, *, full: bool) -> str:
    task = replace(task, source=_OPINION.sub(r"\nVu l'avis \g<told>.\n", _PRESENTED.sub(_presented, task.source)))
    seen = [clean(match["visa"]) for match in _VISA.finditer(task.source)]
    source, requester = requested(_VISA.sub("", task.source))
    source = with_units(_COMMENT.sub("", formal(source)))
    source = reasons_apart(source)
    told = facts(re.sub(r"\bn[ée]e? le [\d/. ]+(?:[a-zéû]+ \d{4})?", "", source))
    allowed = [without_held(sentence) for sentence in loose_sentences(source)]
    kept = [civil(sentence) for sentence in allowed if sentence and not _noise(sentence)]
    kept = [sentence for sentence in kept if sentence]
    told = own_facts(told, source)
    told = replace(told, dates=spanned(told.dates, source))
    kind = _kind(" ".join(sentence for sentence in allowed if sentence))
    subject = kind.object if kind else f"mesures décrites ci-après {CHECK}" if kept else f"objet {CHECK}"
    family = kind.family if kind else "police"
    visas = [f"Vu {basis.visa} ;" for basis in load_bases() if basis.visa and _applies(basis, source, family)]
    if kind and kind.id == "arbre":  # a tree is no building
        visas = [visa for visa in visas if "L. 511-1" not in visa]
    for cited in _cited(source):
        if not known_article(cited):
            visas.append(f"Vu l'article {cited}, cité dans la demande {CHECK} ;")
    visas += [f"{visa} {CHECK} ;" if "avis" in visa.split()[1] else f"{visa} ;" for visa in seen]
    if requester:
        visas.append(f"Vu la demande présentée par {requester} ;")
    if not requester and "demandeur" in source:  # whose name alone closes what they ask
        requester = next((clean(one) for one in loose_sentences(source) if signs(one) and "," not in one), "")
        visas += [f"Vu la demande présentée par {requester} ;"] if requester else []
    reasons = _reasons(kept)
    ruled = any(decides(sentence) for sentence in kept if sentence not in reasons)
    measures = [
        sentence
        for sentence in kept
        if sentence not in reasons or (decides(sentence) if ruled and family == "circulation" else _measured(sentence))
    ] or kept[:1]
    own = settings.collectivite
    lines = [
        f"ARRÊTÉ {'MUNICIPAL ' if own.kind == 'commune' else ''}n° [NUMÉRO À COMPLÉTER]",
        f"portant {lower_first(subject)}",
        "",
        # Of a commune, the office as the code names it; of an intercommunal body, who presides.
        f"Le Maire de la commune {own.of}," if own.kind == "commune" else settings.localise(f"{{Executif}} {own.of},"),
        "",
        *visas,
        "",
        *[f"Considérant ce qui suit : {_reason(reason)} ;" for reason in reasons],
        NEEDS[family],
        "",
        "ARRÊTE",
        "",
        "Article 1 - Objet",
        ending(
            f"Le présent arrêté porte {lower_first(subject)}"
            + _where_when(told.places, told.dates, told.hours, dated=family not in ("organisation", "procedure"))
        ),
        "",
        f"Article 2 - {MEASURES[family]}",
        *[ending(told) for told in in_sentences([measure(told) for told in measures[:MOST]])],
        *([DRINKS] if kind and kind.id == "debit" else []),
    ]
    if full:
        lines += _end(settings.collectivite.at, family, source, _duration(source, dated=bool(told.dates or told.since)))
        if any(_DOUBT.search(fold(sentence)) for sentence in allowed):
            lines.append(f"La demande laisse un point en doute, non repris ci-dessus {CHECK}.")
    else:
        lines += ["", f"Fait {settings.collectivite.at}, le [DATE]"]
    return "\n".join(lines)


def _presented(match: re.Match[str]) -> str:
    """« Demande du bar Le Central : terrasse… » → who asks, for a visa of its own, then what."""
    led = {"du": "le ", "de la": "la ", "des": "les "}.get(match["led"].lower(), "l'" if "l" in match["led"] else "")
    return f"\nVu la demande présentée par {led}{clean(match['who'])}.\n"


def _measured(sentence: str) -> bool:
    """Does a sentence decide, or tell what is to be (a place, a number, a day) rather than why?"""
    if _MOTIVE.match(sentence):
        return False
    return decides(sentence) or bool(re.search(r"\d", sentence) and not _REASON.search(fold(sentence)))


def _reasons(kept: list[str]) -> list[str]:
    """Why: the sentences that say so, else what is told before anything is decided, else the opening; two at most."""
    said = [
        sentence
        for sentence in kept
        if _MOTIVE.match(sentence)
        or (
            _REASON.search(fold(sentence))
            and not decides(sentence)
            and not re.match(r"Responsable |Contact ", sentence)
        )
    ]
    before = next((place for place, sentence in enumerate(kept) if decides(sentence)), 0)
    opening = [text for text in kept[:before][:1] if _HAPPENS.search(text)]
    return (
        said
        or opening
        or [text for text in kept if _REASON.search(fold(text)) and not text.startswith(("Responsable ", "Contact "))]
    )[:2]


def _reason(told: str) -> str:
    return lower_first(_MOTIVE.sub("", ending(told).rstrip(".")))


def _duration(source: str, *, dated: bool) -> str:
    """From when and until when, in the words of the request; to be checked when it does not say."""
    spans = [clean(match[0]) for match in _SPAN.finditer(source)]
    if spans:
        return f"Période d'application : {join_and(list(dict.fromkeys(spans))[:3])}."
    if re.search(r"\b(?:en permanence|permanente?|à titre permanent|toute l['’]année)\b", source, re.IGNORECASE):
        return f"Mesure permanente, applicable dès sa publication et la pose de la signalisation {CHECK}."
    if dated:
        return (
            "Ces mesures s'appliquent aux dates et heures indiquées à l'article 1 ; elles cessent de plein droit à "
            "leur terme."
        )
    return f"Durée d'application : {CHECK}."


def _end(at: str, family: Family, source: str, duration: str) -> list[str]:
    articles = [("Durée", duration), *ENDS[family], ("Voies de recours", REMEDIES)]
    if sign := signs_by(source):
        articles = [(name, text.replace(UNKNOWN_SIGNS, sign)) for name, text in articles]
    lines = []
    for number, (name, text) in enumerate(articles, start=3):
        lines += ["", f"Article {number} - {name}", text]
    return [
        *lines,
        "",
        f"Fait {at}, le [DATE À COMPLÉTER]",
        "[SIGNATURE, PRÉNOM, NOM ET QUALITÉ À COMPLÉTER]",
        "",
        f"À relire avant signature : chaque visa sur Légifrance {CHECK}, la nécessité et la proportion des mesures, la "
        "délégation du signataire, la publication.",
    ]


def _noise(sentence: str) -> bool:
    folded = fold(sentence)
    return (
        folded.startswith(("bonjour", "merci", "cordialement"))
        or bool(re.match(r"\W*(?:Madame|Monsieur)\b(?!\s(?:[A-ZÀ-Ý]|l[ea]\s[Mm]aire\s[a-zà-ÿ]))", sentence))
        or bool(_HEAD.match(sentence))
        or bool(_TO_WRITER.match(sentence))
        or (
            len(sentence.split()) < 3
            and not decides(sentence)
            and not re.search(
                r"\d|^\W*(?:sauf|hormis"
                r"|excepté)\b",
                sentence,
                re.IGNORECASE,
            )
        )
        or bool(_DOUBT.search(folded))
        or sentence.rstrip().endswith("?")
        or signs(sentence)
        or bool(re.match(r"\W*[Ss]ignée? (?:M\.|Mme|[A-ZÀ-Ý])", sentence))
        or bool(re.search(r"\b(?:ignore|oublie)\w*\b[^.]{0,40}\b(?:consigne|instruction)", folded))
    )


def _kind(source: str) -> OrderKind | None:
    """What sort of arrêté the facts call for: the first of the list that their opening names, else that they name."""
    told = loose_sentences(re.sub(r"\([^()]*\)", " ", source))
    asked = [match[1] for match in _ASKED_FOR.finditer(source)]
    for part in (asked, told[:1], told[:2], told):
        folded = fold(" ".join(part))
        for kind in load_kinds():
            if any(re.search(rf"\b(?:{words})", folded) for words in kind.words):
                return kind
    return None


def _where_when(places: tuple[str, ...], dates: tuple[str, ...], hours: tuple[str, ...], *, dated: bool) -> str:
    parts = []
    if places:
        parts.append(f"lieu : {join_and(places[:4])}")
    if dates:
        parts.append(f"date : {join_and(dates[:3])}")
    if hours:
        parts.append(f"heures : {join_and(hours[:3])}")
    if not parts:
        return f" (lieu et date : {CHECK})" if dated else ""
    return f" ({' ; '.join(parts)})"


def _applies(basis: LegalBasis, source: str, family: Family) -> bool:
    if basis.always:
        return family not in ("organisation", "procedure")
    if family in ("organisation", "procedure") and basis.id in ("circulation", "code_route"):
        return False
    present = set(stems(re.sub(r"\bRégis\b", " ", source)))  # a first name, whose stem is that of « régie »
    return any((words := stems(word)) and all(word in present for word in words) for word in basis.words)


def _cited(source: str) -> list[str]:
    return list(dict.fromkeys(f"{match[1]}. {clean(match[2])}" for match in ARTICLE.finditer(source)))
