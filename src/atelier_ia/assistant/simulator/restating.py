"""Take up what a person asked: « J'ai perdu mes clés » → « Vous nous indiquez que vous avez perdu vos clés. »

A sentence that the rules cannot turn without risk is quoted as it stands: nothing is ever changed in what was said.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import clean, lower_first, upper_first
from atelier_ia.assistant.words import fold

_VERBS = {
    "ai": "avez", "suis": "êtes", "vais": "allez", "peux": "pouvez", "puis": "pouvez", "veux": "souhaitez",
    "voudrais": "souhaitez", "voudrai": "souhaitez", "voulais": "souhaitez", "aimerais": "aimeriez",
    "aimerai": "aimeriez", "souhaiterais": "souhaitez", "dois": "devez", "sais": "savez", "fais": "faites",
    "viens": "venez", "reviens": "revenez", "tiens": "tenez", "pars": "partez", "dors": "dormez", "reçois": "recevez",
    "comprends": "comprenez", "prends": "prenez", "attends": "attendez", "perds": "perdez", "vends": "vendez",
    "vois": "voyez", "crois": "croyez", "envoie": "envoyez", "paie": "payez", "écris": "écrivez", "mets": "mettez",
    "connais": "connaissez", "vis": "vivez", "sors": "sortez", "construis": "construisez", "serai": "serez",
    "aurai": "aurez", "ferai": "ferez", "appelle": "appelez", "rappelle": "rappelez", "achète": "achetez",
    "espère": "espérez", "préfère": "préférez", "possède": "possédez", "gère": "gérez", "jette": "jetez",
    "projette": "projetez", "emmène": "emmenez", "finis": "finissez", "choisis": "choisissez",
}  # fmt: skip
_PLURAL = {"sommes": "êtes", "avons": "avez", "faisons": "faites", "disons": "dites", "voudrions": "souhaitez",
           "voulons": "souhaitez", "souhaiterions": "souhaitez", "aimerions": "aimeriez",
           "allons": "allez"}  # fmt: skip
_CLITICS = r"((?:(?:ne|me|nous|y|en|le|la|les|lui|leur)\s+|[nml]['’]\s?)*)"
_I = re.compile(rf"\b(?:je\s+|j['’]\s?){_CLITICS}([a-zà-ÿ]+)\b", re.IGNORECASE)
_WE = re.compile(rf"\bnous\s+{_CLITICS}(sommes|[a-zà-ÿ]+ons)\b", re.IGNORECASE)
_STARTS = re.compile(r"^(?:je\b|j['’]|nous\s+(?:ne\s+|n['’]|nous\s+|y\s+|en\s+)*(?:sommes|\w+ons)\b)", re.IGNORECASE)
_DIRECT = re.compile(
    r"^vous (?:vous )?(?:n['’]|ne )?(?:souhaitez|aimeriez|cherchez|demandez|sollicitez|contestez|signalez|envisagez"
    r"|proposez|voulez|réclamez|désirez|exigez|organisez|préparez)\b"
)
_OTHERS = re.compile(r"\b(?:vous|votre|vos|tu|toi|ton|ta|tes|on|moi[- ]m[êe]me)\b|\bt['’]", re.IGNORECASE)
_LEADING = re.compile(
    r"^(?:\W+|\d{1,2}\s?[).°/]+\s*|[a-d]\)\s*|(?:et|mais|or|donc|alors|voilà|voila|puis|aussi|enfin|bref"
    r"|autre chose|autre "
    r"(?:question|point|sujet|problème|problème)|par ailleurs|par contre|en revanche|d['’]autre part"
    r"|d['’]une part|de plus"
    r"|en plus|ensuite|également|egalement|au passage|sinon|ps|p\.s\.|nb|(?:et )?(?:puisque|tant que"
    r"|pendant que) (?:je vous "
    r"tiens|j['’]y suis|j['’]y pense)|je profite de (?:ce|mon) \w+ pour (?:vous )?(?:demander|signaler|dire)"
    r"|premièrement|deuxièmement|secundo|primo|bonjour|bonsoir|madame|monsieur|messieurs|mesdames|mme"
    r"|la mairie|le maire"
    r"|s['’]il vous plaît|merci|objet|sujet)\b\s*[,:;.!–-]*\s*)+",
    re.IGNORECASE,
)
_RUDE = re.compile(
    r"\b(?:fout\w+|foutre|merd\w*|con|cons|connard\w*|chier|bordel|put\w{1,3}in|honte\w*|copinage|incapable\w*|nuls?"
    r"|incompeten\w+|fainéant\w*|faineant\w*|feignant\w*|pourri\w*|escroc\w*|voleurs?|magouill\w*|scandal\w*"
    r"|ras[- ]le[- ]bol|debiles?|abruti\w*"
    r"|porcherie|guignol\w*|idiot\w*|imbecile\w*|gueule|emmerd\w*)\b"
)


_PRIVATE = re.compile(
    r"\b(?:morphine|cancer\w*|tumeur\w*|chimio\w*|sida|vih|seropositi\w+|depressi\w+|suicid\w+|schizophren\w+"
    r"|bipolaire"
    r"|psychiatr\w+|alcooli\w+|toxicoman\w+|alzheimer|fin de vie|soins palliatifs|diagnosti\w+|traitement medical"
    r"|medicaments?|ordonnance|maladie|malade|hospitalise\w*|enceinte|avortement|ivg)\b"
)
_UNFIT = re.compile(
    r"\b(?:tu|toi|tes|tien(?:ne)?s?)\b|\bt['’]\w|\b(?:un|des) morts?\b|\ben douce\b|\bbalance[zr]\b"
    r"|\bsous-fifre\w*|\bgosses?\b"
    r"|\bglander?\b|\bau diable\b|\bvous (?:regardez|attendez|foutez|mentez|dormez|vous moquez|croyez|savez rien)\b"
    r"|\b(?:sinon|ou) (?:on|je|nous) (?:dira|dirons|dirai|publi\w+|saisi\w+|porte\w*)\b|\bque dieu\b|\?\s*\?|!\s*!"
)


def repeatable(text: str) -> bool:
    """May an answer repeat these words? Not abuse, threats, « tu », nor what tells of someone's health."""
    folded = fold(text)
    return not (rude(text) or _UNFIT.search(folded) or _PRIVATE.search(folded))


