#!/bin/bash
# Starts a node whose first password comes from a file that the image itself
# would refuse for its mode.
set -euo pipefail
ELASTIC_PASSWORD=$(<"${ELASTIC_ADMIN_FILE:-/run/secrets/elastic_admin}")
export ELASTIC_PASSWORD
exec /usr/local/bin/docker-entrypoint.sh eswrapper
