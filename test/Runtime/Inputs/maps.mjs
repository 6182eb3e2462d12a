// maps.mjs CORE: the maps of generated code and those of scripts.
import { loadCore } from './core.mjs';

const corePath = process.argv[2];
let host, core;

const put = (text) => {
  const bytes = Buffer.from(text), at = core.data_new(bytes.length);
  new Uint8Array(core.memory.buffer).set(bytes, at);
  return [at, bytes.length];
};
const newMap = (key, value) => core.map_new(...put(key), ...put(value));
const output = (action) => {
  host.written[1] = '';
  action();
  core.flush();
  return host.written[1];
};
const dump = (map) => output(() => core.print_map(map));
const f64 = (value) => {
  const words = new Int32Array(new Float64Array([value]).buffer);
  return [words[0], words[1]];
};
const f32 = (value) => new Int32Array(new Float32Array([value]).buffer)[0];
const nan = [1, 0x7ff80000], otherNan = [7, 0xfff00000 | 0];

const tests = {
  'signs and widths'() {
    for (const [type, width] of [['u8', 1], ['i8', 1], ['u32', 1], ['i32', 1], ['bool', 1], ['u64', 2], ['i64', 2]]) {
      const map = newMap(type, type);
      const values = type === 'bool' ? [0, 1] : type.startsWith('u8') ? [200, 3] : [-2, 3];
      for (const value of values) {
        const at = width === 1 ? core.map_slot1(map, value) : core.map_slot2(map, value, value >> 31);
        width === 1 ? core.store32(at, value) : core.store64(at, BigInt(value));
      }
      console.log(`${type}:`, dump(map));
    }
  },
  'floats as keys'() {
    const map = newMap('f64', 'u32');
    [0, -0, 1.5, -3, Infinity].forEach((key, i) => core.map_set2(map, ...f64(key), i));
    core.map_set2(map, ...nan, 8);
    console.log(dump(map), core.map_get2(map, ...otherNan), core.map_get2(map, ...f64(-0)));
    const single = newMap('f32', 'f32');
    [0, -0, 2.5].forEach((key) => core.map_set1(single, f32(key), f32(key * 2)));
    core.map_set1(single, 0x7fc00001, f32(NaN));
    console.log(dump(single), core.map_get1(single, 0xffc00000 | 0) === f32(NaN));
  },
  'strings'() {
    const map = newMap('str', 'str');
    for (const [key, value] of [['zebra', 'z'], ['', 'empty'], ['a,b', ''], ['ab', 'x'], ['zebra', 'again']]) {
      const at = core.map_slot2(map, ...put(key)), [data, size] = put(value);
      core.store32(at, data);
      core.store32(at + 4, size);
    }
    console.log(dump(map));
    console.log(output(() => core.print_map_as_csv(map)));
    const missing = core.map_find2(map, ...put('zebr'));
    console.log('missing', core.load64(missing), 'entries', dump(map).split(';').length);
  },
  'tuples'() {
    const map = newMap('(u32,(str,i64))', '(i8,str)');
    for (const [a, b, c] of [[2, 'x', -1], [1, 'y', 5], [1, 'y', -5], [-1, '', 0], [1, 'x', 9]]) {
      [a, ...put(b), c, c >> 31].forEach((word, i) => core.map_key(i, word));
      core.store32(core.map_slot(map), a);
    }
    [1, ...put('y'), 5, 0].forEach((word, i) => core.map_key(i, word));
    console.log(dump(map), core.load32(core.map_find(map)));
    core.map_key(0, 77);
    console.log('missing', core.load32(core.map_find(map)));
    const three = newMap('(i32,bool,i32)', 'i32'), four = newMap('(i32,i32,i32,i32)', 'i32');
    core.map_set3(three, -1, 1, 2, 3);
    core.map_set4(four, 1, 2, 3, 4, 5);
    console.log(dump(three), core.map_get3(three, -1, 1, 2), core.map_get3(three, -1, 0, 2));
    console.log(dump(four), core.map_get4(four, 1, 2, 3, 4), core.map_get4(four, 4, 3, 2, 1));
  },
  'additions'() {
    // Keys of each width, negative ones and the key of zeros, which has a place
    // of its own; a missing key counts from 0.
    for (const [words, type] of [[1, 'i32'], [2, '(i32,i32)'], [3, '(i32,i32,i32)'], [4, '(i32,i32,i32,i32)']]) {
      const map = newMap(type, 'u32');
      for (const key of [0, -1, 5, 0, -2147483648, -1, 0])
        core[`map_add${words}`](map, ...Array(words).fill(key), 2);
      console.log(dump(map));
    }
    const wide = newMap('i64', 'i64');
    for (const [low, high, amount] of [[-1, -1, -5n], [-1, 0, 1n], [0, -2147483648, 7n], [-1, -1, 3n], [-1, 0, 2n ** 63n - 1n]])
      core.map_add2_i64(wide, low, high, amount);
    console.log(dump(wide));
    for (const type of ['u8', 'i8', 'u16', 'i16', 'u32', 'i32']) {
      const map = newMap('bool', type);
      for (const amount of [100, 100, 32700, 2147383647, 100])
        core.map_add1(map, 1, amount);
      core.map_add1(map, 0, -1);
      console.log(`${type}:`, dump(map));
    }
    // Floats as keys are one where they are equal, and so are strings.
    const floats = newMap('f64', 'f64');
    for (const [key, amount] of [[f64(0), 0.5], [nan, 1], [f64(-0), -0.25], [otherNan, 2], [f64(1.5), NaN]])
      core.map_add2_f64(floats, ...key, amount);
    console.log(dump(floats));
    const single = newMap('f32', 'f32');
    for (const [key, amount] of [[2.5, 16777216], [2.5, 1], [-0, -0], [0, -0]])
      core.map_add1_f32(single, f32(key), amount);
    console.log(dump(single), core.map_get1(single, f32(9)));
    const strings = newMap('str', 'u64');
    for (const text of ['b', 'a', '', 'b', 'b'])
      core.map_add2_i64(strings, ...put(text), 1n);
    console.log(dump(strings));
  },
  // Additions while the table grows, to keys whose places are close, far and the
  // same in small tables.
  'growth'() {
    for (const step of [1, 8, 2048, 65536, 0x9e3779b1]) {
      const map = newMap('(u32,bool)', 'u32'), expected = new Map();
      for (let i = 0; i < 60000; i++) {
        const [a, b] = [Math.imul((i * 7) % 40000, step), i % 3 === 0 ? 1 : 0];
        core.map_add2(map, a, b, i);
        expected.set(`(${a >>> 0},${b === 1})`, (expected.get(`(${a >>> 0},${b === 1})`) ?? 0) + i >>> 0);
      }
      const entries = dump(map).split(';');
      console.log('step', step, entries.length === expected.size, entries.every((entry) => {
        const [key, value] = entry.split('->');
        return String(expected.get(key)) === value;
      }));
    }
  },
  // Keys of which more than the first words differ, and those of which only
  // what is behind the first 64 bits does.
  'order of long keys'() {
    const map = newMap('(i32,(i8,f32),str)', 'u32');
    const keys = [[1, -1, 0.5, 'b'], [1, -1, 0.5, 'a'], [1, -1, -0.5, 'z'], [-1, 3, NaN, ''], [-1, 3, -Infinity, 'x'], [1, -2, 9, '']];
    keys.forEach(([a, b, c, text], i) => {
      [a, b, f32(c), ...put(text)].forEach((word, at) => core.map_key(at, word));
      core.store32(core.map_slot(map), i);
    });
    console.log(dump(map));
    const strings = newMap('str', 'u32');
    ['same start, b', 'same start, a', 'same sta', 'same sta\0', '\u00e9', 'z', 'same sua'].forEach((text, i) =>
      core.map_set2(strings, ...put(text), i));
    console.log(JSON.stringify(dump(strings)));
    const numbers = newMap('f64', 'u32');
    [2, -2, Infinity, -Infinity, 0, -1e-300, 1e-300, -3].forEach((key, i) => core.map_set2(numbers, ...f64(key), i));
    console.log(dump(numbers));
  },
  'csv'() {
    const map = newMap('(u32,u32)', 'u32');
    console.log(output(() => core.print_map_as_csv(map)));
    for (const [a, b] of [[5, 10], [5, 9], [4, -1]])
      core.map_set2(map, a, b, a - b);
    console.log(output(() => core.print_map_as_csv(map)));
    console.log(dump(newMap('u32', 'u32')));
  },
  'of scripts'() {
    const names = ['bool', 'i32', 'string', 'tuple'].flatMap((k) =>
      ['bool', 'i32', 'string', 'tuple', 'map'].map((v) => `create_${k}_${v}`));
    console.log('made', names.every((name, i) => core[name]() === i));
    names.forEach((name, i) => core[`${name}_with_id`](100 + i));
    console.log('next', core.create_i32_i32());
    core.insert_i32_i32(120, -7, 1);
    core.insert_i32_string(102 + 5, 4, ...put('four'));
    core.insert_string_i32(111, ...put('key'), 9);
    core.insert_i32i32tuple_i32(116, 1, 2, 3);
    core.create_tuple_i32_with_id(200);
    core.insert_i32booltuple_i32(200, 4, 5, 6);
    core.create_tuple_i32_with_id(201);
    core.insert_i32i32i32tuple_i32(201, 7, 8, 9, 10);
    console.log([120, 107, 111, 116, 200, 201].map(dump).join(' '));
    console.log(core.get_i32_i32(120, -7), core.get_i32_i32(120, 7), core.get_string_i32(111, ...put('key')),
                core.get_string_i32(111, ...put('kei')), core.get_i32i32tuple_i32(116, 1, 2),
                core.get_i32booltuple_i32(200, 4, 1), core.get_i32booltuple_i32(200, 4, 0),
                core.get_i32i32i32tuple_i32(201, 7, 8, 9), core.get_i32i32tuple_i32(3 + 15, 0, 0));
    const four = core.get_i32_string(107, 4);
    console.log(host.text(four, core.load32(four - 4)), core.load8(four + 4), core.get_i32_string(107, 5));
    // A map of the program is the same map.
    const map = newMap('(u32,u32)', 'u32');
    core.map_set2(map, 1, 2, -1);
    console.log(core.get_i32i32tuple_i32(map, 1, 2));
    core.insert_i32i32tuple_i32(map, 1, 2, -2);
    console.log(dump(map));
  },
  'many'() {
    const count = 300000;
    for (const step of [1, 4096, 65537, 0x9e3779b1]) {
      const map = newMap('(u32,str)', 'u32'), text = put('s');
      for (let i = 0; i < count; i++)
        core.map_set3(map, Math.imul(i, step), ...text, i);
      let right = 0;
      for (let i = 0; i < count; i++)
        right += core.map_get3(map, Math.imul(i, step), ...text) === i;
      console.log('step', step, right === count);
    }
    const map = newMap('i32', 'i32');
    for (let i = 0; i < count; i++)
      core.map_set1(map, Math.imul(i, 0x9e3779b1), i);
    const keys = dump(map).split(';').map((entry) => parseInt(entry));
    console.log('sorted', keys.length === count && keys.every((key, i) => !i || keys[i - 1] < key));
  },
};

