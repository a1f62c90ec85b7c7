"""Read a citizen's e-mail: its subjects, its facts, its mood, its questions, and the orders hidden in it for an AI."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from atelier_ia.assistant.knowledge import Procedure
from atelier_ia.assistant.simulator.apt import apt
from atelier_ia.assistant.simulator.coverage import covered
from atelier_ia.assistant.simulator.french import MONTH, PLACE, Facts, facts, sentences
from atelier_ia.assistant.simulator.injections import is_order, without_orders
from atelier_ia.assistant.simulator.mood import BEREAVED, THANKS, Mood, read_mood
from atelier_ia.assistant.simulator.plain import in_capitals, itemised, low_places, plain
from atelier_ia.assistant.simulator.raised import answered, by_chance, follows_up, raised, supported
from atelier_ia.assistant.simulator.reported import has_verb
from atelier_ia.assistant.simulator.retractions import settled
from atelier_ia.assistant.simulator.run_ons import closed_lines, in_sentences
from atelier_ia.assistant.simulator.spoken_questions import marked
from atelier_ia.assistant.simulator.subjects import (
    ASKS,
    ORDINAL,
    PASSES_ON,
    SCENE,
    SURE_SCORE,
    Subject,
    choose_subjects,
    head,
    is_listed,
    is_story,
)
from atelier_ia.assistant.simulator.thanks import only_thanks, without_passing_on
from atelier_ia.assistant.simulator.threads import THREAD, quoted_before, reminder
from atelier_ia.assistant.simulator.unfit_words import rude
from atelier_ia.assistant.words import fold, stems

MAX_SENTENCES = 400

_GREETING = re.compile(
    r"^\s*(?:(?:re)?bonjour|bonsoir|bjr|slt|salut|coucou|hello|hey|yo|kikou|buongiorno|hola|ol[áa]|guten tag"
    r"|salam|bom dia|pardon(?=,? bon)|wesh|cc|ch[eè]re?s? (?:mairie"
    r"|[ée]lus?|madame|monsieur)|madame|monsieur|mesdames|messieurs|mme|m\.)"
    r"(?:[\s,]+(?:a tous|à tous|madame|monsieur|messieurs|mesdames|la mairie|(?:le|la) maire))*\s*[,!.:]*\s+(?=\w)",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    rf"^\s*[A-ZÀ-Ý][\w’'-]+(?: [\w’'-]+){{0,3}}, le (?:1er|\d{{1,2}}) {MONTH} \d{{4}}\s*\.?\s*$", re.IGNORECASE
)
_SALUTATION = re.compile(
    r"(?:madame|monsieur|mesdames|messieurs|cheres?|chers?)(?: [a-z'-]+){0,5}\s*[,!]?|a l'attention d[^?]{3,60},"
)
_HEADER = re.compile(
    r"^\s*(?:(?:de|from|à|a|to|cc|date|envoyé|sent|reçu|répondre à)\s*:|(?:courriel|message|mail) reçu le\b)",
    re.IGNORECASE,
)
_SUBJECT_LINE = re.compile(r"^\s*(?:objet|sujet|subject)\s*:\s*(.+)$", re.IGNORECASE)
_NOISE = re.compile(
    r"^(?:bonjour|bonsoir|madame|monsieur|mesdames|messieurs|cordialement|bien cordialement|salutations"
    r"|merci (?:d'|par )avance|"
    r"(?:tres )?bonnes? (?:fetes|annee|vacances|continuation|fin d)|joyeu(?:x|ses) (?:noel|fetes)|meilleurs voeux|"
    r"merci(?: beaucoup)?|respectueusement|sincerement|bien a vous|a bientot|bonne journee|envoye de mon|"
    r"(?:veuillez|je vous prie d(?:e (?:croire|recevoir|trouver)|'(?:agreer|accepter|excuser))|dans l'attente"
    r"|en vous remerciant|avec (?:mes|nos|tous? (?:mes|nos)|toute (?:ma|notre))|vous en remerciant|(?:je"
    r"|nous) vous (?:embrass|remerci)\w+"
    r"|sportivement|amicalement|belle (?:journee|soiree|fin)|chere?s? agents|(?:les )?photos? (?:ci-)?jointe?s?\W*$))"
)
_THANKED_FOR = re.compile(
    r"^[^?]*\b(?:remercier|remercie|remercions|merci)\b(?: (?!de\b)[\w']+){0,4} (?:pour|du|des)\b[^?]*$"
)
_REQUEST = re.compile(
    r"\?|\b(?:souhaite\w*|voudr\w+|aimerai\w*|pouvez|pourriez|pourrai\w*|merci de(?! (?:ma|notre|sa|leur|tout"
    r"|m'avoir)\b)|signale\w*|il faudrait|besoin)\b"
    r"|\b(?:vous rencontrer|etre recue?s?|je demande|nous demandons|j'exige|je reclame|je veux|nous voulons"
    r"|par contre|en revanche|seulement voila)\b"
)
_FIRM = re.compile(
    r"\?|\b(?:souhaite\w*|voudr\w+|aimerai\w*|pouvez|pourriez|je demande|nous demandons|signale\w*|conteste"
    r"|vous rencontrer|etre recue?s?|j'exige|je reclame)\b"
)
_MEETING = re.compile(
    r"\brendez-vous\s*\?|\b(?:exig|demand|souhait|voudr|veux|aimer)\w* (?:obtenir |prendre )?un rendez-vous\b"
)
_ORDERED = re.compile(
    r"(?:je veux|nous voulons|j'exige|nous exigeons) qu[e']"
)  # « je veux que la mairie le verbalise »
_POSTSCRIPT = re.compile(r"^\W*(?:ps|p\.\s?s\.?|post[- ]scriptum|nb|n\.b\.)\b", re.IGNORECASE)
_LOWER_START = re.compile(
    r"(?:(?<=[a-zà-ÿ]{3}[.!?])(?<!\bsept\.)(?<!\bjanv\.)(?<!\bjuil\.)(?<!\b(?:env|min|max|tel|tél|nov|déc|dec|fév"
    r"|fev|avr|rés|bat|bât|app|apt|réf|ref|art|sem|sms|rdv|hab)\.)|(?<=»\.)|(?<=[a-zà-ÿ?!]\)[.?!])"
    r"|(?<=[?!]\)))\s+(?=[a-zà-ÿ])|(?<=\d[.])\s+(?=(?:merci|je|c['’]est|est-ce|il|elle|on)\b)"
)  # typed without a capital
_ASIDE = re.compile(
    r"^\W*(?:est-ce (?:bien )?normal\W*$"
    r"|merci|bravo|bonne|je m'appelle|je suis (?:retrait|habitant|maman|papa)|j'ai \d+ ans|voila"
    r"|c'est tout|dites[- ]moi"
    r"|que (?:dois|faut)|comment (?:faire|fais|je fais)\W*$|how\b|a qui\b.{0,30}adresser|quelle est la marche"
    r"|que (?:faites|comptez|allez)-vous(?: faire)?(?: pour .{0,30})?\W*$"
    r"|(?:est-ce que )?(?:la mairie|la commune|vous) (?:peut|pouvez)(?:-elle)? (?:y )?(?:faire quelque chose"
    r"|(?:m'|nous )aider)\W*$|qui peut (?:m'|nous )aider\W*$"
    r"|que faire|(?:quels? |quelles? )(?:sont les )?(?:papiers|pieces|documents|justificatifs)\b[^,]{0,40}$"
    r"|qu'est-ce (?:que|qu'il|qu'on) .{0,20}\b(?:apporter|amener|fournir|amene)\b|c'est combien\W*$|combien (?:ca"
    r"|cela) coute\W*$"
    r"|(?:(?:pouvez|pourriez)-vous (?:m'|me |nous )?(?:indiquer|dire|preciser|donner) )?(?:quel(?:le)?s? |l[ea]s? )?"
    r"(?:tarifs?|prix|demarches?|marche a suivre)(?: et l[ea]s? (?:tarifs?|prix|demarches?|pieces|documents))?\W*$)"
)
# « mais ça c'est mon affaire »: told, yet not asked.
_OWN_AFFAIR = re.compile(
    r"\b(?:c'est (?:mon|notre) affaire|je m'en (?:occupe|charge)|ca ne vous regarde pas"
    r"|regler (?:son|leur|votre|vos) comptes?|(?:je vais|j'irai) (?:le|la|les|lui|leur|vous) (?:tuer|casser"
    r"|frapper|cogner)\w*|y aura (?:un|des) morts?)\b"
)
# « Il est à 8 mètres de haut », « nous habitons à Lyon »: said of the matter, not asked.
_CIRCUMSTANCE = re.compile(
    r"(?:et |mais )?(?:(?:il|elle|ils|elles) (?:est|sont|fait|font|a|ont) (?!(?:toujours|encore|casse|en panne"
    r"|trop|danger))|c'est (?:tres |vraiment |trop |assez |devenu )?(?:dangereux|grave|penible|genant|urgent|important"
    r"|inadmissible|insupportable|triste|dommage"
    r"|inquietant|honteux|regrettable|difficile|complique)\b"
    r"|(?:j'|nous )habit\w+(?!.*\b(?:prefer|souhait|voudr|aimer)\w+)"
    r"|je (?:vis|suis(?! (?:pret|dispos|disponible|volontaire))|travaille|dispose|possede)\b"
    r"|nous (?:sommes(?! (?:pret|dispos|disponible|volontaire))|vivons)\b)[^?]*$"
)
# « Je suis disposé à vous montrer »: an offer waits for an answer, whatever the sheet says.
_OFFERED = re.compile(
    r"\b(?:suis|sommes|reste|restons) (?:tout a fait |bien sur )?(?:disposee?s?|disponibles?"
    r"|pretes?|prets?|volontaires?) (?:a|pour) (?!tou[ts]|de plus|un complement)"
    r"|\b(?:je peux|nous pouvons|je pourrais|nous pourrions) (?:vous )?"
    r"(?:montrer|envoyer|transmettre|rencontrer|participer|aider|preter)\b"
)
# « Nous n'avons plus de voiture »: few words, yet what the answer depends on.
_LACKING = re.compile(
    r"^(?:et |mais |car )*(?:je|nous|on|il|elle|(?:mon|ma) \w+) ?(?:ne |n')\w+ (?:plus|pas|aucun\w*|ni)\b[^?]*$"
    r"|^(?:et |mais )?aucun\w* [^?,]{3,40}? n[e'’] ?\w+[^?]*$"
)
_SIGNED = re.compile(
    r"^(?:[A-ZÀ-Ý](?:[^\s.!?]+\s*){1,8}|(?:Association|Collectif|Comité|Cabinet|Famille|SARL|SELARL|SCI|Étude|Club"
    r"|Les [ée]l[èe]ves|Un(?:e)? (?:voisine?|habitante?|riveraine?|administrée?)|Amicale|Conseil syndical)\b.{0,70}"
    r"|[A-Z]\. ?[A-ZÀ-Ý][\w-]+(?: \(.{0,30}\))?)$"
)
ITEM, MOST_ITEMS = re.compile(r"\s*(?:[-•*–]|\d{1,2}\s?[.)°])\s"), 5  # lines of a list, taken up at most
GREETINGS = 3  # « Buongiorno, pardon, bonjour, … »
WHOLE = 30  # words up to which a sentence is taken up whole, and not only the clause that names a subject
SHORT_MAIL = 6  # sentences up to which all that is said is taken up
SHORTEST_BLOCK = 12  # words of a paragraph that may hold a subject
SIGNATURE = 14  # words of a last line that says who writes, where they live and how to reach them
LONG_MAIL = 8  # sentences from which only plain questions and requests count as such


@dataclass(frozen=True)
class Mail:
    """A citizen's mail, read. `requests` are those that no procedure answers."""

    subjects: tuple[Subject, ...]
    facts: Facts
    mood: Mood
    requests: tuple[str, ...]
    injected: tuple[str, ...]
    sentences: tuple[str, ...]
    told: tuple[str, ...] = ()  # without greetings nor farewells
    title: str = ""
    bereaved: bool = False
    reminded: bool = False  # an earlier message was left without an answer
    known: frozenset[str] = frozenset()  # words that an answer may repeat; all of them when empty
    civic: Mapping[str, int] = field(default_factory=dict)  # how many procedures share each word they are asked with


