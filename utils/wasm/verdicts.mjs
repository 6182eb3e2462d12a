// What V8 says of each module of a pack (see packs.py), one line per module:
// "ok" or "error: MESSAGE".
//
// usage: node verdicts.mjs PACK
import { readFileSync } from "node:fs";

const pack = readFileSync(process.argv[2]);
const lines = [];
for (let at = 0; at < pack.length; ) {
  const size = pack.readUInt32LE(at);
  const bytes = pack.subarray(at + 4, at + 4 + size);
  at += 4 + size;
  if (WebAssembly.validate(bytes)) {
    lines.push("ok");
    continue;
  }
  try {
    new WebAssembly.Module(bytes);
    lines.push("error: not valid, and compiled all the same");
  } catch (error) {
    lines.push("error: " + error.message.replaceAll("\n", " "));
  }
}
process.stdout.write(lines.map((line) => line + "\n").join(""));
