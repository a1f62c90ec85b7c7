"""What makes a good prompt, found with its evidence: role, task, form, tone, limits.

Each detector returns the places that prove it, strongest first, and the weak ones apart: "tu es un expert" is a role
that says little. Nothing here counts points.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from atelier_ia.training.scoring.negation import denied, dismissed
from atelier_ia.training.scoring.patterns import Span, find
from atelier_ia.training.scoring.reading import Reading


@dataclass
class Evidence:
    """Places found in one answer: `strong` prove the criterion, `weak` half of it, `doubtful` deserve a question."""

    strong: list[Span] = field(default_factory=list)
    weak: list[Span] = field(default_factory=list)
    doubtful: list[Span] = field(default_factory=list)


_JOB = (
    r"(?:agente?s?|accueil|standardiste|secretaire|secretariat|responsable|charge[e]?s? (?:de|d'|des|du)|direct(?:eur|rice)"
    r"|dgs|dga|redact(?:eur|rice)|specialiste|professionnel(?:le)?|fonctionnaire|officier|instruct(?:eur|rice)"
    r"|hote(?:sse)?|gestionnaire|conseill(?:er|ere)|policier|policiere|juriste|adjointe?|maire\b|elue?\b|technicien(?:ne)?"
    r"|ingenieure?|communicante?|community|animat(?:eur|rice)|collegue|employee?|collaborat(?:eur|rice)|referente?"
    r"|coordinat(?:eur|rice)|chef(?:fe)?|travailleu(?:r|se)|mediat(?:eur|rice)|archiviste|comptable|journaliste"
    r"|urbaniste|correct(?:eur|rice)|relect(?:eur|rice)|format(?:eur|rice)|webmestre|guichet(?:ier|iere)?"
    r"|administrati(?:f|ve)|municipale?|territoriale?|communale?|service|plume|porte-parole|interlocut(?:eur|rice)"
    r"|attachee?|cadre|manager|assistante? (?:de |du |d'|administrati|social|municipal|a la|en mairie|au service|territorial"
    r"|communal|specialise)\w*|expert(?:e)? (?:en|de|du|d'|des)|greffi(?:er|ere)|avocate?|enseignante?|mairie|collectivite)"
)
_BE = (
    r"(?:tu es|t'es|tu seras|vous etes|vous serez|sois|soyez|tu incarnes|vous incarnez|incarne[rz]?|tu representes"
    r"|vous representez|represente[rz]?|tu travailles|vous travaillez|tu occupes|vous occupez|imagine[rz]?(?:-toi)?"
    r"(?: que tu (?:es|sois|travailles)| en| comme| etre)?|que tu sois|que vous soyez|tu interviens|l'(?:assistant|ia) est"
    r"|tu joues|vous jouez|joue[rz]?|tu agis|que tu agisses|que tu joues|que tu incarnes|tu t'exprimes)"
)
_ACT_AS = (
    r"(?:comme(?: si tu etais)?|en tant qu[e']|en qualite d[e']|a la place d[eu']|dans la peau d[eu']|le role d[eu']"
    r"|dans le role d[eu']|la casquette d[eu']|du point de vue d[eu']|au nom d[eu']|pour le compte d[eu'])"
)
_ROLE = (
    re.compile(rf"\b{_BE}\b[^.!?\n]{{0,45}}?\b(?P<job>{_JOB})"),
    re.compile(
        r"\b(?:agis|agissez|agir|reponds|repondez|repondre|ecris|ecrivez|ecrire|redige[rz]?|parle[rz]?|comporte-toi|fais"
        r"|mets-toi|mettez-vous|te mettre|te mets|prends|prenez|adopte[rz]?|endosse[rz]?|considere-toi|vois-toi"
        r"|positionne-toi|place-toi|exprime-toi|presente-toi|glisse-toi)\b"
        rf"[^.!?\n]{{0,40}}?\b{_ACT_AS}[^.!?\n]{{0,40}}?\b(?P<job>{_JOB})"
    ),
    re.compile(rf"\b(?:en tant qu[e']|en qualite d[e'])[^.!?\n]{{0,30}}?\b(?P<job>{_JOB})"),
    re.compile(
        rf"\b(?:(?:ton |votre )?role|(?:ton |votre )?metier|(?:ta |votre )?fonction|(?:ton |votre )?poste)\s*(?:[:=]|-|est|sera)"
        rf"[^.!?\n]{{0,40}}?\b(?P<job>{_JOB})"
    ),
    re.compile(r"^\W*(?:en )?(?:bon(?:ne)? )?(?P<job>agente? [^.,\n]{3,40}|assistante? (?:de|du|d')[^.,\n]{3,40}),"),
)
_ANY_ROLE = re.compile(
    r"\b(?:tu es|vous etes|sois|soyez|tu seras|tu incarnes|joue le role d[eu'])\s*"
    r"(?:un|une|l'|le |la |notre|mon|ma)\s*(?P<job>[a-z]{4,}(?:[ -][a-z']+){0,3})"
)
_NO_ROLE = re.compile(
    r"\b(?:expert|experte|assistant|assistante|meilleur|meilleure|ia|intelligence|modele|robot|chatbot|outil|machine"
    r"|programme|genie|pro|aide|as|champion|personne|humain|quelqu'un)\b"
)
_SELF = re.compile(rf"\bje (?:suis|travaille)\b[^.!?\n]{{0,30}}?\b(?P<job>{_JOB})")


def find_role(reading: Reading, values: tuple[str, ...]) -> Evidence:
    """A job given to the assistant, after "tu es", "en tant que", "mets-toi à la place de"…"""
    found = Evidence(strong=_patterns(reading, values))
    for pattern in _ROLE:
        found.strong += _matches(reading, pattern, deny=True)
    for match in _ANY_ROLE.finditer(reading.folded):
        span = Span(match.start(), match.end())
        if _refused(reading, span, deny=True):
            continue
        (found.weak if _NO_ROLE.search(match["job"].split()[0]) else found.strong).append(span)
    found.doubtful = _matches(reading, _SELF, deny=True)
    return found


_VERB = (
    r"(?:redige[rz]?|redaction d|ecri(?:s|re|vez|ture d)|repond(?:s|ez|re)?\b|reponse|prepare[rz]?|propose[rz]?|formule[rz]?"
    r"|compose[rz]?|produi(?:s|re|sez)|elabore[rz]?|genere[rz]?|cree[rz]?\b|creation d|fai(?:s|re|tes)|resume[rz]?"
    r"|synthetise[rz]?|reformule[rz]?|corrige[rz]?|ameliore[rz]?|transforme[rz]?|tradui(?:s|re|sez)|construi(?:s|re|sez)"
    r"|donne[rz]?|fourni(?:s|r|ssez)|adapte[rz]?|complete[rz]?|etabli(?:s|r|ssez)|recri(?:s|re|vez)|reecri(?:s|re|vez)"
    r"|concoi(?:s|t)|concevoir|extrai(?:s|re|yez)|analyse[rz]?|liste[rz]?|trouve[rz]?|imagine[rz]?|invente[rz]?|envoie"
    r"|envoyer|pond(?:s|re)|sor(?:s|tir)|dresse[rz]?|organise[rz]?|classe[rz]?|releve[rz]?|explique[rz]?)"
)
_WISH = (
    r"(?:je (?:veux|voudrais|souhaite|souhaiterais|desire)|j'aimerais|j'ai besoin d[e']|il (?:me|nous) faut(?:drait)?"
    r"|(?:nous|on) (?:veut|voulons|voudrait|souhaitons|souhaite)|merci (?:de|d'|pour)|pourrais-tu|peux-tu|pouvez-vous"
    r"|(?:ta |la |votre )?(?:tache|mission|objectif|but|demande)\s*(?:[:=]|-|est|consiste|sera)|aide-(?:moi|nous))"
)
_PRODUCT = r"(?:reponse|courriel|e-mail|mail|email|message|lettre|courrier|brouillon|projet|texte|mel\b|ecrit)"
_TO_SOMEONE = (
    r"(?:repond(?:s|ez|re)(?:-(?:lui|leur))?)\s+(?:\w+ment\s+|stp\s+|svp\s+|en (?:francais|moins)[^.]{0,15})?"
    r"(?:a |au |aux |a l'|a cette? |a cet )\s*(?:la |l'|les |ce |cet |cette |son |sa |ses |mon |un |une )?\w+"
    r"|repond(?:s|ez|re)-(?:lui|leur)|(?:lui|leur) repondre"
)


def find_task(reading: Reading, products: tuple[str, ...]) -> Evidence:
    """An action verb (order, wish or mission) with what it must produce; the verb alone is weak."""
    found = Evidence()
    objects = [span for product in products for span in find(product, reading)]
    if not products:
        objects = [Span(match.start(), match.end()) for match in re.finditer(rf"\b{_PRODUCT}", reading.folded)]
        for match in re.finditer(_TO_SOMEONE, reading.folded):
            span = Span(match.start(), match.end())
            if not _refused(reading, span, deny=True):
                found.strong.append(span)
    for match in re.finditer(rf"\b(?:{_VERB}|{_WISH})", reading.folded):
        verb = Span(match.start(), match.end())
        if _refused(reading, verb, deny=True):
            continue
        target = next((o for o in objects if _reaches(reading, verb, o)), None)
        if target is not None:
            found.strong.append(Span(verb.start, max(verb.end, target.end)))
        elif re.match(_VERB, match[0]) and match[0] not in ("reponse", "fait", "fais", "faire", "donne", "donner"):
            found.weak.append(verb)
    return found


def _reaches(reading: Reading, verb: Span, target: Span) -> bool:
    """Is `target` the object of `verb`: after it, in its sentence, within twelve words?"""
    if target.start < verb.start or (target.start == verb.start and target.end >= verb.end):
        return False
    between = reading.tokens_between(verb.end, target.start)
    if re.search(r"[.!?\n]\s", reading.folded[verb.end : target.start] + " "):
        return len(between) == 0
    return len(between) <= 12


_COUNT = (
    r"(?:\d+|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|trente|quarante|cinquante|soixante"
    r"|quatre-vingts?|cent|cents|deux cents|demi)"
)
_LENGTH = re.compile(
    rf"\b(?:{_COUNT}[ -]?)+(?:a \d+ )?(?:mots?|lignes?|phrases?|paragraphes?|caracteres|signes|points|puces|pages?|parties"
    r"|etapes|blocs|alineas|tirets|rubriques|colonnes|hashtags?|emojis?|minutes)\b"
)
_FORM = re.compile(
    r"\b(?:sous (?:la )?forme d|au format |(?:en |un |d'un )tableau|(?:en|une|d'une|avec des|des|liste a|a) (?:liste|puces|tirets)"
    r"|listes? (?:a puces|numerotee|de points)|en (?:paragraphes|points|etapes|deux temps|bloc|prose|texte suivi|gras)"
    r"|(?:un |l'|d'un |avec |avec un |mets un |ligne d'|propose un |precise l'|indique l')objet\b(?! de (?:sa|la|cette) demande)"
    r"|objet (?:clair|court|du (?:mail|courriel|message)|et )|formule d'appel|formules? de (?:politesse|salutation)|formule finale"
    r"|(?:commence|debute|ouvre|termine|fini|finis|conclu|conclus|acheve)[rzst]* (?:par|avec|sur)\b"
    r"|signe[rz]? |signature|intertitres?|sous-titres?|plan en|structure[erz]* (?:en|ta|la|:|avec|claire)|structuree? en"
    r"|introduction|en-tete|mise en page|une phrase par|phrases courtes|texte court de|pret a (?:copier|envoyer)"
    r"|(?:format|forme|presentation|structure|mise en forme)\s*(?::|=|-|est|sera)\s*(?:un |une |en |le |la |d')?(?:courriel"
    r"|mail|e-mail|email|lettre|courrier|message|liste|tableau|texte|paragraphe|puces|post|note|fiche))"
)
_SHORT = re.compile(
    r"\b(?:courte?s?|breve?s?|bref|concise?s?|succincte?s?|pas trop long(?:ue)?|synthetique|resserree?|longueur (?:moyenne|raisonnable)"
    r"|rapide|quelques (?:lignes|phrases|mots)|demi-page)\b"
)
_HOLLOW_FORM = re.compile(r"\b(?:bon|bonne|meilleur|adapte|approprie|correct|ideal|parfait|super|beau)\w*\b")
_NO_LENGTH = re.compile(r"\b(?:sans|aucune|pas de|sans aucune) (?:limite|contrainte|longueur)|ne (?:compte|te limite)")


def find_form(reading: Reading, values: tuple[str, ...]) -> Evidence:
    """A length in numbers or a named form; "court" alone is weak."""
    found = Evidence(strong=_patterns(reading, values))
    for match in _LENGTH.finditer(reading.folded):
        span = Span(match.start(), match.end())
        # "pas plus de 150 mots" is a length; "en un mot" and "une page Facebook" are not.
        if dismissed(reading, span) or re.match(r"un(?:e)? (?:mot|point|page face|partie|minute|etape)", match[0]):
            continue
        found.strong.append(span)
    for match in _FORM.finditer(reading.folded):
        span = Span(match.start(), match.end())
        if not dismissed(reading, span) and not _HOLLOW_FORM.search(match[0]) and not denied(reading, span):
            found.strong.append(span)
    found.weak = _matches(reading, _SHORT, deny=True)
    return found


_TONE = (
    r"(?:courtois\w*|cordial\w*|poli(?:e|s|es|ment)?\b|politesse|chaleureu\w+|bienveillan\w+|rassuran\w+|rassure\w*|empathi\w+"
    r"|formel\w*|professionnel\w*|respectueu\w+|respect\b|simple(?:ment)?s?\b|neutre\w*|ferme(?:ment|te)?s?\b|diploma\w+|apais\w+"
    r"|administratif\w*|pedagog\w+|calme\w*|comprehensi\w+|comprehension|amical\w*|amabilite|aimable\w*|accueillan\w+|serieu\w+"
    r"|solennel\w*|officiel\w*|institutionnel\w*|humain\w*|humble\w*|doux|douce\w*|douceur|tact\b|sobre\w*|positif\w*|positive\w*"
    r"|enjou\w+|dynamique\w*|convivial\w*|sympathique\w*|gentil\w*|gentiment|delicat\w*|attentionne\w*|a l'ecoute|mesure\b|pose\b"
    r"|conciliant\w*|constructif\w*|constructive\w*|encourageant\w*|motivant\w*|factuel\w*|clair(?:e|s|es|ement)?\b|direct\b|soutenu"
    r"|courant\b|familier|familiere|correct\w*|reconnaissan\w+|sincere\w*|engageant\w*|festi\w+|joyeu\w+|explicati\w+|accessible\w*"
    r"|modeste|grave|compatissan\w+|soigne\w*|distingue\w*|serein\w*|patient\w*|honnete\w*)"
)
_BAD_TONE = (
    r"(?:sec(?:he)?s?|froid\w*|agressi\w+|condescendan\w+|familier|familiere|brusque\w*|cassant\w*|hautain\w*|autoritaire\w*"
    r"|moralisat\w+|ironi\w+|accusat\w+|culpabilis\w+|jargon\w*|infantilis\w+|robotique|bureaucrat\w+|polemique)"
)
_TONE_FRAMES = (
    re.compile(rf"\b(?:ton|style|registre|tonalite|langage|langue|vocabulaire)\b[^.!?\n]{{0,30}}?\b{_TONE}"),
    re.compile(rf"\b(?:de |d'une |d'un |sur un |avec un )?(?:facon|maniere|air)\s(?:\w+\s){{0,2}}?{_TONE}"),
    re.compile(
        rf"\b(?:reste[rz]?|sois|soyez|etre|montre[rz]?(?:-toi|-vous)?|te montrer|fai(?:s|tes) preuve d[e']|parle[rz]?|demeure[rz]?)\s"
        rf"(?:(?:toujours|tres|bien|a la fois|plutot|assez|aussi|surtout|d[e']|d'une)\s?){{0,3}}{_TONE}"
    ),
    re.compile(
        r"\bavec (?:beaucoup d[e'] ?|un peu d[e'] ?|de (?:la |l')?|du )?(?:empathie|bienveillance|tact|diplomatie|courtoisie|politesse"
        r"|respect|douceur|delicatesse|amabilite|chaleur|humanite|fermete|calme|gentillesse|simplicite|egards|professionnalisme)"
    ),
    re.compile(
        rf"\b(?:reponse|courriel|mail|e-mail|message|lettre|courrier|texte|brouillon|phrase|formule|mots|poste?|publication)s?\s"
        rf"(?:\w+\s(?:et\s)?){{0,2}}?(?!correct|clair|simple|direct){_TONE}"
    ),
    re.compile(
        r"\b(?:poliment|courtoisement|cordialement(?! [,.\n]|$)|respectueusement|chaleureusement|aimablement|gentiment|calmement"
        r"|diplomatiquement|fermement|sobrement)\b"
    ),
    re.compile(
        r"\b(?:vouvoi\w+|vouvoyer|tutoi\w+|tutoyer|registre (?:soutenu|courant|administratif)|langage (?:clair|simple)|falc"
        r"|facile a (?:lire|comprendre)|mots simples|phrases simples|sans (?:agressivite|froideur|condescendance|ironie|jargon)"
        r"|comprends? son (?:agacement|inquietude|mecontentement)|rassure[rz]?(?:-l[ae]| l[ae']| cette| cet| notre))"
    ),  # fmt: skip
)
_AVOIDED_TONE = re.compile(
    rf"\b(?:sans (?:etre|ton|paraitre)|ne (?:sois|soyez|te montre|reste)|evite[rz]?|pas (?:de ton|trop|un ton|d'un ton)|ni)\b"
    rf"[^.!?\n]{{0,30}}?\b{_BAD_TONE}"
)
_HOLLOW_TONE = re.compile(
    r"\bton\s*[:=]?\s*(?:un |le )?(?:bon|beau|meilleur|adapte|approprie|normal|correct|ideal|parfait|convenable)"
)


def find_tone(reading: Reading, values: tuple[str, ...]) -> Evidence:
    """A tone named and wanted: "sur un ton courtois", "reste ferme", "sans agressivité"."""
    found = Evidence(strong=_patterns(reading, values))
    for pattern in _TONE_FRAMES:
        for match in pattern.finditer(reading.folded):
            span = Span(match.start(), match.end())
            own_negation = match[0].startswith("sans ")
            if _HOLLOW_TONE.search(match[0]) or dismissed(reading, span):
                continue
            if not own_negation and (denied(reading, span) or _not_wanted(reading, span)):
                continue
            found.strong.append(span)
    for match in _AVOIDED_TONE.finditer(reading.folded):
        span = Span(match.start(), match.end())
        if not dismissed(reading, span):
            found.strong.append(span)
    return found


def _not_wanted(reading: Reading, span: Span) -> bool:
    """ "ne sois pas poli", "pas besoin d'être courtois", "le ton ne doit pas être cordial"."""
    inside = reading.folded[span.start : span.end]
    before = reading.folded[max(0, span.start - 25) : span.start]
    return bool(
        re.search(
            r"\b(?:ne|n') ?\w* ?\w* ?(?:pas|jamais|aucun)\b|\bpas (?:courtois|poli|cordial|formel|besoin)", inside
        )
        or re.search(
            r"\b(?:ne|n'|sans|evite[rz]? (?:de|d'|le|un)|pas(?: besoin| la peine)?(?: d'un| d'| de)?)\s*\w*\s*$", before
        )
    )


_PROMISE = (
    r"(?:promes\w+|engag\w+|date\w*|delai\w*|jargon|donnees?|noms?|prenoms?|coordonnees|chiffre\w*|montants?|sigles?|anglicismes?"
    r"|abreviations?|termes? technique\w*|information\w*|details?|reproche\w*|excuses?|aveu|faute de la|responsabilite\w*|invention\w*"
    r"|hypothese\w*|critique\w*|jugement\w*|polemique\w*|emojis?|majuscules|accusation\w*|lien\w*|article\w* de loi|citation\w*"
    r"|references?|tutoiement|familiarite|mention\w*|conseil\w*|avis|opinion\w*|publicite|indemnisation|remboursement|calendrier)"
)
_LIMITS = (
    re.compile(
        r"(?:(?<=[.!?\n:;,(>-])|(?<=^)|\b(?:et|mais|surtout|donc|ou|tu|vous|on|puis|egalement|aussi|par contre|attention|jamais|il))\s*"
        r"n(?:e |')(?:t'|te |l'|la |le |les |lui |leur |y |en |nous |s'|se )?(?P<verb>[a-z]+)(?:-\w+)?\s(?:\w+\s)?"
        r"(?:pas|rien|jamais|aucune?|plus d|ni|que|point)\b[^.!?\n]{0,50}"
    ),
    re.compile(
        r"\bne (?:pas|jamais|rien|plus)\s(?!hesiter|oublier)(?:t'|te |l'|le |la |les |en |y |se |s')?[a-z]+r(?:e|er|ir)?\b[^.!?\n]{0,40}"
    ),
    re.compile(
        r"\b(?:evite[rz]?|proscri\w+|banni\w+|exclu\w+|abstiens-toi|garde-toi|refuse[rz]?)\s(?:de |d'|les? |la |l'|tout|toute|a )[^.!?\n]{0,40}"
    ),
    re.compile(
        r"\bsans (?:t'|te |l'|le |la |les |en |rien |jamais |pour autant |nous |vous |s')?(?!faire court|faute)[a-z]{3,}(?:er|ir|re|oir)\b[^.!?\n]{0,40}"
    ),
    re.compile(rf"\b(?:sans|aucune?|pas d[e']|ni|zero)\s?(?:aucune? |de |faire de |trop de )?{_PROMISE}"),
    re.compile(r"\b(?:interdi[ts]?\w*|interdiction|defense)\b\s?(?:de|d'|:|formelle)[^.!?\n]{0,40}"),
    re.compile(
        r"\b(?:uniquement|seulement|exclusivement|strictement|rien (?:que|d'autre))\b[^.!?\n]{0,40}?\b(?:information\w*|elements?|faits?"
        r"|a partir|sur (?:la base|ce|les)|fourni\w*|donne\w*|indique\w*|texte|ce que|factuel\w*|contenu|celles?|ceux)"
    ),  # fmt: skip
    re.compile(
        r"\b(?:limite|borne|cantonne|tiens|restrein\w*|contente)(?:-toi|-vous|-t'en|z-vous)?\s(?:aux?|a |de |strictement)[^.!?\n]{0,40}"
    ),
    re.compile(r"\b(?:base|appuie|fonde)(?:-toi|z-vous)\s(?:uniquement |seulement |exclusivement )?sur[^.!?\n]{0,40}"),
    re.compile(
        r"\b(?:si|lorsqu'|quand)\s(?:tu (?:ne sais|ignores|n'as|hesites|doutes|manques|as un doute|n'es|ne connais|ne trouves|ne disposes)"
        r"|une? (?:information|element|donnee|reponse|point|doute)|il (?:te )?manque|l'information|quelque chose|besoin|un doute)"
        r"[^.!?\n]{0,60}"
    ),  # fmt: skip
    re.compile(r"\b(?:en cas de (?:doute|besoin|manque)|dans le doute|au moindre doute)\b[^.!?\n]{0,50}"),
    re.compile(
        r"\b(?:[\[(«\"]? ?a (?:completer|verifier|confirmer)|signale(?:-moi|-le)?(?: (?:ce|les|ce qui|moi)))\b[^.!?\n]{0,30}"
    ),
    re.compile(
        r"\b(?:n'utilise|n'emploie|ne reprends?|ne retiens|ne garde|ne donne|ne cite|ne parle) (?:que|qu')[^.!?\n]{0,40}"
    ),
    re.compile(
        r"\breste[rz]?\s(?:dans|sur|strictement|factuel\w*|prudente?|neutre|vague sur|evasi\w+|fidele|aux? )[^.!?\n]{0,30}"
    ),
    re.compile(
        r"\b(?:laisse|mets|mettre|ecris|inscris|garde)\b[^.!?\n]{0,25}?(?:\[|crochets|entre crochets|blanc|en attente|champ)[^.!?\n]{0,25}"
    ),
)
_NARRATIVE_VERBS = frozenset(
    [
        "est",
        "a",
        "ai",
        "as",
        "avons",
        "ont",
        "etait",
        "sont",
        "sait",
        "savons",
        "comprend",
        "comprends",
        "fonctionne",
        "marche",
        "passe",
        "vient",
        "peut-etre",
        "oublie",
        "oubliez",
        "hesite",
        "hesitez",
        "manque",
        "tarde",
        "suis",
        "sais",
    ]
)
_HOLLOW_LIMIT = re.compile(
    r"\b(?:sans (?:faire de )?(?:faute|erreur)s?|n'importe quoi|fautes? d'orthographe|ne te trompe|ne fais pas d'erreur"
    r"|sans (?:limite|contrainte)|pas de (?:limite|contrainte))"
)


def find_limits(reading: Reading, values: tuple[str, ...]) -> Evidence:
    """Something forbidden, a boundary, or what to do in doubt; "sans faute" says nothing."""
    found = Evidence(strong=_patterns(reading, values))
    for pattern in _LIMITS:
        for match in pattern.finditer(reading.folded):
            span = _trimmed(reading, match)
            text = reading.folded[span.start : span.end]
            if match.groupdict().get("verb") in _NARRATIVE_VERBS or dismissed(reading, Span(span.start, match.end())):
                continue
            (found.weak if _HOLLOW_LIMIT.search(text) else found.strong).append(span)
    return found


def _trimmed(reading: Reading, match: re.Match[str]) -> Span:
    start, end = match.start(), match.end()
    while start < end and not reading.folded[start].isalnum():
        start += 1
    while end > start and not reading.folded[end - 1].isalnum():
        end -= 1
    # Do not cut a word in the quotation.
    while end < len(reading.folded) and reading.folded[end].isalnum():
        end += 1
    return Span(start, end)


def _matches(reading: Reading, pattern: re.Pattern[str], *, deny: bool) -> list[Span]:
    spans = [Span(match.start(), match.end()) for match in pattern.finditer(reading.folded)]
    return [span for span in spans if not _refused(reading, span, deny=deny)]


def _refused(reading: Reading, span: Span, *, deny: bool) -> bool:
    return dismissed(reading, span) or (deny and (denied(reading, span) or _inner_negation(reading, span)))


def _inner_negation(reading: Reading, span: Span) -> bool:
    return bool(
        re.search(r"\b(?:ne|n') ?\w* ?pas\b|^(?:n'es|n'etes)", reading.folded[max(0, span.start - 3) : span.end])
    )


def _patterns(reading: Reading, values: tuple[str, ...]) -> list[Span]:
    return [
        span
        for value in values
        for span in find(value, reading)
        if not dismissed(reading, span) and not denied(reading, span)
    ]


PROMPT_DETECTORS: dict[str, Callable[[Reading, tuple[str, ...]], Evidence]] = {
    "role": find_role,
    "tache": find_task,
    "format": find_form,
    "ton": find_tone,
    "limites": find_limits,
}
