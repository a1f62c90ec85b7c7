"""What only says where, by what means or why: left out before the sheet that a text is about is looked for."""

from __future__ import annotations

import re

# « au numéro 18 », « devant l'école » say where, not what the mail is about.
_WHERE = re.compile(
    r"\b(?:nich|perch|dorm|dort|log)\w* (?:dans|sur) (?:les? |la |l['’]|une? |des |notre |nos |mon |ma )\w+|"
    r"\b[Pp]lace (?:d[eu]s? |de la |de l['’])?(?-i:[A-ZÀ-Ý])[\wà-ÿ-]+|"
    r"\b(?:(?:tout )?pr[èe]s|(?<!d['’])[àa] c[ôo]t[ée]|autour|derri[èe]re|en face|au bout|au niveau|non loin"
    r"|[àa] proximit[ée]|au pied|en haut|au sommet) (?:d[eu]s?\s+|d['’]une?\s+|les?\s+)?(?:la\s+|l['’])?"
    r"(?!chez\b)[a-zà-ÿ]{4,}"
    r"|\b(?:num[ée]ro|n°)\s*\d+|\b\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?:rue|avenue|boulevard|chemin|impasse|allée"
    r"|place|route)\b|\b(?:devant|derri[èe]re|pr[èe]s d[eu]|en face d[eu]|face [àa]|[àa] c[ôo]t[ée] d[eu]|le long d[eu]"
    r"|aux abords d[eu]|autour d[eu]|sur le (?:banc|muret|rebord) d[eu]"
    r"|au niveau d[eu]|entre|(?:sur|dans) (?:le|la) (?:parking|cour|parvis|trottoir devant|terrain"
    r"|pelouse) d[eu]|au bout d[eu]|au coin d[eu]"
    r"|[àa] l['’](?:angle|arri[èe]re|entr[ée]e) d[eu]|parking d[eu]|au-dessus d[eu]|depuis|jusqu['’][àa]u?)s?\s+"
    r"(?:la\s+|le\s+|les\s+|l['’]\s?)?(?:[ée]coles?|salle(?:\s+des\s+f[êe]tes|\s+polyvalente)?|mairie"
    r"|cr[èe]che|cimeti[èe]re|stade|gymnase|piscine"
    r"|m[ée]diath[èe]que|biblioth[èe]que|[ée]glise|arr[êe]t de (?:bus|car)|lampadaire|coll[èe]ge|garderie|cantine"
    r"|d[ée]ch[èe]t?terie|neige"
    r"|abri-?bus|passage pi[ée]tons?|parc|aires? de jeux|jeux|lavoir|boulangerie|salle de sport)\b",
    re.IGNORECASE,
)
# « la cantine des Tilleuls », « impasse du Puits »: a name says where.
_NAMED = re.compile(
    r"\b((?:[Cc]antine|[ÉEée]cole|[Gg]ymnase|[Rr]ue|[Ii]mpasse|[Pp]lace|[Aa]venue|[Cc]hemin|[Aa]ll[ée]e|[Rr]oute|[Mm]ont[ée]e"
    r"|[Rr][ée]sidence|[Qq]uartier|[Ll]otissement|[Ss]quare|[Qq]uai))\s+(?:d[eu]s?\s+|de la\s+|de l['’]"
    r"|d['’])[A-ZÀ-Ý][\wà-ÿ-]+"
)
# Reasons and figures of speech: « un arbre généalogique » is no tree, « s'il neige dessus » no snow.
_BESIDE = re.compile(
    r"\b(?:rentr\w+|revien\w+|march\w+|habit\w+|près)(?: à pied)? (?:de|à) la gare\b"
    r"|\b(?:met\w*|mise?s?)(?:-on|-vous)? en place\b|\bbacs? à sable\b|\ben place\b"
    r"|(?<!savoir )(?<!écris )(?<!écrire )(?<!appelle )(?<!demande )\b(?:parce qu['’e]|puisqu['’e]"
    r"|s['’]il (?:neige|pleut|gèle))[^.,;?!]*"
    r"|\b(?:aux|[ée]lections?) (?:d[ée]partementales|r[ée]gionales|municipales)\b|\barbres? g[ée]n[ée]alogiques?"
    r"|\b(?:mett\w+|mettre) (?:des amendes|[àa] l['’]amende)"
    r"|\b(?:une|la|ma|cette) d[ée]pendance\b(?! [àa]\b)"
    r"|\bcomme (?:[àa] )?(?:un|des|une) (?:chiens?|rats?|porcs?|moutons?|malpropres?|voleurs?)"
    r"|\bgros(?:se)?s? comme [^.,;]{3,25}|\bporte-cl[ée]s?|\bcartes? postales?|\bsalle (?:de bains?"
    r"|d['’]attente|d['’]eau)"
    r"|\b(?:un |temps de |froid de )chien\b(?= (?:de|pour))|\bj['’]irai au journal|\bau fond d[eu] jardin"
    r"|\bau passage (?:pi[ée]tons?|clout[ée])"
    r"|\b(?:[àa] l['’]h[ôo]pital|[àa] la (?:boulangerie|pharmacie|banque)"
    r"|(?<!place )(?<!stand )(?<!staller )(?<!ement )(?<!vendre )(?<!amener )(?<!mmener )"
    r"(?<!ption )(?<!exposer )(?<!inscrire )au (?:march[ée](?! d)|vide-grenier|supermarch[ée]))\b"
    r"|\b(?:mon |le |un )?bac (?:pro\b|techno\w*|g[ée]n[ée]ral|\+ ?\d)"
    r"|\b(?:je viens de|j['’]ai|nous avons|nous venons de) (?:bien )?(?:re[çc]us?|recevoir) (?:ce jour |hier |enfin )?"
    r"(?:un|votre|une) (?:courrier|lettre|mail)\b"
    r"|\bantenne d[eu] (?:la )?(?:gendarmerie|police|justice|mairie)"
    r"|\bchez le (?:notaire|m[ée]decin)|\brez[- ]de[- ]chauss[ée]e|\b(?:vien(?:s|t|nent)|venons"
    r"|venez) de (?:mourir|perdre"
    r"|partir|nous quitter)\b|\bsans sel\b|\bpas le sel\b|\bmenus? \w+ sel"
    r"|\b(?:depuis|avant|apr[èe]s|[àa]) (?:la |les |l['’])?(?:toussaint|no[ëe]l|p[âa]ques|rentr[ée]e|vacances"
    r"|changement d['’]heure)",
    re.IGNORECASE,
)
# « je ne voudrais pas payer une amende », « pas envie d'en arriver à porter plainte »: feared, not asked.
_FEARED = re.compile(
    r"\b(?:ne (?:voudrais|voudrions|voudrait|aimerais|aimerions) (?:surtout )?pas|pas (?:du tout )?envie)"
    r" (?:d['e’]\s?)?(?:en arriver à |devoir |avoir à )?\w+(?:er|ir|re)\b[^.,;!?]*",
    re.IGNORECASE,
)
# « entre 12 et 16 ans »: how old a group is.
_AGES = re.compile(r"\b(?:entre|de) \d{1,2} (?:et|à) \d{1,2} ans\b", re.IGNORECASE)
# « les Tilleuls », « EARL des Trois Chênes »: written with a capital, a tree is a name.
_TREES = re.compile(
    r"(?<=[a-zà-ÿ(,'’] )(?:Tilleul|Chêne|Acacia|Peuplier|Platane|Marronnier|Cerisier|Noyer|Frêne|Orme|Sapin"
    r"|Laurier|Pin|Tamaris|Cyprès"
    r"|Bouleau|Cèdre|Hêtre|Saule)s?\b|(?<=\(CP )Tilleuls|(?<=(?:CP|MS|GS|PS) )Tilleuls"
)
_ROAD = re.compile(r"\b(?:[Ll]a|[Rr]oute|[Cc]ette) R?D ?\d{1,4}\b|\bRD ?\d{1,4}\b|\b[Dd]épartementale \d{1,4}\b")


