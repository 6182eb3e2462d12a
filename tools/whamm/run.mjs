//===- run.mjs - Runs instrumented modules under Node.js ------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//
//
// usage: node run.mjs [--core PATH] [-u LIBS]... [--report-file FILE]
//                     MODULE.wasm [-- args...]
//
// Runs a module with WASI, beside the runtime library (--core) and the libraries
// that it imports (-u, also --user-libs and --lib), then asks it for its report
// if none has come. LIBS is NAME=PATH, or NAME(MODULE)=PATH where programs import
// the library as another module, or several of them with `,` or `;` between. A
// program to which a monitor was applied finds it beside itself (monitor.mjs).
//
// Exit codes: the program's own, which with a monitor is also what its `main`
// returns, as on an engine; 134 after a trap or an uncaught exception; 1 where the
// module cannot be run; 2 where the command line is wrong.
//
//===----------------------------------------------------------------------===//

import fs from 'node:fs';
import path from 'node:path';
import v8 from 'node:v8';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  DYNINSTR_MODULE, EngineModules, MONITOR_MODULE, Monitor, failingWithoutMemory, findGroup, output,
} from './monitor.mjs';

const CORE_NAME = 'whamm_core';
const MEMORY_PREFIX = 'whamm_memory.';
const MEMORY_FILE = 'whamm_memory.wasm';
const LIBRARY_OPTIONS = ['-u', '--user-libs', '--lib'];
const REPORT_EXPORT = 'whamm:report';
const START_EXPORT = 'whamm run: start';
const WASI_VERSIONS = { wasi_snapshot_preview1: 'preview1', wasi_unstable: 'unstable' };
const EXIT_TRAP = 134;
const WASI_FLAG = '--experimental-wasi-unstable-preview1';

/** A mistake that the user can mend; its message is shown alone. */
class UserError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

function complain(message) {
  output.flush();
  fs.writeSync(2, `whamm run: ${message}\n`);
}

//===----------------------------------------------------------------------===//
// Command line
//===----------------------------------------------------------------------===//

/** The module names and paths that a value of -u lists. */
function parseLibraries(text, option) {
  const items = text.split(/[,;]/).map((item) => item.trim()).filter((item) => item);
  if (!items.length)
    throw new UserError(`${option} takes NAME=PATH, not '${text}'`, 2);
  return items.map((item) => {
    const parts = /^([^=()]+)(?:\(([^()]+)\))?=(.+)$/.exec(item);
    if (!parts)
      throw new UserError(`${option} takes NAME=PATH or NAME(MODULE)=PATH, not '${item}'`, 2);
    const [, name, module, path] = parts;
    return [(module ?? name).trim(), path];
  });
}

function parseArguments(args) {
  const options = { core: null, libs: new Map(), reportFile: null, module: null, args: [] };
  const rest = [...args];
  const valueOf = (option) => {
    if (!rest.length)
      throw new UserError(`${option} needs a value`, 2);
    return rest.shift();
  };
  while (rest.length) {
    const arg = rest.shift();
    if (arg === '--') {
      options.args = rest.splice(0);
    } else if (arg === '--core') {
      options.core = valueOf(arg);
    } else if (LIBRARY_OPTIONS.includes(arg)) {
      for (const [name, path] of parseLibraries(valueOf(arg), arg)) {
        if (options.libs.has(name) && options.libs.get(name) !== path)
          throw new UserError(`two libraries for module '${name}'`, 2);
        options.libs.set(name, path);
      }
    } else if (arg === '--report-file') {
      options.reportFile = valueOf(arg);
    } else if (arg.startsWith('-') && arg !== '-') {
      throw new UserError(`unknown option '${arg}'`, 2);
    } else if (options.module !== null) {
      throw new UserError(`more than one module: '${options.module}' and '${arg}' (arguments go after --)`, 2);
    } else {
      options.module = arg;
    }
  }
  if (options.module === null)
    throw new UserError('no module to run', 2);
  if (options.core !== null && !options.libs.has(CORE_NAME))
    options.libs.set(CORE_NAME, options.core);
  return options;
}

//===----------------------------------------------------------------------===//
// Binaries
//===----------------------------------------------------------------------===//

