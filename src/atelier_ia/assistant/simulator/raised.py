"""Which subjects a mail really raises beside its main one: a purpose, a follow-up question or a circumstance is none.

« Un acte de naissance pour mon mariage » asks for one paper; « c'est payant ? » asks more about the same matter;
« j'ai une petite fille allergique » says why it matters. Answering each with a sheet of its own hides what was asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from atelier_ia.assistant.knowledge import Procedure, complete_expressions, find_procedures, own_words
from atelier_ia.assistant.simulator.circumstances import searched
from atelier_ia.assistant.simulator.subjects import (
    ASKS,
    PASSES_ON,
    STRONG_SCORE,
    SURE_SCORE,
    Subject,
    asked_for,
)
from atelier_ia.assistant.words import fold, stem, stems, wording

OPENING = 25  # characters by which a clause is the one that opens a mail
NEAR = 0.08  # apart by less, two sheets fit the same words
BESIDE = 0.12  # apart by more, the second sheet that one sentence brings in is no second matter
WEAK = 0.67  # under which two words of a sentence, with nothing beside them, are chance
SHORT_MAIL = 8  # words that say something, up to which a mail has room for one matter alone
SAYING = 3  # words of a saying, small ones included, that is no chance
NAMED = 2  # words of an expression that tell a matter by themselves
# Words that ask more about whatever is spoken of: its price, its time, its papers, who, where and how.
FURTHER = frozenset(
    stems(
        "frais payant gratuit prix tarif coût coûter coûte combien cher montant payer paie règlement délai temps "
        "avance attente"
        " accélérer longtemps avancer papiers pièces documents justificatifs formulaire dossier démarche démarches"
        " procédure autorisation autorisé obligatoire possible nécessaire droit place venir viens présent présence"
        " présenter apporter fournir joindre envoyer chercher reprendre garder faire "
        "retirer récupérer obtenir trouver trouve adresser appeler "
        "contacter"
        " contact numéro téléphone mail courriel internet ligne imprimer remplir signer prévenir déclarer déclaration"
        " assurance responsable occuper occupe charge horaires heure heures ouvert ouverte date jour quand valable"
        " toujours encore respecter devons dois devez doit marche prend prendre met dure durée personne lui-même fais"
        " faites faudrait suivre "
        "existe existent suivi état avancement réponse recours solution solutions aide aides"
        " gère gérer problème compétent concerné"
        " service mairie guichet sur-place rembourser courrier choisir savoir renseigner informations information"
    )
)
_ASKED = re.compile(rf"{ASKS.pattern}|\b(?:desir\w+|cherch\w+|envisag\w+|compt(?:e|ons)|projet\w*)\b")
# An item of a list, a next point, what one was told to ask: said to be answered, even without a verb that asks.
_LISTED = re.compile(
    rf"\s*[-•*–]\s|\s*\d\s?[).°/]|\W*(?:tout )?d'abord\b|{PASSES_ON.pattern}|.*\bon (?:m'a|nous a) dit\b"
)
_FURTHER_POINT = re.compile(
    r"\b(?:profite|par ailleurs|egalement|aussi|en outre|de plus|d'autre part|autre (?:chose|point|question)"
    r"|je demande|nous demandons|possible|peut-on|pouvez|pourriez"
    r"|souhait\w+|voudr\w+|aimer\w+|signal\w+)\b"
)
_PURPOSE = re.compile(
    r"\b(?:pour|afin d|en vue d|à l['’]occasion d)\w*['’]?\s(?:(?!(?:et|ou|puis|ainsi)\b"
    r"|\+)[^\s,.;?!+]+\s*){1,12}[.?!;]?",
    re.IGNORECASE,
)
_WISH = re.compile(
    r"\b(?:souhait\w+|voudr\w+|desir\w+|demand(?:e|ons)|aimeri?\w+|voulons|veux|besoin d\w*|peut-on (?:avoir"
    r"|obtenir))\b(?! (?:savoir|connaitre|si|ce)\b)(.{3,60})"
)
_THERE = re.compile(r"\w-(?:t-)?(?:on|je|ils?|elles?|nous|vous) (?:y|en) \w")
_DEFINITE = re.compile(r"\b(?:l[ea]s?|cette|cet|ces?|sa|son|ses) ([a-zà-ÿ]{3,})")
# « Dois-je venir avec mon livret de famille ? » asks for no livret.
_PAPER = re.compile(
    r"\b(?:venir|apporter|amener|fournir|joindre|presenter|donner|envoyer"
    r"|besoin d[e'u]) ?(?:avec )?(?:m[oae]n?s?|notre|nos|l[ae]s?|une?) "
    r"(?:livret|carte|acte|justificatif|papiers?|piece|extrait|attestation|avis|certificat)\b[^?]{0,40}\?"
)
# « Je viens d'emménager. … »: told to be known, not asked, when something else is asked.
_CIRCUMSTANCE = re.compile(
    r"\b(?:je viens|nous venons|on vient) (?:juste |tout juste )?d(?:'|e )(?:emmenager|arriver|s'installer"
    r"|m'installer|nous installer)"
    r"|\b(?:j'ai|nous avons|on a) (?:emmenage|demenage)|\b(?:j'|nous |on )emmenage\w*"
    r"|\bnouve(?:l|aux?|lle) (?:arrivante?s?|habitante?s?)\b|\b(?:suis|est|sommes|sont) de nationalite\b"
)
# « Je vais tous les dimanches sur la tombe de mon mari, et l'on a volé… » says where it happened.
_SCENE = re.compile(
    r"^\W*(?:je (?:vais|viens|passe|me promene|travaille|vis|suis)|j'(?:habite|etais|en ai besoin pour)"
    r"|nous (?:habitons|allons|passons|sommes))\b"
)


def raised(subjects: Sequence[Subject], told: Sequence[str], procedures: Sequence[Procedure]) -> list[Subject]:
    """`subjects` of the sentences `told`, in their order, without those that only the way of telling brought in."""
    if len(subjects) < 2:
        return list(subjects)
    subjects = [one for one in subjects if not any(_within(one, other, procedures) for other in subjects)]
    named = [one for one in subjects if not follows_up(one.sentence) and not _PAPER.search(fold(one.sentence))]
    if not named:
        return list(subjects[:1])
    main = principal([one for one in named if not _purposed(one, subjects, procedures)] or named)
    asked = any(map(asks, told))
    return [
        one
        for one in subjects
        if one is main
        or (
            told
            and told[0].startswith(one.sentence[:OPENING])
            and not _purposed(one, subjects, procedures)
            and not (asked and _CIRCUMSTANCE.search(fold(told[0])) and not asks(told[0]))
        )
        or not _aside(one, told, subjects, procedures, asked=asked)
    ]


def supported(subjects: Sequence[Subject], told: Sequence[str], procedures: Sequence[Procedure]) -> list[Subject]:
    """`subjects` without those that two words alone brought in, when another is better told by the mail."""
    said = searched("\n".join(told))
    if len(subjects) < 2:
        return list(subjects)
    main = principal(subjects)
    known = frozenset(word for text in (main.sentence, *main.procedure.words) for word in stems(text))
    firm = [one for one in subjects if not _alone(one, said, procedures, frozenset() if one is main else known)]
    return firm or list(subjects)


def _alone(one: Subject, said: str, procedures: Sequence[Procedure], beside: frozenset[str] = frozenset()) -> bool:
    """Do two words of one expression tell a subject, with nothing else of its vocabulary, in its sentence or the mail?

    « ma mère peut venir à ma place » is no attestation d'accueil, « sur votre page Facebook » no notice of an event.
    What the words `beside` tell already, another matter, counts for nothing.
    """
    sheet, here = one.procedure, searched(one.sentence)
    named = complete_expressions(here, sheet, procedures)
    if sheet.senders or len(named) > 1 or max(map(len, named), default=0) > NAMED:
        return False
    if named and _wished(here, sheet, procedures):
        return False
    if any(len(expression) >= NAMED for expression in complete_expressions(said, sheet, procedures) - named):
        return False  # another sentence names it
    if named and _word_for_word(sheet, here, least=SAYING):
        return False  # « décaler mon rendez-vous »
    used = {word for expression in named for word in expression}
    if named and set(stems(here)) <= used:
        return False  # « Quels sont vos horaires ? » says nothing else
    own = own_words(here, sheet, procedures)
    titled = set(stems(sheet.title)).intersection(stems(said)) - FURTHER
    if not named:
        return len(titled | own) < NAMED
    if own or titled:
        return False
    vocabulary = {word for text in sheet.words for word in stems(text)}
    vocabulary = {word for word in vocabulary if not any(word.startswith(other[:3]) for other in used)} - FURTHER
    body = set(stems(sheet.answer)) - used - FURTHER
    within = set(stems(said)) - beside
    return (
        not vocabulary.intersection(stems(here))
        and len(vocabulary.intersection(within)) <= NAMED
        and len(body.intersection(within)) < NAMED
    )


def _wished(here: str, sheet: Procedure, procedures: Sequence[Procedure]) -> bool:
    """Is what a person says they wish (« je souhaite une copie du contrat ») what the sheet is about?"""
    wish = _WISH.search(fold(here))
    return bool(wish and complete_expressions(wish[1], sheet, procedures))


def by_chance(subject: Subject, told: Sequence[str], procedures: Sequence[Procedure]) -> bool:
    """Does a subject rest on two words at most, without another of its title, its vocabulary or its answer?

    A short mail has no room for more: « Le chauffage du gymnase ne marche plus » tells its matter in two words.
    """
    said = searched("\n".join(told))
    named = complete_expressions(searched(subject.sentence), subject.procedure, procedures)
    if len(set(stems(said))) <= SHORT_MAIL and max(map(len, named), default=0) >= NAMED:
        return False
    return subject.score < WEAK and (_everyday(subject, said, procedures) or _alone(subject, said, procedures))


def _everyday(one: Subject, said: str, procedures: Sequence[Procedure]) -> bool:
    """Does a subject rest on one word that other sheets have too, without any other of its own (« portail »)?"""
    sheet, here = one.procedure, searched(one.sentence)
    named = complete_expressions(said, sheet, procedures) | complete_expressions(here, sheet, procedures)
    used = {word for expression in named for word in expression}
    if sheet.senders or len(used) != 1 or own_words(said, sheet, procedures):
        return False
    vocabulary = {word for text in (sheet.title, *sheet.words) for word in stems(text)} - FURTHER
    beside = vocabulary.intersection(stems(here)) - used
    return not (beside or used.intersection(stems(sheet.title)) or _word_for_word(sheet, said))


def _word_for_word(sheet: Procedure, said: str, least: int = 2) -> bool:
    """Does a text hold, small words included, one of the sheet's expressions of one word that means something?"""
    told = {run for text in sheet.words if len(set(stems(text))) == 1 and len(run := wording(text)) >= least}
    runs = wording(said)
    return any(runs[at : at + len(run)] == run for run in told for at in range(len(runs)))


