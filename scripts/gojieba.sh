#!/usr/bin/env bash
# The segmenter against its model, gojieba, which is C++: the same words and
# offsets on everything. Without a C++ compiler this is left out, and says so;
# CI has one.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v "${CXX:-g++}" >/dev/null; then
  [ -z "${CI:-}" ] || { echo "FAIL: no C++ compiler for the gojieba test" >&2; exit 1; }
  echo "left out: internal/zh/segment against gojieba (no C++ compiler)"
  exit 0
fi
CGO_ENABLED=1 go vet -tags gojieba ./internal/zh/segment/...
CGO_ENABLED=1 go run ./scripts/gotest -race no -tags gojieba ./internal/zh/segment/...
