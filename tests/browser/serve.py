"""Starts the standalone Voilà of the agents on a given port (for the browser tests)."""

import os
import sys

from atelier_ia.settings import project_root

ROOT = project_root()
os.environ["JUPYTER_PATH"] = str(ROOT / "voila_apps" / "modele")

from traitlets.config import Config  # noqa: E402
from voila.app import Voila  # noqa: E402

from atelier_ia.apps.gallery import page_config  # noqa: E402

config = Config()
config.VoilaConfiguration.template = "atelier"
config.VoilaConfiguration.classic_tree = True
config.VoilaConfiguration.allow_template_override = "NO"
config.VoilaConfiguration.allow_theme_override = "NO"
config.VoilaConfiguration.page_config_hook = page_config
config.KernelManager.transport = "ipc"

Voila.launch_instance(
    [str(ROOT / "voila_apps"), "--no-browser", f"--port={sys.argv[1]}", "--Voila.ip=127.0.0.1"], config=config
)
