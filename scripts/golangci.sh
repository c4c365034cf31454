#!/usr/bin/env bash
# Prints the path of the linter, which it builds once into a cache outside the
# repository. A build of our own fits the Go in use, which a released one may not.
set -euo pipefail
version=v2.15.0

dir="${XDG_CACHE_HOME:-$HOME/.cache}/jixiao/tools/golangci-lint-$version-$(go env GOVERSION)"
if [ ! -x "$dir/golangci-lint" ]; then
  echo "building golangci-lint $version (once)" >&2
  GOBIN="$dir" CGO_ENABLED=0 GOFLAGS=-mod=mod go install "github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$version" >&2
fi
echo "$dir/golangci-lint"
