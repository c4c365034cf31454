#!/usr/bin/env bash
# Runs every fuzz test for FUZZTIME. A find lands in the package's
# testdata/fuzz: commit it with its fix.
set -euo pipefail
cd "$(dirname "$0")/.."

grep -rl --include='*_test.go' '^func Fuzz' . | while read -r file; do
  grep -o '^func Fuzz[A-Za-z0-9_]*' "$file" | while read -r _ name; do
    echo "fuzz $(dirname "$file") $name"
    go test -run '^$' -fuzz "^$name\$" -fuzztime "${FUZZTIME:-1m}" "$(dirname "$file")" </dev/null
  done
done
