// Runs exports of a module and prints what the inserted code says:
//   node run.mjs out.wasm 'f(1,2)' 'g()' ...
import { readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";

// Version 18 has tail calls, but behind a flag.
if (parseInt(process.versions.node) < 20)
  setFlagsFromString("--experimental-wasm-return_call");

let line = [];
const say = (text) => line.push(text);
class Exit extends Error {}

// A little of whamm_core.
let memory = new Uint8Array(16);
const text = (p, n) => Buffer.from(memory.slice(p, p + n)).toString();
const shadows = [];
function shadow_set(table, slot, fid) {
  if (slot < shadows[table].length)
    shadows[table][slot] = fid;
}

const imports = {
  t: {
    init: () => say("init"),
    begin: () => say("begin"),
    end: () => say("end-of-it"),
    str: (p, n) => say(text(p, n)),
    shadow: (table) => say(`[${shadows[table]}]`),
    log: (x) => say(`${x}`),
    log2: (a, b) => say(`${a}:${b}`),
    logf: (x) => say(`${x}`),
    app: (x) => say(`app${x}`),
  },
  wasi_snapshot_preview1: {
    proc_exit: (code) => {
      say(`exit${code}`);
      throw new Exit();
    },
  },
  whamm_core: {
    report_begin: () => say("begin"),
    report_data: (...words) =>
      say("data:" + Buffer.from(new BigInt64Array(words).buffer)
        .toString().replace(/\0/g, "~")),
    report_i32: (x) => say(`i32=${x}`),
    report_i64: (x) => say(`i64=${x}`),
    report_f32: (x) => say(`f32=${x}`),
    report_f64: (x) => say(`f64=${x}`),
    report_i32x8: (...xs) => xs.forEach((x) => say(`i32=${x}`)),
    report_i64x8: (...xs) => xs.forEach((x) => say(`i64=${x}`)),
    report_f32x8: (...xs) => xs.forEach((x) => say(`f32=${x}`)),
    report_f64x8: (...xs) => xs.forEach((x) => say(`f64=${x}`)),
    report_again: (n) => say(`again=${n}`),
    report_str: (p, n) => say(`str=${text(p, n)}`),
    report_end: () => say("end"),
    data_new: (size) => {
      say(`data${size}`);
      memory = new Uint8Array(memory.length + size);
      return memory.length - size;
    },
    data_write: (address, ...words) =>
      memory.set(new Uint8Array(new BigInt64Array(words).buffer), address),
    shadow_new: (table, size) => {
      shadows[table] = new Array(size).fill(-1);
    },
    shadow_set,
    shadow_get: (table, slot) => shadows[table][slot] ?? -1,
    shadow_fill: (table, slot, n, fid) => {
      for (let i = 0; i < n; ++i)
        shadow_set(table, slot + i, fid);
    },
    shadow_copy: (to, dst, from, src, n) => {
      const fids = shadows[from].slice(src, src + n);
      fids.forEach((fid, i) => shadow_set(to, dst + i, fid));
    },
  },
};

function show(what, action) {
  line = [];
  let result;
  try {
    result = action();
  } catch (error) {
    result = error instanceof Exit ? "exited" : `${error.message ?? "exception"}`;
  }
  console.log(`${what}: ${line.join(" ")} -> ${result ?? ""}`.replace(/ +/g, " "));
}

const [file, ...calls] = process.argv.slice(2);
let instance;
show("start", () => {
  const module = new WebAssembly.Module(readFileSync(file));
  instance = new WebAssembly.Instance(module, imports);
});
for (const call of calls) {
  const [, name, args] = /^(.*)\((.*)\)$/.exec(call);
  const values = args ? args.split(",").map((x) =>
    x.endsWith("n") ? BigInt(x.slice(0, -1)) : Number(x)) : [];
  show(call, () => instance.exports[name](...values));
}
