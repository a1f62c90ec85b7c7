"""A participant's folder, and what they find in it.

What a participant may write is only ever written from inside their sandbox (`settle`, run by their own server): a link
planted there leads nowhere. What the room gives (exercises, shared data, distributed files, feedback) stands in folders
of the room, mounted read-only.
"""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime
from pathlib import Path

from atelier_ia.errors import AtelierError
from atelier_ia.rooms.keeping import room_folder
from atelier_ia.runtime.workspace import FOLDER, RELEASED, prepare_workspace
from atelier_ia.settings import SETTINGS_NAME, Settings, project_root

GIVEN = "de_la_formatrice"
FEEDBACK = "mes_retours"
HOME_PAGE = "accueil.md"
ASIDE = "garde"
MAX_GIVEN = 20_000_000  # bytes of one distributed file
# The method's order: management, champions' day, job workshops, review.
_ORDER = {"s1": 0, "s3": 1, "m2": 2, "m3": 3}
_ACCOUNT = re.compile(r"[a-z][a-z0-9-]{0,39}")


def folder_of(name: str) -> Path:
    """The participant's own folder, created on demand.

    Raises:
        AtelierError: `name` is not an account's name.
    """
    folder = room_folder() / "participants" / checked(name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def checked(name: str) -> str:
    """`name` when it may be an account's name."""
    if not _ACCOUNT.fullmatch(name):
        raise AtelierError("Ce nom de participant n'est pas valable ; choisissez-le dans le tableau.")
    return name


def given_folder() -> Path:
    """What the trainer distributes; everybody sees it at once."""
    return _shown(room_folder() / "distribue")


def feedback_folder(name: str) -> Path:
    """The feedback pages released to one participant."""
    return _shown(room_folder() / "retours" / checked(name))


def _shown(folder: Path) -> Path:
    """A folder that participants' accounts may read, inside one that other accounts of the machine may not enter."""
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    folder.chmod(0o755)
    return folder


def give(filename: str, data: bytes) -> Path:
    """Distribute a file to everybody; one of the same name is replaced.

    Raises:
        AtelierError: the name is not a plain file name, or the file is too big.
    """
    clean = Path(filename.replace("\\", "/")).name
    if not clean or clean.startswith(".") or len(data) > MAX_GIVEN:
        raise AtelierError("Ce fichier ne peut pas être distribué ; choisissez un fichier ordinaire de moins de 20 Mo.")
    target = given_folder() / clean
    draft = given_folder() / f".{clean}.nouveau"
    draft.write_bytes(data)
    draft.chmod(0o644)
    draft.replace(target)
    return target


def shared_folders(name: str) -> tuple[tuple[Path, str], ...]:
    """What is mounted read-only in the participant's folder: (here, name there)."""
    root = project_root()
    return (
        (root / "sandbox_data", "sandbox_data"),
        (root / "notebooks", "notebooks"),
        (root / RELEASED, RELEASED),
        (root / SETTINGS_NAME, SETTINGS_NAME),
        (room_folder() / HOME_PAGE, HOME_PAGE),
        (given_folder(), GIVEN),
        (feedback_folder(name), FEEDBACK),
    )


WITHHELD = ("notebooks/*/*.toml", "sandbox_data/arretes/cle.toml")


def withheld() -> tuple[str, ...]:
    """What participants do not see of the shared folders: the trainer's notes and the keys, as names there."""
    root = project_root()
    return tuple(path.relative_to(root).as_posix() for pattern in WITHHELD for path in sorted(root.glob(pattern)))


def make_mount_points(name: str) -> None:
    """Empty places for what is mounted, which bubblewrap would otherwise create by itself each time."""
    folder = folder_of(name)
    for here, there in shared_folders(name):
        target = folder / there
        if here.is_dir() and (target.is_symlink() or not target.is_dir()):
            target.unlink(missing_ok=True)
            target.mkdir(mode=0o700)
        elif not here.is_dir() and (target.is_symlink() or not target.is_file()):
            if target.is_dir() and not target.is_symlink():
                shutil.rmtree(target)
            else:
                target.unlink(missing_ok=True)
            target.touch()


def settle(home: Path, reset: str = "") -> None:
    """Inside the sandbox: the exercises that are not there yet, and a fresh copy of those to `reset` ("*" for all)."""
    if reset:
        put_aside(home, reset)
    profile = home / "var" / "ipython" / "profile_default"
    profile.mkdir(mode=0o700, parents=True, exist_ok=True)
    # The magics are there from the start: nobody has to run a hidden cell before answering.
    settings = {"HistoryManager": {"enabled": False}, "InteractiveShellApp": {"extensions": ["atelier_ia"]}}
    (profile / "ipython_kernel_config.json").write_text(json.dumps(settings), encoding="utf-8")
    prepare_workspace(home)


def put_aside(home: Path, wanted: str) -> list[str]:
    """Move works away, under a dated folder of their own: nothing is ever lost. Names moved."""
    kept = home / FOLDER / f"{ASIDE}_{datetime.now():%Y-%m-%d_%H-%M-%S}"
    moved = []
    for work in sorted((home / FOLDER).glob("*/")):
        if work.name.startswith((".", f"{ASIDE}_")) or wanted not in ("*", work.name):
            continue
        kept.mkdir(exist_ok=True)
        work.rename(kept / work.name)
        moved.append(work.name)
    return moved


def ask_reset(name: str, assignment: str = "*") -> None:
    """At the next start of that participant's server, give fresh copies (of one assignment, or "*" for all)."""
    folder = room_folder() / "remises"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / checked(name)).write_text(assignment, encoding="utf-8")


