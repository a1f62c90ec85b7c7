"""Check and cut audio recordings before they are sent: format by content, size, long ones split without re-encoding.

Only WAV and MP3 are cut, with the standard library; another format that is too large is refused with what to do.
"""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass

from atelier_ia.assistant.errors import AssistantError
from atelier_ia.assistant.providers import TranscriptionAbility

MEGABYTE = 1_000_000
_MARGIN = 0.95  # of the provider's limit: the request holds more than the file

# MPEG-1/2/2.5 layer III: bit rates in kbit/s and sampling rates in Hz (ISO/IEC 11172-3, 13818-3).
_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0)
_SAMPLING = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


@dataclass(frozen=True)
class Part:
    """One piece of a recording, ready to send; `start` in seconds from the beginning of the whole."""

    name: str
    data: bytes
    start: float


def sniff(data: bytes) -> str:
    """The audio format of `data` by its first bytes: 'wav', 'mp3', 'flac', 'ogg', 'm4a', 'webm', or ''."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "wav"
    if data[:3] == b"ID3" or _frame(data, 0) is not None:
        return "mp3"
    if data[:4] == b"fLaC":
        return "flac"
    if data[:4] == b"OggS":
        return "ogg"
    if data[4:8] == b"ftyp":
        return "m4a"
    return "webm" if data[:4] == b"\x1a\x45\xdf\xa3" else ""


def parts(name: str, data: bytes, ability: TranscriptionAbility) -> list[Part]:
    """`data` as one or several pieces that the provider accepts.

    Raises:
        AssistantError: not audio, a format that the provider refuses, or too large and not divisible.
    """
    if not data:
        raise AssistantError("L'enregistrement est vide ; choisissez un autre fichier.")
    kind = sniff(data)
    accepted = ", ".join(ability.formats)
    if not kind:
        raise AssistantError(f"Ce fichier n'est pas un enregistrement audio reconnu ; formats acceptés : {accepted}.")
    if kind not in ability.formats:
        raise AssistantError(f"Le fournisseur n'accepte pas le format {kind} ; convertissez le fichier en {accepted}.")
    limit = int(ability.max_megabytes * MEGABYTE * _MARGIN)
    seconds = ability.max_minutes * 60
    if kind == "wav":
        return _cut_wav(name, data, limit, seconds)
    if kind == "mp3":
        return _cut_mp3(name, data, limit, seconds)
    if len(data) > limit:
        raise AssistantError(
            f"L'enregistrement dépasse {ability.max_megabytes:g} Mo ; convertissez-le en mp3, ou coupez-le en "
            f"plusieurs."
        )
    return [Part(f"enregistrement.{kind}", data, 0.0)]


def _cut_wav(name: str, data: bytes, limit: int, seconds: float) -> list[Part]:
    try:
        with wave.open(io.BytesIO(data)) as source:
            settings, total = source.getparams(), source.getnframes()
            frame_bytes = settings.sampwidth * settings.nchannels
            per_part = max(1, (limit - 1000) // frame_bytes)
            if seconds:
                per_part = min(per_part, int(seconds * settings.framerate))
            if total <= per_part:
                return [Part("enregistrement.wav", data, 0.0)]
            found = []
            for first in range(0, total, per_part):
                buffer = io.BytesIO()
                with wave.open(buffer, "wb") as target:
                    target.setparams(settings)
                    target.writeframes(source.readframes(per_part))
                found.append(Part("enregistrement.wav", buffer.getvalue(), first / settings.framerate))
            return found
    except (wave.Error, EOFError, ValueError):
        raise AssistantError(
            "Le fichier WAV est abîmé ou compressé ; réenregistrez-le ou convertissez-le en mp3."
        ) from None


def _cut_mp3(name: str, data: bytes, limit: int, seconds: float) -> list[Part]:
    if len(data) <= limit and not seconds:
        return [Part("enregistrement.mp3", data, 0.0)]
    found: list[Part] = []
    place = _first_frame(data)
    start_byte, start_second, elapsed = place, 0.0, 0.0
    while (frame := _frame(data, place)) is not None:
        length, duration = frame
        full = place + length - start_byte > limit or (seconds and elapsed + duration - start_second > seconds)
        if full and place > start_byte:
            found.append(Part("enregistrement.mp3", data[start_byte:place], start_second))
            start_byte, start_second = place, elapsed
        place += length
        elapsed += duration
        if place + 4 > len(data):
            break
        if _frame(data, place) is None:  # rubbish between frames: look for the next one
            place = _first_frame(data, place)
    rest = data[start_byte:]
    if len(rest) > limit:
        raise AssistantError("Le fichier MP3 est abîmé ; réenregistrez-le ou coupez-le en plusieurs.")
    return (
        [*found, Part("enregistrement.mp3", rest, start_second)] if found else [Part("enregistrement.mp3", data, 0.0)]
    )


def _first_frame(data: bytes, place: int = 0) -> int:
    if place == 0 and data[:3] == b"ID3" and len(data) > 10:
        size = 0
        for byte in data[6:10]:
            size = size << 7 | byte & 0x7F
        place = 10 + size
    while 0 <= place < len(data):
        place = data.find(b"\xff", place)
        if place < 0:
            break
        frame = _frame(data, place)
        if frame and (place + frame[0] + 4 > len(data) or _frame(data, place + frame[0]) is not None):
            return place
        place += 1
    return len(data)


def _frame(data: bytes, place: int) -> tuple[int, float] | None:
    """(bytes, seconds) of the layer III frame that starts at `place`, None when there is none."""
    head = data[place : place + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sampling = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != 1 or rate in (0, 15) or sampling == 3:
        return None
    kilobits = (_RATES_1 if version == 3 else _RATES_2)[rate]
    hertz = _SAMPLING[version][sampling]
    samples = 1152 if version == 3 else 576
    length = samples // 8 * kilobits * 1000 // hertz + (head[2] >> 1 & 1)
    return (length, samples / hertz) if length > 4 else None
