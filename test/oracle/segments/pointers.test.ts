/**
 * What we say of pointers without running a program, against where they pointed at the recorded stops: wherever every
 * possibility is named, the recorded one must be among them.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pointeesOf } from '../../../src/core/sema/pointees.ts';
import type { Pointee } from '../../../src/core/sema/pointees.ts';
import { analyzeUnit, defaultAnalysisOptions } from '../../../src/session/analysis.ts';
import { forecastAllocation } from '../../../src/session/allocation-forecast.ts';

interface RecordedVariable {
  readonly name: string;
  readonly points_to?: { readonly segment: string };
}

interface RecordedStop {
  readonly frames: readonly { readonly function: string; readonly variables?: readonly RecordedVariable[] }[];
  readonly globals?: readonly RecordedVariable[];
}

interface Recording {
  readonly variants: Readonly<Record<string, { readonly runtime?: readonly RecordedStop[] }>>;
}

/** Lines that differ, and why. */
const known: readonly (readonly [RegExp, string])[] = [
  [/^s27-heap main: huge points to unmapped, we say mmap or null$/, 'dangling: its mapping was freed'],
  [/^s35-gnu-c main: pf points to stack, we say text$/, 'the trampoline of a nested function, not modelled'],
];

/** Where a pointer that points there points, as the recordings say it. */
function segmentOf(pointee: Pointee): string {
  switch (pointee.kind) {
    case 'string':
      return 'rodata';
    case 'function':
      return 'text';
    case 'object':
      return pointee.segment;
    case 'allocated': {
      const { bytes, segment } = pointee;
      const isMapped =
        segment === 'heap' &&
        bytes !== undefined &&
        forecastAllocation(bytes, 'x86_64')?.mappedBytes !== undefined;
      return isMapped ? 'mmap' : segment;
    }
    default:
      return pointee.kind;
  }
}

/** The claims about a program's pointers by function and name; names that a function has twice are left out. */
function claimsOf(name: string, text: string): ReadonlyMap<string, readonly string[]> {
  const { unit, placements } = analyzeUnit({ name, text }, defaultAnalysisOptions);
  const claims = new Map<string, readonly string[]>();
  const twice = new Set<string>();
  for (const [object, targets] of pointeesOf(unit, placements)) {
    const key = `${object.owner?.name ?? 'file'} ${object.name}`;
    if (claims.has(key)) twice.add(key);
    claims.set(key, targets.map(segmentOf));
  }
  for (const [key, segments] of claims)
    // `none`: what a library defines is not placed here.
    if (twice.has(key) || segments.includes('unknown') || segments.includes('none')) claims.delete(key);
  return claims;
}

describe('claims about pointers without running', () => {
  let compared = 0;

  for (const folderName of ['cases', 'linked']) {
    const folder = fileURLToPath(new URL(`${folderName}/`, import.meta.url));
    for (const file of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
      const name = file.slice(0, -'.json'.length);
      const recording = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording;
      const stops = recording.variants['m64-pie-O0']?.runtime;
      if (stops === undefined) continue;
      it(`${name}: every recorded target is among those that we name`, () => {
        const claims = claimsOf(`${name}.c`, readFileSync(join(folder, `${name}.c`), 'utf8'));
        const wrong: string[] = [];
        const check = (scope: string, { name: variable, points_to }: RecordedVariable): void => {
          const claim = claims.get(`${scope} ${variable}`);
          if (claim === undefined || points_to === undefined) return;
          compared += 1;
          // A function of a library lies in the library's text.
          const segment = points_to.segment === 'shared-library' ? 'text' : points_to.segment;
          const line = `${name} ${scope}: ${variable} points to ${segment}, we say ${claim.join(' or ')}`;
          if (!claim.includes(segment) && !known.some(([pattern]) => pattern.test(line))) wrong.push(line);
        };
        for (const { frames, globals } of stops) {
          for (const frame of frames)
            for (const variable of frame.variables ?? []) check(frame.function, variable);
          for (const variable of globals ?? []) check('file', variable);
        }
        assert.deepEqual([...new Set(wrong)], []);
      });
    }
  }

  it('makes claims about most pointers', () => assert.ok(compared > 200, String(compared)));

  after(() => {
    console.log(`    ${String(compared)} recorded pointers were compared with claims`);
  });
});
