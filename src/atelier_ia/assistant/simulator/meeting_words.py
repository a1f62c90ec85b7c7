"""What words of notes tell: who is there, what is decided, who does what by when, what is left open."""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import MONTH

TURNS = re.compile(
    r",?\s+(?=(?:on a dit que|et que (?:madame|monsieur|mme|m\.|(?-i:[A-ZÀ-Ý])[\w-]+) \w+"
    r"|pour (?:l[ea]s?|l['’]) ?[\w'’ ]{3,30}? on (?:ne )?(?:sait|verra|attend)"
    r"|et (?:l[ea]s?) [\w'’ ]{3,25}? on (?:y|n['’]y|ne|en|l['’]|le|la)\b|donc on|ensuite|après on|et après|et"
    r" puis|alors|et pour|par contre|sinon|autre chose|et aussi"
    r"|et du coup|enfin(?! (?:avant|le|la|pas|non))|voilà|ah oui|on se revoit|on a (?:décidé|validé|acté|voté"
    r"|convenu)|on n['’]a pas|le budget est"
    r"|c['’]est (?:madame |monsieur |mme |m\. )?[A-ZÀ-Ý][\w-]+ qui"
    r"|(?:madame|monsieur|mme|m\.) [\w-]+ (?:demande|suit|fait|prépare|envoie|contacte|relance|s['’]|doit|va"
    r"|propose|rappelle"
    r"|présente|répond|veut|dit|regarde|appelle|écrit))\b)",
    re.IGNORECASE,
)

