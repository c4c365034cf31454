#!/usr/bin/env bash
# Builds the static binary for every platform into dist/. With "vet" it only
# checks the program, for one platform of each kind: the short form for CI.
set -euo pipefail
cd "$(dirname "$0")/.."
export CGO_ENABLED=0

targets="darwin/arm64 windows/amd64"
[ "${1:-}" = vet ] || targets="linux/amd64 linux/arm64 darwin/amd64 $targets"
for target in $targets; do
  export GOOS="${target%/*}" GOARCH="${target#*/}"
  if [ "${1:-}" = vet ]; then
    # Nobody runs what is compiled for this, so nothing is optimised.
    GOFLAGS='"-gcflags=all=-N -l"' go vet ./cmd/... && echo "vet   $target"
    continue
  fi
  out="dist/jixiao-$GOOS-$GOARCH"
  [ "$GOOS" = windows ] && out="$out.exe"
  go build -trimpath -ldflags '-s -w' -o "$out" ./cmd/jixiao
  echo "built $out"
done
