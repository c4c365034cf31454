#!/usr/bin/env bash
# All benchmarks, in lines that benchstat reads. bin/jixiao must be built.
# BENCHTIME and COUNT go to the Go benchmarks; DOCS is the size of the import.
set -euo pipefail
cd "$(dirname "$0")/.."
docs="${DOCS:-2000}" count="${COUNT:-3}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
go build -o "$work/measure" ./scripts/measure
go run ./internal/sample/write -n "$docs" -out "$work/reports"
go run ./internal/sample/write -n 200 -pdf 4 -out "$work/pdfs"

echo "# parts, in one process, with the collector set as the program sets it"
GOGC=300 go test -run '^$' -bench . -benchtime "${BENCHTIME:-1s}" -count "$count" \
  ./pipeline ./extractors/... ./internal/zh/... ./pipeline/index/...

echo "# the program from outside: time, processor time and memory of parent and children"
"$work/measure" -name "Import$docs" -docs "$docs" -n "$count" -setup "rm -rf $work/data" -- \
  bin/jixiao --data "$work/data" import "$work/reports"
"$work/measure" -name "ImportAgain$docs" -docs "$docs" -n "$count" -- \
  bin/jixiao --data "$work/data" import "$work/reports"
"$work/measure" -name ExtractOneText -n 5 -- bin/jixiao extract "$work/reports/report-00000.txt"
"$work/measure" -name ExtractTexts -docs "$docs" -n "$count" -- bin/jixiao extract "$work"/reports/*
"$work/measure" -name ExtractOnePDF -n 5 -setup "bin/jixiao extract $work/pdfs/report-00000.pdf >/dev/null" -- \
  bin/jixiao extract "$work/pdfs/report-00000.pdf"
"$work/measure" -name ExtractPDFs4Pages -docs 200 -n "$count" -- bin/jixiao extract "$work"/pdfs/*
if command -v pdftotext >/dev/null; then
  cat > "$work/pdftotext.sh" <<'SCRIPT'
for f in "$1"/*.pdf; do pdftotext -layout "$f" - >/dev/null; done
SCRIPT
  "$work/measure" -name PdftotextPDFs4Pages -docs 200 -n "$count" -- sh "$work/pdftotext.sh" "$work/pdfs"
else
  echo "# left out: pdftotext is not installed"
fi
