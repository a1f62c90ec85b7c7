"""The inhabitants' page: what slows a flood down, and what it never keeps."""

from atelier_ia.apps.citizens_page import MOST_OF_ALL, MOST_PER_ADDRESS, WINDOW, Flood


def test_one_address_cannot_flood() -> None:
    """Is one address stopped after its share, others not, and everything open again later?"""
    flood = Flood()
    assert all(flood.admits("192.0.2.1", float(number)) for number in range(MOST_PER_ADDRESS))
    assert not flood.admits("192.0.2.1", float(MOST_PER_ADDRESS))
    assert flood.admits("192.0.2.2", float(MOST_PER_ADDRESS))
    assert flood.admits("192.0.2.1", MOST_PER_ADDRESS + WINDOW)


def test_many_addresses_cannot_flood_either() -> None:
    """Is there a maximum for all addresses together?"""
    flood = Flood()
    admitted = sum(flood.admits(f"192.0.2.{number}", 0.0) for number in range(MOST_OF_ALL + 5))
    assert admitted == MOST_OF_ALL


def test_no_address_stays_readable() -> None:
    """Does the memory of the flood hold no network address as such?"""
    flood = Flood()
    flood.admits("192.0.2.77", 0.0)
    assert b"192.0.2.77" not in repr(vars(flood)).encode()
