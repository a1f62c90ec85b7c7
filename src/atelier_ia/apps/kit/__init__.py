"""Accessible components for the apps: Python describes a screen as a tree, one small browser module draws it.

`App` is the base of every screen (state, events, error boundary), `components` makes the tree's nodes, `screen` carries
them to the browser. The drawing side lives in the Voilà template (`static/kit/`) and is the same under JupyterLab.
"""

from atelier_ia.apps.kit.app import App

__all__ = ["App"]
