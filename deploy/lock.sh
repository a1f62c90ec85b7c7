#!/usr/bin/env bash
# Recompute requirements.lock and tests/requirements.lock from pyproject.toml, with hashes and without any index host.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'

compile() {
  "$tools/bin/uv" pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --no-annotate --system-certs "$@"
}

compile --extra construction --extra salle --extra connexion -o requirements.lock
compile --all-extras -c requirements.lock -o tests/requirements.lock
echo "requirements.lock et tests/requirements.lock sont à jour."