def read_mail(source: str, procedures: Sequence[Procedure]) -> Mail:
    """What a mail says; one typed in one breath is cut in sentences where that changes none of its subjects."""
    mail = _read(source, procedures)
    if in_sentences(told := plain(closed_lines(source))) == told:
        return mail
    cut = _read(source, procedures, cut=True)
    return cut if {one.procedure.id for one in cut.subjects} == {one.procedure.id for one in mail.subjects} else mail


def _read(source: str, procedures: Sequence[Procedure], *, cut: bool = False) -> Mail:
    cleared, injected = without_orders(source)
    title, body = _body(cleared)
    body = closed_lines(settled(body))
    shouted = in_capitals(body)
    written = in_sentences(plain(body)) if cut else plain(body)
    kept = marked([piece for sentence in sentences(written) for piece in _LOWER_START.split(sentence)][:MAX_SENTENCES])
    said = _without_noise(kept)
    reminded = any(map(reminder, said))
    told = without_passing_on([sentence for sentence in said if not reminder(sentence)] or said)
    mood = read_mood(f"{title}\n" + "\n".join(kept if shouted else sentences(body)[:MAX_SENTENCES]), shouted=shouted)
    if thanked := only_thanks(title, told, _REQUEST):
        mood = "remerciement"
    elif mood == "remerciement":  # a compliment, then what is wrong
        mood = read_mood("\n".join(sentence for sentence in told if not THANKS.search(fold(sentence))))
    blocks = _blocks(body, told)
    subjects = [] if thanked else choose_subjects(plain(title), told, procedures, blocks)
    if not is_story(told, blocks):
        subjects = raised(subjects, told, procedures)
    subjects = [one for one in supported(subjects, told, procedures) if not by_chance(one, told, procedures)]
    if len(subjects) == 1:  # one matter: its sentence whole, not the clause that told it
        clause = subjects[0].sentence
        subjects = [replace(subjects[0], sentence=next((text for text in told if clause and clause in text), clause))]
    subjects = [replace(one, sentence=_whole(one, subjects, told)) for one in subjects]
    if len(subjects) > 1:  # who died is told with the request, and is none
        subjects = [one for one in subjects if not _only_mourning(one.sentence)] or subjects
    if len(subjects) > 1:  # an insult that a sheet happens to share a word with
        subjects = [one for one in subjects if one.score >= SURE_SCORE or not rude(one.sentence)] or subjects
    # « vous remercier d'abord pour le repas des aînés »
    unthanked = [one for one in subjects if not _THANKED_FOR.search(fold(one.sentence))]
    subjects = unthanked if len(told) > 1 and any("?" in text for text in told) else unthanked or subjects
    subjects = apt(subjects, told, procedures)
    alone = bool(subjects and subjects[0].procedure.senders)  # a journalist's claims are not taken up
    found = facts("\n".join(told))
    if not found.places:
        found = replace(found, places=tuple(low_places("\n".join(told))))
    return Mail(
        subjects=tuple(subjects),
        facts=found,
        mood=mood,
        requests=() if thanked or alone else tuple(_requests(told, subjects, procedures, blocks)),
        injected=injected,
        sentences=tuple(kept),
        told=tuple(told),
        title=_shown(plain(title)),
        reminded=reminded,
        bereaved=bool(BEREAVED.search(fold(re.sub(r"\s+", " ", body)))),
    )


