/** `npm run live:mm`: small C programs here and for real; status 1 on a difference. */
import { fuzzObstacle } from './fuzz.ts';
import { programNames, runReally, runSimulated } from './programs.ts';

const obstacle = fuzzObstacle();
if (obstacle !== undefined) {
  console.log(`live:mm NOT RUN: ${obstacle}`);
  process.exit(1);
}
let alike = 0;
const wanted = process.argv.slice(2);
const names = wanted.length === 0 ? programNames : wanted;
for (const name of names) {
  const theirs = await runReally(name);
  let ours = { output: '', maps: [] as readonly string[], smaps: [] as readonly string[] };
  try {
    ours = runSimulated(name);
  } catch (error) {
    console.log(`✖ ${name}: ${error instanceof Error ? error.message : String(error)}`);
    continue;
  }
  const lines: string[] = [];
  if (ours.output !== theirs.output) lines.push(`real:\n${theirs.output}ours:\n${ours.output}`);
  const [inReal, inOurs] = [new Set(theirs.maps), new Set(ours.maps)];
  lines.push(...theirs.maps.filter((line) => !inOurs.has(line)).map((line) => `  real ${line}`));
  lines.push(...ours.maps.filter((line) => !inReal.has(line)).map((line) => `  ours ${line}`));
  const [smapsReal, smapsOurs] = [theirs.smaps.join('').split('\n'), ours.smaps.join('').split('\n')];
  smapsReal.forEach((line, at) => {
    if (line !== smapsOurs[at]) lines.push(`  smaps: real ${line}, ours ${String(smapsOurs[at])}`);
  });
  if (lines.length === 0) alike += 1;
  console.log(lines.length === 0 ? `✔ ${name}` : `✖ ${name}\n${lines.join('\n')}`);
}
console.log(`live:mm: ${String(alike)} of ${String(names.length)} programs alike`);
process.exit(alike === names.length ? 0 : 1);
