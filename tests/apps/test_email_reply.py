"""The screen's order and what it keeps, without a browser; the browser plays it in tests/browser."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from atelier_ia.apps.email_reply import EmailReply


@pytest.fixture
def project(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The project's content, with its own place for what is recorded."""
    from atelier_ia.settings import project_root

    root = project_root()
    for name in ("atelier.toml", "sandbox_data"):
        (tmp_path / name).symlink_to(root / name)
    monkeypatch.setenv("ATELIER_RACINE", str(tmp_path))


@pytest.fixture
def app(project: None) -> EmailReply:
    return EmailReply()


def press(app: EmailReply, id: str, values: dict[str, str] | None = None, **detail: Any) -> None:
    """What the browser sends when the component `id` is used."""
    app.screen._receive(
        app.screen, {"type": "event", "id": id, "values": values or {}, "detail": detail, "sequence": 1}, []
    )


def nodes(app: EmailReply, type: str) -> Iterator[dict[str, Any]]:
    """The components of that type on screen."""
    waiting = list(app.screen.tree["children"])
    while waiting:
        node = waiting.pop(0)
        waiting = node.get("children", []) + waiting
        if node["type"] == type:
            yield node


def ids(app: EmailReply) -> set[str]:
    return {node["id"] for kind in ("button", "copyButton") for node in nodes(app, kind)}


def wait_for_draft(app: EmailReply) -> None:
    deadline = time.monotonic() + 30
    while app.streaming and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not app.streaming


def settle(app: EmailReply) -> None:
    for index in range(len(app.guard.alert_wordings())):
        press(app, f"alerte-{index}", value="masquer")


def test_opens_on_an_example(app: EmailReply) -> None:
    """Does the app open on a loaded example, at the first step?"""
    assert app.step == 1
    assert next(nodes(app, "field"))["value"] == app.text != ""
    assert ids(app) == {"vider", "chrono_seul", "masquer"}


def test_every_sandbox_mail_goes_through(app: EmailReply) -> None:
    """Can each e-mail of the sandbox be reviewed, and is what is shown what would leave?"""
    for identifier, email in list(app.emails.items()):
        press(app, "courriel", value=identifier)
        press(app, "masquer", {"texte": email.text})
        assert app.step == 2, (identifier, app.problem)
        settle(app)
        assert not app.guard.waiting()
        shown = "".join(run["token"] or run["text"] for run in next(nodes(app, "masked"))["runs"])
        assert shown == app.guard.masking.text
        press(app, "texte_retour")


def test_masks_follow_the_person(app: EmailReply) -> None:
    """Do lifted masks show, and added ones hide, everywhere in the text?"""
    text = "Je suis Sandrine Lavergnat. Mon chien Ficelle est perdu, oui Ficelle. 06 39 98 41 07"
    press(app, "masquer", {"texte": text})
    press(app, "donnees", key="06 39 98 41 07", masked=False)
    assert "06 39 98 41 07" in app.guard.masking.text
    press(app, "donnees", key="06 39 98 41 07", masked=True)
    assert "06 39 98 41 07" not in app.guard.masking.text
    press(app, "ajouter", {"passage": "Ficelle", "genre": "NOM"})
    assert "Ficelle" not in app.guard.masking.text
    press(app, "ajouter", {"passage": "absent du texte", "genre": "NOM"})
    assert "recopiez" in app.guard.error
    shown = "".join(run["token"] or run["text"] for run in next(nodes(app, "masked"))["runs"])
    assert shown == app.guard.masking.text


def test_alert_holds_the_draft(app: EmailReply) -> None:
    """Is a draft refused while a sensitive passage waits for a decision?"""
    press(app, "masquer", {"texte": "Mon fils est diabétique. Peut-il manger à la cantine ?"})
    assert app.guard.waiting()
    press(app, "rediger")
    assert app.step == 2
    assert "décision" in app.problem
    settle(app)
    assert "diabétique" not in app.guard.masking.text
    press(app, "rediger")
    wait_for_draft(app)
    assert app.step == 4


