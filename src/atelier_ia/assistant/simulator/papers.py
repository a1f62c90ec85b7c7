"""Which papers of a sheet a reply asks for: not what the message already gives, none when it only reminds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier_ia.assistant.simulator.kept_facts import REFERENCE
from atelier_ia.assistant.simulator.mail import Mail
from atelier_ia.assistant.words import fold

_WHERE = re.compile(r"(?:lieu|adresse|rue|emplacement|localisation|arret)\b(?! (?:du siege|e-mail|electronique))")
_WHEN = re.compile(r"(?:date|dates|jour|jours|heure|heures|horaires?|duree)\b")
_PICTURE = re.compile(r"photo\w*\b")
_NUMBER = re.compile(r"(?:numero|reference)\b")
_SCHOOL = re.compile(r"ecole\b")
_JOINED = re.compile(
    r"\b(?:photos?|images?) (?:jointe?s?|ci-joint\w*|en piece jointe|en pj)|\b(?:je )?(?:vous )?(?:joins|mets"
    r"|ai mis) (?:\d+ |une |des |la |les )*photos?"
)
_NAMED_SCHOOL = re.compile(r"\b(?:école|maternelle|collège|élémentaire) [A-ZÀ-Ý]")
_PARTS = re.compile(r"\s*(?:,|\bet\b)\s*")
# « toujours pas de réponse », « dossier déposé en mars », « où en est… »: what was to be provided was.
_DONE = re.compile(
    r"\b(?:toujours (?:pas|rien)|deja (?:fourni|envoye|depose|donne|transmis|fait|paye|rempli)|ou en est|ca en est"
    r"|(?:ai|avons|a ete) (?:deja )?(?:depose|envoye|transmis|rendu|fait la demande|fait ma demande)|relance"
    r"|sans (?:reponse|nouvelles)|en attente depuis)\b"
)


def asked_papers(mail: Mail, papers: Sequence[str]) -> tuple[str, ...]:
    """`papers` without those that `mail` already gives (a place, a date, a photograph, a number, a school)."""
    return tuple(item for item in papers if not all(_given(mail, part) for part in _PARTS.split(fold(item)) if part))


def reminds(mail: Mail) -> bool:
    """Does a message come back to what was asked for already?"""
    return mail.reminded or bool(_DONE.search(fold("\n".join(mail.told))))


def _given(mail: Mail, part: str) -> bool:
    text = "\n".join(mail.told)
    if _WHERE.match(part):
        return bool(mail.facts.places)
    if _WHEN.match(part):
        return bool(mail.facts.dates or mail.facts.hours)
    if _PICTURE.match(part):
        return bool(_JOINED.search(fold(text)))
    if _NUMBER.match(part):
        return bool(REFERENCE.search(text))
    return bool(_SCHOOL.match(part) and _NAMED_SCHOOL.search(text))
