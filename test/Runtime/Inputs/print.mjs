// print.mjs CORE: each printing function once or more.
import { loadCore } from './core.mjs';

const { core, written, text } = loadCore(process.argv[2]);
const calls = [
  ['putu8', 255, 256, -1], ['puti8', 127, 128, -1], ['putu16', 65535, -1], ['puti16', 32768, -1], ['putu32', -1, 7],
  ['puti32', -2147483648, 7], ['putu64', -1n, 0n], ['puti64', -9223372036854775808n, 5n], ['putbool', 0, 1, 2],
  ['putf32', 2.5, -1.1, 0, -0, 1e20], ['putf64', 1000.18, 1e20, Infinity, -Infinity, NaN],
];
for (const [name, ...values] of calls)
  values.forEach((value, i) => {
    core[name](value);
    core.putc(i === values.length - 1 ? 10 : 32);
  });
// A line goes out when it is finished; what is not, when flushed.
const hello = core.mem_alloc(5);
new Uint8Array(core.memory.buffer).set(Buffer.from('hello'), hello);
core.puts(hello, 5);
console.log(written[1] + '|');
core.flush();
console.log(written[1].split('\n').at(-1));

// Blocks are reused, and do not overlap; nothing is allocated for 0 bytes.
console.log('empty', core.mem_alloc(0), core.mem_free(0));
const blocks = new Map();
for (let i = 1; i < 5000; i++) {
  const size = i * 7919 % 300 + 1, at = core.mem_alloc(size);
  new Uint8Array(core.memory.buffer, at, size).fill(i);
  blocks.set(at, [size, i & 255]);
  if (i % 3 === 0) {
    const [first] = blocks.keys();
    core.mem_free(first);
    blocks.delete(first);
  }
}
const intact = [...blocks].every(([at, [size, fill]]) =>
  new Uint8Array(core.memory.buffer, at, size).every((byte) => byte === fill));
const freed = core.mem_alloc(100);
core.mem_free(freed);
console.log('intact', intact, 'reused', core.mem_alloc(100) === freed);
// A large text is written past the buffer.
const big = core.mem_alloc(200000);
new Uint8Array(core.memory.buffer, big, 200000).fill(97);
written[1] = '';
core.puts(big, 200000);
console.log('big', written[1].length);
