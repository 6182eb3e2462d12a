// fmod.mjs MODULE COUNT: compares the numerics module with JavaScript's `%`.
import fs from 'node:fs';

const { fmod64, fmod32 } = new WebAssembly.Instance(
  new WebAssembly.Module(fs.readFileSync(process.argv[2])), {}).exports;
const COUNT = Number(process.argv[3]);
const view = new DataView(new ArrayBuffer(8));
let state = 7n;
function random32() {
  state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
  return Number(state >> 32n);
}
const double = () => (view.setUint32(0, random32()), view.setUint32(4, random32()), view.getFloat64(0));
const float = () => (view.setUint32(0, random32()), view.getFloat32(0));
const special = [0, -0, 1, -1, 3, 0.5, Infinity, -Infinity, NaN, 5e-324, -5e-324, 2.2250738585072014e-308,
                 2.225073858507201e-308, 1.5e-320, Number.MAX_VALUE, 9007199254740993, 1e22];
const specialFloats = [...special, 1e-45, 1.1754943508222875e-38, 1.1754942106924411e-38, 3.4028234663852886e38]
  .map(Math.fround);

function compare(title, fmod, specials, random, round) {
  let wrong = 0, count = 0;
  const check = (a, b) => {
    count++;
    if (!Object.is(fmod(a, b), a % b) && wrong++ < 10)
      console.log(`${title} ${a} % ${b} = ${fmod(a, b)}, not ${a % b}`);
  };
  for (const a of specials)
    for (const b of specials)
      check(a, b);
  for (let i = 0; i < COUNT; i++) {
    check(random(), random());
    // Exponents near each other.
    const a = random();
    check(round(a * (random32() % 4096)), round(a * (random32() % 64 / 64)));
  }
  console.log(`${title}: ${wrong} wrong of ${count}`);
}
compare('fmod64', fmod64, special, double, (x) => x);
compare('fmod32', fmod32, specialFloats, float, Math.fround);
