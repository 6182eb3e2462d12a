// floats.mjs CORE COUNT: compares printed floats with what JavaScript computes.
import { loadCore } from './core.mjs';

const { core, written } = loadCore(process.argv[2]);
const COUNT = Number(process.argv[3]);
const view = new DataView(new ArrayBuffer(8));
const doubleOf = (bits) => (view.setBigUint64(0, bits), view.getFloat64(0));
const floatOf = (bits) => (view.setUint32(0, bits), view.getFloat32(0));

// The multiplier and increment of Knuth's MMIX.
let state = 2025n;
function random64() {
  const next = () => state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return (next() >> 32n << 32n) | (next() >> 32n);
}

const doubles = [0, -0, 5e-324, 1e23, 9007199254740993, 1e22, 0.1, 1000.18, Number.MAX_VALUE, Infinity, -Infinity, NaN];
const floats = [0, -0, Math.fround(0.1), 16777216, Math.fround(18446744073709551615), Infinity, -Infinity, NaN];
// Around each power of two; then any bits, decimals and integers.
for (let e = 1n; e < 2047n; e++)
  for (const m of [-1n, 0n, 1n])
    doubles.push(doubleOf((e << 52n) + m));
for (let e = 1; e < 255; e++)
  for (const m of [-1, 0, 1])
    floats.push(floatOf(e * 2 ** 23 + m));
for (let i = 0; i < COUNT; i++) {
  doubles.push(doubleOf(random64()), Number(random64() % 1000000n) / 1000, Number(random64() >> 8n) / 4);
  floats.push(floatOf(Number(random64() >> 32n)));
}

/** The exact value of a decimal or double times 2^1100 * 10^400, which is an integer. */
const SCALE2 = 1100n, SCALE10 = 400n;
function exactDouble(x) {
  view.setFloat64(0, Math.abs(x));
  const bits = view.getBigUint64(0);
  const biased = bits >> 52n, fraction = bits & 0xfffffffffffffn;
  const mantissa = biased ? fraction | 1n << 52n : fraction;
  return (mantissa << (SCALE2 + (biased || 1n) - 1075n)) * 10n ** SCALE10;
}
function exactDecimal(text) {
  const [, whole, part = '', exponent] = /^[+-]?(\d)(?:\.(\d+))?e\+?(-?\d+)$/.exec(text);
  return (BigInt(whole + part) * 10n ** (SCALE10 + BigInt(exponent) - BigInt(part.length))) << SCALE2;
}
const distance = (x, text) => { const d = exactDouble(x) - exactDecimal(text); return d < 0n ? -d : d; };
const digitsOf = (text) => text.replace(/e.*/, '').replace(/\D/g, '').length;

/** The fewest digits that give the float back, by trying. */
function shortestFloat(x) {
  for (let digits = 0; ; digits++) {
    const text = x.toExponential(digits);
    if (Math.fround(Number(text)) === x)
      return text;
  }
}

function check(text, x, reference, round) {
  if (x !== x)
    return text === 'NaN';
  const sign = x < 0 || Object.is(x, -0) ? '-' : '+';
  if (!isFinite(x))
    return text === `${sign}inf`;
  if (text[0] !== sign || !/^[+-]\d(\.\d*[1-9])?e-?\d+$/.test(text) || round(Number(text)) !== x)
    return false;
  const expected = reference(Math.abs(x)).replace('e+', 'e');
  if (text.slice(1) === expected)
    return true;
  // Half-way between two shortest decimals: the upper one, as Rust has it. A power of two whose nearest decimal
  // lies on the narrow side may have a shorter one on the other.
  if (digitsOf(text) < digitsOf(expected))
    return true;
  return digitsOf(text) === digitsOf(expected) && distance(x, text) === distance(x, expected) &&
    exactDecimal(text) > exactDecimal(expected);
}

function compare(title, values, put, reference, round) {
  written[1] = '';
  for (const x of values) {
    put(x);
    core.putc(10);
  }
  const lines = written[1].split('\n');
  let wrong = 0;
  values.forEach((x, i) => {
    if (!check(lines[i], x, reference, round) && wrong++ < 10)
      console.log(`${title} ${x}: ${lines[i]}`);
  });
  console.log(`${title}: ${wrong} wrong of ${values.length}`);
}

compare('f64', doubles, core.putf64, (x) => x.toExponential(), (x) => x);
compare('f32', floats, core.putf32, shortestFloat, Math.fround);
