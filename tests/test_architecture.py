"""The arrows of docs/architecture.md, read from the source itself."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "atelier_ia"
FOUNDATION = {"errors", "folders", "content", "french_dictionary", "place_names", "settings"}
SERVICES = {"assistant", "privacy", "documents"}
STEPS = ["diagnosis", "use_cases", "tool_choice", "training", "measurement"]
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "content": {"errors"},
    "french_dictionary": set(),
    "folders": {"errors"},
    "settings": {"errors", "folders", "content", "place_names"},
    **{service: FOUNDATION | {service} for service in SERVICES},
    **{step: FOUNDATION | SERVICES | set(STEPS[: rank + 1]) for rank, step in enumerate(STEPS)},
    "runtime": FOUNDATION | SERVICES | {"runtime"},
    "apps": FOUNDATION | SERVICES | set(STEPS) | {"apps"},
    # Rooms (hub, desk, board) carry the training step to several people at once.
    "rooms": FOUNDATION | SERVICES | {"training", "runtime", "rooms"},
    "cli": FOUNDATION | SERVICES | set(STEPS) | {"cli", "runtime", "apps", "rooms"},
    "__init__": {"training"},
    "__main__": {"cli"},
}


def imports_of(path: Path) -> dict[str, list[int]]:
    """Rooms of atelier_ia that a module imports, anywhere in it, with the line numbers."""
    found: dict[str, list[int]] = {}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
            if node.module == "atelier_ia":
                names = [f"atelier_ia.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "atelier_ia" and len(parts) > 1 and not parts[1].startswith("__"):
                found.setdefault(parts[1], []).append(node.lineno)
    return found


MODULES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_arrows_run_one_way(path: Path) -> None:
    """Does each module import only the rooms below its own?"""
    room = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    wrong = {name: lines for name, lines in imports_of(path).items() if name not in ALLOWED[room]}
    assert not wrong, f"{path.relative_to(SOURCE)} imports {wrong}"


def test_no_circular_import() -> None:
    """Can the modules be ordered so that each top-level import points backwards?"""
    graph: dict[str, set[str]] = {}
    known = {module_name(path) for path in MODULES}
    for path in MODULES:
        name = module_name(path)
        graph[name] = set()
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Import):
                graph[name] |= {alias.name for alias in node.names} & known
            elif isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    full = f"{node.module}.{alias.name}"
                    graph[name] |= {full} if full in known else ({node.module} & known)
        graph[name].discard(name)
    done: set[str] = set()
    while True:
        free = {name for name, needs in graph.items() if name not in done and needs <= done}
        if not free:
            break
        done |= free
    assert set(graph) == done, f"circular: {sorted(set(graph) - done)}"


def module_name(path: Path) -> str:
    """Dotted name of a source file."""
    parts = ["atelier_ia", *path.relative_to(SOURCE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_stay_readable(path: Path) -> None:
    """Is each file under about 400 lines, and does it say first what it is for?"""
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 430
    assert ast.get_docstring(ast.parse(text)) or not text.strip()


@pytest.mark.parametrize("room", sorted(path.name for path in SOURCE.iterdir() if path.is_dir()))
def test_rooms_are_known(room: str) -> None:
    """Is each package one of the rooms of the architecture?"""
    assert room in ALLOWED or room == "__pycache__"
