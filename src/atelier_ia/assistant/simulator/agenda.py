"""What tells a point of a council's agenda from the talk around it: marks, speakers, formal phrases, endings."""

from __future__ import annotations

import re

NUMBER_WORD = r"(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt)"
ORDINAL = (
    r"(?:premi[eè]re?|deuxi[eè]me|seconde?|troisi[eè]me|quatri[eè]me|cinqui[eè]me|sixi[eè]me|septi[eè]me|huiti[eè]me"
    r"|neuvi[eè]me|dixi[eè]me|onzi[eè]me|douzi[eè]me|derni[eè]re?|\d{1,2}\s?(?:ers?|[eè]re|re|nde?|[eè]?me|e)\b)"
)
KIND = r"(?:point|d[ée]lib[ée]ration|d[ée]lib\b\.?|question|rapport|affaire|dossier|sujet|r[ée]solution)"
LEAD = (
    r"^\W*(?:\[?\d{1,2}[:h]\d{2}(?::\d{2})?\]?\s*)?(?:(?:et|alors|donc|bien|bon|bah|enfin|ensuite|maintenant"
    r"|puis|euh|merci|on passe"
    r"|nous passons|passons|j['’]en viens|j['’]aborde|abordons|voici|et (?:la|le)|je passe|on en vient"
    r"|nous en venons|on attaque|nous abordons|au"
    r"|à la|à l['’]|à)\b[\s,.:]*)*"
)
MARK = re.compile(
    LEAD + rf"(?:(?:le|la|l['’])\s*)?(?:"
    rf"{ORDINAL}\s+{KIND}(?:\s+de\s+l['’]ordre\s+du\s+jour)?(?:\s*\([^)]{{3,40}}\))?|{ORDINAL}(?=\s*[,:])"
    rf"|(?:point|d[ée]lib[ée]ration|d[ée]lib\b\.?|question|rapport|affaire|dossier|objet)\s*(?:n°|num[ée]ro"
    rf"|no)?\s*(?P<number>(?-i:[A-Z]{{1,4}}-?(?=\d+[-/.]\d))?\d[\d/.-]*|{NUMBER_WORD}\b|suivante?\b|unique\b"
    rf"|(?-i:[A-Z])(?=\s*[–:.-]))"
    rf"|objet(?:\s+unique)?(?=\s*:)|autre\s+{KIND}|(?P<listed>\d{{1,2}}\s*[.)°/–-](?=\s)"
    rf"|\d{{4}}[-/]\d{{1,3}}(?=\s*[,:])))"
    r"\s*(?:(?:est|était|porte sur|portait sur|concerne|c['’]est|c['’][ée]tait"
    r"|il s['’]agit de)\b)?[\s,:.–—-]*(?P<title>.*)$",
    re.IGNORECASE,
)
SAID = re.compile(
    r"\b(?:(?:nous passons|passons|on passe)(?=\s+(?:(?:maintenant|ensuite)\s+)?(?:aux?|à)\b)|j['’]en viens"
    r"|nous en venons|on en vient|nous abordons"
    r"|je vous propose d['’]aborder"
    r"|(?:nous |on )?commen[cç](?:ons|e) par|d[ée]butons par|nous en (?:[ée]tions|sommes)|on en (?:[ée]tait|est))\s+"
    r"(?:maintenant\s+|ensuite\s+)?(?:au|à la|à l['’]|aux|à|la|le|les|l['’])\s*"
    r"(?:(?:point|délibération|question|rapport|sujet)\s+(?:suivante?|(?:n°\s?)?\w+)\s*[:,]?\s*)?"
    r"(?:il s['’]agit de\s+|qui (?:porte sur|concerne)\s+|concernant\s+|relatif à\s+)?(?P<title>[^.?!]{5,220})",
    re.IGNORECASE,
)
INLINE = re.compile(
    rf"(?<=[^\n])\s+(?=(?:D[ée]lib[ée]ration|d[ée]lib[ée]ration|Point|Rapport)\s+(?:num[ée]ro\s+"
    rf"|n°\s?)?(?:\d{{1,3}}|{NUMBER_WORD})\b\s+\w)"
)
LISTED_INLINE = re.compile(r"(?<=[:;])\s+(?=\d{1,2}[.)]\s+[a-zà-ÿ])")
LOWER_START = re.compile(r"(?:(?<=[a-zà-ÿ]{5}[.?!])|(?<=[a-zà-ÿ]\)\.))\s+(?=[a-zà-ÿ])")
BULLET = re.compile(r"^\s*(?:[-–—•*·>→⇒+]+|=>|->)\s+(?=\S)")
CHAIR = re.compile(r"\b(?:mairie|maire|pr[ée]sidente?)\b", re.IGNORECASE)
SPEAKER = re.compile(
    r"^\s*(?:\[?\d{1,2}[:h]\d{2}(?::\d{2})?\]?\s*)?(?P<who>(?:Mme|M\.|MM\.|Mlle|MME|Monsieur|Madame|MONSIEUR"
    r"|MADAME|Me|Dr|LE|LA|Le|La|L['’]"
    r"|\[[A-Z_]+_\d+[a-z]?\])[^:\n«]{0,60}?|[A-ZÀ-Ý]{3,}[A-ZÀ-Ý' -]{0,30}"
    r"|(?:INTERVENANTE?|Intervenante?|LOCUTRICE|LOCUTEUR|Locut(?:eur|rice)|VOIX|Voix|SPEAKER"
    r"|Speaker)\s*(?:n°\s?)?\w{1,2}"
    r"|[A-H]|[A-ZÀ-Ý][a-zà-ÿ-]+(?:\s[A-ZÀ-Ý][\w-]+)?)\s*(?:[(\[](?![A-Z_]+_\d+[a-z]?\])(?P<role>[^)\]]{2,80})["
    r")\]]\s*)?:\s+(?P<said>.+)$"
)
TITLED = re.compile(
    r"^(?:Mme|M\.|MM\.|Mlle|MME|Monsieur|Madame|MONSIEUR|MADAME|Me|Dr|\[)|maire\b|pr[ée]sidente?\b"
    r"|secr[ée]taire\b|adjoint|intervenante?\b|locut(?:eur|rice)\b|speaker\b|voix\b|rapporteu(?:r|se)\b",
    re.IGNORECASE,
)
REPORTER = re.compile(r"\brapporteu(?:r|se)\b", re.IGNORECASE)
FORMAL = re.compile(
    r"\bseance (?:est |a ete )?(?:ouverte|levee|close|terminee)|\b(?:ouvre|leve|clot|declare|suspend) la seance"
    r"|\b(?:presents?|pouvoirs?|absente?s?|excusee?s?|representes?)\b.{0,40}\d"
    r"|\b(?:absente?s?|excusee?s?) (?:excusee?s? )?(?:m\.|mmes?\b|mm\.|:)|\bquorum\b|\bsecreta(?:ire|riat)\b"
    r"|^\W*(?:on|nous) (?:ouvr|ferm|commen[cç])|\bon ferme\W*$|^\W*voila\b"
    r"|^\W*(?:presents?|pouvoirs?|procurations?|absente?s?|excusee?s?|convoc\w*) ?(?::|\d)"
    r"|^\W*(?:bonsoir|bonjour|merci\b|il est \d|bonne (?:soiree|nuit)|fin\b|extrait"
    r"|conseil (?:municipal|extraordinaire|ordinaire|d'administration)\b|seance (?:du|publique|ordinaire"
    r"|extraordinaire)"
    r"|commune de|mairie de|ville de|pv\b|proces[- ]verbal a etablir|convocation|transcription"
    r"|\[transcription|(?:a l')?ordre du jour|urgence declaree|date\b|lieu\b"
    r"|avant de commencer|une pensee|minute de silence|en preambule|avant d'ouvrir|hommage|(?:cm|conseil) (?:du )?\d"
    r"|(?:le |la )?maire (?:m\.|mme|monsieur|madame|:)|sont presents|pvrs?\b|debut\b|levee\b|cloture\b|fini\b"
    r"|salle\b|nombre de conseillers|notes?\b.{0,30}conseil|enregistrement"
    r"|presidente?\b|presidence)"
    r"|\b(?:a donne|donne) (?:pouvoir|procuration)|\best (?:absente?|excusee?)\b|\b(?:sur|en) exercice\b|\blevee a\b"
)
CLOSING = re.compile(
    r"\bseance (?:est |a ete )?(?:levee|close|terminee)|\b(?:leve|clot) la seance|^\W*(?:fin|fini|levee|cloture|clos"
    r"|termine)\b.{0,30}\d|^\W*il est \d|\blevee a\b"
)
CLOSED = re.compile(r"\bhuis[- ]clos\b")
# The vote on closing the doors, and what is told of the time they were closed: of no point.
DOORS = re.compile(
    r"\bhuis[- ]clos (?:est |a ete )?(?:vote|adopte|accepte|decide|refuse|rejete|demande)(?! pour (?:ce|le) point)"
    r"|\b(?:demande|proposition|vote) (?:de |du |d'un )?huis[- ]clos\b(?! pour (?:ce|le) point)"
    r"|\breprise (?:de la seance |de la |en seance )?publique\b|\b(?:pendant|durant) le huis[- ]clos"
    r"|\bhuis[- ]clos demande\b"
)
INSIDE = re.compile(r"\b(?:pendant|durant|lors d[ue]) (?:le |ce )?huis[- ]clos")
NOTHING = re.compile(r"\b(?:aucune?|pas de|sans) (?:decision|vote)")
REOPEN = re.compile(
    r"\b(?:fin du huis[- ]clos|leve\w* (?:du|le) huis[- ]clos|huis[- ]clos (?:est )?(?:leve|termine)|reprise "
    r"(?:de la seance )?publique|le public (?:est|peut)|seance publique reprend)"
)
TITLE_END = re.compile(
    r"\s(?=(?:le conseil (?:prend|approuve|vote|donne)|(?:madame|monsieur|mme|m\.) [\w-]+ (?:(?:a\s)?(?:exposé"
    r"|rapporté|présenté|expliqué|proposé|demandé)|ne (?:participe|prend|vote)|sort\b|quitte|se retire|expose|rapporte"
    r"|pr[ée]sente|explique|lit|propose|dit|demande|pense|trouve|r[ée]pond|souligne|rappelle|regrette"
    r"|pr[ée]cise|voudrait|indique|intervient|s['’]inqui[èe]te)|(?:pas|plus) de (?:question|remarque"
    r"|d[ée]bat)|des questions|quelqu['’]un"
    r"|(?:a|ont) (?:donné lieu|été|fait l['’]objet|suscité)|on (?:vote|passe (?:au|à la|à l|aux)|prend)|vote\s*:"
    r"|pour \w+ contre|je (?:vous )?propose|elle est|il est (?:ajourn|report|retir)|qui (?:est"
    r"|s['’]abst)|pas d['’]observation"
    r"|adopt[ée]e?s?\b|retir[ée]e?s?\b|rejet[ée]e?s?\b|[àa] l['’]unanimit[ée]|euh\b))",
    re.IGNORECASE,
)
NAMED_AFTER = re.compile(
    r"\b(?:c['’][ée]tait|il s['’]agissait d[eu]|concernant|qui portait sur|portant sur)\s+(?P<title>[^.?!]{5,200})",
    re.IGNORECASE,
)
NO_TITLE = re.compile(
    r"^\W*(?:je|j'|nous|il|elle|on|bien\b,?|mes chers|chers?|d'accord|allons|s'il vous"
    r"|ouverture(?! d(?!e (?:la )?seance))"
    r"|applaudissements|brouhaha|c'est|ce |ca |vous|merci|oui|non|bonsoir|bonjour|pas d|aucun|pour|contre"
    r"|qui|notre|mon|ma|mes|nos|et|mais|donc|alors"
    r"|debat(?! d)|reponse|y a|est-ce|monsieur|madame|m\.|mme|des questions|des observations|quelqu)\b|\bje\b|\bvous\b"
)
TRANSITION = re.compile(
    r"^\W*(?:a huis clos\b.*:|(?:le|la|les|une?)\s+)?(?:enfin|ensuite|puis|autre|(?:alors|pour) (?:l[ea]s?\b|l')"
    r"|motion(?! (?:non|ainsi|modif"
    r"|amend|est))|voeu|questions?|dossier (?!n)|affaire (?!n)"
    r"|nous passons|passons|pour finir|pour terminer|en dernier)\b"
)

