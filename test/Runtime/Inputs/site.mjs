// Asks the site module about an application as `whamm-site-test --print` does:
// site.mjs SITE.wasm APP.wasm
import { readFileSync } from "node:fs";

const [sitePath, appPath] = process.argv.slice(2);
const app = new Uint8Array(readFileSync(appPath));

/** Reads LEB numbers and lengths from a position on. */
class Reader {
  constructor(at, end) {
    this.at = at;
    this.end = end;
  }
  number() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = app[this.at++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  }
  sized() {
    const size = this.number();
    this.at += size;
    return app.subarray(this.at - size, this.at);
  }
}

const nothing = new Uint8Array(0);
const sections = new Map();
const names = new Map();
const bodies = [];
let moduleName = nothing;

function readNames(reader) {
  while (reader.at < reader.end) {
    const id = app[reader.at++];
    const size = reader.number();
    const end = reader.at + size;
    if (id === 0) moduleName = reader.sized();
    for (let count = id === 1 ? reader.number() : 0; count; --count) names.set(reader.number(), reader.sized());
    reader.at = end;
  }
}

function readSections() {
  const reader = new Reader(8, app.length);
  while (reader.at < reader.end) {
    const id = app[reader.at++];
    const content = reader.sized();
    const inner = new Reader(content.byteOffset, reader.at);
    if (id !== 0) sections.set(id, content);
    else if (Buffer.from(inner.sized()).toString() === "name") readNames(inner);
    if (id === 10) for (let count = inner.number(); count; --count) bodies.push(inner.sized());
  }
}

/** The encoded data segments; their offsets are single i32 or i64 constants. */
function readData() {
  const content = sections.get(11);
  if (!content) return [];
  const reader = new Reader(content.byteOffset, content.byteOffset + content.length);
  const segments = [];
  for (let count = reader.number(); count; --count) {
    const begin = reader.at;
    const flags = reader.number();
    if (flags === 2) reader.number();
    if (flags !== 1) {
      reader.at++;
      reader.number();
      reader.at++;
    }
    reader.sized();
    segments.push(app.subarray(begin, reader.at));
  }
  return segments;
}

readSections();
const data = readData();
let site;
function copy(bytes, to, size) {
  new Uint8Array(site.memory.buffer).set(bytes.subarray(0, size), to);
  return bytes.length;
}
const reflect = {
  read_section: (id, to, size) => copy(sections.get(id) ?? nothing, to, size),
  // Imports come first, and asking for their number needs no body.
  read_function_body: (fid, to, size) =>
    copy(bodies[fid - (site.site_num_functions() - bodies.length)] ?? nothing, to, size),
  read_function_name: (fid, to, size) => copy(names.get(fid) ?? nothing, to, size),
  read_module_name: (to, size) => copy(moduleName, to, size),
  get_num_data: () => data.length,
  read_data_def: (index, to, size) => copy(data[index], to, size),
};
const module = new WebAssembly.Module(readFileSync(sitePath));
// Rows are printed by the runtime library, which has nothing to do here.
const silent = new Proxy({}, { get: () => () => 0 });
site = new WebAssembly.Instance(module, { "whamm:reflect": reflect, whamm_core: silent }).exports;

function text(pair) {
  const [at, size] = new Uint32Array(site.memory.buffer, pair, 2);
  return Buffer.from(site.memory.buffer, at, size).toString();
}

function printSite(fid, pc) {
  const args = [];
  for (let n = 0, type; (type = site.site_arg(fid, pc, n)); ++n) args.push(type.toString(16));
  console.log(
    `${fid}:${pc} event ${site.site_event(fid, pc)} opener ${site.site_opener(fid, pc)}` +
      ` end ${site.site_end_of(fid, pc)} else ${site.site_else_of(fid, pc)}` +
      ` follows ${site.site_follows_only(fid, pc)} live ${site.site_is_reachable(fid, pc)}` +
      ` block ${site.site_block_start(fid, pc)}${site.site_block_end(fid, pc)} ${site.site_block_count(fid, pc)}` +
      ` imm0 ${site.site_imm(fid, pc, 0)} args [${args.join(" ")}]`,
  );
}

console.log(`functions ${site.site_num_functions()} memories ${site.site_num_memories()} own ${site.site_app_memid()}`);
for (let i = 0; i < site.site_num_memories(); ++i)
  console.log(`memory ${i} page ${site.site_page_size(i)} data ${site.site_data_start(i)} ${site.site_data_len(i)}`);
for (let fid = 0; fid < site.site_num_functions(); ++fid) {
  console.log(
    `function ${fid} type ${site.site_func_type(fid)} import ${site.site_is_import(fid)}` +
      ` name '${text(site.site_fname(fid))}'` +
      ` callee '${text(site.site_callee_module(fid))}' '${text(site.site_callee_name(fid))}'`,
  );
  for (let pc = site.site_pc_at(fid, 0); pc >= 0; pc = site.site_pc_after(fid, pc)) printSite(fid, pc);
}
// Memory for others is aligned, zeroed, and grows.
const block = site.site_alloc(200001);
const fresh = new Uint8Array(site.memory.buffer, block, 200001);
if (block % 8 || fresh.some((byte) => byte) || site.site_alloc(1) < block + 200001) throw new Error("site_alloc");
