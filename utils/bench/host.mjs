//===- host.mjs - Times one run of a program ------------------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// usage: node host.mjs TIMES.json PROGRAM.wasm [MODULE=LIBRARY.wasm]...
//
// Runs a program with WASI and with the libraries that it imports, and writes
//
//   compile      milliseconds that the engine takes before the program can be made
//   instantiate  of the program, with its start function
//   run          of its entry, the report excluded
//   report       of the report
//   exit         its exit code
//   values       what functions without parameters of libraries return at last,
//                those of the runtime library excluded
//
//===----------------------------------------------------------------------===//

import fs from 'node:fs';

const CORE = 'whamm_core';
const WASI_MODULE = 'wasi_snapshot_preview1';

process.removeAllListeners('warning');
const { WASI } = await import('node:wasi');

/** How a program that calls proc_exit ends. */
class Exit {
  constructor(code) {
    this.code = code;
  }
}

const [timesFile, programFile, ...libraryArguments] = process.argv.slice(2);
const files = new Map(libraryArguments.map((text) => text.split(/=(.*)/s, 2)));
const instances = new Map();
const times = { compile: 0, instantiate: 0, run: 0, report: 0, exit: 0, values: {} };

function time(action) {
  const begin = performance.now();
  const result = action();
  return [performance.now() - begin, result];
}

/** WASI's functions for one module; bindMemory gives them its memory. */
function makeWasi(name) {
  const wasi = new WASI({ version: 'preview1', args: [name], env: { TO_CONSOLE: 'true' }, returnOnExit: true });
  // Closures, as the bound functions themselves do not live long enough in some versions.
  const functions = Object.entries(wasi.wasiImport).map(([key, f]) => [key, (...args) => f(...args)]);
  const imports = { ...Object.fromEntries(functions), proc_exit: (code) => { throw new Exit(code); } };
  const bindMemory = (exports) => {
    const memory = Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
    wasi.initialize({ exports: { memory: memory ?? new WebAssembly.Memory({ initial: 1 }) } });
  };
  return { imports, bindMemory };
}

/** The runtime library, with a clock around its report. */
function withReportTimed({ ...exports }) {
  const { report_begin: begin, report_end: end } = exports;
  let started = 0;
  if (!begin || !end)
    throw new Error(`${CORE} has no report_begin and report_end`);
  exports.report_begin = (...args) => {
    started = performance.now();
    return begin(...args);
  };
  exports.report_end = (...args) => {
    const result = end(...args);
    times.report += performance.now() - started;
    return result;
  };
  return exports;
}

function load(name) {
  if (!instances.has(name)) {
    if (!files.has(name))
      throw new Error(`nothing provides the module '${name}'`);
    const { exports } = instantiate(new WebAssembly.Module(fs.readFileSync(files.get(name))), name);
    exports._initialize?.();
    instances.set(name, name === CORE ? withReportTimed(exports) : exports);
  }
  return instances.get(name);
}

function instantiate(module, name) {
  const wasi = makeWasi(name);
  const imports = {};
  for (const { module: from } of WebAssembly.Module.imports(module))
    imports[from] ??= from === WASI_MODULE ? wasi.imports : load(from);
  const [elapsed, instance] = time(() => new WebAssembly.Instance(module, imports));
  wasi.bindMemory(instance.exports);
  return { elapsed, exports: instance.exports };
}

function runEntry(exports) {
  try {
    (exports._start ?? exports.main)();
  } catch (error) {
    if (!(error instanceof Exit))
      throw error;
    times.exit = error.code;
  }
}

/** Strings, as numbers of 64 bits are none in JSON. */
function valuesOf(exports) {
  const functions = Object.entries(exports).filter(([, value]) => typeof value === 'function' && value.length === 0);
  return Object.fromEntries(functions.map(([name, f]) => [name, String(f())]));
}

const [compile, module] = time(() => new WebAssembly.Module(fs.readFileSync(programFile)));
const { elapsed, exports } = instantiate(module, programFile);
const [entry] = time(() => runEntry(exports));
times.compile = compile;
times.instantiate = elapsed;
times.run = entry - times.report;
for (const [name, library] of instances)
  if (name !== CORE)
    times.values[name] = valuesOf(library);
fs.writeFileSync(timesFile, JSON.stringify(times));
process.exit(0);
