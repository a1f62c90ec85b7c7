"""What notes tell without its being decided (hopes, rumours, « à confirmer »): nothing published tells it as sure.

A doubt alone (« …, rien de fait ») takes with it what it bears on; a clause that holds its own matter (« peut-être un
magicien ») goes alone. The first clause of a text, which says what it announces, always stays.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import loose_sentences, upper_first
from atelier_ia.assistant.words import fold

_SETTLED = (
    r"(?:fait|sur|cale|acte|signe|valide|confirme|decide|tranche|vote|arrete|fixe|officiel|certain|definitif|boucle"
    r"|regle|garanti|acquis|gagne|commande|finance|reserve(?!(?:e|es|s)? (?:a|aux)\b))(?:e|es|s)?\b"
)
# Of these the matter itself is unsure, whatever else the clause says.
DOUBT = re.compile(
    rf"\b(?:(?:mais |et )?(?:rien (?:de |d')|pas (?:encore |du tout |vraiment |tout a fait )?|jamais "
    rf"|non )(?:ete )?{_SETTLED}"
    r"|(?:reste |tout )?a (?:(?:re)?confirmer|valider|caler|trancher)|on n'a pas (?:encore )?(?:la |de |eu )"
    r"|(?:pas|sans) (?:de |la )?(?:nouvelles?|confirmation|retour)\b|sous reserve (?:de |d')(?:confirmation"
    r"|accord)|en attente (?:de |d'"
    r"|du |des )"
    r"|on n'y croit|aucune? (?:info|information|confirmation|nouvelle|reponse)s?\b|(?:n'a"
    r"|n'ont) pas (?:encore )?(?:dit oui|donne (?:son|leur) accord)|rien dessus|on (?:attend avant"
    r"|reste prudents?|laisse de cote)|on attend (?:la|le|les|leur"
    r"|son|sa|ses|une?|encore|de"
    r"|confirmation|l')|(?:n'a|n'ont|a"
    r"|ont) (?:toujours )?pas (?:encore )?repondu"
    r"|pas (?:encore |eu )?(?:de |la )?reponse|reponse pas|on (?:ne )?sait pas|je (?:ne )?sais (?:pas|plus)"
    r"|(?:encore|trop) (?:flou|incertain|tot)"
    r"|(?:c'est|ce n'est) (?:encore )?(?:un projet|une idee|une piste|une rumeur|au conditionnel)|ca se discute"
    r"|en discussion|en negociation"
    r"|on verra|a l'etude|pas tranche)"
)
# These tell a hope or a rumour; « nous espérons vous voir nombreux » invites.
_HOPED = re.compile(
    r"\b(?:(?:on|nous|j'?|je|ils?|elles?|l[ea]s? [\w-]+|l'[\w-]+|(?:m\.|mme) [\w-]+|[\w-]+) ?(?:espere(?:nt)?\b"
    r"|esperons|croise\w* les doigts|aimerai\w*"
    r"|envisage\w*|songe\w*|reflechi\w*|pense\w* (?:a\b|aux?\b|re\w+|faire|mettre|pouvoir|que)|parle(?:nt)? (?:de|d')"
    r"|evoque\w*|imagine\w*"
    r"|(?<!je )(?<!on )(?<!nous )voudrai\w*|souhaiterai\w*|verrai\w* bien)(?! (?:a )?vous)"
    r"|il parait|parait-il|(?:le )?bruit court|on (?:dit|raconte|murmure) que|rumeur\w*|a ce qu'on dit"
    r"|apparemment|soi-disant"
    r"|peut-etre (?:une?|des?|l[ea]s?|l'|avec|aussi|en|aux?|reporte\w*|annule\w*)\b|\w+(?:ra|ront|rait|raient|ge"
    r"|ve) peut-etre|sans doute|probablement|si tout va bien|il y aurait|ce serait|serai(?:t|ent) (?:en cours"
    r"|prevu|bientot|question)\w*)"
)
_PUBLIC = re.compile(
    r"\b(?:vous|votre|vos)\b|\bcandidat|\bappel a\b|\bvenez\b|\bconcertation|\breunion publique|\benquete"
)
_NOT_KNOWN_YET = re.compile(r"\bdates?\b.{0,40}\b(?:pas (?:encore )?(?:connue|fixee|arretee)|communiquee?|precisee?)")
# « réouverture espérée mardi », « sous réserve » : said to the reader as unsure.
_HEDGED = re.compile(r"\b(?:esperee?s?|estimee?s?|normalement|en principe|sous reserve|si possible|au mieux)\b")
_CLAUSES = re.compile(r"(\s*;\s*|\s*,\s+(?!\d)|\s+[–—]\s+|\s+(?=mais\s)|\s+(?=ou bien\s))")
_BRACKET = re.compile(r"\s*\(([^()]*)\)")
_GOES_ON = re.compile(
    r"^\W*(?:donc|du coup|alors|sinon|parce qu|car|puisqu|si|ou|mais|avec|en|a|au|d'ici|depuis|ne pas|ne (?:le"
    r"|la|les)|n'en|on n(?:e|'en))\b"
)
_OUT = "\0"
_INNER = str.maketrans({",": "\x02", ";": "\x03", " ": "\x04"})
_OUTER = str.maketrans({"\x02": ",", "\x03": ";", "\x04": " "})
_BARE = 7  # words of a clause that only tells a doubt
_LEFT = 4  # words that are left of a sentence and tell nothing by themselves


# « (l'entreprise dit 4 mais le DST tient à 3) »: how it was argued is no news.
_ARGUED = re.compile(
    r"\s*\([^()]*\b(?:dit|disait|voulait|demandait|parlait de|voudrait)\b[^()]*\bmais\b[^()]*\)", re.IGNORECASE
)


# « mettre quand même le 7 », « → c'est confirmé »: said to the writer.
_KEPT_ANYWAY = re.compile(
    r"\s*[,;(]?\s*(?:mettre|mets|mettez|indiquer|écrire|garder|garde[zs]?) quand même [^,.;)\n]*\)?"
    r"|\s*(?:,|→|->|\(|–)\s*(?:c['’]est )?(?:confirmé|sûr|bon)\s*\)?(?=[.,;\n]|$)",
    re.IGNORECASE,
)


def confirmed(text: str) -> str:
    """`text` without what is not decided; a text that holds no doubt is left as it is."""
    text = _KEPT_ANYWAY.sub("", _ARGUED.sub("", text))
    lines = []
    first = True
    for line in text.split("\n"):
        if not line.strip():
            lines.append(line)
            continue
        told = [line]
        if _unsure(fold(line)):
            told = [one for whole in loose_sentences(line) for one in re.split(r"(?<=\)\.)\s+", whole)]
        if len(told) == 1 and not _unsure(fold(line)):
            lines.append(line)
        else:
            kept: list[str] = []
            for sentence in told:
                left = _sure(sentence, opening=first and not kept and sentence is told[0])
                # « Garderie prévue ? À confirmer. »: the doubt bears on the question before it.
                if not left and kept and kept[-1].rstrip().endswith("?") and _alone(fold(sentence)):
                    kept.pop()
                kept.append(left)
            if any(kept):
                lines.append(" ".join(one for one in kept if one))
        first = False
    return "\n".join(lines)


def _unsure(folded: str) -> bool:
    return bool(DOUBT.search(folded) or (_HOPED.search(folded) and not _PUBLIC.search(folded)))


def _alone(folded: str) -> bool:
    """Does a clause only tell a doubt, of what was said before it?"""
    match = DOUBT.search(folded)
    if not match:
        return False
    before = re.sub(
        r"\b(?:c'est|ce n'est|cela|ca|n'est|mais|et|la|le|on|tout|celui-la|celle-la|celui-ci|celle-ci|ceux-la"
        r"|reste|encore|meme|date|il|elle|est|ne|bien|pour)\b",
        " ",
        folded[: match.start()],
    )
    return not re.search(r"\w{3}", before) and len(folded[match.end() :].split()) <= _BARE


def _bracket(match: re.Match[str], *, opening: bool) -> str:
    """What a bracket leaves: itself, nothing, or the mark that what stands before it is not decided."""
    told = fold(match[1])
    if not _unsure(told) or _HEDGED.search(told) or (opening and _alone(told)):
        return " " + match[0].strip().translate(_INNER)
    outside = _alone(told.split(",")[0]) or re.search(r"\bne pas (?:l[ea]s?|l') ?\w+\W*$", told)
    return _OUT if outside else ""


def _sure(sentence: str, *, opening: bool) -> str:
    """A sentence without its unsure clauses; '' when what is left tells nothing."""
    if not _unsure(fold(sentence)) or _NOT_KNOWN_YET.search(fold(sentence)):
        return sentence
    guarded = _BRACKET.sub(lambda match: _bracket(match, opening=opening), sentence)
    parts = _CLAUSES.split(guarded)
    clauses, marks = parts[::2], ["", *parts[1::2]]
    gone = [False] * len(clauses)
    for place, clause in enumerate(clauses):
        told = fold(clause.translate(_OUTER))
        if _OUT in clause or (
            place and gone[place - 1] and _GOES_ON.match(told) and not re.search(r"\d\s?(?:h|€)", told)
        ):
            gone[place] = True
        elif _unsure(_BRACKET.sub("", told)):
            gone[place] = True
            if _alone(told):
                back = next((one for one in range(place - 1, -1, -1) if not gone[one]), -1)
                while back >= 0 and not gone[back] and not _HEDGED.search(fold(clauses[back])):
                    gone[back] = True
                    back -= 1 if re.match(r"\W*(?:ou|mais|et|ou bien)\b", fold(clauses[back])) else len(clauses)
    if opening and gone[0]:
        return sentence
    left = [f"{mark}{clause}" for mark, clause, out in zip(marks, clauses, gone, strict=True) if not out]
    text = re.sub(r"^[\s,;–—]+", "", "".join(left).translate(_OUTER)).strip()
    text = re.sub(r"^(?:et|mais|donc|ou)\s+", "", text)
    if not text or (gone[0] and len(text.split()) < _LEFT and not re.search(r"\d|gratuit", text)):
        return ""
    if all(gone[1:]) and len(gone) > 1 and len(text.split()) <= _LEFT and not re.search(r"\d", text) and not opening:
        return ""
    closing = sentence.rstrip()[-1:] if sentence.rstrip()[-1:] in ".!?…" else ""
    closing = f" {closing}" if closing in "!?" and closing and not text[-1:].isalpha() else closing
    return upper_first(text) + (closing if closing and not text.endswith((".", "!", "?", "…")) else "")
