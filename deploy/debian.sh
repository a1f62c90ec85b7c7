#!/usr/bin/env bash
# Install the Debian packages that are missing, where that is possible: `deploy/debian.sh venv|start|test`.
# Without administrator rights it names the command to run and goes on: nothing here is worth stopping for.
set -uo pipefail
scope=${1:?venv|start|test}

packages=()
need() { # need PACKAGE TEST…: the package is missing when the test fails
  local package=$1
  shift
  "$@" >/dev/null 2>&1 || packages+=("$package")
}
has_font() { [ -n "$(find /usr/share/fonts -name "$1" -print -quit 2>/dev/null)" ]; }
has_browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

if [ "$scope" = venv ]; then
  need python3-venv python3 -c 'import venv, ensurepip'
else
  need bubblewrap command -v bwrap
  need fonts-dejavu-core has_font 'DejaVuSans.ttf'
fi
if [ "$scope" = test ]; then
  need chromium has_browser
  need grammalecte-cli /usr/bin/python3 -c "import grammalecte"
  need fonts-liberation has_font 'LiberationSans-Regular.ttf'
fi
[ ${#packages[@]} -eq 0 ] && exit 0

list="${packages[*]}"
if ! command -v apt-get >/dev/null; then
  echo "À installer par le gestionnaire de paquets de ce système (équivalents de : $list)."
  exit 0
fi
if [ "$(id -u)" = 0 ]; then
  sudo=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  sudo=(sudo -n)
else
  echo "Il manque des paquets du système ; demandez à l'administrateur : apt install $list"
  exit 0
fi
echo "Installation des paquets du système : $list…"
export DEBIAN_FRONTEND=noninteractive
run() { "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" >/dev/null; }
{ run update || true; } 2>/dev/null
run install -y --no-install-recommends "${packages[@]}" || echo \
  "Ces paquets n'ont pas pu être installés ($list) ; tout fonctionne sauf ce qui en dépend (« atelier diagnostic » dit quoi)."
exit 0
