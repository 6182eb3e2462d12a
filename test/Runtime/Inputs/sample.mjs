// sample.mjs CORE STREAM [NAME=VALUE]...: prints the sample report.
import fs from 'node:fs';
import { loadCore, report, sampleValues } from './core.mjs';

const [core, stream, ...env] = process.argv.slice(2);
const host = loadCore(core, { TO_CONSOLE: 'true', ...Object.fromEntries(env.map((e) => e.split('='))) });
report(host.core, fs.readFileSync(stream), sampleValues);
const text = host.written[1];
process.stdout.write(text);
if (host.text(host.core.report_text(), host.core.report_length()) !== host.written[1])
  console.log('report_text differs from what was written');
// The same, with as many values a call as there are functions for.
report(host.core, fs.readFileSync(stream), sampleValues, /* batches= */ true);
if (host.written[1] !== text + text)
  console.log('a report of batches differs');
