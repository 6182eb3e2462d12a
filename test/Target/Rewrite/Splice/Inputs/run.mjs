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

const imports = {
  t: {
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
    report_end: () => say("end"),
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
