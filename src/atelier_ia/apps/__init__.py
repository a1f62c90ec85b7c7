"""The screens of the no-code apps: one module per app, made of the accessible components of `kit`.

An app asks, shows and confirms; it decides nothing about privacy, drafting or documents, and holds no HTML of its own.
"""
