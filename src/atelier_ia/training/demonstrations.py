"""Live demonstrations in the lesson notebooks, in plain French: `%courriel`, `%arrete`, `%masquer`, `%%demander`…

They play the real path (guard, then the collectivité's own assistant, streamed) on the sandbox's cases, so that the
same cell runs on the simulator and, unchanged, on a real model. `%load_ext atelier_ia.training.demonstrations` loads
them. What fails in front of people becomes one French sentence, and the lesson goes on.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from typing import Any

from IPython.core.magic import Magics, cell_magic, line_magic, magics_class, no_var_expand
from IPython.display import display

from atelier_ia.documents.typography import plural
from atelier_ia.errors import AtelierError
from atelier_ia.settings import Settings, load_settings
from atelier_ia.training.wording import html, typeset
from atelier_ia.use_cases.real_cases import load_cases
from atelier_ia.use_cases.sandbox import load_document, load_emails, sandbox_folder
from atelier_ia.use_cases.sandbox_inventory import list_items
from atelier_ia.use_cases.sandbox_orders import load_keys, load_order, load_orders, number_of
from atelier_ia.use_cases.sandbox_tables import known_tables, load_table

_REFRESH_SECONDS = 0.15
_CARD = (
    "font-family:'Atkinson Hyperlegible Next',Luciole,system-ui,sans-serif;font-size:1.05em;max-width:72ch;"
    "margin:8px 0;padding:12px 20px;border:1px solid #b9c3cd;border-left:6px solid {edge};border-radius:6px;"
    "line-height:1.55;white-space:pre-wrap"
)
_EDGES = {"recu": "#8a5a2b", "masque": "#6b5b95", "reponse": "#2f4b66", "message": "#8a5a2b"}


@magics_class
class DemonstrationMagics(Magics):
    """What the trainer runs in front of the room; everyone can run it again."""

    @line_magic  # type: ignore[untyped-decorator]
    def boite(self, line: str) -> None:
        """%boite [MOT]: the sandbox's inbox, all of it or the messages whose register or subject holds that word."""
        word = line.strip().lower()
        kept = [e for e in load_emails() if not word or word in f"{e.voice} {e.subject} {e.service} {e.id}".lower()]
        rows = [(email.id, f"{email.day:%d/%m}", email.subject or "(sans objet)", email.voice) for email in kept]
        _show_table(("nom à recopier", "date", "objet", "registre"), rows)

    @line_magic  # type: ignore[untyped-decorator]
    def courriel(self, line: str) -> None:
        """%courriel NOM: one message as it arrived."""
        _show_case(line)

    @line_magic  # type: ignore[untyped-decorator]
    def document(self, line: str) -> None:
        """%document NOM: one working document (notes, announcement, transcript)."""
        _show_case(line)

    @line_magic  # type: ignore[untyped-decorator]
    def documents(self, line: str) -> None:
        """%documents [SERVICE]: the working documents and tables of the sandbox, all of them or a service's."""
        word = line.strip().lower()
        kept = [item for item in list_items() if not word or word in " ".join((*item.services, item.title)).lower()]
        if kept:
            _show_table(("à écrire", "titre"), [(f"%{item.kind} {item.id}", item.title) for item in kept])
        else:
            _show("message", "Aucun document", "Écrivez %documents seul pour voir toute la liste.")

    @line_magic  # type: ignore[untyped-decorator]
    def arrete(self, line: str) -> None:
        """%arrete: the list of the orders; %arrete 142: that order; %arrete 142 cle: what is wrong in it."""
        number, _, key = line.strip().partition(" ")
        if not number:
            counts = {key.number: str(len(key.defects)) for key in load_keys()}
            rows = [(number_of(order), order.title, counts.get(number_of(order), "—")) for order in load_orders()]
            _show_table(("numéro", "arrêté", "défauts à trouver"), rows)
            return
        try:
            order, answers = load_order(number)
        except AtelierError as error:
            _show("message", "Arrêté introuvable", str(error))
            return
        if not key:
            _show("recu", order.title, order.text)
            return
        if answers is None:
            _show("message", "La clé n'est pas ici", "La formatrice la garde ; cherchez d'abord, elle la montrera.")
            return
        found = [
            f"« {one.passage} » : {one.explanation}" if one.passage else one.explanation for one in answers.defects
        ]
        _show("masque", f"La clé de l'arrêté {number}", "\n".join(f"{i}. {told}" for i, told in enumerate(found, 1)))

    @line_magic  # type: ignore[untyped-decorator]
    def tableau(self, line: str) -> None:
        """%tableau NOM: one table of figures (budget, school meals, energy)."""
        try:
            table = load_table(line.strip())
        except AtelierError as error:
            _show("message", "Tableau introuvable", str(error))
            return
        _show_table(table.columns, table.rows, table.title)

    @line_magic  # type: ignore[untyped-decorator]
    def prevoir(self, line: str) -> None:
        """%prevoir cantine 10: the next days or months of a series, with the error made on the past."""
        name, _, horizon = line.strip().partition(" ")
        known = {path.stem: path for path in sorted((sandbox_folder() / "previsions").glob("*.csv"))}
        if name not in known:
            _show("message", "Prévision impossible", f"Les séries à prévoir sont : {', '.join(known)}.")
            return
        try:
            from atelier_ia.training.planning.open_days import days_without_service
            from atelier_ia.use_cases.counts import read_counts
            from atelier_ia.use_cases.forecast import describe, forecast

            counts = read_counts(known[name])
            closed = days_without_service(load_settings(), counts.days) if counts.step == "jour" else ()
            result = forecast(counts, int(horizon) if horizon.strip().isdigit() else 5, closed)
        except AtelierError as error:
            _show("message", "Prévision impossible", str(error))
            return
        _show("reponse", "Prévision, et son erreur mesurée sur le passé (calcul, pas d'assistant)", describe(result))

    @line_magic  # type: ignore[untyped-decorator]
    def cas(self, line: str) -> None:
        """%cas: the collectivité's own cases, imported and masked; their names serve wherever a sandbox case does."""
        try:
            rows = [(c.id, c.title, c.service or "tous", f"{c.delete_after:%d/%m/%Y}") for c in load_cases()]
        except AtelierError as error:
            _show("message", "Cas illisible", str(error))
            return
        if rows:
            _show_table(("nom à recopier", "titre", "service", "supprimé après le"), rows)
        else:
            _show("message", "Aucun cas importé", "L'application « Importer un cas réel » en masque un et le range.")

    @line_magic  # type: ignore[untyped-decorator]
    def masquer(self, line: str) -> None:
        """%masquer NOM: the same message with its personal data replaced, and what the guard noticed."""
        case = _case(line)
        if case is None:
            return
        text = case[1]
        try:
            from atelier_ia.use_cases.drafting import prepare

            masking = prepare(text)
        except (AtelierError, ImportError) as error:
            _show("message", "Masquage impossible", _reason(error))
            return
        hidden = plural(len(masking.placeholders), "donnée masquée", "données masquées")
        _show("masque", f"Ce que verrait l'assistant ({hidden})", masking.text)
        for alert in masking.alerts:
            _show("message", "À décider par une personne", f"« {text[alert.start : alert.end]} » : {alert.reason}")

    @no_var_expand  # type: ignore[untyped-decorator]
    @cell_magic  # type: ignore[untyped-decorator]
    def demander(self, line: str, cell: str) -> None:
        """%%demander NOM [ERREUR], then the instruction: the assistant's draft on that case, as it is written.

        ERREUR (`chiffre_faux`, `article_invente`…) makes the simulator err on purpose; a real model ignores it.
        """
        name, _, mistake = line.strip().partition(" ")
        case = _case(name)
        if case is None:
            return
        try:
            _stream_draft(case[1], cell, mistake.strip())
        except (AtelierError, ImportError) as error:
            _show("message", "L'assistant n'a pas répondu", _reason(error))


