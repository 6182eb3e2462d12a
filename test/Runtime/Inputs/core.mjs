// A host for whamm_core.wasm without WASI: keeps what it writes, by descriptor.
import fs from 'node:fs';

/** env: null makes every WASI function answer ENOSYS, as on a host that has none. */
export function loadCore(path, env = { TO_CONSOLE: 'true' }) {
  const written = { 1: '', 2: '' };
  let core = null;
  const view = () => new DataView(core.memory.buffer);
  const entries = env && Object.entries(env).map(([k, v]) => Buffer.from(`${k}=${v}\0`));
  const absent = () => 52;
  const wasi = {
    fd_write(fd, vectors, count, result) {
      const v = view();
      let total = 0;
      for (let i = 0; i < count; i++) {
        const [data, size] = [v.getUint32(vectors + 8 * i, true), v.getUint32(vectors + 8 * i + 4, true)];
        written[fd] += Buffer.from(core.memory.buffer, data, size).toString();
        total += size;
      }
      v.setUint32(result, total, true);
      return 0;
    },
    environ_sizes_get(count, bytes) {
      if (!env)
        return 52;
      view().setUint32(count, entries.length, true);
      view().setUint32(bytes, Buffer.concat(entries).length, true);
      return 0;
    },
    environ_get(pointers, bytes) {
      entries.forEach((entry, i) => {
        view().setUint32(pointers + 4 * i, bytes, true);
        new Uint8Array(core.memory.buffer).set(entry, bytes);
        bytes += entry.length;
      });
      return 0;
    },
    fd_prestat_get: absent, fd_prestat_dir_name: absent, path_create_directory: absent, path_open: absent,
  };
  if (!env)
    wasi.fd_write = (fd, ...rest) => fd === 2 ? 0 : 52;
  const module = new WebAssembly.Module(fs.readFileSync(path));
  core = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi }).exports;
  return { core, written, text: (at, size) => Buffer.from(core.memory.buffer, at, size).toString() };
}

/** Puts a text into the library's memory; returns its address and length. */
function placeText(core, text) {
  const at = core.mem_alloc(text.length);
  new Uint8Array(core.memory.buffer).set(Buffer.from(text), at);
  return [at, text.length];
}

/** How many of the first values are numbers of one type, up to eight. */
function countAlike(values) {
  const other = values.findIndex(([type]) => type !== values[0][0] || type === 'str');
  return Math.min(other < 0 ? values.length : other, 8);
}

/** How often the first value, a number, comes again. */
function countAgain(values) {
  const [type, value] = values[0];
  const other = values.findIndex((each) => type === 'str' || each[0] !== type || !Object.is(each[1], value));
  return (other < 0 ? values.length : Math.max(other, 1)) - 1;
}

/** Passes a descriptor stream and values ([type, value]...) to the library, in few calls where `batches`. */
export function report(core, stream, values, batches = false) {
  core.report_begin();
  const padded = Buffer.concat([stream, Buffer.alloc((32 - stream.length % 32) % 32)]);
  for (let at = 0; at < padded.length; at += 32)
    core.report_data(...[0, 8, 16, 24].map((i) => padded.readBigUInt64LE(at + i)));
  for (let at = 0; at < values.length;) {
    const [type, value] = values[at], left = values.slice(at);
    const isBatch = batches && countAlike(left) === 8, again = batches && !isBatch ? countAgain(left) : 0;
    if (isBatch)
      core[`report_${type}x8`](...values.slice(at, at + 8).map(([, each]) => each));
    else
      core[`report_${type}`](...(type === 'str' ? placeText(core, value) : [value]));
    if (again)
      core.report_again(again);
    at += isBatch ? 8 : 1 + again;
  }
  core.report_end();
}

const both = (type, a, b) => [[type, a], [type, b]];

/** Values for the stream that `whamm-report-test` writes. */
export const sampleValues = [
  ...both('i32', 255, 256 + 7), ...both('i32', 255, 127), ...both('i32', -1, 1), ...both('i32', 40000, 5),
  ...both('i32', -1, 12), ...both('i32', -1, -2147483648),
  ...both('f32', 0.1, -0), ...both('i64', -1n, 9007199254740992n), ...both('i64', -1n, -9223372036854775808n),
  ...both('f64', 1000.18, -Infinity), ...both('i32', 1, 0),
  ['str', 'say "hi"'],
  ['i32', -5], ['i32', 255], ['str', 'one, two'], ['f64', 0.5], ['i32', 6], ['i32', 7], ['str', ''], ['f64', NaN],
  ['i32', 42], ['i32', -2],
];
