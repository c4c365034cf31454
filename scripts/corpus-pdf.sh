#!/usr/bin/env bash
# Rebuilds testdata/corpus/*/source.pdf from the source.html beside it. Needs
# chromium and the font WenQuanYi Micro Hei (Debian: chromium fonts-wqy-microhei).
# A rebuilt file has other bytes, so another id: rewrite the golden records too.
set -euo pipefail
cd "$(dirname "$0")/.."

profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
for html in testdata/corpus/*/source.html; do
  pdf="${html%.html}.pdf"
  chromium --headless --no-sandbox --disable-gpu --user-data-dir="$profile" \
    --no-pdf-header-footer --print-to-pdf="$pdf" "file://$PWD/$html" 2>/dev/null
  echo "$(stat -c %s "$pdf") bytes  $pdf"
done
