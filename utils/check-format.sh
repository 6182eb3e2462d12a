#!/usr/bin/env bash
# Checks the formatting of C++ sources; --fix mends it.
set -euo pipefail
cd "$(dirname "$0")/.."
mode=(--dry-run -Werror)
[ "${1:-}" = --fix ] && mode=(-i)
git ls-files -z '*.cpp' '*.h' | xargs -0 clang-format-22 "${mode[@]}"
