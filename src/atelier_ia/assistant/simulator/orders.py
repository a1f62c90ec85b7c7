"""Facts → skeleton of an arrêté: visas from the checked base of legal bases, considérants, articles, remedies.

An article of law that the base does not hold is never trusted: it is copied with [À VÉRIFIER]. The number, the date of
signature and the signatory are always left to the agent.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from atelier_ia.assistant.simulator import mistakes
from atelier_ia.assistant.simulator.french import clean, ending, facts, join_and, lower_first, sentences, typeset
from atelier_ia.assistant.simulator.task import Task
from atelier_ia.assistant.words import fold, stems
from atelier_ia.content import StrictModel, load_toml
from atelier_ia.settings import Settings

CHECK = "[À VÉRIFIER]"
BASES = Path(__file__).with_name("legal_bases.toml")
ARTICLE = re.compile(r"\b(?:articles?\s+)?([LRD])\.?\s?\*?(\d{2,5}(?:-\d+){0,3})\b")
VAGUE = "ARRÊTÉ\n\nLe maire arrête les mesures nécessaires.\n\nFait en mairie."

_REASON = re.compile(
    r"\b(?:car|en raison|afin|pour (?:permettre|assurer|garantir|eviter|cause)|suite a|a l'occasion|parce que"
    r"|du fait|demande\w*|motif|vu que|risque|securite)\b"
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


class _Bases(StrictModel):
    bases: tuple[LegalBasis, ...]


@lru_cache(maxsize=1)
def load_bases() -> tuple[LegalBasis, ...]:
    """The base of legal bases."""
    return load_toml(BASES, _Bases).bases


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
    town = settings.collectivite.name
    told = facts(task.source)
    kept = [sentence for sentence in sentences(task.source) if not _noise(sentence)]
    subject = _subject(kept, task.source)
    visas = [f"Vu {basis.visa} ;" for basis in load_bases() if basis.visa and _applies(basis, task.source)]
    for cited in _cited(task.source):
        if not known_article(cited):
            visas.append(f"Vu l'article {cited}, cité dans la demande {CHECK} ;")
    reasons = [sentence for sentence in kept if _REASON.search(fold(sentence))] or kept[:1]
    measures = [sentence for sentence in kept if sentence not in reasons[:2]] or kept[:1]
    lines = [
        "ARRÊTÉ MUNICIPAL n° [NUMÉRO À COMPLÉTER]",
        f"portant {lower_first(subject)}",
        "",
        f"Le Maire de la commune de {town},",
        "",
        *visas,
        "",
        *[f"Considérant ce qui suit : {lower_first(ending(reason).rstrip('.'))} ;" for reason in reasons[:2]],
        "Considérant qu'il appartient au maire d'assurer la sécurité et la commodité du passage dans les voies "
        "publiques, par "
        "des mesures nécessaires, adaptées et limitées dans le temps et l'espace ;",
        "",
        "ARRÊTE",
        "",
        "Article 1 - Objet",
        ending(f"Le présent arrêté porte {lower_first(subject)}{_where_when(told.places, told.dates, told.hours)}"),
        "",
        "Article 2 - Mesures",
        *[ending(measure) for measure in measures[:5]],
    ]
    if full:
        lines += _end(town, bool(told.dates or told.since))
    else:
        lines += ["", f"Fait à {town}, le [DATE]"]
    return "\n".join(lines)


def _end(town: str, dated: bool) -> list[str]:
    duration = (
        "Ces mesures s'appliquent aux dates et heures indiquées à l'article 1 ; elles cessent de plein droit à "
        "leur terme."
        if dated
        else f"Durée d'application : {CHECK}."
    )
    return [
        "",
        "Article 3 - Durée",
        duration,
        "",
        "Article 4 - Signalisation et information",
        f"La signalisation réglementaire est mise en place par {CHECK} (service ou demandeur).",
        "",
        "Article 5 - Sanctions",
        "Les infractions au présent arrêté sont constatées et poursuivies conformément aux lois et règlements "
        "en vigueur.",
        "",
        "Article 6 - Exécution",
        "La direction générale des services, la police municipale et la gendarmerie sont chargées, chacune en "
        "ce qui la "
        "concerne, de l'exécution du présent arrêté.",
        "",
        "Article 7 - Voies de recours",
        "Le présent arrêté peut faire l'objet d'un recours devant le tribunal administratif de [À COMPLÉTER], "
        "au besoin par "
        "l'application Télérecours citoyens, dans un délai de deux mois à compter de sa publication ou de sa "
        "notification.",
        "",
        f"Fait à {town}, le [DATE À COMPLÉTER]",
        "[SIGNATURE, PRÉNOM, NOM ET QUALITÉ À COMPLÉTER]",
        "",
        f"À relire avant signature : chaque visa sur Légifrance {CHECK}, la nécessité et la proportion des mesures, la "
        "délégation du signataire, la publication.",
    ]


def _noise(sentence: str) -> bool:
    folded = fold(sentence)
    return (
        folded.startswith(("bonjour", "merci", "cordialement", "madame", "monsieur"))
        or len(sentence.split()) < 3
        or bool(re.search(r"\b(?:ignore|oublie)\w*\b[^.]{0,40}\b(?:consigne|instruction)", folded))
    )


def _subject(kept: list[str], source: str) -> str:
    """What the arrêté is about, named after the measure that the facts ask for."""
    folded = fold(source)
    themes = (
        (
            r"brocante|vide[- ]grenier|marche de noel|fete|course|defile|carnaval|manifestation|cortege",
            "réglementation temporaire de la circulation et du stationnement à l'occasion d'une manifestation",
        ),
        (r"buvette|debit de boissons", "autorisation d'un débit de boissons temporaire"),
        (r"demenagement|camion de demenagement", "réservation temporaire de stationnement pour un déménagement"),
        (
            r"travaux|chantier|tranchee|reseau|enrobe|elagage",
            "réglementation temporaire de la circulation et du stationnement pendant des travaux",
        ),
        (r"echafaudage|benne|terrasse|grue", "permission d'occupation temporaire du domaine public"),
        (r"depot sauvage|dechets|ordures", "mise en demeure ou interdiction relative à des dépôts de déchets"),
        (r"bruit|nuisances sonores|musique|tapage", "réglementation du bruit"),
        (r"chien|animaux", "réglementation de la circulation des animaux"),
        (r"numero|denomination", "numérotage ou dénomination de voies"),
        (r"baignade|glace|plan d'eau|arrosage|secheresse", "interdiction temporaire pour la sécurité des personnes"),
        (r"stationnement|circulation|vitesse|sens unique", "réglementation de la circulation et du stationnement"),
    )
    for pattern, name in themes:
        if re.search(rf"\b(?:{pattern})", folded):
            return name
    return f"mesures décrites ci-après {CHECK}" if kept else f"objet {CHECK}"


def _where_when(places: tuple[str, ...], dates: tuple[str, ...], hours: tuple[str, ...]) -> str:
    parts = []
    if places:
        parts.append(f"lieu : {join_and(places[:4])}")
    if dates:
        parts.append(f"date : {join_and(dates[:3])}")
    if hours:
        parts.append(f"heures : {join_and(hours[:3])}")
    return f" ({' ; '.join(parts)})" if parts else f" (lieu et date : {CHECK})"


def _applies(basis: LegalBasis, source: str) -> bool:
    if basis.always:
        return True
    present = set(stems(source))
    return any((words := stems(word)) and all(word in present for word in words) for word in basis.words)


def _cited(source: str) -> list[str]:
    return list(dict.fromkeys(f"{match[1]}. {clean(match[2])}" for match in ARTICLE.finditer(source)))
