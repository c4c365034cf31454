#!/usr/bin/env bash
# What the whole way into Elasticsearch reaches, against a bare loader: minutes
# long. Needs Linux, Java 17 and, once, Maven (deploy/test/elasticsearch.sh);
# bin/jixiao must be built. DOCS and ROUNDS say how much; words given go to
# scripts/throughput.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
port=${PORT:-19250}
trap 'bash deploy/test/elasticsearch.sh remove "$port"; rm -rf "$work"' EXIT
go build -o "$work/throughput" ./scripts/throughput
go run ./internal/sample/write -n "${DOCS:-5000}" -bytes 4096 -out "$work/reports"
url=$(HEAP=${HEAP:-1g} bash deploy/test/elasticsearch.sh start "$port")
pid=$(cat "$(bash deploy/test/elasticsearch.sh folder "$port")/pid")
"$work/throughput" -jixiao "${JIXIAO:-bin/jixiao}" -reports "$work/reports" -elastic "$url" -elastic-pid "$pid" -rounds "${ROUNDS:-3}" "$@"
