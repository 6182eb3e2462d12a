//===- maps.mjs - Times of the runtime library's maps ---------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// usage: wat2wasm maps.wat -o maps.wasm && node maps.mjs WHAMM_CORE.wasm maps.wasm
//
// Prints nanoseconds per access to maps of several sizes and with several
// patterns of keys, and the memory that ten million entries take.
//
//===----------------------------------------------------------------------===//

import fs from 'node:fs';

const [corePath, loopsPath] = process.argv.slice(2);
const compile = (path) => new WebAssembly.Module(fs.readFileSync(path));
const modules = { core: compile(corePath), loops: compile(loopsPath) };
const none = () => 52;

/** A fresh library, the loops on it, and one map in it. */
function setUp(key) {
  const wasi = Object.fromEntries(WebAssembly.Module.imports(modules.core).map(({ name }) => [name, none]));
  const core = new WebAssembly.Instance(modules.core, { wasi_snapshot_preview1: wasi }).exports;
  const loops = new WebAssembly.Instance(modules.loops, { whamm_core: core }).exports;
  const put = (text) => {
    const at = core.data_new(text.length);
    new Uint8Array(core.memory.buffer).set(Buffer.from(text), at);
    return [at, text.length];
  };
  return { core, loops, map: core.map_new(...put(key), ...put('u32')) };
}

/** Processor time, not to depend on what else runs. */
function nanoseconds(action, count) {
  const begin = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(begin);
  return ((user + system) * 1e3 / count).toFixed(1).padStart(6);
}

const small = 5e7, smallMask = 1023;
console.log('1,024 entries, ns per access');
for (const [words, key] of [[1, 'u32'], [2, '(u32,u32)'], [3, '(u32,u32,u32)']]) {
  const { loops, map } = setUp(key);
  const run = (name) => loops[name](map, small, smallMask, 1);
  run(`set${words}`);
  const times = [`set${words}`, `get${words}`, ...(words === 1 ? ['count1'] : [])]
    .map((name) => `${name} ${nanoseconds(() => run(name), small)}`);
  console.log(`  ${key.padEnd(14)} ${times.join('  ')}`);
}

const large = 1e7;
console.log('10,000,000 entries, ns per access');
for (const [words, key] of [[1, 'u32'], [2, '(u32,u32)'], [3, '(u32,u32,u32)']]) {
  for (const step of [1, 4096 + 1, 0x9e3779b1, 0x01000193]) {
    const { core, loops, map } = setUp(key);
    const run = (name) => nanoseconds(() => loops[name](map, large, -1, step), large);
    const [set, get] = [run(`set${words}`), run(`get${words}`)];
    const mib = core.memory.buffer.byteLength >> 20;
    console.log(`  ${key.padEnd(14)} step ${String(step).padEnd(10)} insert ${set}  get ${get}  ${mib} MiB`);
  }
}
