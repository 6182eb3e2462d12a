// no-wasi.mjs CORE STREAM: hosts whose WASI functions do nothing.
import fs from 'node:fs';
import { loadCore, report, sampleValues } from './core.mjs';

const [path, streamPath] = process.argv.slice(2);
const stream = fs.readFileSync(streamPath);
const absent = loadCore(path, null);
report(absent.core, stream, sampleValues);
console.log('absent', absent.text(absent.core.report_text(), absent.core.report_length()).split('\n').length);

const names = ['fd_write', 'environ_get', 'environ_sizes_get', 'path_open', 'path_create_directory', 'fd_prestat_get',
               'fd_prestat_dir_name'];
const stubs = Object.fromEntries(names.map((name) => [name, () => 0]));
const module = new WebAssembly.Module(fs.readFileSync(path));
const core = new WebAssembly.Instance(module, { wasi_snapshot_preview1: stubs }).exports;
for (let i = 0; i < 2; i++)
  report(core, stream, sampleValues);
const text = Buffer.from(core.memory.buffer, core.report_text(), core.report_length()).toString();
console.log('stubs', text.split('\n').length);
console.log(WebAssembly.Module.imports(module).map(({ module, name }) => `${module}.${name}`).sort().join('\n'));
