/**
 * The live comparison as a command:
 *
 *   npm run fuzz:malloc -- --traces 2000 --ops 500 --seed 1 [--family NAME]
 *
 * Exit status 0 when nothing differs, 1 when something does, 2 when this machine cannot be compared with.
 */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { LiveMachine, whyNotHere } from './live-fuzz.ts';
import { generateTrace, traceFamilies } from './traces.ts';

const { values } = parseArgs({
  options: {
    traces: { type: 'string', default: '200' },
    ops: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    family: { type: 'string' },
  },
});

/** Differences that are told in full. */
const TOLD = 5;

/** Traces between two lines about how far the comparison is, on standard error. */
const PROGRESS_TRACES = 100;

function main(): number {
  const reason = whyNotHere();
  if (reason !== undefined) {
    console.error(`no comparison: ${reason}`);
    return 2;
  }
  const [traces, ops, seed] = [Number(values.traces), Number(values.ops), Number(values.seed)];
  const families = values.family === undefined ? traceFamilies : [values.family];
  const machine = new LiveMachine();
  let records = 0;
  let different = 0;
  const notModelled = new Map<string, number>();
  for (let k = 0; k < traces; k += 1) {
    const family = families[k % families.length] ?? '';
    const own = seed + Math.floor(k / families.length);
    const text = generateTrace(family, own, ops);
    const result = machine.compare(text);
    records += result.records;
    if ((k + 1) % PROGRESS_TRACES === 0)
      console.error(`${k + 1} traces, ${records} records, ${different} traces differ`);
    if (result.notModelled !== undefined)
      notModelled.set(result.notModelled, (notModelled.get(result.notModelled) ?? 0) + 1);
    const { difference } = result;
    if (difference === undefined) continue;
    different += 1;
    if (different > TOLD) continue;
    const file = join(tmpdir(), `memory-atlas-${family}-${own}.trace`);
    writeFileSync(file, text);
    console.log(`${family} seed ${own}, line ${difference.line} of ${file}: ${difference.operation}`);
    console.log(`  simulated ${difference.simulated}\n  real      ${difference.real}`);
    console.log(
      difference.state
        .slice(0, 40)
        .map((line) => `    ${line}`)
        .join('\n'),
    );
  }
  machine.dispose();
  for (const [text, count] of notModelled) console.log(`not modelled, ${count} times: ${text}`);
  const what = `${traces} traces of ${ops} operations over ${families.length} families, glibc ${machine.release.name}`;
  console.log(`${what}: ${records} records compared, ${different} traces differ`);
  return different === 0 ? 0 : 1;
}

process.exitCode = main();
