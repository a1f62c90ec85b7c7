"""Change of person in what is reported: the writer becomes « vous », the town hall « nous ».

A verb that the rules do not conjugate stops the change: '' is returned rather than bad French.
"""

from __future__ import annotations

import re

_VERBS = {
    "ai": "avez", "suis": "êtes", "vais": "allez", "peux": "pouvez", "puis": "pouvez", "veux": "souhaitez",
    "voudrais": "souhaitez", "voudrai": "souhaitez", "voulais": "souhaitez", "aimerais": "aimeriez",
    "aimerai": "aimeriez", "souhaiterais": "souhaitez", "dois": "devez", "sais": "savez", "fais": "faites",
    "refais": "refaites", "dis": "dites", "lis": "lisez", "ris": "riez", "suivis": "suivez", "sens": "sentez",
    "viens": "venez", "reviens": "revenez", "deviens": "devenez", "tiens": "tenez", "obtiens": "obtenez",
    "pars": "partez", "repars": "repartez", "dors": "dormez", "reçois": "recevez", "entends": "entendez",
    "comprends": "comprenez", "prends": "prenez", "reprends": "reprenez", "apprends": "apprenez",
    "attends": "attendez", "perds": "perdez", "vends": "vendez", "rends": "rendez", "descends": "descendez",
    "dépends": "dépendez", "réponds": "répondez", "vois": "voyez", "crois": "croyez", "écris": "écrivez",
    "inscris": "inscrivez", "mets": "mettez", "permets": "permettez", "remets": "remettez", "connais": "connaissez",
    "vis": "vivez", "sors": "sortez", "construis": "construisez", "conduis": "conduisez", "produis": "produisez",
    "finis": "finissez", "choisis": "choisissez", "réfléchis": "réfléchissez", "subis": "subissez",
    "remplis": "remplissez", "agrandis": "agrandissez", "serai": "serez", "aurai": "aurez", "ferai": "ferez",
    "achète": "achetez", "espère": "espérez", "préfère": "préférez", "possède": "possédez", "gère": "gérez",
    "emmène": "emmenez", "amène": "amenez", "lève": "levez", "promène": "promenez", "règle": "réglez",
    "répète": "répétez", "complète": "complétez", "suggère": "suggérez", "considère": "considérez",
    "réitère": "réitérez", "jette": "jetez", "projette": "projetez", "rejette": "rejetez", "ouvre": "ouvrez",
    "ai-je": "avez", "eus": "eûtes", "fus": "fûtes", "cours": "courez", "sers": "servez", "plains": "plaignez",
    "fasse": "fassiez", "puisse": "puissiez", "aille": "alliez", "sois": "soyez", "aie": "ayez", "sache": "sachiez",
    "vienne": "veniez", "prenne": "preniez", "doive": "deviez", "mette": "mettiez", "reçoive": "receviez",
    "crains": "craignez", "rejoins": "rejoignez", "joins": "joignez", "dérange": "dérangez",
}  # fmt: skip
_PLURAL = {"sommes": "êtes", "avons": "avez", "faisons": "faites", "disons": "dites", "voudrions": "souhaitez",
           "voulons": "souhaitez", "souhaiterions": "souhaitez", "aimerions": "aimeriez",
           "allons": "allez"}  # fmt: skip
