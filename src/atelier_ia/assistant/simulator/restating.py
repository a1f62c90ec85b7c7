"""Take up what a person asked: « J'ai perdu mes clés » → « Vous nous indiquez que vous avez perdu vos clés. »

A sentence that the rules cannot turn without risk is quoted as it stands: nothing is ever changed in what was said.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import lower_first, upper_first
from atelier_ia.assistant.simulator.person import as_we, swapped
from atelier_ia.assistant.simulator.phrasing import NOTED, wrong
from atelier_ia.assistant.simulator.reported import ORDERS, about, acts, asked, has_verb
from atelier_ia.assistant.simulator.spoken_questions import elliptic
from atelier_ia.assistant.simulator.statements import stated
from atelier_ia.assistant.simulator.turns import matter, trimmed, without_dangling, without_turns
from atelier_ia.assistant.simulator.unfit_words import repeatable

_STARTS = re.compile(
    r"^(?:je\b|j['’]|nous\s+(?:ne\s+|[nl]['’]|nous\s+|les\s+|y\s+|en\s+)*(?:sommes|\w+ons)\b)", re.IGNORECASE
)
_DIRECT = re.compile(
    r"^vous (?:nous (?:avez )?(?:signal|demand|écri|inform|contact|sollicit|relanc|propos|interrog|adress|pri)\w+"
    r"|(?:vous )?(?:n['’]|ne )?(?:souhaitez|aimeriez|cherchez|demandez|sollicitez|contestez|signalez|envisagez"
    r"|proposez|voulez|réclamez|désirez|exigez|organisez|préparez))\b"
)
_PERMITS = re.compile(
    r"^(je|nous) (?:(?:me permets|nous permettons) de|(?:souhaite|voudrais|tenais à|tiens à|viens|souhaitons|venons))"
    r" vous (?=(?:signal|demand|inform|contact|sollicit|relanc|propos|interrog)e)",
    re.IGNORECASE,
)


# « Je me permets d'attirer votre attention sur l'état du lavoir »: the courtesy is no fact.
_ATTENTION = re.compile(
    r"^(?:(?:je|nous) (?:(?:me permets|nous permettons) d['’]|souhait\w+ |voudr\w+ |ten(?:ais|ons) à |tiens à |viens "
    r"|vous écri\w+ pour |désir\w+ )|(?:je|nous) )attir(?:er|e|ons) votre attention sur (?P<what>.+?)\W*$",
    re.IGNORECASE,
)
_COMES = r"^(?:je|nous) (?:(?:me permets|nous permettons) de|viens|venons|ten(?:ais|ons) à|tiens à|souhait\w+) vous "
_INFORMS = re.compile(rf"{_COMES}(?:signaler|informer|faire savoir|prévenir) (?:que |qu['’])", re.IGNORECASE)
_I_THINK = re.compile(r"\W+(?P<who>je (?:crois|pense))\W*$", re.IGNORECASE)
_REPORTS = re.compile(rf"{_COMES}signaler (?=(?:une?|des|le|la|les|mon|ma|mes|notre|nos)\b|l['’])", re.IGNORECASE)
_ASKING = re.compile(
    r"(?:est-ce qu[e'’]|(?:c['’]est |est-il |serait-il )possible d|(?:peut-on|puis-je|dois-je|faut-il"
    r"|pouvez-vous|pourriez-vous|y a-t-il)\b)",
    re.IGNORECASE,
)
_HONOURS = {"solliciter": "sollicite", "vous demander": "vous demande", "vous informer": "vous informe"}
_HONOUR = re.compile(
    rf"^j['’]ai l['’]honneur de (?:venir )?(?P<verb>{'|'.join(_HONOURS)})"
    r"(?:,? de votre (?:haute |grande )?bienveillance,?)? ",
    re.IGNORECASE,
)
# « Suite à mon mariage je souhaite changer… », « En ouvrant la page je découvre… »: told as they stand.
_LED_IN = re.compile(
    r"(?:suite à|depuis|en|pour|après|avant|lors|dans|à|au|sur|avec|par|l['’]an dernier|maintenant qu(?:e |['’])"
    r"|comme|actuellement|ayant"
    r"|étant|titulaire|retraitée?"
    r"|étudiante?|président\w*|secrétaire|le(?= (?:\d|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche))|hier|lundi"
    r"|mardi|mercredi|jeudi|vendredi|samedi|dimanche|ce)\b.{0,120}?"
    r"(?<!\bet)(?<!\bou)(?<!\bque)(?<!\bmais)(?<!\bcar)(?<!\blà)(?P<comma>,?) "
    r"(?=(?:je |j['’]|nous (?=(?:\S+ ){0,3}(?:sommes|[a-zà-ÿ]+ons)\b))(?!ai l['’]honneur)\w)",
    re.IGNORECASE,
)
_LEAD_ASKED = re.compile(
    r"(?P<lead>(?:pour|depuis|lors|en|à|au|dans|si|s['’]ils?|avec|comme|suite à|après|avant|le|la|mon|ma|mes"
    r"|notre)\b[^,?;]{3,70}), (?P<asked>(?:que|qu['’]"
    r"|quel\w*|comment|combien|où|quand|qui|à qui|faut|peut|puis|dois|doit|pouvez|pourriez|est[- ]ce"
    r"|il faut combien|ça"
    r"|y a-t-il|[a-zà-ÿ]+-(?:t-)?(?:je|vous|on|ils?|elles?|nous)"
    r"|(?:l[ea]s?|mon|ma|mes|notre|nos) [^,?]{2,60}[a-zà-ÿ]-(?:t-)?(?:ils?|elles?))\b.+)$",
    re.IGNORECASE,
)
_ON_CONDITION = re.compile(r"si\b|s['’]ils?\b|dans ce cas", re.IGNORECASE)
# « 2) mettre un abribus ? »: an item that asks in the infinitive.
_TO_DO = re.compile(
    r"(?!(?:hi|mer|cher|plaisir|désir|janvier|février)\b)(?:[a-zà-ÿ]{2,}(?<!i)er|[a-zà-ÿ]{2,}(?<!o)ir|voir|prévoir"
    r"|(?:re)?faire|(?:re|per)?mettre|(?:re)?prendre|rendre|inscrire) (?:(?:l[ae]s?|une?|des|mon|ma|mes|notre|nos|en|à"
    r"|plus) |l['’]|[a-zà-ÿ]+er\b)",
    re.IGNORECASE,
)
_WISHED = re.compile(r"(?:savoir|connaître|obtenir|récupérer|recevoir|réserver) (?!-)", re.IGNORECASE)
# « Pour les 50 ans de mon mari le 15 mai je souhaiterais louer… »
_OCCASION = re.compile(
    r"(?:pour|à l['’]occasion|dans le cadre|lors)\b[^,;:?]{3,90} (?:je|j['’]|nous)\s?(?:souhait|voudr|aimer"
    r"|cherch|organis|lou)",
    re.IGNORECASE,
)
_APART = re.compile(r"[^,;:?]{3,90}, (?:je|j['’]|nous)\b", re.IGNORECASE)
# « je peux garder deux chatons si besoin »: an offer is not turned into a permission.
_OFFER = re.compile(
    r"(?:je|nous) (?:peux|pouvons|pourrais|pourrions|veux bien|voulons bien|suis prête? à|sommes prêt[es]+ à"
    r"|suis disposée? à|reste disponible pour|suis disponible pour) "
    r"(?P<what>(?!pas\b)[^?]+?)(?:,? (?:si (?:besoin|nécessaire|vous (?:le )?(?:voulez|souhaitez)|ça aide)|au besoin"
    r"|volontiers|bénévolement|gratuitement))\W*$",
    re.IGNORECASE,
)
# « En application des articles…, je vous demande »: the request without its grounds.
_GROUNDS = re.compile(
    r"^(?:en (?:application|vertu)|conformément|au titre|sur le fondement) [^?!]{5,140}?, (?=(?:je|nous) )",
    re.IGNORECASE,
)
# A statement that ends with a question mark: « je pars à Rennes, dois-je me désinscrire ? ».
_TELLS = re.compile(
    r"(?:je (?:suis|pars|vais|garde|me permets|m['’]appelle|viens|travaille|habite|cherche|souhaite|voudrais|veux"
    r"|vends|serai)|j['’](?:ai|habite)"
    r"|on (?:vient|habite|part|a|m['’]a dit|nous a dit)|nous (?:sommes|venons|habitons|partons|avons))\b",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r",\s+(?=(?:(?:(?:l[ea]s?|mon|ma|mes) |l['’])[^,]{2,40}? )?c['’]est [^,]*$)"
    r"|,\s+(?=(?:est-ce|est-il|à quand|il (?:me |nous )?faut) [^,]*$)"
    r"|,\s+(?=(?:ils?|elles?|on|je|nous) (?:peu(?:t|x|vent)|pourr\w+|pouvons|doi(?:t|s|vent)|devons|faut)\b[^,]*$)|"
    r":\s+(?=[^:?]*[a-zà-ÿ]-(?:t-)?(?:ils?|elles?|on|je|vous)\b)|\s+(?=est-ce qu)|(?:,|;|:|\bet"
    r"|\bou|\bmais)\s+(?:et )?(?=je vous demande |(?:est-ce qu|c['’]est (?:quel|quoi|combien|où)|quel|comment"
    r"|combien|où\b|quand\b|pourquoi"
    r"|qui\b|à qui|puis-je|suis-je|ai-je|serai-je|que (?:peut|peuvent|doit|doivent) "
    r"|peut-on|faut-il|dois-je|y a-t-il|pouvez-vous|pourriez-vous|est-il|est-elle|serait-il|je dois"
    r"|on peut))",
    re.IGNORECASE,
)
_ASKED_AT_ONCE = re.compile(
    r"(?:est-ce|quel|qui\b|que\b|qu['’]|comment|où\b|quand\b|combien|pourquoi|peut|faut|à qui|et\b|si\b|savez|merci"
    r"|(?:[a-zà-ÿ]+ ){0,4}[a-zà-ÿ]+-(?:t-)?(?:il|elle|on|vous|je|nous|ils|elles|ce)\b|on peut|je dois|vous)",
    re.IGNORECASE,
)
_FOR = re.compile(r"pour (?:l['’]|les? |la |s['’]|se |y |en )?[a-zà-ÿ]+(?:er|ir|re|oir)\b", re.IGNORECASE)
# « On m'a dit que le ramassage change, c'est vrai ou pas ? »
_HEARD = re.compile(
    r"(?:on (?:m['’]|nous )a? ?dit|il para[iî]t"
    r"|[^,?]{3,40}? (?:me |nous |m['’]a |m['’]ont |nous a |nous ont )(?:dit|assur\w+|affirm\w+|soutien\w+)"
    r"|j['’]ai (?:entendu dire|lu|entendu)|une? \w+ m['’]a dit)"
    r" qu(?:e |['’])(?P<said>.+?),?"
    r" (?:est-ce que )?(?:c['’]est|est-ce) (?:bien )?(?:vrai|exact|le cas)(?: ou (?:pas|non|faux))?\W*$",
    re.IGNORECASE,
)
_INVERTED = re.compile(r"[a-zà-ÿ]-(?:t-)?(?:ils?|elles?|on|je|vous|nous)\b", re.IGNORECASE)
_HOW = re.compile(r"(?P<what>pour .+?),? (?:je fais|on fait|il faut faire) comment\W*$", re.IGNORECASE)
_FOR_WHICH = re.compile(
    r"(?P<lead>pour [^,?]{4,60}?),? (?P<asked>(?:il faut|faut-il|on peut|je peux|je dois|puis-je|dois-je"
    r"|peut-on|est-ce qu|c['’]est (?:chez|à|ici|où|combien|payant|gratuit))\b.+)$",
    re.IGNORECASE,
)
# « En espérant une réponse » asks nothing.
_LEAVING = re.compile(
    r"(?:en (?:espérant|attend(?:ant)?|l['’]attente)|dans l['’]attente|espérant|restant à)\b", re.IGNORECASE
)
SHORT_THOUGHT = 18  # words up to which « je crois » bears on the whole sentence
SLACK = 4  # words by which a sentence may be longer, rather than be cut
_CLAUSE_END = re.compile(
    r"\s*[,;:]\s|(?<!\bde)(?<!\ble)(?<!\bun)(?<!\bdu)"
    r"\s(?=(?:et|mais|car|parce qu\w*|alors qu\w*|puisqu\w*|donc|afin|sinon|pour|dont|avec|depuis"
    r"|sans|après|avant|quand|lorsqu\w*)\b)"
)


def shortened(text: str, limit: int) -> str:
    """`text`, or its beginning up to the end of a clause near `limit` words; a cut elsewhere is shown by « … »."""
    words = text.split()
    if len(words) <= limit + SLACK:
        return text
    kept = " ".join(words[: limit + SLACK])
    if kept.count("(") > kept.count(")"):
        kept = kept[: kept.rfind("(")]
        if re.fullmatch(r"\([^()]*\)\W*", text[len(kept) :]):
            return kept.rstrip()  # only a remark in parentheses is left out
    ends = [cut.start() for cut in _CLAUSE_END.finditer(text) if cut.start() <= len(kept)]
    if ends and len(text[: ends[-1]].split()) >= 0.5 * limit:
        return text[: ends[-1]].rstrip(" ,;:(") + ("?" if text.endswith("?") else "")
    kept = " ".join(words[:limit])
    if kept.count("(") > kept.count(")"):
        kept = kept[: kept.rfind("(")]
    return kept.rstrip(" ,;:(") + "…"


def _told_first(text: str) -> bool:
    """Does a question come after a whole statement (« ses parents travaillent, est-ce que… »)?"""
    cut = _QUESTION.search(text)
    if cut is None or _ASKED_AT_ONCE.match(text):
        return False
    told = text[: cut.start()]
    does = has_verb(told) or acts(told) or re.search(r"\b(?:je|on|nous|ils?|elles?) [a-zà-ÿ]+", told)
    return (bool(does) and not _INVERTED.search(told)) or text[cut.start()] == ":"


def _told_and_asked(text: str) -> str:
    """A statement, then the question that follows it in the same sentence."""
    cut = _QUESTION.search(text)
    if not cut:
        return restated(text.rstrip("? ") + ".")
    told, question = restated(f"{text[: cut.start()]}."), asked(text[cut.end() :])
    if not question:
        return told
    theirs = told.startswith("Vous") or ", vous " in told
    return f"{told} et nous demandez {question}" if theirs else f"Vous nous demandez {question}"


def _with_comma(text: str, led: re.Match[str]) -> str:
    """« suite à mon mariage je souhaite… » with the comma that its writer left out."""
    return text if led["comma"] else f"{text[: led.end()].rstrip()}, {text[led.end() :]}"


def restated(sentence: str, limit: int = 30) -> str:
    """One sentence, without its full stop, that takes up `sentence`; '' when it is not to be repeated."""
    left = _LEAVING.match(sentence.strip()) and "?" not in sentence
    return "" if left else without_dangling(_polished(_restated(sentence, limit)))


# « Vous nous demandez si, la rue étant sombre, vous nous demandez ce que… »
_ASKED_TWICE = re.compile(
    r"^Vous nous demandez [^.?!]{0,200}?, vous (?:nous |vous )?demandez (?=ce qu|si |s['’]|quand|comment|où"
    r"|pourquoi|quel)"
)


def _polished(told: str) -> str:
    """French as it is written: « s'il », one question word; '' when something was lost on the way (« 79 et, »)."""
    if re.search(r"\b(?:et|ou|de|à)\s*,", told):
        return ""
    if told.count("(") != told.count(")"):
        return ""  # cut within its brackets
    told = re.sub(r",? si nous (?:le )?(?:voulons|souhaitons|préférons)$", "", told)
    told = _ASKED_TWICE.sub("Vous nous demandez ", told)
    told = re.sub(r"\bsi (ils?)\b", r"s’\1", told)
    told = re.sub(r"\bde (?=[aeiouéèêàâîô](?!n(?:ze|zième)?\b)[a-zà-ÿ]+(?:er|ir|re|oir)\b)", "d’", told)
    return re.sub(r"\b(?:si|et) (?:le|la|les|l['’]) ?\w+, (?=(?:pourquoi|comment|combien|quand|où)\b)", "", told)


