// Runs each module of a pack and what became of it in another pack, and compares what a host
// sees: whether it can be instantiated, what exported functions without parameters return or
// how they trap, exported globals and memories. Prints "same CALLS" or what differs, one line
// per module.
//
// usage: node --experimental-wasm-type-reflection behaviour.mjs PACK PACK
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

function readPack(path) {
  const pack = readFileSync(path);
  const modules = [];
  for (let at = 0; at < pack.length; ) {
    const size = pack.readUInt32LE(at);
    modules.push(pack.subarray(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return modules;
}

// What the module imports, made for it. Functions of the probes do nothing.
function makeImport({ kind, type }) {
  switch (kind) {
    case "function": {
      const values = type.results.map((t) => (t === "i64" ? 0n : t.startsWith("f") || t === "i32" ? 0 : null));
      return () => (values.length > 1 ? values : values[0]);
    }
    case "memory":
      return new WebAssembly.Memory(type);
    case "table":
      return new WebAssembly.Table(type);
    case "global":
      return new WebAssembly.Global(type, type.value === "i64" ? 0n : undefined);
    case "tag":
      return new WebAssembly.Tag(type);
  }
}

function show(value) {
  if (Array.isArray(value)) return `[${value.map(show).join(" ")}]`;
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "function" || (typeof value === "object" && value !== null)) return typeof value;
  return String(value);
}

function attempt(action) {
  try {
    return show(action());
  } catch (error) {
    if (error instanceof WebAssembly.Exception) return "exception";
    return `${error.name}: ${error.message.replace(/ @\+\d+|:? *Import #\d+.*/g, "")}`;
  }
}

function observe(bytes) {
  const seen = [];
  const module = new WebAssembly.Module(bytes);
  const imports = {};
  let instance;
  seen.push(
    "instance " +
      attempt(() => {
        for (const item of WebAssembly.Module.imports(module))
          (imports[item.module] ??= {})[item.name] ??= makeImport(item);
        instance = new WebAssembly.Instance(module, imports);
        return "made";
      }),
  );
  if (!instance) return seen;
  const items = Object.entries(instance.exports).filter(([name]) => !name.startsWith("whamm"));
  for (const [name, item] of items)
    if (typeof item === "function" && item.length === 0) seen.push(`call ${name} ${attempt(item)}`);
  for (const [name, item] of items) {
    if (item instanceof WebAssembly.Global) seen.push(`global ${name} ${attempt(() => item.value)}`);
    if (item instanceof WebAssembly.Memory)
      seen.push(`memory ${name} ${createHash("md5").update(new Uint8Array(item.buffer)).digest("hex")}`);
  }
  return seen;
}

const [before, after] = process.argv.slice(2).map(readPack);
for (const [i, bytes] of before.entries()) {
  if (after[i].length === 0) {
    console.log("no output");
    continue;
  }
  const [first, second] = [observe(bytes), observe(after[i])];
  const at = first.findIndex((line, j) => line !== second[j]);
  const calls = first.filter((line) => line.startsWith("call ")).length;
  console.log(at < 0 && first.length === second.length ? `same ${calls}` : `${first[at]} | ${second[at]}`);
}
