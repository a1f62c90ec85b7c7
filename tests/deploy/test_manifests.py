"""Manifests and image recipes: what they promise, read from the files; what can be run of them, run here."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from atelier_ia.content import load_toml
from atelier_ia.rooms.authorities import load_authorities
from atelier_ia.rooms.standing import Standing

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "kubernetes"
EXAMPLES = sorted(path.parent for path in FOLDER.glob("exemples/*/kustomization.yaml"))
MANIFESTS = sorted([FOLDER / "matin.yaml", *FOLDER.glob("collectivite/*.yaml"), *FOLDER.glob("exemples/*/*.yaml")])
RECIPES = [FOLDER / "Dockerfile", FOLDER / "Dockerfile.hub"]


def documents(path: Path) -> list[dict[str, Any]]:
    """The YAML documents of a file."""
    return [item for item in yaml.safe_load_all(path.read_text(encoding="utf-8")) if item]


def everything(*folders: str) -> list[dict[str, Any]]:
    """All objects of some files of the folder."""
    return [item for name in folders for item in documents(FOLDER / name)]


def pods() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every pod that our manifests make, by the name of what makes it."""
    for item in (item for path in MANIFESTS for item in documents(path)):
        spec = item.get("spec", {})
        spec = spec.get("jobTemplate", {}).get("spec", spec)
        if "template" in spec:
            yield item["metadata"]["name"], spec["template"]["spec"]


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: str(path.relative_to(FOLDER)))
def test_manifests_are_objects_of_kubernetes(path: Path) -> None:
    """Is every document an object with a kind and a version, and is every file that a kustomization names there?"""
    for item in documents(path):
        assert item["kind"]
        assert item["apiVersion"]
        if item["kind"] == "Kustomization":
            named = [*item["resources"], *(name for one in item.get("configMapGenerator", []) for name in one["files"])]
            assert [name for name in named if not (path.parent / name).exists()] == []
        else:
            assert item["metadata"]["name"]


@pytest.mark.parametrize(("name", "pod"), list(pods()), ids=[name for name, _ in pods()])
def test_no_pod_has_more_than_it_needs(name: str, pod: dict[str, Any]) -> None:
    """Not root, read-only, no capability, bounded, no secret in the file, an exact image, every disk declared?"""
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert pod.get("serviceAccountName") == "matin" or pod["automountServiceAccountToken"] is False
    volumes = {volume["name"] for volume in pod.get("volumes", [])}
    assert not [volume for volume in pod.get("volumes", []) if "hostPath" in volume]
    temporary = [
        (mount["name"], mount.get("subPath"))
        for container in (*pod.get("initContainers", []), *pod["containers"])
        for mount in container.get("volumeMounts", [])
        if mount["mountPath"] == "/tmp"
    ]
    assert len(set(temporary)) == len(temporary)
    for container in (*pod.get("initContainers", []), *pod["containers"]):
        context = container["securityContext"]
        assert context["allowPrivilegeEscalation"] is False
        assert context["readOnlyRootFilesystem"] is True
        assert context["capabilities"] == {"drop": ["ALL"]}
        assert set(container["resources"]["limits"]) == {"cpu", "memory"}
        assert set(container["resources"]["requests"]) == {"cpu", "memory"}
        assert re.search(r":[0-9][\w.]*$", container["image"])
        assert {mount["name"] for mount in container.get("volumeMounts", [])} <= volumes
        assert not [item for item in container.get("env", []) if re.search("KEY|MOT_DE_PASSE|PASSWORD", item["name"])]


