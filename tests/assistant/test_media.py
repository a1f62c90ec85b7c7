"""Transcription and images on local servers that accept what each provider accepts."""

from __future__ import annotations

import base64
import io
import re
import threading
import wave
from collections.abc import Callable
from typing import Any

import pytest

from atelier_ia.assistant import AssistantError, Cancelled, open_assistant
from atelier_ia.assistant.media import draw, transcribe
from atelier_ia.assistant.providers import TranscriptionAbility
from atelier_ia.assistant.recordings import parts, sniff
from atelier_ia.settings import Settings
from tests.assistant.servers import Handler, serve

Configure = Callable[..., Settings]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


def wav(seconds: float, rate: int = 8000) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(rate)
        target.writeframes(b"\0\0" * int(seconds * rate))
    return buffer.getvalue()


def mp3(frames: int) -> bytes:
    """MPEG-1 layer III frames, 128 kbit/s, 44.1 kHz: 417 bytes each."""
    return (b"\xff\xfb\x90\x00" + b"\0" * 413) * frames


def ability(**values: Any) -> TranscriptionAbility:
    return TranscriptionAbility.model_validate({"modele": "m", "taille_max_mo": 1, "formats": ["wav", "mp3"], **values})


def form(body: dict[str, Any]) -> dict[str, str]:
    """The text fields of a multipart body."""
    raw = body["raw"].decode("latin-1")
    return dict(re.findall(r'name="([\w\[\]]+)"\r\n\r\n([^\r]*)\r\n', raw))


def openai_audio(handler: Handler, body: dict[str, Any]) -> None:
    fields = form(body)
    if (
        fields.get("response_format") != "diarized_json"
        or fields.get("chunking_strategy") != "auto"
        or "prompt" in fields
    ):
        handler.json(400, {"error": {"message": "chunking_strategy is required"}})
        return
    turns = [{"id": "1", "speaker": "A", "start": 0, "end": 1, "text": "Bonjour.", "type": "x"}]
    handler.json(200, {"text": "Bonjour.", "segments": turns, "duration": 1, "task": "transcribe"})


def mistral_audio(handler: Handler, body: dict[str, Any]) -> None:
    fields = form(body)
    if set(fields) - {"model", "language", "diarize", "timestamp_granularities[]", "timestamp_granularities"}:
        handler.json(422, {"detail": [{"type": "extra_forbidden"}]})
        return
    turns = [{"speaker_id": "speaker_1", "start": 0, "end": 1, "text": "Bonjour."}]
    handler.json(200, {"text": "Bonjour.", "model": "v", "language": "fr", "segments": turns, "usage": {}})


def albert_audio(handler: Handler, body: dict[str, Any]) -> None:
    if form(body).get("response_format") not in ("json", "text", "verbose_json", "srt", "vtt", "diarized_json"):
        handler.json(422, {"detail": []})
        return
    turns = [{"speaker": "SPEAKER_00", "start": 0.0, "end": 1.0, "text": "Bonjour."}]
    handler.json(200, {"text": "Bonjour.", "segments": turns})


def local_audio(handler: Handler, body: dict[str, Any]) -> None:
    if set(form(body)) - {"model", "language"}:
        handler.json(400, {"error": {"message": "unknown"}})
        return
    handler.json(200, {"text": "Bonjour."})


@pytest.mark.parametrize(
    ("identifier", "key", "script", "speaker"),
    [
        ("openai", "OPENAI_API_KEY", openai_audio, "A"),
        ("mistral", "MISTRAL_API_KEY", mistral_audio, "speaker_1"),
        ("albert", "ALBERT_API_KEY", albert_audio, "SPEAKER_00"),
        ("vllm", "", local_audio, ""),
    ],
)
def test_transcription(
    with_assistant: Configure, monkeypatch: pytest.MonkeyPatch, identifier: str, key: str, script: Any, speaker: str
) -> None:
    """Does each provider's endpoint accept our request, and are its speakers kept?"""
    if key:
        monkeypatch.setenv(key, "sk-essai")
    with serve(script) as server:
        settings = with_assistant(provider=identifier, base_url=server.url, model="m", timeout_seconds=5)
        told = transcribe(open_assistant(settings), "seance.wav", wav(0.1))
        assert told.text == "Bonjour."
        assert [segment.speaker for segment in told.segments] == ([speaker] if speaker else [])
        assert told.dialogue() == (f"{speaker} : Bonjour." if speaker else "Bonjour.")
        assert server.seen[0][0].endswith("/audio/transcriptions")


