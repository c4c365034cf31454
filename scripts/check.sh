#!/usr/bin/env bash
# gofmt, go vet and the linter.
set -euo pipefail
cd "$(dirname "$0")/.."
# As `make build`, so that the compiler's cache serves both.
export CGO_ENABLED=0 GOFLAGS="${GOFLAGS:-} -trimpath"

unformatted=$(gofmt -l $(git ls-files '*.go'))
if [ -n "$unformatted" ]; then
  echo "gofmt: run 'gofmt -w' on:" >&2
  echo "$unformatted" >&2
  exit 1
fi
go vet ./...
"$(bash scripts/golangci.sh)" run ./...