PRESENT = re.compile(
    r"^\s*[-•*]?\s*(?:pour (?:nous|l[ae]s? [a-zà-ÿ]+|l['’][a-zà-ÿ]+)(?=\s*:\s*(?-i:(?:M\.|Mme"
    r"|[A-ZÀ-Ý][a-zà-ÿ]+ [A-ZÀ-Ý])))|présente?s?|prés\.?|participante?s?|étaient (?:présents|présentes|là)"
    r"|autour de la table|présences?|là)\s*(?::|\bà la "
    r"réunion\s*:)\s*(.+)$",
    re.I,
)
EXCUSED = re.compile(
    r"^\s*[-•*]?\s*(?:n['’](?:ont|a) (?:pas )?pu (?:venir|être là)|excusée?s?|exc\.?|abs\.?"
    r"|absente?s?(?: (?:non )?excusée?s?)?)\s*(?::|(?=(?-i:M\.|Mme|[A-ZÀ-Ý])))\s*(.+)$",
    re.I,
)
TITLE = re.compile(
    r"^\s*(?:réunion|point|comité|notes?|cr|atelier|copil|séance|objet|conseil|commission|com\.|réu|bureau|rencontre"
    r"|assemblée|ag|ca|visio|entretien|compte[- ]rendu|cotech|groupe de travail)\b.{3,120}$",
    re.I,
)
DECISION = re.compile(
    r"\bon s'est (?:dit|mis d'accord)|\b(?:on a|nous avons) valid\w+|\b(?:maire|adjointe?|dgs) accepte de\b"
    r"|\bvote ?: ?\d+ (?:voix )?pour|\b(?:(?<!on ne )decid\w+|decisions?(?! (?:viendra"
    r"|sera|attendra|reviendra|revient|au|en|a la|lors"
    r"|attendue|prevue))|(?<!\ba )(?<!faire )valide(?:e|s|es|nt|r)?\b"
    r"|acte(?:e|s|es)?\b|retenu\w*|convenu\w*|adopte\w*|approuve\w*|accord\w* "
    r"(?:de|sur|pour|unanime|general)|(?<!d')accord des (?:deux|parties)|(?<!ont )dit (?:oui|non)\b|ok pour|c'est ok"
    r"|(?:->|→|=>) [^,;.]{2,40} elue?\W*$|\b(?:est|sont) elue?s?\b|tranche\w*|"
    r"arbitr\w+|on (?:l[ea]s? |l')?garde|\d+ pour,? (?:et )?\d+ (?:contre|abst\w*)|on met\b|on part sur|on retient"
    r"|on abandonne|choisi\w*|report(?:e|ee|es)\b|votee?s?\b(?! ?:)(?! (?:le |la |du |des )?(?:\d|1er|contre|blanc))"
    r"|confirme\w*"
    r"|(?<!sinon )(?<!si )on (?:dit oui|dit non|arrete|passe (?:de|a)|teste|lance|commence"
    r"|maintient|supprime|ferme|ouvre|prend|achete|continue|limite|augmente|baisse|change)"
    r"|abandonn\w+|(?<!% )(?<!taux )(?<!telephone )fixe\w*|attribuee?s? (?:a|au|aux)|avis favorable)\b"
)
ACTION = re.compile(
    r"\b(?:doit|doivent|devra\w*|(?<!rien )a faire|se charge\w*|s'occupe\w*|charge[e]? de|envoie\w*|enverra"
    r"|prepare(?:nt|r)?\b"
    r"|preparera|contacte(?:nt|r)?\b|contactera|relance(?:nt|r)?\b|relancera|"
    r"redige(?:nt|r)?\b|redigera|verifie(?:nt|r)?\b|verifiera|demande\w* (?:un|des|les|le|a(?! \w+(?:er|ir)\b))"
    r"|transmet\w*|transmettra"
    r"|organise(?:nt|r)?\b|organisera|appelle(?:nt)?\b|appellera|reserve(?:nt|ra)?|"
    r"fournit|fournira|propose\w* (?:un|une) (?:date|devis|version|plan)|action|todo|a relancer|a prevoir|a "
    r"contacter|a envoyer|a rediger|pilote(?:nt|r)?\b|commande(?:nt|r)?\b(?! (?:\S+ )?(?:faite|passee|recue|livree"
    r"|ok)\b)|commandera|"
    r"imprime(?:nt|r)?\b|met a jour|mettra a jour|diffuse(?:nt|r)?\b|diffusera|(?<!on a )(?<!ont )fait le point"
    r"|voit avec"
    r"|verra avec|(?<!est )(?<!sont )chiffre\w*"
    r"|chiffrera|signe(?:nt)?|signera|lance(?:nt)?|lancera|livre(?:nt)?|livrera|cherche(?:nt)?|cherchera|finalise\w*"
    r"|(?<!\ba )(?<!\bont )fait (?:un|une|le|la|les|des)|fera|refait(?= (?:l[ea]s?|une?|des)\b)|reprend|s'en charge"
    r"|s'en occupe|prend"
    r" contact|regarde (?:si|avec)"
    r"|a (?:refaire|reprendre|commander|valider|signer|livrer|finir|chercher|verifier|organiser|demander|reserver))\b"
)
OPEN = re.compile(
    r"\?|\bdecision (?:au|en|a la|lors|attendue|prevue)\b|\bavis partages\b|\breportee?s?\W*$|\b(?:a"
    r" (?:re)?voir|a valider\b(?! par)|on attend (?:l[ea]s?|encore|une?|des|son|sa)\b|on attend l'"
    r"|reste a(?! \d)|en suspens|a trancher|pas tranche|on ne sait pas|a confirmer|en attente"
    r"|personne n'a dit|personne ne s|qui s'en (?:charge|occupe)|pas decide|pas une decision|rien de decide|a "
    r"rediscuter|sans reponse|a pourvoir|a arbitrer|a (?:caler|fixer|definir)|peut-etre|reserve (?:sa|leur) (?:reponse"
    r"|decision)|question ouverte|non tranche)\b"
)
# « rien d'acté », « pas confirmé »: what is not settled is no decision, whoever spoke of it.
UNSETTLED = re.compile(
    r"\b(?:rien(?: n'(?:est|a ete))?(?: encore)?|pas(?: encore)?|non) (?:de |d')?(?:fait|sur|cale|acte|signe|chiffre"
    r"|accorde"
    r"|valide|confirme|decide|tranche"
    r"|arrete|fixe|officiel)(?:e|es|s|le|les)?\b(?! (?:de|par|a|dans)\b)"
    r"|\bon ne decide rien\b|\bpas de vote\b|\bsans vote\b|\bpas d'(?:engagement|avis)\b|\bon (?:re)?votera\b"
    r"|\b(?:renvoye|remis|repousse|reporte)e?s? (?:a|au) (?:un |une |la |le )?(?:prochaine?|autre)\b"
    r"|\bon (?:l[ea]s? |l')?(?:remet|repousse|reporte|renvoie) (?:a|au) (?:la |une |un )?(?:prochaine?|autre"
    r"|plus tard)\b"
    r"|\bpas (?:eu le temps|aborde\w*|vu) (?:faute de temps)?|\brevient en \w+\W*$|\ba etudier\b"
    r"|\bon hesite\b|\btranche(?:ra|ront)? (?:a la|au|le|lors|plus tard|en|la semaine|demain|avant|lundi|mardi"
    r"|mercredi|jeudi|vendredi)\b|\breste a trancher\b|,? sans decision\W*$"
    r"|\bil (?:faut|faudra|manque) (?:encore |d'abord |avant )?(?:l'avis|l'accord|la validation|le feu vert)\b"
)
DUE = re.compile(
    r"\b(?:avant|d['’]ici|pour) le \d{1,2}(?:er)?(?=\s*(?:[,;.)]|$))"
    r"|\b(?:avant|d['’]ici|pour|au plus tard)\s+(?:les?\s+|la\s+|fin\s+|mi-|ce\s+)?(?:lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche|\d{1,2}(?:er)?[/ ]\s?\w+|"
    r"semaine prochaine|mois prochain|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre"
    r"|novembre|décembre|noël|vacances|rentrée|conseil)\b"
    r"(?:\s+(?:prochain|\d{1,2}(?:/\d{1,2}(?:/\d{2,4})?|\s+\w+)?(?:\s+\d{4})?))?"
    r"|\b(?:avant|pour|d['’]ici) la prochaine (?:réunion|commission|séance|rencontre)\b|\bla semaine prochaine\b"
    r"|\bdemain\b|\bfin de "
    r"(?:semaine|mois)\b|\bsous (?:\d+|un|une|deux|trois|huit|dix|quinze) (?:jours?|semaines?|mois)\b"
    r"|\bsous (?:huitaine|quinzaine)\b|\bsous \d+\s?(?:h|j)\b"
    r"|\bd['’]ici (?:la )?(?:fin (?:de )?(?:la )?)?(?:semaine|mois|pâques|noël|été|rentrée)\b"
    r"|\b(?:avant|pour) la fin (?:de (?:la |l['’])?)(?:semaine|mois|année)\b",
    re.IGNORECASE,
)
AGREED = re.compile(
    r"\btout le monde (?:est |etait )?(?:d'accord|ok|pour|content de l'idee)\b(?! (?:sauf|mais))|\baccord de tou(?:s"
    r"|tes|t le monde)\b"
    r"|\bd'accord d(?:es deux|e tou\w+)|\b(?:a l')?unanimite\b"
    r"|(?<!quorum)(?<!registre)(?<!fait,)(?<!fait)(?<!fait :)(?<!essai)(?<!testee)(?<!pression)(?<!controle) ok\W*$"
    r"|\bc'est (?:ok|valide|acte|accepte|accorde|vote)\b|(?:[:,]|->|→|=>) oui (?!si\b|mais|sauf|sous)"
    r"|(?:->|→|=>)\s*(?:ok|oui|(?:d')?accord|valide\w*|acte\w*|adopte\w*|refus\w*)\b(?!\s*(?:si\b|sous reserve"
    r"|\?))(?!.*\?)|(?<!fait)(?<!faite)(?<!essai)(?<!test)(?<!controle)(?:[:,.]|->|→|=>)\s*(?:ok|oui|non|(?:d')?accord|refus\w*|accepte\w*|decide\w*|valide\w*|acte\w*"
    r"|adopte\w*)(?=\W*$|\s*[,.;:(])(?!\s*\?)"
)
GRANTED = re.compile(r"\b(?:accordee?s?|refusee?s?(?! a \d)|retient|retenue?s?|rejetee?s?)\b")
SOON = re.compile(
    rf"\b(?:cette semaine|ce mois-ci|en {MONTH}|à la rentrée"
    r"|(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)(?: (?:1er"
    r"|\d{1,2}(?:/\d{1,2}(?:/\d{2,4})?)?))?(?: matin| soir| après-midi)?)\b",
    re.IGNORECASE,
)
# « l'inventaire avant vendredi (Momo) »: who is charged with it comes last, between brackets.
# « Sono : Patrick s'en occupe »: what stands before the colon is the matter
NAMED_AFTER = re.compile(
    r"\s*:\s*([A-ZÀ-Ý][a-zà-ÿ'’-]+)\s(?:s['’]en|se|pilote|gère|suit|prépare|envoie|appelle|contacte)\b"
)
NAMED_LAST = re.compile(r"\(((?:M\.|Mme)? ?[A-ZÀ-Ý][a-zà-ÿ'’-]+(?: [A-ZÀ-Ý][\w'’-]+)?)\)\W*$")
# « relancer l'AMO, M. Ferrec, sous 15 jours »
# « à faire par Bati-Ouest », « relance par Karim »
BY = re.compile(r"\bpar ((?:(?:M\.|Mme)\s)?[A-ZÀ-Ý][\w'’-]+)")
LAST = re.compile(r",\s*(?:par\s+)?((?:M\.|Mme)\s[A-ZÀ-Ý][\w'’-]+)(?=\s*(?:,|\.?$))")
WHO = re.compile(
    r"^\W*((?:(?:Mme|M\.|Monsieur|Madame)\s+)?(?:\[[A-Z_]+_\d+\]"
    r"|[A-ZÀ-Ý][\wÀ-ÿ’'-]+(?:\s+[A-ZÀ-Ý][\wÀ-ÿ’'-]+)?)|(?:le|la|les|l['’])\s?(?:service|direction|pôle|CCAS"
    r"|police|DGS|communication|"
    r"technique|techniques|secrétariat|comité|équipe|agents?|élus?)\b[^,:]{0,30}?)"
    r"(?=\s*(?:,|:|->|→|–|-\s)|\s+(?:et\s+\S+\s+)?(?:doit|doivent|se|s['’]|envoie|enverra|prépare|préparera"
    r"|contacte|relance|rédige|vérifie|demande|transmet|organise|appelle|réserve|fournit|"
    r"propose|pilote|commande|signe|lance|livre|cherche|finalise|refait|reprend|regarde|imprime|met|diffuse"
    r"|fait|voit|chiffre|va|est|prend|[a-zé]+ra\b))"
)
NOT_WHO = {
    "decision",
    "action",
    "actions",
    "on",
    "il",
    "elle",
    "nous",
    "point",
    "todo",
    "a",
    "note",
    "ok",
    "date",
    "question",
    "budget",
    "prochaine",
    "reste",
    "le",
    "la",
}


