#!/bin/sh
# Créer les secrets partagés entre le hub et chaque collectivité : secrets.sh ESPACE_DU_HUB id [id…]
# Les secrets sont tirés ici et remis à la grappe ; aucun n'est écrit sur ce poste. Ceux qui existent sont gardés.
set -eu
hub=$1
shift
literals=
for id in "$@"; do
  kubectl get namespace "atelier-$id" >/dev/null
  secret=$(kubectl get secret atelier-secret -n "atelier-$id" -o 'jsonpath={.data.secret}' 2>/dev/null | base64 -d || true)
  if [ -z "$secret" ]; then
    secret=$(openssl rand -hex 32)
    printf '%s' "$secret" | kubectl create secret generic atelier-secret -n "atelier-$id" --from-file=secret=/dev/stdin
  fi
  literals="$literals$id=$secret
"
done
printf '%s' "$literals" |
  kubectl create secret generic atelier-secrets -n "$hub" --from-env-file=/dev/stdin --dry-run=client -o yaml |
  kubectl apply -f -
