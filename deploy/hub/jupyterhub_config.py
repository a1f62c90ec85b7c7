"""JupyterHub for Atelier IA: a room on one laptop, a server (TLJH) or a cluster. Settings: src/atelier_ia/rooms."""

from atelier_ia.rooms.hub_config import main

main(get_config())  # noqa: F821  (given by traitlets)