def test_networks_are_shut() -> None:
    """Is all closed first, and does nothing go out but names, the hub, PostgreSQL and the gateway to the model?"""
    policies = {item["metadata"]["name"]: item["spec"] for item in everything("collectivite/reseau.yaml")}
    assert policies["tout-fermer"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    out = [
        (rule, port["port"]) for spec in policies.values() for rule in spec.get("egress", []) for port in rule["ports"]
    ]
    assert {port for _, port in out} == {53, 8081, 5432, 443}
    assert [target["ipBlock"]["cidr"] for rule, port in out if port == 443 for target in rule["to"]] == [
        "192.0.2.20/32"
    ]
    assert all(rule["to"] for rule, _ in out)
    participants, hub = policies["entrees"]["ingress"]
    assert [port["port"] for port in participants["ports"]] == [8001]
    assert participants["from"][0]["podSelector"]["matchLabels"]["component"] == "singleuser-server"
    assert sorted(port["port"] for port in hub["ports"]) == [8002, 8003, 8866]


def test_addresses_meet() -> None:
    """Do the hub's list, the services and the settings of each example name the same ports and collectivités?"""
    (service,) = (item for item in everything("collectivite/atelier.yaml") if item["kind"] == "Service")
    ports = {port["name"]: port["port"] for port in service["spec"]["ports"]}
    known = {item.id: item for item in load_authorities(FOLDER / "collectivites.toml").all}
    assert {path.name for path in EXAMPLES} == set(known)
    for path in EXAMPLES:
        own, standing = known[path.name], load_toml(path / "service.toml", Standing)
        place = f"{service['metadata']['name']}.atelier-{path.name}.svc"
        assert documents(path / "kustomization.yaml")[0]["namespace"] == f"atelier-{path.name}"
        assert (own.desk, own.board) == (f"http://{place}:{ports['guichet']}", f"http://{place}:{ports['tableau']}")
        assert own.apps == f"http://{place}:{ports['applications']}"
        assert own.marking == f"http://{place}:{ports['correction']}"
        known_ports = (standing.desk_port, standing.board_port, standing.marking_port, standing.apps_port)
        assert known_ports == tuple(ports.values())
        assert (standing.authority, standing.address) == (path.name, "0.0.0.0")
        assert standing.services == (own.board_service, own.apps_service, own.marking_service)


@pytest.mark.skipif(shutil.which("kubectl") is None, reason="kubectl n'est pas installé")
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_kustomize_builds_each_collectivite(path: Path) -> None:
    """As an administrator would apply it: is everything in that collectivité's space, under its own label?"""
    done = subprocess.run(["kubectl", "kustomize", str(path)], capture_output=True, text=True, check=True)
    built = [item for item in yaml.safe_load_all(done.stdout) if item]
    assert {item["metadata"].get("namespace") for item in built if item["kind"] != "Namespace"} == {
        f"atelier-{path.name}"
    }
    (space,) = (item for item in built if item["kind"] == "Namespace")
    assert space["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    labels = [item["spec"]["ingress"][0]["from"][0]["podSelector"]["matchLabels"]["atelier-ia/collectivite"]
              for item in built if item["metadata"]["name"] == "entrees"]  # fmt: skip
    assert labels == [path.name]
    assert "A-REMPLACER" not in done.stdout
    own = {patch["target"]["name"]: yaml.safe_load(patch["patch"])[0]["value"]
           for patch in documents(path / "kustomization.yaml")[0]["patches"]}  # fmt: skip
    for item in built:
        if item["metadata"]["name"] in ("sortie-postgresql", "sortie-modele"):
            block = item["spec"]["egress"][0]["to"][0]["ipBlock"]["cidr"]
            assert block == own[item["metadata"]["name"]]
    maps = {item["metadata"]["name"] for item in built if item["kind"] == "ConfigMap"}
    used = set(re.findall(r"atelier-(?:reglages|service)-\w+", done.stdout))
    assert used == maps


def instructions(path: Path) -> list[tuple[str, str]]:
    """(instruction, arguments) of a recipe, continued lines joined."""
    text = re.sub(r"\\\n\s*", " ", path.read_text(encoding="utf-8"))
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in lines]


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.name)
def test_recipes(path: Path) -> None:
    """Does every copied file exist, is every package checked by its hash, does no image end as root?"""
    stages: list[list[tuple[str, str]]] = []
    for name, rest in instructions(path):
        assert name in ("ARG", "FROM", "ENV", "RUN", "COPY", "USER", "WORKDIR", "CMD")
        if name == "FROM":
            stages.append([])
        if stages:
            stages[-1].append((name, rest))
        if name == "COPY":
            assert [source for source in rest.split()[:-1] if not (ROOT / source).exists()] == []
        if name == "RUN":
            for command in re.findall(r"pip install [^&]*", rest):
                assert "--require-hashes" in command or "--no-deps --no-build-isolation" in command, command
        assert "://" not in rest
        assert not (name in ("ENV", "ARG") and re.search("KEY|TOKEN|PASSWORD|SECRET", rest))
    for stage in stages:
        if "AS programmes" not in stage[0][1]:
            assert next(rest for name, rest in reversed(stage) if name == "USER").startswith("1000")
    assert (FOLDER / f"{path.name}.dockerignore").is_file()


def test_participants_image_holds_no_rubric() -> None:
    """Up to the participants' stage, is nothing copied but programs?"""
    text = (FOLDER / "Dockerfile").read_text(encoding="utf-8").partition("AS service")[0]
    copied = [rest for line in text.splitlines() if line.startswith("COPY") for rest in line.split()[1:-1]]
    assert copied == ["requirements.lock", "pyproject.toml", "LICENSE", "README.md", "src"]


HUB_PACKAGES = [
    *("annotated-types", "anyio", "h11", "httpcore2", "httpx2", "idna", "jupyterhub-ltiauthenticator"),
    *("oauthenticator", "pydantic", "pydantic-core", "python-stdnum", "truststore", "typing-extensions"),
    "typing-inspection",
]


