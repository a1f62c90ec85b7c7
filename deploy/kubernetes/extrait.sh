#!/bin/sh
# Extraire d'un fichier de verrouillage quelques paquets avec leurs empreintes : extrait.sh VERROU paquet…
set -eu
lock=$1
shift
names=$(printf '%s|' "$@")
awk -v names="^(${names%|})==" '/^[A-Za-z0-9]/ { keep = ($0 ~ names) } keep' "$lock"
