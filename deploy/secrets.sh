#!/bin/sh
# Makes the passwords for the compose files, once: .env and secrets/ beside this
# script. What is there is left alone.
set -eu
cd "$(dirname "$0")"
umask 077

# A letter first: NATS would take digits for a number.
password() { printf 'k%s' "$(od -An -N20 -tx1 /dev/urandom | tr -d ' \n')"; }

[ -e .env ] || printf 'NATS_PASSWORD=%s\n' "$(password)" >.env
mkdir -p secrets
for name in elastic_admin elastic_jixiao; do
  [ -e "secrets/$name" ] || password >"secrets/$name"
  # Containers read it as users of their own; the folder keeps others out.
  chmod 644 "secrets/$name"
done
