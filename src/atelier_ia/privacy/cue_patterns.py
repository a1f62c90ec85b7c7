"""Patterns of the phrases that announce a person; every repetition in them is bounded."""

from __future__ import annotations

import re

from atelier_ia.privacy.wordlists import words

# A name surely follows.
STRONG = re.compile(
    r"(?<![a-z])(?:(?<!changement de )(?<!changements de )(?<!changer de )(?:mon )?(?:pre)?nom(?: de (?:famille"
    r"|naissance|jeune fille))?|(?:je )?soussigne(?:e"
    r"|\(e\)|s|es)?|je suis|jsuis|jsui|chui|moi c'?est|(?:slt|bjr|bonjour|coucou|salut|bsr|allo)[ ,]{1,"
    r"2}(?:ici|moi )?(?:c'est|cest|ces|c|moi)|je m'app?el?le?|m'app?ell?e|s'app?ell?(?:e|er|ent|ait)|m'app?ell?er"
    r"|je me "
    r"(?:nomme|prenomme|presente)|mon nom (?:est|c'est|c)|au nom de|(?:de|pre)?nomme(?:e|s|es|\(e\))?"
    r"|appelee?|nee|epouse|epoux|veuve|veuf|ep\.|vve|divorcee?|de la part de"
    r"|a l'att(?:ention|\.)? de|signee? ?:?|signe par|prise? par|notee? par|recue? par|relue? par"
    r"|entreprise individuelle|auto-?entrepreneu(?:r|se)"
    r"|micro-entreprise|exploitante?|suivie? par|redigee? par|ecrite? par|instruite? par"
    r"|etablie? par|presentee? par|traitee? par|deposee? par|formulee? par|representee? par|accompagnee? "
    r"(?:de|par)|assistee? de|remplacee? par|(?:donne )?pouvoir a|procuration a|l'agent|le jeune|la jeune"
    r"|l'eleve|l'enfant|le petit|la petite|les petits|les petites|les jeunes|les jumeaux"
    r"|les jumelles|les freres|les soeurs|les epoux|le nomme|la nommee|rapporteur|rapporteure|rapporteuse"
    r"|secretaire de seance)"
    r"(?: ?:| ,|,)? (?:est |par )?(?=[\w«\"'])"
)
# A name may follow: only words that look like one are taken.
WEAK = re.compile(
    r"(?<![a-z])(?:c'est|moi c'est|moi|ici|mot de|message de|appel de|mail de|lettre de|visite de|de la part|chez"
    r"|famille|consorts|hoirs|succession|indivision|couple|dossier|affaire"
    r"|bonjour|bonsoir|salut|coucou|hello|chere?s?|merci|allo|bjr|slt|bsr|cc|avec|contacter|appeler"
    r"|joindre|demander|rappeler|prevenir|voir|dit|remercie|selon|signe|cordialement|cdlt|cdt|amicalement"
    r"|bien a vous|bav|respectueusement|bises|a bientot|dixit|propose|presente|par|pour|vente|divorce|feu"
    r"|defunte?|et|heritiers?|monsieur et madame|salle de|relance|agent|dire a|dis a|dites a|demande[rz]? "
    r"a|parler a|parle a|transmettre a|dites-lui|que|si|ke|gardee? par|recommande|convoque|rencontre"
    r"|rencontrer|vu|naissance de|bapteme de|deces de|mariage de|anniversaire de|obseques de|tombe de|maman de"
    r"|papa de|un certain|une certaine|hebergee? par|hebergee? chez|annulation|desistement|remboursement|rdv|gardien"
    r"|gardienne|brigadier"
    r"|capitaine|lieutenant|adjudant"
    r"|major|equipage"
    r"|scolariser|inscrire|accueillir|recevoir|garder|chercher|emmener|accompagner|deposer)"
    r"[ ,]{1,2}(?=[\w])"
)
# « le dossier cullet »: where capitals say nothing only (« le dossier APA »).
FILED = frozenset({"dossier", "affaire"})
WEAK_UNKNOWN = frozenset(
    [
        "c'est",
        "moi c'est",
        "bonjour",
        "bonsoir",
        "salut",
        "coucou",
        "hello",
        "cher",
        "chere",
        "chers",
        "cheres",
        "famille",
        "vente",
        "divorce",
        "consorts",
        "succession",
        "indivision",
        "couple",
        "merci",
        "allo",
        "bjr",
        "slt",
        "bsr",
        "cordialement",
        "cdlt",
        "cdt",
        "amicalement",
        "bien a vous",
        "bav",
        "respectueusement",
        "bises",
        "a bientot",
        "feu",
        "defunt",
        "defunte",
        "signe",
        "prevenir",
        "remercie",
        "equipage",
        "un certain",
        "une certaine",
        "heberge par",
        "hebergee par",
        "heberge chez",
        "hebergee chez",
    ]
)
FIELD = re.compile(
    r"(?<![a-z])(nom(?:s)?(?: (?:et|/|ou|,|&) ?prenoms?)?(?: (?:de naissance|de famille|de jeune fille"
    r"|d'usage|d'epou[sx]e?|marital|usuel|patronymique|complet|prenoms?|de l'enfant|de l'eleve|du "
    r"demandeur|de la demandeuse|du declarant|du titulaire(?: du compte)?|du pere|de la mere|du parent(?: "
    r"\d)?|du representant(?: legal)?|du conjoint|du defunt|de la personne[a-z ']{0,24}|de l'usager|de "
    r"l'agent|du locataire|du proprietaire|du beneficiaire|du contact|du signataire|(?:de|du|des) [a-z' "
    r"]{3,32}))?"
    r"|nom ?/ ?prenoms?|prenoms?(?:(?: et|,| ?/) ?noms?)?(?: (?:dans l'ordre|de l'enfant|de l'eleve|du demandeur|usuel"
    r"|du pere|de la mere|des enfants|de naissance))?|nom\(s\)|prenom\(s\)|nom et prenom\(s\)|nom, prenom"
    r"|familles?|elue? de permanence|elue? d'astreinte|tiers payeur|equipage|valide par|retires? par|vise par|visa"
    r"|aidante?s?|enqueteur|enquetrice|passagere?|cotraitante?|prestataire|livreur|chauffeur|nounou|nourrice"
    r"|voisine?|temoins?"
    r"|accompagna(?:teur|trice)|animateurs?|animatrice|educateur|educatrice|binome|remplacante?|suppleante?|proche"
    r"|frere|soeur"
    r"|fils|fille|oncle|tante|demandeu(?:r|se)|requerante?|petitionnaire|declarante?|beneficiaire"
    r"|titulaire(?: du compte| du "
    r"livret| de la carte)?|representants?(?: legal| legaux)?|responsables? leg(?:al|aux)(?: \d)?|parent "
    r"?\d?|pere|mere|conjointe?|epou(?:x|se)|enfants? ?\d?|eleve|interlocut(?:eur|rice)|contact"
    r"|signataires?|signature|les maries|maries?|mariee|usagere?|locataires?|proprietaires?|expediteur"
    r"|expeditrice|destinataires?|from|patiente?|assuree?|allocataire"
    r"|temoins?|defunte?|concessionnaire|rapporteur|rapporteure|secretaire(?: de seance)?|presidente? de "
    r"seance|redacteur|redactrice|auteure?|emis par|recu par|saisi par|suivi par|affaire suivie par"
    r"|dossier suivi par|instructeur|instructrice|referente?|personnes? a (?:prevenir|contacter)|tuteur"
    r"|tutrice|curateur|curatrice|plaignante?|victime|mis en cause|auteur presume|conducteur|conductrice"
    r"|adherente?|inscrite?|candidate?|agent(?:e)?|votes? contre|contre|abstentions?|ont vote contre"
    r"|s'abstiennent|(?:etaient |etait )?presents?|absents?(?: excuses?)?|excuses?(?: ayant donne "
    r"pouvoir)?|pouvoirs?|procurations?|present\(e\)s|participants?|invites?|ordre du jour presente par|de"
    r"|a|cc|cci|pour|par|appelant|appelante|correspondante?|intervenante?|maire|responsable|gestionnaire"
    r"|directeur|directrice|acquereur|vendeur|mandataire|gerante?|heritiers?|notaire)"
    r"[ ]{0,2}[:=][ \t_.]{0,6}(?=[^\s:=])"
)
FREE_FIELD = re.compile(r"(?:nom|prenom)")
NEXT_FIELD = re.compile(
    r"\t|\||;| {3,}|\n|\.{3}|_{2,}|(?<![a-z])(?:pre)?nom|(?<![a-z])(?:ne\(?e?\)? (?:le|a)|date|adresse|tel"
    r"|telephone|mail|courriel|email|age|sexe|profession|portable|service|fonction|qualite|domicilie"
    r"|demeurant|n°)(?![a-z])"
)
CLOSING = re.compile(
    r"(?<![a-z])(?:cordialement|cordiales salutations|salutations?|salutations distinguees"
    r"|respectueusement|bien a (?:vous|toi)|a bientot|bonne (?:journee|reception|soiree|fin de journee"
    r"|semaine)|sinceres? salutations|sincerement|amicalement|amities|cdlt|cdt|cordt|bav|bises|bisous"
    r"|dans l'attente[^\n]{0,90}|distinguees?|devouees?|respectueux|respectueuses|meilleur(?:e)?s "
    r"(?:salutations|sentiments)|sentiments (?:les meilleurs|respectueux|distingues)|consideration(?: "
    r"distinguee)?|d'avance|par avance|merci|mercii?|mrc|merci (?:bcp|beaucoup|de votre aide|pour votre "
    r"aide)|salut|signature|signe|l'interesse\(?e?\)?|fait a [^\n]{2,60})"
    r"[ ]?[.,!;:)]{0,3}[ ]{0,2}(?:\n[ \t>*_\-]{0,6}){0,4}"
)
HEADER_NAME = re.compile(r"([^\n<>:;\"@\[\](),]{2,50})[\"']?[ ]{0,2}[<\[(][ ]?(?:mailto:)?$")
WROTE = re.compile(r"a (?<![^\W\d_]a )[ée]crit")
WRITER = re.compile(
    r"(?:^|[,>\n\-]|\d{2}[:h]\d{2}(?::\d{2})?,?|\d{4},?)[ ]{0,2}([^\n<>,:;]{3,50}?)[ ]{0,2}"
    r"(?:<[^>\n]{3,60}>|\([^)\n]{3,60}\)|\[[^\]\n]{3,60}\])?[ ]{0,2}$"
)
SPEAKER = re.compile(r"^[ \t>*\-•]{0,4}([A-ZÀ-Þ][^\n:.,;!?]{1,38}?) ?: ", re.MULTILINE)
FAMILY = words("cue_patterns_family")
FAMILIES = frozenset(
    {"famille", "consorts", "hoirs", "indivision", "succession", "vente", "divorce", "heritiers", "heritier"}
)
LAST_WORD = re.compile(
    r"(?:[.!?]|merci|cdlt|bises|biz|cordialement),? ((?:[^\W\d_]\.? )?[^\W\d_]{3,20}(?:[- ][^\W\d_]{2,20})?)$"
)
SENTENCE_END = re.compile(r"[a-z]{3}[.!?] ")
SPELLED = re.compile(r"(?<![a-z'])(?:[a-z](?:, | - |-| )){3,18}[a-z](?![a-z'])")
