// report-maps.mjs CORE STREAM [NAME=VALUE]...: maps and globals of several parts.
import fs from 'node:fs';
import { loadCore, report } from './core.mjs';

const [corePath, stream, ...env] = process.argv.slice(2);
const host = loadCore(corePath, { TO_CONSOLE: 'true', ...Object.fromEntries(env.map((e) => e.split('='))) });
const { core } = host;
const put = (text) => {
  const at = core.data_new(text.length);
  new Uint8Array(core.memory.buffer).set(Buffer.from(text), at);
  return [at, text.length];
};
const newMap = (key, value) => core.map_new(...put(key), ...put(value));

const [site, empty, pairs] = [newMap('u32', 'i8'), newMap('u32', 'i8'), newMap('(i32,str)', 'f64')];
core.map_set1(site, -1, -2);
core.map_set1(site, 3, 4);
core.store64(core.map_slot3(pairs, -1, ...put('a"b')), 0x3ff8000000000000n);
core.store64(core.map_slot3(pairs, -2, ...put('')), 0x7ff0000000000000n);
report(core, fs.readFileSync(stream), [
  ['i32', site], ['i32', empty],
  ['str', 'hello'],
  ['i32', 200], ['str', 'x'], ['f64', 0.5], ['i32', 1], ['str', ''], ['f64', -1],
  ['i32', pairs], ['i32', empty],
]);
process.stdout.write(host.written[1]);

try {
  core.report_begin();
  report(core, fs.readFileSync(stream), [['i32', 99]]);
} catch (error) {
  console.error(host.written[2].trim());
}
