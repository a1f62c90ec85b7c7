"""Atelier IA: from "where do we start with generative AI?" to a measured, safe use of it, in three months.

The packages follow the method: `diagnosis`, `use_cases`, `tool_choice`, `training`, `measurement`; beside them stand
the shared services `assistant`, `privacy`, `documents`, `apps` and `runtime`. See docs/architecture.md.
"""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` itself takes a tenth of the time of a command that has nothing to do
if TYPE_CHECKING:
    from typing import Any

__version__ = "0.1.0"


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext atelier_ia` in a notebook: the French cell magics of the exercises."""
    from atelier_ia.training.extension import may_load_again, tell_unknown_commands
    from atelier_ia.training.magics import register

    register(shell)
    may_load_again(shell, __name__)
    tell_unknown_commands(shell)