function readNumber(bytes, at) {
  let value = 0, scale = 1;
  for (;;) {
    const part = bytes[at++];
    value += (part & 0x7f) * scale;
    scale *= 128;
    if (!(part & 0x80))
      return [value, at];
  }
}

function numberBytes(value) {
  const bytes = [];
  for (; value >= 128; value = Math.floor(value / 128))
    bytes.push((value % 128) | 0x80);
  bytes.push(value);
  return Buffer.from(bytes);
}

function* sectionsOf(bytes) {
  for (let at = 8; at < bytes.length;) {
    const id = bytes[at];
    const [size, begin] = readNumber(bytes, at + 1);
    yield { id, at, begin, end: begin + size };
    at = begin + size;
  }
}

const section = (id, ...parts) => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([id]), numberBytes(content.length), content]);
};

/**
 * Turns a valid module's start function into an export. During instantiation the
 * module has no memory that WASI could use, and a trap would leave no instance to
 * ask for its report; called right afterwards, the function has both.
 */
function exportStart(bytes) {
  const sections = [...sectionsOf(bytes)];
  const start = sections.find(({ id }) => id === 8);
  if (!start)
    return bytes;
  const entry = Buffer.concat([numberBytes(START_EXPORT.length), Buffer.from(START_EXPORT), Buffer.from([0]),
                               bytes.subarray(start.begin, start.end)]);
  const exports = sections.find(({ id }) => id === 7);
  const before = bytes.subarray(0, exports ? exports.at : start.at);
  const between = exports ? bytes.subarray(exports.end, start.at) : Buffer.alloc(0);
  let [count, begin] = exports ? readNumber(bytes, exports.begin) : [0, 0];
  const old = exports ? bytes.subarray(begin, exports.end) : Buffer.alloc(0);
  return Buffer.concat([before, section(7, numberBytes(count + 1), old, entry), between, bytes.subarray(start.end)]);
}

/** Features that versions of Node.js have but keep behind flags; V8 complains about flags that it does not know. */
const FEATURE_FLAGS = {
  18: ['typed-funcref', 'gc', 'return-call', 'memory64', 'relaxed-simd', 'extended-const'],
  20: ['typed-funcref', 'gc', 'memory64', 'relaxed-simd', 'extended-const'],
  22: ['exnref', 'memory64'],
};

function compile(file) {
  let bytes;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    throw new UserError(`cannot read '${file}': ${error.code ?? error.message}`);
  }
  const build = () => {
    // First as it is, so that exportStart sees valid modules only.
    const module = new WebAssembly.Module(bytes);
    const changed = exportStart(bytes);
    return changed === bytes ? module : new WebAssembly.Module(changed);
  };
  try {
    return build();
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError))
      throw error;
  }
  for (const flag of FEATURE_FLAGS[parseInt(process.versions.node)] ?? [])
    v8.setFlagsFromString(`--experimental-wasm-${flag}`);
  try {
    return build();
  } catch (error) {
    throw new UserError(`'${file}' is not a module that this Node.js can run: ${error.message}`);
  }
}

//===----------------------------------------------------------------------===//
// WASI
//===----------------------------------------------------------------------===//

/** What the program passed to proc_exit; null while it has not. */
let exitCode = null;

/** (module (func (export "trap") unreachable)) */
const TRAP_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 0x74,
                                  0x72, 0x61, 0x70, 0, 0, 10, 5, 1, 3, 0, 0, 11);
const { trap } = new WebAssembly.Instance(new WebAssembly.Module(TRAP_MODULE)).exports;

/** What the next trap is to be reported as; null for what the engine says. */
let trapMessage = null;

/** Traps for a reason that the engine does not know. */
function trapWith(message) {
  trapMessage = message;
  trap();
}

/** Leaves the program by a real trap: a JavaScript exception would be caught by a module's `catch_all`. */
function exitProgram(code) {
  exitCode ??= code;
  trap();
}

async function loadWasi() {
  // Its warning about being experimental is none of the program's output.
  process.removeAllListeners('warning');
  try {
    return (await import('node:wasi')).WASI;
  } catch {
    return null;
  }
}

