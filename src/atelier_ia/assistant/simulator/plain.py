"""Bring a citizen's spelling back to plain French before anything is looked for in it: text messages, capitals, marks.

Only what no reader would contest is changed; the person's text itself is never touched, only the copy that is read.
"""

from __future__ import annotations

import re

from atelier_ia.assistant.simulator.french import upper_first
from atelier_ia.assistant.words import fold

CAPITALS = 0.6  # share of capital letters above which a line is written in capitals
_SHORT = {
    "slt": "bonjour", "bjr": "bonjour", "bsr": "bonsoir", "mrc": "merci", "mci": "merci", "pr": "pour", "ds": "dans",
    "ts": "tous", "tte": "toute", "tjs": "toujours", "tjr": "toujours", "tjrs": "toujours", "bcp": "beaucoup",
    "qd": "quand", "kan": "quand", "kand": "quand", "pk": "pourquoi", "pkoi": "pourquoi", "pq": "pourquoi",
    "pourkoi": "pourquoi", "koi": "quoi", "kel": "quel", "kelle": "quelle", "ki": "qui", "ke": "que", "jpeu": "je peux",
    "jpeux": "je peux", "jsui": "je suis", "jsuis": "je suis", "chui": "je suis", "jvoudrai": "je voudrais",
    "jvoudrais": "je voudrais", "jveu": "je veux", "jveux": "je veux", "jai": "j'ai", "jé": "j'ai", "jpaye": "je paye",
    "jhabite": "j'habite", "jabite": "j'habite", "jarrive": "j'arrive", "jcomprend": "je comprends", "jms": "jamais",
    "mtn": "maintenant", "auj": "aujourd'hui", "ajd": "aujourd'hui", "cmt": "comment", "coment": "comment",
    "qqn": "quelqu'un", "qq1": "quelqu'un", "qqun": "quelqu'un", "qqch": "quelque chose",
    "qqchose": "quelque chose", "qqc": "quelque chose", "jusqua": "jusqu'à", "avc": "avec", "ns": "nous",
    "vs": "vous", "ya": "il y a", "devan": "devant", "dvt": "devant", "dpuis": "depuis", "svt": "souvent",
    "lgtps": "longtemps", "tps": "temps", "pb": "problème", "pbs": "problèmes", "nvelle": "nouvelle",
    "nveau": "nouveau", "mediatek": "médiathèque", "médiatek": "médiathèque", "poss": "possible",
    "cad": "c'est-à-dire", "avt": "avant", "dc": "donc", "pcq": "parce que", "psk": "parce que",
    "keske": "qu'est-ce que",
    "kesk": "qu'est-ce que", "esk": "est-ce que", "eske": "est-ce que", "vien": "viens", "spa": "ce n'est pas",
    "msg": "message", "apt": "appartement", "voit": "voit", "bldg": "immeuble", "rdv": "rendez-vous",
    "rv": "rendez-vous",
    "stp": "s'il vous plaît", "svp": "s'il vous plaît", "relou": "", "lol": "", "mdr": "", "ptdr": "", "wesh": "",
    "derriere": "derrière", "apres": "après", "deja": "déjà", "tres": "très", "meme": "même", "etait": "était",
    "ecole": "école", "sterilise": "stérilise", "steriliser": "stériliser", "deneiger": "déneiger",
    "desinscrire": "désinscrire",
    "recois": "reçois", "fetes": "fêtes", "aout": "août", "fevrier": "février", "decembre": "décembre", "recu": "reçu",
    "reçoi": "reçois", "passport": "passeport", "identitée": "identité", "clignotte": "clignote",
    "insuportable": "insupportable",
    "mere": "mère", "pere": "père", "frere": "frère", "bebe": "bébé", "bapteme": "baptême", "decharge": "décharge",
    "dechetterie": "déchetterie", "dechets": "déchets", "velo": "vélo",
    "noel": "Noël", "repondez": "répondez", "verifier": "vérifier", "derniere": "dernière", "coute": "coûte",
    "ecri": "écrit",
    "ecrit": "écrit", "fenetre": "fenêtre",
    "electricite": "électricité", "lelectricité": "l'électricité", "lelectricite": "l'électricité", "leau": "l'eau",
    "lecole": "l'école", "lécole": "l'école", "lagglo": "l'agglo", "linscription": "l'inscription",
    "linscrire": "l'inscrire", "jvoulai": "je voulais", "jvoulais": "je voulais", "kil": "qu'il", "kon": "qu'on",
    "quesque": "qu'est-ce que", "kesque": "qu'est-ce que",
    "etes": "êtes", "atestation": "attestation", "apel": "appel", "probleme": "problème", "euh": "", "heu": "",
    "ben": "",
}  # fmt: skip
_WORD = re.compile(r"(?<![\w'’.@/-])[a-zé]+\d?(?![\w'’@])")
_CAPITAL = re.compile(r"(?:(?<=[.!?]\s)|^)[A-Z][a-zé]{1,9}(?![\w'’@])", re.MULTILINE)
# « peut on », « dois je », « est ce que »: questions typed without their hyphens.
_UNHYPHENED = re.compile(
    r"\b(?:(?:peut|faut|doit|va|existe|serait|pourrait) (?:t )?(?:on|il)(?= )|(?:dois|puis"
    r"|pourrais) je(?= (?:l[ea]s? |en |y |vous |me "
    r"|m['’])?\w+(?:er|ir|re|oir)\b)|(?:pouvez|pourriez|avez|auriez|savez|allez) vous(?= )|est ce(?= qu[e'’])"
    r"|(?<=que )(?:devons|pouvons) nous(?= )|(?:avons|sommes|serons|aurons) nous(?= (?:pas|plus) )"
    r"|rendez vous\b(?! (?:compte|utile|au|à)\b))",
    re.IGNORECASE,
)
_ONE_LETTER = (
    (
        re.compile(r"(?<![\w'’-])([yY]) ?['’]?a[ -]?t?[ '’-]+(?:t[ '’-])?il\b"),
        r"\1 a-t-il",
    ),  # « y'a t'il », « y a t il »
    (re.compile(r"(?<=[a-zà-ÿ])[ -]t['’ -](?=(?:ils?|elles?|on)\b)"), "-t-"),
    (re.compile(r"(?<![\w'’-])es[ -][cs]e que?(?= |['’])"), "est-ce que"),
    (re.compile(r"\best[ -]ce que on\b"), "est-ce qu'on"),
    (re.compile(r"\best[ -]ce quelle(?= (?:est|sera|serait|a|aura|peut|doit|va)\b)"), "est-ce qu'elle"),
    (re.compile(r"(?<=[a-zà-ÿ0-9])\.\.(?=\s)"), "."),
    (re.compile(r"\b(combien de temps|quand|comment|où|combien|quoi) faut (?=[a-zà-ÿ])"), r"\1 il faut "),
    (re.compile(r"(?<![\w'’.-])[cC] est\b"), "c'est"),
    (re.compile(r"(?:(?<![\w'’.-])c|(?:(?<=^)|(?<=[.!?] ))C)(?=\s+(?!\d))(?![-'’.])", re.M), "c'est"),
    (re.compile(r"(?<![\w'’.-])[gG](?=\s+(?:pas|plus|\w+[éu]e?s?\b|un|une|des|le|la)\b)"), "j'ai"),
    (re.compile(r"\b([Jj]e) sui\b"), r"\1 suis"),
    (
        re.compile(
            r"(?<![\w'’-])(?:es|est|esse) que(?= (?:je|tu|il|elle|on|nous|vous|ils|elles|c['’]|la|le|les|ma|mon"
            r"|mes)\b)"
        ),
        "est-ce que",
    ),
    (re.compile(r"(?<![\w'’.-])ca(?= \w)"), "ça"),
    (
        re.compile(r"(?:(?<=[.!?;—–] )|(?<=^))([Ff])(?=au(?:drait|t) (?:que|qu|l|d|une?\b|\w+(?:er|ir|re)\b))", re.M),
        "il f",
    ),
    (re.compile(r"(?<![\w'’.-])tt(?=\s+(?:la|une)\b)"), "toute"),
    (re.compile(r"(?<![\w'’.-])tt(?=\s+(?:les|ces|mes)\b)"), "tous"),
    (re.compile(r"(?<![\w'’.-])tt\b"), "tout"),
    (
        re.compile(
            r"\b(?:(?<=on )|(?<=il )|(?<=lle )|(?<=qui )|(?<=ous ))ma (?=(?:pas )?(?:demand|envoy|donn|vol|appel"
            r"|r[ée]clam)[ée]\b)|\bma (?=(?:pas )?(?:dit|demandé|r[ée]pondu|réclamé|volé|envoyé|donné|appelé)\b)"
        ),
        "m'a ",
    ),
    (re.compile(r"(?:(?<=^)|(?<=[,;.!?] )|(?<=plus )|(?<=car )|(?<=et )|(?<=mais ))y (?=a (?!-))", re.M), "il y "),
    (
        re.compile(
            r"(?<!\d )\b([jJlLdDmMsSnNcCtT]|[qQ]u)\s"
            r"(?=(?:ai|avais|aurai|aurais|habite|ecris|attends|a|y|en|est|il|elle)\b)"
        ),
        r"\1'",
    ),
)