def test_failure_keeps_the_text(app: EmailReply, monkeypatch: pytest.MonkeyPatch) -> None:
    """When something unexpected fails, is it said in French without details, and the text kept?"""
    from atelier_ia.use_cases import drafting

    def broken(_text: str) -> None:
        raise RuntimeError("secret 06 39 98 41 07")

    monkeypatch.setattr(drafting, "prepare", broken)
    press(app, "masquer", {"texte": "Mon texte à moi"})
    assert app.step == 1
    assert app.text == "Mon texte à moi"
    assert "inattendue" in app.problem
    assert "secret" not in app.problem
    assert any(node["tone"] == "erreur" for node in nodes(app, "notice"))


def test_another_kernel_takes_over(app: EmailReply) -> None:
    """Does a fresh kernel go on from the browser's memory, with what is typed there?"""
    press(app, "masquer", {"texte": "Bonjour, quand ouvre la mairie ?"})
    settle(app)
    press(app, "rediger")
    wait_for_draft(app)
    memory = app.screen.tree["memory"]
    fresh = EmailReply()
    fresh.screen._receive(fresh.screen, {"type": "resume", "memory": memory, "values": {"brouillon": "Corrigé."}}, [])
    assert (fresh.step, fresh.draft_text, fresh.text) == (4, "Corrigé.", "Bonjour, quand ouvre la mairie ?")


@pytest.mark.parametrize(("typed", "kept"), [("20", True), ("12,5", True), ("", False), ("vite", False), ("0", False)])
def test_time_saved(app: EmailReply, typed: str, kept: bool) -> None:
    """Are minutes recorded when they are a number, and asked again when they are not?"""
    from atelier_ia.measurement.time_records import read_pairs

    press(app, "enregistrer", {"sans": typed})
    assert len(read_pairs()) == int(kept)
    assert (app.time.recorded is not None) is kept
    assert bool(app.time.error) is not kept


def test_docx(app: EmailReply, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is the corrected text, not the first draft, what the .docx holds?"""
    saved: list[tuple[str, bytes]] = []
    monkeypatch.setattr(app.screen, "save_file", lambda name, kind, data: saved.append((name, data)))
    app.step = 4
    press(app, "word", {"brouillon": "Madame,\n\nTexte corrigé.\n\nLa mairie"})
    [(name, data)] = saved
    assert name.endswith(".docx")
    from io import BytesIO

    from docx import Document

    assert "Texte corrigé." in "\n".join(paragraph.text for paragraph in Document(BytesIO(data)).paragraphs)


@pytest.mark.parametrize(
    ("header", "subject"),
    [
        ("Objet : RE: TR : [EXTERNE] Lampadaire", "Votre message « Lampadaire »"),
        ("Subject: Fwd: Ré : Lampadaire ", "Votre message « Lampadaire »"),
        ("Objet :  ", "Votre message"),
    ],
)
def test_the_subject_is_read_from_the_header(header: str, subject: str) -> None:
    """Is the subject freed of what mail programs add, and never taken from the line that follows an empty one?"""
    app = EmailReply()
    app.keep_input({"texte": f"De : Accueil\n{header}\nBonjour, le lampadaire est éteint."})
    assert app.heading()["subject"] == subject


def test_an_emptied_draft_is_not_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is an empty sheet refused instead of downloaded with the mention that an agent has read it?"""
    app = EmailReply()
    app.step, app.draft_text = 4, "Bonjour"
    saved: list[str] = []
    monkeypatch.setattr(app.screen, "save_file", lambda name, *_: saved.append(name))
    for id in ("word", "pdf"):
        app.screen._receive(
            app.screen, {"type": "event", "id": id, "values": {"brouillon": " \n"}, "detail": {}, "sequence": 1}, []
        )
        assert "est vide" in app.problem
    assert saved == []
