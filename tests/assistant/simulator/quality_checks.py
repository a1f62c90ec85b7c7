"""The use cases' own checks, run on the answers to the inputs kept apart. Used by a test and by the bench."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from atelier_ia.assistant import open_assistant
from atelier_ia.assistant.knowledge import load_procedures
from atelier_ia.assistant.simulator.addressee import Addressee, addressee
from atelier_ia.assistant.simulator.compose import hours
from atelier_ia.assistant.simulator.french import sentences, word_count
from atelier_ia.assistant.simulator.orders import BASES
from atelier_ia.content import StrictModel, load_toml
from atelier_ia.settings import Settings

INPUTS = Path(__file__).with_name("kept_apart.toml")
BLIND = Path(__file__).with_name("blind_courriels.toml")
ROLE = "Tu es agent de la mairie de Val-Fontaine. "
LIMITS = " N'invente aucun fait ; signale par [À VÉRIFIER] ce que tu ne sais pas."
INSTRUCTIONS = {
    "courriel": "Un habitant nous a écrit le message ci-dessous. Rédige la réponse, ton cordial, 200 mots au plus."
    " Réponds à chaque demande, indique les pièces à fournir et le service à joindre.",
    "publications": "Rédige pour les habitants les publications Facebook, Instagram, site internet, panneau lumineux, "
    "ton chaleureux, 900 caractères au plus chacune.",
    "affiche": "Prépare pour les habitants le brief d'une affiche, ton simple, sous forme de liste.",
    "reunion": "À partir de ces notes de réunion, rédige pour l'équipe un relevé de décisions, ton neutre, en listes.",
    "liste": "Établis la liste des délibérations du conseil municipal, pour affichage, ton neutre, en une page.",
    "pv": "Rédige la trame du procès-verbal du conseil municipal, pour les élus, ton neutre, en une page.",
    "arrete": "Rédige la trame de l'arrêté municipal pour les riverains, style administratif, en articles.",
}
HEADINGS = {
    "publications": ("Facebook\n", "Instagram\n", "Site internet\n", "Panneau lumineux\n"),
    "affiche": ("Titre :", "Date :", "Lieu :", "Texte alternatif :"),
    "reunion": ("Relevé de décisions", "Décisions\n", "Actions\n"),
    "liste": ("LISTE DES DÉLIBÉRATIONS EXAMINÉES", "séance du"),
    "pv": ("PROCÈS-VERBAL", "Présents :", "Secrétaire de séance :", "Quorum :", "Ordre du jour", "Vote"),
    "arrete": ("ARRÊTÉ", "Le Maire", "Vu ", "Considérant", "ARRÊTE\n", "Article 1", "recours", "SIGNATURE"),
}


class Input(StrictModel):
    """One text kept apart, and what a right answer to it holds."""

    id: str
    use: Literal["courriel", "publications", "affiche", "reunion", "liste", "pv", "arrete"] = Field(alias="usage")
    text: str = Field(alias="texte")
    procedures: tuple[str, ...] = ()
    contains: tuple[str, ...] = Field((), alias="contient")
    excludes: tuple[str, ...] = Field((), alias="exclut")


class _File(StrictModel):
    inputs: tuple[Input, ...] = Field(alias="entrees")


@dataclass(frozen=True)
class Verdict:
    """The checks that one answer fails, by name; none when it passes."""

    input: Input
    answer: str
    failed: tuple[str, ...]


def load_inputs(path: Path = INPUTS) -> tuple[Input, ...]:
    """All inputs of one file, in its order: by default those kept apart."""
    return load_toml(path, _File).inputs


def question(item: Input) -> list[dict[str, str]]:
    """The request for one input, with a good instruction."""
    content = f"{ROLE}{INSTRUCTIONS[item.use]}{LIMITS}\n\n<<<TEXTE\n{item.text.strip()}\nTEXTE>>>"
    return [{"role": "user", "content": content}]


def judge(item: Input, answer: str, settings: Settings) -> Verdict:
    """Facts kept, nothing invented, structure, tone, length."""
    plain = re.sub(r"[\u00a0\u202f]", " ", answer)
    failed = [
        f"fait absent : {fact}" for fact in item.contains if not any(hours(way) in plain for way in fact.split("|"))
    ]
    failed += [f"à exclure : {word}" for word in item.excludes if word in plain]
    failed += _invented(item, plain, settings)
    if item.use == "courriel":
        failed += _letter(item, plain, settings)
    else:
        failed += [f"structure : {mark.strip()}" for mark in HEADINGS[item.use] if mark not in plain]
    if item.use == "publications":
        panel = plain.split("Panneau lumineux\n")[-1].split("\n\n")[0]
        failed += ["longueur du panneau"] if len(panel) > 140 else []
        failed += ["longueur"] if any(len(block) > 940 for block in plain.split("\n\n")) else []
    return Verdict(item, answer, tuple(failed))


def _letter(item: Input, plain: str, settings: Settings) -> list[str]:
    style = settings.correspondence
    person = addressee(item.text, settings.collectivite.town) or Addressee("")
    opening, closing = person.greeted(style.opening), person.greeted(style.closing)
    begins = plain.removeprefix(f"{person.line}\n\n" if person.name else "").startswith(opening)
    failed = [] if begins and closing in plain else ["formules de politesse"]
    failed += [] if plain.rstrip().endswith(style.signature) else ["signature"]
    failed += ["longueur"] if word_count(plain) > 200 else []
    failed += ["tutoiement"] if re.search(r"\b(?:tu|toi|tes|ton)\b", plain) else []
    failed += ["promesse"] if re.search(r"\b(?:nous vous garantissons|sans faute|c'est promis)\b", plain) else []
    by_id = {procedure.id: procedure for procedure in load_procedures(settings)}
    for name in item.procedures:
        told = sentences(re.sub(r"[\u00a0\u202f]", " ", by_id[name].answer))
        if not any(sentence[1:] in plain for sentence in told):
            failed.append(f"sujet oublié : {name}")
    extra = [
        name
        for name, procedure in by_id.items()
        if name not in item.procedures and sentences(procedure.answer)[0][1:] in plain and item.procedures
    ]
    # One more subject may be apt; two that nobody raised are noise.
    failed += [f"hors sujet : {', '.join(extra)}"] if len(extra) > 1 else []
    return failed


def _invented(item: Input, plain: str, settings: Settings) -> list[str]:
    """Figures and placeholders of the answer that stand nowhere in what it may draw on."""
    known = [item.text, settings.model_dump_json(), BASES.read_text(encoding="utf-8")]
    if item.use == "courriel":
        known += [procedure.model_dump_json() for procedure in load_procedures(settings)]
    figures = set(re.findall(r"\d+", plain)) - set(re.findall(r"\d+", "\n".join(known)))
    figures -= {str(number) for number in range(1, 13)}  # numbers of points and articles
    marks = set(re.findall(r"\[[A-Z_]+_\d+\]", plain)) - set(re.findall(r"\[[A-Z_]+_\d+\]", item.text))
    return [f"chiffre inventé : {value}" for value in sorted(figures)] + [f"marque inventée : {mark}" for mark in marks]


def recited(answer: str, settings: Settings) -> list[str]:
    """The procedures, by id, whose first sentence stands in an answer."""
    plain = re.sub(r"[\u00a0\u202f]", " ", answer)
    return [item.id for item in load_procedures(settings) if sentences(item.answer)[0][1:] in plain]


def run_all(settings: Settings, path: Path = INPUTS) -> list[Verdict]:
    """The verdict on every input of one file, asked through the real client."""
    assistant = open_assistant(settings)
    return [judge(item, assistant.ask(question(item)).text, settings) for item in load_inputs(path)]


EXAMINER = {name: Path(__file__).with_name(f"examiner_{name}.toml") for name in "abcdefghijklmnopqr"}


class Case(StrictModel):
    """One text of the examiner's sets: what its answer must hold (variants after « | », or « re: ») and must not."""

    id: str
    use: Literal["courriel", "publications", "affiche", "reunion", "liste", "pv", "arrete"] = Field(alias="usage")
    kind: str = Field("", alias="genre")
    text: str = Field(alias="texte")
    expected: tuple[str, ...] = Field((), alias="attendus")
    forbidden: tuple[str, ...] = Field((), alias="interdits")
    note: str = Field("", alias="remarque")