/**
 * WASI's functions, called through JavaScript. Imported as they are (bound native functions), Node.js 20 calls them
 * past their binding, which the garbage collector then frees during a call. What was printed before is written first.
 */
function closuresOf(functions) {
  const closure = (f) => (...args) => {
    output.flush();
    return f(...args);
  };
  return Object.fromEntries(Object.entries(functions).map(([name, f]) => [name, closure(f)]));
}

/** A WASI of its own for one module: each has its own memory. */
class Host {
  constructor(WASI, options) {
    this.WASI = WASI;
    this.options = options;
    this.instances = {};
    this.file = null; // of the module
  }

  /** The functions of a module that the host provides, or null. */
  importsFor(moduleName) {
    return moduleName in WASI_VERSIONS ? this.wasi(moduleName).imports : null;
  }

  wasi(moduleName) {
    if (!this.instances[moduleName]) {
      const wasi = new this.WASI({ version: WASI_VERSIONS[moduleName], ...this.options });
      const imports = closuresOf(wasi.wasiImport);
      imports.proc_exit = exitProgram;
      this.instances[moduleName] = { wasi, imports };
    }
    return this.instances[moduleName];
  }

  /** Lets WASI calls refer to the memory of an instance. */
  bind(module, instance, imports) {
    this.bindMemory(memoryOf(instance, imports));
  }

  /** Only the memory matters: an object in place of the instance also suits modules that export `_start`. */
  bindMemory(memory) {
    for (const { wasi } of Object.values(this.instances))
      wasi.initialize({ exports: { memory } });
  }
}

/** The host of a monitor, or of a library of one: WASI and the engine's modules, on the memory exported first. */
class MonitorHost extends Host {
  constructor(WASI, engine) {
    super(WASI, { args: [], env: process.env, preopens: { '.': '.' } });
    this.engine = engine;
    this.memory = null;
  }

  importsFor(moduleName) {
    const getMemory = () => this.memory;
    const functions = super.importsFor(moduleName);
    return functions ? failingWithoutMemory(functions, getMemory) : this.engine.provide(moduleName, getMemory);
  }

  bind(module, instance) {
    const first = WebAssembly.Module.exports(module).find(({ kind }) => kind === 'memory');
    this.memory = first ? instance.exports[first.name] : null;
    if (this.memory)
      this.bindMemory(this.memory);
  }
}

function coreEnvironment(options) {
  const env = { ...process.env };
  const isChosen = ['TO_CONSOLE', 'WHAMM_OUTFILE', 'WHAMM_OUTDIR'].some((name) => name in env);
  if (options.reportFile !== null || !isChosen)
    env.TO_CONSOLE = 'true';
  return env;
}

function coreHost(WASI, options) {
  let stdout = 1;
  if (options.reportFile !== null) {
    try {
      stdout = fs.openSync(options.reportFile, 'w');
    } catch (error) {
      throw new UserError(`cannot write '${options.reportFile}': ${error.code ?? error.message}`);
    }
  }
  // The report's file may be given by an absolute path.
  return new Host(WASI, { env: coreEnvironment(options), preopens: { '.': '.', '/': '/' }, stdout });
}

//===----------------------------------------------------------------------===//
// Linking
//===----------------------------------------------------------------------===//

class Linker {
  constructor(WASI, options) {
    this.WASI = WASI;
    this.options = options;
    this.loaded = new Map();
    this.bridges = new Map();
  }

  /** The host of a library. */
  libraryHost() {
    return this.programHost();
  }

  /** What comes after the instantiation of a library. */
  startLibrary(exports) {
    exports[START_EXPORT]?.();
    exports._initialize?.();
  }

  programHost() {
    const { module, args } = this.options;
    return new Host(this.WASI, { args: [path.basename(module), ...args], env: process.env, preopens: { '.': '.' } });
  }

  /** The exports of a library, instantiated once. */
  library(name) {
    if (this.loaded.get(name) === 'loading')
      throw new UserError(`the libraries import each other in a circle at '${name}'`);
    if (!this.loaded.has(name)) {
      this.loaded.set(name, 'loading');
      const host = name === CORE_NAME ? coreHost(this.WASI, this.options) : this.libraryHost();
      const exports = this.instantiate(compile(this.options.libs.get(name)), this.options.libs.get(name), host);
      this.startLibrary(exports);
      this.loaded.set(name, exports);
    }
    return this.loaded.get(name);
  }

