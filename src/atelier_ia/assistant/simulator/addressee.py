"""Who wrote a mail, so that the reply is addressed to them: read in the header, the signature, or what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from atelier_ia.assistant.simulator.neutral import ordinary
from atelier_ia.assistant.words import STOP_WORDS, fold
from atelier_ia.french_dictionary import is_french
from atelier_ia.place_names import begins_with_a_vowel

_CIVILITIES = {
    "m": "Monsieur", "mr": "Monsieur", "monsieur": "Monsieur",
    "mme": "Madame", "madame": "Madame", "mlle": "Madame", "melle": "Madame", "mademoiselle": "Madame",
    "herr": "Monsieur", "frau": "Madame", "mrs": "Madame", "ms": "Madame",
    "famille": "Famille", "la famille": "Famille", "fam": "Famille",
}  # fmt: skip
_CIVILITY = (
    r"(?:(?:M\.|[Mm]r\.?|[Mm]me\.?|[Mm]lle\.?|Melle|Monsieur|Madame|Mademoiselle"
    r"|Herr|Frau|Mrs|Ms|(?:[Ll]a )?[Ff]amille|[Ff]am\.)[ \u00a0](?:(?:[Vv]euve|[Vv]ve\.?) )?)"
)
_PARTICLE = r"(?:(?:de|du|des|la|le|van|von|ben|el|da|dos)\b|d['’][A-ZÀ-Ý][\wÀ-ÿ-]*)"
_CAPITAL = r"(?:(?:[A-ZÀ-Ý]\.-?){1,2}(?=[ \u00a0])|[A-ZÀ-Ý][\wÀ-ÿ]*(?:[-'’][\wÀ-ÿ]+)*\.?)"
_COURTESY = r"(?!(?:Merci|Cordialement|Salutations|Bises|Respectueusement|Bonne|Bien|R[ée]f|Dossier)\b)"
_ONE = rf"{_COURTESY}(?:\[NOM_\d+\](?: \[NOM_\d+\])?|{_CAPITAL}(?:[ \u00a0](?:{_CAPITAL}|{_PARTICLE})){{0,4}})"
_WHO = rf"(?P<civility>{_CIVILITY})?(?P<name>{_ONE}(?: (?:et|&) {_ONE})?)"
_LIVES = (
    r"(?:\d|(?:rue|avenue|av|place|chemin|impasse|all[ée]e|boulevard|bd|route|quai|r[ée]sidence|lotissement|hameau"
    r"|lieu-dit|cité|square|quartier|clos)\b)"
)
_AFTER = (
    rf"(?:\s[-–—] [^\n]{{3,60}}|,? \(?{_LIVES}.*"
    r"| pour (?:le|la|les"
    r"|l['’]) ?[\w ’'-]{3,40}|,? \([Nn]ée? [^)\n]*\)|, [A-ZÀ-Ý][\wÀ-ÿ]+(?:[ -][A-ZÀ-Ý][\wÀ-ÿ]+)?)?"
)
_ROLE = (
    r"(?:(?:[Ll]e|[Ll]a|[Ll]es|[Uu]ne?|[Pp]our|[Vv]otre|[Aa]u nom d[eu]s?|[Dd]e la part d[eu]s?) ?[^,:\n]{2,60}[,:] *"
    r"|[Dd]e la part d(?:e |['’])|[Pp]\.?/?[Oo]\.? (?=[A-ZÀ-Ý])"
    r"|(?:[Ee]ntreprise|[Aa]ssociation|[Ss]ociété|SARL|SCI|[Cc]ollectif|[Cc]omité|[Cc]lub)\b[^,:\n]{2,60}[,:] *)"
)
_SIGNED = re.compile(
    rf"{_ROLE}?{_WHO}(?:\s*[,;(–—/].*|\s-\s.*| pour (?:le|la|les|l['’]) ?[\w ’'-]{{3,60}}| n[ée]e? .*| {_LIVES}.*"
    r"| et (?:les|le|la|ses|mes|son|sa|tou[ts]e?s?) .*)?"
)
_COUPLE = re.compile(
    rf"(?P<civility>(?:M\.?|Mr\.?|Monsieur) et (?:Mme|Madame)) (?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,3}})\W*$", re.M
)
# « merci\nmanon », « cdlt, kevin lemoine »: after leave is taken, and only there, a name may have no capital.
_LOWERED = re.compile(
    r"\b(?:merci(?: d['’]avance| beaucoup| bcp)?|cordialement|cdlt|cdt|bonne (?:journée|soirée)"
    r"|à bientôt)\s*[,.!\n]+\s*"
    r"(?P<civility>(?!))?(?P<name>[a-zà-ÿ]{3,15}(?:-[a-zà-ÿ]{3,15})?(?: [a-zà-ÿ]{3,15}(?:-[a-zà-ÿ]{3,15})?)?)\W*\Z",
    re.IGNORECASE,
)
_FROM = re.compile(rf"^\s*(?:De|From|Expéditeur)\s*:\s*\"?{_WHO}\"?\s*(?:<|\[|$)", re.M)
_LEAVE = (
    r"(?:[Cc]ordialement|[Cc]dl?m?t|[Mm]erci(?: (?:d['’]avance|par avance|beaucoup|bcp|infiniment|encore|bien|à vous))?"
    r"|(?:[Mm]erci|[Aa]vec)\b(?: (?!à |aux? |pour )[a-zà-ÿ'’-]+){1,5}(?=[,.!])"
    r"|[Ss]alutations(?: distinguées| respectueuses)?|[Rr]espectueusement|[Bb]ien à vous|[Bb]onne journée|[Bb]ises"
    r"|[Aa]mitiés|[Ss]incèrement|[Ss]igné)"
)
_TAIL = re.compile(
    rf"(?:{_LEAVE}\s*[,.!:–—-]*(?:\s+(?:[Ll]e|[Ll]a) [a-zé]+e?,)?|,(?= {_CIVILITY})"
    rf"|(?<!\b[A-Z])[.!?…])\s+{_WHO}{_AFTER}\W*$"
)
# « merci de me dire Fabrice Ngoma »: a first name and a name end the message, without a mark before them.
_RUN_ON = re.compile(rf"\b[Mm]erci(?: (?!à |aux? |pour )[a-zà-ÿ'’-]+){{0,5}} (?!\[)(?=\S+ \S){_WHO}\W*$")
_SAYS = re.compile(
    r"(?:(?:\A|\n)\W*(?:(?:[Bb]onjour|[Bb]onsoir)\W+)?(?:[Ii]ci|[Cc]['’]est)(?= [A-ZÀ-Ý][\w-]+ [A-ZÀ-Ý])"
    r"|\b[Jj]e m['’ ]?app?el+e|[Jj]e me nomme|[Jj]e soussignée?,?|[Jj]e suis(?= (?:M|Mme|Mlle|Monsieur|Madame)\b))"
    rf" {_WHO}"
)
_LOW_NAME = re.compile(
    r"(?P<civility>(?:mr?\.?|mme|mlle|monsieur|madame)[ ](?=[a-zà-ÿ]))?"
    r"(?P<name>[a-zà-ÿ]{3,15}(?:-[a-zà-ÿ]{3,15})?(?: [a-zà-ÿ]{3,15}(?:-[a-zà-ÿ]{3,15})?){0,2}|[a-zà-ÿ]{3,15} [a-z])\W*"
)
_NOT_NAMES = re.compile(
    r"\b(?:cordialement|cdlt|cdt|cdlmt|sportivement|salut|ciao|svp|bisous?|merci|salutations|respectueusement|bien"
    r"|bonne|bonjour|bonsoir|sincerement|madame|monsieur"
    r"|messieurs|mairie|maire|service|ref|reference|dossier|objet|urgent|rue|avenue|chemin|place|impasse|allee"
    r"|boulevard|route|quai|residence"
    r"|lotissement|hameau|batiment|association|collectif|comite|club|amicale|societe|sarl|sci|tel|mail|ps|nb|envoye|oui"
    r"|non|voila|svp|tribunal|cabinet|etude|ecole|college|lycee|syndic|agence|gerante?|presidente?|directeur"
    r"|directrice|secretaire|tresoriere?|responsable|riveraine?|habitante?|les|un|une|vos"
    r"|votre|nous|vous|je|agglo|agglomeration|communaute|commune|famille|reponse|attente|dans|avec|quand|comment"
    r"|pourquoi|ne|il|elle|on"
    r"|ca|c'est|qui|me|papa|maman|pardon|obrigad[oa]|thanks|regards|danke|gracias|lundi|mardi|mercredi|jeudi"
    r"|vendredi|samedi|dimanche)\b"
)
# « Mme Colette Janvier » is a name, « Fin Janvier » is not.
_MONTHS = re.compile(r"\b(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b")
# « Gérard Tissot 77 ans »
_AGE = re.compile(r",? \(?\d{1,3} ans\)?\W*$")
_SHOUTED = re.compile(
    r"(?P<civility>(?:M\.?|MR\.?|MME\.?|MLLE\.?|MONSIEUR|MADAME|MADEMOISELLE) )"
    r"(?P<name>[A-ZÀ-Ý'’-]{2,}(?: (?!PARENT|MAMAN|PAPA|HABIT|RIVER|PRESID|GERANT|LOCATAIRE|PROPRI|LE\b|LA\b)"
    r"[A-ZÀ-Ý'’-]{2,}){0,2})(?![a-z])(?!.*[.!?]$)"
)
_ADDRESSES = re.compile(r"^\W*(?:\d|\[(?!NOM)|t[ée]l\b|\S+@)|^[\w ]{0,12}(?:\d[ .]?){6,}|(?<![\w°])\d{5}(?!\w)", re.I)
_ANONYMOUS = re.compile(r"\banonym")
# « rester anonyme vis-à-vis de lui »: kept from the neighbour, not from the town hall.
_TOWARDS = re.compile(
    r"\banonym\w*,? (?:vis[- ]a[- ]vis|envers|a l'egard|aupres|aux yeux|face|par rapport|pour)"
    r" (?:de |d'|du |des |a |au |aux )?(?!.{0,12}\b(?:mairie|maire|commune|services?|vous|police)\b)"
)
_POSTSCRIPT = re.compile(r"^\W*(?:p\.? ?s\.?|post[- ]scriptum|n\.? ?b\.?)\s*[:.,–-]", re.IGNORECASE | re.MULTILINE)
# « Mr Lecoz bat B », « Mme Diop appt 12 »: where somebody lives is no part of the name.
_LODGING = re.compile(
    r",? (?:b[aâ]t(?:iment)?|appt?|apt|appartement|bloc|esc(?:alier)?|logement|[ée]tage|lot)\.?"
    r" (?:[A-Z]\b|n?°? ?\d)[^.!?\n]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
# « … pour passer le code. yanis belkacem »: what follows the last full stop, or leave taken, without a capital.
_LOW_END = re.compile(
    r"(?:[.!?…]\s+|\b(?:merci|cordialement|cdlt|cdt)(?: d['’]avance| beaucoup| bcp)?[ ,.!]+)"
    r"(?P<civility>(?:mr?\.?|mme|mlle|monsieur|madame)[ ])?"
    r"(?P<name>[a-zà-ÿ]{3,15}(?:-[a-zà-ÿ]{3,15})?(?: [a-zà-ÿ]{3,15}(?:-[a-zà-ÿ]{3,15})?){0,2})\W*\Z"
)
_LOW = r"[a-zà-ÿ]{3,15}(?:-[a-zà-ÿ]{3,15})?"
# A line that begins with a name typed without capitals, with a civility or of two words: « mme delattre, 12 rue… ».
_LOW_LINE = re.compile(
    r"^(?P<lead>(?i:(?:merci(?: d['’]avance| beaucoup| bcp)?|cordialement|cdlt|cdt|bonne (?:journée|soirée)|signée?)"
    r"[ ,.:]+)?)(?P<civility>(?:mr?\.?|mme|mlle|monsieur|madame|(?:la )?famille) )?"
    rf"(?P<name>(?(civility)(?:{_LOW}|[A-ZÀ-Ý][\wà-ÿ-]+)(?: {_LOW})?|{_LOW} {_LOW}))"
    r"(?=\W*$|\s*[,(–—/-]|\s+(?:\d|rue\b|avenue\b|place\b|chemin\b|impasse\b|allée\b|route\b|quai\b))",
)
_LOW_TAIL = re.compile(
    r"(?P<lead>[.!?…]\s+)(?P<civility>(?:mr?\.?|mme|mlle|monsieur|madame) )"
    rf"(?P<name>(?:{_LOW}|[A-ZÀ-Ý][\wà-ÿ-]+)(?: {_LOW})?)(?=\W*$)"
)
_REACHED = re.compile(
    r"[ ,;:/–—-]*\b(?:t[ée]l(?:[ée]phone)?\.?|portable|mob(?:ile)?\.?)? ?:? ?(?<!\d)0\d(?:[ .]?\d\d){4}\W*$",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"(?:SASU|SARL|EURL|SAS|SCI|SA|EI|EARL|GAEC|Association|Assoc\.?|Asso) [^–—|/]{3,40}? [–—|/-] (?=[A-ZÀ-Ý])"
)
_I_AM = (
    r"\b[Jj]e (?:suis|serais|reste|me sens|me retrouve)"
    r" (?:(?:très|toute?|si|vraiment|un peu|aussi|actuellement|une?) )*"
)
_SHE = re.compile(
    rf"{_I_AM}(?:née|seule|veuve|inquiète|retraitée|étudiante|enceinte|allée|venue|tombée|arrivée|divorcée|séparée"
    rf"|agréée"
    r"|désolée|habitante|installée|handicapée|maman|infirmière|employée|salariée|assistante|enchantée|ravie|étonnée"
    r"|surprise|anglaise)\b"
)
_HE = re.compile(
    rf"{_I_AM}(?:né|seul|veuf|inquiet|retraité|étudiant|allé|venu|tombé|arrivé|divorcé|séparé|désolé|habitant|installé"
    r"|handicapé|papa|infirmier|employé|salarié|assistant|enchanté|ravi|étonné|surpris|anglais)\b(?!e)"
)
_SHE_SIGNS = re.compile(
    r"\b(?:[Nn]ée|[Pp]résidente|[Tt]résorière|[Gg]érante|[Dd]irectrice|[Ee]nseignante|[Rr]iveraine|[Hh]abitante"
    r"|[Aa]dministrée|[Ll]a maman"
    r"|[Uu]ne maman|[Mm]aman de|Mrs|Ms)\b(?![- ]\w*mère)"
)
_HE_SIGNS = re.compile(r"\b(?:[Ll]e papa|[Uu]n papa|[Pp]apa de)\b")
SIGNED_IN = 4  # last lines in which somebody signs
INITIALS = 4  # characters up to which capitals are initials
MOST_NAMES = 5  # words of a name, its civility included
_LINES = 7  # of the end of a mail, among which a signature is looked for


@dataclass(frozen=True)
class Addressee:
    """`name` as it was signed; `civility` « Madame », « Monsieur », « Famille », « Couple », or '' when nothing "
    "says which."""

    name: str
    civility: str = ""

    @property
    def line(self) -> str:
        """« À l'attention de Mme Castagnou »."""
        short = {"Madame": "Mme ", "Monsieur": "M. ", "Famille": "la famille "}.get(self.civility, "")
        name = re.sub(r"\bMr\.?(?= )", "M.", self.name)
        if name.startswith("Dr "):
            return f"À l'attention du {name}"
        return f"À l'attention {'d’' if begins_with_a_vowel(short or name) else 'de '}{short}{name}"

    def greeted(self, formula: str) -> str:
        """A formula to « Madame, Monsieur », in the one that the person uses."""
        return (
            formula
            if self.civility in ("", "Famille", "Couple")
            else formula.replace("Madame, Monsieur", self.civility)
        )