def _whole(one: Subject, subjects: Sequence[Subject], told: Sequence[str]) -> str:
    """The sentence of a subject, rather than the clause that named it, when it is short and raises nothing else."""
    whole = next((text for text in told if one.sentence and one.sentence in text), one.sentence)
    shared = any(other is not one and other.sentence in whole for other in subjects)
    return one.sentence if shared or len(whole.split()) > WHOLE else whole


def _only_mourning(sentence: str) -> bool:
    return bool(BEREAVED.search(fold(sentence))) and "?" not in sentence and not _FIRM.search(fold(sentence))


def _blocks(body: str, told: Sequence[str]) -> list[list[str]]:
    """The sentences that say something, by paragraph; a mail in one piece is cut where its author passes on."""
    rest = list(told)
    blocks: list[list[str]] = []
    for paragraph in re.split(r"\n\s*\n", plain(body)):
        folded = fold(re.sub(r"\s+", " ", paragraph))
        mine = []
        while rest and fold(rest[0])[:40] in folded:
            mine.append(rest.pop(0))
        for sentence in mine:
            if not blocks or sentence is mine[0] or PASSES_ON.match(fold(sentence)):
                blocks.append([])
            blocks[-1].append(sentence)
    if rest:
        blocks.append(rest)
    return [block for block in blocks if len(" ".join(block).split()) >= SHORTEST_BLOCK]


