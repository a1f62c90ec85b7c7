"""The embedded simulator: rules that read a request as a model would receive it, and compose French text. Not an AI.

It sees only the JSON of the request. It extracts, looks up the knowledge base and composes; it never invents a fact and
never obeys a text that it was given to work on. How the quality of the instruction decides the quality of the answer
is written in `quality.py`, for trainers in docs/fournisseurs.md.
"""
