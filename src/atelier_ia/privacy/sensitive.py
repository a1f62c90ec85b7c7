"""Health data and the other data of RGPD articles 9 and 10, said of somebody: they raise an alert.

A word alone (« handicap », « religion ») is ordinary administrative prose; what is sensitive is a word and a person in
the same sentence. Replacing such words would not protect anyone, so a person decides.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from atelier_ia.privacy.lexicon import CAPITAL, FIRST, KNOWN, ORGANISATION, PLACE, SURNAME, word_list
from atelier_ia.privacy.nobody_told import NobodyTold
from atelier_ia.privacy.reading import Reading
from atelier_ia.privacy.sensitive_patterns import (
    FORM,
    HEALTH,
    HEALTH_PHRASE,
    HEALTH_WEAK,
    INSTITUTION,
    NOT_PERSONAL,
    SELF,
    SENSITIVE,
    SENSITIVE_PHRASE,
    SOMEBODY,
)
from atelier_ia.privacy.sounds import heard
from atelier_ia.privacy.spans import Label, Span
from atelier_ia.privacy.telling_phrases import WAKERS, phrases_at, widened
from atelier_ia.privacy.wordlists import words


def find_sensitive(reading: Reading, people: Sequence[Span]) -> Iterator[Span]:
    """Alerts of `reading`; `people` are the names already found, sorted by start."""
    low = reading.low
    starts = [span.start for span in people]
    nobody = NobodyTold(reading, people)
    health, sensitive = _cache_health, _cache_sensitive
    done = quiet = -1
    bits, begins = reading.bits, reading.starts
    for index, word in enumerate(reading.low_words):
        if health.get(word) is False and not sensitive[word] and bits[index] & _READABLE and word not in WAKERS:
            continue  # most words of a text: known, and telling nothing
        start = begins[index]
        label: Label
        if word in WAKERS:
            for told in phrases_at(low, start, reading.ends[index]):
                if _general(low, told.start, told.label) or _of_a_thing(low, told.start, told.end):
                    continue
                if (
                    told.alone
                    or (0 < done <= told.start < done + _CLOSE and _SENTENCE.search(low, done, told.start) is None)
                    or _of_somebody(low, told.start, told.end, told.label, people, starts)
                ):
                    if nobody(told.start, told.end):
                        quiet = told.end
                        continue
                    begin, done = _within(low, told.start, told.end, people, starts)
                    yield Span(begin, done, told.label, "alerte", _REASONS[told.label])
                    break
        if (
            word == "avc"
            and reading.words[index] != "AVC"
            and not low.endswith(("un ", "l'", "d'", "on ", "et "), 0, start)
        ):
            continue  # « avc » for « avec »
        if word == "sourde" and low.startswith(" oreille", reading.ends[index]):
            continue
        wakes = health.get(word)
        if wakes is None:
            if len(health) > 100_000:
                health.clear()
                sensitive.clear()
            plain = word.replace("œ", "oe")
            wakes = health[word] = plain in HEALTH_WORDS or HEALTH.fullmatch(plain) is not None
            sensitive[word] = (
                SENSITIVE.fullmatch(plain.removesuffix("s")) is not None or SENSITIVE.fullmatch(plain) is not None
            )
        if wakes:
            label = "SANTE"
        elif sensitive[word]:
            label = "SENSIBLE"
        else:
            told_aloud = None if reading.bits[index] & _READABLE else _aloud(reading, index)
            if (
                told_aloud
                and _of_somebody(low, start, reading.ends[index], told_aloud, people, starts)
                and not nobody(start, reading.ends[index])
            ):
                yield Span(start, reading.ends[index], told_aloud, "alerte", _REASONS[told_aloud])
            continue
        if start < done:
            continue
        end = reading.ends[index]
        if label == "SANTE" and HEALTH_WEAK.fullmatch(word):
            phrase = HEALTH_PHRASE.match(low, start) or HEALTH_PHRASE.match(
                low, low.rfind(" ", 0, max(0, start - 1)) + 1
            )
            if phrase is None and not _POSSESSED_STATE.search(low, max(0, start - 7), end):
                continue
            end = max(end, phrase.end()) if phrase else end
        elif label == "SENSIBLE":
            phrase = None
            for back in (0, 1, 2, 3):
                begin = reading.starts[max(0, index - back)]
                phrase = SENSITIVE_PHRASE.match(low, begin)
                if phrase and phrase.end() > start:
                    break
                phrase = None
            if phrase is None:
                continue
            end = max(end, phrase.end())
        if (
            _general(low, widened(low, start, end)[0], label)
            or _general(low, start, label)
            or not (
                (0 < done <= start < done + _CLOSE and _SENTENCE.search(low, done, start) is None)
                or _of_somebody(low, start, end, label, people, starts)
            )
        ):
            continue
        if (0 < quiet <= start < quiet + _CLOSE and _SENTENCE.search(low, quiet, start) is None) or nobody(start, end):
            quiet = end  # what a list goes on with is told of nobody either
            continue
        start, done = _within(low, start, end, people, starts)
        yield Span(start, done, label, "alerte", _REASONS[label])
    for match in reading.woken(_FORM_WAKERS, FORM):
        before = low[max(0, match.start() - 6) : match.start()].rstrip(" \t>*-•")
        apart = low.endswith("  ", 0, match.start())
        if before and before[-1] not in "\n|;,." and not apart:
            continue
        value = match[0].partition(":")[2] or match[0].partition("?")[2]
        if "☐" in match[0] or (match[0].startswith("vaccin") and _UP_TO_DATE.search(match[0])):
            continue
        if re.match(r" ?(?:non|neant|aucune?|ras|n/a|sans objet|/)", value) or NOT_PERSONAL.search(match[0]):
            continue
        if INSTITUTION.search(low[max(0, match.start() - 40) : match.start()]):
            continue
        label = (
            "SENSIBLE"
            if re.match(r"repas|menu|religion|confession|syndicat|appartenance|casier|situation judiciaire", match[0])
            else "SANTE"
        )
        if value.strip() and not nobody(match.start(), match.end()):
            begin, end = _after_names(low, match.start(), match.end(), people, starts)
            yield Span(begin, end, label, "alerte", "renseignement d'un formulaire")


# Words that are read as they are written.
_READABLE = KNOWN | FIRST | SURNAME | PLACE | ORGANISATION


def _aloud(reading: Reading, index: int) -> Label | None:
    """What a word that no list knows, without a capital, tells when read aloud: « muzulmane »."""
    if reading.bits[index] & CAPITAL and not reading.upper_case:
        return None
    return heard(reading.low_words[index])


_FORM_WAKERS = words("sensitive_form_words")
_REASONS: dict[Label, str] = {
    "SANTE": "santé d'une personne",
    "SENSIBLE": "donnée sensible (RGPD, articles 9 et 10)",
}


def _within(low: str, start: int, end: int, people: Sequence[Span], starts: list[int]) -> tuple[int, int]:
    """The whole telling phrase, which stops at the names around it; of a phrase that holds a name, its longer side."""
    inside = bisect_left(starts, start)
    while inside < len(people) and people[inside].start < end:
        if people[inside].start - start >= end - people[inside].end:
            end = people[inside].start
            break
        start = people[inside].end
        inside += 1
    while start < end and low[start] in " ,:;(":
        start += 1
    begin, stop = widened(low, start, end)
    following = bisect_left(starts, start)
    if following < len(people):
        stop = max(end, min(stop, people[following].start))
    if following:
        begin = min(start, max(begin, people[following - 1].end))
    return begin, stop


def _after_names(low: str, start: int, end: int, people: Sequence[Span], starts: list[int]) -> tuple[int, int]:
    """The field `start:end`, from the last name that it holds: « Repas de Nolan : halal » tells it after the name."""
    last = bisect_left(starts, end) - 1
    if last < 0 or not start < people[last].end < end or not re.search(r"[a-z]{3}", low[people[last].end : end]):
        return start, end
    start = people[last].end
    while low[start] in " ,:;()":
        start += 1
    return start, end


# What stands this close after an alert, in the same sentence, is said of the same person (characters between them).
_CLOSE = 12
HEALTH_WORDS = word_list("sante")
_cache_health: dict[str, bool] = {}
_cache_sensitive: dict[str, bool] = {}


_UP_TO_DATE = re.compile(r"a jour(?: ?: ?oui| ?$)")
_NONE = re.compile(r"[a-z ]+ ?: ?(?:aucune?|non|neant|ras|sans objet)(?![a-z])")
_ANY = re.compile(
    r"(?<![a-z])(?:tout|toute|chaque|aucun|aucune|pendant|durant|en cas d[e']|lors d[e']|a l'issue d[e']"
    r"|au terme d[e'])(?: ?une?)?[ ]?$"
)
_NO_ONE = re.compile(
    r"(?:aucune?s? (?:[a-z]+ )?|(?:politiques?|syndicales?|philosophiques?|raciales?)(?:,| ou"
    r"| et) ?(?:[a-z]+ (?:ou|et) )?)$"
)
# « l'équipe mobile de gériatrie » names a service, « un dossier APA » an allowance.
_TEAM = re.compile(
    r"(?<![a-z])(?:equipe|filiere|pole|reseau|plateforme|(?<!le )(?<!un )cadre|interne|praticien\w*|secretariat"
    r"|chef\w* (?:de"
    r"|du) service"
    r"|professeure?s?|federation|institut|ecole|faculte|diplome|master|formation|colloque|congres)(?: (?!en "
    r"|de )[a-z]+)?"
    r" (?:de |d'|en |de la )$"
)
# « les primes sont maintenues pendant les congés de maternité »
_DURING = ("pendant les ", "durant les ", "hors ", "sauf ", "outre les ", "lors des ", "y compris les ")
# « l'aire d'accueil des gens du voyage » is a place.
_NOT_TOLD = re.compile(
    r"(?:un )?rappel a la loi (?:peut|pourra|doit|est (?:prevu|prononce|une|possible))"
    r"|(?:eglise|temple|chapelle|paroisse|cimetiere) [a-z]+ (?:saint|sainte|notre|du |d[e'])"
    r"|(?:peut |pourra |pouvant )?(?:etre )?deferee? (?:\w+ )?(?:devant |au )(?:le |la )?(?:tribunal|cour"
    r"|juge) administrati"
)
# « retard de huit jours »
_LATE = re.compile(
    r"retard(?:ee?s?)?(?: de| d'| dans| sur| pour|[.,;:!?\n]|$)(?! ?(?:developpement|langage|parole|croissance))"
)
_HEADER = re.compile(
    r"[ |*]*(?:noms?|prenoms?|agents?|eleves?|enfants?|beneficiaires?|demandeu\w+|usagers?|familles?|candidate?s?"
    r"|matricules?|dates?|n ?[°o]|services?|dossiers?)(?: (?:et|de|du|des|/)? ?[a-z']+){0,2} ?[|;\t]"
    r"(?![^\n]*\d)(?=[^\n]*[|;\t])[^\n]*\n[^\n]*[|;\t][^\n]*[|;\t]"
)
# « Langues : français, arabe »
_SPOKEN = re.compile(
    r"(?<![a-z])(?:langues?(?: [a-z]+)? ?:|lv ?[123abc]|parl\w+|interpret\w+|tradu\w+|cours (?:de|d')|niveau|francais"
    r"|anglais|cuisines?)[^\n.]*$"
)
_TONGUES = (
    *("anglais", "espagnol", "allemand", "italien", "portugais", "russe", "chinois", "japonais", "roumain", "polonais"),
    *("ukrainien", "grec", "neerlandais", "coreen", "albanais", "armenien", "vietnamien"),
    "arabe",
    "hebreu",
    "kurde",
    "berbere",
    "kabyle",
    "turc",
    "tamoul",
    "wolof",
    "bambara",
    "soninke",
)
# « le diagnostic de la charpente »
_BUILT = re.compile(
    r"diagnostics? (?:de |du |des |d'|de la |de l')(?:[a-z]+ (?:de|du|des) (?:la |l')?)?(?:charpente|toiture|batiment"
    r"|structure|reseau|territoire|performance|amiante|plomb|archeologi|energeti|ouvrage|pont|eglise|voirie|eclairage"
    r"|sol|commune|quartier|facade|chaudiere|chauffage|assainissement|besoins|accessibilite)"
)
_SCHOOL = re.compile(r"maternelle|\((?:ms|gs|cp|ce1)\)|ecole|cantine|classe")
_AIRE = re.compile(
    r"(?<![a-z])(?:aires?|terrains?|accueil|stationnement|schema|scolarisation|mediat\w+|commission|habitat|comite)"
    r"(?: [a-z']+){0,3} (?:des )?$"
)
_FILE = re.compile(
    r"(?<![a-z])(?:dossiers?|demandes?|plan|imprimes?|formulaires?|commission|equipe|visite|evaluation|instruct\w+"
    r"|referente?|service|beneficiaires?|droits?|allocation|tarif|prise en charge) (?:de l'|d'|de |a l')?$"
)
_ANYONE = re.compile(
    r"(?:(?:les|des|aux|de) (?:personnes|usagers|agents|eleves|enfants|habitants|publics|femmes) (?:[a-z]+ )?"
    r"|(?:acces|accessibles?|accessibilite|circuler|entrer) "
    r"|(?:toute|chaque|tout) (?:personne|usagere?|enfant|agente?|eleve|baign\w+|candidate?|visit\w+|salariee?|parent"
    r"|conduct\w+|proprietaire|contrevenante?) (?:[a-z]+ ){0,2})$"
)


def _general(low: str, start: int, label: Label) -> bool:
    """Is it said of nobody (« aucune opinion politique ») or of anybody (« les personnes en fauteuil roulant »)?"""
    left = low[max(0, start - 45) : start]
    linked = low[start : start + 3] if low.startswith(("de ", "en ", "d'"), start) else ""
    if label == "SANTE" and (_TEAM.search(left + linked) or (_FILE.search(left) and low.startswith("apa", start))):
        return True
    if label == "SENSIBLE" and low.startswith(("des gens du voyage", "gens du voyage"), start) and _AIRE.search(left):
        return True
    if label == "SENSIBLE" and _NOT_TOLD.match(low, start):
        return True  # a building, an act that may be « déféré devant le tribunal administratif »
    if low.startswith(("(ps)", "ps)"), start) and _SCHOOL.search(low, max(0, start - 150), start + 200):
        return True  # « (PS) », a class of nursery school
    if _HEADER.match(low, low.rfind("\n", 0, start) + 1):
        return True  # « Agent | Service | Jour de grève » heads a table
    if label == "SENSIBLE" and _SPOKEN.search(left) and low.startswith(_TONGUES, start):
        return True
    if _BUILT.match(low, start) or (low.startswith("allergie", start) and _NONE.match(low, start) is not None):
        return True
    if low.startswith("conges de ", start) and left.endswith(_DURING):
        return True
    if low.startswith("bless", start) and left.endswith(("pas de ", "aucun ", "sans ", "ni ", "0 ")):
        return True
    if low.startswith("retard", start) and _LATE.match(low, start):
        return True
    return (
        (label == "SENSIBLE" and _NO_ONE.search(left) is not None)
        or _ANYONE.search(left) is not None
        or _ANY.search(left) is not None
    )


_WORKS = re.compile(r"(?:marche|repond|voit|bouge|tien[st]|fonctionne|respire)[a-z]* ")
_SERVICE = re.compile(
    r"(?<![a-z])(?:bus|cars?|trains?|metro|tram\w*|lignes?|ecoles?|classes?|cantines?|creches?|services?|collecte"
    r"|ramassage"
    r"|transports?|poste|sncf|ratp) (?:\w+ )?$"
)
_THING = re.compile(
    r"(?<![a-z])(?:lampadaires?|eclairage|lumieres?|chauffage|chaudiere|radiateurs?|ascenseur|portail|portier"
    r"|badges?|site"
    r"|liens?|compte|connexion|internet|box|wifi|ordinateur|imprimante|telephone|tele|boitier|alarme|horloge|feux?"
    r"|volet"
    r"|numero|portable|mobile|smartphone|tel|mail|messagerie|code|mot de passe|ligne"
    r"|pompe|robinet|chasse|machine|voiture|moteur|frigo|four|camera|borne|barriere|sonnette|interphone|minuterie"
    r"|ventilation"
    r"|vmc|appli(?:cation)?|logiciel|serrure|cle|digicode|fontaine|panneau|vehicule|camion)(?![a-z])[^.!?\n]{0,90}$"
)


_NOISE = re.compile(
    r"(?<![a-z])(?:bruits?|tapages?|musiques?|cloches?|aboi\w+|chiens?|fetes?|boulevard|sono|basses|nuisances"
    r"|travaux|klaxons?|motos?|scooters?|climatis\w+|pompe a chaleur|coqs?|petards|terrasse|bar)(?![a-z])"
)


def _of_a_thing(low: str, start: int, end: int) -> bool:
    """« Le lampadaire ne marche plus » tells nobody's health, « le bus était en grève » nobody's union."""
    if low.find("greve", start, end) >= 0 and _SERVICE.search(low, max(0, start - 24), start):
        return True
    if low.find("dormir", start, end) >= 0 and _NOISE.search(low, max(0, start - 200), end + 160):
        return True  # whoever a noise keeps awake is not ill
    return _WORKS.search(low, start, end) is not None and _THING.search(low, max(0, start - 110), start) is not None


def _is_own(low: str, start: int, left: str) -> bool:
    """Does « mon », « son », « c'est un », « absente pour » stand right before? (« son traitement » is a salary.)"""
    told = low.startswith(("conge de longue", "conge de grave", "conge longue"), start)
    return _OWN.search(left) is not None and (told or not low.startswith(_OF_EVERYBODY, start))