# « je peux pas », « ma fille a pas mangé »: the negation that speech leaves out.
_UNDENIED = re.compile(
    r"\b(?P<who>je|on|il|elle|ils|elles|ça) (?P<verb>(?!ne\b|n['’]|ai\b|me\b|se\b|le\b|la\b|les\b|lui\b|leur\b"
    r"|y\b|en\b|nous\b|vous\b)[a-zà-ÿ]+) "
    r"(?P<not>(?:même |meme |toujours |encore )?(?:pas|jamais|rien)|plus(?= *(?:[.,;!?]|$|rien|du tout"
    r"|[a-zà-ÿ]+(?:er|ir|re|oir)\b"
    r"|personne)))\b"
    r"|(?<!['’])(?<!ne )(?<!ne nous )(?<!ne vous )(?<!ne lui )(?<!ne leur )(?<!ne les )(?<!est )"
    r"\b(?P<have>a|ont|est|sont) (?P<never>pas|jamais) (?=[a-zà-ÿ]+(?:é|i|u)e?s?\b)"
    r"|(?<!\w)(?P<this>[cC])['’](?P<was>est|était) (?P<no>pas|jamais)\b"
)
_RUN_ON = re.compile(
    r"(?<=[a-zà-ÿ\d])(?<!\bque)(?<!\bet)(?<!\bou)(?<!\boù)(?<!\bsi)(?<!\bcar)(?<!\bquand)(?<!\bcomme)(?<!\bdont)(?<!\bmais)(?<!\bdonc)"
    r"(?<!\bce)(?<!\bmoi)(?<!\balors)(?<!\blorsque)(?<!\bpuisque)(?<!\bpuis)"
    r"(?<!\bbonjour)(?<!\bbonsoir)(?<!\bici)(?<!\bfois) "
    r"(?=(?:je (?:ne )?(?:peux|suis|vais|veux|voudrais|sais|dois|travaille)|je n'ai|j['’](?:ai"
    r"|habite)|(?:mon|ma) (?:mère|père|mari|femme|prof|voisin|voisine|fils|fille) (?:dit|m'a dit|veut|pense)"
    r"|c['’]est pour|on (?:sera|serait) \d+)\b(?! (?:pas|plus)\b.{0,3}$))"
)


