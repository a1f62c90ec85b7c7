"""Read a request as a model receives it: what is asked, on which text, in whose style. Only the JSON is looked at.

The source text is material: no sentence of it is ever taken for an instruction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from atelier_ia.assistant.exchange import content_text
from atelier_ia.assistant.simulator.figures import looks_like_table, tells_beside
from atelier_ia.assistant.simulator.mistakes import Mistake, read_mistake
from atelier_ia.assistant.simulator.quality import Quality, judge
from atelier_ia.assistant.words import fold
from atelier_ia.settings import Settings

Kind = Literal["courriel", "publications", "reunion", "conseil", "arrete", "affiche", "tableau", "question"]

_FENCES = (
    # To the last closing mark: one forged inside the text must not hide what follows it.
    re.compile(r"<<<\s*TEXTE\s*\n(.*?)(?:\n\s*TEXTE\s*>>>(?!.*TEXTE\s*>>>)|\Z)", re.DOTALL),
    re.compile(r"```[a-z]*\n(.*?)```", re.DOTALL),
    re.compile(r'"""\n?(.*?)"""', re.DOTALL),
    re.compile(
        r"<(?:texte|courriel|mail|source|document)>\n?(.*?)</(?:texte|courriel|mail|source|document)>", re.DOTALL | re.I
    ),
    re.compile(r"\n-{3,}\n(.*?)(?:\n-{3,}\n|\Z)", re.DOTALL),
)
SEARCHED_LINES = 60  # an instruction is shorter than that
_LEAD_IN = re.compile(
    r"(?:voici|ci-dessous|ci-après|le (?:texte|message|courriel|mail)|notes|source|texte|courriel|message|mail"
    r"|document)"
    r"[^\n:]{0,60}:\s*\n(.+)\Z",
    re.IGNORECASE | re.DOTALL,
)

_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "arrete",
        re.compile(
            r"\barretes?\b(?!\s+(?:de|d')\s)|\bvisas?\b.*\bconsiderants?\b|\barrete (?:de circulation|municipal"
            r"|de voirie)"
        ),
    ),
    (
        "conseil",
        re.compile(
            r"\bconseil municipal\b|\bdeliberations?\b|\bproces[- ]verba|\bpv\b|\bseance du conseil|\bconseil "
            r"communautaire"
        ),
    ),
    ("affiche", re.compile(r"\baffiches?\b|\bflyers?\b|\bprospectus\b|\bdepliant|\bvisuels?\b|\btracts?\b")),
    (
        "publications",
        re.compile(
            r"\bpublications?\b(?! des bans)|\bposts?\b|\breseaux sociaux\b|\bfacebook\b|\binstagram\b"
            r"|\blinkedin\b|\bpanneaupocket\b|"
            r"\bpanneau lumineux\b|\bcanaux\b|(?:\b(?:une|cette|notre|petite)\s|\b[dl]')annonces?\b"
        ),
    ),
    (
        "reunion",
        re.compile(
            r"\bcompte[- ]?rendu\b|\breleve de decisions\b|\breunions?\b|\bprise de notes\b|\bnotes (?:de"
            r"|prises)\b|\bsynthese de(?:s)? notes|"
            r"\bcr de\b|\bminutes de\b"
        ),
    ),
    (
        "courriel",
        re.compile(
            r"\brepon(?:ds|dre|se|dez)\b|\bcourriels?\b|\bmails?\b|\be-?mails?\b|\bcourriers?\b"
            r"|\badministres?\b|\blettre\b|\bmessage\b|"
            r"\busagere?s?\b|\bhabitante?s?\b"
        ),
    ),
)
_ANSWERING = re.compile(r"\brepon(?:ds|dre|se|dez)\b|\b(?:courriels?|e-?mails?|mails?|courriers?|lettre|message)\b")
_VOTED = re.compile(r"\babst?\b|\babst|\bdelib|\bvotes?\b|\bunanim|\bcontre\b|\bprend acte\b|\bajourn")
_GREETING = re.compile(
    r"^\s*(?:bonjour|bonsoir|madame|monsieur|messieurs|mesdames|salut|objet\s*:|de\s*:|slt|bjr|cher|hello|dear)", re.I
)
_FAREWELL = re.compile(
    r"\b(?:cordialement|salutations|bien à vous|merci d'avance|sincères|veuillez (?:agréer|recevoir)"
    r"|respectueusement|bonne journée|"
    r"merci de (?:votre|me|bien)|dans l'attente)",
    re.I,
)


@dataclass(frozen=True)
class Style:
    """How the collectivité writes."""

    opening: str
    closing: str
    signature: str
    tone: Literal["cordial", "formel", "simple"]


@dataclass(frozen=True)
class Task:
    """One request, understood. `source` is '' when the person gave no text to work on."""

    kind: Kind
    instruction: str
    source: str
    style: Style
    quality: Quality
    mistake: Mistake | None
    schema: dict[str, Any] | None = None

    def shortened(self, characters: int) -> Task:
        """The same task on the first `characters` of its source."""
        return replace(self, source=self.source[:characters])


def read_task(request: dict[str, Any], settings: Settings) -> Task:
    """What a chat request asks for. Never fails on odd content: what is not text counts as empty."""
    system, user = _texts(request.get("messages"))
    instruction, source = split_source(user)
    # The house style may stand in the system message; the quality judged is the person's own instruction.
    judged = instruction if instruction.strip() else system
    return Task(
        kind=kind_of(instruction, source, system),
        instruction=instruction,
        source=source,
        style=_style(system, instruction, settings),
        quality=judge(judged),
        mistake=read_mistake(system),
        schema=_schema(request),
    )


def _texts(messages: Any) -> tuple[str, str]:
    """(system text, last user text); earlier turns are left aside, except a source text given before."""
    system: list[str] = []
    users: list[str] = []
    for message in messages if isinstance(messages, Sequence) and not isinstance(messages, str) else ():
        if not isinstance(message, dict):
            continue
        text = content_text(message.get("content"))
        if message.get("role") in ("system", "developer"):
            system.append(text)
        elif message.get("role") == "user":
            users.append(text)
    if not users:
        return "\n".join(system), ""
    last = users[-1]
    if not split_source(last)[1]:
        earlier = next((found for text in reversed(users[:-1]) if (found := split_source(text)[1])), "")
        if earlier:
            last = f"{last}\n<<<TEXTE\n{earlier}\nTEXTE>>>"
    return "\n".join(system), last


def split_source(text: str) -> tuple[str, str]:
    """(instruction, source text) of a user message: fenced, announced by « Voici … : », or guessed by its greeting."""
    text = text.replace("\r\n", "\n")
    for fence in _FENCES:
        match = fence.search(text) if "</" in text or "</" not in fence.pattern else None
        if match and match[1].strip():
            return f"{text[: match.start()]}\n{text[match.end() :]}".strip(), match[1].strip()
    match = _LEAD_IN.search(text)
    if match and len(match[1].split()) >= 5:
        return text[: match.start(1)].strip(), match[1].strip()
    lines = text.split("\n")
    for number, line in enumerate(lines[:SEARCHED_LINES]):
        if not _GREETING.match(line):
            continue
        rest = "\n".join(lines[number:])
        if len(rest.split()) >= 8 and (number or _FAREWELL.search(rest)):
            return "\n".join(lines[:number]).strip(), rest.strip()
    blocks = re.split(r"\n\s*\n", text.strip(), maxsplit=1)
    if len(blocks) == 2 and len(blocks[1].split()) >= 25 and len(blocks[0].split()) <= 120:
        return blocks[0].strip(), blocks[1].strip()
    return text.strip(), ""


def kind_of(instruction: str, source: str, system: str = "") -> Kind:
    """The kind of work asked for: by the instruction first, else by the look of the source, else by the system text."""
    asked = fold(instruction)
    hits = [(match.start(), kind) for kind, pattern in _KINDS if (match := pattern.search(asked))]
    if hits:
        kinds = {kind for _, kind in hits}
        # « Réponds à ce courriel à propos de la réunion » is an e-mail, not minutes.
        if _ANSWERING.search(asked) and looks_like_mail(source):
            return "courriel"
        voted = "conseil" in kinds and bool(_VOTED.search(fold(source)))
        minuted = "reunion" in kinds and tells_beside(source)
        if not kinds & {"affiche", "publications"} and not voted and not minuted and looks_like_table(source):
            return "tableau"
        for kind in ("arrete", "conseil", "affiche", "publications", "reunion", "courriel"):
            if kind in kinds:
                return kind  # type: ignore[return-value]
    if looks_like_mail(source):
        return "courriel"
    if looks_like_table(source):
        return "tableau"
    if source:
        for kind, pattern in _KINDS:
            if pattern.search(fold(system)):
                return kind
    return "question"


def looks_like_mail(source: str) -> bool:
    """Does this text greet or take leave as a letter does?"""
    return bool(source) and bool(_GREETING.match(source) or _FAREWELL.search(source))


def _style(system: str, instruction: str, settings: Settings) -> Style:
    own = settings.correspondence
    told = f"{system}\n{instruction}"
    tone = own.tone
    match = re.search(
        r"\bton\s*(?::|est|doit être|reste)?\s*(?:\w+\s+){0,2}?(cordial|formel|simple)", told, re.IGNORECASE
    )
    if match:
        tone = match[1].lower()  # type: ignore[assignment]
    return Style(
        opening=_quoted(system, r"(?:formule d['’]appel|appel|commence[rz]?|ouvre[rz]?|débute[rz]?)") or own.opening,
        closing=_quoted(system, r"(?:formule de politesse|formule finale|politesse|termine[rz]?|conclu[rstez]*)")
        or own.closing,
        signature=_quoted(system, r"(?:signature|sign[ée][rz]?)") or own.signature,
        tone=tone,
    )


def _quoted(text: str, label: str) -> str:
    match = re.search(label + r"[^«\"\n:]{0,40}(?::\s*)?[«\"]\s*([^»\"\n]{3,300}?)\s*[»\"]", text, re.IGNORECASE)
    if match:
        return match[1]
    match = re.search(label + r"\s*:\s*([^\n«\"]{3,300})", text, re.IGNORECASE)
    return match[1].strip() if match else ""


def _schema(request: dict[str, Any]) -> dict[str, Any] | None:
    form = request.get("response_format")
    if not isinstance(form, dict):
        return None
    if form.get("type") == "json_schema":
        holder = form.get("json_schema")
        schema = holder.get("schema") if isinstance(holder, dict) else None
        return schema if isinstance(schema, dict) else {"type": "object"}
    return {"type": "object"} if form.get("type") == "json_object" else None
