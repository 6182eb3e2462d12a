//===- monitor.mjs - What an engine gives to monitors ---------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// A program to which a monitor has been applied imports its probes from the
// module `whamm:monitor`. Beside OUT.wasm the folder OUT.monitor has the monitor,
// monitor.wasm, and its libraries, NAME.wasm, as they were after matching. This
// file finds them, and has the modules of the engine that they may import:
// `wizeng`, `whamm:dyninstr` and `whamm:reflect`.
//
//===----------------------------------------------------------------------===//

import fs from 'node:fs';
import path from 'node:path';

export const MONITOR_MODULE = 'whamm:monitor';
export const DYNINSTR_MODULE = 'whamm:dyninstr';
const MONITOR_FILE = 'monitor.wasm';
const MATCH_OUTPUT_SECTION = 'whamm.match_output';
export const EXIT_HOOK = 'wasm:exit';
/** Exports that a monitor with probes has: events, or what programs call. */
const PROBE_NAME = /^(wasm:(opcode|func|block):|whamm\.f\d)/;
/** What WASI returns to a module that has no memory to show: ENOTSUP. */
const NO_MEMORY = 58;

//===----------------------------------------------------------------------===//
// Output
//===----------------------------------------------------------------------===//

/** Standard output for what is printed byte by byte. Who else writes there flushes it first, which keeps the order. */
class Output {
  constructor() {
    this.bytes = [];
  }

  write(bytes) {
    for (const byte of bytes)
      this.bytes.push(byte);
    if (this.bytes.length > 65536)
      this.flush();
  }

  flush() {
    const bytes = Uint8Array.from(this.bytes);
    this.bytes = [];
    for (let at = 0; at < bytes.length;) {
      try {
        at += fs.writeSync(1, bytes, at);
      } catch (error) {
        if (error.code !== 'EAGAIN')
          throw error;
      }
    }
  }
}

export const output = new Output();

//===----------------------------------------------------------------------===//
// Modules of the engine
//===----------------------------------------------------------------------===//

const text = (value) => Buffer.from(value, 'latin1');

/** The module `wizeng` for one importer; `getMemory` gives the memory that it exports first. */
function makeWizeng(getMemory, trapWith) {
  const read = (pointer, length) => {
    const memory = getMemory();
    if (!memory)
      return trapWith('wizeng reads the memory that its importer exports, and there is none');
    const begin = pointer >>> 0, end = begin + (length >>> 0);
    if (end > memory.buffer.byteLength)
      return trapWith('memory access out of bounds');
    return new Uint8Array(memory.buffer, begin, end - begin);
  };
  const invoke = (f) => {
    if (f === null)
      trapWith('dereferencing a null reference');
    f();
  };
  return {
    putc: (byte) => output.write([byte & 0xff]),
    puti: (value) => output.write(text(String(value))),
    puts: (pointer, length) => output.write(read(pointer, length)),
    rdtsc: () => process.hrtime.bigint(),
    force_gc: () => globalThis.gc?.(),
    invoke0: invoke,
    tail_invoke0: invoke,
    error: (pointer, length) => trapWith(Buffer.from(read(pointer, length)).toString('latin1')),
    crash: () => trapWith('the monitor called wizeng.crash'),
  };
}

/** Probes that have been removed, for the monitor and for the program that asks. */
function makeDyninstr(trapWith) {
  const removed = new Set();
  return {
    remove_probe: (id) => void removed.add(id),
    is_active: (id) => removed.has(id) ? 0 : 1,
    insert_new_probe: () => trapWith('whamm:dyninstr.insert_new_probe needs an engine: probes have been put in before'),
  };
}

/** `whamm:reflect` is there while an engine matches; afterwards its functions are only names. */
function makeReflect(trapWith) {
  return new Proxy({}, {
    getOwnPropertyDescriptor: (_, name) => ({
      configurable: true,
      value: () => trapWith(`whamm:reflect.${name} can be called by the start function and while matching only`),
    }),
    get: (target, name, self) => Reflect.getOwnPropertyDescriptor(self, name).value,
  });
}

/** The modules of the engine for one program. */
export class EngineModules {
  /** `trapWith` traps with a message. */
  constructor(trapWith) {
    this.trapWith = trapWith;
    this.dyninstr = makeDyninstr(trapWith);
    this.reflect = makeReflect(trapWith);
  }

  /** The module of this name, or null. */
  provide(name, getMemory) {
    switch (name) {
    case 'wizeng':
      return makeWizeng(getMemory, this.trapWith);
    case DYNINSTR_MODULE:
      return this.dyninstr;
    case 'whamm:reflect':
      return this.reflect;
    default:
      return null;
    }
  }
}

/** WASI as an engine gives it to a monitor: where the module exports no memory, its functions fail. */
export function failingWithoutMemory(functions, getMemory) {
  const wrapped = Object.entries(functions).map(([name, f]) => {
    const isFree = name === 'proc_exit' || name === 'sched_yield';
    return [name, (...args) => isFree || getMemory() ? f(...args) : NO_MEMORY];
  });
  return Object.fromEntries(wrapped);
}

//===----------------------------------------------------------------------===//
// The folder
//===----------------------------------------------------------------------===//

/** The modules beside a program: { folder, monitor: path, libs: Map(name → path) }, or null. */
export function findGroup(program) {
  const folder = `${program.replace(/\.wasm$/, '')}.monitor`;
  const monitor = path.join(folder, MONITOR_FILE);
  if (!fs.existsSync(monitor))
    return { folder, monitor: null, libs: new Map() };
  const files = fs.readdirSync(folder).filter((file) => file.endsWith('.wasm') && file !== MONITOR_FILE);
  return { folder, monitor, libs: new Map(files.map((file) => [file.slice(0, -5), path.join(folder, file)])) };
}

/** What a monitor printed while matching. */
function matchOutputOf(module) {
  const contents = WebAssembly.Module.customSections(module, MATCH_OUTPUT_SECTION);
  return contents.flatMap((content) => [...new Uint8Array(content)]);
}

/** A monitor whose exports have been instantiated, as its program sees it. */
export class Monitor {
  /** `guard` calls a function and reports a trap of it. */
  constructor(module, exports, guard) {
    this.guard = guard;
    /** An engine calls `wasm:exit` when the entry has ended, so not where the start function ends the program. */
    this.isStarting = false;
    this.pending = matchOutputOf(module);
    // An engine instantiates a monitor that has no probes only when the program has ended.
    const names = WebAssembly.Module.exports(module).map(({ name }) => name);
    if (names.some((name) => PROBE_NAME.test(name)))
      this.printPending();
    this.exports = { ...exports };
    if (names.includes(EXIT_HOOK))
      this.exports[EXIT_HOOK] = () => this.exit(exports[EXIT_HOOK]);
  }

  printPending() {
    output.write(this.pending);
    this.pending = [];
  }

  exit(hook) {
    if (this.isStarting)
      return;
    this.printPending();
    // Traps of it do not change how the program ends.
    this.guard(hook);
  }
}
