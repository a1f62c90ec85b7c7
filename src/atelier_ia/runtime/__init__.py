"""Processes: the launcher, JupyterLab for trainers, Voilà for agents, warm kernels. Knows no step of the method."""
