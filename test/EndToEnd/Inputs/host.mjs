// Runs a WASI program that Binaryen has instrumented by --log-execution or
// --instrument-memory, and prints what it was told.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WASI } from 'node:wasi';

const executions = new Map();
const memory = { loads: 0, loaded: 0, stores: 0, stored: 0, lowest: 2 ** 32 };

function access(kind, bytesKind) {
  return (id, bytes, offset, address) => {
    memory[kind]++;
    memory[bytesKind] += bytes;
    memory.lowest = Math.min(memory.lowest, (address >>> 0) + offset);
    return address;
  };
}

const value = (id, x) => x;
const env = {
  log_execution: (id) => executions.set(id, (executions.get(id) ?? 0) + 1),
  load_ptr: access('loads', 'loaded'),
  store_ptr: access('stores', 'stored'),
};
for (const type of ['i32', 'i64', 'f32', 'f64'])
  env[`load_val_${type}`] = env[`store_val_${type}`] = value;

const wasi = new WASI({ version: 'preview1', args: [path.basename(process.argv[2])], env: process.env, preopens: { '.': '.' }, returnOnExit: true });
const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.wasiImport, env });
wasi.start(instance);
for (const [id, count] of executions)
  console.log(`id ${id} ${count}`);
for (const [name, count] of Object.entries(memory))
  console.log(`memory ${name} ${count}`);