const failures = {
  'no map': () => core.print_map(3),
  'not a map': () => core.map_get1(-1, 0),
  'a gap': () => { core.create_i32_i32_with_id(5); core.map_get1(4, 0); },
  'taken': () => { core.create_i32_i32(); core.create_i32_i32_with_id(0); },
  'width of key': () => core.map_set2(newMap('u32', 'u32'), 1, 2, 3),
  'width of value': () => core.map_set1(newMap('u32', 'u64'), 1, 2),
  'added to': () => core.map_add1_i64(newMap('u32', 'u32'), 1, 2n),
  'added float': () => core.map_add1_f32(newMap('u32', 'u32'), 1, 2),
  'added narrow': () => core.map_add1_i64(newMap('u32', 'u8'), 1, 2n),
  'added bool': () => core.map_add1(newMap('u32', 'bool'), 1, 1),
  'added tuple': () => core.map_add1(newMap('u32', '(u32,u32)'), 1, 1),
  'added key': () => core.map_add2(newMap('u32', 'u32'), 1, 2, 3),
  'added nowhere': () => core.map_add1(7, 1, 1),
  'wide value': () => core.map_get1_i64(newMap('u32', 'u32'), 1),
  'another key': () => core.insert_i32i32tuple_i32(newMap('(i32,bool)', 'i32'), 1, 2, 3),
  'another value': () => core.get_i32_string(newMap('i32', 'i32'), 1),
  'a wide key': () => core.insert_i32i32tuple_i32(newMap('i64', 'i32'), 1, 2, 3),
  'open': () => core.map_slot(core.create_tuple_i32()),
  'type': () => newMap('(u32,x)', 'u32'),
  'tuple': () => newMap('u32', '(u32'),
  'key words': () => core.map_key(1 << 30, 0),
  'string': () => core.map_get2(newMap('str', 'u32'), -16, 100),
  'number': () => core.create_i32_i32_with_id(-1),
};

for (const [name, test] of Object.entries(tests)) {
  host = loadCore(corePath);
  core = host.core;
  console.log(`-- ${name}`);
  test();
}
console.log('-- failures');
for (const [name, action] of Object.entries(failures)) {
  host = loadCore(corePath);
  core = host.core;
  try {
    action();
    console.log(`${name}: nothing`);
  } catch (error) {
    console.log(`${name}: ${host.written[2].trim() || error}`);
  }
}
