"""Phrases that tell somebody's health, or another datum of RGPD articles 9 and 10, in everyday words.

Each rule is woken by one of its words (so that a text is read once), then looks at most 45 characters around it.
`alone` rules speak of a person by themselves (« entend des voix »); the others need one in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from atelier_ia.privacy.spans import Label


class Phrase(NamedTuple):
    """One phrase found: where, what it tells, and whether it needs a person near it."""

    start: int
    end: int
    label: Label
    alone: bool


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    label: Label
    alone: bool


_OF = r"(?:de la |de l'|des |du |de |d'|aux |au |a la |a l'|a |en )"
_SPECIALIST = (
    r"(?:psy(?:chiatr|chologu)?\w*|addicto\w*|cardiolog\w*|oncolog\w*|neuro\w*|nephrolog\w*|hematolog\w*|orthophon\w*"
    r"|pedopsy\w*|gynecolog\w*|infirm\w*|sage-femme|kine\w*|algolog\w*|geriatr\w*|diabetolog\w*)"
)
_CENTRE = (
    r"(?:cmpp?|camsp|csapa|caarud|sessad|savs|samsah|hopital(?: de jour| psychiatrique)?|clinique|centre (?:medico\S*"
    r"(?: psycho\S*)?|hospitalier|anti\S*|de (?:soins|cure|reeducation|postcure))|institut curie|hp|ime|itep|ulis|esat|chs)"
)
_PARTY = (
    r"(?:cgt|cfdt|fo|cftc|unsa|sud|fsu|cfe-cgc|solidaires|(?:force|confederation) \w+|syndicat\w*|(?:parti|front"
    r"|rassemblement|mouvement)\b(?: [a-z]+)?|ps|pcf|rn|lfi|lr|modem|npa|eelv|france insoumise|republicains"
    r"|renaissance|ecologistes|verts|socialistes|communistes|reconquete|extreme[ -]\w+)"
)
# words that wake the rule | may it stand alone? | what must be found around them
_HEALTH = (
    (
        "suivi suivie suivis suivies suit prise",
        True,
        rf"(?:suivie?s?|prise? en charge) (?:\w+ )?(?:au|a l'|a la|par|en|dans|chez)(?: ?(?:le|la|l'|un|une|son|sa|ses))? ?"
        rf"(?:{_CENTRE}|{_SPECIALIST})|suivie?s? pour (?:une? |des? |sa |son |ses )?[a-z]+(?: \w+ique| \w+ive)?",
    ),
    ("cmp cmpp csapa camsp caarud sessad samsah", False, rf"(?:au |par le |a l'|en )?{_CENTRE}"),
    ("ime itep ulis esat", False, r"(?:en |a l'|dans (?:un|une|le) |d'|classe )(?:ime|itep|ulis|esat)\b"),
    ("fauteuil", True, r"en fauteuil(?: roulant| electrique)?|fauteuil (?:roulant|electrique)"),
    (
        "marche marcher deplacer deplace lever monter bouger",
        True,
        r"(?:ne |n'|n )?(?:peu[tx]|sais?|arriv\w+|pouvant) (?:presque )?(?:plus|pas) (?:a )?(?:se |me )?(?:marcher|deplacer|"
        r"lever|bouger|monter (?:les|l')\w* ?\w*)|(?:ne |n')?marche (?:presque |quasiment )?(?:plus|avec une canne|mal\b"
        r"|difficilement|tres mal)|(?:du mal|des difficultes|de la peine|de plus en plus de mal) a (?:se |me )?"
        r"(?:marcher|deplacer|lever|bouger|monter)|(?:se|me) deplace\w* (?:avec|difficilement|mal|en|a l'aide)[^,.;\n]{0,28}",
    ),
    (
        "perd perdu perdent tete memoire",
        True,
        r"(?:perd\w*|perte de) (?:completement |un peu |beaucoup )?(?:la |sa |de |l'|ses )?(?:tete|memoire|boule|vue|equilibre"
        r"|facultes|audition|autonomie)|plus toute sa tete|plus sa tete|(?:pertes?|troubles?|trous?) de memoire"
        r"|pas bien dans sa tete|malade dans sa tete",
    ),
    ("entend voix", True, r"(?:n')?entend (?:des voix|mal|plus|pas bien|tres mal|plus rien|rien)"),
    ("voit vue yeux", True, r"(?:ne |n'y )?voit (?:presque |quasi\w* )?(?:plus(?: rien)?|rien|pas bien|mal|tres mal)"),
    (
        "boit boivent buvait picole alcool alcoolisme bouteille ivresse saoul",
        True,
        r"(?:boit|boivent|buvait|boire) (?:beaucoup|trop|enorme\w*|du matin|tous les jours|regulierement|comme|de plus en plus"
        r"|plus que)[^,.;\n]{0,18}|picole\w*|(?:problemes?|soucis?|souci) (?:d'|avec l'|de |lies? a l')alcool|(?:dependan\w+"
        r"|addiction|accro|penchant|tombe\w*|consommation|consomme) (?:\w+ )?(?:a |de |pour |dans |a l'|de l')?l?'?alcool"
        r"|porte sur (?:la bouteille|l'alcool|la boisson)",
    ),
    (
        "cure sevrage desintox desintoxication",
        True,
        r"(?:refus\w+|fait|faire|suit|suivre|sort(?:i|ie)? d|part\w*|rentr\w+|entr\w+|en|apres|sa|ma|son|une)[ '](?:en |la |une |sa "
        r"|un |'|de )?(?:cure(?! thermale)|sevrage|desintox\w*|post-?cure)(?: de (?:desintoxication|sevrage))?",
    ),
    (
        "drogue droguee drogues cannabis shit crack heroine cocaine toxico joints subutex methadone",
        True,
        r"(?:se drogue\w*|(?:fume\w*|prend\w*|consomm\w+|accro|touche|depend\w*) (?:a |au |du |de la |de l'|des |a la |a l')?"
        r"(?:drogues?|cannabis|shit|crack|heroine|cocaine|joints?)|toxico\w*|(?:sous|traitement|par) (?:subutex|methadone)"
        r"|(?:problemes?|passe) de drogue)",
    ),
    (
        "sous",
        True,
        r"sous (?:perfusion|oxygene|morphine|assistance respiratoire|anti\w+|anxio\w+|neurolep\w+|insuline|chimio\w*|dialyse"
        r"|anticoagulants?|traitement(?: \w+)?|cachets|medicaments|calmants|ritaline|lithium|valium|cortisone)",
    ),
    (
        "crise crises crisis angoisse angoisses panique",
        True,
        r"crises? (?:de |d')(?:nerfs?|angoisses?|panique|epilepsie|tetanie|asthme|spasmophilie|goutte|delire|convulsions?|foie)"
        r"|fait des crises|fait une crise|angoisses permanentes",
    ),
    (
        "attend attendons attends accoucher accouche bebe",
        True,
        r"(?:j'?attends?|attend(?:ons|ent)?) (?:un |notre |son |mon |leur |des |une )?(?:premier |deuxieme |second |troisieme |petit )?"
        r"(?:bebe|enfant|jumeaux|jumelles|heureux evenement|petite? \w+)|(?:vient d'|va |vais |doit |dois )accouch\w+",
    ),
    (
        "conge conges arret mi-temps mi",
        False,
        r"(?:en )?(?:conges?|placement en conge) (?:de |d'|pour )?(?:maladie|longue (?:maladie|duree)|grave maladie|maternite"
        r"|pathologique|(?:de )?paternite)(?: ordinaire)?|(?:en )?arret(?: de travail| maladie)(?: prolonge)?|en arret\b"
        r"|mi-temps therapeutique",
    ),
    ("inapte inaptitude invalidite", False, r"(?:declaree?|reconnue? )?inapte\w*(?: \w+ \w+)?|inaptitude(?: \w+)?"),
    (
        "jours finir suicide scarifie scarifications noires",
        True,
        r"(?:mettre|mis|met) fin a ses jours|(?:veut|voulu|envie d'|vouloir) en finir|se scarifi\w+|idees noires|tent\w+ de se "
        r"(?:suicider|tuer|pendre)",
    ),
    (
        "psychiatrique psychiatrie psychiatriques interne internee consentement psy hp",
        True,
        r"(?:l'|d')?hopital psy\w*|(?:en|de) (?:hp|psychiatrie)\b|soins psychiatriques(?: sans consentement)?|soins sans "
        r"consentement|(?:voit|consulte|chez) (?:un|une|le|la|son|sa) (?:psy\w*)|internee? (?:en|a l'|d'office|au)[^,.;\n]{0,20}",
    ),
    (
        "casse cassee hanche femur poignet cheville",
        True,
        r"casse\w* (?:la |le |les |une? )(?:jambe|bras|col du femur|hanche|poignet|cheville|pied|dents?|epaule|bassin|nez"
        r"|genou)|(?:opere\w*|fracture|prothese|col) (?:de |du |d'|de la )[a-z]+(?: du femur)?",
    ),
    (
        "urgences reanimation coma palliatifs terminale oxygene grabataire alite alitee",
        False,
        r"aux urgences|en (?:reanimation|soins intensifs|soins palliatifs|phase terminale)|dans le coma|grabataire|alitee?s?",
    ),
    (
        "syndrome deficience deficient deficiente retard trouble myopathe diabetique",
        True,
        r"syndrome (?:de |d'|du )[a-z-]+|deficien\w+ (?:intellectuel\w*|mental\w*|visuel\w*|auditi\w+|motrice|moteur)"
        r"|retard (?:mental|de developpement|intellectuel|de langage)",
    ),
    (
        "gluten lactose arachide arachides gluten",
        False,
        r"(?:intoleran\w+|allergi\w+) (?:a la |a l'|au |aux )[a-z]+|(?:sans|ni) (?:gluten|lactose|arachides?)",
    ),
    (
        "adrenaline epipen insuline piqure transfusion chimio perfusion seropositif stomie sonde greffe aerosol pompe",
        False,
        r"(?:stylo|injections?|piqures?|pompe|traitement|seringue|dose) (?:auto-?injectable )?(?:d'|a |de l')?(?:insuline|adrenaline|"
        r"epipen)|epipen|transfusion\w*|(?:sous |une |sa )perfusion|stomie|sonde (?:urinaire|gastrique)",
    ),
    (
        "aesh avs pch rqth aah aeeh ald mdph apa gir cmi",
        False,
        r"(?:l'|une? |d'une? |en |la |de l')?(?:aesh|avs|pch|rqth|aah|aeeh|ald\b|gir ?\d|cmi\b|apa\b)"
        r"|(?:dossier|demande|notification|orientation|accord|decision|reconnaissance|taux|demarches?) (?:a la |de la |aupres de la )?"
        r"mdph|mdph (?:de|du|pour|lui|a )[^,.;\n]{0,20}",
    ),
    (
        "travailleur travailleuse mobilite autonomie dependante dependant autonome",
        False,
        r"(?:reconnue? )?travail\w+ handicape\w*|a mobilite reduite|perte d'autonomie|plus autonome|(?:tres|totalement|devenue?) "
        r"dependante?",
    ),
    (
        "insuffisant insuffisante insuffisance",
        True,
        r"insuffisan\w+ (?:renale?|cardiaque|respiratoire|veineuse|hepatique)",
    ),
    (
        "parle begaie couches propre pipi enuresie",
        True,
        r"(?:ne )?parle (?:presque |quasiment |toujours )?(?:pas|plus|pas encore)\b(?! (?:de|du|des|a|au|avec|francais|le|la|assez))"
        r"|begaie|(?:porte|met|a) (?:encore |toujours )?des couches|pipi au lit|enuresie",
    ),
    (
        "ivre alcoolise alcoolisee ebriete",
        True,
        r"(?:en |l')?etat d'(?:ivresse|ebriete)|(?:completement |encore )?ivre(?! de)|alcoolisee?",
    ),
    (
        "coeur poumons peau reins foie tension cholesterol estomac prostate sein colon thyroide",
        True,
        r"(?:problemes?|soucis?|malade|maladie|opere\w*|fragile|attaque|greffe\w*|cancer|insuffisance|pontage|souffle) "
        r"(?:de |du |au |aux |des |de la |de l'|a la |a l')(?:coeur|poumons?|peau|reins?|foie|tension|estomac|prostate|sein|colon"
        r"|thyroide)|hypertendue?|(?:du|trop de) cholesterol",
    ),
    (
        "attelle minerve bequilles beequille appareil trache irm biopsie rayons kyste ablation scanner debout lit",
        False,
        r"(?:avec |porte )(?:une attelle|une minerve|des bequilles|un corset|un appareil auditif)|biopsie|seances de (?:rayons|kine|"
        r"chimio\w*)|ablation (?:de|du)[^,.;\n]{0,20}|(?:ne )?tient plus debout|(?:ne )?quitte plus (?:son|le) lit|appareil auditif",
    ),
    ("dos genoux rhumatismes nerfs", True, r"mal (?:de |au |aux )(?:dos|genoux|jambes)|rhumatismes?|malade des nerfs"),
    ("burn burn-out", False, r"(?:en |un |fait un )?burn[ -]?out"),
    ("depression deprime deprimee", True, r"(?:en |fait une |une |sa |grosse )+depression|deprim(?:e|ee)\b"),
    ("mange dort", True, r"ne mange (?:presque |quasiment )?plus(?: rien)?|ne dort plus"),
)
_SENSITIVE = (
    ("milite militent militait", True, rf"milit(?:e|ent|ait) (?:au|a la|chez|pour|dans|a l'|a|contre)(?: ?(?:le|la|les|l'))? ?{_PARTY}"),
    (
        "adhere adherent adherente adhesion adheres encarte encartee carte cartes adherents syndicat",
        True,
        rf"(?:adher\w+|adhesion|encarte\w*|(?:a|sa|ma|prend|pris|la) (?:sa |la )?carte|inscrite?|membre) (?:a la |au |a l'|a |aux |chez |du |de la "
        rf"|des |de )(?:les )?{_PARTY}",
    ),
    (
        "membre elu elue delegue deleguee representant representante permanent secretaire candidat candidate tete liste",
        True,
        rf"(?:membre|elue?|deleguee?|representante?|permanente?|secretaire|candidate?|tete de liste|figure\w* sur la liste)"
        rf"(?: (?:du personnel|syndical\w*))? (?:a la |au |a l'|chez |du |de la |des |de )?"
        rf"{_PARTY}",
    ),
    ("greve greviste grevistes", False, r"(?:est |sont |etait |en |fait |fera |faire |sera )(?:la )?greve?(?:istes?)?\b"),
    ("gauche droite", True, r"(?:est|suis|tres|plutot|idees|electeur|electrice|engagee?) (?:tres )?(?:a |de )(?:gauche|droite)\b"),
    ("porc kippa foulard voile messe catechisme communion imam pasteur careme ramadan priere",
     False,
     r"(?:ne mange\w* |mange |manger |repas |menu |menus )?(?:pas de|sans|jamais de) porc|porte (?:le |la |un |une )(?:voile|foulard|kippa"
     r"|turban|croix)|va (?:a la messe|a la mosquee|au temple|a la synagogue)|fait (?:le ramadan|sa communion|la priere|careme"
     r"|ses prieres)|est (?:imam|pasteur|pretre|rabbin|diacre)\b"),
    ("temoin temoins", True, r"temoins? de jehovah"),
    ("loge", True, r"loge maconnique|est franc-macon\w*"),
    ("origine origines", False,
     r"(?:d'|ses |leurs |mes |sont d')origines? (?!control|proteg|anim|veg|crim|suspec|incon|elec|accid|domes|du |de |des |et |a )[a-z]+"),
    ("voyage couleur communaute", False,
     r"(?:famille|couple|enfants|jeune|groupe|issue? (?:de la communaute )?)(?: de| des)? gens du voyage|(?<!des )gens du voyage|(?:homme|femme|personne|gens) de couleur"
     r"|(?:issue?s?|membre) de la communaute [a-z]+"),
    ("couple hommes femmes homme femme genre coming", True,
     r"couple (?:gay|homosexuel|lesbien|d'hommes|de femmes|de meme sexe)|coming out|change\w* de (?:sexe|genre)|en transition de genre"
     r"|attiree? par les (?:hommes|femmes)"),
    ("prison taule sursis detention bracelet ecrou probation", True,
     r"(?:(?:\d+|un|deux|trois|quatre|cinq|six|huit|dix|douze|dix-huit) (?:mois|ans?|annees?) )(?:de |d')?(?:prison|detention|emprisonnement|reclusion)?"
     r"(?: ?(?:avec|dont|de|ferme|sans)? ?(?:\w+ )?(?:sursis|ferme|probatoire))?"
     r"|(?:sort\w*|sorti\w*|libere\w*|retour) (?:recemment |juste )?de (?:la )?(?:prison|taule|detention)|(?:fait|va|aller|en|ete en) "
     r"(?:de la |faire de la )?(?:prison|taule)|sous (?:bracelet(?: electronique)?|ecrou)|bracelet electronique|sursis (?:probatoire|simple)"),
    ("casier", True, r"(?:un |son |le |d'un )?casier(?: judiciaire)?(?: (?:charge|porte|mentionne|n'est pas vierge)\w*)?"),
    ("judiciaire penale loi examen", True,
     r"sous controle judiciaire|(?:rappel|rappelee?) a la loi|composition penale|mise? en examen|suivi judiciaire"),
    ("connu connue defavorablement", True,
     r"(?:defavorablement )?connue?s? (?:defavorablement )?(?:des|de la|par la|par les|de) (?:services? de police|services de gendarmerie"
     r"|gendarmerie|police|justice|gendarmes|policiers|tribunaux)"),
    ("condamne condamnee condamnes condamnation", True,
     r"(?:a |deja |ete |fut |est )?(?:deja )?(?:ete )?condamnee?s? (?:en \d{4} )?(?:pour|a|par le tribunal)(?: (?:\w+ ){0,2}\w+)?"),
    ("suspension retrait annulation stupefiants volant", False,
     r"(?:suspension|retrait|annulation) de (?:son |mon )?permis|alcool au volant|conduite (?:sous|en etat|sans permis)[^,.;\n]{0,22}"),
)


def _built() -> dict[str, tuple[_Rule, ...]]:
    rules: dict[str, tuple[_Rule, ...]] = {}
    groups: tuple[tuple[Label, tuple[tuple[str, bool, str], ...]], ...] = (("SANTE", _HEALTH), ("SENSIBLE", _SENSITIVE))
    for label, lines in groups:
        for wakers, alone, pattern in lines:
            rule = _Rule(re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z])"), label, alone)
            for word in wakers.split():
                rules[word] = (*rules.get(word, ()), rule)
    return rules


_RULES = _built()
WAKERS = frozenset(_RULES)


def phrases_at(low: str, start: int, end: int) -> Iterator[Phrase]:
    """The phrases that the word `start:end` of the folded text wakes and that hold it."""
    for rule in _RULES.get(low[start:end], ()):
        left = max(low.rfind("\n", max(0, start - 45), start) + 1, start - 45, 0)
        for match in rule.pattern.finditer(low, left, min(len(low), end + 45)):
            if match.start() <= start < match.end():
                yield Phrase(match.start(), match.end(), rule.label, rule.alone)
                break


_LEFT = re.compile(
    r"(?:(?:reconnue?s? )?travail\w{2,4} |(?:est |etre |etait |suis )?(?:atteinte?s? |porteu\w+ |victime )(?:d'une? |d'un |de la |de |du |d')|"
    r"souffr\w{1,4} (?:d'une? |de la |de |du |d'|des )|crises? (?:de |d')|(?:grave|forte|legere|severe|longue|grosse) |"
    r"(?:suivie?|traitee?|operee?|soignee?) pour (?:une? |un |des |son |sa )?|en situation de |stylo (?:d'|a )|"
    r"(?:conge|conges|placement en conge) (?:de |pour )?(?:longue |grave )?|hospitalisee? (?:en |pour )(?:une? )?|d'origine |"
    r"delegue\w* |de confession |(?:un|une|son|sa) |d'|l')$"
)
_RIGHT = re.compile(
    rf"(?: (?:type \d|chronique|severe|grave|aigue?|bipolaires?|mental\w*|moteur|motrice|visuel\w*|auditi\w+|psychi\w+|cardiaque|renale"
    rf"|respiratoire|avance\w*|invalidant\w*|profonde?|saisonni\w+|alimentaires?|pratiquante?|syndical\w*|scolaire|infantile"
    rf"|post-partum|en plaques)| {_OF}(?:type \d|plusieurs |sept |six |cinq |quatre |trois |deux |huit |neuf |\d+ )?[a-z-]{{3,}}"
    rf"(?: (?:et|ou|a) (?:aux |au |a la |coque|au lait)?[a-z-]{{3,}}(?= ?[.,;:)\n]))?){{1,2}}"
)


def widened(low: str, start: int, end: int) -> tuple[int, int]:
    """`start:end` up to the whole telling phrase: « allergie » → « allergie aux arachides »."""
    before = _LEFT.search(low, max(0, start - 40), start)
    after = _RIGHT.match(low, end, min(len(low), end + 45))
    return before.start() if before else start, after.end() if after else end
