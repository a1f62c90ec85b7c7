"""The cluster's values: accepted by the chart's schema, loaded by a real JupyterHub, made into pods by KubeSpawner."""

from __future__ import annotations

import asyncio
import copy
import json
import types
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from jupyterhub.app import JupyterHub
from kubernetes_asyncio.client import ApiClient
from kubespawner import KubeSpawner
from traitlets.config import Config

from atelier_ia.rooms.authorities import load_authorities
from atelier_ia.rooms.hosted import DOORS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "kubernetes"
CHART = Path(__file__).with_name("z2jh")
OURS: dict[str, Any] = yaml.safe_load((FOLDER / "valeurs.yaml").read_text(encoding="utf-8"))


def merged(base: dict[str, Any], over: dict[str, Any]) -> dict[str, Any]:
    """`over` laid upon `base`, as helm does."""
    found = copy.deepcopy(base)
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(found.get(key), dict)
        found[key] = merged(found[key], value) if both else copy.deepcopy(value)
    return found


def checked(values: dict[str, Any]) -> dict[str, Any]:
    """Our values over the chart's, once its schema has accepted them."""
    whole = merged(json.loads((CHART / "values.json").read_text()), values)
    jsonschema.Draft7Validator(json.loads((CHART / "values.schema.json").read_text())).validate(whole)
    return whole


VALUES = checked(OURS)


@pytest.mark.parametrize(
    "wrong",
    [
        {"singelusr": {}},
        {"cull": {"timeout": "1h"}},
        {"singleuser": {"networkPolicy": {"egress": {}}}},
        {"hub": {"extraFiles": {"collectivites": {"mountPath": "/x", "content": ""}}}},
        {"scheduling": {"userPlaceholder": {"nombre": 3}}},
    ],
)
def test_the_schema_refuses_mistakes(wrong: dict[str, Any]) -> None:
    """Would a mistake in these values be seen here?"""
    with pytest.raises(jsonschema.ValidationError):
        checked(merged(OURS, wrong))


def test_the_example_of_ones_own_values() -> None:
    """Laid upon ours, is the example accepted by the schema, its door's class known, its secret elsewhere?"""
    own = yaml.safe_load((FOLDER / "chez-nous.exemple.yaml").read_text(encoding="utf-8"))
    whole = checked(merged(OURS, own))
    assert whole["hub"]["config"]["JupyterHub"]["authenticator_class"] == "generic-oauth"
    assert "client_secret" not in whole["hub"]["config"]["GenericOAuthenticator"]
    assert set(whole["hub"]["extraEnv"]) == {*OURS["hub"]["extraEnv"], "OAUTH_CLIENT_SECRET"}
    assert whole["ingress"]["hosts"] == ["atelier.mairie.example"]


def test_nothing_secret_stands_in_the_values() -> None:
    """Is no password, token or key written, and is the door shut until the administrator has chosen one?"""
    text = (FOLDER / "valeurs.yaml").read_text(encoding="utf-8").casefold()
    assert not [word for word in ("password:", "secrettoken", "apitoken", "client_secret", "api_key") if word in text]
    assert VALUES["hub"]["config"]["JupyterHub"]["authenticator_class"] == DOORS
    assert VALUES["hub"]["extraFiles"]["connexion"]["stringData"] == ""
    assert VALUES["hub"]["extraVolumes"][0]["secret"]["secretName"] == "atelier-secrets"


def test_what_participants_pods_may_reach() -> None:
    """Names, the hub and one's own desk: is everything else shut, metadata of the cloud and Internet first?"""
    policy = VALUES["singleuser"]["networkPolicy"]
    assert policy["enabled"]
    assert [name for name, allowed in policy["egressAllowRules"].items() if allowed] == ["dnsPortsKubeSystemNamespace"]
    (rule,) = policy["egress"]
    assert rule["ports"] == [{"protocol": "TCP", "port": 8001}]
    assert [set(target) for target in rule["to"]] == [{"namespaceSelector", "podSelector"}]
    assert VALUES["singleuser"]["cloudMetadata"]["blockWithIptables"] is False