def _shown(title: str) -> str:
    """A subject line fit to be repeated: short, plain, without « Re: »; '' otherwise."""
    bare = re.sub(r"^(?:\s*(?:re|tr|fwd?|rép)\s*:\s*)+", "", title, flags=re.IGNORECASE).strip(" .!")
    return (
        bare if 1 <= len(bare.split()) <= 10 and not rude(bare) and not is_order(bare) and not in_capitals(bare) else ""
    )


def _body(source: str) -> tuple[str, str]:
    """(subject line, body): headers, quoted history and phone footers removed."""
    title = ""
    lines: list[str] = []
    for line in source.replace("\r\n", "\n").split("\n"):
        if THREAD.match(line) and len(" ".join(lines).split()) >= 5:
            break  # what follows was said before
        if match := _SUBJECT_LINE.match(line):
            title = title or match[1]
        elif not (line.lstrip().startswith(">") or _DATELINE.match(line) or (_HEADER.match(line) and len(lines) < 6)):
            lines.append(line)
    return title, itemised("\n".join(filter(None, (quoted_before(source), "\n".join(lines)))))


def _without_noise(kept: Sequence[str]) -> list[str]:
    """Sentences that say something: no greeting, no farewell, no signature block after it, but its postscript."""
    found: list[str] = []
    taken_leave = False
    for written in kept:
        taken_leave = taken_leave and not _POSTSCRIPT.match(written)
        if taken_leave:
            continue
        if _SALUTATION.fullmatch(fold(written).strip()):
            continue
        sentence = written
        for _ in range(GREETINGS):
            sentence = _GREETING.sub("", sentence, count=1)
        folded = fold(sentence)
        if _OWN_AFFAIR.search(folded) and "?" not in written:
            continue
        if _NOISE.match(folded):
            if found and re.match(
                r"cordialement|salutations|bien a vous|respectueusement|veuillez|je vous prie d(?:e (?:croire"
                r"|recevoir|trouver)|'(?:agreer|accepter|excuser))|merci d'avance"
                r"|en vous remerciant|avec mes|dans l'attente",
                folded,
            ):
                taken_leave = True
                continue
            if len(re.findall(r"[a-z]{2,}", folded)) < 8:
                continue
        found.append(sentence)
    if len(found) > 1 and _signature(found[-1]):
        found.pop()  # « Le comité des voisins »
    return found


