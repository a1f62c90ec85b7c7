"""Warm kernels: IPython kernels forked from a template process that has already imported what they need.

A kernel then opens in about a fifth of a second and shares most of its memory with the others. `zygote` is the template
process, `provisioner` the one way in for JupyterLab, Voilà and nbgrader alike, `template` starts it. Whatever goes
wrong, the kernel starts the normal way and the log says so.
"""
