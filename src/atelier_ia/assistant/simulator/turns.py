"""Turns of speech that no letter repeats, put as a secretary would before they are taken up.

« Ça fait 3 mois que le chien hurle » → « depuis 3 mois, le chien hurle »; « moi et mon copain on veut se pacser » →
« nous souhaitons nous pacser »; « la salle est libre, ou » → « la salle est libre ».
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import clean

_LASTING = re.compile(
    r"^(?:ça|ca|cela|voilà|il y a|y a)(?: va)?(?: faire| fait)? "
    r"(?P<time>(?:(?:plus de|près de|environ|bientôt|presque|déjà|maintenant) )?"
    r"(?:un|une|deux|trois|quatre|cinq|six|dix|quinze|plusieurs|quelques|\d+) "
    r"(?:jours?|semaines?|mois|ans?|années?|nuits?|heures?)(?: et demie?)?)"
    r" qu(?:e |['’])(?P<rest>(?!ça dure|cela dure)\S.+)$",
    re.IGNORECASE,
)
_COUPLE = re.compile(
    r"^(?:moi et (?:mon|ma|mes) [^,?.]{2,30}?|(?:mon|ma) [^,?.]{2,30}? et moi),? (?:on|nous,? on) "
    r"(?P<verb>veut|voudrait|aimerait|souhaite|souhaiterait)(?: bien)? (?P<self>se |s['’])?",
    re.IGNORECASE,
)
_FORBIDS = re.compile(
    r"^ne (?P<who>l[ae]s?|lui|leur) (?P<verb>dites|faites|[a-zà-ÿ]{3,}ez) (?:surtout "
    r"|absolument )?pas\b",
    re.IGNORECASE,
)
_IRREGULAR = {"dites": "dire", "faites": "faire", "mettez": "mettre", "prenez": "prendre", "transmettez": "transmettre"}
_HOW_MANY = re.compile(
    r"^(?P<verb>il faut|on doit avoir|il y a) (?P<many>combien d(?:e |['’])[a-zà-ÿ-]+)(?P<rest>.*)$", re.IGNORECASE
)
_AGAIN = re.compile(r"^(?:c['’]est|c) encore (?:moi|nous)\b[\s,.]*", re.IGNORECASE)
_PARENT = re.compile(
    r"(?<!\bma )(?<!\bmon )(?<!\bune )(?<!\bla )(?<!\bjeune )\b([Mm]aman|[Pp]apa)\b(?! (?:de|d['’]|au|seule?))"
)
_OUR_PARENT = re.compile(r"\b(?:ma maman|mon papa)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:c['’]est|je vous (?:écris|contacte)|je (?:viens vers vous|reviens vers vous)) (?:au sujet|à propos)"
    r" (?P<of>d(?:e l[a]|e l['’]|e mes|e mon|e ma|es|u|e|['’]) ?\S.*)$",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"[\s,]+(?:ou|et|mais|donc|que|de|à)(?: alors| bien)?\s*(?P<end>\W*)$")
_WHO_PAYS = re.compile(r"^qui (?:c['’]est qui|est-ce qui)\b", re.IGNORECASE)


# « c'est pour dire que », « je voulais vous signaler que », « nous vous informons que »: what follows is told.
_TELLS = re.compile(
    r"^(?:(?:c['’]est|c['’]était|c) (?:juste |simplement |surtout )?pour (?:vous )?(?:dire|signaler|prévenir|informer)"
    r"|(?:je|nous) (?:voulais|veux|voulions|voudrais|tenais à|tiens à|souhaite|viens|me permets de)"
    r" (?:juste |simplement |aussi |bien )?(?:vous )?(?:dire|signaler|prévenir|faire savoir|informer)"
    r"|(?:je|nous) vous (?:signal|inform|indiqu|préven|prévien)(?:e|ons|s)(?: (?:aussi|également))?) qu(?:e |['’])",
    re.IGNORECASE,
)
# « je voulais savoir si… »: asked, whatever ends the sentence.
_WONDERS = re.compile(
    r"^(?:(?:c['’]est|c['’]était) pour|(?:je|nous) (?:voulais|voulions|veux|voudrais|aimerais|voudrions|aimerions"
    r"|souhaite|souhaiterais|souhaitons|souhaiterions)) (?:juste |simplement |bien |aussi )*savoir,? "
    r"(?=(?:si|s['’]ils?|quand|comment|où|combien|quel\w*|à qui|qui|pourquoi)\b)",
    re.IGNORECASE,
)
_NOUN = (
    r"(?:(?:mon|ma|mes|le|la|les|notre|nos|votre|vos|cette|cet|ce|ces|son|sa|ses|un|une) |l['’])[a-zà-ÿ-]{2,}"
    r"(?: (?:(?:du|de la|de|des|à|au|en) |d['’])[\wà-ÿ'’-]+){0,2}"
)
# « mon fils il a eu 16 ans », « le coq du voisin il chante »: the noun is the subject.
_SAID_TWICE = re.compile(
    rf"(?P<noun>\b{_NOUN}) (?P<who>ils?|elles?) (?!y a\b|faut\b|faudrait\b|manqu|pleut|paraît|s['’]agit"
    rf"|fait (?:froid|noir|chaud|nuit))"
    r"(?=(?:ne |n['’]|me |m['’]|se |s['’]|y |en |l[ae]s? |l['’]|nous |vous |lui )*(?:a|est|ont|sont|va|vont"
    r"|[a-zà-ÿ]{3,})\b)",
    re.IGNORECASE,
)
_HAVE = re.compile(
    r"^(?P<verb>reçu|trouvé|perdu|vu|constaté|payé|signé|envoyé|demandé) (?=(?:un|une|le|la|mon|ma"
    r"|ce|cette|votre|des|\d|[a-zà-ÿ]+ ))",
    re.IGNORECASE,
)
_STILL = re.compile(
    r"^(?P<still>toujours|encore) (?P<never>pas|aucun\w*|rien) (?=[a-zà-ÿ]+(?:é|i|u|is"
    r"|it)e?s?\b)",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"^(?P<time>(?:bientôt |déjà )?(?:un|une|deux|trois|quatre|cinq|six|dix|quinze|plusieurs|\d+) (?:jours?"
    r"|semaines?|mois|ans?|années?))"
    r" qu(?:e |['’])(?P<rest>\S.+)$",
    re.IGNORECASE,
)
# « c'est la maman de Tiago, 6e, il a perdu sa carte »: said of a son.
_PARENT_OF = re.compile(
    r"^c['’]est (?:la maman|le papa|la mère|le père) d(?:e "
    r"|['’])(?P<who>[A-ZÀ-Ý][\w-]+)(?:,? ?\(?[^,;()]{2,30}\)?)?,? (?P<he>il|elle) ",
    re.IGNORECASE,
)
_IN_THE_NAME = re.compile(
    r"^(?:au nom|pour le compte|de la part) (?P<whom>d(?:u |es |e |['’])[^,:]{3,70}), (?:je|nous) (?:vous )?"
    r"(?:sollicit|demand|souhait|voudr)\w*\W*$",
    re.IGNORECASE,
)
_KINDLY = re.compile(
    r"^(?:je|nous) vous (?:remercie|remercions)(?: par avance| d['’]avance)? de (?:bien vouloir )?(?=(?:me |m['’]"
    r"|nous |l[ae]s? )?[a-zà-ÿ]+(?:er|ir|re|oir)\b)"
    r"(?!(?:m['’]|nous )?avoir)",
    re.IGNORECASE,
)


# « s'il existe un arrêté, je vous serais reconnaissante de m'en adresser copie »
_WOULD_BE = re.compile(
    r"(^|, )(?:je|nous) vous (?:serai[st]?|serions|saurai[st]?|saurions) (?:très "
    r"|infiniment )?(?:reconnaissant\w*|gré)"
    r" de (?:bien vouloir )?",
    re.IGNORECASE,
)


_BEGS = re.compile(r"\b(je|nous) vous pri(?:e|ons) de (?:bien vouloir )?(?!croire|recevoir|trouver)", re.IGNORECASE)


def without_turns(text: str) -> str:
    """One sentence of a message, said as a letter says it; the same when it holds none of these turns."""
    text = _WOULD_BE.sub(r"\1pourriez-vous ", text)
    text = _BEGS.sub(lambda match: f"{match[1]} vous demand{'e' if match[1].lower() == 'je' else 'ons'} de ", text)
    text = re.sub(r"\bde bien vouloir (?=\w)", "de ", text)
    text = re.sub(r"^je m['’]appelle (?:[A-ZÀ-Ý][\w'’-]*\s?){1,3}(?:,| et)\s*(?=(?:je|j['’]))", "", text, flags=re.I)
    text = _KINDLY.sub("merci de ", _TELLS.sub("", text, count=1))
    if (wondered := _WONDERS.match(text)) and "?" not in text:
        text = f"{text[wondered.end() :].rstrip(' .')} ?"
    elif wondered:
        text = text[wondered.end() :]
    if parent := _PARENT_OF.match(text):
        child = "mon fils" if parent["he"].lower() == "il" else "ma fille"
        text = f"{child} {parent['who']} {text[parent.end() :]}"
    if named := _IN_THE_NAME.match(text):
        text = f"je vous écris au nom {named['whom']}"
    text = re.sub(r"\b(mais|et|car|donc) moi,? (?=je |j['’])", r"\1 ", text)
    text = re.sub(r"\b(lui|elle|eux|elles),? (?=(?:ils?|elles?) )", "", text)  # « mais lui il est né en Belgique »
    text = _SAID_TWICE.sub(lambda match: f"{match['noun']} ", text)
    text = _HAVE.sub(lambda match: f"j’ai {match['verb'].lower()} ", text)
    text = _STILL.sub(lambda match: f"je n’ai {match['still'].lower()} {match['never']} ", text)
    if since := _SINCE.match(text):
        text = f"depuis {since['time'].lower()}, {since['rest']}"
    text = _WHO_PAYS.sub("qui", _AGAIN.sub("", text, count=1))
    if lasting := _LASTING.match(text):
        text = f"depuis {lasting['time']}, {lasting['rest']}"
    text = _COUPLE.sub(lambda match: f"nous souhaitons {'nous ' if match['self'] else ''}", text)
    if match := _FORBIDS.match(text):
        low = match["verb"].lower()
        verb = _IRREGULAR.get(low) or f"{low[:-2]}er"
        text = f"merci de ne pas {match['who']} {verb}{text[match.end() :]}"
    if match := _HOW_MANY.match(text):
        verb = match["verb"]
        text = f"{match['many']} {verb[0].lower()}{verb[1:]}{match['rest']}"
    return _PARENT.sub(lambda match: "ma mère" if match[1].lower() == "maman" else "mon père", _own_parent(text))


def _own_parent(text: str) -> str:
    return _OUR_PARENT.sub(lambda match: "ma mère" if "maman" in match[0].lower() else "mon père", text)


def matter(text: str) -> str:
    """« c'est au sujet de la tombe de mes parents » → « de la tombe de mes parents »; '' for another sentence."""
    match = _ABOUT.match(text)
    return match["of"] if match else ""


