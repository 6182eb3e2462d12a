// Calls run(10) of a module and prints the result and its exported globals.
import { readFileSync } from "node:fs";

const module = new WebAssembly.Module(readFileSync(process.argv[2]));
const { exports } = new WebAssembly.Instance(module, {
  env: { log: (value) => console.log(`log ${value}`) },
});
console.log(`run 10 = ${exports.run(10)}`);
for (const [name, value] of Object.entries(exports))
  if (value instanceof WebAssembly.Global) console.log(`${name} = ${value.value}`);