def _stream_draft(text: str, instruction: str, mistake: str) -> None:
    from atelier_ia.assistant.simulator.mistakes import with_mistake
    from atelier_ia.use_cases.drafting import confirm, draft, prepare
    from atelier_ia.use_cases.emails import Message, build_messages

    def build(masked: str, request: str, settings: Settings) -> list[Message]:
        messages = build_messages(masked, request, settings)
        return with_mistake(messages, mistake) if mistake else messages

    # The sandbox's persons are invented: the trainer shows the masks, nobody has to decide about the alerts.
    stream = draft(confirm(prepare(text)), instruction, build, load_settings())
    handle = display(_content("reponse", "L'assistant écrit…", ""), raw=True, display_id=True)
    written, shown = "", 0.0
    for piece in stream:
        written += piece
        if time.monotonic() - shown > _REFRESH_SECONDS:
            handle.update(_content("reponse", stream.identity.notice, written), raw=True)
            shown = time.monotonic()
    finished = stream.draft
    title = " ".join(part for part in (finished.identity.notice, finished.notice, "À relire avant tout envoi.") if part)
    handle.update(_content("reponse", title, finished.text or "(réponse vide)"), raw=True)


def _show_case(line: str) -> None:
    case = _case(line)
    if case is not None:
        _show("recu", *case)


