"""Read how a vote ended, in figures or in words: counts, unanimity, deferral, withdrawal. Nothing is worked out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from atelier_ia.assistant.simulator.spelled import in_figures
from atelier_ia.assistant.simulator.vote_marks import announced
from atelier_ia.assistant.words import fold

Outcome = Literal[
    "approuvée",
    "rejetée",
    "retirée",
    "reportée",
    "prend acte",
    "débat sans vote",
    "avis favorable",
    "avis défavorable",
    "non examinée",
    "information",
    "",
]

RESULT = re.compile(
    r"^\W*ok\W*$|(?:^|: )(?:dont )?acte\W*$|(?:^\W*|: )(?:pour |simple )?informations?\W*$|^\W*retrait\b"
    r"|^\W*votee?s?\b(?= ?(?:$|[,.;]|par\b|a l))"
    r"|^(?:(?:m\.|mme) )?[\w'-]+(?: [\w'-]+)? (?:est )?elue?\W*$"
    r"|^(?:mm?\.|mmes?|monsieur|madame) [\w'-]+(?:(?: et)? [\w'-]+){0,2} (?:(?:est|sont) )?elue?s? (?!municip|d[eu']"
    r"|qui)|"
    r"\b(unanim\w+|adopt(?:e|ee|es|ees|ons)\b|\bpas (?:ete )?tranche|on revote\w*|dossier a revoir|pas"
    r" souhaite se prononcer|sera revue?\b|en reparle|conseil refuse"
    r"|approuv(?:e|ee|es|ees|ons)\b|rejet(?:e|ee|es|ees)\b|annulee?s?\b|(?<!me )(?<!se )retire(?:e|s|es)?\b|ajourn\w+"
    r"|report(?:e|ee|es|ees|ons)\b(?! en (?:fonc|inves|sect|recet|depen|report))|report\b(?! (?:de|du|des)\b)"
    r"|renvoy\w+|surs(?:is|oit) a|repouss(?:e|ee|es|ees)\b"
    r"|(?:de |le |la |les )(?:retir|report|ajourn)er\b|(?:non|pas) (?:examine|presente)e?s?\b"
    r"|avis (?:du conseil )?(?:est )?(?:de)?favorable|\d+ voix"
    r"|\d+ (?:pour(?! (?:100|cent)\b)(?! \d+ (?!contre|abst|voix|blanc|nul)[a-z]{3})"
    r"|contre|abstentions?|blancs?|nuls?)\b|(?:pour|contre|abstentions?|blancs?"
    r"|nuls?)\W{0,3}(?:\d+(?!\d|[,.]\d| \d{3}\b)(?! ?(?:%|€|euros?|ans\b|mois\b|jours?\b))(?<!pour 100)|personne"
    r"|aucune?|neant)\b"
    r"|abstentions?\b|s'absti\w+|ne (?:prend|prennent|prenant) pas part|(?:vote|votent) (?:contre|pour)"
    r"|vote a bulletin secret"
    r"|scrutin secret|bulletins? secrets?|(?:est|sont|proclame\w*|declare\w*) (?:elu|designe|nomme)e?s?\b"
    r"|(?:prends?|prenons|prit|pris|donne|donnons|dont) acte|prise d'acte|pour information|(?:sans|pas de|ni)"
    r" vote\b|(?:n'(?:a|ont|avons) pas|pas(?: ete)?|non) votee?s?\b"
    r"|ne donne pas lieu a (?:un |une )?(?:vote|deliberation)|depouillement|a la majorite|mis(?:e|es)? aux voix)"
)
_ASKING = re.compile(r"\b(?:pour|contre|s'abstien\w*|abstention\w*|votent?|oppos\w+|avis)\b[^.?!]{0,20}\?$")
_ANSWER = re.compile(
    r"^\W*(?:\d+(?: voix)?|personne|aucune?(?: voix)?|neant|pas d'(?:abstention|opposition|observation)s?"
    r"|unanim\w+)\W*$"
)
_LABELS = (
    ("pour", r"(?:votent? |voix |qui est |est )?(?:pour|favorables?)"),
    ("contre", r"(?:votent? |voix |qui est |est )?(?:contre|defavorables?)"),
    ("abstentions", r"(?:abstentions?|abst\b\.?|s'absti(?:ent|ennent)|qui s'abstient)"),
    ("blancs", r"(?:(?:bulletins? |votes? )?blancs?)"),
    ("nuls", r"(?:(?:bulletins? |votes? )?nuls?)"),
)
_INITIALS = re.compile(r"\b(\d+)\s?([PCA])\b")  # « 21 P / 2 C / 1 A »
_NAMES = {"P": "pour", "C": "contre", "A": "abstentions"}
_NONE = r"(?:personne|aucune?|neant|zero|pas d')"


@dataclass(frozen=True)
class Vote:
    """Counts as announced, by label; a label that was not announced is absent."""

    counts: dict[str, int]

    def __str__(self) -> str:
        named = {
            label: (label[:-1] if count < 2 and label.endswith("s") else label) for label, count in self.counts.items()
        }
        return ", ".join(f"{named[label]} : {count}" for label, count in self.counts.items())


def counted(text: str) -> Vote:
    """The counts that the sentences of a vote announce."""
    if written := announced(text):
        plural = {"abstention": "abstentions", "blanc": "blancs", "nul": "nuls"}
        return Vote({plural.get(label, label): count for label, count in written.items()})
    told = fold(in_figures(_INITIALS.sub(lambda match: f"{match[1]} {_NAMES[match[2]]}", text)))
    told = re.sub(rf"\b{_NONE}\b", "0", told)
    told = re.sub(r"\b0 (?:voix|opposition)\b", "0", told)
    # « pour 25 contre 0 » names before it counts; « 25 pour, 0 contre » counts before it names.
    names = "|".join(label for _, label in _LABELS)
    first_name = re.search(rf"\b(?:{names})\W{{0,4}}\d", told)
    first_count = re.search(rf"\b\d+\W{{0,2}}(?:voix )?(?:{names})\b", told)
    named_first = bool(first_name) and (not first_count or first_name.start() < first_count.start())  # type: ignore[union-attr]
    counts: dict[str, int] = {}
    for key, label in _LABELS:
        before = re.search(
            rf"\b{label}\s*(?:de\s*)?[?:,=(]?\s*(?:l'|le |la )?(\d+)\b(?![,.]\d)(?!\s*(?:h\b|heures?|euros?|€|%))", told
        )
        after = re.search(
            rf"\b(\d+)\s*(?:voix\s*)?(?:sont\s*)?(?:d'\s*)?{label}\b(?! \d+ (?!contre|abst|voix|blanc"
            rf"|nul)[a-z]{{3}})",
            told,
        )
        match = (before or after) if named_first else (after or before)
        if match and int(match[1]) < 1000:
            counts[key] = int(match[1])
    if not counts and (match := re.search(r"\b(\d+) voix\b(?! (?:pour )?(?:m\.|mme|monsieur|madame))", told)):
        if re.search(r"adopt|approuv|\bfavorable", told):
            counts["pour"] = int(match[1])
    elif "pour" not in counts and (match := re.search(r"(?:adopt|approuv)\w* (?:par|avec|a) (\d+) voix", told)):
        counts = {"pour": int(match[1]), **counts}
    return Vote(counts)


def tells_result(sentence: str) -> bool:
    """Does this sentence ask for votes, count them, or announce how a point ended?"""
    folded = fold(in_figures(_INITIALS.sub(lambda match: f"{match[1]} {_NAMES[match[2]]}", sentence))).strip()
    if re.search(
        r"\bje demande\b|\bnous (?:voterons|nous abstiendrons)|\bs'abstiendr|\bvoter(?:a|ai|ons|ont)\b", folded
    ):
        return False
    return bool(RESULT.search(folded) or _ASKING.search(folded) or _ANSWER.match(folded))


def answers(asked: str, said: str) -> bool:
    """Is `said` the reply to a call for votes (« Contre ? Deux, M. A et Mme B. »)?"""
    told = fold(in_figures(said)).strip()
    called = bool(_ASKING.search(fold(asked).strip()))
    return called and len(told.split()) <= 14 and bool(re.match(r"^\W*(?:\d|m\.|mmes?\b|mm\.|madame|monsieur)", told))


def only_answers(sentence: str) -> bool:
    """Is this sentence a bare answer (« Personne. », « Cinq. »), of which only the question tells the meaning?"""
    return bool(_ANSWER.match(fold(in_figures(sentence)).strip())) and not RESULT.search(fold(sentence))


_PUT_BACK = (
    r"\breport(?:e|ee|es|ees|ons)\b(?! en (?:fonc|inves|sect|recet|depen|report))|\breport\b(?! (?:de|du|des)\b)"
    r"|\brepouss(?:e|ee|es|ees) (?:a|au|en|d')"
    r"|\b(?:le|la|les|de) (?:reporter|ajourner)\b|\bremise? (?:a|au) (?:la |une |l')?(?:prochain|plus|seance|ordre)"
)
_ADVICE = re.compile(
    r"\b(?:(?:emet|donne|rend|emis|rendu|donnons) un avis|avis du conseil(?: est)?"
    r"|avis(?= (?:de)?favorable(?: du conseil|\W*$|\W+\d))|l'avis est) (?P<no>de)?favorable"
)


def outcome_of(sentence: str) -> Outcome:
    """How a point ended, by one sentence; '' when it does not say."""
    outside = re.sub(r"\([^()]*\)", " ", sentence)  # « DM n° 3 (travaux reportés) : 22 pour » is not put back
    folded = fold(in_figures(outside if RESULT.search(fold(in_figures(outside))) else sentence))
    proposed = re.search(r"\bje demande\b|\bpropose (?:de|d')", folded) and not re.search(r"\bd'accord\W*$", folded)
    if sentence.rstrip().endswith("?") or proposed:
        return ""
    if advice := _ADVICE.search(folded):
        return "avis défavorable" if advice["no"] else "avis favorable"
    if re.search(r"^\W*retiree?s?\b|: retiree?s?\b", folded):
        return "retirée"  # « retiré, renvoyé au bureau »
    if re.search(
        rf"{_PUT_BACK}|\bajourn\w+|\bpas (?:ete )?tranche|\bon revote\w*|\bdossier a revoir\b|\bpas souhaite"
        rf" se prononcer|\b(?:sera|seront) revue?s?\b|\ben reparle\w*"
        rf"|\brenvoy(?:e|ee|es|ees|ons)\b|\bsurs(?:is|oit) a\b",
        folded,
    ) and not re.search(r"\breport\w* (?:de|du|des) (?:credit|resultat|excedent|deficit)", folded):
        return "reportée"
    if re.search(
        r"\brejet(?:e|ee|es|ees)\b|n'est pas adopt|\bconseil refuse\b|pas (?:adopte|approuv)|repouss(?:e|ee|es"
        r"|ees)\b",
        folded,
    ):
        return "rejetée"
    if re.search(
        r"(?<!me )(?<!se )(?<!s'est )(?<!s'etant )\b(?:retire|annule)(?:e|s|es)?\b|\b(?:le|la|les|de)"
        r" retirer\b|\bretrait (?:de"
        r"|du) (?:point|l'ordre)|^\W*retrait\b(?! d)",
        folded,
    ):
        return "retirée"
    if re.search(r"\b(?:non|pas) (?:ete )?(?:examine|presente)e?s?\b", folded):
        return "non examinée"
    if re.search(r"\b(?:prends?|prenons|pris|donne|donnons|dont) acte\b|\bprise d'acte\b|^\W*acte\W*$", folded):
        return "prend acte"
    if re.search(
        r"\b(?:n'(?:a|ont|avons) pas|n'est pas|pas(?: ete)?|non) votee?s?\b|\bon (?:ne )?vote pas\b", folded
    ) and not re.search(r"\bpas vote (?:contre|pour)\b", folded):
        return "débat sans vote"
    if re.search(r"(?:^\W*|: )(?:pour |simple )?informations?\W*$", folded):
        return "information"
    if re.search(r"\b(?:sans|pas de) vote\b|\bne donne pas lieu a (?:un |une )?(?:vote|deliberation)", folded):
        return "débat sans vote"
    if re.search(
        r"\b(?:unanim\w+|(?<!est )ok|est passee?(?= avec| a |,|\.)|adopte(?:e|s|es)?|approuve(?:e|s|es)?"
        r"|est votee?|c'est vote|(?:^|(?<=[,;:] ))votee?s?(?= ?(?:$|[,.;]|par\b|a l))"
        r"|(?:est|sont|proclame(?:e|s)?|declare(?:e|s)?) (?:elu|designe|nomme)e?s?|[:,;] (?:m\."
        r"|mme) [\w' -]{2,30} elue?(?=\W*$))\b",
        folded,
    ):
        return "approuvée"
    return ""