def test_long_recording_is_split(with_assistant: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a long recording sent in pieces, times counted from the beginning, voices of each piece kept apart?"""
    monkeypatch.setenv("ALBERT_API_KEY", "sk-essai")
    with serve(albert_audio) as server:
        settings = with_assistant(provider="albert", base_url=server.url, model="m", requests_per_minute=1000)
        assistant = open_assistant(settings)
        able = assistant.provider.capabilities.transcription.model_copy(update={"max_megabytes": 0.02})
        capabilities = assistant.provider.capabilities.model_copy(update={"transcription": able})
        assistant.provider = assistant.provider.model_copy(update={"capabilities": capabilities})
        progress: list[tuple[int, int]] = []
        told = transcribe(assistant, "long.wav", wav(2), on_progress=lambda done, total: progress.append((done, total)))
        count = len(server.seen)
        assert count == 2
        assert progress == [(1, 2), (2, 2)]
        assert told.segments[1].start > 1
        assert told.segments[0].speaker != told.segments[1].speaker
        assert "2 parties" in told.notice


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b"%PDF-1.7 rien de sonore", "n'est pas un enregistrement"),
        (b"fLaC" + b"\0" * 50, "n'accepte pas le format flac"),
        (b"RIFF\0\0\0\0WAVEfmt ", "abîmé"),
    ],
)
def test_bad_file_is_not_sent(data: bytes, words: str) -> None:
    """Is a file that cannot work refused before anything is sent, with what to do?"""
    with pytest.raises(AssistantError, match=words):
        parts("x", data, ability())


def test_too_large_and_not_divisible() -> None:
    """Is a large file of another format refused with a remedy?"""
    with pytest.raises(AssistantError, match="convertissez-le en mp3"):
        parts("x.flac", b"fLaC" + b"\0" * 2_000_000, ability(formats=["flac"]))


def test_mp3_is_cut_between_frames() -> None:
    """Are the pieces of a long mp3 whole frames that make the file again, each under the limit?"""
    data = mp3(6000)
    pieces = parts("x.mp3", data, ability())
    assert len(pieces) > 1
    assert b"".join(piece.data for piece in pieces) == data
    assert all(len(piece.data) <= 950_000 and len(piece.data) % 417 == 0 for piece in pieces)
    assert pieces[1].start == pytest.approx(len(pieces[0].data) / 417 * 1152 / 44100)


def test_pieces_follow_a_limit_in_minutes() -> None:
    """Is a recording cut by its length too?"""
    assert len(parts("x.wav", wav(30), ability(decoupage_minutes=0.2))) == 3
    assert len(parts("x.mp3", mp3(1200), ability(decoupage_minutes=0.2))) == 3


@pytest.mark.parametrize(("data", "kind"), [(wav(0.1), "wav"), (mp3(2), "mp3"), (b"OggS", "ogg"), (b"texte", "")])
def test_format_by_content(data: bytes, kind: str) -> None:
    """Is the format read from the content, not from the name?"""
    assert sniff(data) == kind


def test_no_transcription_is_said(settings: Settings) -> None:
    """Does a provider without transcription say so?"""
    with pytest.raises(AssistantError, match="ne transcrit pas"):
        transcribe(open_assistant(settings), "x.wav", wav(0.1))


def test_image(with_assistant: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    """Does an image come back as PNG, without the parameter that its provider refuses?"""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-essai")

    def script(handler: Handler, body: dict[str, Any]) -> None:
        if "response_format" in body:
            handler.json(400, {"error": {"message": "Unknown parameter: 'response_format'."}})
        else:
            handler.json(200, {"created": 1, "data": [{"b64_json": base64.b64encode(PNG).decode()}]})

    with serve(script) as server:
        assistant = open_assistant(with_assistant(provider="openai", base_url=server.url))
        assert draw(assistant, "Une affiche") == PNG
        with pytest.raises(AssistantError, match="taille"):
            draw(assistant, "Une affiche", size="1x1")
        stop = threading.Event()
        stop.set()
        with pytest.raises(Cancelled):
            draw(assistant, "Une affiche", cancel=stop)


def test_no_image_is_said(settings: Settings) -> None:
    """Does a provider without images say so?"""
    with pytest.raises(AssistantError, match="ne produit pas d'image"):
        draw(open_assistant(settings), "Une affiche")