def rude(text: str) -> bool:
    """Does a sentence hold a word that an answer does not repeat?"""
    return bool(_RUDE.search(fold(text)))


def trimmed(text: str) -> str:
    """A request without what leads to it: greeting, « et puisque je vous tiens : », number in a list."""
    text = re.sub(r"\s+", " ", text).strip()
    found = _LEADING.sub("", text, count=1).strip()
    found = found if len(found.split()) >= 2 else text
    return clean(re.sub(r"[\s(]*(?:…|\.\.\.)[\s.]*$", "", found)).rstrip("!").strip()


def shortened(text: str, limit: int) -> str:
    """At most `limit` words, cut at the last comma or at a word, the cut shown by « … »."""
    words = text.split()
    if len(words) <= limit:
        return text
    kept = " ".join(words[:limit])
    comma = max(kept.rfind(", "), kept.rfind(" ; "), kept.rfind(" : "))
    if comma > 0.6 * len(kept):
        kept = kept[:comma]
    return kept.rstrip(" ,;:(") + "…"


def restated(sentence: str, limit: int = 30) -> str:
    """One sentence, without its full stop, that takes up `sentence`; '' when it is not to be repeated."""
    text = shortened(trimmed(sentence), limit)
    if not text or not repeatable(text):
        return ""
    turned = _turned(text)
    if turned and _DIRECT.match(turned):
        return upper_first(turned)
    if turned:
        return f"Vous nous indiquez que {turned}"
    if sentence.rstrip().endswith("?") or text.endswith("?"):
        return f"Vous nous demandez : « {upper_first(text.rstrip('? '))} ? »"
    return f"Vous nous écrivez : « {upper_first(text)} »"


def _turned(text: str) -> str:
    """First person → second person; '' when a word stands in the way."""
    if "?" in text or _OTHERS.search(text) or not _STARTS.match(text):
        return ""
    failed: list[str] = []

    def single(match: re.Match[str]) -> str:
        verb = _conjugated(match[2].lower())
        if not verb:
            failed.append(match[0])
        return _subject(match[1], verb)

    def several(match: re.Match[str]) -> str:
        verb = match[2].lower()
        return _subject(match[1], _PLURAL.get(verb) or re.sub(r"ons$", "ez", verb))

    turned = _I.sub(single, lower_first(text))
    turned = _WE.sub(several, turned)
    if failed or re.search(r"\bje\b|\bj['’]", turned, re.IGNORECASE):
        return ""
    for first, second in (("notre", "votre"), ("nos", "vos"), ("mon", "votre"), ("ma", "votre"), ("mes", "vos"),
                          ("moi", "vous"), ("nous", "vous"), ("me", "vous"), ("les nôtres", "les vôtres")):  # fmt: skip
        turned = re.sub(rf"\b{first}\b(?!-)", second, turned)
    return re.sub(r"\bm['’]\s?", "vous ", turned)


def _subject(clitics: str, verb: str) -> str:
    low = clitics.lower().replace("’", "'")
    low = re.sub(r"\bm'|\bme\b|\bnous\b", "vous ", low)
    low = re.sub(r"\s+", " ", low).strip()
    if low.endswith("n'") and verb[:1] not in "aeiouyêéh":
        low = low[:-2] + "ne"
    if low.endswith(" ne") or low == "ne":
        low = re.sub(r"ne$", "n'" if verb[:1] in "aeiouêé" else "ne", low)
    glue = "" if not low or low.endswith("'") else " "
    return f"vous {low}{glue}{verb}"


def _conjugated(verb: str) -> str:
    if verb in _VERBS:
        return _VERBS[verb]
    if verb.endswith("rai") and len(verb) > 4:
        return f"{verb[:-2]}ez"
    if verb.endswith("ais") and len(verb) > 4:
        return f"{verb[:-3]}iez"
    if verb.endswith("e") and len(verb) > 3 and not re.search(r"(?:elle|ette|è\we|oie|uie|[^q]ue|ce|ge)$", verb):
        return f"{verb[:-1]}ez"
    if verb.endswith(("ce", "ge", "que", "gue")):
        return f"{verb[:-1]}ez"
    return ""