_OURS = {"êtes": "sommes", "faites": "faisons", "dites": "disons"}
# The third person singular of the verbs whose plural their ending does not tell: « on a » is said of the writer.
_ONE = {
    "a": "avez", "est": "êtes", "va": "allez", "fait": "faites", "vient": "venez", "revient": "revenez",
    "tient": "tenez",
    "part": "partez", "sort": "sortez", "dort": "dormez", "sent": "sentez", "peut": "pouvez", "veut": "souhaitez",
    "doit": "devez", "voit": "voyez", "croit": "croyez", "sait": "savez", "vit": "vivez", "reçoit": "recevez",
    "prend": "prenez", "apprend": "apprenez", "comprend": "comprenez", "attend": "attendez", "entend": "entendez",
    "rend": "rendez", "vend": "vendez", "perd": "perdez", "descend": "descendez", "met": "mettez", "finit": "finissez",
    "remplit": "remplissez", "subit": "subissez", "choisit": "choisissez", "réfléchit": "réfléchissez",
    "connaît": "connaissez", "suit": "suivez", "craint": "craignez", "était": "étiez", "voudrait": "souhaitez",
    "aimerait": "aimeriez", "souhaiterait": "souhaitez", "obtient": "obtenez", "ouvre": "ouvrez",
}  # fmt: skip
_CLITICS = r"((?:(?:ne|me|nous|y|en|le|la|les|lui|leur|¤nous)\s+|[nml]['’]\s?)*)"
_I = re.compile(rf"\b(?:je\s+|j['’]\s?){_CLITICS}([a-zà-ÿ]+)\b", re.IGNORECASE)
_WE = re.compile(rf"(?<!¤)\bnous\s+{_CLITICS}(sommes|[a-zà-ÿ]+ons)\b", re.IGNORECASE)
_YOU = re.compile(
    r"(?<!rendez-)(?<!-)\bvous\s+((?:(?:ne|me|nous|y|en|le|la|les|lui|leur)\s+|[nml]['’]\s?)*)(êtes|faites|dites|[a-zà-ÿ]+ez)\b(?!-)",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\b(?:tu|toi|ton|ta|tes|vous[- ]m[êe]mes?|le mien|la mienne|les miens|les miennes)\b|\bt['’]"
    r"|[a-z]-(?:moi|vous|je|nous)\b(?<!rendez-vous)",
    re.IGNORECASE,
)


# « on » is the writer, but where somebody does something to them or behind their back.
_WE_ALL = re.compile(
    r"(?:\bque |\bqu['’]|\bsi |^|(?<=[\s,;(]))(?:l['’])?on\s+"
    r"(?P<clitics>(?:(?:ne|y|en|l[ae]s?|se)\s+|[nls]['’]\s?)*)(?P<verb>[a-zà-ÿ]+)\b"
    r"(?! (?:\w+ )?(?:vol|cass|dégrad|tagu|abîm|arrach|sacc|dérob|jet|dépos|brûl|forc|coup|ray|cambriol|dit\b|promis"
    r"|refus|construi|ferm|supprim|coup|install|enlev|retir|annonc|répond|trait)\w*)",
    re.IGNORECASE,
)


_THEIR_DOING = re.compile(r"(?:constru|démol|refai|ferm|supprim|appel|dit\b|dis|refus|promet|annon|trait)")


_QUOTED = re.compile(r"«[^»]{3,}»|“[^”]{3,}”|\"[^\"]{3,}\"")


_WISHED_FOR = re.compile(
    r"\b(?:fau\w*(?:-il)?|pour|afin|avant|veu\w+|exig\w+|souhait\w+) qu(?:e |['’])$", re.IGNORECASE
)


def swapped(text: str) -> str:
    """`text` told by the town hall to its writer, what it quotes untouched; '' when a word stands in the way."""
    quoted = _QUOTED.findall(text)
    told = _swapped(_QUOTED.sub("\ue000", text))
    for words in quoted:
        told = told.replace("\ue000", words, 1)
    return told


def _swapped(text: str) -> str:
    text = re.sub(r",?\s*s['’]il vous pla[iî]t,?|,?\s*\bsvp\b,?", "", text, flags=re.IGNORECASE).strip()
    if _LOST.search(text):
        return ""
    text = re.sub(r"\b(?:moi|nous)[- ]m[êe]me(s?)\b", r"¤vous-même\1", text)
    # The town hall first, marked, so that it is not taken for the writer afterwards.
    text = _YOU.sub(lambda match: f"¤nous {match[1]}{_ours(match[2].lower())}", text)
    text = re.sub(
        r"\bvous qui ([a-zà-ÿ]+ez|êtes|faites|dites)\b", lambda match: f"¤nous qui {_ours(match[1].lower())}", text
    )
    text = re.sub(r"(?<!rendez-)\bvous\b(?!-)", "¤nous", text, flags=re.IGNORECASE)
    text = re.sub(r"\bvotre\b", "¤notre", text, flags=re.IGNORECASE)
    text = re.sub(r"\bvos\b", "¤nos", text, flags=re.IGNORECASE)
    failed: list[str] = []

    def single(match: re.Match[str]) -> str:
        verb = conjugated(match[2].lower())
        if (
            verb.endswith("ez")
            and match[2].endswith("e")
            and match[2].lower() not in _VERBS
            and _WISHED_FOR.search(match.string[: match.start()][-24:])
        ):
            verb = f"{verb[:-2]}iez"  # « il faut que je paie »
        if not verb:
            failed.append(match[0])
        return _subject(match[1], verb)

    def several(match: re.Match[str]) -> str:
        verb = match[2].lower()
        return _subject(match[1], _PLURAL.get(verb) or re.sub(r"(?:e(?<=ge))?ons$", "ez", verb))

    text = re.sub(
        r"\bmoi qui ((?:(?:l[ae]s?|en|y|ne|¤nous|lui|leur) |[ln]['’])*)(\w+)",
        lambda match: f"¤vous qui {match[1]}{conjugated(match[2].lower()) or '¤je'}",
        text,
    )
    turned = _WE.sub(several, _I.sub(single, text))
    if failed or re.search(r"\bje\b|\bj['’]", turned, re.IGNORECASE):
        return ""
    for first, second in (("notre", "votre"), ("nos", "vos"), ("mon", "votre"), ("ma", "votre"), ("mes", "vos"),
                          ("moi", "vous"), ("nous", "vous"), ("me", "vous"), ("les nôtres", "les vôtres")):  # fmt: skip
        turned = re.sub(rf"(?<!¤)\b{first}\b(?!-)", second, turned, flags=re.IGNORECASE)
    if "¤je" in turned:
        return ""
    turned = re.sub(  # « ma fiancée et moi souhaitons »
        r"\b(et ¤?vous(?:-même)?,? (?:(?:ne|y|en|l[ae]s?|vous) |[nl]['’])*)"
        r"(sommes|(?!(?:maisons?|saisons?|dons)\b)[a-zà-ÿ]{2,}ons)\b",
        lambda match: match[1] + (_PLURAL.get(match[2]) or re.sub(r"(?:e(?<=ge))?ons$", "ez", match[2])),
        turned,
    )
    turned = re.sub(
        r"\b(et|ou|mais|puis) (souhait|propos|demand|attend|voul|pens|cherch|organis|sollicit|remerci|espér|rest)ons\b",
        r"\1 \2ez",
        turned,
    )
    turned = re.sub(r"\b(et|ou|mais) (\w+r)ions\b", r"\1 \2iez", turned)  # « nous fêtons… et aimerions »
    turned = re.sub(r"\bm['’]\s?", "vous ", turned).replace("¤", "")
    turned = re.sub(r"\bn['’]\s?(?=[bcdfgjklmnpqrstvwxz])", "ne ", turned, flags=re.IGNORECASE)
    turned = re.sub(
        r"\b(et vous),? vous (?=[a-zà-ÿ]+ez\b|êtes\b|faites\b)", r"\1 ", turned
    )  # « lui et moi on voudrait »
    turned = re.sub(  # « on n'a pas pensé à s'inscrire », « je suis obligé de se garer »
        r"(\bvous (?:n['’])?(?:avez|êtes)(?: pas| plus)? \w+ (?:à|de)) (?:se |s['’])(?=[a-zà-ÿ]+(?:er|ir|re)\b)",
        r"\1 vous ",
        turned,
    )
    turned = re.sub(rf"(\bvous (?:{_MAY})(?: \w+)?) (?:se |s['’])(?=[a-zà-ÿ]+(?:er|ir|re)\b)", r"\1 vous ", turned)
    return re.sub(r"\bne (?=[aeiouyéèê])", "n’", turned)


_MAY = r"(?:(?:ne|n['’]) ?)?(?:devez|pouvez|souhaitez|allez|venez|voulez|aimeriez|pourriez|devriez)(?: pas| plus)?"


_SOMEBODY = re.compile(r"\b(?:idée|peur|crainte|risque|veu\w+|voudr\w+|souhait\w+|aimer\w+|préfèr\w+|demande\w*) $")


def as_we(text: str) -> str:
    """« qu'on habite » → « que nous habitons », where « on » is the writer and the verb is known."""
    return _WE_ALL.sub(_all_of_us, text)


def _all_of_us(match: re.Match[str]) -> str:
    verb = match["verb"].lower()
    if _THEIR_DOING.match(verb) or (verb == "veut" and match.string[: match.start()].rstrip().endswith(",")):
        return match[0]  # « c'est du racket, on veut tuer le centre »
    plural = _ONE.get(verb) or (
        f"{verb[:-1]}ez"
        if verb.endswith("ra") and len(verb) > 3
        else f"{verb[:-3]}iez"
        if verb.endswith("ait") and len(verb) > 4
        else conjugated(verb)
        if verb.endswith("e")
        else ""
    )
    if not plural:
        return match[0]
    if verb == "est" and re.match(
        r" (?:l[ae] (?:\d|veille|semaine)|en |au |déjà |lundi|mardi|mercredi|jeudi|vendredi)",
        match.string[match.end() :],
    ):
        return match[0]  # « on est le 19 janvier »
    if _SOMEBODY.search(match.string[: match.start()][-24:]):
        return match[0]  # « l'idée qu'on déplace la tombe »
    lead = re.match(r"(?:que |qu['’]|si )?", match[0], re.IGNORECASE)
    before = "que " if lead and lead[0][:3].lower().startswith("qu") else lead[0] if lead else ""
    clitics = re.sub(r"\bse\s|\bs['’]", "nous ", match["clitics"])
    after = match.string[match.end() :]
    denied = re.match(r" (?:pas|plus|jamais|rien|aucun\w*)\b(?P<of> d(?:e |['’]))?", after)
    if denied and (verb == "a" or not denied["of"]) and not re.match(r"n", clitics, re.IGNORECASE):
        clitics = f"ne {clitics}"  # « on voit plus rien »
    glue = "" if not clitics or clitics.endswith(("'", "’", " ")) else " "
    subject = "Nous" if match[0][:1].isupper() else "nous"
    return f"{before}{subject} {clitics}{glue}{_ours(plural)}"


def _ours(verb: str) -> str:
    if verb in _OURS:
        return _OURS[verb]
    stem = verb[:-2]
    return f"{stem}eons" if stem.endswith("g") else f"{stem[:-1]}çons" if stem.endswith("c") else f"{stem}ons"


def _subject(clitics: str, verb: str) -> str:
    low = clitics.lower().replace("’", "'")
    low = re.sub(r"\bm'|\bme\b|(?<!¤)\bnous\b", "vous ", low)
    low = re.sub(r"\s+", " ", low).strip()
    if low.endswith("n'") and verb[:1] not in "aeiouyêéh":
        low = low[:-2] + "ne"
    if low.endswith(" ne") or low == "ne":
        low = re.sub(r"ne$", "n'" if verb[:1] in "aeiouêé" else "ne", low)
    if low.endswith("l'") and verb[:1] not in "aeiouyêéh":
        low = low[:-2] + "le"
    glue = "" if not low or low.endswith("'") else " "
    return f"vous {low}{glue}{verb}"


_SILENT = re.compile(r"(?:men|lev|pes|sem|gel|pel|achet|crev|sev|harcel|martel|model)$")  # « mène » → « menez »


def conjugated(verb: str) -> str:
    """The second person plural of a verb in the first singular; '' when the rules do not know it."""
    if verb in _VERBS:
        return _VERBS[verb]
    if verb.endswith("rai") and len(verb) > 4:
        return f"{verb[:-2]}ez"
    if re.fullmatch(r"(?:(?:ré?)?ap|dis|re|trans)?parais|(?:re|mé)?connais|(?:re)?nais", verb):
        return f"{verb[:-1]}ssez"  # « je n'apparais pas », not « je préparais »
    if verb.endswith("ais") and len(verb) > 4:
        return f"{verb[:-3]}iez"
    if verb.endswith(("oie", "uie", "aie")) and len(verb) > 3:
        return f"{verb[:-2]}yez"
    if verb.endswith("elle") and len(verb) > 5:
        return f"{verb[:-2]}ez"
    if grave := re.fullmatch(r"(?P<stem>\w+)è(?P<end>[bcdfglmnprstv]{1,2})e", verb):
        kept = "e" if _SILENT.search(grave["stem"] + "e" + grave["end"]) else "é"
        return f"{grave['stem']}{kept}{grave['end']}ez"
    if verb.endswith("e") and len(verb) > 3 and not re.search(r"è\w{1,2}e$", verb):
        return f"{verb[:-1]}ez"
    return ""
