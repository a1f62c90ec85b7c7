"""Reported speech: « Pouvez-vous me dire quand passe la benne ? » → « quand passe la benne », je → vous, vous → nous.

Each rule turns one construction; a sentence that none turns without risk gives '' and is left to the caller.
"""

from __future__ import annotations

import re
from itertools import pairwise

from atelier_ia.assistant.simulator.french import lower_first
from atelier_ia.assistant.simulator.person import swapped
from atelier_ia.assistant.simulator.spoken_questions import elliptic
from atelier_ia.assistant.words import fold
from atelier_ia.french_dictionary import is_french
from atelier_ia.place_names import begins_with_a_vowel

_VOWEL = re.compile(r"[aeiouyéèêâîôûœ]|h(?:abit|eur|or|iv|omm|ôp|ier|ist|umid|uit[rî])", re.IGNORECASE)
_ADDRESSEE_CAN = re.compile(
    r"^(?:est[- ]ce que vous )?(?:pouvez|pourriez|pourrez|voulez|voudriez|auriez|seriez)(?:[- ]vous)?"
    r"(?: bien| donc| aussi| également| s['’]il vous plaît)*"
    r"(?: (?:la gentillesse|l['’]amabilité|l['’]obligeance|en mesure) de)? +(?!pas\b)(?P<rest>.+)$",
    re.IGNORECASE,
)
_PLEASE = re.compile(
    r"^(?:merci (?:donc |aussi |bien )?(?:de|d['’])|prière de|pri[eè]re d['’])\s*(?P<rest>.+)$", re.IGNORECASE
)
_TOLD = re.compile(
    r"^(?:me|nous|m['’])\s?(?:dire|préciser|indiquer|confirmer|expliquer|informer|renseigner|faire savoir"
    r"|donner à savoir)"
    r"(?: (?:svp|s['’]il vous plaît))?,? (?P<rest>(?:si|s['’]|quand|comment|où|combien|pourquoi|qui|à qui|quel\w*"
    r"|ce qu).*)$",
    re.IGNORECASE,
)
_KNOW = re.compile(
    r"^(?:je (?:vous |me )?demande|savez[- ]vous|dites[- ](?:moi|nous)|est[- ]ce que vous savez|on peut savoir"
    r"|peut[- ]on savoir"
    r"|puis[- ]je savoir)"
    r" (?P<rest>(?:si|s['’]|quand|comment|où|combien|pourquoi|qui|à qui|quel\w*|ce qu).*)$",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(
    r"^(?P<clitics>(?:(?:ne pas|me|nous|y|en|le|la|les|lui|leur) |[ml]['’]\s?)*)(?P<verb>[a-zà-ÿ]+(?:er|ir|re"
    r"|oir))\b",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(
    r"^(?P<word>(?:(?:à partir de|à|de|par|pour|avec|chez|vers|depuis|jusqu['’]à|dans|en|sur|sous) )?"
    r"(?:quand|comment|où|combien(?: de [\wà-ÿ'’-]+| d['’][\wà-ÿ-]+)?|pourquoi|qui|quoi"
    r"|quel(?:le)?s?(?: (?!(?:est|sont|sera|seront|était|serait)\b)[\wà-ÿ'’-]+(?: (?:de|du|des|d['’]|en"
    r"|à)(?: ?[\wà-ÿ'’-]+){1,2}(?= \S+-))?)?))"
    r"(?: est[- ]ce que?| est-ce qu['’])?\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_INVERTED = re.compile(
    r"(?P<clitics>\b(?:(?:ne|se|me|nous|vous|y|en|le|la|les|lui|leur) |(?<!\w)[nmsl]['’])*)"
    r"(?P<verb>\b(?!rendez-)[a-zà-ÿ]+)-(?:t-)?(?P<who>je|il|elle|on|nous|vous|ils|elles|ce)\b",
    re.IGNORECASE,
)
_NOUNS = re.compile(
    r"^(?:le|la|les|l['’]|un|une|des|mon|ma|mes|notre|nos|votre|vos|ce|cet|cette|ces|d['’]autres|certain\w*"
    r"|chaque|mme|m\.|[A-ZÀ-Ý])"
)
_ORDERS = {
    "faites": "faire", "dites": "dire", "mettez": "mettre", "remettez": "remettre", "prenez": "prendre",
    "venez": "venir", "intervenez": "intervenir", "tenez": "tenir", "rendez": "rendre", "répondez": "répondre",
    "agissez": "agir", "permettez": "permettre", "inscrivez": "inscrire", "transmettez": "transmettre",
    "veillez": "veiller", "installez": "installer", "réparez": "réparer", "envoyez": "envoyer", "donnez": "donner",
    "rappelez": "rappeler", "appelez": "appeler", "nettoyez": "nettoyer", "enlevez": "enlever", "retirez": "retirer",
    "passez": "passer", "remboursez": "rembourser", "annulez": "annuler", "coupez": "couper", "bouchez": "boucher",
    "trouvez": "trouver", "aidez": "aider", "arrêtez": "arrêter", "supprimez": "supprimer", "laissez": "laisser",
    "changez": "changer", "expliquez": "expliquer", "confirmez": "confirmer", "indiquez": "indiquer",
    "précisez": "préciser", "interdisez": "interdire", "obligez": "obliger", "ramassez": "ramasser",
}  # fmt: skip
_ORDER = re.compile(
    rf"^(?:alors |donc |svp |merci,? )?(?P<verb>{'|'.join(_ORDERS)})(?:-(?P<to>moi|nous|le|la|les|lui|leur"
    rf"|y))?\b(?!-vous)"
    r"\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:est|sont|a|ont|etait|etaient|avait|avaient|sera|seront|serait|fait|font|va|vont|peut|peuvent|doit|doivent"
    r"|reste\w*|manque\w*|fonctionne\w*|marche|marchent|deborde\w*|coule\w*|aboie\w*|gene\w*|bloque\w*|empeche\w*"
    r"|passe|passent|roule\w*|arrive|arrivent|vient|viennent|dit|disent|faut|faudrait|devient|tombe|tombent"
    r"|depasse\w*|tourne"
    r"|sent|sentent|pousse|poussent|penche|menace\w*|traine\w*|stationne\w*|habite|vit|veut|veulent|souhaite"
    r"|demande|refuse\w*"
    r"|brule\w*|entre|entrent|casse|cassent|laisse\w*|jette\w*|gare|garent|crie\w*|hurle\w*|klaxonne\w*|prend"
    r"|prennent|met"
    r"|mettent|descend|perd|attend|repond|ferme|ouvre|ouvrent|mange\w*|creuse\w*|squatte\w*|envahit|deborde\w*"
    r"|pend|touche\w*|avons|sommes|faisons|aura|auront|aurait|[a-z]+ons|s'[a-z]+(?:e|ent|it)|se [a-z]+(?:e|ent|it)"
    r"|[a-z]{2,}(?:ait|aient|erait|eraient|era|eront))\b"
)


ORDERS = re.compile(
    rf"(?:{_ORDER.pattern})|(?:{_PLEASE.pattern})".replace("(?P<verb>", "(")
    .replace("(?P<to>", "(")
    .replace("(?P<rest>", "("),
    re.IGNORECASE,
)


_SECOND = re.compile(r"^(?:quel\w*|combien|o[uù]|quand|comment)\b[^,]*,\s*\w+-(?:vous|on|je|il|elle|t-on|t-il)\b")


_ASKING_WORD = re.compile(r"(?:comment|où|quand|combien|qui|quel\w*|à qui|pourquoi)\b", re.IGNORECASE)
# « on peut me l'envoyer, j'habite à Limoges »: why it is asked.
_BECAUSE = re.compile(
    r"(?<=\w{3}), (?=(?:moi,? )?(?:je |j['’])(?!(?:dois|peux|puis|ai|crois|pense)\b))(?!.*(?:\?|, (?:est-ce"
    r"|comment|combien|où|qui)\b))"
)
_OR_ELSE = re.compile(r",? ou (?:alors |sinon |bien )?(?=(?!y a)[a-zà-ÿ]+-(?:t-)?(?:vous|je|on|ils?|elles?)\b)")
# « il faut quoi et ça coûte combien »
_AND_THEN = re.compile(
    r",? et (?=(?:ça|c['’]est|il faut|on doit|je dois|on peut|je peux)\b|combien (?:ça|coûte)|que (?:fait|font)\b"
    r"|qui [a-zà-ÿ]+e\b)"
)
# « comment les inscrire et dans quelle école iront-ils »
_SECOND_WORD = re.compile(
    r",? et (?=(?:(?:à|de|dans|pour|en|chez) )?(?:quel\w*|qui|comment|combien|où|quand|que)\b[^,]*-(?:t-)?(?:je"
    r"|vous|on|ils?|elles?)\b)",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?P<lead>(?:en|pour|avec|sans|dans|à|au|si|du coup|après|avant|dès"
    r"|pendant)\b[^?]{2,60}?),? (?P<asked>est[- ]ce qu(?:e |['’]))(?P<rest>.+)$",
    re.IGNORECASE,
)
CLAUSE = 5  # words from which a text is more than a noun and its complements
_BEFORE_NOUN = re.compile(
    r"(?:^|['’])(?:le|la|les|l|un|une|des|du|de|d|mon|ma|mes|notre|votre|vos|nos|son|sa|ses|ce|cette|cet|ces|à|au"
    r"|aux|en|par|pour|sur"
    r"|sans|avec|et|ou|très|plus|\d+)$",
    re.IGNORECASE,
)


def asked(text: str) -> str:
    """What a question or an order asks, after « Vous nous demandez »: « si… », « de… »; '' if unsure."""
    text = re.sub(r"^a (?=qu(?:i|el\w*)\b)", "à ", lower_first(text.strip().rstrip("?!. ")))
    if (tail := _BECAUSE.search(text)) and (first := asked(text[: tail.start()])):
        why = swapped(re.sub(r"^moi,? ", "", text[tail.end() :]))
        return f"{first} : {why}" if why else first
    text = re.sub(r"^(?:il )?para[iî]t qu(?=e |['’])", "est-ce qu", text)
    text = re.sub(r",? ou (?:pas|non)$", "", re.sub(r"\bc['’]est qui qui\b", "qui", re.sub(r"^de savoir ", "", text)))
    if (_ASKING_WORD.match(text) or text.startswith("est-ce qu") or elliptic(text.split(" et ")[0])) and (
        cut := _AND_THEN.search(text)
    ):
        first, then = asked(text[: cut.start()]), asked(text[cut.end() :])
        if first and then:
            return f"{first} et {then}"
    if told := elliptic(text):
        return told
    if _SECOND.search(text):
        return ""  # « quelles autorisations, pouvez-vous prêter des tables »: two questions in one breath
    text = re.sub(r",? (?:et|et puis|puis) est[- ]ce qu(?:e |['’])(?=on\b)?", " et si ", text)
    if (cut := _OR_ELSE.search(text)) and (first := asked(text[: cut.start()])) and (then := asked(text[cut.end() :])):
        return f"{first} ou {then}"  # « est-ce le prestataire…, ou dois-je… »
    text = re.sub(r",? ou (?=[a-zà-ÿ]+-(?:t-)?(?:vous|je|on|ils?|elles?)\b)", " ou si ", text)
    # « comment faire, est-ce que c'est payant »: two questions
    if _ASKING_WORD.match(text) or text.startswith("est-ce"):
        text = re.sub(r", (?:est[- ]ce qu(?:e |['’])|(?=(?:il y a|c['’]est) ))", " et si ", text)
    if led := _LED.match(text):  # « en attendant, est-ce que je dois payer »
        text = f"{led['asked']}{led['rest']}, {led['lead']}"
    text = re.sub(r" ou (?=(?:je (?:peux|dois)|on peut|il faut)\b)", " ou si ", text)
    text = re.sub(r" ou est[- ]ce qu(?:e |['’])", " ou si ", text)
    if cut := re.search(r",? et (?=(?:y a|[a-zà-ÿ]{2,})-(?:t-)?(?:vous|je|on|ils?|elles?)\b|est-ce (?!qu))", text):
        first, then = asked(text[: cut.start()]), asked(text[cut.end() :])
        return f"{first} et {then}" if first and then else ""
    if second := _SECOND_WORD.search(text):
        first, then = asked(text[: second.start()]), asked(text[second.end() :])
        if first and then:
            return f"{first} et {then}"
    text = re.sub(r",? (?:m['’]a-t-on dit|paraît-il|si j['’]ai bien compris)$", "", text)
    if re.match(r"(?:(?:me|nous|lui) |m['’])[a-zà-ÿ]+(?:er|ir|re|oir)\b", text):
        return _of(text)  # « nous prêter dix tables »
    if match := _KNOW.match(text):
        return _clause(match["rest"])
    if match := re.match(
        r"(?:et )?c['’]est ((?:[àa] |pour |en |de )?(?:quel\w*|quand|où"
        r"|combien)\b.*)$",
        text,
        re.IGNORECASE,
    ):
        how_much = re.match(r"combien (?=l[ae]s? |l['’]|une? |pour )", match[1], re.IGNORECASE)
        return f"combien coûte {match[1][how_much.end() :]}" if how_much else f"{re.sub('^a ', 'à ', match[1])} c’est"
    for lead in (_ADDRESSEE_CAN, _PLEASE):
        if match := lead.match(text):
            rest = match["rest"]
            if wondered := _TOLD.match(rest):
                return _clause(wondered["rest"])
            return _of(rest)
    if match := _ORDER.match(text):
        return _order(match)
    return _clause(text) if text else ""


def about(text: str) -> str:
    """What a question without a verb is about: « Et pour la cantine ? » → « la cantine »; '' when it has one."""
    match = re.match(
        r"(?:(?:et|quid)\s+)*(?:(?:pour|sur|concernant|de)\s+)?(?P<what>(?:le|la|les|mon|ma|mes|notre|nos|votre"
        r"|vos|un|une|des)\s.+"
        r"|l['’].+)$",
        text.strip().rstrip("?!. "),
        re.IGNORECASE,
    )
    if match and (number := re.fullmatch(r"(?:les|des) (.+?),? combien", match["what"], re.IGNORECASE)):
        return swapped(f"le nombre de {number[1]}")
    return swapped(lower_first(match["what"])) if match and not has_verb(match["what"]) else ""


def _order(match: re.Match[str]) -> str:
    rest, to = match["rest"], (match["to"] or "").lower()
    if second := re.search(rf"\s+et (?=(?:{'|'.join(_ORDERS)})\b)", rest):
        first = asked(f"{match[0][: match.start('rest') - match.start()]}{rest[: second.start()]}")
        then = asked(rest[second.end() :])
        return f"{first} et {then}" if first and then else ""
    verb = _ORDERS[match["verb"].lower()]
    asks = verb in ("dire", "expliquer", "indiquer", "préciser", "confirmer") and to in ("moi", "nous")
    if asks and re.match(r"(?:si|s['’]|quand|comment|où|combien|pourquoi|qui|quel)", rest):
        return _clause(rest)
    clitic = {"moi": "me ", "nous": "nous ", "": ""}.get(to, f"{to} ")
    return _of(f"{clitic}{verb} {rest}".strip())


def _of(infinitive: str) -> str:
    if not _INFINITIVE.match(infinitive):
        return ""
    told = _repeated(swapped(infinitive))
    return f"d’{told}" if told and _VOWEL.match(told) else f"de {told}" if told else ""


def _repeated(told: str) -> str:
    """« vous envoyer le compte rendu et me dire… »: the second infinitive asks for its own « de »."""
    return re.sub(
        r"\b(et|ou) (?=(?:(?:vous|les?|la|lui|leur|y|en) )?[a-zà-ÿ]+(?:er|ir|dre|tre|ire|oir)\b(?! \w+(?:er|ir)\b))",
        r"\1 de ",
        told,
        count=1,
    )


def _clause(text: str) -> str:
    """The indirect question of a direct one."""
    text = re.sub(r"^(?:et |mais |donc |alors |sinon |du coup )+,?\s*", "", lower_first(text), flags=re.IGNORECASE)
    if re.match(r"(?:si |s['’]il|ce qu)", text):
        return swapped(text)
    if match := re.match(
        r"(?:qu['’]est[- ]ce qu(?P<glue>e |['’])"
        r"|qu(?:e |['’])(?=(?:en |y |lui )?\S+-(?:t-)?(?:je|nous|vous|on|ils?|elles?)\b))(?P<rest>.+)$",
        text,
    ):
        rest = _straight(match["rest"])
        told = swapped(rest) if rest else ""
        return f"ce {that_clause(told)}" if told else ""
    if match := re.match(
        r"que (fait|font|dit|disent|prévoit|prévoient|devient|deviennent|risque|risquent) (.+)$", text
    ):
        told = swapped(match[2])
        return f"ce que {match[1]} {told}" if told else ""
    if match := re.match(r"que (peut|peuvent|doit|doivent) (faire) (.+)$", text):
        told = swapped(match[3])
        return f"ce que {told} {match[1]} {match[2]}" if told else ""
    if match := re.match(r"((?:je|on|il|nous) (?:dois|doit|faut|devons)) faire quoi\b(.*)$", text):
        told = swapped(f"{match[1]} faire{match[2]}")
        return f"ce {that_clause(told)}" if told else ""
    if match := re.match(r"que (faire|penser)\b(.*)$", text):
        return f"ce qu’il convient de {match[1]}{match[2]}"
    if match := _QUESTION_WORD.match(text):
        rest = match["rest"]
        if not rest:
            return ""
        if rest.startswith(","):  # « à partir de quel âge, ma fille a 8 ans »
            return lower_first(match["word"]) if " " in match["word"] else ""
        plain = _INFINITIVE.match(rest) and not _INVERTED.search(rest)
        told = swapped(rest if plain else _straight(rest))
        word = lower_first(match["word"])
        return f"{word} {told}" if told else ""
    if re.search(r"^lequel|\bquoi\b(?! que)|^laquelle|, (?:qui|comment|où|quand|quel\w*|combien)\b", text):
        return ""
    text = re.sub(r"^(c['’]est|ça coûte|ça fait|ça prend) combien (?!de\b)(.+)$", r"\1 \2 combien", text)
    text = re.sub(
        r"^((?:il faut|ça prend|ça dure|il y a) (?:environ )?)(combien de (?:temps|jours|mois|semaines)) (.+)$",
        r"\2 \1\3",
        text,
    )
    if match := _QUESTION_WORD.match(text):
        told = swapped(match["rest"])
        return f"{match['word']} {told}" if told else ""
    bare = re.sub(r"^est[- ]ce qu(?:e |['’]\s?)", "", text, flags=re.IGNORECASE)
    if (
        not _INVERTED.search(bare)
        and bare == text
        and not (has_verb(bare) or re.match(r"(?:je |j['’]|nous |vous |on )", bare))
    ):
        return ""
    bare = _straight(bare)
    bare = re.sub(r"^on (peut|pourrait) (?=me |m['’]|nous )", _of_us, bare)
    told = swapped(bare)
    if not told:
        return ""
    if re.match(r"ils?\b", told):
        return f"s’{told}"
    told = re.sub(
        r"^((?:en|avant|après|pendant|pour|sans|dans|à) [^,]{3,60}), (?=(?:il|elle|on|vous|nous|ils|elles)\b)",
        r", \1, ",
        told,
    )
    return f"si l’{told}" if told.startswith("on ") else f"si{told}" if told.startswith(",") else f"si {told}"


def _of_us(match: re.Match[str]) -> str:
    """« on peut me l'envoyer »: the town hall is asked."""
    return f"vous {'pouvez' if match[1] == 'peut' else 'pourriez'} "


def _straight(text: str) -> str:
    """A clause in its plain order: « la piscine est-elle ouverte » → « la piscine est ouverte »."""
    match = _INVERTED.search(text)
    if not match:
        return text
    before, after = text[: match.start()], text[match.end() :]
    who = match["who"].lower()
    verb = match["verb"]
    if who == "ce":
        return f"{before}c’{verb}{after}"
    if who in ("il", "elle", "ils", "elles") and _NOUNS.match(before.strip()):
        return f"{before}{match['clitics']}{verb}{after}"
    if verb.lower() == "puis":
        verb = "peux"
    pronoun = "j’" if who == "je" and re.match(r"[aeiouéèêh]", match["clitics"] or verb) else f"{who} "
    return f"{before}{pronoun}{match['clitics']}{verb}{after}"


def that_clause(text: str) -> str:
    """« il est fermé » → « qu'il est fermé »."""
    if text.startswith("on "):
        return f"que l’{text}"
    return (
        f"qu’{text}"
        if re.match(r"(?:il|elle|ils|elles|on|un|une|au|aux|à|en|aucun\w*|hier)\b", text, re.IGNORECASE)
        or (text[:1].isupper() and begins_with_a_vowel(text))
        else f"que {text}"
    )


def has_verb(text: str) -> bool:
    """Does a text hold a conjugated verb that the rules know?"""
    return bool(_FINITE.search(fold(text.replace("à", " "))))


def acts(text: str) -> bool:
    """Does a word of a whole clause look like a verb in the third person (« ma carte expire en mars »)?"""
    words = re.findall(r"[\wà-ÿ'’-]+", text)
    return len(words) >= CLAUSE and any(
        re.fullmatch(r"[a-zà-ÿ]{2,}(?:e|(?<!m)ent)", word)
        and not _BEFORE_NOUN.search(before)
        and is_french(f"{word.removesuffix('nt')}r")
        for before, word in pairwise(words[1:])
    )
