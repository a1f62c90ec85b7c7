"""Notes of a meeting → items that stand by themselves: each keeps the matter of its line, and who does what is apart.

« Toiture : fuite. Devis reçu. OK pour lancer, Kevin signe avant le 4 » → « Toiture : fuite », « Toiture : devis reçu »,
« Toiture : OK pour lancer », « Toiture : Kevin signe avant le 4 ».
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier_ia.assistant.simulator.french import clean, loose_sentences, lower_first
from atelier_ia.assistant.simulator.neutral import ordinary
from atelier_ia.assistant.words import fold

TOLD_BEFORE = 5  # words of an action that the clause before explains
TOPIC_WORDS = 6  # words that a matter named before a colon has at most
_TOPIC = re.compile(r"^\s*(?:[-•*–>]+\s*|\d{1,2}\s?[).°/-]\s*)?(?P<topic>[^:.?!\n]{3,60}?)\s*:\s+(?=\S)")
_BULLET = re.compile(r"^\s*(?:[-•*–>]|\d{1,2}\s?[).°/-])")
_NO_TOPIC = re.compile(
    r"^(?:presents?|presentes?|excuse\w*|absent\w*|participants?|la|decisions?|actions?|todo|a faire|question\w*"
    r"|reponse"
    r"|rappel|nb|ps|info\w*|date|lieu|objet|ordre du jour|prochaine? .*|cr\b.*|compte rendu.*|reunion\b.*|point\b.*)$"
)
_ALONE = re.compile(
    r"^\W*(?:(?:c['’]est |donc )?(?:d[ée]cid[ée]e?s?|valid[ée]e?s?|act[ée]e?s?|adopt[ée]e?s?|approuv[ée]e?s?"
    r"|accept[ée]e?s?|refus[ée]e?s?|ok|(?:tout le monde (?:est )?)?d['’]accord(?: d(?:es|e) (?:deux|tou\w+))?"
    r"|accord (?:de tout le monde|de tous|général|unanime)|[àa] l['’]unanimit[ée]|unanimit[ée]"
    r"|oui|vot[ée]e?s?)(?: (?:[àa] l['’]unanimit[ée]|par tous|pour tous))?|(?:pas|non|rien de) (?:encore )?"
    r"(?:d[ée]cid[ée]|tranch[ée]|valid[ée]|act[ée])[^.]{0,40}|[àa] (?:voir|revoir|rediscuter|confirmer"
    r"|trancher)[^.]{0,30})\W*$",
    re.IGNORECASE,
)
_BODIES = (
    r"(?:[Ll]a mairie|[Ll]['’]agglo\w*|[Ll]e (?:DST|DGS|maire|secrétariat|service \w+|CCAS|syndicat|département"
    r"|bailleur|comité|prestataire|loueur|fournisseur|gardien|trésorier|président|placier|coordonnateur|DPD)"
    r"|[Ll]a (?:DGS|maire|directrice|police municipale|région|PM|gendarmerie|trésorière|présidente|gardienne"
    r"|communication)|[Ll]es (?:services techniques|ST|agents|élus)"
    r"|[Ll]['’](?:association|APE|OGEC|architecte|entreprise|adjointe?|électricien)|[Cc]haque (?:club|association"
    r"|service|école))"
)
_SAYS = re.compile(
    r"(?:propos|demand|rappel|expliqu|inform|signal|souhait|ve(?:u|ul)|voudr|aimer|di[ts]|pens|present|remerci"
    r"|indiqu|precis|repond|constat"
    r"|trouv|est\b|a\b|ont\b|sont\b|peu[tv]|accept|refus|estim|regrett|insist|annonc|s'inquiet|s'interrog|se plain"
    r"|craint|recommand|conseill|prefer|approuv|s'oppos|vot|vis|espere|note\b|notent|soulign|evoqu|parl|ajout|reste|decid|emet|suggere|particip|assist)"
)
_VERB = (
    r"(?!\S+ant\b)(?:(?:se|s['’]|l[ea]s?|l['’]|en|y|leur|lui|nous) ?)*"
    r"(?P<verb>[a-zà-ÿ]{2,}(?:e|t|d|a|ent|ont|ra|ront))\b"
)
# A verb is followed by what it bears on; « Mme Castel directrice, » is no verb.
_ON = (
    r"(?=\s+(?:l[ea]s?|l['’]|une?|des?|du|d['’]|à|aux?|en|pour|avec|sur|dans|par|avant|ce|cette|ces|son|sa|ses"
    r"|leurs?|chez|tout\w*"
    r"|deux|trois|quatre|\d|au(?:près|tour)|demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|plusieurs"
    r"|encore|aussi|sous)\b|\s+\d|\s+[a-zà-ÿ]{2,}(?:er|ir|re)\b)"
)
# « trouve les bénévoles », « demande aux ST », « demande les planches à la scierie »: something is to be had.
_FOR = re.compile(
    r"(?:trouve(?:nt|ra)? (?:les |la |le |l['’]|des |un |une |\d+ )(?![^,;]*\b(?:trop|pas|bien|cher|chère"
    r"|dommage|long|peu)\b)"
    r"|demande(?:nt|ra)? (?:un|le|les|des|\d+) (?:\w+ )?devis|demande(?:nt|ra)? (?:(?:un |une |des |les? |la "
    r"|l['’]|\d+ )[^,;.?]{2,40}? )?(?:aux? |à (?:la |l['’])?)(?!quoi|qui|ce )[^,;.?]+)"
)
_CLITIC_VERB = r"(?:(?:se|s['’]|l[ea]s?|l['’]|en|y|leur|lui) ?)+(?![a-zà-ÿ]+ant\b)[a-zà-ÿ]{2,}(?:e|t|d|a|ent|ont)\b"


# « Hugo et Maë s'occupent des affiches »
_BUSY = re.compile(
    r"(?:^|[,;:]\s+)(?P<who>(?:(?:M\.|Mme)\s)?[A-ZÀ-Ý][\w-]+(?:(?:,\s|\set\s)(?:(?:M\.|Mme)\s)?[A-ZÀ-Ý][\w-]+)*)\s"
    r"(?:s['’]occupe(?:nt|ra|ront)?|se charge(?:nt|ra|ront)?)\s(?:d[eu]s?\b|d['’])"
)
# « …, Mme A les appelle »: what she does bears on what was just told.
_ABOUT = r"(?:l[ea]s? |l['’]|leur |lui |en |y |s['’]en )(?=[a-zà-ÿ]{3,}(?:e|t|d|a|ent|ont|ra)\b)"
# « police municipale (B. Carré) »
_NAME_INSIDE = re.compile(r"^(?:[A-ZÀ-Ý]\.|M\.|Mme|Mlle)\s?[A-ZÀ-Ý][\w'’-]+(?:\s[A-ZÀ-Ý][\w'’-]+)?$")


def people(present: Sequence[str]) -> str:
    """An expression for the people who are there, by any of their names, and for the usual bodies."""
    names: list[str] = []
    for written in present:
        told = written.rsplit(":", 1)[-1].strip()
        names += [one for one in re.findall(r"\(([^()]*)\)", told) if _NAME_INSIDE.match(one)]
        # « Camille Noiret (bureau d'études Urbalys) »: the firm acts by its name as well
        names += re.findall(
            r"\((?:entreprise|société|ets|ent\.|bureau d['’]études"
            r"|cabinet) ([A-ZÀ-Ý][\w'’-]{3,}(?: [A-ZÀ-Ý][\w'’-]+)?)\)",
            told,
            re.I,
        )
        bare = clean(re.sub(r"\([^)]*\)", "", told))
        if not re.search(r"\b(?:M\.|Mme|[A-ZÀ-Ý][a-zà-ÿ]{2,})", bare):  # « assistant prévention (Kevin) »
            inside = " ".join(re.findall(r"\(([^()]*)\)", told))
            names += re.findall(r"(?<![\w.])[A-ZÀ-Ý][a-zà-ÿ-]{2,}(?![\w.])", inside)
        bare = re.sub(r"^(?:la |le |l['’])?[a-zà-ÿ-]+ (?=(?:M\.|Mme|[A-ZÀ-Ý]))", "", bare)
        words = [word for word in bare.split() if word[0].isupper()]
        if words and len(words) <= 4:
            names += [bare, *(word for word in words if word not in ("M.", "Mme", "Mlle", "MM.") and len(word) > 2)]
        if re.fullmatch(r"(?:la |le |l['’])(?!mairie|commune)[a-zà-ÿ]{4,14}", bare):  # « l'adjointe »
            names += [bare, bare[:1].upper() + bare[1:]]
    known = "|".join(re.escape(name) for name in sorted(set(names), key=len, reverse=True))
    title = r"(?:(?:M\.|Mme|Mlle|[Mm]onsieur|[Mm]adame) )?"
    titled = r"(?:M\.|Mme) [A-ZÀ-Ý][\w'’-]+(?: [A-ZÀ-Ý][\w'’-]+)?"
    return rf"(?:{title}(?:{known})|{titled}|{_BODIES})" if known else rf"(?:{titled}|{_BODIES})"


def does(item: str, who: str) -> re.Match[str] | None:
    """« Kevin signe… »: someone known (`who`, an expression) and what they do, rather than say; None otherwise."""
    match = re.match(
        rf"(?P<who>{who}(?: et (?:{who}))?) (?={_VERB.replace('(?P<verb>', '(?:')}{_ON}|{_CLITIC_VERB}){_VERB}", item
    )
    charged = re.match(
        rf"(?P<who>{who}) (?P<verb>pilote|s['’]en (?:charge|occupe)|gère|suit|relance|coordonne|remplace|transmet"
        rf"|commande|répare|livre|pose"
        rf"|vérifie|prépare|range|achète)(?=\s*(?:[,.;]|$))|(?P<doer>{who}) (?P<does>fait|rend|commande|pose|posent"
        rf"|envoie|prépare|vérifie"
        r"|appelle|rédige|répare|réserve|imprime|contacte|organise|fournit|achète|remplace)(?= [a-zà-ÿ\d])(?! (?:pas"
        r"|plus|partie"
        r"|que|confiance|remarquer|savoir)\b)",
        item,
    )
    if match and re.search(r"(?<!\bf)(?<!ref)ai(?:t|ent)$|^gard", match["verb"]):
        match = None  # « le yoga voulait… », « le basket garde la salle » tell no task
    if not match and charged and charged["doer"]:
        return re.match(rf"(?P<who>{who}) (?P<verb>\S+)", item)
    match = match or charged
    if match and re.match(r"(?:trouv|demand)", match["verb"]) and _FOR.match(item[match.start("verb") :]):
        return match
    return match if match and not _SAYS.match(fold(match["verb"])) else None


def taken_up(item: str, who: str) -> re.Match[str] | None:
    """« 4 familles, Mme A les appelle », « un devis ; M. B le fournira »: who acts on what was just named."""
    if busy := _BUSY.search(item):
        return busy
    if later := re.search(
        rf"(?P<who>{who}) (?:répond|dit|indique|précise)\b[^;.]*,\s(?:il|elle) (?:leur|lui|nous) dit", item
    ):
        return later
    if asks := re.search(
        rf"[,;]\s+(?:et\s)?(?P<who>{who}) (?:demande\w* (?:aux?|à)|en parle(?:ra)? (?:aux?|à))\s", item
    ):
        return asks
    found = re.search(rf"[,;:]\s+(?:et\s)?(?P<who>{who}) (?={_CLITIC_VERB}|{_ABOUT})(?P<verb>\S+ ?\S+)", item)
    if found and not _SAYS.match(_said_verb(found["verb"])):
        return found
    # « Le coût n'est pas connu, Mme A se renseigne »: a few words that only the clause before explains
    tail = re.search(rf"[,;:]\s+(?:et\s)?(?P<who>{who})(?P<verb>\s[^,;:]+)$", item)
    return tail if tail and does(item[tail.start("who") :], who) else None


def _said_verb(told: str) -> str:
    """« les appelle » → « appelle », « s'engage à » → « engage »."""
    first, *others = fold(told).split()
    return first.split("'")[-1].split("’")[-1] if re.search(r"['’]\w", first) or not others else others[0]


