# Les commandes d'Atelier IA. « make » ou « make help » les présente.
SHELL := /bin/bash
.DEFAULT_GOAL := help
VENV := .venv
PYTHON := $(VENV)/bin/python
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export PYTHONUTF8 := 1
unexport PYTHONHOME PYTHONPATH VIRTUAL_ENV PYTHONDONTWRITEBYTECODE

.PHONY: help start copie test check bench captures lock clean setup setup-test

help: ## présenter ces commandes
	@echo "Atelier IA : les commandes"
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

start: setup ## tout installer si besoin, puis lancer l'espace de formation et les applications (OPTIONS="--sans-navigateur")
	@exec $(VENV)/bin/atelier lancer $(OPTIONS)

copie: setup ## écrire une copie qui s'installe sans réseau (DOSSIER="/media/cle")
	@bash deploy/offline.sh "$(DOSSIER)"

test: setup-test ## tout installer si besoin, vérifier le code, puis jouer tous les tests (TESTS="tests/…" pour une partie)
	@$(MAKE) --no-print-directory check
	@$(PYTHON) -m pytest $(TESTS)

check: setup-test ## vérifier le style et les types du code (ruff, mypy)
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m mypy

bench: setup-test ## mesurer (BENCH="nom…" pour une partie) et comparer aux figures de référence
	@$(PYTHON) -m bench $(BENCH)

captures: setup-test ## refaire les captures d'écran de la documentation
	@$(PYTHON) docs/captures/prendre.py

lock: ## recalculer les deux fichiers de verrouillage après un changement de pyproject.toml
	@bash deploy/lock.sh

clean: ## retirer l'environnement et les fichiers de travail (les données de var/ sont gardées)
	@rm -rf $(VENV) .venv.lock .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist
	@find . -name __pycache__ -type d -not -path './var/*' -prune -exec rm -rf {} +

setup:
	@bash deploy/debian.sh start
	@bash deploy/install.sh start

setup-test:
	@bash deploy/debian.sh test
	@bash deploy/install.sh test
