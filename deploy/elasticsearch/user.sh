#!/bin/bash
# Makes the role and the user that jixiao works as. Running it again changes
# nothing but the password, which is then the one in the file.
set -euo pipefail
secrets=${SECRETS:-/run/secrets}
admin=${ADMIN:-elastic}

# put sends standard input; passwords never stand on a command line.
put() {
  curl -sS --fail-with-body --retry 5 --retry-connrefused --cacert "$CA" -X PUT -H 'Content-Type: application/json' \
    --config <(printf 'user = "%s:%s"\n' "$admin" "$(<"$secrets/elastic_admin")") --data-binary @- "$ELASTIC/_security/$1"
  echo
}

put role/jixiao <<'ROLE'
{"cluster": ["monitor", "manage_index_templates"],
 "indices": [{"names": ["jixiao*"], "privileges": ["all"]}]}
ROLE
printf '{"roles": ["jixiao"], "password": "%s"}' "$(<"$secrets/elastic_jixiao")" | put user/jixiao