  /** The core library if anything has imported it. */
  core() {
    const core = this.loaded.get(CORE_NAME);
    return core === 'loading' ? undefined : core;
  }

  /** Access to a library's memory for programs that have one of their own. */
  memoryOfLibrary(name) {
    if (!this.options.libs.has(name))
      return null;
    if (!this.bridges.has(name)) {
      const memory = Object.values(this.library(name)).find(isMemory);
      if (!memory)
        throw new UserError(`the library '${name}' has no memory that the program could use`);
      this.bridge ??= compile(path.join(path.dirname(fileURLToPath(import.meta.url)), MEMORY_FILE));
      try {
        this.bridges.set(name, new WebAssembly.Instance(this.bridge, { library: { memory } }).exports);
      } catch (error) {
        throw new UserError(`the memory of library '${name}' is not one that can be used: ${error.message}`);
      }
    }
    return this.bridges.get(name);
  }

  provider(moduleName, host) {
    if (this.options.libs.has(moduleName))
      return this.library(moduleName);
    if (moduleName.startsWith(MEMORY_PREFIX))
      return this.memoryOfLibrary(moduleName.slice(MEMORY_PREFIX.length));
    return host.importsFor(moduleName);
  }

  resolve(module, host) {
    const imports = {}, missing = [], unknown = new Set();
    for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
      const provider = this.provider(from, host);
      if (provider && Object.hasOwn(provider, name))
        (imports[from] ??= {})[name] = provider[name];
      else
        missing.push(`  ${kind} '${name}' of module '${from}'`);
      if (!provider)
        unknown.add(from.startsWith(MEMORY_PREFIX) ? from.slice(MEMORY_PREFIX.length) : from);
    }
    return { imports, missing, unknown: [...unknown] };
  }

  instantiate(module, file, host) {
    host.file = file;
    const { imports, missing, unknown } = this.resolve(module, host);
    if (missing.length)
      throw new UserError(`'${file}' imports what nothing provides:\n${missing.join('\n')}` + adviceAbout(unknown));
    let instance;
    try {
      instance = new WebAssembly.Instance(module, imports);
    } catch (error) {
      if (error instanceof WebAssembly.LinkError)
        throw new UserError(`'${file}' does not fit what it imports: ${error.message}`);
      throw error;
    }
    host.bind(module, instance, imports);
    return instance.exports;
  }
}

/** Links a monitor and its libraries, which have started already: while matching. */
class MonitorLinker extends Linker {
  constructor(WASI, options, engine) {
    super(WASI, options);
    this.engine = engine;
  }

  libraryHost() {
    return new MonitorHost(this.WASI, this.engine);
  }

  startLibrary() {}

  load(file) {
    const module = compile(file);
    return new Monitor(module, this.instantiate(module, file, this.libraryHost()), call);
  }
}

/** Links a program and its libraries, and the monitors of those that have one. */
class ProgramLinker extends Linker {
  /** Files → what has been loaded for them: { engine, linker, monitor }. */
  groups = new Map();

  /** The monitor beside a module, instantiated once. */
  groupOf(file) {
    if (!this.groups.has(file))
      this.groups.set(file, this.loadGroup(file));
    return this.groups.get(file);
  }

  loadGroup(file) {
    const { folder, monitor, libs } = findGroup(file);
    if (!monitor)
      throw new UserError(`'${file}' imports its monitor, which is not in '${folder}'`);
    const engine = new EngineModules(trapWith);
    const options = { ...this.options, libs: new Map([...this.options.libs, ...libs]) };
    const linker = new MonitorLinker(this.WASI, options, engine);
    return { engine, linker, monitor: linker.load(monitor) };
  }

  provider(moduleName, host) {
    if (moduleName === MONITOR_MODULE)
      return this.groupOf(host.file).monitor.exports;
    if (moduleName === DYNINSTR_MODULE)
      return this.groupOf(host.file).engine.dyninstr;
    return super.provider(moduleName, host);
  }