def topic(line: str) -> str:
    """The matter that a line of notes names before a colon; '' when what stands there is no matter."""
    match = _TOPIC.match(line)
    if not match:
        return ""
    named = clean(re.sub(r"^\d{1,2}\s?[).°/-]\s*", "", match["topic"]))
    return "" if len(named.split()) > TOPIC_WORDS or _NO_TOPIC.match(fold(named)) else named


def split(pieces: Sequence[str], line: str, who: str) -> list[str]:
    """The pieces of one line, cut before whoever acts, joined to the verdict alone that follows, with their matter."""
    named = topic(line)
    if re.match(rf"^{who}$", named):
        named = ""
    if len(pieces) > 1 and re.fullmatch(r"\W*\d{1,2}\W*", pieces[0]):  # « 1. » is no sentence
        pieces = [f"{pieces[0]} {pieces[1]}", *pieces[2:]]
    found: list[str] = []
    for piece in pieces:
        cut = re.split(rf"\s*(?:[,;]|->|→|=>)\s+(?:et |donc )?(?={who} {_VERB.replace('(?P<verb>', '(?:')})", piece)
        for place, part in enumerate(cut):
            if place and (
                len(part.split()) <= TOLD_BEFORE
                or not does(part, who)
                or re.match(
                    rf"{who} (?:{_ABOUT}"
                    rf"|demande\w* (?:aux?"
                    rf"|à)\s)",
                    part,
                )
            ):
                found[-1] = f"{found[-1]}, {part}"
            elif found and _ALONE.match(part) and not place:
                found[-1] = f"{clean(found[-1])} : {lower_first(clean(part))}"
            else:
                found.append(part)
    if not named or not _BULLET.match(line):
        return found
    return (
        [found[0], *(part if topic(part) else f"{named} : {_lowered(part, who)}" for part in found[1:])]
        if found
        else []
    )


