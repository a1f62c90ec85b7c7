"""`python -m atelier_ia` is the command `atelier`."""

from atelier_ia.cli import main

main()
