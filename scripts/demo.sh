#!/usr/bin/env bash
# Imports the sample reports into a folder of its own and prints what was read.
# JIXIAO_DATA says where; it is kept, so that `jixiao search` can go on with it.
set -euo pipefail
cd "$(dirname "$0")/.."
export JIXIAO_DATA="${JIXIAO_DATA:-./jixiao-data}"

bin/jixiao import testdata/corpus
echo
bin/jixiao list
echo
echo "Next:  bin/jixiao search 预算编制      (the data is in $JIXIAO_DATA)"
