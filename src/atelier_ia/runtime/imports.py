"""Start Jupyter programs faster: skip one costly import that none of them needs here."""

import sys


def skip_slow_imports() -> None:
    """Hide `rfc3987_syntax` from jsonschema before Jupyter imports it.

    It builds three Lark grammars at import (over a second, paid by every Jupyter process) to check the `iri` format,
    which no Jupyter schema uses; jsonschema treats its absence as normal.
    """
    if "rfc3987_syntax" not in sys.modules:
        sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]