def addressee(source: str, town: str = "") -> Addressee | None:
    """Who signed the mail; None when nobody did, when it is unclear, or when the person wants not to be named.

    A line that names the `town` is not a person.
    """
    source = re.sub(r"(?<=\w) \([A-ZÀ-Ý][\w-]+\)(?= [A-ZÀ-Ý])", "", source)  # « Jean-Eudes (Jonas) Pelletan »
    source = "\n".join(line for line in source.splitlines() if not line.lstrip().startswith(">"))
    if _ANONYMOUS.search(_TOWARDS.sub(" ", fold(source))):
        return None
    source = _written_out(_LODGING.sub("", source))
    person = _of_the_mail(source, town)
    if person is None or person.civility or " et " in person.name:
        return person
    return replace(person, civility=_said_of_oneself(source, person.name))


def _said_of_oneself(source: str, name: str) -> str:
    """« Madame » or « Monsieur » when the writer's own words say which (« née », « je suis retraité »), else ''."""
    last = source.strip().splitlines()[-SIGNED_IN:]
    place = next((place for place, line in enumerate(last) if name.split()[-1].lower() in line.lower()), len(last))
    end = "\n".join(last[place : place + 2])  # the line that signs, and a title under it
    she = bool(_SHE.search(source) or _SHE_SIGNS.search(end))
    he = bool(_HE.search(source) or _HE_SIGNS.search(end))
    return "" if she == he else "Madame" if she else "Monsieur"