DROPPED = re.compile(
    r"^(?!(?:il|elle|on|ce|cette|la|le)\s+(?:est|point|question|d[ée]lib[ée]ration"
    r"|motion)\b)(.{8,160}?)\s+(?:est|sera|a été)\s+"
    r"((?:donc\s+)?(?:retir|ajourn|report|renvoy)[ée]{1,2}e?s?\b.*)$",
    re.IGNORECASE,
)
RESULT_WORD = re.compile(
    r"[\s,:;–—(→=>)-]+(?=(?:on|nous)\s(?:ne\s|n['’]\s?)?(?:a|avons|vote)\spas\b|(?:le conseil\s)?n['’]a pas"
    r" souhaité\b|dossier à revoir\b|on revote\w*|vote secret\b|rejet de l['’]amendement|amendement (?:rejeté"
    r"|adopté|repoussé)|amendement\b(?=[^.;\n]*\b(?:\d{1,3} (?:voix )?(?:pour|contre)\b|rejet[ée]|adopt[ée]))"
    r"|(?:sous la )?présidence (?:confiée|assurée|de\s|d['’]|M)|(?:vote |élection )?(?:[àa] "
    r"|au )?(?:bulletins?|scrutin) secrets?\b|(?:(?:M\.|Mme|MM\.|Mmes)\s[^,.;:\n]{2,40}?|(?:M\.\s"
    r"|Mme\s)?l[ea]\s[Mm]aire|(?-i:[A-ZÀ-Ý])[\w'’-]+(?:\s\([^()]{2,40}\))?)"
    r"(?:,\s[^,.;\n]{3,50},)?\s(?:quitte(?:nt)?\b|sort(?:ent)?\b|est sortie?\b|ne (?:prend|prennent|vote"
    r"|participe)|se retire|se déporte)"
    r"|(?:M\.|Mme)\s[^,.;:\n]{2,30}?,?\s(?:\d{1,3}\svoix|(?:est\s)?élue?)\b|(?:[àa] l['’])?unanimit|(?:oui"
    r"|ok)\b|adopt[ée]|vot[ée]e?s?\b(?=\s*(?:[,.;]|$|par\b|à l))"
    r"|approuv[ée]|rejet[ée]|retir[ée]"
    r"|report[ée](?!e?s? en (?:fonct|invest|sect|recett|d[ée]pens))"
    r"|report\b(?! d)|renvoy[ée]|pas tranch|je pr[ée]f[èe]re\b|on en reparle|(?:finalement\s+)?non examin"
    r"|prise d['’]acte|dont acte|acte(?=\W*$)|rejet\b(?= ?\?)|information(?=\W*$)|ne donne pas lieu|retrait\b|sursis"
    r"|repouss[ée]"
    r"|avis (?:du conseil|(?:dé)?favorable)|pour information|info\b|sans vote|pas de vote"
    r"|validée?\b|acceptée?\b|ajourn[ée]|\d+\s*(?:voix|P\b|contre"
    r"|pour(?=\s*(?:[,;.)(–-]|et\s\d|$|adopt|approuv|rejet|[àa] l|contre|\d+\s*(?:voix )?(?:contre|abst))))"
    r"|pour\s*[:=]\s*\d|n['’](?:est|a|ont"
    r"|a été) pas (?:été )?(?:examin|présent|mis)|vote\s*:|votes?\s+(?:pour|contre)|prend acte|pris acte)",
    re.IGNORECASE,
)
# « Crédits d'investissement : Mme A explique », « Rapport sur l'eau : présenté par M. B »: the talk begins there.
PRESENTED = re.compile(
    r"\s*[:,(–—-]\s*(?=(?:présentée?s?|exposée?s?|rapportée?s?|lue?|expliquée?s?)\s(?:par|en séance)\b"
    r"|rapporteu(?:r|se)\s*:?\s)"
    r"|\s*[:–—]\s*(?=(?:(?:(?:M\.|Mme|MM\.|Mmes)\s)(?:(?:le|la)\s(?:maire|adjointe?|DGS)|[A-ZÀ-Ý][\w'’-]+(?:\s[A-ZÀ-Ý]"
    r"[\w'’-]+){0,3})|[Ll][ea]\s(?:maire|DGS|DST|président\w*)|[Ll]['’](?:adjointe?|opposition))"
    r"(?:\s\([^()]{2,40}\))?(?:,\s[^,.:;]{3,40},)?\s(?:(?:se|s['’]|l[ea]s?|y|en|n['’]|ne|nous)\s?)*"
    r"(?!élue?s?\b|par\b|pour\b|contre\b|et\b|voix\b|sera\b)[a-zà-ÿ]+(?:e|es|t|d|ent|a|ait|aient|ont)\b)"
)
PRESENTED_BY = re.compile(
    r"((?:présentée?s?|présentation|exposée?s?|exposé|rapportée?s?|lue?|lecture"
    r"|expliquée?s?)\spar\s(?:[^,.;\n]|(?<=\bM)\.){2,60})[,;]\s*(\S.*)$",
    re.IGNORECASE,
)
# « 20 h – présents 25 – secrétaire Mme X », « conseil du 3 mai / 19 h / maire Mme X »
SEPARATED = re.compile(r"\s+[–—/|]\s+|\s*[;|•]\s*")
SITTING = re.compile(
    r"\b(?:conseil|cm|seance|presente?s?|pres|pouvoirs?|pouv|quorum|secretaire|secr|ouvert\w*|delib\w*)\b"
)
NUMBERED = re.compile(r"^(?:intervenante?|locut(?:eur|rice)|voix|speaker)\b", re.IGNORECASE)
MOVEMENT = re.compile(
    r"\b(?:arriv(?:e|ee|ees|ent)|quitt(?:e|ent)|sort(?:ent)?|revien(?:t|nent)|rejoin(?:t|gnent)|regagne(?:nt)?"
    r"|(?:est|sont) (?:sorti|revenu|parti|arrive)e?s?)\b"
)
# « Vérifier 021 : 22 + 5 = 27 », « Dates : convoc 11 déc. Affichage le 21 »: said of the notes, of no point
TO_CHECK = re.compile(
    r"^\W*(?:(?:a )?verifier\b|nb ?:|ps ?:|dates? ?:|affichage\b|publier\b|a publier\b|l'ordre est\b|les numeros?\b"
    r"|attention[,: ]|a relire\b)"
)
PUBLIC = re.compile(r"\ble public\b|\bla presse\b")
VOTING = re.compile(
    r"^\W*(?:(?:le |un |on |nous )?(?:vot\w+|resultat|scrutin|depouillement|passons au vote)|pour|contre|abstention)\b"
)
PUT_OFF = re.compile(
    r"\bpropose\w* (?:de |d'|qu'on |que l'on )(?:le |la |l'|y )?(?:report|ajourn|retir|renvoy|diffe)\w*"
    r"|\b(?:prefere|souhaite|veut|suggere)\w* (?:de |d'|qu'on |que l'on )?(?:le |la |les |l'|y )?"
    r"(?:report|ajourn|retir|renvoy|diffe)\w*|\bon (?:reporte|ajourne|renvoie|reprendra|verra ca)\b"
)
AGREED = re.compile(
    r"\bd'accord\b|\baccord (?:general|unanime)|\bpas d'(?:objection|opposition)|\bpersonne ne s'y oppose"
)