def _lowered(part: str, who: str) -> str:
    first = part.split()[0] if part.split() else ""
    if first in ("Le", "La", "Les", "Un", "Une", "Des", "Il", "Elle", "On"):
        return lower_first(part)
    return lower_first(part) if not re.match(who, part) and first[1:].islower() and ordinary(first) else part


def without_topic(item: str) -> str:
    """What an item says, its matter left out."""
    named = topic(item)
    return item.split(":", 1)[1].strip() if named and ":" in item else item


# What brackets hold is one: « 2 élus du personnel (Nathalie et Paul) ».
_HELD = str.maketrans({",": "\x02", ";": "\x03", " ": "\x04"})
_FREED = str.maketrans({"\x02": ",", "\x03": ";", "\x04": " ", "\x05": " et "})


def named_people(text: str) -> list[str]:
    """The people that a roll names, one by one."""
    # « et moi pour le secrétariat (Brigitte) »
    text = re.sub(r"\b(?:moi|moi-même) (?:pour|au) (?:le |la )?(\w+) \(([A-ZÀ-Ý][\w-]+)\)", r"\2 (\1)", text)
    text = re.sub(
        r"^\W*(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|\d+)[\s,:]+(?=l[ea] |M\.|Mme|madame|monsieur)", "", text
    )
    text = re.sub(r"(?<=[a-zà-ÿ)])\s+\+\s+(?=(?:M\.|Mme|[A-ZÀ-Ý]))", ", ", text)
    # « et pour la mairie Mme A l'adjointe »
    text = re.sub(
        r"(?:^|(?<=,)\s*|(?<=\bet)\s+)pour (l[ea]s? [a-zà-ÿ]+) ((?:M\.|Mme)\s[^,;()]+?)(?=\s*(?:,|;"
        r"|$))",
        r" \2 (\1)",
        text,
    )
    apart = re.sub(r"(\b[A-ZÀ-Ý][a-zà-ÿ'’-][\wà-ÿ'’-]*)\s+(?=(?:Mme|M\.|MM\.|[Mm]onsieur|[Mm]adame)\s)", r"\1, ", text)
    apart = re.sub(r"\([^()]*\)", lambda held: held[0].replace(" et ", "\x05").translate(_HELD), apart)
    told = [part.translate(_FREED) for part in re.split(r"\s*(?:,|;|\bet\b)\s*", apart)]
    return [name for part in told if (name := clean(re.sub(r"^\s*(?:moi|nous)\s+(?=[A-ZÀ-Ý])", "", part)))]


def announced(lines: Sequence[str], roll: re.Pattern[str]) -> list[str]:
    """Who is there, wherever the notes say it."""
    told = [match[1] for line in lines for text in loose_sentences(line) if (match := roll.match(text))]
    return [name for names in told for name in named_people(names)]