def _of_the_mail(source: str, town: str) -> Addressee | None:
    if postscript := _POSTSCRIPT.search(source):
        above = _signed(source[: postscript.start()], town)
        return above or _signed(source, town)
    return _signed(source, town)


def _written_out(source: str) -> str:
    """`source` whose last lines hold no telephone, no brackets around a name, and names with their capitals."""
    lines = source.rstrip().splitlines()
    for place in range(max(1, len(lines) - _LINES), len(lines)):
        line = _AGE.sub("", _REACHED.sub("", lines[place]).strip())
        if (bracketed := re.fullmatch(r"\(([^()]{3,50})\)", line)) and len(bracketed[1].split()) <= MOST_NAMES:
            line = bracketed[1]
        if firm := _FIRM.match(line):
            line = line[firm.end() :]
        lines[place] = line
    if lines:
        lines[-1:] = _LOW_TAIL.sub(_capitals, lines[-1]).splitlines() if len(lines) > 1 else [lines[-1]]
    return "\n".join(_LOW_LINE.sub(_capitals, line) if place else line for place, line in enumerate(lines))


def _capitals(match: re.Match[str]) -> str:
    """« mme delattre sandra » → « Mme Delattre Sandra », where no word of the name is an ordinary one."""
    words = re.split(r"[ -]", match["name"])
    if any(fold(word) in STOP_WORDS or _NO_NAME.search(fold(word)) for word in words):
        return match[0]
    if match["civility"]:
        if _NOT_NAMES.search(fold(match["name"])) or _MONTHS.search(fold(match["name"])):
            return match[0]
    elif any(ordinary(word) or is_french(word) for word in words):
        return match[0]
    return f"{match['lead']}{(match['civility'] or '').capitalize()}{match['name'].title()}"


