#!/usr/bin/env bash
# Make the virtual environment .venv and install the locked packages into it, once: `deploy/install.sh start|test`.
# `start` installs what the programme needs (requirements.lock), `test` the tools of the tests too. A stamp holds the
# digest of everything that counts, so that a second call returns at once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
scope=${1:?start|test}
venv=.venv
case $scope in
  start) lock=requirements.lock ;;
  test) lock=tests/requirements.lock ;;
  *) echo "deploy/install.sh start|test" >&2; exit 2 ;;
esac

stop() { printf '%s\n' "$1" >&2; exit 1; }

stamp_of() { { pwd -P; cat pyproject.toml "$1" deploy/install.sh; } | cksum; }

up_to_date() {
  [ -x $venv/bin/python ] || return 1
  [ "$(cat "$venv/.atelier-$1" 2>/dev/null)" = "$(stamp_of "$2")" ]
}

# The test environment holds everything that the programme needs.
ready() { up_to_date test tests/requirements.lock || { [ "$scope" = start ] && up_to_date start requirements.lock; }; }

ready && exit 0

# Two installs at once (two terminals, two jobs) wait for each other.
exec 9>.venv.lock
if command -v flock >/dev/null; then
  flock -n 9 || { echo "Une autre installation est en cours dans ce dossier ; attente de sa fin…"; flock 9; }
  ready && exit 0
fi

# make puts .venv first in the path: the environment must not be rebuilt with the Python that it holds itself.
path=
IFS=: read -ra entries <<<"$PATH"
for entry in "${entries[@]}"; do
  [ "$entry" -ef $venv/bin ] || path+=${path:+:}$entry
done
PATH=$path

can_serve() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
  local candidate
  for candidate in "${ATELIER_PYTHON:-}" python3.13 python3.12 python3.11 python3 python; do
    if [ -n "$candidate" ] && command -v "$candidate" >/dev/null && can_serve "$candidate"; then
      command -v "$candidate"
      return 0
    fi
  done
  return 1
}

python=$(find_python) || { bash deploy/debian.sh venv && python=$(find_python); } || stop \
  "Il faut Python 3.11 ou plus récent, avec son module venv ; sous Debian : apt install python3 python3-venv, puis relancez."

if ! $venv/bin/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
  || [ "$(cat $venv/.atelier-place 2>/dev/null)" != "$(pwd -P)" ]; then
  echo "Création de l'environnement Python (.venv) avec $python…"
  rm -rf $venv
  "$python" -m venv $venv || stop "L'environnement .venv n'a pas pu être créé ; vérifiez l'espace disque et vos droits sur ce dossier."
  pwd -P >$venv/.atelier-place
fi
rm -f $venv/.atelier-start $venv/.atelier-test

echo "Installation des paquets verrouillés ($lock) : une à trois minutes la première fois…"
# A copy made by offline.sh carries its packages: nothing is asked to the network.
if [ -d roues ]; then export PIP_NO_INDEX=1 PIP_FIND_LINKS="$PWD/roues"; fi
pip() { $venv/bin/python -m pip --disable-pip-version-check --no-input "$@"; }
pip install --quiet --require-hashes --prefer-binary -r "$lock" || stop \
  "L'installation des paquets a échoué ; vérifiez l'accès au dépôt de paquets (réglages de pip, mandataire HTTPS_PROXY, certificats), puis relancez."
pip install --quiet --no-deps --no-build-isolation --editable . || stop \
  "L'installation d'Atelier IA dans .venv a échoué ; lancez « make clean », puis recommencez."
stamp_of "$lock" >"$venv/.atelier-$scope"
