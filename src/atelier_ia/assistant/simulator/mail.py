"""Read a citizen's e-mail: its subjects, its facts, its mood, its questions, and the orders hidden in it for an AI."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from atelier_ia.assistant.knowledge import Procedure, find_procedures
from atelier_ia.assistant.simulator.french import Facts, clean, facts, sentences
from atelier_ia.assistant.words import fold, stems

Mood = Literal["neutre", "colère", "détresse", "remerciement"]

FIRST_SCORE = 0.40
NEXT_SCORE = 0.61
STRONG_SCORE = 0.68
MAX_SUBJECTS = 4
MAX_SENTENCES = 400

_GREETING = re.compile(
    r"^\s*(?:(?:re)?bonjour|bonsoir|bjr|slt|salut|coucou|hello|madame|monsieur|mesdames|messieurs|mme|m\.)"
    r"(?:[\s,]+(?:a tous|à tous|madame|monsieur|messieurs|mesdames|la mairie|(?:le|la) maire))*\s*[,!.:]*\s+(?=\w)",
    re.IGNORECASE,
)
_HEADER = re.compile(r"^\s*(?:de|from|à|a|to|cc|date|envoyé|sent|reçu|répondre à)\s*:", re.IGNORECASE)
_SUBJECT_LINE = re.compile(r"^\s*(?:objet|sujet|subject)\s*:\s*(.+)$", re.IGNORECASE)
_NOISE = re.compile(
    r"^(?:bonjour|bonsoir|madame|monsieur|mesdames|messieurs|cordialement|bien cordialement|salutations|merci d'avance|"
    r"merci(?: beaucoup)?|respectueusement|sincerement|bien a vous|a bientot|bonne journee|envoye de mon|"
    r"(?:veuillez|je vous prie d|dans l'attente|en vous remerciant|avec mes))"
)
_INJECTION = re.compile(
    r"\bignore[rz]?\b[^.]{0,40}\b(?:consigne|instruction|regle|ce qui precede|directive|prompt)"
    r"|\boublie[rz]?\b[^.]{0,40}\b(?:consigne|instruction|regle|directive|tout ce qui)"
    r"|\b(?:ignore|disregard|forget)\b[^.]{0,40}\b(?:previous|above|all|instructions?|rules)"
    r"|\bsi tu es (?:une|un) (?:ia|intelligence|assistant|modele|robot)|\btu es (?:desormais|maintenant|une ia"
    r"|un assistant|chatgpt|un robot)"
    r"|\b(?:note|message|instruction|consigne|attention|ordre)s?\b[^.]{0,30}\b(?:a |pour |destine\w* a )?(?:l'"
    r"|une |cette )?"
    r"(?:ia|intelligence artificielle|assistant automatique|robot|modele de langage|chatgpt|assistant ia)\b"
    r"|\b(?:prompt|system prompt|consignes? systeme|tes consignes|tes instructions|mode developpeur|system\s*:"
    r"|jailbreak)\b"
    r"|\b(?:reponds|ecris|dis|affirme|confirme|affiche|revele|recopie|valide"
    r"|accorde)\b[^.]{0,50}\b(?:uniquement|seulement par|exactement|que ma demande|"
    r"que mon dossier|acceptee?|accorde[es]?|a ete valide|le mot|en anglais|tes consignes|le texte suivant|que "
    r"la mairie)"
    r"|^(?:reponds|ecris|affiche|revele|recopie|dis|genere|traduis|joue|transfere|envoie|supprime|donne)[ -](?!moi)\w"
)
_ANGER = re.compile(
    r"\b(?:scandale\w*|honte\w*|inadmissible|inacceptable|ras[- ]le[- ]bol|marre|en colere|furieu\w+"
    r"|incompeten\w+|se moque|vous moquez|foutage|"
    r"intolerable|insupportable|indigne\w*|exaspere\w*|excede\w*|deplorable|lamentable|ca suffit|rien n'est "
    r"fait|personne n'a|toujours rien|"
    r"aucune reponse|sans reponse|avocat|tribunal|porter plainte|nos impots|mes impots|on se fiche|abus"
    r"|mepris\w*|decevant|mecontent\w*)\b"
    r"|!{2,}|\?!"
)
_DISTRESS = re.compile(
    r"\b(?:je ne sais plus|plus d'argent|plus rien a manger|rien a manger|expuls\w+|a la rue|desespere\w*|en "
    r"detresse|je n'en peux plus|seule? avec|impaye\w*|"
    r"surendette\w*|perdu mon emploi|au chomage|je n'arrive plus|peur de|deces de|decede\w*|malade|handicap\w*"
    r"|je suis perdue?|urgence sociale|"
    r"couper l'electricite|coupure d'electricite|difficultes financieres|veuve|veuf|enterrement|obseques)\b"
)
_THANKS = re.compile(
    r"\b(?:je tenais a (?:vous )?(?:remercier|feliciter)|bravo|felicitations"
    r"|un grand merci|merci a (?:toute|l'equipe)|merci "
    r"(?:beaucoup |infiniment )?pour (?:la|le|les|votre|son|vos))\b"
)
_REQUEST = re.compile(
    r"\?|\b(?:souhaite\w*|voudr\w+|aimerai\w*|pouvez|pourriez|pourrai\w*|merci de|signale\w*|il faudrait|besoin)\b"
    r"|\b(?:je demande|nous demandons|par contre|en revanche|seulement voila)\b"
)
_ASKS = re.compile(
    r"\?|\b(?:souhait\w+|voudr\w+|voulais|aimerai\w*|demand\w+|pouvez|pourriez|pourrai\w*|comment|quand|combien"
    r"|signal\w+|savoir|besoin|faut[- ]il|"
    r"possible|connaitre|obtenir|merci de|renseign\w+|conteste\w*|reclame\w*|aussi|egalement|par ailleurs|autre"
    r"|profite|enfin|deuxieme\w*|d'autre part|de plus|ps|"
    r"eteint\w*|ne (?:marche|fonctionne|passe)|en panne|casse\w*|abime\w*|pas (?:ete )?ramass\w+|deborde\w*"
    r"|n(?:'|e )\w+ (?:toujours |encore |jamais )?(?:pas|plus|jamais|rien)|(?:toujours|encore) pas|sans arret|trop"
    r"|tous les (?:jours|soirs|matins)|chaque (?:jour|soir|matin|nuit)|partout|impossible"
    r"|depuis|danger\w*|toujours (?:pas|rien)|indemnis\w*|rembours\w*|exige\w*|attends)\b"
)
# « au numéro 18 » says where, not that the mail is about house numbers.
_NUMBER = re.compile(r"\b(?:num[ée]ro|n°)\s*\d+", re.IGNORECASE)
_CLAUSES = re.compile(
    r"\s*;\s*|\s*,?\s+(?=(?:ainsi que|par ailleurs|d'autre part|également|egalement|au passage"
    r"|(?<!plus )en plus|et aussi"
    r"|et (?:mon|ma|mes|notre|nos|des|les|il y a|on|il|elle)\b"
    r"|et savoir|et (?:je|j['’]|nous|pouvez|quand|comment|si|où|pour|à quelle|quel|la procédure|la démarche|le "
    r"tarif|les horaires|la liste)))",
    re.IGNORECASE,
)


_TITLE_PARTS = re.compile(r"\s+(?:et|\+|-|–)\s+|\s*[,;/+]\s*")


@dataclass(frozen=True)
class Subject:
    """One subject of a mail: the procedure that answers it and the sentence that raised it."""

    procedure: Procedure
    sentence: str
    score: float


@dataclass(frozen=True)
class Mail:
    """A citizen's mail, read. `open_questions` are those that no procedure answers."""

    subjects: tuple[Subject, ...]
    facts: Facts
    mood: Mood
    open_questions: tuple[str, ...]
    injected: tuple[str, ...]
    sentences: tuple[str, ...]


