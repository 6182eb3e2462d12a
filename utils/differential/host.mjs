//===- host.mjs - Runs fuzzed modules and compares what they do -----------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// usage: node host.mjs CORE.wasm [NAME=LIBRARY.wasm...]
//
// Reads a line of JSON per module from the standard input:
//   {"original": PATH, "variants": [PATH...]}
// and answers with one:
//   {"lines": N, "calls": N, "skip": null | REASON, "trapped": whether the original did,
//    "variants": [{"difference": null | TEXT, "report": TEXT}]}
// With "details": true, "observed" has the observations, here and of each variant.
//
// Calls every exported function of the original in order, each with several
// sets of arguments, and notes what a host can see: the calls of imported
// functions, results, kinds of traps, then exported globals, tables and memories.
//
//===----------------------------------------------------------------------===//

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';

// Version 18 has tail calls, but behind a flag.
if (parseInt(process.versions.node) < 20)
  setFlagsFromString('--experimental-wasm-return_call');

const REPORT_EXPORT = 'whamm:report';

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

function textOf(value) {
  if (typeof value === 'bigint')
    return `${value}n`;
  if (typeof value === 'number')
    return Object.is(value, -0) ? '-0' : String(value);
  if (Array.isArray(value))
    return `[${value.map(textOf)}]`;
  // References differ between instances.
  return value === undefined || value === null ? String(value) : typeof value;
}

function kindOf(error) {
  // The stack of instrumented code may be deeper: no behaviour to compare.
  if (error instanceof RangeError)
    return 'stack';
  if (error instanceof WebAssembly.RuntimeError)
    return `trap: ${error.message}`;
  if (error instanceof WebAssembly.Exception)
    return 'exception';
  return `${error.name}: ${error.message.replace(/^.*?: /, '')}`;
}

function hashOf(memory) {
  return createHash('md5').update(new Uint8Array(memory.buffer)).digest('hex');
}

//===----------------------------------------------------------------------===//
// What modules import
//===----------------------------------------------------------------------===//

// (module (import "" "" (func (param i64 i64)))
//   (func (export "v") (param v128)
//     (call 0 (i64x2.extract_lane 0 (local.get 0)) (i64x2.extract_lane 1 (local.get 0)))))
const V128_MODULE = Buffer.from('0061736d01000000010a0260027e7e0060017b000205010000000003020101070501017600010a10010e002000fd1d002000fd1d0110000b', 'hex');

/** JavaScript functions cannot be called with v128; this one is of WebAssembly and hands halves on. */
function v128Function(log) {
  const module = new WebAssembly.Module(V128_MODULE);
  return new WebAssembly.Instance(module, { '': { '': log } }).exports.v;
}

/** Functions that note that they were called, with what; results are made from a counter. */
function importsOf(module, lines) {
  const imports = {};
  let calls = 0;
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== 'function')
      continue;
    const note = (...args) => {
      lines.push(`${name}(${args.map(textOf)})`);
      return ++calls;
    };
    (imports[from] ??= {})[name] = name.endsWith('v128') ? v128Function(note) : note;
  }
  return imports;
}

/** The part of WASI that the runtime library needs in order to print. */
function wasiFor(output, getMemory) {
  const variable = Buffer.from('TO_CONSOLE=true\0');
  const view = () => new DataView(getMemory().buffer);
  const functions = {
    environ_sizes_get(count, size) {
      view().setUint32(count, 1, true);
      view().setUint32(size, variable.length, true);
      return 0;
    },
    environ_get(pointers, bytes) {
      view().setUint32(pointers, bytes, true);
      new Uint8Array(getMemory().buffer).set(variable, bytes);
      return 0;
    },
    fd_write(fd, vectors, count, written) {
      let total = 0;
      for (let i = 0; i < count; i++) {
        const at = view().getUint32(vectors + 8 * i, true), size = view().getUint32(vectors + 8 * i + 4, true);
        output.push(Buffer.from(new Uint8Array(getMemory().buffer, at, size)));
        total += size;
      }
      view().setUint32(written, total, true);
      return 0;
    },
  };
  // Anything else says "no such file".
  return new Proxy(functions, { get: (known, name) => known[name] ?? (() => 8) });
}

class Libraries {
  constructor(core, others) {
    this.modules = new Map([['whamm_core', core], ...others].map(
      ([name, path]) => [name, new WebAssembly.Module(readFileSync(path))]));
  }

