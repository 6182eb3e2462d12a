# Makes a monitor of scripts, and prints the names of the functions it exports.
set -e
monitor=$(mktemp)
trap 'rm -f "$monitor"' EXIT
for script; do scripts="$scripts -s $script"; done
whamm instr $scripts -w -o "$monitor" 2>/dev/null
whamm-translate --monitor-to-mlir "$monitor" | whamm-translate --mlir-to-monitor-contract