def take_reset(name: str) -> str:
    """What was asked by `ask_reset`, once; "" when nothing was."""
    path = room_folder() / "remises" / checked(name)
    try:
        wanted = path.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    path.unlink(missing_ok=True)
    return wanted


def link_shared(name: str) -> None:
    """Without a sandbox: links instead of mounts, so that everything still works (and nothing is protected)."""
    folder = folder_of(name)
    for here, there in shared_folders(name):
        target = folder / there
        if target.is_symlink() and target.readlink() == here:
            continue
        if target.is_dir() and not target.is_symlink():
            target.rename(folder / f"{there}.{datetime.now():%H-%M-%S}")
        else:
            target.unlink(missing_ok=True)
        target.symlink_to(here)


def write_home_page(settings: Settings) -> Path:
    """The page on which every participant's server opens."""
    modules = "\n".join(
        f"{rank}. [{title}]({FOLDER}/{name}/{name}.ipynb)" for rank, (name, title) in enumerate(titles(), start=1)
    )
    page = room_folder() / HOME_PAGE
    page.write_text(
        f"# Bienvenue à l’atelier {settings.collectivite.of}\n\n"
        "Ouvrez le module annoncé. Écrivez en français dans les cadres, appuyez sur **Maj + Entrée**, "
        "lisez le conseil, corrigez si vous le souhaitez, puis cliquez sur **Rendre mon travail** en bas du carnet.\n\n"
        f"{modules}\n\n"
        f"Les fichiers distribués en séance arrivent à gauche, dans `{GIVEN}`. Tout est enregistré : vous pouvez "
        "fermer l’écran et revenir, même demain, avec le même prénom et votre numéro personnel.\n",
        encoding="utf-8",
    )
    return page


def titles() -> list[tuple[str, str]]:
    """(name, title) of the assignments, from the released notebooks: their first heading."""
    found = []
    for path in sorted((project_root() / RELEASED).glob("*/*.ipynb")):
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            heading = next(line for cell in cells for line in "".join(cell["source"]).splitlines() if line[:2] == "# ")
        except (OSError, ValueError, KeyError, StopIteration):
            continue
        found.append((path.parent.name, heading[2:].strip()))
    return sorted(found, key=lambda item: (_ORDER.get(item[0][:2], len(_ORDER)), item[0]))
