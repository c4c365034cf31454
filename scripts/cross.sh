#!/usr/bin/env bash
# Builds the static binary for every platform into dist/. With "vet" it only
# type-checks all packages for each, which is quicker.
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0

for target in linux/amd64 linux/arm64 darwin/arm64 darwin/amd64 windows/amd64; do
  export GOOS="${target%/*}" GOARCH="${target#*/}"
  if [ "${1:-}" = vet ]; then
    go vet ./cmd/... && echo "vet   $target"
    continue
  fi
  out="dist/jixiao-$GOOS-$GOARCH"
  [ "$GOOS" = windows ] && out="$out.exe"
  go build -trimpath -ldflags '-s -w' -o "$out" ./cmd/jixiao
  echo "built $out"
done