TOLD = (
    r"(?:(?:le|la|les|l['’]|au|à la|du|de|pour|en)\s*)?(?:\d{1,3}(?:\s?h(?:\s?\d{2})?|\s?€"
    r"|\s?euros)?(?:\s+[a-zûé]{3,9})?|[\wÀ-ÿ'’-]+)"
)
CORRECTED = re.compile(
    rf"(?<![\w'’-])({TOLD})\s*,?\s*(?:(?:enfin|ah|oh|bah|euh)\s*,?\s*)+(?:non|je veux dire|je corrige)\b\s*,?\s*"
    rf"(?:pardon\s*,?\s*|plutôt\s*,?\s*|c['’]est\s+)?((?:le|la|les|l['’]|au|à la|du|\d)\s*{TOLD}|(?:lundi"
    rf"|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b)"
    r"(?:\s*,?\s*pardon)?",
    re.IGNORECASE,
)
TAKEN_BACK = re.compile(
    r"\b(?:le|la|à|les)\s+([\w-]+)(?:\s+[\w-]+)?\s*,\s*non\s*,?\s*pas\s+(?:le|la|à|les)\s+\1\s*,\s*", re.IGNORECASE
)
# « c'est la maison de retraite qui paye, ah non pardon, c'est nous » : the clause begins again.
RESTARTED = re.compile(
    r"\b(?:c['’](?:est|était|sera)|ce sera|il y a|on|nous|il faut)\b(?:(?!\bc['’]est\b)[^.;\n]){2,80}?[\s,]+"
    r"(?:(?:ah|oh|euh|enfin|bah)[\s,]+)*(?:non[\s,]+(?:pardon|plutôt|en fait|je me trompe)|pardon|je me trompe"
    r"|correction)"
    r"[\s,:]+(?=(c['’](?:est|était|sera)|ce sera|il y a|on|nous|il faut)\b)",
    re.IGNORECASE,
)
POLITE = re.compile(
    r"\W*ordre du jour\W*$|a\+ |(?:je (?:te|vous) (?:fais passer|transmets|envoie)|voici"
    r"|ci-joint)\b.{0,20}\bnotes|bonjour|merci|cordialement"
    r"|bon week|bonne lecture|bonne (?:soiree|journee|fin)|bises|voila(?=\W*$|,? (?:c'est|merci|bis|a |bon))|c'est tout"
)
NEXT = re.compile(
    r"(?<!pour la )(?<!a la )(?<!de la )(?<!avant la )(?<!ici la )(?<!des la )(?<!au )(?<!du )"
    r"(?<!a un )(?<!a une )(?<!ici le )(?<!pour le )"
    r"(?<!avant le )(?<!des le )(?<!lors du )"
    r"\bproch(?:aine?|\.) (?:reunion|reu\b\.?|com\.|ca\b|cm\b|conseil|bureau|copil|point|atelier|commission"
    r"|rencontre|seance"
    r"|comite|rendez-vous|date|fois|visite|tournee|session|etape|permanence|ag\b|assemblee|entretien)\b"
    r"|^\W*proch(?:aine?|\.)?(?: \w+)? ?:|^\W*prochaine? (?:le )?(?:\d|lun|mar|mer|jeu|ven|sam)|\bon se (?:revoit"
    r"|retrouve|reverra)\b"
)
# « 6) lycéens à contacter - L. Benali », « demande à déposer → P. Marty »: who is charged with it comes last.
CHARGED_LAST = (
    r"\s*(?:->|→|=>|\s[-–—])\s*(?P<who>{who}(?:\s*(?:\+|&|/|\bet\b)\s*{who})*)"
    r"(?:,\s[^;:.]{{3,60}}|\s(?:sous \S+ \S+|sous \d+ ?[hj]|d['’]ici [^,;.]{{2,25}}|demain|ce soir|cette semaine"
    r"|(?:lundi|mardi|mercredi|jeudi|vendredi)(?:\s\d{{1,2}})?|(?:avant"
    r"|pour) [^,;.]{{2,20}}))?\W*$"
)
# « Momo + Théo rue de la Gare cette semaine »: two people and a term make an action.
TOGETHER = r"^(?P<who>{who}\s*(?:\+|&)\s*{who})\s+(?=\S+\s\S+)"
STAMPED = re.compile(r"^\s*\[?\d{1,2}[:h]\d{2}(?::\d{2})?\]?\s*(?P<who>[A-ZÀ-Ý][\w .'’-]{1,30}?)\s*:\s*(?P<said>.+)$")
ASKED_BACK = re.compile(r"^\s*(?:tu oublies|vous oubliez|n['’]oublie pas|je rappelle)\s+(?:que\s+)?", re.IGNORECASE)
THREAD = re.compile(
    r"^\s*(?:de|à|a|cc|cci|from|to|envoyé|date)\s*:\s|^\W*(?:bises?|bisous?|a\+|à plus|bonne soirée)\W*$", re.I
)
GREETED = re.compile(
    r"^\s*(?:(?:salut|bonjour|bonsoir|coucou|hello|re)\b(?:\s+(?:à tou(?:s|tes)|tout le monde|l['’]équipe"
    r"|les amis|[A-ZÀ-Ý][\w'-]+))*"
    r"\s*[,!:.]\s*)",
    re.IGNORECASE,
)
GATHERED = re.compile(
    r"^(?P<head>.{0,160}?)\b(?i:on était|nous étions|étaient (?:là|présents|présentes)|il y avait|y avait"
    r"|en présence de)\s*:?\s+(?P<names>(?:(?:(?!\b(?:donc|on|alors|ensuite|qui|puis|pour(?! (?:le secrétariat"
    r"|l[ea]s?(?: [a-zà-ÿ]+)? (?:M\.|Mme|[A-ZÀ-Ý])))|afin)\b)(?:[^.;:\n]|(?<=\bM)\.)))*[A-ZÀ-Ý]"
    r"(?:(?!\b(?:donc|on|alors|ensuite|qui|puis|pour(?! (?:le secrétariat|l[ea]s?(?: [a-zà-ÿ]+)? (?:M\.|Mme|[A-ZÀ-Ý])))"
    r"|afin)\b)(?:[^.;:\n]|(?<=\bM)\.))*)(?P<rest>.*)$",
    re.DOTALL,
)
LEADS = re.compile(
    r"^\s*(?:(?:alors|donc|ensuite|puis|et puis|et|après|bon|du coup|enfin|sinon|voilà|ah oui|ah|ok(?! pour)"
    r"|oui)\b[\s,.]*)*(?:on a dit que\s+)?"
    r"(?:(?:premier|deuxi[eè]me|troisi[eè]me|quatri[eè]me|cinqui[eè]me|sixi[eè]me|dernier)(?: (?:truc|point|sujet"
    r"|chose))?,?"
    r"\s+(?=(?:l[ea]s?|salle)\s|l['’]))?",
    re.I,
)
NAMES = re.compile(
    r"^(?:(?:(?:Mme|M\.|Mmes|MM\.)\s+)?[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w.'’-]*)?|moi|la directrice"
    r"|le directeur|le maire|la maire|l['’][ée]lue?)(?:(?:\s*[,;]\s*|\s+et\s+)(?:(?:(?:Mme"
    r"|M\.)\s+)?[A-ZÀ-Ý][\w'’-]+(?:\s+[A-ZÀ-Ý][\w.'’-]*)?|moi"
    r"|la \w+|le \w+|l['’]\w+)){1,12}$"
)
FILLERS = re.compile(
    r"(?<![\w'’-])(?:euh|hein|heu|(?-i:ben)|quoi(?=[.,])|du coup(?=[\s,])|voilà(?=[.,]))(?![\w'’-])\s*,?\s?",
    re.IGNORECASE,
)
