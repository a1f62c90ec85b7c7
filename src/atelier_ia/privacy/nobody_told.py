"""Health and belief as general subjects: rules, lists of illnesses, questions that anyone asks; nobody is told.

« les patients sous chimiothérapie », « ni viande halal ni viande casher », « affecté au culte catholique »; a text that
names nobody is alerted only where its sentence speaks of one person.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Span
from atelier_ia.privacy.wordlists import words

_OF_PUBLICS, _OF_SUBJECTS = words("nobody_publics"), words("nobody_subjects")
_PUBLICS = "|".join(sorted(_OF_PUBLICS, key=len, reverse=True))
_SUBJECTS = "|".join(sorted(_OF_SUBJECTS, key=len, reverse=True))
_WORD = re.compile("[a-z]+")
# « les patients sous… », « les personnes à mobilité réduite, sous oxygène… »: a whole public, up to what is told of it.
_PUBLIC = re.compile(
    rf"(?<![a-z'])(?:(?:les|des|aux|d'|de|tous les|certains?|et|ou|quel que soit l[ea]) (?<!deux )(?<!trois ))?"
    rf"(?:{_PUBLICS})(?:,? (?:[a-z']+,? ){{0,9}}?)?$"
)
_OWN_PUBLIC = re.compile(
    rf"(?<![a-z'])(?:mes|ses|nos|vos|tes|leurs|ces|deux|trois|quatre|cinq|\d+) (?:[a-z]+ )?(?:{_PUBLICS})(?![a-z])"
)
_VERB_OF_STATE = re.compile(r"(?<![a-z])(?:sont|ont|etaient|avaient|souffrent|je|j'ai|nous)(?![a-z])")
_PLURAL = re.compile(rf"(?:les |des |aux |de |d')?(?:{_PUBLICS}) ")
_ANYONE = "|".join(sorted(words("nobody_anyone"), key=len, reverse=True))
# What a rule, a budget or a leaflet is about: « la lutte contre », « les actions portant sur », « un risque de ».
_SUBJECT = re.compile(rf"(?<![a-z'])(?:{_SUBJECTS})(?:[ ,(][^.;:!?\n]{{0,70}})?[ ('’]$")
# « elle ne fournit ni viande halal », « aucun tri par religion », « le fait d'avoir été condamné »
_DENIED = re.compile(
    r"(?<![a-z])(?:ne (?:fourni|ser[tv]|propos|prepar|distribu|commande|garanti)[a-z]* (?:pas|ni|aucun)"
    r"|n'organise\w* aucun|(?:interdite?s?|defendue?|passibles?|coupables?) d(?:e|')"
    r"|aucun (?:tri|menu|repas|fichage|classement)|le fait d'(?:avoir|etre)|libres? de "
    r"(?:manifester|exprimer|pratiquer)|(?:affectee?s? a|exercice d|libre exercice d|desservant d|ministres? d"
    r"|denier d|edifices? d)(?:u|es|e|'un|'un seul)?)(?: [^.;!?\n]{0,60})? ?$"
)
_SHARE = re.compile(
    r"[^.;!?\n]{0,24}(?:touche|concerne|affecte|represente)(?:nt)? "
    r"(?:une? [a-z]+ sur |un adulte|pres d|environ |plus d|\d)"
    r"|[a-z' ]{0,30} (?:un adulte|un enfant|un francais|une femme|une personne|un agent) sur "
)
_QUESTION = re.compile(r"(?:^|\n)[^\n?.!]{6,130}\? ?(?=[A-ZÀ-Þ]|\n)")
_ASKED = re.compile(r"[^.!\n]{0,110}\?")
_FIRST_PERSON = re.compile(
    r"(?<![a-z'])(?:(?:je|mon|ma|mes|moi|me|mme|mlle|monsieur|madame|m\.|mr|nous avons)(?![a-z])|[jm]')"
)
_ONE = re.compile(
    r"(?<![a-z'])(?:(?:cet|cette|ce|son|sa|ses) [a-z]+|(?:l'(?:agente?|eleve|enfant|interessee?|usagere?|auteur"
    r"|adolescente?|epouse|epoux)|(?:le|la|un|une) (?:[a-z]+ )?(?:agente?|eleve|usagere?|enfant|candidate?|demandeu\w+"
    r"|requerante?|patiente?"
    r"|locataire|voisine?|mere|pere|fils|fille|dame|jeune|homme|femme|famille|collegue|salariee?|stagiaire|chauffeur|conducteur"
    r"|conductrice|directeur|directrice|gardienne?|couple|defunte?|victime|suspecte?|mis en cause|mari|garcon|bebe))"
    r"(?:,? [a-z0-9']+,?){0,5}? (?:est|a|s'est|etait|avait|souffre|suit|se|va|vient|presente|refuse|porte|vit|fait"
    r"|serait|aurait)"
    r"|(?:il|elle) (?:est (?:enceinte|atteinte?|suivie?|malade|en |sous |sortie?|hospital|soignee?|decedee?)|a (?:ete"
    r"|eu|fait|avoue|dit|declare)|souffre|suit un|vit (?:seul|avec|chez|en)|s'est|vient de|prend d|lui|m'"
    r"|refuse de)|lui)"
    r"(?![a-z])"
)
# « la locataire suit… », « son frère », « elle élève seule »: two of these, not rules: the text tells of someone.
_SOMEONE = re.compile(
    r"(?<![a-z'])(?:(?:son|sa|ses) (?:mari|epouse|epoux|femme|conjointe?|compagn(?:e|on)|ex|pere|mere|parents?|fils"
    r"|filles?|enfants?|frere|soeur|voisine?|bebe|oncle|tante|employeur|medecin)"
    r"|(?:le|la|cet|cette|ce|un|une|l') ?(?:locataire|voisine?|dame|monsieur|interessee?|agente?|eleve|enfant|defunte?"
    r"|adolescente?|jeune (?:homme|femme|fille)|gardienne?|couple|mere|pere|usagere?|salariee?|stagiaire"
    r"|demandeu(?:r|se))"
    r"(?:,? [a-z0-9']+,?){0,5}? (?:est|a|s'est|etait|avait|souffre|suit|se|va|vient|refuse|vit|serait|aurait)"
    r"|(?:il|elle) (?:eleve|vit|souffre|suit un|touche l|dort|pleure|boit|prend (?:un|des|du)|s'est|vient de|lui|a ete"
    r"|a dit|a declare|travaillait|dit (?:que|avoir|etre)"
    r"|est (?:enceinte|atteinte?|suivie?|malade|hospital|soignee?)))(?![a-z])"
)
# « un usager aveugle est accompagné », « l'élève allergique apporte… »: a rule, in the present, for whoever it may be
_RULE = re.compile(
    rf"(?<![a-z'])(?:une?|l'|le|la|tout|toute|chaque) ?(?:{_ANYONE})(?: [a-z'-]+){{0,7}}? (?:peut|doit|beneficie"
    r"|conserve"
    r"|percoit|apporte|signale|informe|fournit|presente|dispose|transmet|n'a pas|n'est pas|reste|garde|choisit|demande"
    r"|est (?:accompagne|accueilli|inhum|poursuivi|invite|informe|tenu|place|oriente|dispens|rattach|prioritaire|exoner"
    r"|soumis|admis|reclasse|remplac|maintenu|affecte|convoqu|libre|sanctionn|recu|propose))(?![a-z]{6})"
)
_STATE = re.compile(r"(?<![a-z'])(?:il|elle|qui) (?:est|a|etait|avait|reste|serait|aurait)(?: [a-z]+){0,2} $")
_LONG = 600  # characters: a shorter text is a note, where people are told by a word


class NobodyTold:
    """Tells, of one text, the passages of health or belief that speak of nobody in particular."""

    def __init__(self, reading: Reading, people: Sequence[Span]) -> None:
        self.reading = reading
        self.people = people
        self._starts = [span.start for span in people]

    @cached_property
    def _questions(self) -> bool:
        """A list of questions and answers, where « je » is anyone."""
        return not self._sure and sum(1 for _ in _QUESTION.finditer(self.reading.text)) > 2

    @cached_property
    def _sure(self) -> int:
        return sum(1 for span in self.people if span.level == "masquer")

    @cached_property
    def _impersonal(self) -> bool:
        """A text of some length that names nobody and where nobody says « je »."""
        low = self.reading.low
        return (
            len(low) > _LONG
            and not self._sure
            and len(self.people) < 2 + len(low) // 800
            and not _FIRST_PERSON.search(low)
            and sum(_RULE.match(low, match.start()) is None for match in _SOMEONE.finditer(low)) < 2
        )

    def __call__(self, start: int, end: int) -> bool:
        """Is nobody in particular told by `start:end`?"""
        low = self.reading.low
        begin = max(low.rfind(mark, max(0, start - 160), start) for mark in (". ", "\n", "? ", "! ", "; ")) + 1
        begin = max(begin, start - 160, 0)
        first = bisect_left(self._starts, begin)
        named = first < len(self.people) and self.people[first].start < end + 60
        if self._questions and (not named or _ASKED.match(low, start)):
            return True
        left = low[begin:start]
        if named and not self._impersonal:
            return False
        own = _FIRST_PERSON.search(low, begin, min(len(low), end + 50)) is not None
        told = set(_WORD.findall(left))  # spares the patterns of the words that do not stand there
        if not own and (_DENIED.search(left) or (not told.isdisjoint(_OF_SUBJECTS) and _SUBJECT.search(left))):
            return True
        if _SHARE.match(low, end) or _SHARE.search(low, start, end):
            return True
        public = not told.isdisjoint(_OF_PUBLICS) and _PUBLIC.search(left)
        if (public or _PLURAL.match(low, start)) and not (
            own or _OWN_PUBLIC.search(low, begin, end) or _VERB_OF_STATE.search(left)
        ):
            return True
        if not self._impersonal:
            return False
        limit = min(len(low), end + 90)
        stop = min(place for place in (limit, low.find(". ", end, limit), low.find("\n", end, limit)) if place >= 0)
        if _STATE.search(left):
            return False
        if left.endswith(("les ", "des ", "aux ")) or low.startswith(("les ", "des ", "aux "), start):
            return True
        return _RULE.search(low, begin, stop) is not None or _ONE.search(low, begin, stop) is None