def _signed(source: str, town: str) -> Addressee | None:
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    for found in (
        _FROM.search(source),
        _COUPLE.search(source.strip()),
        *_signatures(lines),
        *_tails(source.strip()),
        _RUN_ON.search(source.strip()),
        _shouted(lines),
        _SAYS.search(source),
        _LOWERED.search(source.strip()),
        _last_line(lines),
        _low_end(source.strip()),
    ):
        if found and (person := _person(found)) and not (town and fold(town) in fold(person.name)):
            return person
    return None


def _tails(source: str) -> list[re.Match[str]]:
    """What ends the mail after a full stop or a leave, the nearest to the end first."""
    found: list[re.Match[str]] = []
    start = 0
    while match := _TAIL.search(source, start):
        found.insert(0, match)
        start = match.start() + 1
    return found


def _last_line(lines: list[str]) -> re.Match[str] | None:
    """« monique tisserand », alone at the end of a mail typed without capitals: words that are no ordinary ones."""
    match = _LOW_NAME.fullmatch(lines[-1]) if len(lines) > 1 else None
    words = re.split(r"[ -]", match["name"]) if match else []
    return match if words and not all(map(ordinary, words)) and not STOP_WORDS.intersection(map(fold, words)) else None


def _low_end(source: str) -> re.Match[str] | None:
    """« … repondez svp. dylan »: the same at the end of a last line, where no word may be an ordinary one."""
    match = _LOW_END.search(source[-80:])
    words = re.split(r"[ -]", match["name"]) if match else []
    common = any(
        ordinary(word) or is_french(word) or fold(word) in STOP_WORDS or _NO_NAME.search(fold(word)) for word in words
    )
    return match if words and not common else None