def without_dangling(text: str) -> str:
    """« si la salle est libre, ou » → « si la salle est libre »."""
    return _DANGLING.sub(lambda match: match["end"], text)


_LEADING = re.compile(
    r"^(?:\W+|\d{1,2}\s?[).°/]+\s*|[a-d]\)\s*|(?:et|mais|or|donc|alors|voilà|voila|puis(?!-)|aussi|enfin|bref"
    r"|autre chose|autre (?:question|point|sujet|problème|problème)|par ailleurs|par contre|en revanche"
    r"|d['’]autre part"
    r"|d['’]une part|de plus"
    r"|en plus|ensuite|également|egalement|au passage|sinon|ps|p\.s\.|nb|(?:et )?(?:puisque|tant que"
    r"|pendant que) (?:je vous "
    r"tiens|j['’]y suis|j['’]y pense)|je profite de (?:ce|mon) \w+ pour (?:vous )?(?:demander|signaler|dire)"
    r"|par la même occasion|j['’]en profite (?:aussi |également )?pour (?:vous )?(?:demander|signaler"
    r"|dire)(?: qu(?:e(?= )|['’]))?"
    r"|(?:une|une autre|petite|dernière|autre|\d+|deux|trois)(?: petites?)?"
    r" questions?(?: rapides?)?(?=\s*(?:[:,]|[a-d]\)|\d))|(?:un|deux|trois|quatre)(?=\s*:)|au secours"
    r"|premièrement|deuxièmement|secundo|primo|bonjour|bonsoir"
    r"|(?:madame|monsieur|mme)(?!\s+(?-i:[A-ZÀ-Ý]))|messieurs|mesdames"
    r"|(?:la mairie|le maire)(?=\s*[,:;.!–-])"
    r"|résultat(?=\s*[,:])|moi,?(?= (?:je|j['’]|il |elle |ils |on ))|nous(?= on )|ah|s['’]il vous plaît"
    r"|merci(?! de\b| d['’])|objet"
    r"|sujet)\b\s*[,:;.!–-]*\s*)+",
    re.IGNORECASE,
)


