"""The guard: find personal data in French administrative text, offline, mask it reversibly, restore it in the answer.

    masking = mask(text)            # masking.text holds [NOM_1], [TEL_1]…
    masking.alerts                  # health and other sensitive data: a person must decide
    masking.restore(answer).text    # the answer with the data put back

Pseudonymised is not anonymous: RGPD still applies to a masked text, and a person re-reads it before it is sent. Any
failure raises `PrivacyError`; no function ever returns unmasked text in place of a masked one.

The rules are loaded at the first use of `detect` or `mask`, so that importing this face costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from atelier_ia.privacy.spans import ALERTS, LABELS, Label, Level, PrivacyError, Span

if TYPE_CHECKING:
    from atelier_ia.privacy.detector import detect
    from atelier_ia.privacy.local_list import LocalList, load_local_list
    from atelier_ia.privacy.masking import Masking, Placeholder, Restoration, mask

__all__ = [
    "ALERTS",
    "LABELS",
    "Label",
    "Level",
    "LocalList",
    "Masking",
    "Placeholder",
    "PrivacyError",
    "Restoration",
    "Span",
    "detect",
    "load_local_list",
    "mask",
]
_LAZY = {
    "detect": "detector",
    "LocalList": "local_list",
    "load_local_list": "local_list",
    "Masking": "masking",
    "Placeholder": "masking",
    "Restoration": "masking",
    "mask": "masking",
}


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_LAZY[name]}"), name)
    globals()[name] = value
    return value
