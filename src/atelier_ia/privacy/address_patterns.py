"""Patterns and words of home addresses; every repetition in them is bounded."""

from __future__ import annotations

import re

from atelier_ia.privacy.wordlists import words

NUMBER = re.compile(
    r"(?<![0-9a-z/.,\-])(?:n ?[°ºo]\.? ?|numero )?(?:[0-9][0-9oil]{0,3}|[il][0-9]{1,2})(?: ?[/\-] ?\d{1,4}"
    r"| ?(?:et|a) \d{1,3})?(?: ?(?:bis|ter|quater|[a-gj-ktx])\b)?(?: ?,)?[ \n]{0,2}(?:de (?:la "
    r"|l')|du |des )?(?:(?:ancienne?|vieille?"
    r"|petite?|grande?|la|le|l')[ ']{0,1})?$"
)
SPOKEN_NUMBER = re.compile(
    r"(?<![a-z])(?:(?:cent|deux cents?|vingt|trente|quarante|cinquante|soixante|quatre[ -]vingts?|un|deux"
    r"|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|et|bis|ter)[ -]{1,"
    r"2}){1,5}$"
)
COMPLEMENT = (
    r"(?:residence|foyer(?:-logement)?|ehpad|res\.|bat(?:iment)?\b\.?|bt\b\.?|app?t?s?\b\.?|appartement"
    r"|escalier|esc\b\.?|etage|\d{1,2} ?(?:er|e|eme|nd|ieme)? ?(?:etage|etg\b|et\b)|porte|lot(?:issement)?\b"
    r"|villa|immeuble"
    r"|hotel(?! de (?:ville|region)| du dep)|camping"
    r"|imm\b\.?|tour|logement|log\.|empl(?:acement)?\b\.?|lgt|entree|hall|chambre|boite|rdc|rez-de-(?:chaussee"
    r"|jardin)|entresol|ent\.|volets?"
    r"|sonnette)"
)
BEFORE = re.compile(rf"(?:(?<![a-z]){COMPLEMENT}[ ]{{0,2}}[^\n,;:()!?]{{0,32}}(?:,[ ]?|\n| ?- ?|  ?)){{1,4}}$")
AFTER = re.compile(
    rf"(?: \((?:fond|sur|cote|au fond|derriere|rez|entree|bat)[a-z' ]{{2,22}}\)(?=,? ?\d{{5}} ))"
    rf"|[ ]?[,\-(]?[ \n]{{0,2}}(?:(?:ch\.(?= ?\d)"
    rf"|{COMPLEMENT})[ ]{{0,2}}(?:n ?[°ºo] ?)?[\w'°\- ]{{0,26}}[,)\-]?[ ]?){{1,4}}"
)
POSTCODE = re.compile(
    r"[ ]{0,2}(?:[,;\-|(/]|a )?[ ]{0,3}\n?[ ]{0,3}(?:f ?- ?)?((?:0[1-9o]|[1-8lio][0-9oil]|9[0-9o]|2[ab])[ "
    r"]?[0-9oil]{3})(?![0-9a-z])[ ]{0,2}[,\-]?[ ]{0,2}"
)
HOME = re.compile(
    r"(?<![a-z])heb\.|\b(?:(?:je|on|nous|il|elle) crech(?:e|ons)|vis|vivons|vivent|vivre|habit\w+|j'?habite"
    r"|demeur\w+|domicil\w*"
    r"|resid(?:e|ant|ents?|ons|ez)|loge[es]?\b"
    r"|logeant|mon "
    r"adresse|son adresse|notre adresse|chez (?:moi|lui|elle|nous|eux|ma|mon|m|mme|monsieur|madame|la|le|l'|son|sa"
    r"|un|une|mes|ses)"
    r"|adresse (?:postale|personnelle|du domicile|actuelle|de facturation|du demandeur)"
    r"|adr|vit|vivant|sise?s?|biens?|demenag\w*|emmenag\w*|install\w* au|proprietaire|locataire|heberge\w*"
    r"|logement|maison"
    r"|appartement|mon terrain|voisins?|voisine|livraison|mari|epouse|mere|pere|ne[e]? le|nee? a"
    r"|cheque|caution|remboursement|gerante?|demandeu(?:r|se)|petitionnaire|titulaire|ayants? droit|requerante?"
    r"|soussignee?|epoux)\b"
    r"|adresse(?: [a-z]+){0,3} ?:"
)
PUBLIC = re.compile(
    r"\b(?:mairie|hotel de ville|ccas|cias|ecoles?|college|lycee|gymnase|stade|salle|mediatheque"
    r"|bibliotheque|creche|multi-accueil|halte-garderie|piscine|tribunal|prefecture|sous-prefecture"
    r"|commissariat|gendarmerie|tresorerie|perception|hopital|clinique|centre (?:social|culturel|communal"
    r"|de loisirs|hospitalier|commercial|technique|des finances|aquatique)"
    r"|maison (?:des|de la|de l|du|de quartier|france|departementale|medicale|de sante|communale)|espace "
    r"(?:france|jeunes|familles?|seniors?|emploi|numerique|public|sante|associatif|municipal|culturel|des|de)"
    r"|service (?:urbanisme|technique|population|etat|des|de|du|enfance"
    r"|scolaire|a la|public)|services techniques|accueil du public|guichet|agence|siege|bureau (?:de poste"
    r"|des|du|de)|la poste|office|dechetterie|decheterie|recyclerie|cimetiere|eglise|theatre|cinema|musee"
    r"|conservatoire"
    r"|sarl|sas\b|sasu|eurl|sci\b|societe|entreprise|magasin|boulangerie|pharmacie|restaurant|association"
    r"|syndicat|communaute|metropole|agglomeration|departement|region|conseil|caisse|caf\b|cpam|msa\b"
    r"|carsat|urssaf|ddtm?|dreal|ars|service-public|defenseur|cnil|commission|relais|point (?:d'apport"
    r"|accueil|justice|info)|permanence|parking|arret(?!e)|chantier|travaux|etablissement|lieu de vote|bureau "
    r"de vote|exposition|spectacle|atelier|marche\b|centre\b|pole\b|direction|police municipale|maison du"
    r"|local (?:associatif|communal|commercial)|batiment communal|immeuble communal|delegue a la "
    r"protection|dpo|logiciel|fournisseur|prestataire|titulaire du marche|imprimerie|editeur|banque|credit"
    r"|balcon du|facade du|local (?:poubelles|velos)|trottoir du|canalisation|fuite d'eau au"
    r"|sera repeinte?|au droit|interdit|entre le|du n ?[°o] |a hauteur|depuis le|jusqu'au|angle)"
)
LIVING = re.compile(
    r"\b(?:(?:je|on|nous|il|elle) crech(?:e|ons)|vis|vivons|habit(?:e|ons|ant)|demeur(?:e|ant)|domicilie|heberge"
    r"|logee?|heb\.|reside|residant|vit|vivant|vivent|vivre)"
)
STOP_WORDS = words("address_patterns_stop_words")
TITLES = words("address_patterns_titles")
AT_NOUNS = words("address_patterns_at_nouns")
LINK = words("address_patterns_link")
IN_STREET_DATE = re.compile(
    r"[ -](?:du )?(?:\d{1,2}|1er)[ -](?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre"
    r"|novembre|decembre)(?:[ -](?:19|18)\d\d)?(?![0-9a-z])|[ ](?:du )?\d{1,3} ?e?(?:eme)? (?:r\.? ?i"
    r"|regiment|di|dragons|ri)\b"
)
PLACE_LABEL = re.compile(
    r"\b(?:n ?[°o] et (?:nom de )?(?:la )?(?:voie|rue)|voie|lieu(?= ?: [^\n:]{3,60}, \d{5} )|complement(?: d'adresse)?"
    r"|code postal(?: ?/ ?"
    r"| et )(?:ville|commune)|lieu de residence"
    r"|adresse(?: (?:a change|est|devient|exacte|correcte|nouvelle|postale|personnelle|actuelle|complete"
    r"|du domicile|du demandeur|du terrain|de "
    r"facturation|livraison))?|domicile|demeurant|domiciliee?s?|domicilie\(e\)|residant|habitant|j'?habite|habite"
    r"|habitons|demeure|reside)(?: (?:au|a|aux|dans))? ?:? ?"
)
HAMLET = re.compile(
    r"(?:au |a |le |la |les |lieu[ -]?dit |lieudit )?(?:lieu[ -]?dit|lieudit|hameau(?: de| du| des)?"
    r"|ferme(?: de| du| des)?|le bourg|domaine(?: de| du| des)?|moulin (?:de|du)|mas (?:de|du|des)"
    r"|ker[a-z]+)"
)
HAMLET_AND_CODE = re.compile(
    r"(?<![a-z])((?:lieu[ -]?dit|lieudit|hameau|ferme|le bourg|la ferme|domaine|mas|moulin|ker|villa"
    r"|residence|lotissement|chalet)[ '-]?[^\n,;:.!?0-9]{0,36}[,\n\-]?[ ]{0,2})((?:0[1-9]|[1-8]\d|9\d) "
    r"?\d{3})[ ]{1,2}(?=[a-z])"
)
LIVES_AND_CODE = re.compile(
    r"(?:habit[a-z]+|demeur[a-z]+|domicili[a-z()]*|resid(?!u)[a-z]+|loge[a-z]*|adresse ?:|domicile ?:)[ ]{1,"
    r"2}(?:au |a |aux |dans )?([^\n.;:!?0-9]{3,50}(?:, (?:empl|log|apt|appt?|bat|lot|ch"
    r"|n ?[°o])\.? ?(?:n ?[°o] ?)?\d{1,4})?"
    r"[,\n ][ ]?)((?:0[1-9]|[1-8]\d|9\d) ?\d{3})[ ]{1,"
    r"2}(?=[a-z])"
)
LIVES_IN = re.compile(
    r"(?:habite|habitons|habitant|demeurant|demeure|domiciliee?|reside|residant|logee?)s? (?:actuellement "
    r")?(?:au |a |aux |dans |sur )?(?:le |la |l')?((?:lieu[ -]?dit|lieudit|hameau)(?: (?:de |du |des "
    r"|d')?(?:la |le |l')?| )?)"
)
THEN_NUMBER = re.compile(
    r",? (?:sans numero|s/n)(?![a-z])|,? (?:au|n ?[°ºo]|numero|au numero) ?(?:\d{1,4}(?: ?(?:bis|ter"
    r"|[a-d])\b)?)(?![0-9a-z/]|[.,]\d| ?h\b"
    r"| ?(?:euros|€))"
)
CODE_AND_TOWN = re.compile(r"(?:0[1-9]|[1-9]\d) ?\d{3} {1,2}[a-z]")
FOREIGN_CODE = re.compile(r"[ ,\-]{1,3}\n?((?:[a-z]{1,2} ?- ?)(?!0{4})\d{4,5}|(?!19|20|0)\d{4}) (?=[a-z])")
# « à Plouaret (22420) »
CODE_AFTER = re.compile(r",? ?\(?(?:0[1-9]|[1-8]\d|9\d|2[ab])(?:\d{3}|\))\)?(?![0-9a-z])")
NUMBER_AFTER = re.compile(
    r",? \d{1,4}[a-d]?(?=,? (?:[a-z]-)?[1-9]\d{3} [a-z])|,? (?:au|numero|au numero) ?\d{1,4}(?: ?(?:bis|ter"
    r"|[a-d])\b)?(?![0-9a-z/]|[.,]\d| ?(?:h\b|euros|€|m\b|km"
    r"|janv|fev|mars|avr|mai|juin|juil|aou|sept|oct|nov|dec|et \d|a \d))"
)
