"""What a room keeps from one day to the next: its class code, the trainer's key and the secret of its tokens.

One private file, `var/salle/salle.json`. Participants' tokens are derived from the secret, so nothing is stored twice.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from atelier_ia.errors import AtelierError
from atelier_ia.settings import data_folder

FOLDER, FILE = "salle", "salle.json"
SECRET_VARIABLE = "ATELIER_SECRET"  # a file that an administrator made: the secret shared with a hub elsewhere
_SECRET = re.compile(r"[0-9a-f]{64}")
# Short words that are heard and typed without a doubt.
# fmt: off
_WORDS = (
    "tilleul", "lavande", "mirabelle", "clairon", "falaise", "moulin", "vallon", "bruyère", "girouette",
    "horizon", "lanterne", "marelle", "noisette", "olivier", "pergola", "rivage", "sabot", "tambour",
    "verger", "abricot", "boussole", "cerisier", "fontaine", "galet", "hameau", "jardin", "kiosque",
    "lucarne",
)
# fmt: on
TRAINER = "formatrice"


@dataclass(frozen=True)
class Keeping:
    """The room's lasting secrets. `code` is said aloud, the rest is for the trainer and the programs."""

    code: str
    trainer_key: str
    secret: str

    def token(self, name: str) -> str:
        """The desk token of a participant: proves who asks, opens nothing else."""
        return f"{name}.{self._seal('guichet', name)}"

    def owner(self, token: str) -> str | None:
        """Whose token it is, None when it is not one of ours."""
        name, _, seal = token.rpartition(".")
        return name if name and hmac.compare_digest(seal, self._seal("guichet", name)) else None

    def service_token(self, purpose: str) -> str:
        """A token for one program of the room (the board, the proxy…), stable across restarts."""
        return self._seal("programme", purpose)

    def _seal(self, kind: str, text: str) -> str:
        return hmac.new(bytes.fromhex(self.secret), f"{kind}:{text}".encode(), hashlib.sha256).hexdigest()


def room_folder() -> Path:
    """Where the room keeps everything (`var/salle`, private); created on demand."""
    folder = data_folder() / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def load_keeping(*, new_code: bool = False, code: str = "") -> Keeping:
    """The room's secrets, made at the first call; `new_code` or `code` replaces the class code only.

    Raises:
        AtelierError: the file is there and cannot be read.
    """
    if os.environ.get(SECRET_VARIABLE):
        return keeping_from(Path(os.environ[SECRET_VARIABLE]))
    path = room_folder() / FILE
    try:
        kept = Keeping(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        kept = Keeping(new_class_code(), secrets.token_urlsafe(24), secrets.token_hex(32))
        save(kept, path)
    except (OSError, ValueError, TypeError):
        raise AtelierError(
            f"Le fichier {path} est illisible ; retirez-le pour repartir avec un nouveau code."
        ) from None
    wanted = code or (new_class_code() if new_code else kept.code)
    if wanted != kept.code:
        kept = Keeping(wanted, kept.trainer_key, kept.secret)
        save(kept, path)
    return kept


def keeping_from(path: Path) -> Keeping:
    """A room without class code (the hub's log-in decides), from the file that holds its secret.

    Raises:
        AtelierError: no such file, or it is not a secret of 64 hexadecimal figures.
    """
    try:
        secret = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        secret = ""
    if not _SECRET.fullmatch(secret):
        raise AtelierError(
            f"Le secret {path} manque ou n'a pas la bonne forme ; créez-le : openssl rand -hex 32 > {path}."
        )
    return Keeping("", "", secret)


def save(keeping: Keeping, path: Path) -> None:
    """Write it whole, for the owner only."""
    draft = path.with_suffix(".nouveau")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(keeping), file)
    draft.replace(path)


def new_class_code() -> str:
    """A code easy to read aloud: a word and three figures."""
    return f"{secrets.choice(_WORDS)}-{secrets.randbelow(900) + 100}"
