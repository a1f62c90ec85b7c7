"""What agents' notes say in passing, said as an arrêté says it, before the arrêté is composed.

A delegation for one wedding, a request « Je soussigné… sollicite », « Faut les fermer », « Prévenir le district »:
forms that leave no doubt. Who is related to whom is told nowhere.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import CHECK, DATE, HOUR, clean, loose_sentences, lower_first, upper_first
from atelier_ia.assistant.words import fold

_NAME = r"[A-ZÀ-Ý][\wÀ-ÿ'’-]+(?:\s(?:(?:de|du|des|d['’]|Le|La)\s?)?[A-ZÀ-Ý][\wÀ-ÿ'’-]+){0,3}"
_CIVIL = re.compile(
    r"\bofficiere? (?:de l.|d.)etat civil|\bdelegu?\w*\b[^.]{0,90}\b(?:mariages?|celebr\w+|parrainage|bapteme civil)"
    r"|\b(?:mariages?|marier\w*|unir\w*|celebr\w+)\b[^;]{0,200}\bdeleg(?:ation|uer|ue)\b"
    r"|\bcelebr(?:era|er|e|ait) (?:le |ce |leur )?mariage"
    r"|\bmariage\b[^;]{0,160}\b(?:remplac|celebr)\w+|\barrete (?:pour|de|du) (?:le |un )?mariage"
)
_CELEBRANT = re.compile(
    rf"(?:\b[Cc]['’](?:est|sera)\s)?(?P<who>(?:M\.|Mme|Monsieur|Madame)\s{_NAME})"
    r"(?:\s*[,(]\s*(?P<rank>(?:conseill[eè]re?|adjointe?|\d\S{0,4} adjointe?)[^,.;()]{0,40}?)\s*[,)])?\s*(?:qui\s)?"
    r"(?:(?:va|doit|peut|pourra|pourrait|accepte de)\s)?(?:l[ea]s?\s|l['’])?(?:célébr|mari|unir|remplac"
    r"|officier)(?:e|era|erait|er|a|ait|ra)?\b"
)
_DELEGATE = re.compile(
    rf"\b(?:à|pour|de|que|déléguer)\s(?P<who>(?:M\.|Mme|Monsieur|Madame)\s{_NAME})"
    r"(?:\s*[,(]\s*(?P<rank>(?:conseill[eè]re?|adjointe?|\d\S{0,4} adjointe?)[^,.;()]{0,40}?)\s*(?=[,.;()]|$))?"
)
_PERSON = rf"(?:(?:M\.|Mme)\s)?{_NAME}"
_COUPLE = re.compile(rf"(?P<one>{_PERSON})\s+(?:et|&|/|avec)\s+(?P<other>{_PERSON})")
_KIN = (
    r"(?:ni[èe]ces?|neveux?|fill?e?s?|s[œo]e?ur|frère|cousine?s?|filleule?s?|petite?-fil(?:s|le)|belle-\w+"
    r"|beau-\w+|m[èe]re|p[èe]re|amie?s?|tante|oncle|voisine?s?|marraine|parrain)"
)
_RELATED = re.compile(
    rf"\b(?:de |d['’])?(?:sa|son|ses|leur|leurs)\s{_KIN}\b,?\s*|,?\s*\(?\b(?:qui|c['’])\s?est\s(?:sa|son|un"
    rf"|une)\s{_KIN}\b"
    rf"[^,.;)]*\)?|\s*\((?:sa|son|ses)\s{_KIN}[^()]*\)",
    re.IGNORECASE,
)
_ACT = re.compile(r"\W*(?:arrêté (?:de |pour )(?:une )?)?délégation(?: svp| stp)?\W*$", re.IGNORECASE)
_ONE_ONLY = re.compile(
    r"\b(?:juste|seulement|uniquement|rien que|que) (?:pour|ce) (?:ce |cette )?(?:mariage|célébration"
    r"|cérémonie|jour|fois)"
    r"|\b(?:juste|seulement|uniquement) cette fois|\bce seul mariage|\bpour ce (?:seul )?mariage",
    re.IGNORECASE,
)
# « …, la maire et les adjoints sont tous empêchés »
_AWAY = re.compile(
    r"(?:(?:Mme|M\.|[Mm]adame|[Mm]onsieur)\s)?[Ll][ea]\s[Mm]aire\b[^.;:\n()]{0,60}?\b(?:est|sont|sera|seront"
    r"|étant)\s[^.;\n()]{4,80}"
)
_TAKEN = re.compile(
    r"\b(?P<verb>est|sont|sera|seront)\s(?:tous\s|toutes\s|déjà\s)*(?:pris|occupés?|pas (?:là|libres?"
    r"|dispo\w*))(?:es)?\b",
    re.IGNORECASE,
)


def told_as_orders(source: str) -> str:
    """`source` with what it says in passing said as an arrêté does."""
    text = _summoned(_closed(_asked(source)))
    text = "\n".join(_passing(line) for line in text.split("\n"))
    return _wedding(text) if _CIVIL.search(fold(text)) else text


def _wedding(text: str) -> str:
    """The delegation of one celebration: who receives it, for whom, when; why the mayor is away stays."""
    bare = _RELATED.sub("", text)
    delegate = _CELEBRANT.search(bare) or _DELEGATE.search(bare)
    if not delegate:
        return bare
    couple = next(
        (one for one in _COUPLE.finditer(bare) if not _is_mayor(one[0]) and one["one"] != delegate["who"]), None
    )
    who = clean(delegate["who"]) + (f", {clean(delegate['rank'])}," if delegate["rank"] else "")
    day, hour = DATE.search(bare), HOUR.search(bare)
    if not couple or not day:
        return bare
    when = f", le {clean(day[0])}" + (f" à {clean(hour[0])}" if hour else "")
    told = [
        f"{who} reçoit délégation pour exercer les fonctions d'officier de l'état civil et célébrer le mariage de "
        f"{clean(couple['one'])} et {clean(couple['other'])}{when}."
    ]
    if _ONE_ONLY.search(bare):
        told.append("Cette délégation vaut pour ce seul mariage.")
    for sentence in (one for line in bare.split("\n") for one in loose_sentences(line)):
        if _ACT.match(sentence) or delegate["who"] in sentence or couple[0] in sentence or _ONE_ONLY.search(sentence):
            if why := _AWAY.search(sentence):
                away = re.sub(r",\s(?:c['’]est|donc|alors)\s.*$", "", clean(why[0]))
                away = re.sub(r"^([Ll][ea] [Mm]aire)\b[^,]*\bpas\b,?\s(?:il|elle)\s", r"\1 ", away)
                told.append(_TAKEN.sub(_prevented, upper_first(away)) + ".")
            continue
        told.append(_TAKEN.sub(_prevented, sentence))
    return "\n".join(told)


def _prevented(match: re.Match[str]) -> str:
    return f"{match['verb']} empêché{'s' if match['verb'].lower() in ('sont', 'seront') else ''}"


def _is_mayor(told: str) -> bool:
    return bool(re.search(r"\b(?:maire|adjoint)", fold(told)))


_SIGNED = re.compile(
    rf"\bJe,? soussignée?,?\s(?P<who>(?:(?:M\.|Mme)\s)?{_NAME})(?P<rank>,\s[^.\n]{{3,80}}?)?,?\s(?:sollicite"
    rf"|demande|souhaite)"
    r"(?:\spar la présente)?\s(?:l['’]autorisation|une autorisation|à être autorisée?)\s(?:d['’]|de\s"
    r"|à\s)(?P<what>[a-zà-ÿ]+(?:er|ir|re)\b)"
)


def _asked(source: str) -> str:
    """« Je soussigné P. A sollicite l'autorisation d'ouvrir… » → « P. A est autorisé à ouvrir… »."""

    def granted(match: re.Match[str]) -> str:
        rank = match["rank"] or ""
        feminine = match["who"].startswith("Mme") or re.search(
            r"\b(?:présidente|trésorière|gérante|directrice)\b", rank
        )
        return f"{match['who']}{rank}{',' if rank else ''} est autorisé{'e' if feminine else ''} à {match['what']}"

    return _SOLICITS.sub(_allowed, _SIGNED.sub(granted, source))


# « Par la présente, l'Amicale, représentée par …, sollicite l'autorisation d'ouvrir… »
_SOLICITS = re.compile(
    r"(?:^|(?<=[.!?]\s))(?:[Pp]ar la présente,\s)?(?P<who>(?:[Ll]['’]|[Ll]a |[Ll]e "
    r"|[Ll]es )\s?[^.;:\n]{3,120}?),?\s(?:sollicite|demande|souhaite obtenir)(?P<many>nt)?"
    r"\s(?:l['’]autorisation|une autorisation|à être autorisée?s?)\s(?:d['’]|de\s|à\s)(?P<what>[a-zà-ÿ]+(?:er|ir"
    r"|re)\b)",
    re.MULTILINE,
)


def _allowed(match: re.Match[str]) -> str:
    who = match["who"]
    feminine = bool(re.match(r"[Ll]a |[Ll]['’](?:association|[Aa]micale|école|entreprise|[Uu]nion|APE|équipe)\b", who))
    agreed = "autorisé" + ("e" if feminine else "") + ("s" if match["many"] else "")
    comma = "," if "," in who else ""
    return f"{upper_first(who)}{comma} {'sont' if match['many'] else 'est'} {agreed} à {match['what']}"


_STATE = re.compile(
    r"(?P<what>\b(?:[Ll]es?|[Ll]a|[Ll]['’])\s?[^.;:\n]{4,110}?)\s(?P<verb>sont"
    r"|est)\s(?:devenue?s?\s)?(?:impraticables?|inutilisables?"
    r"|dangereu(?:x|ses?)|inondée?s?|détrempée?s?|abîmée?s?|gelée?s?)\b[^.\n]*\.\s+"
    r"(?P<led>(?:[Ii]l )?[Ff]aut|[Ii]l faudrait|[Oo]n doit|[Oo]n va)\s(?:les|la|le|l['’])\s?fermer\b"
)


def _closed(source: str) -> str:
    """« Les terrains sont impraticables. Faut les fermer du… » → « … Les terrains sont fermés du… »."""

    def said(match: re.Match[str]) -> str:
        what = (
            re.sub(r"^.*\s(?=(?:les|la|le) [a-zà-ÿ]+s?\b)", "", match["what"])
            if len(match["what"].split()) > 9
            else match["what"]
        )
        feminine = re.match(r"(?:[Ll]a|[Ll]es (?:salles?|aires?|allées?|rues?|écoles?))\b", what)
        closed = "fermé" + ("e" if feminine else "") + ("s" if match["verb"] == "sont" else "")
        return f"{match[0][: match.start('led') - match.start()]}{upper_first(what)} {match['verb']} {closed}"

    return _STATE.sub(said, source)


_SUMMONED = re.compile(
    rf"\bchez (?P<who>(?:M\.|Mme)\s{_NAME})(?P<between>[^\n]*?)(?P<led>(?:[Ii]l )?[Ff]aut|[Oo]n doit|[Ii]l"
    rf" faudrait)\s(?:le|la)\s"
    r"mettre en demeure (?P<of>d['’]|de )"
)


def _summoned(source: str) -> str:
    """« … chez M. A. Il faut le mettre en demeure de l'abattre » → « … M. A est mis en demeure de l'abattre »."""
    return _SUMMONED.sub(
        lambda match: (
            f"chez {match['who']}{match['between']}{match['who']} est"
            f" mis{'e' if match['who'].startswith('Mme') else ''} en demeure "
            f"{match['of']}"
        ),
        source,
    )


_SENTENCE = r"(?:^|(?<=[.;!?]\s))"
_PLACES = r"(?:une|deux|trois|quatre|cinq|six|\d{1,2})\s(?:places?|emplacements?)"
_PASSING = (
    # « Je voudrais un arrêté pour autoriser la pétanque à tenir une buvette »
    (
        re.compile(
            r"^[^.\n]{0,60}?\barrêté (?:pour |afin d['’])autoriser (?P<who>(?!l['’](?:ouverture|installation"
            r"|occupation))[^.,;\n]{3,60}?) à "
            r"(?P<what>[a-zà-ÿ]+(?:er|ir|re)\b)",
            re.IGNORECASE,
        ),
        lambda match: (
            f"{upper_first(match['who'])} {'sont' if match['who'].startswith('les ') else 'est'} "
            f"autorisé{'e' if re.match(r'la |l.association|l.école|Mme', match['who']) else ''}"
            f"{'s' if match['who'].startswith('les ') else ''} à {match['what']}"
        ),
    ),
    # « … et il nous faudrait un échafaudage de 12 m sur le trottoir »
    (
        re.compile(
            r"(?:,?\set\s|,\s)(?:il (?:nous |me )?faudrait|(?:nous aurions|j['’]aurais) besoin"
            r" d['’])\s?(?:d['’])?(?P<what>une?\s(?:échafaudage"
            r"|benne|nacelle|grue|palissade|camion|bungalow|monte-charge|dépôt)\b)",
            re.IGNORECASE,
        ),
        r". Est autorisée l'installation d'\g<what>",
    ),
    # « chez M. A… Il faut le mettre en demeure de l'abattre »
    (
        re.compile(
            r",?\scomme (?:l['’]an(?:née)? (?:dernier|dernière|passée?)|chaque année|tous les ans"
            r"|d['’]habitude|à chaque fois)\b"
        ),
        "",
    ),
    (
        re.compile(
            rf"(?:,?\set\s|,\s)?(?:j['’]aurais|nous aurions|aurions|on aurait|j['’]ai|nous avons|il (?:me |nous"
            rf" )?faudrait|il me faut)\s"
            rf"(?:besoin d[e'’]\s?|(?:de réserver\s|réserver\s)?)(?P<n>{_PLACES})(?: de (?:stationnement"
            rf"|parking))?(?=\s)",
            re.IGNORECASE,
        ),
        lambda match: (
            f". {upper_first(match['n'])} de stationnement "
            f"{'est réservée' if match['n'].split()[0].lower() in ('une', '1') else 'sont réservées'}"
            if "place" in match["n"]
            else f". {upper_first(match['n'])} {'est réservé' if match['n'].split()[0] == '1' else 'sont réservés'}"
        ),
    ),
    (
        re.compile(
            r"(?:[Ii]l (?:faut|faudrait) que personne ne se gare|[Pp]ersonne ne doit (?:se garer"
            r"|stationner))(?: (?:là|devant|ici))?"
        ),
        "Le stationnement y est interdit",
    ),
    (
        re.compile(
            r"(?:[Jj]e|[Oo]n|[Nn]ous) (?:peux|peut|pouvons) (?:mettre|poser|installer) les panneaux (?:moi"
            r"|nous)-mêmes?,? si vous (?:me|nous) les prêtez"
        ),
        f"Les panneaux, prêtés par la commune {CHECK}, peuvent être posés par le demandeur",
    ),
    (
        re.compile(
            r"^\W*Demande d['’]arrêté[^–:.\n-]{0,40}\s[-–:]\s(?:l['’])?(?P<who>(?:entreprise|société"
            r"|association|sté)\s[^:.\n]{2,70}?)\s*:\s*",
            re.IGNORECASE,
        ),
        lambda match: f"Vu la demande présentée par l'{lower_first(match['who'])}.\n",
    ),
    (re.compile(r"\b[Rr]esp\.\s(?=(?:de |du |des |d['’])?[a-zà-ÿ]+)"), "Responsable "),
    (
        re.compile(
            r"^[^.:\n]{0,50}\barrêté (?:pour|à l['’]occasion d[eu]) [^:.\n]{3,50}?\s*:\s*(?=(?:interdire"
            r"|fermer|autoriser|réserver|limiter)\b)"
        ),
        "",
    ),
    (
        re.compile(rf"{_SENTENCE}[Pp]révenir\s(?P<who>[^.;\n]+)"),
        r"Le présent arrêté est porté à la connaissance de : \g<who>",
    ),
    (
        re.compile(rf"{_SENTENCE}À\s(?:transmettre|envoyer|notifier)\s(?=(?:à|au|aux)\b)"),
        "Le présent arrêté est transmis ",
    ),
    (
        re.compile(rf"{_SENTENCE}[Ll]['’]orga(?:nisateur|nisatrice|nisation)?,?\s(?:c['’]est|est|=|:)\s"),
        "L'organisateur est ",
    ),
    (
        re.compile(
            r"\b(?:[Oo]n|[Nn]ous|[Jj]e) (?:demand|souhait)\w+ que (?P<what>(?:ces?|cette|les?|la"
            r"|l['’])\s?[^.,;\n]{3,60}?) soi(?P<verb>t|ent) (?=fermé|interdit|réservé|barré|neutralisé)"
        ),
        lambda match: f"{upper_first(match['what'])} {'sont' if match['verb'] == 'ent' else 'est'} ",
    ),
    (
        re.compile(
            r"(?:,?\set|,)\s(?:qu['’]il n['’]y ait )?pas de (?:voitures?|véhicules?) (?:garée?s?|stationnée?s?)\b"
        ),
        ". Le stationnement est interdit",
    ),
    (
        re.compile(
            r"^\W*(?:Pour|À l['’]occasion d[eu]) [^:.\n]{3,60}?\s*:\s*(?=(?:interdire|fermer|autoriser"
            r"|réserver|limiter|place|rue|avenue|stationnement|circulation)\b)"
        ),
        "",
    ),
    # « Régis, service des sports »: who writes.
    (
        re.compile(
            r"(?:(?<=[.!?])\s+|\n)[A-ZÀ-Ý][a-zà-ÿ-]+,\s(?:le |la )?(?:service|pôle|direction)\b[^.\n]{2,40}\.?\s*$"
        ),
        "",
    ),
)


def _passing(line: str) -> str:
    for pattern, said in _PASSING:
        line = pattern.sub(said, line)
    return line
