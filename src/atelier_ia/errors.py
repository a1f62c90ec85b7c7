"""The one family of errors that a user may see.

An `AtelierError` carries one French sentence that says what happened and what to do. The command line prints it on
stderr, the apps show it where the problem is. It never holds a secret, a prompt or a personal datum: the cause goes to
the log, without them.
"""


class AtelierError(Exception):
    """A problem explained to the user: `str(error)` is one French sentence with its remedy."""