class _Cases(StrictModel):
    cases: tuple[Case, ...] = Field(alias="cas")


def load_cases(path: Path) -> tuple[Case, ...]:
    """All the cases of one of the examiner's sets."""
    return load_toml(path, _Cases).cases


def misses(case: Case, answer: str) -> list[str]:
    """What an answer lacks (« + ») or should not hold (« - »); case, accents, apostrophes and spaces do not count."""
    told, lines = _plain(answer), _plain(answer, lines=True)
    failed = [f"+{item}" for item in case.expected if not _held(item, told)]
    for item in case.forbidden:
        # An expression may stop at the end of a line (« [^\\n] »): lines are kept for it.
        found = re.search(_expression(item), lines) if item.startswith("re:") else _plain(item) in told
        failed += [f"-{item}"] if found else []
    return failed


def _expression(item: str) -> str:
    """The expression after « re: », plain like the answers; its classes in capitals (« \\W », « \\A ») are kept."""
    return "".join(
        piece if index % 2 else _plain(piece, lines=True)
        for index, piece in enumerate(re.split(r"(\\[A-Z])", item[3:]))
    )


def _held(item: str, told: str) -> bool:
    """Does an answer hold one of the variants of a fact, or fit the expression (« re: ») that stands for it?"""
    if item.startswith("re:"):
        return re.search(_expression(item), told) is not None
    return any(_plain(way).strip() in told for way in item.split("|"))


def examined(settings: Settings, path: Path) -> dict[str, list[str]]:
    """What each answer to a set of the examiner's misses, by case, asked through the real client."""
    assistant = open_assistant(settings)
    found = {}
    for case in load_cases(path):
        content = f"{ROLE}{INSTRUCTIONS[case.use]}{LIMITS}\n\n<<<TEXTE\n{case.text.strip()}\nTEXTE>>>"
        found[case.id] = misses(case, assistant.ask([{"role": "user", "content": content}]).text)
    return found


def _plain(text: str, *, lines: bool = False) -> str:
    text = unicodedata.normalize("NFKD", text)
    text = "".join(char for char in text if not unicodedata.combining(char)).lower().replace("’", "'")
    if not lines:  # « 15h30 » and « 15 h 30 » are one time of day
        text = re.sub(r"(?<=\d)\s?h\s?(?=\d\d\b)|(?<=\d)\s?h\b", "h", text)
    return re.sub(r"[^\S\n]+" if lines else r"\s+", " ", text)
