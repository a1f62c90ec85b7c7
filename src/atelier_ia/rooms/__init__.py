"""Training rooms: one JupyterHub for a laptop, a server or a cluster, and what a room needs around it.

The hub, its proxy and its single-user servers are JupyterHub's; here are the class code, the sandbox of each
participant, the desk (the one place that holds rubrics, keys and hand-ins) and the trainer's board.
"""