_OF_EVERYBODY = (
    "traitement",
    "empreinte",
    "conge",
    "sante",
    "religion",
    "syndicat",
    "medic",
    "arret",
    "accident",
    "vote",
)

_SENTENCE = re.compile(r"(?<!\bm)(?<!\bmr)(?<!\bdr)(?<!\bme)(?<!\bmme)[.!?] |\n\s*\n|\n(?=[-•*])")
_SHOWS = re.compile(
    r"(?:(?<![a-z])(?:il|elle|qui)|,) (?:presente|a|souffre|fait|subit|connait|montre|developpe|avait|presentait) "
    r"(?:\w+ )?$"
)
# « son cancer », « c'est un gitan », « absente vendredi pour l'Aïd », « motif de l'absence : hernie discale »
_OWN = re.compile(
    r"(?<![a-z])(?:mon|ma|mes|ton|ta|tes|son|sa|ses|leurs?|notre|nos|votre|vos|c'est (?:une?|des)(?: \w+)?) $"
    r"|(?:^|[\n;|:,] ?|- )(?:absente?s?|excusee?s?|indisponible|declaree?s?|motif)(?: (?:de |d'"
    r"|de l')?\w+){0,4}? ?[:(]? ?$"
)
# « son traitement », but neither « 90 % de son traitement » (a salary) nor « ma psychologue » (somebody else).
_POSSESSED_STATE = re.compile(
    r"(?<![a-z])(?<!% de )(?<!moitie de )(?<!tout )(?:mon|ma|mes|son|sa|ses|notre) "
    r"(?!psychologue|diagnosti|kine|orthophoniste|fauteuil(?!s? (?:roulant|electrique))|traitement (?:est vers|brut"
    r"|net|indiciaire|mensuel|sera vers))[a-z]"
)
_POSSESSED = re.compile(r"(?<![a-z])(?:mon|ma|mes|son|sa|ses) ")