@pytest.mark.parametrize(
    ("lock", "names"),
    [
        ("tests/requirements.lock", ["psycopg", "psycopg-binary"]),
        (
            "requirements.lock",
            HUB_PACKAGES,
        ),
    ],
)
def test_the_extract_of_a_lock(lock: str, names: list[str]) -> None:
    """Run as the recipe does: exactly those packages, each with its hashes, and do the recipes ask for these names?"""
    done = subprocess.run(
        ["sh", FOLDER / "extrait.sh", ROOT / lock, *names], capture_output=True, text=True, check=True
    )
    blocks = re.split(r"^(?=\S)", done.stdout, flags=re.MULTILINE)[1:]
    assert [block.partition("==")[0] for block in blocks] == names
    assert all("--hash=sha256:" in block for block in blocks)
    recipes = " ".join(rest for path in RECIPES for name, rest in instructions(path) if name == "RUN")
    assert f"/tmp/requirements.lock {' '.join(names)}" in " ".join(recipes.split())


def test_the_package_is_whole_without_its_sources(tmp_path: Path) -> None:
    """Built as the image builds it: are templates, styles, fonts and tables all in the wheel?"""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*command, "--wheel-dir", str(tmp_path), str(ROOT)], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src" / "atelier_ia").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert sorted(wanted - inside) == []


def shell(container: dict[str, Any], places: dict[str, Path]) -> subprocess.CompletedProcess[str]:
    """Run a container's command here, its folders replaced by ours."""
    program, option, line = container["command"]
    for there, here in places.items():
        line = line.replace(there, str(here))
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    environment["ATELIER_RACINE"] = str(places["/srv/atelier-ia"])
    return subprocess.run([program, option, line], capture_output=True, text=True, env=environment, check=False)


def test_the_course_takes_the_collectivite_s_name_then_is_saved(tmp_path: Path) -> None:
    """The commands of the manifests, run: is the course Beaulieu's, and does the night's job leave an archive?"""
    image, course = tmp_path / "image", tmp_path / "cours"
    image.mkdir()
    course.mkdir()
    for name in ("exercises", "notebooks", "sandbox_data", "solutions", "voila_apps"):
        shutil.copytree(ROOT / name, image / name)
    for name in ("nbgrader_config.py", "planification.toml", "atelier.toml"):
        shutil.copy(ROOT / name, image)
    places = {
        "/opt/atelier-ia": image,
        "/srv/atelier-ia": course,
        "/reglages": FOLDER / "exemples" / "beaulieu",
        "/sauvegardes": tmp_path / "sauvegardes",
    }
    found = {name: pod for name, pod in pods() if name in ("atelier", "sauvegarde")}
    done = shell(found["atelier"]["initContainers"][0], places)
    assert done.returncode == 0, done.stderr
    exercise = (course / "exercises" / "s3_m1_consigne" / "s3_m1_consigne.ipynb").read_text(encoding="utf-8")
    assert "Val-Fontaine" not in exercise
    (course / "var" / "temoin.txt").write_text("travail")
    done = shell(found["sauvegarde"]["containers"][0], places)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "sauvegardes").glob("atelier-*.tar.gz"))) == 1


def test_shared_secrets(tmp_path: Path) -> None:
    """`secrets.sh` against a kubectl that notes what it is given: same secret on both sides, kept at a second run?"""
    kept = tmp_path / "grappe"
    kept.mkdir()
    fake = tmp_path / "kubectl"
    fake.write_text(
        f"#!{sys.executable}\n"
        "import base64, json, pathlib, sys\n"
        f"kept, words = pathlib.Path({str(kept)!r}), sys.argv[1:]\n"
        "if words[:2] == ['get', 'secret']:\n"
        "    path = kept / words[words.index('-n') + 1]\n"
        "    if not path.exists(): sys.exit(1)\n"
        "    print(base64.b64encode(path.read_bytes()).decode(), end='')\n"
        "elif words[:1] == ['create'] and '--dry-run=client' in words:\n"
        "    print(json.dumps(dict(line.split('=') for line in sys.stdin.read().split())))\n"
        "elif words[:1] == ['create']:\n"
        "    (kept / words[words.index('-n') + 1]).write_text(sys.stdin.read())\n"
        "elif words[:1] == ['apply']:\n"
        "    (kept / 'hub').write_text(sys.stdin.read())\n"
    )
    fake.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    before: dict[str, str] = {}
    for _ in range(2):
        command = ["sh", str(FOLDER / "secrets.sh"), "atelier-hub", "val-fontaine", "beaulieu"]
        subprocess.run(command, env=environment, check=True, capture_output=True)
        shared = json.loads((kept / "hub").read_text())
        assert set(shared) == {"val-fontaine", "beaulieu"}
        assert all(re.fullmatch("[0-9a-f]{64}", secret) for secret in shared.values())
        assert shared["beaulieu"] != shared["val-fontaine"]
        assert {name: (kept / f"atelier-{name}").read_text() for name in shared} == shared
        assert before in ({}, shared)
        before = shared