def trimmed(text: str) -> str:
    """A request without what leads to it: greeting, « et puisque je vous tiens : », number in a list."""
    text = re.sub(r"^et qu(?:e |['’])(?=\w)", "", re.sub(r"\s+", " ", text).strip(), flags=re.IGNORECASE)
    text = re.sub(r" [2-9]\) (?=\w+(?:er|ir|re)\b)", " et de ", re.sub(r" de 1\) ", " de ", text))
    text = re.sub(r"^(?:félicitations|bravo|merci|chapeau)\b[^,.?!]*,? mais ", "", text, flags=re.IGNORECASE)
    text = re.sub(
        r"^si (?:je (?:peux|puis)|vous (?:me )?permettez)\b[^:,.?]{0,40}[:,]\s*", "", text, flags=re.IGNORECASE
    )
    found = _LEADING.sub("", text, count=1).strip()
    found = re.sub(
        r"[.,;]? merci de (?:me |nous )(?:dire|répondre|tenir au courant|renseigner)\W*$",
        "?" if "?" in found else "",
        found,
    )
    found = re.sub(r",? comme vous le savez\b,?", "", found, flags=re.IGNORECASE)
    if "?" in text:
        found = re.sub(
            r",? (?:je (?:crois|pense|suppose|présume)|j['’]imagine|il me semble|paraît-il|non|si (?:jamais|possible))"
            r"(?=[\s?!.]*$)",
            "",
            found,
        )
    found = (
        re.sub(
            r",? (?:aussi|également|svp"
            r"|s['’]il vous plaît)(?=\W*$)",
            "",
            found,
        )
        if len(found.split()) > 3
        else found
    )
    found = (
        re.sub(r",? merci(?: d['’]avance| beaucoup| bcp| bien)?(?=[\s?!.]*$)", "", found)
        if len(found.split()) > 3
        else found
    )
    found = found if len(found.split()) >= 2 else text
    return clean(re.sub(r"[\s(]*(?:…|\.\.\.)[\s.]*$", "", found)).rstrip("!").strip()