def _within(one: Subject, other: Subject, procedures: Sequence[Procedure]) -> bool:
    """Is a further question told, word for word, by the answer that another sentence calls for?"""
    asked = set(stems(one.sentence)) - FURTHER
    own = complete_expressions(searched(one.sentence), one.procedure, procedures)
    if re.match(r"\W*(?:et )?comment\b", fold(one.sentence)) and any(len(expression) >= NAMED for expression in own):
        return False  # « comment les inscrire à l'école ? » beside « y a-t-il une garderie ? »
    same = one.procedure.service == other.procedure.service and one.sentence != other.sentence
    held = stems(f"{other.procedure.answer} {other.procedure.fee} {other.procedure.delay}") if same else ()
    return "?" in one.sentence and len(asked) > 1 and asked.issubset(held)


def _purposed(one: Subject, subjects: Sequence[Subject], procedures: Sequence[Procedure]) -> bool:
    """Is a subject only what another one of the same sentence is for, or far less told by it?"""
    beside = max((other.score for other in subjects if other.sentence == one.sentence), default=0.0)
    if follows_up(one.sentence) or (beside - one.score > BESIDE and not _apart(one, procedures)):
        return True
    before = _PURPOSE.sub("", one.sentence)
    rivals = [
        other
        for other in subjects
        if other is not one and (other.sentence in one.sentence or one.sentence in other.sentence)
    ]
    if not rivals or before == one.sentence or _holds(before, one.procedure, procedures):
        return False
    return any(_holds(before, other.procedure, procedures) for other in rivals)


