#!/usr/bin/env bash
# Make a copy of the project that installs without any network, on a key or a disk: `deploy/offline.sh FOLDER`.
# It holds the course with its settings and the locked packages (`roues/`, which install.sh then uses alone). What was
# born in use (`var/`: marks, personal data) and what is made again (`.venv`, caches) stay here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
stop() { printf '%s\n' "$1" >&2; exit 1; }

folder=${1:-}
[ -n "$folder" ] || stop 'Dites où écrire la copie, par exemple : make copie DOSSIER=/media/cle'
[ -d "$folder" ] && [ -w "$folder" ] || stop "Le dossier $folder n'existe pas ou ne peut pas être écrit ; branchez la clé, ou corrigez le chemin."
target=$(cd "$folder" && pwd -P)/atelier-ia
case $target/ in "$(pwd -P)"/*) stop "La copie ne peut pas être écrite dans le projet lui-même ; choisissez un autre dossier." ;; esac
[ ! -e "$target" ] || stop "Il y a déjà une copie dans $target ; supprimez-la ou renommez-la, puis relancez."

# The copy appears whole or not at all.
work=$(mktemp -d "${target%/*}/.atelier-ia-XXXXXX")
trap 'rm -rf "$work"' EXIT
echo "Téléchargement des paquets verrouillés…"
.venv/bin/python -m pip --disable-pip-version-check --no-input download -qq --require-hashes --prefer-binary \
  -r requirements.lock -d "$work/roues" || stop \
  "Les paquets n'ont pas pu être téléchargés ; cette étape demande le réseau, à faire avant la séance."
echo "Copie du projet…"
tar -c --exclude=./.venv --exclude=./.venv.lock --exclude=./var --exclude=./.git --exclude=./build --exclude=./dist \
  --exclude=./roues --exclude='*.egg-info' --exclude=__pycache__ --exclude='.*_cache' --exclude=.hypothesis \
  --exclude=.ipynb_checkpoints . | tar -x --no-same-owner -C "$work" || stop \
  "La copie n'est pas complète ; vérifiez la place libre sur $folder, puis relancez."
chmod 755 "$work"
mv "$work" "$target"
trap - EXIT
version=$(.venv/bin/python -c 'import sys; print("{}.{}".format(*sys.version_info))')
echo "Copie prête : $target ($(du -sh "$target" | cut -f1))."
echo "Sur l'autre poste (même système, Python $version) : copiez ce dossier sur le disque, puis « make start » ; aucun réseau n'est nécessaire."
