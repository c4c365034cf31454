#!/bin/bash
# An authority and a certificate for each node, once; runs in Elasticsearch's image.
set -euo pipefail
certs=config/certs
[ -e "$certs/done" ] && exit 0
nodes="$certs/nodes.yml"
{
  echo "instances:"
  for n in elastic1 elastic2 elastic3; do
    printf '  - {name: %s, dns: [%s, localhost], ip: [127.0.0.1]}\n' "$n" "$n"
  done
} >"$nodes"
rm -rf "$certs"/{ca,elastic1,elastic2,elastic3,*.zip}
bin/elasticsearch-certutil ca --silent --pem --days 3650 --out "$PWD/$certs/ca.zip"
unzip -q "$certs/ca.zip" -d "$certs"
bin/elasticsearch-certutil cert --silent --pem --days 1095 --in "$nodes" --out "$PWD/$certs/nodes.zip" \
  --ca-cert "$certs/ca/ca.crt" --ca-key "$certs/ca/ca.key"
unzip -q "$certs/nodes.zip" -d "$certs"
rm "$certs"/*.zip
# The keys are for the servers alone; everybody may see who signed them.
chown -R 1000:0 "$certs"
find "$certs" -type d -exec chmod 755 {} +
find "$certs" -name '*.key' -exec chmod 600 {} +
find "$certs" -name '*.crt' -exec chmod 644 {} +
touch "$certs/done"
