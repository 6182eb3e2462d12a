#!/usr/bin/env bash
# Installs what the build and the tests need, from Debian's packages. Does
# nothing where everything is there; says what is missing where it cannot help.
#
# usage: utils/setup.sh [--check]      --check only says what is missing
set -euo pipefail

packages=(
  # build
  cmake ninja-build ccache clang-22 lld-22 libstdc++-12-dev
  llvm-22-dev llvm-22-tools libmlir-22-dev mlir-22-tools
  zlib1g-dev libzstd-dev libxml2-dev
  # libraries that the product is linked with
  binaryen wabt
  # the runtime library, and the programs that the tests compile
  libclang-rt-22-dev-wasm32 wasi-libc
  # tests and tools
  python3 git clang-format-22 libclang-rt-22-dev
)

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
if command -v dpkg-query >/dev/null; then
  for package in "${packages[@]}"; do
    is_installed "$package" || missing+=("$package")
  done
  # Any Node.js from version 18 on will do, Debian's among them.
  command -v node >/dev/null || missing+=(nodejs)
else
  echo "setup.sh: this is not Debian or a derivative of it." >&2
  echo "Please install what provides these packages of Debian 12:" >&2
  echo "  ${packages[*]} nodejs" >&2
  exit 1
fi

if [ ${#missing[@]} -eq 0 ]; then
  exit 0
fi
if [ "${1:-}" = --check ]; then
  echo "missing: ${missing[*]}"
  exit 1
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo)
  else
    echo "setup.sh: installing packages needs root. Please run" >&2
    echo "  sudo apt-get install ${missing[*]}" >&2
    exit 1
  fi
fi

echo "setup.sh: installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
  echo "setup.sh: apt could not install all of: ${missing[*]}" >&2
  echo "LLVM 22 comes with the security updates of Debian 12 and with Debian 13." >&2
  exit 1
fi
