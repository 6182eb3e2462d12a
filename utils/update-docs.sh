#!/usr/bin/env bash
# Regenerates the reference pages of docs/reference from td/.
#
# usage: utils/update-docs.sh               builds the target `docs` and copies
#        utils/update-docs.sh --check DIR   only compares with the pages in DIR
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "${1:-}" = --check ]; then
  status=0
  for page in "$2"/*.md; do
    if ! diff -u "docs/reference/${page##*/}" "$page"; then
      status=1
    fi
  done
  if [ $status -ne 0 ]; then
    echo "docs/reference is out of date; run utils/update-docs.sh" >&2
  fi
  exit $status
fi

build=${WHAMM_BUILD:-build}
ninja -C "$build" --quiet docs
cp "$build"/docs/reference/*.md docs/reference/
git status --short -- docs/reference
