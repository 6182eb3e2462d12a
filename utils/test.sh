#!/usr/bin/env bash
# Installs what is missing, builds everything, and runs all tests. Where the
# conformance cases and the claims of the engine interface lie beside the project,
# runs those that are supported, too, and all scripts on both targets. An engine
# takes part where WIZENG names its executable.
set -euo pipefail
cd "$(dirname "$0")/.."
utils/build.sh
build=${WHAMM_BUILD:-build}
utils/check-format.sh
ninja -C "$build" check
if [ -f ../shared/conformance/run.py ]; then
  python3 utils/conformance.py --bin "$build/bin"
  python3 utils/wei-differential.py --bin "$build/bin"
fi
if [ -f ../shared/wei-tests/run.sh ]; then
  python3 utils/wei-claims.py --bin "$build/bin"
fi
echo "all tests passed"
