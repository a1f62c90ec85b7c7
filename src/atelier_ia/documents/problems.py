"""What cannot be read, told in French."""

from atelier_ia.errors import AtelierError


class UnreadableError(AtelierError):
    """A document cannot be read: the sentence says why and what to do."""