def _apart(one: Subject, procedures: Sequence[Procedure]) -> bool:
    """Does one clause of a sentence, between commas or coordinated, tell a subject by itself?"""
    clauses = re.split(r"[,;+]|\s(?:et|puis|ainsi que)\s", one.sentence)
    told = [complete_expressions(searched(clause), one.procedure, procedures) for clause in clauses]
    return len(clauses) > 1 and any(len(expression) >= NAMED for found in told for expression in found)


def _told_by(one: Subject, subjects: Sequence[Subject], procedures: Sequence[Procedure]) -> bool:
    """Does a subject raised by another sentence fit these words nearly as well?"""
    if _apart(one, procedures) or asked_for(one.sentence, procedures) == one.procedure.id:
        return False
    near = {
        sheet.id for sheet, score in find_procedures(searched(one.sentence), procedures, 4) if score > one.score - NEAR
    }
    rivals = [other for other in subjects if other is not one and other.procedure.id in near]
    return any(
        other.sentence != one.sentence and other.score > one.score and _holds(one.sentence, other.procedure, procedures)
        for other in rivals
    )


def asks(sentence: str) -> bool:
    """Does a sentence ask or complain, rather than tell how things stand?"""
    return bool(_ASKED.search(fold(sentence)))


def principal(subjects: Sequence[Subject]) -> Subject:
    """The subject that a mail is first about: what its words tell best."""
    return max(subjects, key=lambda one: one.score)