_NO_NAME = re.compile(r"^[^aeiouy]+$|ees?$|ment$|er$")  # « mrc », « degoutee », « rapidment »


def _shouted(lines: list[str]) -> re.Match[str] | None:
    """« MONSIEUR BERTIN PARENT D'ELEVE », under a mail all in capitals."""
    return next((match for line in reversed(lines[-_LINES:]) if (match := _SHOUTED.match(line))), None)


def _signatures(lines: list[str]) -> list[re.Match[str] | None]:
    """The lines of the end that may be a signature, the last first; a sentence ends the search."""
    found: list[re.Match[str] | None] = []
    for line in reversed(lines[1:][-_LINES:]):
        if _ADDRESSES.search(line):
            continue
        match = _SIGNED.fullmatch(line)
        if not match and len(line.split()) > 6:
            break
        if match and found and found[-1] and _under_a_name(match["name"], found[-1]["name"]):
            found.insert(-1, match)
        else:
            found.append(match)
    return found


def _under_a_name(above: str, below: str) -> bool:
    """Is a last line a town (« Saint-Malo ») or a shop (« Fleurs de Delphine ») under a first name and a name?"""
    words = above.split()
    named = len(words) > 1 and not is_french(words[0].lower()) and not _NOT_NAMES.search(fold(above))
    return named and (len(below.split()) == 1 or is_french(below.split()[0].lower()))