_ASKING = re.compile(
    r"\b(?:quel(?:le)?s?|qui|quoi|comment|combien|où|si jamais)\b[^.?!,;:\n]{0,30}$|\bsi$", re.IGNORECASE
)
LOOK_BACK = 40  # characters in which a question word still bears on what follows


def _breathed(match: re.Match[str]) -> str:
    """A comma between two statements of one breath; none within a question (« à qui je dois envoyer »)."""
    before = match.string[max(0, match.start() - LOOK_BACK) : match.start()]
    return " " if _ASKING.search(before) else ", "


# « que je me fasse recensé », « qui vient ramassé »: an infinitive heard as a participle, and the other way round.
_TAKEN_AS_PAST = re.compile(
    r"\b((?:se |me |nous |vous |les? |la )?(?:faire|fasse|fassent|fais|fait|vient|viennent|va|vont|vais"
    r"|peut|peux|peuvent|doit|dois|faut|veut|veux|voudrais|pour) (?:l[ea]s? |l['’]|en |y |me |se )?)"
    r"(?!(?:côté|été|pitié|moitié|marché|clé|thé|café|curé|pré|blé|congé|société|pas)\b)([a-zà-ÿ]{3,}(?<!t))é\b(?!-)"
)
_TAKEN_AS_INFINITIVE = re.compile(
    r"\b((?:[Oo]n a|[Nn]ous avons|il a|elle a|ils ont|elles ont|m['’]a|m['’]ont)"
    r" (?:déjà |bien |aussi |encore |jamais |pas )?)"
    r"(?!(?:hier|cher|hiver|mer|fer|loyer|panier|papier|dîner|goûter|chantier|escalier|quartier)\b)([a-zà-ÿ]{3,})er\b"
)
_MONTHS = {"janv": "janvier", "jan": "janvier", "fev": "février", "fév": "février", "avr": "avril", "juil": "juillet",
           "sept": "septembre", "oct": "octobre", "nov": "novembre", "dec": "décembre", "déc": "décembre"}  # fmt: skip


