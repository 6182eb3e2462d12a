// sample.mjs CORE STREAM [NAME=VALUE]...: prints the sample report.
import fs from 'node:fs';
import { loadCore, report, sampleValues } from './core.mjs';

const [core, stream, ...env] = process.argv.slice(2);
const host = loadCore(core, { TO_CONSOLE: 'true', ...Object.fromEntries(env.map((e) => e.split('='))) });
report(host.core, fs.readFileSync(stream), sampleValues);
process.stdout.write(host.written[1]);
if (host.text(host.core.report_text(), host.core.report_length()) !== host.written[1])
  console.log('report_text differs from what was written');
