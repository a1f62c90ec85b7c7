"""What words of notes for an arrêté tell a decision, and the values that it may set."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import MONTH, PLACE, WEEKDAY

DAY = rf"(?:(?:{WEEKDAY}\s+)?(?:1er|\d{{1,2}})(?![\dh]|\s?h\b))"
CLOCK = r"(?:[01]?\d|2[0-4])\s?(?:h|heures?)(?:\s?[0-5]\d)?(?![\w])"
COUNT = r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?|une?|deux|trois|quatre|cinq|six|huit|dix|quinze)"
UNIT = r"(?:€|euros?\b|%|km/h\b|(?!h\b|heures?\b|er\b|ans\b)[a-zà-ÿ²³]{1,14}\b)"
WHO = (
    r"(?:(?:M\.|Mme)\s+(?:(?:le|la)\s+)?)?(?:(?:le|la|les|l['’])\s?)?(?:maire|mairie|dst|dgs|adjointe?|élue?s?"
    r"|police(?: municipale)?|pm|gendarmerie|préfecture|département|pompiers|sdis|service\s\w+"
    r"|services\stechniques|st|ctm"
    r"|direction|directrice|directeur|chef(?:fe)?|responsable\s\w+|commission|bureau(?:\smunicipal)?|abf|ars"
    r"|drac|sncf|ddtm)(?:\s+(?:M\.|Mme)\s+(?-i:[A-ZÀ-Ý])[\w'’-]+)?"
)
SAYS = (
    r"(?:dit|décale|décide|accorde|autorise|limite|veut|préfère|corrige|ramène|réduit|rectifie|impose|fixe"
    r"|valide|accepte"
    r"|maintient|demande plutôt|donne|laisse|retient|prévoit|ne (?:donne|laisse|retient|veut|prévoit) qu(?:e"
    r"|['’])|n['’](?:accorde|autorise|accepte|est d['’]accord)(?: que| qu['’])?|est d['’]accord|recommande|préconise"
    r"|a (?:dit|validé|accepté|autorisé|limité|fixé|retenu|choisi|ramené|réduit)"
    r"|a décidé|a accordé|a tranché|ok|d['’]accord)"
)
GRANTED = r"(?:ok|okay|oui|d['’]accord|accordée?s?|accord|autorisée?s?|acceptée?s?|validée?s?|avis favorable|favorable)"
ONLY = r"(?:mais|seulement|uniquement|sauf que|plutôt|à condition d['’]|à condition de|limitée?s?|ramenée?s?)"
ARROW = r"(?:={1,2}>|-{1,2}>|→|--+|—|–)"
MARK = re.compile(
    r"(?:"
    rf"(?P<arrow>\s*{ARROW}\s*(?:{GRANTED}\b|{WHO}\s*(?::|{SAYS}\b)|(?:décision|réponse|avis|finalement|non)\b\s*:?"
    rf"|{ONLY}\b|(?=(?:de\s+)?{CLOCK}\s*(?:-|–|à)\s*{CLOCK}|du\s+{DAY}))[\s,:]*)"
    rf"|(?P<open>\s*[(\[]\s*(?:(?:annotation|mention|note|visa|avis|décision|réponse)\s+)?(?:{WHO}"
    rf"|décision)\s*(?::|{SAYS}\b)[\s,:]*)"
    rf"|(?P<own>(?:(?<=[.;!?…])\s+|^[^\S\n]*(?:[-•*]\s+)?|\n[^\S\n]*(?:[-•*]\s+)?)"
    rf"(?:finalement,?\s+)?(?:(?:décision|réponse|avis|position|prescription|préconisation|arbitrage|annotation"
    rf"|retour)(?:\s+(?:d[eu]\s+|de\s+l['’]"
    rf"|de\s+la\s+|finale?\s+)?(?:{WHO})?)?\s*:"
    r"|(?:retenu|accordé|autorisé|validé|décidé|arbitré|au final|final)e?s?\s*:"
    rf"|après (?:avis|échange|discussion|accord|arbitrage)[^,:\n]{{0,40}}[,:]\s*(?:ce sera|c['’]est"
    rf"|on (?:retient|garde|met))?"
    r"|ce sera(?:\s(?:plutôt|finalement))?|(?:mettre|mettez) plutôt"
    rf"|(?:vu avec\s+(?:{WHO})[\s,:]+)?(?:on|nous)\s+(?:n['’])?(?:accord(?:e|ons)|autoris(?:e|ons)|décal(?:e"
    rf"|ons)|limit(?:e|ons)|accept(?:e|ons)|ramèn(?:e|ons)|dit|disons)(?:\s+que|\s+qu['’])?"
    rf"|{WHO}\s+{SAYS}(?![\w'’])|{WHO}\s*:"
    rf"|{GRANTED}\s*,?\s+{ONLY}\b|(?:accord|autorisation|avis favorable|ok|oui)\s+(?:d[eu]\s|de\s(?:la\s"
    rf"|l['’]))?{WHO}(?:\s+pour\b|\s*:))[\s,:]*)"
    rf"|(?P<inline>\s*,\s*(?:mais\s+)?(?:{WHO}\s+{SAYS}|(?:on|nous)\s(?:dit|disons|accord\w+|met|mettons|garde|retient)"
    r"|(?:ok|d['’]accord|accordée?s?)(?=\s+(?:jusqu|de \d|du \d|\d))|ce sera(?:\s(?:plutôt|finalement))?"
    r"|mettre plutôt|mettez plutôt)\b[\s,:]*)"
    r")",
    re.IGNORECASE,
)
FILLER = re.compile(
    rf"[\s,:]*(?:(?:sauf [^:,;.\n]{{3,30}}:|et|mais|seulement|uniquement|plutôt|finalement|que|ok|oui|au lieu de"
    rf"|à la place|pas plus(?: tard)?"
    rf"|maxi\w*|max\b\.?|minimum|au plus|au maximum|grand maximum|{GRANTED}|limitée?s?|ramenée?s?|réduit\w*|décalée?s?"
    r"|laisser|mettre|prévoir|garder|passer|ramener|limiter|pour|à|la|du moins|c['’]est|ce sera)(?![\w'’]))?[\s,:]*",
    re.IGNORECASE,
)
# What a decision may set, from what tells most to what tells least.
VALUES = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "span",
            rf"du\s+{DAY}(?:\s+{MONTH})?(?:\s+\d{{4}})?\s+au\s+{DAY}(?:\s+{MONTH})?(?:\s+\d{{4}}\b)?(?:\s+inclus)?",
        ),
        (
            "hours",
            rf"(?:de\s+|entre\s+)?(?P<from>{CLOCK})\s*(?:-|–|à|et|jusqu['’]à)\s*(?P<to>{CLOCK}|minuit|midi)"
            r"(?:\s+du matin)?",
        ),
        (
            "end",
            rf"(?:(?:jusqu['’]\s?à|fin(?: à)?|fermeture(?: à)?|arrêt(?: à)?|pas après|avant)\s+(?P<late>{CLOCK}|minuit)"
            rf"|(?P<most>{CLOCK}|minuit)\s*(?:maxi\w*|max\b\.?|au plus(?: tard)?|grand maximum|dernier délai))",
        ),
        ("start", rf"(?:à partir de|dès|pas avant|début(?: à)?)\s+(?P<soon>{CLOCK})"),
        ("hour", rf"(?P<bare>{CLOCK})(?!\s*(?:-|–|à))"),
        (
            "days",
            rf"(?:les?\s+)?{DAY}(?:\s*,\s*{DAY})*\s+(?:et|ou)\s+{DAY}\s+{MONTH}(?:\s+\d{{4}}\b)?",
        ),
        ("size", r"\d+(?:,\d+)?\s?m?\s?[x×]\s?\d+(?:,\d+)?\s?m\b"),
        ("day", rf"(?:le\s+)?{DAY}\s+{MONTH}(?:\s+\d{{4}}\b)?|{WEEKDAY}\s+(?:1er|\d{{1,2}})(?![\dh]|\s?h\b)"),
        (
            "week",
            rf"(?:tous\s+)?les?\s+{WEEKDAY}s?(?:\s*,\s*{WEEKDAY}s?)*(?:\s+et\s+{WEEKDAY}s?)?(?!\w|\s+\d{{1,2}}(?!\d|\s?h))",
        ),
        ("weekday", rf"(?:le\s+)?(?P<named>{WEEKDAY})(?!\w|\s+\d)"),
        (
            "until",
            rf"(?:jusqu['’]au|(?:fin|terminée?|s['’]arrête)(?: du chantier| des travaux)?,? (?:au|le)"
            rf"|au plus tard le)\s+"
            rf"(?P<last>{DAY}(?:\s+{MONTH})?(?:\s+\d{{4}}\b)?)",
        ),
        ("figure", rf"(?P<count>{COUNT})\s?(?P<unit>{UNIT})"),
        ("place", rf"(?-i:{PLACE.pattern})"),
    )
)
ANCHOR = re.compile(rf"(?:le\s+)?(?P<anchor>{WEEKDAY})\s+(?=\d)", re.IGNORECASE)
ASKED_BY = re.compile(
    r"^\s(?:demand|souhait|propos|sollicit)ée?s?(?:\spar\s[^,.;\n(]{2,30})?(?=\s*(?:[,.;(\n]|$))", re.IGNORECASE
)
# « Le maire suit le département. »: once its position stands in the request, nothing is left to say.
SIDES_WITH = re.compile(
    rf"(?:(?<=[.!?])[^\S\n]+|^|(?<=\n)){WHO}\s+(?:suit|rejoint|se range à|confirme"
    rf"|est d['’]accord avec)\s[^.\n]{{2,50}}(?:\.|$)",
    re.IGNORECASE | re.MULTILINE,
)
ASKED_LEAD = re.compile(
    r"(?:^|(?<=[.;\n]))[^\S\n]*(?:demande|proposition|souhait)\s(?:des?|du|de la"
    r"|de l['’])\s?[^:\n\d]{2,40}\s*:\s*(?=[^\W\d_])",
    re.IGNORECASE | re.MULTILINE,
)
# « Souhaité : … »: a request under its label
ASKED_LINE = re.compile(
    r"(?:^|(?<=[.;\n]))[^\S\n]*(?:souhaitée?s?|demandée?s?|demande|proposée?s?|proposition"
    r"|sollicitée?s?)(?:\s(?:des?|du|de la|de l['’])\s?[^:\n]{2,40})?"
    r"\s*:\s*(?P<asked>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
# « de 9 h à 18 h au lieu de 8 h-20 h »
INSTEAD_OF = re.compile(r"\s*,?\s*(?:au lieu|à la place) d(?:e|u|es)\s?[^,.;)\n]{2,30}", re.IGNORECASE)
WHOLE_DAY = re.compile(r"\b(?:toute la journée|la journée entière|jour et nuit|24\s?h\s?/\s?24)", re.IGNORECASE)
# « place Foch seulement », « le parking seulement »: a thing that was asked with others
ALONE = re.compile(
    r"(?:l['’]|le |la |les )?(?P<what>[^\W\d_][^,.;:()\n]{3,60}?)\s+(?:seulement|uniquement)\b", re.IGNORECASE
)
# « M. le maire ne veut pas de route barrée : alternat par panneaux »
UNWANTED = re.compile(
    rf"(?:(?<=[.!?])\s+|^|\n){WHO}\s+(?:ne veut pas|refuse|n['’]accorde pas|est contre"
    rf"|ne souhaite pas)\s+(?:de |d['’]|la |le |les |l['’])?"
    r"(?P<what>[^:,;.\n]{3,40}?)\s*(?:[:,;]|\bmais\b|(?=\.)|$)\s*(?:plutôt\s+|mais\s+)?",
    re.IGNORECASE,
)
NAMED = re.compile(r"(?:l['’]|le |la |les )?(?P<anchor>[a-zà-ÿ]{4,})\s+(?:de |à )?(?=\d)", re.IGNORECASE)
WHY = re.compile(
    r"^[\s,;]*(?:\((?!\s*\d)[^()]*\)|(?:car|parce qu|à cause|vu (?:le|la|les|qu)|sinon|il y a|y a"
    r"|c['’]est (?:trop|le|la)"
    rf"|comme (?:il|c)|en raison|puisqu|pour (?:cause|ne pas)|trop |pas (?:le|la|les) "
    rf"|{WHO} ne veut pas )[^.;\n)]*)",
    re.IGNORECASE,
)
OPINION = re.compile(r"^[\s,;]*\((?P<told>avis [^()]{3,80})\)", re.IGNORECASE)
ASKED_LABEL = re.compile(
    r"\b(?P<what>périodes?|dates?|horaires?|durée|lieux?|places?) (?:demandée?s?|souhaitée?s?|voulue?s?"
    r"|sollicitée?s?)\b",
    re.IGNORECASE,
)
ASKED_OF = re.compile(r"\s(?:demandée?s?|souhaitée?s?)(?=\s+à\s\d|\s*[.,;\n]|\s*$)", re.IGNORECASE)
ASKS = re.compile(
    r"(?P<start>^|(?<=[!?\n])\s*|(?<=[^M]\.)\s*|,\s+)(?:(?:bonjour|bonsoir|madame"
    r"|monsieur)\W+)*(?:(?P<who>(?:(?:M|Mme)\.?\s)?[^.,:\n]{2,60}?)\s+)?"
    r"(?:demande(?:nt|rait)?|demandai(?:t|ent)|voulai(?:t|ent)|ve(?:u|ul)t|veulent|voudrai(?:t|ent)|souhait(?:e"
    r"|ent|erai\w*)|aimerai(?:t|ent)|sollicit(?:e|ent))(?:\s+à|\s*:)?\s+"
    r"(?=(?:la |le |les |l['’]|une? |\d|de \d|fermeture|circulation|stationnement|autorisation|terrasse|place|rue"
    r"|parking|trottoir|salle|emplacement|réserver|occuper"
    r"|installer|fermer)[^\n]*)",
    re.IGNORECASE,
)
# « L'adjoint voulait toute l'année mais le maire n'a pas retenu. »: asked for, and not had.
REFUSED = re.compile(
    r"(?:\s*\((?=[^()]{0,90}\))|(?<=[.!?])\s+|^|(?<=\n))[^.!?()\n]{0,60}\b(?:voulai(?:t|ent)|demandai(?:t|ent)"
    r"|souhaitai(?:t|ent)|aurai(?:t|ent) (?:voulu|aimé)"
    r"|proposai(?:t|ent)|avai(?:t|ent) (?:demandé|proposé))\b[^.!?()\n]*?\b(?:pas (?:été )?(?:retenu|accordé"
    r"|accepté|suivi|voulu)\w*"
    r"|(?:a|été|est) (?:dit non|refusé|écarté|rejeté)\w*|refus\w*|c['’]est non|mais non)[^.!?()\n]*[.!?)]?",
    re.IGNORECASE,
)
# « rue du Presbytère laissée ouverte »: what was asked to be closed
LEFT_OPEN = re.compile(
    rf"(?P<place>(?-i:{PLACE.pattern}))\s+(?:laissée?|reste(?:ra)?|non|pas)\s(?:ouverte?|fermée?|barrée?)",
    re.IGNORECASE,
)
