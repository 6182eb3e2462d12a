// Strings: kept, compared, searched.
var latest: str;
report var changes: u32;
report var lengths: u64;
report var kept: str;
wasm:opcode:*:before / opname != "end" / {
  if (latest != opname) { changes++; }
  if (latest.starts_with("i32") && opname.ends_with("t")) { lengths = lengths + opname.len() as u64; }
  latest = opname;
  if (latest.contains("loc")) { kept = latest; }
}
wasm:func:entry { report var name: str; name = fname; }