  /** Fresh instances, as a program gets them. */
  instantiate(output) {
    const imports = {};
    for (const [name, module] of this.modules) {
      let exports = null;
      const wasi = wasiFor(output, () => exports.memory);
      exports = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi, ...imports }).exports;
      exports._initialize?.();
      imports[name] = exports;
    }
    return imports;
  }
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

// Binaryen's modules end loops and recursion after some rounds; this gives them new ones.
const MORE_ROUNDS = 'hangLimitInitializer';

// Texts and booleans convert to numbers of every type, 64-bit integers too.
const ARGUMENTS = [() => false, (i) => i % 2 === 0, (i) => String(65521 * (i + 3)), (i) => String(-1 - 1000 * i)];

/** Calls an exported function; returns how it ended. */
function callAndNote(name, exported, argument, lines) {
  const args = Array.from({ length: exported.length }, (_, i) => argument(i));
  try {
    lines.push(`${name} -> ${textOf(exported(...args))}`);
  } catch (error) {
    const kind = kindOf(error);
    lines.push(`${name} -> ${kind}`);
    return kind;
  }
  return null;
}

function noteState(names, exports, lines) {
  for (const name of names) {
    const value = exports[name];
    if (value instanceof WebAssembly.Memory)
      lines.push(`memory ${name}: ${value.buffer.byteLength} ${hashOf(value)}`);
    else if (value instanceof WebAssembly.Global)
      lines.push(`global ${name}: ${globalText(value)}`);
    else if (value instanceof WebAssembly.Table)
      lines.push(`table ${name}: ${value.length}`);
  }
}

function globalText(global) {
  try {
    return textOf(global.value);
  } catch (error) {
    return kindOf(error);
  }
}

function askForReport(exports, output) {
  exports[REPORT_EXPORT]?.();
  return Buffer.concat(output).toString('latin1');
}

/** Runs a module with the exports called that `names` says; all of its own where it is null. */
function run(path, names, libraries) {
  const lines = [], output = [];
  const module = new WebAssembly.Module(readFileSync(path));
  names ??= WebAssembly.Module.exports(module).map(({ name }) => name);
  let exports;
  try {
    const imports = { ...importsOf(module, lines), ...(libraries ? libraries.instantiate(output) : {}) };
    exports = new WebAssembly.Instance(module, imports).exports;
  } catch (error) {
    lines.push(`instantiate -> ${kindOf(error)}`);
    return { names, lines, report: '', overflow: false, calls: 0 };
  }
  let overflow = false, calls = 0;
  for (const name of names) {
    if (typeof exports[name] !== 'function')
      continue;
    for (const argument of exports[name].length ? ARGUMENTS : ARGUMENTS.slice(3)) {
      calls++;
      exports[MORE_ROUNDS]?.();
      overflow ||= callAndNote(name, exports[name], argument, lines) === 'stack';
    }
  }
  noteState(names, exports, lines);
  return { names, lines, report: askForReport(exports, output), overflow, calls };
}

function firstDifference(expected, actual) {
  for (let i = 0; i < Math.max(expected.length, actual.length); i++)
    if (expected[i] !== actual[i])
      return `line ${i + 1}: original '${expected[i]}', instrumented '${actual[i]}'`;
  return null;
}

function runVariant(original, path, libraries, details) {
  try {
    const variant = run(path, original.names, libraries);
    if (variant.overflow)
      return { difference: null, report: '' };
    const observed = details ? variant.lines : undefined;
    return { difference: firstDifference(original.lines, variant.lines), report: variant.report, observed };
  } catch (error) {
    return { difference: `host: ${error.name}: ${error.message}`, report: '' };
  }
}

function answer(request, libraries) {
  let original;
  try {
    original = run(request.original, null, null);
  } catch (error) {
    return { skip: `${error.name}: ${error.message}`, variants: [], lines: 0, calls: 0 };
  }
  const { lines, calls } = original;
  if (original.overflow)
    return { skip: 'the stack is exhausted', variants: [], lines: lines.length, calls };
  const variants = request.variants.map((path) => runVariant(original, path, libraries, request.details));
  const trapped = lines.some((line) => line.includes(' -> trap: '));
  return { skip: null, trapped, variants, lines: lines.length, calls, observed: request.details ? lines : undefined };
}

const [core, ...others] = process.argv.slice(2);
const libraries = new Libraries(core, others.map((text) => text.split('=')));
for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(JSON.stringify(answer(JSON.parse(line), libraries)) + '\n');