# « mon neveu veux bien », « on peux »
_THIRD_MODAL = re.compile(
    r"\b((?:(?:[Mm]on|[Mm]a|[Ll]e|[Ll]a|[Ss]on|[Ss]a|[Vv]otre) [a-zà-ÿ-]{3,}|[Ii]l|[Ee]lle|[Oo]n"
    r"|qui) (?:ne )?(?:veu|peu))x\b"
)


def _modal(match: re.Match[str]) -> str:
    return f"{match[1]} {match[2]}{'x' if match[1].lower() == 'je' else 't'}"


def _that(match: re.Match[str]) -> str:
    return "Ça" if match[0][0].isupper() else "ça"


def _denied(match: re.Match[str]) -> str:
    if match["this"]:
        return f"{match['this']}e n'{match['was']} {match['no']}"
    verb = match["verb"] or match["have"]
    ne = "n'" if verb[0] in "aeiouéèêh" else "ne "
    lead = f"{match['who']} " if match["who"] else ""
    return f"{lead}{ne}{verb} {match['not'] or match['never'] + ' '}".rstrip(" ") + (" " if match["never"] else "")


_JOKE = re.compile(r"[^?!\n]{0,200}?\bnon,? je plaisante\W{0,5}(?:simplement\W{0,5})?", re.IGNORECASE)


# « Une petite idée : des arceaux devant la halle »
_IDEA = re.compile(
    r"(?:(?<=[.!?]\s)|^)(?:(?:juste |j['’]ai )?une )?(?:petite )?(?:idée|suggestion)\s*:\s*(?=\w)",
    re.IGNORECASE | re.MULTILINE,
)