def _signature(last: str) -> bool:
    """Is a last sentence who signs, and nothing else?"""
    if _REQUEST.search(fold(last)):
        return False
    names = len(re.findall(r"\b[A-ZÀ-Ý][\wà-ÿ.]*", last))
    bare = re.sub(r"\b[A-ZÀ-Ý][\wà-ÿ-]*", " ", last)  # « 5 rue du Marché » holds no verb
    lived = names > 1 and re.search(r",| [-–—] ", last) and len(last.split()) <= SIGNATURE
    return bool(_SIGNED.match(last) or (lived and not has_verb(bare)))


def _requests(
    told: Sequence[str],
    subjects: Sequence[Subject],
    procedures: Sequence[Procedure],
    blocks: Sequence[Sequence[str]] = (),
) -> list[str]:
    """What the person asks or reports that no chosen procedure answers, in the person's words."""
    if subjects and is_story(told, blocks):
        return _unanswered(blocks, subjects, procedures)
    if not subjects:
        asked = [
            sentence
            for sentence in told
            if _REQUEST.search(fold(sentence)) and len(stems(sentence)) >= 2 - ("?" in sentence)
        ]
        matter = [sentence for sentence in told if len(stems(sentence)) >= 3 and sentence not in asked]
        # A question that names nothing (« À qui m'adresser ? ») is told by the sentence before it.
        before = [text for text in matter if asked and told.index(text) < told.index(asked[0])]
        before = [text for text in before if not _THANKED_FOR.search(fold(text))]
        lead = matter[:1] if not asked or len(stems(asked[0])) < 5 else []
        chosen = [*lead, *before[-1:], *asked[:3]]
        return sorted(dict.fromkeys(chosen), key=told.index)
    # A short mail is read whole: what it reports counts as much as what it asks.
    brief = len(told) <= SHORT_MAIL
    firm = _FIRM if len(told) > LONG_MAIL else _REQUEST
    items = [sentence for sentence in told if ITEM.match(sentence)]
    found = [
        sentence
        for sentence in told
        if (
            _left_aside(sentence, subjects)
            if len(items) > 1 and sentence in items
            else _worth_taking_up(sentence, firm, brief=brief)
            and (bool(_OFFERED.search(fold(sentence))) or not covered(sentence, subjects, procedures))
            and not answered(sentence, subjects)
        )
    ]
    most = MOST_ITEMS if len(items) > 1 else 4 if brief else 3
    kept = sorted(found, key=lambda sentence: (sentence not in items, "?" not in sentence))[:most]
    return sorted(kept, key=told.index)