def read_mail(source: str, procedures: Sequence[Procedure]) -> Mail:
    """What a mail says; an empty or foreign text gives a mail without subject."""
    title, body = _body(source)
    kept: list[str] = []
    injected: list[str] = []
    for sentence in sentences(body)[:MAX_SENTENCES]:
        (injected if _INJECTION.search(fold(sentence)) else kept).append(sentence)
    text = "\n".join(kept)
    mood = _mood(f"{title}\n{text}")
    subjects = _subjects(title, kept, procedures)
    if mood == "remerciement" and _only_thanks(title, kept):
        subjects = []
    return Mail(
        subjects=tuple(subjects),
        facts=facts("\n".join(_without_noise(kept))),
        mood=mood,
        open_questions=tuple(_open_questions(kept, subjects)),
        injected=tuple(injected),
        sentences=tuple(kept),
    )


def _only_thanks(title: str, kept: Sequence[str]) -> bool:
    """Does a mail begin with thanks and ask for nothing?"""
    told = _without_noise(kept)
    begins = any(_THANKS.search(fold(_GREETING.sub("", text, count=1))) for text in (title, *kept[:2]))
    return begins and not any(_REQUEST.search(fold(sentence)) for sentence in told)


def _body(source: str) -> tuple[str, str]:
    """(subject line, body): headers, quoted history and phone footers removed."""
    title = ""
    lines: list[str] = []
    for line in source.replace("\r\n", "\n").split("\n"):
        if match := _SUBJECT_LINE.match(line):
            title = title or match[1]
        elif not (line.lstrip().startswith(">") or (_HEADER.match(line) and len(lines) < 6)):
            lines.append(line)
    return title, "\n".join(lines)


def _without_noise(kept: Sequence[str]) -> list[str]:
    """Sentences that say something: no greeting, no farewell, no signature block after it."""
    found: list[str] = []
    for written in kept:
        sentence = _GREETING.sub("", written, count=1)
        folded = fold(sentence)
        if _NOISE.match(folded):
            if found and re.match(
                r"cordialement|salutations|bien a vous|respectueusement|veuillez|je vous prie d|merci d'avance"
                r"|en vous remerciant|avec mes|dans l'attente",
                folded,
            ):
                break
            if len(folded.split()) < 8:
                continue
        found.append(sentence)
    return found


