# status.sh STATUS COMMAND...: runs a command, which must exit with STATUS. What
# it says comes on standard output.
want=$1
shift
"$@" 2>&1
got=$?
[ "$got" -eq "$want" ] || { echo "exit status $got, expected $want: $*" >&2; exit 1; }