def _worth_taking_up(sentence: str, firm: re.Pattern[str], *, brief: bool) -> bool:
    """Is a sentence of a fair length, with words enough of its own, and neither an aside nor thanks?"""
    folded = fold(sentence)
    if _MEETING.search(folded):
        return True
    asked, requested = "?" in sentence, firm.search(folded) is not None
    if not (brief or requested) or not (3 if asked else 4) <= len(sentence.split()) <= 45:
        return False
    least = 1 if _LACKING.match(folded) or _ORDERED.match(folded) or (requested and asked) else 2 if requested else 4
    return (
        len(stems(sentence)) >= least
        and not _ASIDE.search(folded)
        and not _CIRCUMSTANCE.match(folded)
        and not _THANKED_FOR.search(folded)
        and not PLACE.fullmatch(sentence.strip(" .,;"))
    )


def _left_aside(item: str, subjects: Sequence[Subject]) -> bool:
    """Is an item of a list the sentence of no subject, and no further question that a sheet answers?"""
    held = any(subject.sentence in item or item in subject.sentence for subject in subjects)
    return not held and bool(stems(item)) and not (follows_up(item) and answered(item, subjects))


def _unanswered(
    blocks: Sequence[Sequence[str]], subjects: Sequence[Subject], procedures: Sequence[Procedure]
) -> list[str]:
    """Of each later paragraph that raised no subject, the sentence that asks or reports something."""
    found = []
    for block in blocks[1:]:
        if SCENE.match(head(block)) or (is_listed(blocks) and not ORDINAL.match(head(block))):
            continue
        if any(subject.sentence == sentence for subject in subjects for sentence in block):
            found += [text for text in block if "?" in text and not covered(text, subjects, procedures)][:1]
            continue
        asked = [sentence for sentence in block if ASKS.search(fold(sentence)) and len(stems(sentence)) >= 4]
        told = [sentence for sentence in asked if not covered(sentence, subjects, procedures)]
        found += [max(told, key=lambda sentence: len(stems(sentence)))] if told else []
    kept = sorted(found, key=lambda sentence: "?" not in sentence)[:2]
    return sorted(kept, key=found.index)