def whole_sentence(clause: str, told: Sequence[str]) -> str:
    """The sentence that a clause stands in."""
    return next((text for text in told if clause and clause in text), clause)


def _said_before(one: Subject, told: Sequence[str], named: frozenset[tuple[str, ...]]) -> bool:
    """Does a question only come back to a thing that another sentence spoke of (« ma carte… », « la carte »)?"""
    if "?" not in one.sentence:
        return False
    title = set(stems(one.procedure.title)).intersection(stems(one.sentence))
    words = {word for expression in named for word in expression}
    if _THERE.search(fold(one.sentence)) and one.score < STRONG_SCORE:
        return True  # « Peut-on y poser des questions ? »
    place = next((number for number, text in enumerate(told) if one.sentence in text), 0)
    before = {word for text in told[:place] for word in stems(text)}
    back = {stem(found) for found in _DEFINITE.findall(one.sentence)} & words & before
    return bool(back) and title <= back


def _aside(
    one: Subject, told: Sequence[str], subjects: Sequence[Subject], procedures: Sequence[Procedure], *, asked: bool
) -> bool:
    sentence = whole_sentence(one.sentence, told)
    beside = any(other is not one and other.sentence in sentence for other in subjects)
    if follows_up(one.sentence) or (beside and _SCENE.match(fold(one.sentence)) and not asks(one.sentence)):
        return True
    named = complete_expressions(searched(one.sentence), one.procedure, procedures)
    if _said_before(one, told, named) or _PAPER.search(fold(one.sentence)):
        return True
    if _purposed(one, subjects, procedures) or _told_by(one, subjects, procedures):
        return True
    if asked and _CIRCUMSTANCE.search(fold(sentence)) and not asks(sentence):
        return True
    if _LISTED.match(fold(sentence)):
        return False
    if max(map(len, named), default=0) < NAMED and one.score < SURE_SCORE and not _FURTHER_POINT.search(fold(sentence)):
        return True  # one word in common is chance
    if asked and not asks(sentence):
        return one.score < (STRONG_SCORE if max(map(len, named), default=0) < NAMED else SURE_SCORE)
    return False


