"""The guard: find personal data in French administrative text, offline, mask it reversibly, restore it in the answer.

    masking = mask(text)            # masking.text holds [NOM_1], [TEL_1]…
    masking.alerts                  # health and other sensitive data: a person must decide
    masking.restore(answer).text    # the answer with the data put back

Pseudonymised is not anonymous: RGPD still applies to a masked text, and a person re-reads it before it is sent. Any
failure raises `PrivacyError`; no function ever returns unmasked text in place of a masked one.
"""

from atelier_ia.privacy.detector import detect
from atelier_ia.privacy.local_list import LocalList, load_local_list
from atelier_ia.privacy.masking import Masking, Placeholder, Restoration, mask
from atelier_ia.privacy.spans import ALERTS, LABELS, Label, Level, PrivacyError, Span

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
