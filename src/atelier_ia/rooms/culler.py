"""JupyterHub's own idle culler, ended with the hub that started it, even when that one was killed."""

from __future__ import annotations

from atelier_ia.runtime.processes import die_with_parent


def main() -> None:
    """Entry point: the command line is the idle culler's."""
    die_with_parent()
    from jupyterhub_idle_culler import IdleCuller

    IdleCuller.launch_instance()


if __name__ == "__main__":
    main()