  /** Loads the program. */
  load() {
    return this.instantiate(compile(this.options.module), this.options.module, this.programHost());
  }

  /** The monitor of the program, or nothing. */
  get monitor() {
    return this.groups.get(this.options.module)?.monitor;
  }

  /** Writes what the runtime libraries, also those of monitors, have not written yet. */
  flush() {
    for (const linker of [this, ...[...this.groups.values()].map((group) => group.linker)])
      linker.core()?.flush?.();
  }
}

/** How to give the modules that are missing. */
function adviceAbout(modules) {
  const options = modules.map((name) => name === CORE_NAME ? '--core PATH' : `-u ${name}=PATH`);
  return options.length ? `\ngive the missing libraries with ${options.join(' ')}` : '';
}

const isMemory = (value) => value instanceof WebAssembly.Memory;

/** The memory that WASI calls refer to: `memory`, or the only candidate, or one that nobody sees. */
function memoryOf(instance, imports) {
  if (isMemory(instance.exports.memory))
    return instance.exports.memory;
  const own = Object.values(instance.exports);
  const imported = Object.values(imports).flatMap((provided) => Object.values(provided));
  return own.find(isMemory) ?? imported.find(isMemory) ?? new WebAssembly.Memory({ initial: 1 });
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

/** Calls a function of the program; returns the exit code that this leads to, null where it returned. */
function call(action) {
  try {
    action();
    return null;
  } catch (error) {
    const message = trapMessage ?? error?.message;
    trapMessage = null;
    if (exitCode !== null)
      return exitCode;
    // RangeError: the stack is exhausted.
    if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError)
      complain(`trap: ${message}`);
    else if (error instanceof WebAssembly.Exception)
      complain('trap: uncaught exception');
    else if (error instanceof Error)
      throw error;
    else
      complain(`trap: uncaught exception: ${String(error)}`);
    return EXIT_TRAP;
  }
}

/** The exit code that what `main` returned stands for. */
function exitCodeOf(result) {
  return Number.isInteger(result) ? result & 0xff : 0;
}

/** Calls the start function: where the program has an entry, its monitor's end does not come here. */
function runStart(exports, monitor) {
  if (monitor)
    monitor.isStarting = Boolean(exports._start ?? exports.main);
  exports[START_EXPORT]?.();
  if (monitor)
    monitor.isStarting = false;
}

/** Runs the program; returns what `main` does. */
function runEntry(exports) {
  if (typeof exports._start === 'function')
    return exports._start();
  exports._initialize?.();
  // `false` converts to a zero of every number type, also where 0 does not (i64).
  if (typeof exports.main === 'function')
    return exports.main(...new Array(exports.main.length).fill(false));
}

function runProgram(linker) {
  let exports = null, result = null;
  let code = call(() => { exports = linker.load(); });
  if (exports)
    code = call(() => {
      runStart(exports, linker.monitor);
      result = runEntry(exports);
    });
  // What is left to do must not be taken for the program's end.
  exitCode = null;
  const reported = call(() => {
    linker.flush();
    exports?.[REPORT_EXPORT]?.();
    linker.flush();
  });
  output.flush();
  if (!linker.monitor)
    return code || reported || 0;
  // The end of a monitor does not change how its program ended.
  return code ?? exitCodeOf(result);
}

async function main() {
  const options = parseArguments(process.argv.slice(2));
  const WASI = await loadWasi();
  if (!WASI) {
    // Before version 20 WASI was behind a flag.
    if (process.execArgv.includes(WASI_FLAG))
      throw new UserError('this Node.js has no WASI');
    const args = [...process.execArgv, WASI_FLAG, fileURLToPath(import.meta.url), ...process.argv.slice(2)];
    const child = spawnSync(process.execPath, args, { stdio: 'inherit' });
    return child.status ?? EXIT_TRAP;
  }
  return runProgram(new ProgramLinker(WASI, options));
}

try {
  process.exit(await main());
} catch (error) {
  complain(`error: ${error.message}`);
  process.exit(error.exitCode ?? 1);
}
