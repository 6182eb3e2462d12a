#!/usr/bin/env bash
# Builds whamm, compiles a real C program to WebAssembly, instruments it and
# runs it: the program's output, then the report.
set -euo pipefail
cd "$(dirname "$0")/.."
utils/build.sh whamm
build=$(realpath "${WHAMM_BUILD:-build}")
out=${build#"$PWD"/}/try
mkdir -p "$out"

run() {
  echo "\$ $*"
  "$@"
}
clang-22 --target=wasm32-wasi -O1 --no-wasm-opt -Wno-deprecated -o "$out/wordfreq.wasm" docs/examples/wordfreq.c
export PATH="$build/bin:$PATH"
run whamm instr -s docs/examples/calls.mm -a "$out/wordfreq.wasm" -o "$out/wordfreq.out.wasm"
run whamm run "$out/wordfreq.out.wasm"
