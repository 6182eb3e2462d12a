// memory.mjs CORE: strings, data, access to memory, shadows of tables.
import { loadCore } from './core.mjs';

const { core, text, written } = loadCore(process.argv[2]);
const put = (value) => {
  const bytes = Buffer.from(value), at = core.data_new(bytes.length);
  new Uint8Array(core.memory.buffer).set(bytes, at);
  return [at, bytes.length];
};
const ask = (name, a, b) => core[name](...put(a), ...put(b));
const make = (value) => {
  const bytes = Buffer.from(value), at = core.str_begin(bytes.length);
  bytes.forEach((byte, i) => core.store8(at + i, byte));
  return core.str_end(bytes.length);
};

console.log('data');
const sizes = [1, 31, 32, 33, 100000, 5];
const places = sizes.map((size) => core.data_new(size));
console.log(places.every((at) => at % 16 === 0), new Set(places).size === sizes.length);
for (let i = 0; i < 4; i++)
  core.data_write(places[4] + 32 * i, 0x0807060504030201n, BigInt(i), -1n, 0n);
console.log(core.load8(places[4] + 7), core.load64(places[4] + 104), core.load64(places[4] + 16),
            core.load64(places[4] + 128));

console.log('strings');
const pairs = [['', ''], ['abc', 'abc'], ['abc', 'abd'], ['abc', 'ab'], ['ab', 'abc'], ['abc', 'bc'], ['abc', ''],
               ['', 'a'], ['aab', 'ab'], ['abab', 'ba'], ['abab', 'bb']];
for (const [a, b] of pairs)
  console.log(`${a}|${b}`, ...['eq', 'starts_with', 'ends_with', 'contains'].map((name) => ask(`str_${name}`, a, b)));
const [one, two, other] = [make('some text'), make('some text'), make('some texu')];
console.log('interned', one === two, one !== other, text(one, 9), make(''), text(make('x'.repeat(100000)), 4));
const before = core.memory.buffer.byteLength;
for (let i = 0; i < 100000; i++)
  make(`text ${i % 100}`);
console.log('no growth', core.memory.buffer.byteLength === before);

console.log('memory');
const at = core.data_new(64);
core.store64(at, 0x1122334455667788n);
core.store32(at + 8, -2);
core.store8(at + 12, 0x1ff);
console.log(core.load32(at + 4).toString(16), core.load64(at + 1).toString(16), core.load8(at + 12));
core.copy(at + 3, at, 13);
console.log(Buffer.from(core.memory.buffer, at, 16).toString('hex'));
core.copy(at, at + 3, 13);
console.log(Buffer.from(core.memory.buffer, at, 16).toString('hex'));
core.fill(at + 1, 0x2ab, 11);
console.log(Buffer.from(core.memory.buffer, at, 16).toString('hex'), core.size() === core.memory.buffer.byteLength >> 16);
core.copy(at, at, 0);
for (const action of [() => core.load64(-4), () => core.copy(at, -8, 16), () => core.fill(-8, 1, 16)]) {
  try {
    action();
    console.log('no trap');
  } catch (error) {
    console.log(error instanceof WebAssembly.RuntimeError, written[2].trim());
  }
}

console.log('shadows');
const row = (table, n) => Array.from({ length: n }, (_, slot) => core.shadow_get(table, slot)).join(' ');
core.shadow_new(2, 5);
core.shadow_new(0, 3);
core.shadow_set(2, 1, 7);
core.shadow_set(2, 5, 8);
core.shadow_set(9, 0, 8);
console.log(row(2, 7), '/', row(1, 2), '/', row(77, 1));
core.shadow_fill(2, 2, 100, 4);
core.shadow_copy(0, 0, 2, 1, 3);
console.log(row(2, 5), '/', row(0, 3));
core.shadow_copy(2, 1, 2, 0, 4);
console.log(row(2, 5));
core.shadow_copy(2, 0, 2, 1, 5);
console.log(row(2, 5));
core.shadow_copy(2, 3, 1, 0, 1);
console.log(row(2, 5));
core.shadow_new(2, 2);
console.log(row(2, 3));

console.log('blocks');
// A table that grows leaves room that others use.
const map = core.map_new(...put('u32'), ...put('u32'));
for (let i = 0; i < 1000000; i++)
  core.map_set1(map, i, i);
const full = core.memory.buffer.byteLength;
const blocks = Array.from({ length: 20 }, () => core.mem_alloc(1 << 18));
console.log('reused', core.memory.buffer.byteLength === full, full < 6e7);
blocks.forEach((block) => core.mem_free(block));
core.mem_free(core.mem_alloc(5 << 20));
console.log('joined', core.memory.buffer.byteLength === full);
// Where memory ends, the message tells for what.
for (let i = 0; i < 15; i++)
  core.mem_alloc(1 << 28);
core.mem_alloc(180 << 20);
try {
  for (let i = 0; ; i++)
    core.map_set1(map, i, i);
} catch (error) {
  console.log(error instanceof WebAssembly.RuntimeError, written[2].trim().split('\n').at(-1));
}