# What a further question asks, and what a sheet says when it answers it (read in its answer, fee, delay and papers).
_FURTHER_ASKED = (
    (r"\b(?:prix|tarif\w*|cout\w*|combien(?! (?:de (?:temps|jours|mois|semaines)|d'attente))|payant|gratuit\w*"
        r"|frais|cher|montant|paie|payer)\b",
     r"gratuit|\d ?€|payant|tarif|redevance|timbre|sont a la charge|frais"),
    (r"\b(?:combien de (?:temps|jours|mois|semaines)|quand|delais?|longtemps|avance|attente|rapide|c'est long)\b",
     r"\bimmediat\w*|\b(?:jours?|semaines?|mois|delai|trimestre|an(?:s|nee)?)\b"),
    (r"\b(?:par (?:courrier|mail|internet|correspondance|la poste)|en ligne|a distance)\b",
     r"\b(?:courrier|courriel|en ligne|distance|correspondance|internet|site)\b|\.fr\b"),
    (r"\b(?:papiers?|pieces?|documents?|justificatifs?|apporter|fournir|formulaires?)\b", r"\bpieces a fournir\b"),
    (r"\brendez-vous\b", r"\brendez-vous|sans rendez"),
    (r"\b(?:present\w*|lui-meme|elle-meme|venir|se deplacer)\b", r"\bpresen\w+|en personne|en ligne|par courrier"),
    (r"\b(?:declar\w+|autoris\w+|permis|prevenir)\b", r"declar|autoris|permis"),
    (r"\b(?:qui (?:(?:dois-je|faut-il|puis-je) )?(?:contacter|appeler|prevenir|joindre)"
     r"|qui (?:s'en occupe|gere|est (?:responsable|competent)|doit)|a qui|ou (?:faut-il|dois-je)"
        r"|s'adresser)\b", r"\d\d \d\d|relev|transmi|service|signale"),
    (r"\b(?:comment (?:faire|proceder|fait-on|ca (?:se passe|marche))|que (?:faire|(?:dois-je|devons-nous|faut-il"
        r"|puis-je) faire)|marche a suivre"
        r"|quelles? (?:sont les )?demarches?"
     r"|quelle (?:est la )?(?:procedure|autorisation))\b", r"."),
)  # fmt: skip


_MORE_TIME = re.compile(
    r"\b(?:avoir|obtenir|accorder|laisser|donner|beneficier d) ?(?:un|du|plus de|'un) (?:delai|temps|sursis)"
)


def answered(sentence: str, subjects: Sequence[Subject]) -> bool:
    """Does a sheet that is recited answer a further question (« et c'est payant ? »)?"""
    if not follows_up(sentence) or _MORE_TIME.search(fold(sentence)):
        return False
    return asks_further(sentence) and any(tells(one.procedure, sentence) for one in subjects)


def tells(sheet: Procedure, sentence: str) -> bool:
    """Does a sheet tell the price, the time, the papers… that a question asks for, if it asks for any?"""
    papers = "pièces à fournir" if sheet.documents else ""
    return tells_of(" ".join((sheet.answer, sheet.fee, sheet.delay, papers)), sentence)


def asks_further(sentence: str) -> bool:
    """Does a question ask for a price, a time, papers… whatever it is about?"""
    return any(re.search(pattern, fold(sentence)) for pattern, _ in _FURTHER_ASKED)


def tells_of(text: str, sentence: str) -> bool:
    """Does a text tell the price, the time, the papers… that a question asks for, if it asks for any?"""
    asked, said = fold(sentence), fold(text)
    wanted = [told for pattern, told in _FURTHER_ASKED if re.search(pattern, asked)]
    return all(re.search(told, said) for told in wanted)


def _holds(text: str, procedure: Procedure, procedures: Sequence[Procedure]) -> bool:
    return bool(complete_expressions(searched(text), procedure, procedures))


def follows_up(sentence: str) -> bool:
    """Does a question name nothing of its own (« et c'est combien ? », « où en est mon dossier ? »)?"""
    return "?" in sentence and set(stems(sentence)) <= FURTHER