def _case(name: str) -> tuple[str, str] | None:
    """Title and text of an e-mail, a table or a document of the sandbox; None when unknown, which is shown."""
    wanted = name.strip()
    email = next((email for email in load_emails() if email.id == wanted), None)
    if email is not None:
        return f"Courriel reçu le {email.day:%d/%m/%Y}", email.text
    if wanted in known_tables():
        table = load_table(wanted)
        return table.title, table.text
    try:
        if wanted.startswith("cas_"):
            own = next((case for case in load_cases() if case.id.startswith(wanted)), None)
            if own is not None:
                return f"Cas de la collectivité : {own.title}", own.text
        document = load_document(wanted)
    except AtelierError as error:
        _show("message", "Cas introuvable", f"{error} La commande %boite donne la liste des courriels.")
        return None
    return document.title, document.text


def _reason(error: Exception) -> str:
    if isinstance(error, AtelierError):
        return str(error)
    return "Un composant manque dans cette installation ; lancez « atelier diagnostic » pour savoir lequel."


def _show(kind: str, title: str, text: str) -> None:
    display(_content(kind, title, text), raw=True)


def _content(kind: str, title: str, text: str) -> dict[str, str]:
    style = _CARD.format(edge=_EDGES[kind])
    markup = (
        f'<section lang="fr" aria-label="{html(title)}" style="{style}">'
        f"<p style='margin:0 0 8px'><strong>{html(title)}</strong></p>{html(text)}</section>"
    )
    return {"text/html": markup, "text/plain": typeset(f"{title}\n{text}".strip())}


def _show_table(headings: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> None:
    head = "".join(f'<th scope="col" style="text-align:left;padding:4px 12px">{html(name)}</th>' for name in headings)
    body = "".join(_row(row) for row in rows)
    caption = f"<caption style='text-align:left;font-weight:bold'>{html(title)}</caption>" if title else ""
    markup = f'<table lang="fr">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    plain = "\n".join(filter(None, (title, *(" | ".join(row) for row in (headings, *rows)))))
    display({"text/html": markup, "text/plain": typeset(plain)}, raw=True)


def _row(cells: Sequence[str]) -> str:
    # Figures stand to the right so that their digits line up; a total stands out.
    weight = ";font-weight:bold" if "Total" in cells else ""
    sides = ("right" if re.fullmatch(r"[-−]?[\d\s\u202f]+", cell) else "left" for cell in cells)
    return (
        "<tr>"
        + "".join(
            f'<td style="text-align:{side};padding:4px 12px{weight}">{html(cell)}</td>'
            for side, cell in zip(sides, cells, strict=True)
        )
        + "</tr>"
    )


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext atelier_ia.training.demonstrations`: the magics, and the button that projects the lesson."""
    from IPython.display import display

    from atelier_ia.training.extension import may_load_again, tell_unknown_commands
    from atelier_ia.training.projection import Projection

    shell.register_magics(DemonstrationMagics)
    display(Projection())
    may_load_again(shell, __name__)
    tell_unknown_commands(shell)
