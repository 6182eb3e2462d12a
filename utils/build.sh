#!/usr/bin/env bash
# Installs what is missing, configures and builds.
#
# usage: utils/build.sh [TARGET...]     into $WHAMM_BUILD, default ./build
set -euo pipefail
cd "$(dirname "$0")/.."
utils/setup.sh
build=${WHAMM_BUILD:-build}
if [ ! -f "$build/build.ninja" ]; then
  cmake --preset release -B "$build" >/dev/null
fi
exec ninja -C "$build" --quiet "$@"
