/**
 * What is left of the facts when files of public suites are damaged, and how long hostile texts take.
 */
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { analyzeProgram } from '../../src/session/analysis.ts';
import { seededNumbers } from './damage.ts';
import { damagedFacts } from './damaged-facts.ts';
import { cFilesIn } from './program-list.ts';
import { hostileLimit, hostileTexts } from './hostile-texts.ts';

/** Files that are damaged, each in three ways. */
const fileCount = 200;
/** Share of facts that must stay. */
const wantedShare = 0.97;

/** Damages files and counts what stays. @returns exit status */
export function measureResilience(
  folders: readonly string[],
  list: boolean,
  say: (line: string) => void,
): number {
  const below = seededNumbers(20260101);
  const files = folders.flatMap(cFilesIn);
  let taken = 0;
  let kept = 0;
  let all = 0;
  let exceptions = 0;
  while (taken < fileCount && files.length > 0) {
    const [file] = files.splice(below(files.length), 1);
    if (file === undefined) break;
    const text = readFileSync(file, 'utf8');
    // Stress tests of one size or another say nothing about typing.
    if (text.length > 200_000) continue;
    try {
      const facts = damagedFacts(file, text, below);
      if (facts === undefined) continue;
      taken += 1;
      kept += facts.kept;
      all += facts.all;
      if (!list) continue;
      for (const { name, damage } of facts.lost) {
        const line = text.slice(0, damage.start).split('\n').length;
        const start = text.slice(damage.start, damage.start + 20);
        say(`${file}:${line}: ${damage.kind} ‘${start}’: lost ${name}`);
      }
    } catch (error) {
      exceptions += 1;
      say(`${file}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`);
    }
  }
  const share = kept / Math.max(1, all);
  say(
    `resilience: ${taken} files, 3 damages each; ${kept} of ${all} facts stay (${(100 * share).toFixed(2)} %), ${exceptions} exceptions`,
  );
  const slow = measureHostile(say);
  return share >= wantedShare && exceptions === 0 && slow === 0 && taken > 0 ? 0 : 1;
}

function measureHostile(say: (line: string) => void): number {
  let failures = 0;
  for (const [name, text, options] of hostileTexts()) {
    const begin = process.cpuUsage();
    let found: string;
    try {
      const analysis = analyzeProgram([{ name: 'hostile.c', text }], options);
      found = analysis.units[0]?.diagnostics[0]?.code ?? 'no diagnostic';
      if (found === 'no diagnostic') failures += 1;
    } catch (error) {
      failures += 1;
      found = `exception: ${error instanceof Error ? error.message : String(error)}`;
    }
    const { user, system } = process.cpuUsage(begin);
    const time = (user + system) / 1000;
    if (time > hostileLimit) failures += 1;
    say(`  ${name}: ${time.toFixed(0)} ms, ${found}`);
  }
  return failures;
}