def _person(found: re.Match[str]) -> Addressee | None:
    name = found["name"].strip(" .") if not re.search(r"\b[A-Z]\.$", found["name"]) else found["name"].strip()
    civil = found["civility"] or ""
    if widow := re.match(r"(?:[Vv]euve|VEUVE|[Vv]ve\.?) (?=\w)", name):
        name, civil = name[widow.end() :], civil or "Madame "
    name = re.sub(r"\s*&\s*", " et ", name)
    if name.islower() or (name.isupper() and name[0] != "[" and (found.re is _SHOUTED or len(name) > INITIALS)):
        name = name.title()
    if " et " in civil:
        return Addressee(f"M. et Mme {name}", "Couple")
    name = re.sub(r" (?:de|du|des|la|le)$", "", name)
    civility = _CIVILITIES.get(fold(civil).removesuffix("veuve ").removesuffix("vve ").strip(" ."), "")
    words = name.split()
    if words[0].lower() in ("le", "la", "les") or (" et " in name and civility):
        return None
    if (
        _NOT_NAMES.search(fold(name))
        or (_MONTHS.search(fold(name)) and not civility)
        or (len(words) == 1 and name.isalpha() and name.isupper() and not civility)
        or len(name) < 3
    ):
        return None
    return Addressee(name, civility)