def test_the_morning_and_the_evening() -> None:
    """Are empty places evicted first, servers culled after work, images there before 9:30?"""
    scheduling, cull = VALUES["scheduling"], VALUES["cull"]
    assert scheduling["podPriority"]["enabled"]
    assert scheduling["userPlaceholder"]["enabled"]
    assert scheduling["podPriority"]["userPlaceholderPriority"] < scheduling["podPriority"]["defaultPriority"]
    assert cull["enabled"]
    assert not cull["users"]
    assert 0 < cull["every"] < cull["timeout"] < cull["maxAge"]
    assert VALUES["prePuller"]["continuous"]["enabled"]


@pytest.fixture
def c(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """The hub's configuration: what the chart makes of the values that we set, then our snippets, in their order."""
    for item in load_authorities(FOLDER / "collectivites.toml").all:
        (tmp_path / item.id).write_text(str(len(item.id) % 10) * 64)
    monkeypatch.setenv("ATELIER_SECRETS", str(tmp_path))
    monkeypatch.setenv("ATELIER_CONNEXION", str(tmp_path / "connexion.toml"))
    monkeypatch.setenv("ATELIER_PROCONNECT_SECRET", "secret")
    authorities = (FOLDER / "collectivites.toml").read_text(encoding="utf-8")
    (tmp_path / "collectivites.toml").write_text(authorities.replace("sirets = []", 'sirets = ["21990310100000"]', 1))
    monkeypatch.setenv("ATELIER_COLLECTIVITES", str(tmp_path / "collectivites.toml"))
    (tmp_path / "connexion.toml").write_text((FOLDER / "connexion.exemple.toml").read_text(encoding="utf-8"))
    monkeypatch.setattr("kubespawner.spawner.load_config", lambda **_: None)  # there is no cluster to find
    given, hub = VALUES["singleuser"], VALUES["hub"]
    config = Config()
    config.JupyterHub.spawner_class = "kubespawner.KubeSpawner"
    config.JupyterHub.services = [{"name": "jupyterhub-idle-culler", "command": ["true"]}]
    config.JupyterHub.load_roles = [
        {"name": "jupyterhub-idle-culler", "services": ["jupyterhub-idle-culler"], "scopes": ["list:users"]}
    ]
    config.JupyterHub.concurrent_spawn_limit = hub["concurrentSpawnLimit"]
    config.JupyterHub.active_server_limit = hub["activeServerLimit"]
    for section, traits in hub["config"].items():
        for name, value in traits.items():
            config[section][name] = value
    spawner = config.KubeSpawner
    spawner.image = f"{given['image']['name']}:{given['image']['tag']}"
    spawner.mem_limit, spawner.mem_guarantee = given["memory"]["limit"], given["memory"]["guarantee"]
    spawner.cpu_limit, spawner.cpu_guarantee = given["cpu"]["limit"], given["cpu"]["guarantee"]
    spawner.uid, spawner.fs_gid = given["uid"], given["fsGid"]
    spawner.extra_labels, spawner.extra_pod_config = given["extraLabels"], given["extraPodConfig"]
    spawner.allow_privilege_escalation = given["allowPrivilegeEscalation"]
    spawner.start_timeout = given["startTimeout"]
    config.Spawner.cmd = given["cmd"]
    volume = given["storage"]["dynamic"]["volumeNameTemplate"]
    spawner.volumes = [{"name": volume, "persistentVolumeClaim": {"claimName": "claim-{username}"}}]
    spawner.volume_mounts = [{"mountPath": given["storage"]["homeMountPath"], "name": volume}]
    for name, snippet in sorted(hub["extraConfig"].items()):
        exec(compile(snippet, name, "exec"), {"c": config})
    return config


def test_a_real_hub_accepts_them(c: Config) -> None:
    """Are services, roles and French pages those of the two collectivités, beside the chart's own?"""
    hub = JupyterHub(config=c)
    assert hub.authenticator_class.__name__ == "HubDoors"
    assert hub.template_vars["entrees"] == ["proconnect", "moodle"]
    names = [service["name"] for service in hub.services]
    assert names == [
        "jupyterhub-idle-culler",
        *("salle-val-fontaine", "applications-val-fontaine", "correction-val-fontaine"),
        *("salle-beaulieu", "applications-beaulieu", "correction-beaulieu"),
    ]
    assert len({service.get("api_token") for service in hub.services}) == 7
    for role in hub.load_roles[1:]:
        own = "val-fontaine" if "val-fontaine" in role["name"] else "beaulieu"
        other = "beaulieu" if own == "val-fontaine" else "val-fontaine"
        assert other not in json.dumps(role), role
    assert hub.concurrent_spawn_limit == 64
    assert hub.template_paths[0].endswith("rooms/templates")


def manifest(c: Config, name: str, *groups: str) -> Any:
    """The pod that KubeSpawner would ask the cluster for, after our hook."""

    async def make() -> Any:
        spawner = KubeSpawner(config=c, _mock=True)
        spawner.user.name = name
        spawner.user.groups = [types.SimpleNamespace(name=group) for group in groups]
        spawner.pre_spawn_hook(spawner)
        pod = await spawner.get_pod_manifest()
        async with ApiClient() as api:  # as they would be sent to the cluster
            pod.spec.volumes = [api.sanitize_for_serialization(volume) for volume in pod.spec.volumes]
        return pod

    return asyncio.run(make())


def test_a_participant_s_pod(c: Config) -> None:
    """Limits, no privilege, no token of the cluster, no disk of the machine, one's own desk, no key of a provider?"""
    pod = manifest(c, "anne", "collectivite-val-fontaine")
    (container,) = pod.spec.containers
    assert (container.command, container.args) == (None, ["python", "-m", "atelier_ia.rooms.seat"])
    assert container.resources.limits == {"cpu": 1, "memory": 2**30}
    assert container.resources.requests == {"cpu": 0.05, "memory": 256 * 2**20}
    assert container.security_context == {**c.KubeSpawner.container_security_context, "runAsUser": 1000}
    assert pod.spec.automount_service_account_token is False
    assert pod.spec.enable_service_links is False
    (volume,) = pod.spec.volumes
    assert volume["persistentVolumeClaim"] == {"claimName": "claim-anne"}
    assert set(volume) == {"name", "persistentVolumeClaim"}
    environment = {item.name: item.value for item in container.env}
    assert environment["ATELIER_GUICHET"] == "http://atelier.atelier-val-fontaine.svc:8001"
    assert environment["ATELIER_GUICHET_JETON"].startswith("anne.")
    assert not [name for name in environment if "SECRET" in name or name.endswith("_KEY")]
    assert pod.metadata.labels["atelier-ia/collectivite"] == "val-fontaine"
    assert pod.metadata.labels["hub.jupyter.org/network-access-hub"] == "true"


def test_pods_of_two_collectivites_share_nothing(c: Config) -> None:
    """One after the other in the same hub: does each pod know its own desk only, with a token of its own?"""
    seen = []
    for name, group in (("anne", "collectivite-val-fontaine"), ("anne", "collectivite-beaulieu")):
        pod = manifest(c, name, group)
        seen.append(({item.name: item.value for item in pod.spec.containers[0].env}, pod.metadata.labels))
    (one, first), (two, second) = seen
    assert one["ATELIER_GUICHET"] != two["ATELIER_GUICHET"]
    assert one["ATELIER_GUICHET_JETON"] != two["ATELIER_GUICHET_JETON"]
    assert first["atelier-ia/collectivite"] != second["atelier-ia/collectivite"]
    assert "ATELIER_GUICHET" not in c.KubeSpawner.get("environment", {})
    for groups in ((), ("collectivite-val-fontaine", "collectivite-beaulieu"), ("formatrices",)):
        with pytest.raises(Exception, match="collectivité"):
            manifest(c, "zoe", *groups)


def test_without_collectivites_the_hub_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Forgotten `--set-file`: is it refused at once, in French?"""
    from atelier_ia.errors import AtelierError

    path = tmp_path / "collectivites.toml"
    path.write_text(VALUES["hub"]["extraFiles"]["collectivites"]["stringData"])
    monkeypatch.setenv("ATELIER_COLLECTIVITES", str(path))
    with pytest.raises(AtelierError, match="collectivites"):
        exec(VALUES["hub"]["extraConfig"]["10-atelier"], {"c": Config()})
