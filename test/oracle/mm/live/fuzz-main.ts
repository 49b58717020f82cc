/** `npm run fuzz:mm -- --ops 100000 --seed 1`: compares the simulated kernel with the real one; status 1 on a difference. */
import { fuzz, fuzzObstacle } from './fuzz.ts';

function option(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

const obstacle = fuzzObstacle();
if (obstacle !== undefined) {
  console.log(`fuzz:mm NOT RUN: ${obstacle}`);
  process.exit(1);
}
const seed = option('seed', 1);
const wanted = option('ops', 100_000);
const begun = performance.now();
const tell = (done: number): void => {
  if (done % 10_000 === 0) console.log(`${String(done)} operations alike`);
};
const { operations, reports, differences } = await fuzz(seed, wanted, tell, {
  batch: option('batch', 100),
  history: option('history', 8),
  fine: option('fine', 0),
});
for (const difference of differences) console.log(difference);
const seconds = ((performance.now() - begun) / 1000).toFixed(1);
console.log(
  `fuzz:mm seed ${String(seed)}: ${String(operations)} operations, ${String(reports)} reports, ` +
    `${String(differences.length)} differences, ${seconds} s`,
);
process.exit(differences.length === 0 ? 0 : 1);
