"""Starts the agents' Voilà alone, as `atelier lancer` does beside JupyterLab: `serve.py PORT [--froid]`.

`--froid` leaves the warm kernels out. Used by the browser tests and by bench_apps; stops on SIGTERM, or when who
started it dies, even killed.
"""

from __future__ import annotations

import shutil
import signal
import sys

from atelier_ia.runtime.places import make_places, process_environment
from atelier_ia.runtime.ports import listen
from atelier_ia.runtime.processes import Child, die_with_parent, stop_all
from atelier_ia.runtime.voila_config import AgentsConfig
from atelier_ia.runtime.warm.protocol import PROVISIONER, PROVISIONER_VARIABLE, WARM_VARIABLE
from atelier_ia.runtime.warm.template import warm_child
from atelier_ia.settings import load_settings


def main(port: int, warm: bool) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    die_with_parent()
    places = make_places()
    environment = process_environment(places)
    children = []
    try:
        template = warm_child(places, environment) if warm else None
        if template is not None:
            environment |= {PROVISIONER_VARIABLE: PROVISIONER, WARM_VARIABLE: str(places.warm_socket)}
            children.append(template)
            template.start()
        config = places.running / "applications.json"
        AgentsConfig(
            folder=str(places.root / "voila_apps"),
            running=str(places.running),
            cache=str(places.cache / "pages"),
            mark=places.mark,
            commune=load_settings().collectivite.name,
            pages=("atelier_ia.apps.citizens_page",),
        ).write(config)
        listener, _ = listen("127.0.0.1", port)
        server = Child(
            name="applications",
            arguments=[sys.executable, "-m", "atelier_ia.runtime.voila_server", str(listener.fileno()), str(config)],
            environment=environment,
            folder=places.root,
            log=places.logs / "applications.log",
            inherited=(listener.fileno(),),
        )
        children.append(server)
        server.start()
        assert server.process is not None
        server.process.wait()
    finally:
        stop_all(children, places.mark)
        shutil.rmtree(places.running, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), "--froid" not in sys.argv)
