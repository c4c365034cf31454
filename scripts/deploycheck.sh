#!/usr/bin/env bash
# Reads deploy/ with the parsers of Docker, Compose, Kubernetes, Helm, systemd,
# Prometheus, and compares it with the program. They are a module of their own,
# which takes minutes to build when nothing is cached.
#
#   deploycheck.sh          always
#   deploycheck.sh changed  only when something it looks at was touched in the
#                           last 150 commits, is not committed, or the history
#                           does not reach that far: CI knows no landing, and a
#                           run too many is cheaper than one too few
set -euo pipefail
cd "$(dirname "$0")/.."

looked_at="deploy scripts/deploycheck scripts/deploycheck.sh docs/operations.md docs/elasticsearch.md .dockerignore
  internal/app/options.go internal/app/servers.go internal/app/elastic.go internal/app/config.go
  cmd/jixiao/cli.go cmd/jixiao/serve.go cmd/jixiao/init.go cmd/jixiao/status.go cmd/jixiao/import.go
  pipeline/queue/streams.go internal/metrics"
window=150

changed() {
  git rev-parse -q --verify HEAD >/dev/null 2>&1 || { echo "no history"; return; }
  [ -z "$(git status --porcelain -- $looked_at)" ] || { echo "not committed"; return; }
  if ! git rev-parse -q --verify "HEAD~$window" >/dev/null; then echo "a short history"; return; fi
  git log -1 --format='%h %s' "HEAD~$window..HEAD" -- $looked_at
}

if [ "${1:-}" = changed ]; then
  why=$(changed)
  if [ -z "$why" ]; then
    echo "deploy/ is as it was for $window commits: not looked at (make deploy-check does)"
    exit 0
  fi
  echo "deploy/: $why"
fi
cd scripts/deploycheck
unformatted=$(gofmt -l .)
[ -z "$unformatted" ] || { echo "gofmt: $unformatted" >&2; exit 1; }
go vet .
[ "${1:-}" = changed ] || "$(bash ../golangci.sh)" run --allow-parallel-runners -c ../../.golangci.yml ./...
go test -count=1 .