# « La Croix-Rouge » between quotes, « l'arrêt Croix-Rouge »: a name, not what is asked.
_TITLED = re.compile(
    r"\b[àa] la salle (?:de |des |du |d['’])(?:l['’]|la )?[\wà-ÿ-]+|\benceinte de \d|\b(?:suis|est|femme) enceinte\b"
    r"|(?<=\bassociation )(?:[A-ZÀ-Ý][\wà-ÿ'’-]+(?: (?:d[eu]s? |de la )?(?=[A-ZÀ-Ý]))?)+"
    r"|[\"“«]\s?[A-ZÀ-Ý][^\"”»?!]{1,44}?\s?[\"”»]|(?<=\barrêt )[A-ZÀ-Ý][\wà-ÿ-]+(?: [A-ZÀ-Ý][\wà-ÿ-]+)*"
)

# « surprenant que celles de la salle des fêtes soient identiques », « celui de la ville d'à côté »: compared with.
_COMPARED = re.compile(
    r"\b(?:celui|celles?|ceux) (?:d[eu]s? (?:la |l['’])?)[\wà-ÿ-]+(?: (?:des?|du|d['’]à) ?[\wà-ÿ-]+)?"
    r"|\ben train d(?:e |['’])",
    re.IGNORECASE,
)
# « entre la poste et la pharmacie », « devant la trésorerie »: a place that people know, of which nothing is asked.
_KNOWN_PLACE = (
    r"(?:poste|pharmacie|gare|halle|tr[ée]sorerie|boucherie|boulangerie|coop[ée]rative|pressing|cin[ée]ma|th[ée][âa]tre"
    r"|conservatoire|commissariat|gendarmerie|caserne|h[ôo]pital|clinique|banque|sup[ée]r(?:march[ée]|ette)|march[ée]"
    r"|op[ée]ra|tabac|bar|caf[ée]|restaurant|h[ôo]tel|kiosque|monument aux morts|fontaine|march[ée] couvert|place"
    r"|garage|notaire|m[ée]diath[èe]que|biblioth[èe]que|mairie|[ée]cole(?: de musique)?)"
)
_BY_A_PLACE = re.compile(
    rf"\b(?:devant|derri[èe]re|en face d(?:e|u)|pr[èe]s d(?:e|u)|[àa] c[ôo]t[ée] d(?:e|u)|au niveau d(?:e|u))"
    rf" ?(?:la |le |les |l['’])?{_KNOWN_PLACE}\b(?! (?:de|du|des) (?:mon|ma|notre))"
    rf"|\bentre (?:la |le |les |l['’]){_KNOWN_PLACE} et (?:la |le |les |l['’])[\wà-ÿ-]+",
    re.IGNORECASE,
)
# What was lost, forgotten or stolen somewhere: where is no matter.
_LOST = re.compile(
    r"\b(?:perdue?s?|oubli[ée]e?s?|[ée]gar[ée]e?s?|laiss[ée]e?s?|retrouv[ée]e?s?|rapport[ée]e?s?|vol[ée]e?s?)\b",
    re.IGNORECASE,
)
_LOST_PLACE = re.compile(
    r"\b(?:dans|[àa]|au|sur|du) ?(?:le |la |l['’]|les |un |une )?(?:bus|car|navette|train|march[ée](?: d[eu] \w+)?"
    r"|cantine|[ée]cole|gymnase|piscine|m[ée]diath[èe]que|foot|stade|parc|square"
    r"|salle(?: (?:des f[êe]tes|du conseil|polyvalente))?"
    r"|mariage(?: de \w+)?|garderie|cr[èe]che)\b",
    re.IGNORECASE,
)
# « un banc à l'arrêt de bus »: what is asked is not the bus.
_AT_THE_STOP = re.compile(
    r"(?<=banc )[àa] l['’]arr[êe]t(?: de (?:bus|car))?|(?<=[ée]clairage )[àa] l['’]arr[êe]t(?: de (?:bus|car))?"
    r"|(?<=poubelle )[àa] l['’]arr[êe]t(?: de (?:bus|car))?",
    re.IGNORECASE,
)
# Music, dance or driving: no school where children are enrolled.
_ART_SCHOOL = re.compile(
    r"\b[ée]cole (?:municipale )?d[e'’] ?(musique|danse|th[ée][âa]tre|dessin|cirque)\b", re.IGNORECASE
)


