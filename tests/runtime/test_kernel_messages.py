"""Messages from browsers to kernels: those that jupyter_server itself would write are read, broken ones are not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_binary_message,
    serialize_msg_to_ws_v1,
)

from atelier_ia.runtime.kernel_messages import V1, well_formed

PARTS = st.lists(st.binary(max_size=50), min_size=4, max_size=8)


@given(PARTS, st.sampled_from(["shell", "control", "stdin"]))
def test_what_is_written_is_read(parts: list[bytes], channel: str) -> None:
    """Is every whole message accepted, under its protocol?"""
    new = serialize_msg_to_ws_v1(parts, channel)
    assert deserialize_msg_from_ws_v1(new) == (channel, parts)
    assert well_formed(new, V1)
    assert well_formed(serialize_binary_message({"buffers": parts, "header": {}}), None)
    assert not well_formed(new, None)


@given(PARTS, st.data())
def test_what_is_cut_is_not(parts: list[bytes], data: st.DataObject) -> None:
    """Is a message cut anywhere refused, under its protocol?"""
    new = serialize_msg_to_ws_v1(parts, "shell")
    assert not well_formed(new[: data.draw(st.integers(0, len(new) - 1))], V1)


@given(st.binary(max_size=400) | st.text(max_size=100), st.sampled_from([V1, None]))
def test_nothing_breaks_it(message: bytes | str, protocol: str | None) -> None:
    """Does any message get an answer, and an accepted one announce no more parts than it could hold?"""
    if well_formed(message, protocol) and isinstance(message, bytes):
        order = "little" if protocol == V1 else "big"
        size = 8 if protocol == V1 else 4
        assert int.from_bytes(message[:size], order) * size <= len(message)  # type: ignore[arg-type]
