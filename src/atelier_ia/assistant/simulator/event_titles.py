"""What an announcement is about, in the few words of a title: never what is asked of the writer, never cut in a phrase.

« La mairie fermera à 12 h… » → « Fermeture de la mairie »; « La rue Haute sera barrée… » → « Rue Haute barrée ».
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.event_frame import LISTED, without_status
from atelier_ia.assistant.simulator.french import DATE, HOUR, WEEKDAY, clean, join_and, loose_sentences, upper_first

TITLE_WORDS = 14

_TITLE_LINE = re.compile(
    r"^\s*(?:titre|objet|événement|evenement|nom|quoi|intitulé)\s*:\s*(.+)$", re.IGNORECASE | re.MULTILINE
)
_ANNOUNCED = re.compile(
    r"\b(?:organis(?:e|ent|ons|era|eront|ant)|propos(?:e|ent|ons|era)|accueill(?:e|ent|ons|era)|annonc(?:e"
    r"|ent|ons)|prépar(?:e|ent|ons)|"
    r"lanc(?:e|ent|ons|era)|célèbr(?:e|ent|era)|fête(?!\s+d[eu]|\s+des)(?:nt|ra)?|ouvr(?:e|ent|ira)|inaugur(?:e"
    r"|ent|era)|(?:vous\s+)?(?:invite|convie)(?:nt|ons)?[^.]{0,40}?\s(?:à|au|aux))\s+"
    r"((?:(?:un|une|le|la|les|l['’]|son|sa|ses|notre|nos|des|du|de la)\s*)?[^.,;:!?\n]{4,80}?)"
    r"(?=\s+(?:le|du|au|à partir|dès|ce|ces|samedi|dimanche|lundi|mardi|mercredi|jeudi|vendredi|de \d|à la|à "
    r"l['’]|sur|dans|pour|avec|en|place|salle)\b|[.,;:!?\n(]|$)",
    re.IGNORECASE,
)
_TAKES_PLACE = re.compile(
    r"^\W*((?:Le|La|Les|L['’]|Un|Une)?\s*[^.,;:!?\n]{4,80}?)\s+(?:aura lieu|auront lieu|se tiendra|se déroulera"
    r"|se tient|revient|débute|commence|est prévue?|est organisée?|a lieu|ouvre)",
    re.MULTILINE,
)
ORDERED = re.compile(
    r"^\W*(?:(?:bonjour|bonsoir)[\s,!]*)?(?:(?:alors|donc|bon|voilà)\s+)?(?:pour\s+(?=l['’]affiche|le flyer"
    r"|l['’]affichette))?(?:(?:faites|fais|faire|prépare[rz]?|crée[rz]?|il (?:nous )?faut"
    r"|il (?:nous )?faudrait|je voudrais|on veut|on voudrait|(?:nous|on) (?:souhait|voudri|aimeri"
    r"|désir)\w+(?: avoir)?|besoin d['’]|(?:pouvez-vous|pourriez-vous|peux-tu"
    r"|tu peux|merci de)\s+(?:nous\s+|me\s+)?(?:préparer|faire|créer|réaliser|concevoir|imaginer))"
    r"[- ]?(?:moi|nous)?\s*)?(?:(?:une?|l['’]|des?)\s*)?(?:affichettes?|affiches?|flyers?|prospectus|tracts?|dépliants?"
    r"|visuels?|posts?|stor(?:y|ies))(?![\w-])"
    r"(?:\s+(?:en\s)?(?:A\d|recto(?:[- ]verso)?|format\s+\w+|\+\s*\w+"
    r"|et\s+(?:une\s+)?\w+))*\s*,?\s*(?:pour\s+(?:dire|rappeler|demander|inviter)\s+(?:aux?\s+\w+\s+)?(?:de\b"
    r"|d['’]|à\b|que\b)?"
    r"|pour\s+(?:annoncer\s+)?(?:le\b|la\b|les\b|l['’])?|sur\s+(?:(?:les|le|la)\b|l['’])?|de\s+rappel|(?:du"
    r"|de la|des)\s+|de\s+l['’]|:|,|-)?\s*",
    re.IGNORECASE,
)


def title_of(source: str) -> str:
    """The title of what `source` announces."""
    title = upper_first(_shown(_title(_announcing(source)))).rstrip(" .,:;")
    if "«" not in title and len(title.split()) <= 6 and (work := _WORK.search(" ".join(loose_sentences(source)[:1]))):
        return f"{title} « {work['name']} »"
    return title


# « l'affiche du spectacle jeune public, c'est « La Lune en pantoufles » »: what is shown has a name.
_WORK = re.compile(
    r"\b(?:spectacle|concert|film|ciné[\w-]*|pièce|exposition|expo|conférence|projection|conte|opéra"
    r"|documentaire)\b[^«.\n]{0,90}"
    r"«\s*(?P<name>[^»\n]{3,70}?)\s*»",
    re.IGNORECASE,
)


def _title(source: str) -> str:
    bare = ORDERED.sub("", source, count=1).strip()
    source = bare if len(bare.split()) >= 3 else source
    if quoted := _CALLED.search(" ".join(loose_sentences(source)[:1])):
        return clean(quoted["title"])
    if match := _TITLE_LINE.search("\n".join(source.strip().split("\n")[:2])):
        return clean(match[1])
    lines = [line.strip() for line in source.strip().split("\n") if line.strip()]
    lines[:1] = [re.sub(r"^[-–—*•]\s+", "", line) for line in lines[:1]] if len(lines) > 1 else lines[:1]
    if (
        lines
        and len(lines) > 1
        and 1 < len(lines[0].split()) <= 10
        and not lines[0].endswith((".", ","))
        and ":" not in lines[0]
    ):
        # « Repas des aînés dimanche 14 mars 12 h salle Rameau »: the title, then when and where
        return upper_first(
            clean((_named(lines[0]) if DATE.search(lines[0]) else _BRACKETED.sub("", lines[0])).rstrip("!"))
        )
    listed = [LISTED.sub("", line) for line in lines if LISTED.match(line) and DATE.search(line)]
    if len(listed) >= 2 and listed[0] in lines[0]:
        return upper_first(join_and([_named(clean(line)) for line in listed[:3]]))
    opening = " ".join(loose_sentences(source)[:1])
    for pattern in (_TAKES_PLACE, _ANNOUNCED):
        if match := pattern.search(opening):
            title = re.sub(
                r"^(?:un|une|le|la|les|son|sa|ses|notre|nos|des|du|de la)\s+|^l['’]",
                "",
                clean(match[1]),
                flags=re.IGNORECASE,
            )
            if len(title) > 3 and not DATE.match(title):
                return upper_first(title)
    if given := _GIVES.match(opening):
        return _given(given)
    first = [_DATED_LEAD.sub("", sentence, count=1) for sentence in loose_sentences(source)[:1]]
    head = (
        re.sub(r"^pour\s+(?:(?:les|la|le)\s+|l['’])", "", _named(clean(first[0])), flags=re.IGNORECASE) if first else ""
    )
    return upper_first(_cut(head))


# « L'école de musique donnera son concert d'hiver le… » → « Concert d'hiver de l'école de musique »
_GIVES = re.compile(
    r"^(?P<who>(?:Le|La|Les|L['’])\s?[^.,;:]{3,50}?)\s(?:donne(?:ra|ront|nt)?|joue(?:ra|ront|nt)?|tien(?:t|dra|nent"
    r"|dront)|fête(?:ra)?"
    r"|présente(?:ra|ront|nt)?|offr(?:e|ira|ent|iront)|prépare(?:nt)?)\s(?P<its>son |sa |ses |leurs? "
    r"|une? )(?P<what>[a-zà-ÿ][^.,;:]{3,60}?)"
    rf"(?=\s(?:le|la|ce|du|au|à|en|dans|pour|avec|aux|sur|samedi|dimanche|{WEEKDAY})\b|[.,;:]|$)",
    re.IGNORECASE,
)


def _given(match: re.Match[str]) -> str:
    who = match["who"]
    led = re.sub(r"^(?:les\s)", "des ", re.sub(r"^(?:le\s)", "du ", who, flags=re.IGNORECASE), flags=re.IGNORECASE)
    led = led if led != who else f"de {who[:1].lower()}{who[1:]}"
    return upper_first(f"{match['what']} {led}")


# « Attention changement !! », « Info importante : »: they call for attention and announce nothing.
_CALL = re.compile(
    r"\A\W*(?:(?:attention|urgent|info(?:rmation)?s?|importante?s?|pratiques?|rappel|flash|changement|nouveautés?"
    r"|à noter"
    r"|alerte|bonne nouvelle|communiqué|dernière minute|de date|d['’]horaires?|de programme|aux habitants"
    r"|avis)\b\W*){1,4}"
    r"(?:[!.:…]+\s+|\n\s*)(?=\S)",
    re.IGNORECASE,
)
# « La piscine fermera » → « Fermeture de la piscine »
_NAMES = (
    (r"(?:ré|r)ouvr(?:e|ira|iront|ent)", "Réouverture"), (r"ouvr(?:e|ira|iront|ent)", "Ouverture"),
    (r"ferm(?:e|era|eront|ent)", "Fermeture"), (r"déménage(?:ra|nt|ront)?", "Déménagement"),
)  # fmt: skip
_TAKES = r"(?:ouvre|ouvrira|débute|débutera|commence|revient|aura lieu|se tiendra|se tient|s['’]installe)"
_VERBED = re.compile(
    r"^(?P<the>le |la |les |l['’]\s?)(?P<what>[^,.;:!?]{3,60}?) (?:(?P<verb>"
    + "|".join(verb for verb, _ in _NAMES)
    + r")(?:\s.*)?|(?:est|sont|sera|seront|reste|restent|restera) (?P<state>[^,.;:]{4,60}))$",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\s(?:(?:était |est |initialement )?prévue?s?|programmée?s?|qui (?:devait|était)\b.*)(?:\s(?:le|ce|au|à))?$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*\([^()]*\)\s*$")
_INSIDE = re.compile(
    r"\s(?=(?:de|du|des|d['’]|à|au|aux|en|pour|avec|par|sur|dans|et|ou|qui|que|dont|relative?s?|pendant|suite)\b)"
)


_INFORMS = re.compile(
    r"\A\W*[^.,;:!?\n]{3,60}? (?:nous )?(?:annonce|informe|signale|indique|prévient|fait savoir) (?:que |qu['’])"
)


def _announcing(source: str) -> str:
    """`source` from where it announces something."""
    bare = _INFORMS.sub("", _CALL.sub("", source, count=1), count=1)
    return bare if len(bare.split()) >= 4 else source


def _cut(head: str) -> str:
    """As many words as a title holds, up to the end of a phrase."""
    if len(head.split()) <= TITLE_WORDS:
        return head
    ends = [match.start() for match in _INSIDE.finditer(head) if 3 <= len(head[: match.start()].split()) <= TITLE_WORDS]
    return head[: ends[-1]] if ends else " ".join(head.split()[:TITLE_WORDS])


def _shown(title: str) -> str:
    """A sentence as a headline: its verb as a noun, or left out before a participle; nothing said of its new date."""
    title = _PLANNED.sub("", without_status(title)).strip(" ,;:–-")
    title = re.sub(rf"^(?:l['’]|l[ea]s?\s)([^«]*«[^»]*») {_TAKES}$", r"\1", title, flags=re.IGNORECASE)
    sentence = _VERBED.match(title)
    if not sentence:
        return title
    if sentence["state"]:
        state = sentence["state"].split()[0]
        told = re.search(r"(?:é|ée|és|ées|t|te|ts|tes|i|is|ie|ies|u|ue|us|ues|e|es|s)$", state)
        return f"{sentence['what']} {sentence['state']}" if told else title
    name = next(name for verb, name in _NAMES if re.fullmatch(verb, sentence["verb"], re.IGNORECASE))
    the = sentence["the"].lower()
    led = {"le ": "du ", "les ": "des "}.get(the, f"de {the}")
    return f"{name} {led}{sentence['what']}"


# « affiche « Je trie à la cantine » »
_CALLED = re.compile(
    r"\b(?:affiches?|flyers?|tracts?|campagne|visuel)\s*[«\"“]\s*(?P<title>[^»\"”]{4,80}?)\s*[»\"”]", re.IGNORECASE
)
_DATED_LEAD = re.compile(
    rf"^\W*(?:(?:à partir d[ue]|à compter d[ue]|dès|du|le|ce"
    rf"|les)\s*(?:le\s+)?)?(?:{DATE.pattern})(?:\s+au\s+(?:{DATE.pattern}))?\s*[:,–-]?\s*"
    r"(?=\S+\s+\S+)",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:[\s,:;–-]|\b(?:à partir|à compter|depuis|jusqu['’]?|entre|avant|après|pour dire)\b|\b(?:des"
    r"|les) \d{1,2}(?=\W*$)|\bc['’]est\b|\b(?:le|la|les|l['’]|du|de|des|à|au|aux|dès|ce|en|un|une|pour"
    r"|et)\b)*$",
    re.IGNORECASE,
)


# « En raison du verglas, ramassage suspendu… »
_WHY_FIRST = re.compile(
    r"^\W*(?:en raison|à cause|du fait|compte tenu|suite (?:à|aux?))\b[^,.]{3,60},\s+(?=\S+\s+\S+)", re.IGNORECASE
)


def _named(sentence: str) -> str:
    """What a sentence announces, before it says when, where and how."""
    sentence = re.sub(
        r"\s*\([^()]*\)(?=\s+(?:est|sont|sera|seront|a|ont|ferme\w*)\b)", "", _WHY_FIRST.sub("", sentence)
    )
    for end in (DATE, HOUR, re.compile(r"\ble \d{1,2}/\d{1,2}\b"), re.compile(r"\s[:=–-]\s"), re.compile(r"[,;(]")):
        for match in end.finditer(sentence):
            if sentence[: match.start()].count("«") > sentence[: match.start()].count("»"):
                continue  # a name keeps its commas and dates
            head = _TRAILING.sub("", sentence[: match.start()])
            if len(head.split()) >= 2 or len(head) >= 8:
                sentence = head
                break
    return sentence