def _of_somebody(low: str, start: int, end: int, label: Label, people: Sequence[Span], starts: list[int]) -> bool:
    """Is a person spoken of in the sentence around `start:end`?"""
    left_bound = max(0, start - 150)
    sentence_start = left_bound
    for mark in _SENTENCE.finditer(low, left_bound, start):
        sentence_start = mark.end()
    stop = _SENTENCE.search(low, end, min(len(low), end + 90))
    sentence_end = stop.start() if stop else min(len(low), end + 90)
    left = low[sentence_start:start]
    if INSTITUTION.search(left) and not re.search(
        r"(?:je|j'ai|suis|est|mon|ma|son|sa|a la|en) (?:[a-z]+ )?$", left[-12:]
    ):
        near = low[max(sentence_start, start - 60) : end]
        first = bisect_left(starts, start - 60)
        named = first < len(people) and people[first].start < start
        after = bisect_left(starts, end)
        named = named or (after < len(people) and low[end : people[after].start] in (" de ", " d'", " pour ", " : "))
        named = named or low.startswith((" de mon ", " de ma ", " de mes ", " de notre ", " de nos "), end)
        if not named and not SELF.search(near) and not _SHOWS.search(near):
            return False
    sentence = low[sentence_start:sentence_end]
    if NOT_PERSONAL.search(sentence) and not re.search(r"(?<![a-z'])(?:je|j'|mon|ma)(?![a-z])", left):
        return False
    if (
        _POSSESSED.search(low, start, end)
        or _is_own(low, start, left)
        or SELF.search(sentence)
        or SOMEBODY.search(sentence)
    ):
        return True
    first = bisect_left(starts, sentence_start)
    if first < len(people) and people[first].start < sentence_end:
        return True
    # Telegraphic files: « Demandeur : SYLLA Mamadou. Reconnu travailleur handicapé, ALD depuis 2021. »
    nearest = people[first - 1].end if first else -1
    return start - 340 <= nearest and "\n\n" not in low[nearest:start] if nearest >= 0 else False
