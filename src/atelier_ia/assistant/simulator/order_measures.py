"""What the facts decide, said as an arrêté says it: « interdire le passage » → « Le passage est interdit ».

Only forms that leave no doubt are turned; anything else stays as it was told. A sentence that decides is a measure,
even when it also says why.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import lower_first, upper_first
from atelier_ia.assistant.words import fold

_DECIDES = re.compile(
    r"\binterdi\w*|\bautoris\w+|\bferm(?:e|es|ee|ees|er|eture|etures)\b|\blimit\w+|\bobligatoire\w*|\breserv(?:e|er"
    r"|ee|es|ees)\b"
    r"|\bneutralis\w+|\bbarree?s?\b|\bdevi\w+\b|\balterne\w*|\balternats?\b|\bdeleg\w+|\bnomm\w+|\bprescri\w+"
    r"|\bmet\w* en demeure|\bmise en demeure"
    r"|\bordonn\w+|\bsuspend\w*|\bsuspension\b|\bdeplac(?!ements?\b)\w+|\binstaur\w+|\bcre(?:er|e|ee|ation)\b"
    r"|\bdoit\b|\bdoivent\b|\bdevra\w*\b"
    r"|\brenvoy\w+|\bdefen(?:se|du)\w*|\bouvertures?\b|\bsens unique\b|\bzone (?:30|bleue|de rencontre)\b"
    r"|\bnumero\w*|\bperimetre\b"
)
_LEAD = re.compile(
    r"^(?:(?:donc|et|il faut(?: donc)?|il convient (?:donc )?d['’]|il convient (?:donc )?de|il faudrait|on (?:doit"
    r"|veut|voudrait|souhaite|va)|nous (?:devons|voulons|souhaitons|allons)"
    r"|le maire (?:veut|souhaite|demande à|demande d['’]|décide d['’]|décide de|demande de)|la mairie (?:veut"
    r"|souhaite)|merci d['’]"
    r"|merci de|prévoir d['’]|prévoir de|à|pour|demande d['’]|arrêté (?:pour|afin d['’]))\s*)(?=(?:interdire"
    r"|fermer|autoriser|limiter"
    r"|réserver|neutraliser|barrer|suspendre|déplacer|mettre|créer|instaurer|rendre|obliger|numéroter|nommer"
    r"|donner)\b)",
    re.IGNORECASE,
)
# « Il faut un arrêté pour limiter… », « faire un arrêté de délégation… »
_ASKED_ORDER = re.compile(
    r"^(?:(?:il (?:nous )?(?:faut|faudrait)|il convient de (?:prendre|faire)|je (?:voudrais|souhaite)|faire"
    r"|préparer|prévoir|prendre|besoin d['’]|merci de (?:faire|préparer)|nous avons besoin d['’])\s*)?(?:un\s+"
    r"|l['’]\s?)?arrêté (?:municipal )?"
    r"(?=pour |afin |de |d['’])(?:pour\s|afin (?:de\s|d['’])|de\s|d['’])(?!voirie\b)",
    re.IGNORECASE,
)
_SLOWED = re.compile(
    r"^limiter (?:la vitesse )?à (?P<speed>\d{2,3} km/h),? (?:dans |sur )?(?:la |le |les "
    r"|l['’])?(?P<ways>(?:rue|chemin|avenue"
    r"|route|boulevard|place|allée|quai|impasse|traversée|centre|hameau)\b.*)$",
    re.IGNORECASE,
)
_THING = (
    r"(?P<article>le |la |les |l['’]|tout |toute |tous les |toutes les )?"
    r"(?P<thing>(?!de |d['’])(?:accès (?:à la |au |aux |à l['’]))?(?:[^,.;:()]|(?<=\d),(?=\d))+?)"
)
_SINCE = (
    r"(?:du|de|le|les|dès le|jusqu['’]au|à partir du|chaque|tous les|toutes les) (?:\d|1er|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche|jours|soirs)"
)
_REST = (
    rf"(?P<rest>(?:(?<!plus)(?<!moins),? (?:{_SINCE}|(?:sur|dans|devant|rue|place|avenue|chemin|au droit|au niveau"
    rf"|aux (?:abords|plus|moins|véhicules|poids)|à(?= (?:la|le|les|partir|compter|tou\w+|\d|moins|proximité"
    rf"|hauteur)\b| l['’])|en|"
    r"entre|pendant|toute|jusqu|sauf|dès|pour|temporairement)\b).*|\s*(?:,(?!\d)|[(:]).*)?)$"
)
_VERBS = {"interdi": "interdit", "autoris": "autorisé", "ferm": "fermé", "reserv": "réservé", "neutralis": "neutralisé",
          "barr": "barré", "suspend": "suspendu", "deplac": "déplacé"}  # fmt: skip
_INFINITIVE = re.compile(
    r"^(?:on |nous )?(?P<verb>interdi(?:re|t|sons)|autoris(?:er|e|ons)|ferm(?:er|e|ons)|réserv(?:er|e|ons)"
    r"|neutralis(?:er|e|ons)"
    r"|barr(?:er|e|ons)|suspend(?:re|ons)?|déplac(?:er|e|eons)) (?:temporairement |provisoirement "
    r"|exceptionnellement )?"
    rf"(?:(?:en urgence|d['’]urgence) )?{_THING}{_REST}",
    re.IGNORECASE,
)
# « fermer à la circulation la rue Haute », « fermer à la circulation de 13 h à 17 h : … »
_TO_TRAFFIC = re.compile(
    r"^(?:on |nous )?(?:ferm|interdi|barr)\w+ à (?:toute |la )circulation(?P<rest>\s.+)$",
    re.IGNORECASE,
)
_BANNED_ACT = re.compile(r"^(?:on |nous )?interdi(?:re|t|sons) (?:temporairement )?(?=de |d['’])", re.IGNORECASE)
_FEMININE = re.compile(
    r"(?:bombes?|fusées?|voitures?|trottinettes?|circulation|baignade|pêche|vente|consommation|rue|place|route|voie"
    r"|aire|salle|école|terrasse|chasse|traversée|association|entreprise|société|avenue|allée|esplanade|église"
    r"|entrée|utilisation|ouverture|installation|exploitation|occupation|impasse|place|mairie|crèche|piscine"
    r"|passerelle|forêt)\b",
    re.I,
)
_PLURAL = re.compile(
    r"^(?:les |tous les |toutes les |\d|deux |trois |quatre )|\bet (?:le |la |l['’]|les )?\w+", re.IGNORECASE
)
_SPEED = re.compile(
    r"(?P<what>\b(?:vitesse|limit\w+|zone|rouler|roule)\b[^.;\n]{0,40}?\bà (?:[23457]0|110|90|80))(?!\s?(?:%|€|km"
    r"|t\b|m\b|places|personnes"
    r"|\d|h\b|ans\b|kg))\b",
    re.IGNORECASE,
)


def decides(sentence: str) -> bool:
    """Does a sentence say what is forbidden, allowed, reserved…, rather than why?"""
    return bool(_DECIDES.search(fold(sentence)))


def with_units(text: str) -> str:
    """« vitesse limitée à 30 » → « vitesse limitée à 30 km/h »."""
    return _SPEED.sub(r"\g<what> km/h", text)


_THEN = re.compile(
    r",? (?:et|puis) (?=(?:(?:leur|lui|les|le|la) )?(?:demander|prévoir|mettre|interdire|fermer|autoriser|réserver"
    r"|limiter|barrer)\b)",
    re.IGNORECASE,
)
_ASKED_OF = re.compile(r"^(?P<whom>leur|lui) demander (?=de |d['’])", re.IGNORECASE)


def measure(sentence: str) -> str:
    """A measure as an article tells it; as it was told when no rule turns it."""
    parts = _THEN.split(sentence.strip().rstrip("."))
    return ". ".join(_measure(part) for part in parts)


def _measure(sentence: str) -> str:
    text = _LEAD.sub("", _ASKED_ORDER.sub("", re.sub(r"^\s*[-–—*•]\s+", "", sentence.strip()), count=1), count=1)
    text = re.sub(r"^C['’]est leur (?=\d|première|deuxième|seconde|troisième)", "Il s'agit de la ", text)
    text = re.sub(r"\bjuste pour\b", "uniquement pour", text)
    if slow := _SLOWED.match(text):
        ways = re.sub(r"\bet (?:la |le |les |l['’])", "et ", slow["ways"])
        ways = re.sub(r",? (?:en |à titre )?permanente?\b|,? en permanence\b", "", ways)
        return f"La vitesse est limitée à {slow['speed']} {ways}"
    text = re.sub(
        r"^le maire (?:veut|souhaite|demande) que (?:ce|cela|ça) soit permanent\w*",
        "La mesure est permanente",
        text,
        flags=re.I,
    )
    if whom := _ASKED_OF.match(text):
        return f"Il {whom['whom'].lower()} est demandé {text[whom.end() :]}"
    if closed := _TO_TRAFFIC.match(text):
        sur = " sur" if re.match(r" (?:la|le|les) | l['’]", closed["rest"]) else ""
        return f"La circulation est interdite{sur}{closed['rest']}"
    if _BANNED_ACT.match(text):
        return upper_first(_BANNED_ACT.sub("il est interdit ", text))
    if match := _INFINITIVE.match(text):
        return _turned(match)
    return upper_first(text)


_LISTED = re.compile(r",\s(?!(?:du|de|le|la|les|à|en|sur|sauf|dans|entre|pendant|pour|dès)\b)[a-zà-ÿ-]+(?:,|\set)\s")


def _turned(match: re.Match[str]) -> str:
    article, thing = (match["article"] or "").lower(), match["thing"].strip()
    word = next(told for start, told in _VERBS.items() if fold(match["verb"]).startswith(start))
    article = article or (
        "les "
        if re.match(r"[a-zà-ÿ]+s\b(?! (?:de|du|à)\b)", thing) and not re.match(r"accès|poids(?! lourds)", thing)
        else ""
    )
    several = bool(_PLURAL.search(f"{article}{thing}"))
    if _LISTED.match(match["rest"]):  # « les pétards, fusées et feux d'artifice »
        return f"Sont {word}s : {article}{thing}{match['rest'].rstrip()}"
    things = [re.sub(r"^(?:le |la |les |l['’])", "", part) for part in thing.split(" et ")]
    feminine = (
        article in ("la ", "toute ", "toutes les ")
        if len(things) == 1 and article not in ("", "l'", "l’")
        else all(map(_FEMININE.match, things))
    )
    feminine = feminine or bool(re.match(r"\d+ places?\b|(?:deux|trois|quatre) places\b", thing))
    first = thing.split(" et ")[0]
    if not article and not re.match(r"\d|(?:deux|trois|quatre|cinq|six) ", thing):
        article = "les " if thing.split()[0].endswith("s") else "la " if _FEMININE.match(first) else "le "
    agreed = word + ("e" if feminine else "") + ("s" if several else "")
    verb = "sont" if several else "est"
    rest = match["rest"].rstrip()
    second = re.sub(r"\bet (?=circulation\b)", "et la ", thing)
    second = re.sub(r"\bet (?=stationnement\b)", "et le ", second)
    return upper_first(
        f"{article}{lower_first(second)} {verb} "
        f"{agreed}{rest if rest.startswith((',', '(', ' ')) else ' ' + rest if rest else ''}"
    )