def found_anywhere(text: str) -> str:
    """`text` without where a thing was lost, forgotten or stolen."""
    return _LOST_PLACE.sub(" ", text) if _LOST.search(text) else text


def searched(text: str) -> str:
    """`text` without what only says where, why, or nothing at all; « la D34 » is a route départementale."""
    text = _ART_SCHOOL.sub(r"conservatoire \1", _COMPARED.sub(" ", _ROAD.sub("la route départementale", text)))
    text = _AT_THE_STOP.sub(" ", _BY_A_PLACE.sub(" ", text))
    text = found_anywhere(_AGES.sub(" ", _FEARED.sub(" ", text)))
    text = re.sub(r"\barriv\w+ (?:à|en) (?=expiration|échéance|terme|fin\b)", " ", _TITLED.sub(" ", text))
    text = re.sub(r"\bimmatricul\w+ (?:\w+ )?[A-Z]{2}[ -]?\d{3}[ -]?[A-Z]{2}\b", " ", text)
    bare = _BESIDE.sub(" ", _WHERE.sub(" ", _TREES.sub(" ", _NAMED.sub(r"\1 ", text))))
    return re.sub(r"\s*\([A-Z]{2}[ -]?\d{3}[^)]*\)|\[[A-ZÉ_]+_\d+\]", " ", bare)
