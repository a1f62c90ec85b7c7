"""Health data and the other data of RGPD articles 9 and 10, said of somebody: they raise an alert.

A word alone (« handicap », « religion ») is ordinary administrative prose; what is sensitive is a word and a person in
the same sentence. Replacing such words would not protect anyone, so a person decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.spans import Label, Span

# Words that name a state of health: any person in the sentence is enough.
_HEALTH = re.compile(
    r"cancer(?:s|euse|eux)?|tumeurs?|leucemie|metastases?|diabet\w*|epilep\w*|asthm\w*|autis\w*|trisomi\w*|schizophren\w*|bipolaires?|depressi(?:on|f|ve)s?|burnout|anorexi\w*|boulimi\w*|phobi\w*|psychos\w*|psychotique|psychiatr\w*|alzheimer|parkinson|sclerose|myopathie|mucoviscidose|drepanocytose|hemiplegi\w*|paraplegi\w*|tetraplegi\w*"
    r"|invalidite|incapacite|rqth|aah|aeeh|hospitalise\w*|hospitalisation|chimio\w*|radiotherapie|dialyse\w*|seropositi\w*|vih|sida|hepatite|enceinte|grossesse|avc|infarctus|cardiaque|insuffisan(?:t|te|ce) (?:cardiaque|renale|respiratoire)|allergique|allergies?|intolerante?|coeliaque|malvoyante?|non-voyante?|aveugle|sourde?|malentendante?|dyslexi\w*|dyspraxi\w*|dysphasi\w*|tdah|tsa|hyperacti\w*"
    r"|fibromyalgie|endometriose|arthrose|polyarthrite|lombalgie|hernie|lupus|thyroide|crohn|covid|antidepress\w*|anxiolytiques?|anxie\w*|insuline|ventoline|methadone|deambulateur|beequilles|toxicoman\w*|alcooli\w*|addict\w*|suicid\w*|demence|senil\w*|incontinen\w*|palliatifs?|handicapee?|traumatisme|commotion|prothese|paralyse\w*|quadripleg\w*|amputee?|migraines?|hypertension|surdite|cecite|oncolog\w*|gynecolog\w*|cardiolog\w*|neurolog\w*|rhumatolog\w*|pneumolog\w*|psychologique|psychologue|psychologiques|psychotrop\w*|eczema|tuberculose|meningite|phlebite|embolie|arythmie|pacemaker|greffe|transplantation|fauteuil|trisomique|desintoxication|cure|sevrage|hemodialyse|diabetik|maladie|malades?|handicap|handicaps|traitement|medicaments?|operee?|operation|chirurgi\w*|fracturee?|sante|medical|medicale|medicaux|medicales|pathologies?|diagnosti\w*|troubles?|tumorale|pai|ald|mdph|apa|gir|therapeutique|orthophoni\w*|kine|ergotherap\w*|blesse\w*|blessures?|douleurs?|souffre\w*|souffrant\w*|entorse|malaise|vertiges|sclerose|hypersensible|electrosensible|hyperactif|dys|fausse-couche|ivg|pma|fiv|accouche\w*|invalide|infirme|infirmite|cecite|myope|glaucome|cataracte|dmla|obese|obesite|anemie|leucemique|depressif|bronchite|bpco|pneumonie|apnee|arret|fievre|gastro|varicelle|otite|angine|rougeole|coqueluche|scarlatine|bequilles|platre|opere"
)
_HEALTH_WEAK = re.compile(
    r"maladie|malades?|handicaps?|traitement|medicaments?|operation|sante|medical|medicale|medicaux|medicales|diagnosti\w*|troubles?|arret|cure|fauteuil|therapeutique|blesse\w*|blessures?|souffre\w*|souffrant\w*|pai|ald|mdph|apa|gir|psychologues?|dys|kine|orthophoni\w*|operee?|greffe"
)
_HEALTH_PHRASE = re.compile(
    r"(?:maladie (?:de|d'|du|chronique|grave|orpheline|rare|professionnelle|auto-?immune|psychi|neuro|genetique|longue)|longue maladie|arret (?:de travail|maladie)|(?:suis|est|suis tres|est tres|etais|etait|tombee?|gravement|tres|et) malade|malade (?:depuis|du|des|de)|sante (?:fragile|mentale|precaire|degradee|se|ne|est|actuel|me|de|m')|(?:raisons?|motifs?|problemes?|suivi|traitement|dossier|certificat|examens?|soucis|situation|urgence|etat|avis) medica(?:l|le|ux|les)|pathologies?|handicaps?(?: (?:moteur|mental|visuel|auditif|de|psychique|a \d|depuis))?|handicapee?s?|traitement (?:medical|lourd|contre|par|de fond|pour|quotidien|hormonal|psych|anti|medicamenteux|de chimio|d')|troubles? (?:du|de|des|d'|psych|bipolaire|anxieux|autist|cognitif|alimentaire|visuel|moteur|dys|musculo)|operation (?:de la|du|des|de l'|a c|chirurgicale|au )|operee? (?:d|du|de|des|a |en )|apa\b|gir ?\d|mdph|pai\b|ald\b|fauteuil roulant|cure de|therapeutique|blesse\w*|blessures?|psycholog\w*|souffr(?:e|es|ons|ant|ante|ais|ait) (?:de|d'|du|des|beaucoup)|medicaments? (?:pour|contre|psych|anti)|diagnosti\w* |dys\b|kine\b|orthophoni\w*|greffe (?:de|du|d'|r)|arret (?:pour|depuis|jusqu|suite|cardiaque))"
)
_SENSITIVE = re.compile(
    r"musulman\w*|islam|islamique|catholi\w*|protestante?s?|juifs?|juives?|judaisme|bouddhiste?s?|hindou\w*|evangelique|evangeliste|chretien\w*|orthodoxe|athee|pratiquante?|halal|casher|kasher|ramadan|jehovah|mosquee|synagogue|confession|religion|religieu\w*|croyante?|croyances?|baptise\w*|mormon\w*|sikh|voile|priere|prieres|foi|shabbat|chabbat|careme|converti\w*"
    r"|syndique\w*|syndical\w*|syndicat|cgt|cfdt|cftc|unsa|cfe-cgc|sud|fsu|encartee?|militante?|adherente?|sympathisante?|politiques?|communiste|socialiste|ecologiste|royaliste|extreme|rn|lfi|lr|insoumise?|nationaliste|anarchiste|gilet|vote|franc-macon\w*|macon"
    r"|rom|roms|gitane?s?|tsiganes?|manouches?|origines?|ethni\w*|raciale?|race|noir|noire|arabe|arabes|kabyle|maghrebin\w*|africaine?|asiatique|metisse?|berbere|antillaise?|kurde|tchetchene"
    r"|homosexu\w*|gay|lesbienne|bisexu\w*|transgenre|transsexu\w*|trans|transition|sexuelle|sexuel|homo|pacsee?|queer|non-binaire"
    r"|condamne\w*|condamnation\w*|casier|garde|incarcer\w*|prison|emprisonn\w*|detenue?s?|detention|bracelet|sursis|conditionnelle|examen|judiciaire|correctionnel(?:le)?|delinquan\w*|agression|agresse\w*|violences?|viol|violee?|escroquerie|vol|cambriol\w*|stupefiants?|drogue|trafic|fiche|tig|penale?|recidiv\w*|prevenu|ecrou|interpelle\w*|poursuivie?|infraction|fijais|harcelement|radicalis\w*|empreintes?|adn|genetique|biometrique\w*|fiche"
)
_SENSITIVE_PHRASE = re.compile(
    r"(?:musulman\w*|catholi(?:que|ques)\b|protestante?\b|juive?s?\b|bouddhiste|hindou|evangeli\w*|chretien\w*|orthodoxe|athee|pratiquante?|halal|casher|kasher|ramadan|jehovah|de confession \w+|(?:ma|sa|leur|votre|notre|la|de|une autre|par) religion|(?:convictions?|raisons?|motifs?|appartenance|croyances?|interdits?|pratiques?|opinions?|tenue|signe|fetes?) religieu\w*|religieu\w*|confession (?:\w+)|croyante?|croyances?|baptise\w*|mormon|sikh|voilee?|porte le voile|voile(?: (?:islamique|integral))?|prieres?|ma foi|sa foi|leur foi|shabbat|chabbat|careme|converti\w*|mosquee|synagogue|islam\b"
    r"|syndique\w*|(?:delegue|representante?|mandat|engagement|activite|appartenance|decharge|elue?|section|responsable|activites|carte|permanente?|heures de) syndical\w*|syndicat (?:cgt|cfdt|fo|unsa|sud|cftc|autonome)|(?:la |a la |de la |delegue\w* |adherente? |chez |du |l')?(?:cgt|cfdt|cftc|unsa|cfe-cgc|fsu)|encartee?|militante?|adherente? (?:de la|a la|au|du|de l'|d'un) (?:cgt|cfdt|fo|unsa|sud|parti|syndicat|pcf|ps|rn|lfi|lr|front|rassemblement|ump|modem|npa)\w*|sympathisante?|(?:opinions?|convictions?|engagement|idees|activites|appartenance|bord|orientations?|positions?|carte) politiques?|politiques? (?:de|du) (?:mon|son)|communiste|socialiste|ecologiste|royaliste|extreme[ -](?:droite|gauche)|(?:vote|votent|votee?s?|votait|voter) (?:rn|lfi|lr|ps|pour le (?:rn|ps|rassemblement|parti|front)|pour la france|a gauche|a droite|front|rassemblement|extreme|communiste|socialiste|macron|le pen|melenchon|contre le maire|ecolo)|insoumise?|nationaliste|anarchiste|gilet jaune|franc-macon\w*"
    r"|(?:un |une |des |famille |communaute |camp de |est |origine |les |d')?(?:roms?\b|gitane?s?|tsiganes?|manouches?)|origines? (?:ethnique|raciale|maghrebine?|africaine?|algerienne?|marocaine?|tunisienne?|turque|senegalaise|malienne|comorienne|etrangere?|roumaine|portugaise|antillaise|asiatique|congolaise|kurde|juive|arabe|tchetchene|vietnamienne|ivoirienne|camerounaise|haitienne|syrienne|afghane|rom|gitane|indienne|chinoise|espagnole|italienne|polonaise|kabyle|berbere|sri|armenienne|guineenne|mauritanienne|malgache|libanaise|irakienne|iranienne|russe|ukrainienne|albanaise|kosovare|serbe|bosniaque)|ethni\w*|raciale?s?|couleur de (?:ma|sa) peau|peau noire|(?:suis|est|etre|sommes|sont|etait|enfants?|femme|homme|personne) (?:noire?s?|arabes?|kabyles?|maghrebin\w*|africaine?s?|asiatiques?|metisse?s?|berberes?|antillaise?s?|kurdes?|tchetchenes?)"
    r"|homosexu\w*|gay\b|lesbiennes?|bisexu\w*|transgenres?|transsexu\w*|(?:personne|femme|homme|fille|fils|suis|est|enfant|garcon) trans\b|(?:transition|changement) de (?:genre|sexe)|transition|(?:orientation|identite|vie) sexuelle|queer|non-binaire"
    r"|condamnee?s?\b|condamnations?|casier judiciaire|casier\b|garde a vue|incarcer\w*|(?:en|de|sorti\w* de|sort de|d'une peine de|la|mois de|ans de|annees de|peine de|par la) prison|prison\b|emprisonn\w*|detenue?s?\b|detention|bracelet (?:electronique)?|sursis|liberation conditionnelle|(?:mise?|mis) en examen|controle judiciaire|suivi judiciaire|sous main de justice|tribunal correctionnel|correctionnel(?:le)?|delinquan\w*|(?:agression|violence|abus|atteinte|exploitation|harcelement)s? (?:sexuel\w*|conjugal\w*|physique|domestique|intrafamilial\w*|sur|de la part|volontaire|envers|du|d'un|de son|de mon)|violences?|agresse\w*|viol\b|violee?\b|escroquerie|(?:pour|de|d'un|condamne pour) vol\b|vol (?:avec|a l'|aggrave|en reunion)|cambriolage|stupefiants?|trafic de|fiche[e]? s\b|tig\b|peine de tig|(?:casier|peine|enquete|passe|composition|ordonnance|procedure|antecedents) (?:penale?s?|judiciaires?)|antecedents|recidiv\w*|ecrou|interpelle\w*|poursuivie? (?:pour|devant)|fijais|harcelement|radicalis\w*|empreintes? (?:digitales|genetiques?)|\badn\b|test genetique|donnees? (?:biometrique|genetique)s?)"
)
_SELF = re.compile(
    r"(?<![a-z])(?:je|j'|j|g|me|m'|moi|mon|ma|mes|jai|jsuis|jsui|chui|chuis|jss|nous|notre fil\w+|nos enfants|notre mere|notre pere|mme|madame|mlle|m\.|mr|monsieur|ms|celle-ci|celui-ci"
    r"|l'interessee?|cet agent|cette agente?|cet eleve|cet enfant|le demandeur|la demandeuse|le requerant|la requerante|la patiente|le patient|l'usager|l'usagere|l'allocataire|la beneficiaire|le beneficiaire|cette dame|ce monsieur|atteinte? (?:d|de|du)|mere de|pere de|cet homme|cette femme|cette personne|(?:son|sa|ses|leur|leurs|notre|votre|vos|ton|ta) (?:fils|fille|mari|femme|epoux|epouse|mere|pere|conjointe?|compagnon|compagne|enfants?|frere|soeur|sour|bebe|etat|voisine?|maman|papa|traitement|maladie|handicap|grand|concubine?|belle|beau|neveu|niece|religion|orientation|passe|casier|syndicat|foi)"
    r"|(?:il|elle|ils|elles|qui) (?:est|a|etait|souffre|suit|sort|vit|vient|doit|ne|s'est|se|va|prend|porte|fait|sont|ont |avait|reste|vote|milite|mange|presente|attend|n'|revient|pratique|refuse|dit|beneficie|percoit)|fils de|fille de|voisine? (?:du|d)|papi|mamie|ado|(?:l'agent|l'enfant|l'eleve|cet ado|le jeune|la jeune|une? collegue|l'adolescente?) (?:est|a|souffre|presente|suit|prend)|medecin (?:traitant|l'a|lui|m')|agent [a-z]+ (?:est|a|souffre)|assistante? maternelle)(?![a-z])|(?<![a-z])j'"
)
_FORM = re.compile(
    r"(?:allergies?|handicap|pathologies?|antecedents?|traitements?|regime(?: alimentaire)?|pai|taux d'(?:incapacite|invalidite)|rqth|sante|maladies?|groupe sanguin|religion|medecin traitant|observations? medicales?|problemes? de sante|situation de handicap|confession|vaccins?|syndicat|appartenance syndicale|renseignements? medicaux|etat de sante|grossesse|diagnostic|motif medical|situation medicale|situation judiciaire|casier(?: judiciaire)?)[^\n:?]{0,30}[:?] ?[^\s_.…:][^\n]{1,60}"
)
_INSTITUTION = re.compile(
    r"(?:centre|maison|assurance|professionnels?|agence regionale|carte|securite et|hygiene et|haute autorite|code de la|offre|acces|ministere|ministre|visite|medecine|environnement|produits?|education a la|mutuelle|complementaire|prevention|promotion|politique|plan|contrat local|pole|politiques?|bien-etre|cadre|service|services|reseau|equipe|demarche|sur la|pour la|de la|protection|conseil local de|conges?|registre|accueil|personnel|personnels|secretaire|corps|cabinet|rendez-vous|desert|dispositif) (?:de |d'|en |du |des |et |de la |regional de |public de )?$|(?:situation de|personnes?(?: agees et| agees ou| en situation de)?|personnes a mobilite reduite et|aux|les|des|travailleurs|enfants|eleves|agents|publics|places?|stationnement|emplacements?|referente?|correspondant|mission|semaine|conseil|accessibilite|charte|politique du|loi|allocation adulte|droits) $"
)
_NOT_PERSONAL = re.compile(
    r"\b(?:les personnes (?:agees|handicapees|en situation)|personnes en situation de|delegation de service|campagne|journee (?:mondiale|nationale)|octobre rose|sensibilisation|ligue contre|depistage|vaccination|contingent|personnes agees et handicapees)\b"
)


def find_sensitive(reading: Reading, people: Sequence[Span]) -> Iterator[Span]:
    """Alerts of `reading`; `people` are the names already found, sorted by start."""
    low = reading.low
    starts = [span.start for span in people]
    health, sensitive = _cache_health, _cache_sensitive
    done = -1
    for index, start in enumerate(reading.starts):
        word = low[start : reading.ends[index]]
        label: Label
        wakes = health.get(word)
        if wakes is None:
            if len(health) > 100_000:
                health.clear()
                sensitive.clear()
            wakes = health[word] = _HEALTH.fullmatch(word) is not None
            sensitive[word] = _SENSITIVE.fullmatch(word) is not None
        if wakes:
            label = "SANTE"
        elif sensitive[word]:
            label = "SENSIBLE"
        else:
            continue
        if start < done:
            continue
        end = reading.ends[index]
        if label == "SANTE" and _HEALTH_WEAK.fullmatch(word):
            phrase = _HEALTH_PHRASE.match(low, start) or _HEALTH_PHRASE.match(
                low, low.rfind(" ", 0, max(0, start - 1)) + 1
            )
            if phrase is None and not re.search(
                r"(?<![a-z])(?:mon|ma|mes|son|sa|ses|notre) $", low[max(0, start - 7) : start]
            ):
                continue
            end = max(end, phrase.end()) if phrase else end
        elif label == "SENSIBLE":
            phrase = None
            for back in (0, 1, 2, 3):
                begin = reading.starts[max(0, index - back)]
                phrase = _SENSITIVE_PHRASE.match(low, begin)
                if phrase and phrase.end() > start:
                    break
                phrase = None
            if phrase is None:
                continue
            end = max(end, phrase.end())
        if not _of_somebody(low, start, end, label, people, starts):
            continue
        done = end
        yield Span(
            start,
            end,
            label,
            "alerte",
            "santé d'une personne" if label == "SANTE" else "donnée sensible (RGPD, articles 9 et 10)",
        )
    for match in _FORM.finditer(low):
        value = match[0].partition(":")[2] or match[0].partition("?")[2]
        if re.match(r" ?(?:non|neant|aucune?|ras|n/a|sans objet|/)", value) or _NOT_PERSONAL.search(match[0]):
            continue
        if _INSTITUTION.search(low[max(0, match.start() - 40) : match.start()]):
            continue
        label = (
            "SENSIBLE"
            if re.match(r"religion|confession|syndicat|appartenance|casier|situation judiciaire", match[0])
            else "SANTE"
        )
        if value.strip():
            yield Span(match.start(), match.end(), label, "alerte", "renseignement d'un formulaire")


_cache_health: dict[str, bool] = {}
_cache_sensitive: dict[str, bool] = {}


def _of_somebody(low: str, start: int, end: int, label: Label, people: Sequence[Span], starts: list[int]) -> bool:
    """Is a person spoken of in the sentence around `start:end`?"""
    left = low[max(0, start - 150) : start]
    right = low[end : end + 90]
    for mark in re.finditer(r"[.!?] |\n\s*\n|\n(?=[-•*])", left):
        left = left[mark.end() :] if mark.end() < len(left) else ""
        break_left = mark
        left = low[max(0, start - 150) + break_left.end() : start]
    stop = re.search(r"[.!?] |\n\s*\n", right)
    if stop:
        right = right[: stop.start()]
    sentence_start, sentence_end = start - len(left), end + len(right)
    if _INSTITUTION.search(left) and not re.search(
        r"(?:je|j'ai|suis|est|mon|ma|son|sa|a la|en) (?:[a-z]+ )?$", left[-12:]
    ):
        near = left[-60:]
        first = bisect_left(starts, start - 60)
        named = first < len(people) and people[first].start < start
        if not named and not re.search(
            r"(?<![a-z'])(?:je|j'|mon|ma|mes|me|m'|suis|sa|son|mme|m\.|monsieur|madame)(?![a-z])", near
        ):
            return False
    if _NOT_PERSONAL.search(low[sentence_start:sentence_end]) and not re.search(
        r"(?<![a-z'])(?:je|j'|mon|ma)(?![a-z])", left
    ):
        return False
    if _SELF.search(left) or _SELF.search(right):
        return True
    first = bisect_left(starts, sentence_start)
    return first < len(people) and people[first].start < sentence_end