def plain(text: str) -> str:
    """`text` with text-message spellings written out and lines in capitals put in lower case."""
    shouted = in_capitals(text)
    lines = [_lowered(line, shouted=shouted) for line in text.replace("\r\n", "\n").split("\n")]
    text = "\n".join(lines)
    text = _JOKE.sub("", text) if "je plaisante" in text.lower() else text
    for pattern, written in _ONE_LETTER:
        text = pattern.sub(written, text)
    text = _WORD.sub(lambda match: _SHORT.get(match[0], match[0]), text)
    text = _CAPITAL.sub(lambda match: upper_first(_SHORT.get(match[0].lower(), match[0])), text)
    text = _UNHYPHENED.sub(lambda match: re.sub(r"\s+", "-", match[0]), text)
    text = re.sub(
        r"\b([jJ]['’]ai (?:déjà |bien |aussi )?)(?!hier\b|cher\b)([a-zà-ÿ]{3,})er\b", r"\1\2é", text
    )  # « j'ai appeler »
    text = _TAKEN_AS_PAST.sub(lambda match: f"{match[1]}{match[2]}er", text)
    text = _TAKEN_AS_INFINITIVE.sub(lambda match: f"{match[1]}{match[2]}é", text)
    text = re.sub(
        r"\b(?:[Ss]a|[ÇçCc]a)(?= (?:deviens?|fais|fait|va|ne|n['’]|pue|coute|coûte|dure|marche)\b)", _that, text
    )
    text = re.sub(r"\bqu['’]il(?= il y a\b)", "qu'", text).replace("qu' il y a", "qu'il y a")
    text = re.sub(r"\b((?:ça|il|elle|on|qui) (?:re)?)(devien|vien)s\b", r"\1\2t", text)
    text = re.sub(rf"(?<=\d )({'|'.join(_MONTHS)})\b\.?", lambda match: _MONTHS[match[1]], text)
    text = re.sub(r"\b([Jj]e|[Oo]n) (peu|veu)(?= (?:pas |pa |l[ea]s? |en |y |me |vous |bien )?[a-zà-ÿ]+)", _modal, text)
    text = _THIRD_MODAL.sub(r"\1t", text)
    text = _IDEA.sub("Je suggère ceci : ", text)
    text = re.sub(r"(?<=veut |peut |doit |veux ) ?ce (?=[a-zà-ÿ]{3,}(?:er|ir)\b)", "se ", text)
    text = re.sub(r"\b([Jj]e vous (?:en )?)signal\b", r"\1signale", text)
    text = re.sub(
        r"\b([Ii]l|[Ee]lle|[Qq]ui|[Çç]a) peu(?= (?:pas |l[ea]s? |en |y |me |vous |bien )?[a-zà-ÿ]+(?:er|ir|re)\b)",
        r"\1 peut",
        text,
    )
    text = re.sub(
        r"(?<!\b[Jj]e )(?<!\b[Tt]u )(?<=[a-zà-ÿ] )viens(?= d[e'’])", "vient", text
    )  # « mon fils Enzo vien d'avoir »
    text = re.sub(r"\b(ser\w+|suis|est|sont|vais|va|aur\w+|ai|avez|sera) peut[ -][eê]tre\b", r"\1 peut-être", text)
    text = re.sub(r"\bou (?:bien )?sinon,? (?!je\b|j['’]|on\b|nous\b|c['’]|il\b|ça\b)", "ou ", text)
    text = re.sub(r"\?(?:\s?[?!])+", "?", text)
    text = re.sub(
        r"\btou[ts] les (lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|soir|matin|jour)\b", r"tous les \1s", text
    )
    text = re.sub(
        r"\b(arriv\w+|habit\w+|emménag\w+|vis|vit|vivons|aller|venir|inscrite?) a (?=[A-ZÀ-Ý])", r"\1 à ", text
    )
    text = re.sub(r"\b([jJ]e (?:souhaiter|voudr|aimer|pourr|désirer)ai)\b", r"\1s", text)
    text = re.sub(r"\bou(?=\s*\?)", "où", text)
    text = _UNDENIED.sub(_denied, text)
    text = re.sub(r"\b([Jj])['’]([a-zà-ÿ]{3,}e) plus (?=[a-zà-ÿ]+(?:er|ir|re|oir)\b)", r"\1e n'\2 plus ", text)
    text = re.sub(r"\bj['’]ai ((?:toujours |encore |même )?pas |plus (?=de |d['’]|rien ))", r"je n'ai \1", text)
    text = _RUN_ON.sub(_breathed, text)
    text = re.sub(r"\baprès midi\b", "après-midi", text)
    text = re.sub(r"\b(\d{1,2}) ?(?:i?[eè]me)\b", r"\1e", text)  # « en 6eme »
    return re.sub(r"[ \t]{2,}", " ", text)


def in_capitals(text: str) -> bool:
    """Is this text written in capitals (a habit of some keyboards, not a mood)?"""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 25 and sum(letter.isupper() for letter in letters) > CAPITALS * len(letters)