def _subjects(title: str, kept: Sequence[str], procedures: Sequence[Procedure]) -> list[Subject]:
    units = [(_NUMBER.sub(" ", title), False)] if title else []
    parts = _TITLE_PARTS.split(_NUMBER.sub(" ", title))
    units += [(part, True) for part in parts if len(parts) > 1 and stems(part)]
    for sentence in _without_noise(kept):
        clauses = _CLAUSES.split(_NUMBER.sub(" ", sentence))
        asks = bool(_ASKS.search(fold(sentence)))
        split = len(clauses) > 1 and all(len(clause.split()) > 2 for clause in clauses)
        units += [(clause, asks) for clause in (*clauses, sentence)] if split else [(sentence, asks)]
    totals: dict[str, float] = {}
    witnesses: dict[str, tuple[float, str, bool]] = {}
    tops: list[tuple[str, float, bool]] = []
    for unit, asks in units:
        found = find_procedures(unit, procedures, 4)
        for procedure, score in found:
            totals[procedure.id] = totals.get(procedure.id, 0.0) + score**2
            if score > witnesses.get(procedure.id, (0.0, "", False))[0]:
                witnesses[procedure.id] = (score, unit, asks)
        tops += [(procedure.id, score, asks) for procedure, score in found if found[0][1] - score < 0.03]
    everything = find_procedures("\n".join([title, *kept]), procedures, 12)
    whole = {procedure.id: score for procedure, score in everything}
    by_id = {procedure.id: procedure for procedure in procedures}
    early = {unit for unit, _ in units[: max(3, len(units) // 2)]}

    def rank(name: str) -> float:
        """The subject line and the beginning say what a mail is about; repetition and one clear sentence count too."""
        score, sentence, _ = witnesses.get(name, (0.0, "", False))
        lead = 0.25 if title and score and named.get(name, 0.0) >= 0.25 else 0.0
        return whole[name] + 0.35 * math.sqrt(totals.get(name, 0.0)) + 0.3 * score + lead + 0.1 * (sentence in early)

    named = {procedure.id: score for procedure, score in find_procedures(title, procedures, 2)} if title else {}
    ranked = sorted(whole, key=lambda name: (-rank(name), name))
    chosen: list[Subject] = []
    for name in ranked:
        score, sentence, asks = witnesses.get(name, (0.0, "", False))
        if not chosen:
            if max(score, whole[name] * 0.9) < FIRST_SCORE:
                break
        else:
            leads = any(top == name and value >= NEXT_SCORE for top, value, _ in tops)
            asked = any(top == name and value >= FIRST_SCORE and wanted for top, value, wanted in tops)
            # « Quels sont vos horaires ? » says nothing else.
            brief = any(top == name and wanted and 0.42 <= value == score for top, value, wanted in tops) and (
                (sentence.endswith("?") and len(stems(sentence)) <= 3)
                or (score >= 0.47 and re.match(r"\s*(?:\d+\s*[).]|[-•*–])\s", sentence))
            )
            same = any(sentence == other.sentence for other in chosen)
            if (
                not (
                    brief
                    or (leads and asks)
                    or (leads and score >= STRONG_SCORE)
                    or (asked and score >= NEXT_SCORE - 0.04)
                )
                or same
            ):
                continue
        chosen.append(Subject(by_id[name], sentence, score))
        if len(chosen) == MAX_SUBJECTS:
            break
    order = {
        subject: next((n for n, (unit, _) in enumerate(units) if unit == subject.sentence), 0) for subject in chosen
    }
    return sorted(chosen, key=lambda subject: order[subject])


def _mood(text: str) -> Mood:
    folded = fold(text)
    words = re.findall(r"\b[A-ZÀ-Ý]{4,}\b", text)
    angry = len(_ANGER.findall(folded)) + (len(words) > 6)
    if _DISTRESS.search(folded) and angry < 2:
        return "détresse"
    if angry:
        return "colère"
    return "remerciement" if _THANKS.search(folded) else "neutre"


def _open_questions(kept: Sequence[str], subjects: Sequence[Subject]) -> list[str]:
    """Direct questions that share no meaningful word with the answers found."""
    known: set[str] = set()
    for subject in subjects:
        for text in (subject.procedure.answer, subject.procedure.title, *subject.procedure.words, subject.sentence):
            known.update(stems(text))
        known.update(
            stems(f"{subject.procedure.fee} {subject.procedure.delay} {' '.join(subject.procedure.documents)}")
        )
    found = []
    for sentence in _without_noise(kept):
        asked = stems(sentence)
        if sentence.endswith("?") and len(asked) >= 3 and 5 <= len(sentence.split()) <= 30:
            unknown = [word for word in asked if word not in known]
            if len(unknown) > 0.6 * len(asked):
                found.append(clean(sentence.strip("?-•– ")))
    return found[:2]
