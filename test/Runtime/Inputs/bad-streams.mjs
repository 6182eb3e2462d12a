// bad-streams.mjs CORE STREAM: damaged streams and calls out of order end in a
// message and a trap, or in a report; never in a loop or elsewhere.
import fs from 'node:fs';
import { loadCore, report, sampleValues } from './core.mjs';

const [corePath, streamPath] = process.argv.slice(2);
const good = fs.readFileSync(streamPath);

function outcome(action) {
  const host = loadCore(corePath);
  try {
    action(host.core);
    return 'report';
  } catch (error) {
    if (!(error instanceof WebAssembly.RuntimeError) || !/unreachable/.test(error.message))
      return `${error}`;
    return host.written[2].trim() || 'no message';
  }
}

const show = (title, action) => console.log(`${title}: ${outcome(action)}`);
const bytes = (...values) => Buffer.from(values);
const u32 = 4, many = [0xff, 0xff, 0xff, 0xff, 0x0f];
// One row of a u32 variable.
const one = Buffer.alloc(32);
bytes(3, 1, 1, 97, 0, 1, u32, 0, 0, 1, 1, 0, 1, 0, 0).copy(one);
const beginOne = (core) => {
  core.report_begin();
  core.report_data(...[0, 8, 16, 24].map((at) => one.readBigUInt64LE(at)));
};
show('value without report', (core) => core.report_i32(1));
show('end without report', (core) => core.report_end());
show('too few values', (core) => { report(core, good, []); });
show('too many values', (core) => report(core, good, [...sampleValues, ['i32', 1]]));
show('wrong type', (core) => report(core, good, [['i64', 1n]]));
show('nothing again', (core) => { beginOne(core); core.report_again(1); });
show('again too often', (core) => { beginOne(core); core.report_i32(5); core.report_again(1); });
show('version', (core) => report(core, bytes(9), []));
show('no data', (core) => { core.report_begin(); core.report_end(); });
show('many strings', (core) => report(core, bytes(3, ...many), []));
show('long string', (core) => report(core, bytes(3, 1, ...many), []));
show('many groups', (core) => report(core, bytes(3, 1, 1, 97, 0, ...many), []));
show('many rows', (core) => report(core, bytes(3, 1, 1, 97, 0, 1, u32, 0, 0, 0, ...many), []));
show('long number', (core) => report(core, Buffer.alloc(64, 0xff), []));
show('string index', (core) => report(core, bytes(3, 1, 1, 97, 0, 1, u32, 0, 7, 0, 1), [['i32', 1]]));
show('kind', (core) => report(core, bytes(3, 1, 1, 97, 0, 1, 99, 0, 0, 0, 1), [['i32', 1]]));
show('flags', (core) => report(core, bytes(3, 1, 1, 97, 0, 1, u32, 0, 0, 0, 1, 0, 255), [['i32', 1]]));
show('many steps', (core) => report(core, bytes(3, 0, ...many), []));
show('step number', (core) => report(core, bytes(3, 1, 1, 97, 1, 3, 0, 0, 0, 1, u32, 0, 0, 0, 1, 2), [['i32', 1]]));
show('step that ends early', (core) => report(core, bytes(3, 1, 1, 97, 1, 2, 0, 0, 1, u32, 0, 0, 0, 1, 1), [['i32', 1]]));
const threeRows = bytes(3, 1, 1, 97, 1, 3, 0, 8, 0, 1, u32, 0, 0, 0, 3, 1, 1, 1);
show('three rows', (core) => report(core, threeRows, [['i32', 1], ['again', 2]]));
show('repeated too often', (core) => report(core, threeRows, [['i32', 1], ['again', 3]]));
show('nothing to repeat', (core) => report(core, threeRows, [['again', 1]]));
show('nothing of this report to repeat', (core) => {
  report(core, threeRows, [['i32', 1], ['again', 2]]);
  report(core, threeRows, [['again', 1]]);
});
show('tuple type', (core) => report(core, bytes(3, 1, 2, 40, 41, 0, 1, 14, 0, 0, 0, 1), [['i32', 1]]));
show('tuple element', (core) => report(core, bytes(3, 1, 4, 40, 97, 98, 41, 0, 1, 14, 0, 0, 0, 1), [['i32', 1]]));
show('no groups', (core) => report(core, bytes(3, 0, 0, 0), []));
show('mem_free', (core) => core.mem_free(4096));
show('double free', (core) => { const p = core.mem_alloc(9); core.mem_free(p); core.mem_free(p); });
show('huge allocation', (core) => core.mem_alloc(-1));
show('all memory', (core) => { for (;;) core.mem_alloc(1 << 29); });
show('putc', (core) => core.putc(128));
show('puts', (core) => core.puts(-16, 100));
show('report_str', (core) => core.report_str(-16, 100));

// Every truncation, and each byte changed in a few ways.
const seen = new Map();
const count = (result) => seen.set(result, (seen.get(result) ?? 0) + 1);
for (let size = 0; size < good.length; size++)
  count(outcome((core) => report(core, good.subarray(0, size), sampleValues)));
for (let at = 0; at < good.length; at++) {
  for (const value of [0, 0x7f, 0x80, 0xff, good[at] ^ 1]) {
    const changed = Buffer.from(good);
    changed[at] = value;
    count(outcome((core) => report(core, changed, sampleValues)));
  }
}
const strange = [...seen.keys()].filter((text) => text !== 'report' && !/^whamm_core: bad report/.test(text));
console.log('strange outcomes:', strange.length, ...strange);