_ADDRESS = re.compile(
    r"\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|av\.?|avenue|place|chemin|impasse|all[ée]e|boulevard|bd|route|quai"
    r"|square|cours)"
    r" [^.;:?!()\d]{2,50}",
    re.IGNORECASE,
)


def _introduced(text: str) -> str:
    """« Vous nous signalez » what is wrong, « Vous nous indiquez » how things are."""
    return "Vous nous signalez" if wrong(text) else NOTED


def _restated(sentence: str, limit: int) -> str:
    text = shortened(_GROUNDS.sub("", without_turns(trimmed(sentence))), limit)
    if not text or not repeatable(text) or re.match(r"nous,? soussign[^,]*,[^?]*\b\w+ons$", text, re.IGNORECASE):
        return ""
    text = re.sub(
        r"^(?=(?:sollicite|souhaite|recherche|désire|cherche|voudrais|aimerais)\b)", "je ", text, flags=re.IGNORECASE
    )
    text = re.sub(
        r"^(je|nous) soussign[ée]+e?s?,?(?: [^,]{2,60},){1,5} (?=\w+(?:e|ons)\b)", r"\1 ", text, flags=re.IGNORECASE
    )
    text = re.sub(  # « je soussignée Mme Berthe Lecointre, 91 ans, vous demande »
        r"^(je|nous),? soussign[^?]{0,120}? (?=vous (?:demand|sollicit|inform|signal|autoris|pri)\w*\b)",
        r"\1 ",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(
        r"^c['’](?:est|était) (?:juste |simplement )?pour (?=[a-zà-ÿ]+(?:er|ir|oir)\b)",
        "je souhaite ",
        text,
        flags=re.I,
    )
    text = _INFORMS.sub("", text)
    text = re.sub(
        r"^(?=(?:comment|où|combien|(?:quand|s['’]ils?)(?=[^,]*$))\b[^?]{8,}$)", "savoir ", text, flags=re.IGNORECASE
    )
    if "?" not in sentence:
        text = as_we(text)
    if (
        (thinks := _I_THINK.search(text)) and "?" not in sentence and len(text.split()) <= SHORT_THOUGHT
    ):  # « classée, je crois »
        text = f"{thinks['who']} que {lower_first(text[: thinks.start()])}".replace("que il", "qu'il")
    if (of := matter(text)) and "?" not in text and (told := swapped(of)):
        return f"Vous nous écrivez au sujet {told}"
    if (found := _ATTENTION.match(text)) and "?" not in text and (told := swapped(found["what"])):
        return f"Vous attirez notre attention sur {told}"
    if (found := _REPORTS.match(text)) and "?" not in text and (told := swapped(text[found.end() :])):
        return f"Vous nous signalez {told}"
    text = _HONOUR.sub(lambda match: f"je {_HONOURS[match['verb'].lower()]} ", text)
    text = re.sub(
        r"^on (n['’])?a (?=(?:une?|des|plus|déjà|encore|pas)\b(?! (?:vol|cass|dégrad|tagu|abîm|arrach|sacc|dérob"
        r"|jet|dépos|brûl|forc|coup|ray|cambriol)\w+))",
        lambda found: f"nous {found[1] or ''}avons ",
        text,
        flags=re.I,
    )
    text = re.sub(r"^on (l['’]|les |en |y )a (?=[a-zà-ÿ]+(?:é|i|u|is|it)e?s?\b)", r"nous \1avons ", text, flags=re.I)
    text = re.sub(r"^une? ([a-zà-ÿ' -]{3,40}?) de moi\b", r"mon \1", text)
    text = re.sub(r"^(?=ai\b)", "j’", text)
    text = re.sub(r"^[Bb]esoin (?=d(?:e |['’u]))", "j’ai besoin ", text)
    text = re.sub(r"^(?:on est|nous sommes) (?:\w+ )?(?:on|nous) (?=\w+)", "nous ", text, flags=re.IGNORECASE)
    text = re.sub(r"^on (?:voudrait|aimerait|souhaite(?:rait)?)\b", "nous souhaitons", text, flags=re.IGNORECASE)
    if re.match(r"si (?!bien)", text, re.IGNORECASE) and not re.search(r",", text) and (told := asked(text)):
        return f"Vous nous demandez {told}"
    if re.match(r"si bien qu", text, re.IGNORECASE):
        return ""
    text = re.sub(r"^on (?=(?!me\b|se\b|le\b|ne\b|te\b|ce\b)[a-zà-ÿ]{3,}e\b)", "je ", text, flags=re.IGNORECASE)
    if _TO_DO.match(text) and (told := asked(f"merci de {lower_first(text)}")):
        return f"Vous nous demandez {told}"
    question = (
        sentence.rstrip().endswith("?") or "pourriez-vous " in text or text.endswith("?") or bool(_ASKING.match(text))
    )
    question = question or bool(
        re.match(r"(?:l[ea]s?|mon|ma|mes) [^,;:]{2,40}" + _INVERTED.pattern, text, re.IGNORECASE)
    )
    if (offer := _OFFER.match(text)) and (told := swapped(offer["what"])):
        return f"Vous proposez {'d’' if told[0] in 'aeiouéèêh' else 'de '}{told}"
    choice = re.search(r" : (?P<said>[^:,]{1,40} ou [^:,]{1,40}?)\W*$", text) if question else None
    if choice and not _ASKED_AT_ONCE.match(text) and (told := restated(f"{text[: choice.start()]}.")):
        return f"{told} et nous demandez : « {upper_first(choice['said'])} ? »" if told.startswith("Vous") else told
    if question:  # « le jardin du souvenir est il gratuit »
        text = re.sub(r"^est ce\b", "est-ce", text, flags=re.I)
        text = re.sub(
            r"\b(est|sont|faut|peut|doit|doivent|peuvent|ont) (ils?|elles?"
            r"|on)\b",
            r"\1-\2",
            text,
            flags=re.I,
        )
    lead = _LEAD_ASKED.match(text) if question else None
    condition = _ON_CONDITION.match(lead["lead"]) if lead else None
    if lead and (condition or not has_verb(re.sub(r" qui .*", "", lead["lead"]))):
        told, first = asked(lead["asked"]), swapped(lower_first(lead["lead"]))
        if told and first:
            if first in ("si oui", "si non"):
                return f"Vous nous demandez {told}"
            return (
                f"Vous nous demandez {told}, {first}"
                if condition
                else f"{upper_first(first)}, vous nous demandez {told}"
            )
    if question and (heard := _HEARD.match(text)) and (told := swapped(lower_first(heard["said"]))):
        return f"Vous nous demandez s’il est exact que {told}".replace("que il", "qu’il")
    if question and (told := elliptic(text)):
        return f"Vous nous demandez {told}"
    if question and (_TELLS.match(text) or _told_first(text)):
        return _told_and_asked(text)
    if question and (how := _HOW.match(text)):
        return f"Vous nous demandez comment faire {swapped(lower_first(how['what']))}".rstrip()
    if question and (wanted := _FOR_WHICH.match(text)) and (told := asked(wanted["asked"])):
        return f"Vous nous demandez {told} {swapped(lower_first(wanted['lead']))}".rstrip()
    if question and _FOR.match(text) and (told := swapped(lower_first(text.rstrip("? ")))):
        return f"Vous nous demandez comment faire {told}"
    if question:
        if told := asked(text):
            return f"Vous nous demandez {told}"
        if told := about(text):
            return f"Vous nous interrogez sur {told}"
        return f"Vous nous demandez : « {upper_first(text.rstrip('? '))} ? »"
    if _STARTS.match(text):
        bare = _PERMITS.sub(r"\1 vous ", text)
        turned = swapped(lower_first(re.sub(r"\bet (?=(?:je|j['’]|nous)\b)", "et que ", bare)))
        if turned and _DIRECT.match(turned):
            return upper_first(turned.replace(" et que vous ", " et "))
        if turned:
            return f"Vous nous indiquez que {turned}"
    elif ORDERS.match(text) and (told := asked(text)):
        return f"Vous nous demandez {told}"
    elif _WISHED.match(text) and (told := swapped(lower_first(text))):
        return f"Vous souhaitez {told}"
    elif (_APART.match(text) or _OCCASION.match(text)) and (told := swapped(text)) and re.search(r",? vous ", told):
        return upper_first(told)  # « Présidente du club, vous souhaitez… »
    elif (led := _LED_IN.match(text)) and (told := swapped(_with_comma(text, led))):
        return upper_first(told)
    elif _ADDRESS.fullmatch(text):
        return f"{NOTED} l’adresse suivante : {text}"
    elif told := stated(text):
        if told.startswith("= "):
            return upper_first(told.removeprefix("= "))
        return f"{_introduced(text)} {told}" if told.startswith("qu") else f"{NOTED} {told}"
    return f"Vous nous écrivez : « {upper_first(text)} »"