def _lowered(line: str, *, shouted: bool) -> str:
    if not (in_capitals(line) or (shouted and line.isupper())):
        return line
    low = re.sub(r"\ba (?=la\b|l['’]|partir\b)", "à ", line.lower())
    return re.sub(r"(^\W*|[.!?]\s+)(\w)", lambda match: match[1] + match[2].upper(), low)


_WAY = (
    r"rue|avenue|boulevard|place|impasse|all[ée]e|chemin|route|square|quai|passage|ruelle|venelle|sentier|r[ée]sidence"
    r"|hameau|lotissement|rond-point|c[ôo]te|parking|parc|cit[ée]"
)
_LINK = r"(?:de\s+la\s+|de\s+l['’]\s?|des\s+|du\s+|de\s+|d['’]\s?|aux\s+|à\s+la\s+|les?\s+|la\s+)"
_SMALL = r"(?:petite?s?|grande?s?|vieux|vieille|haute?s?|basse?s?|beau|belle|trois|quatre|deux|saint|sainte|ancienne?)"
_LOW_PLACE = re.compile(
    rf"(?:\b\d{{1,4}}(?:\s?(?:bis|ter))?,?\s+(?:de\s+la\s+)?)?\b(?:{_WAY})\s+"
    rf"(?:{_LINK}(?:{_SMALL}[\s-]+)?[^\W\d_][\w'’-]+(?:\s+{_LINK}[^\W\d_][\w'’-]+)?"
    rf"|(?:{_SMALL}[\s-]+)?[^\W\d_][\w'’-]{{2,}})",
    re.IGNORECASE,
)
_COMMON = frozenset(
    {
        "village", "etait", "etaient", "sera", "avait", "maison", "nuit", "jour", "vie", "maternelle",
        "elementaire", "primaire", "et", "est", "ou", "a", "pour", "depuis", "devant", "qui", "que", "en",
        "il", "publique", "privee", "communale", "departementale", "mairie", "commune", "fete", "fetes",
        "trottoir", "travaux", "chez", "sur", "dans", "avec", "pas", "entiere", "degagee", "glissante",
        "libre", "libres", "gratuit", "gratuite", "payant", "handicapee", "creche", "scolaire", "garder",
        "derriere", "pres", "vers", "sous", "quand", "comment", "prevu", "prevue", "disponible", "disponibles",
        "salle", "ne",
    }
)  # fmt: skip


def low_places(text: str) -> list[str]:
    """Ways written without capitals (« impasse du lavoir »), as written; a way without a name is none."""
    found = []
    for match in _LOW_PLACE.finditer(text):
        place = re.sub(r"\s+", " ", match[0]).strip()
        name = fold(re.split(r"[\s'’]", place)[-1])
        if re.search(r"\b(?:suis|es|est|sommes|êtes|étais|était|étions)(?: \w+)? $", text[: match.start()]):
            continue  # « quand je suis allée leur parler »
        if text[: match.start()].rstrip().endswith((" en", " sur")) and place.startswith("place"):
            continue  # « mettre en place un projet »
        if re.search(r"\b[nmstj]['’]\w+$", place) or re.search(
            r"\b(?:vous|nous|je|il|elle|on|mon|ma|mes|sa|ses)\b", name
        ):
            continue
        if name not in _COMMON and not name.endswith(("ment", "ee", "ees")) and place not in found:
            found.append(place)
    return found


def itemised(text: str) -> str:
    """Items numbered inside a sentence (« trois choses : 1) … ; 2) … »), each on a line of its own."""
    text = re.sub(r"(?m)^\s*(\d{1,2})\s?/\s*(?=[^\W\d])", r"\1) ", text)  # « 1/ le chien », one to a line
    marks = re.findall(r"(?<=[\s:;,(])(\d)[)°] ?(?=[^\W\d])", text)
    if len(marks) < 2 or [int(mark) for mark in marks] != list(range(1, len(marks) + 1)):
        return text
    return re.sub(r"[\s:;,]*(?<=[\s:;,(])(\d)[)°] ?(?=[^\W\d])", r" :\n\1) ", text)
