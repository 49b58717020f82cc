/**
 * What is left of the facts when a text is damaged, and how long hostile texts take.
 *
 * Over 200 files: the facts (placement, size, frame) of every function and object that was not damaged are compared with
 * those of the whole text; addresses, which the linker gives to everything behind a change, are left out.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeProgram, analyzeUnit, defaultAnalysisOptions, hostOf } from '../../src/session/analysis.ts';
import type { AnalysisOptions, UnitAnalysis } from '../../src/session/analysis.ts';
import { damagesOf, seededNumbers } from './damage.ts';
import type { FunctionText } from './damage.ts';

/** Files that are damaged, each in three ways. */
const fileCount = 200;
/** Share of facts that must stay. */
const wantedShare = 0.97;
/** Milliseconds that a hostile text may take. */
const hostileLimit = 1000;

/** The facts about a function or object of file scope. */
interface Fact {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function factsOf(unit: UnitAnalysis): Map<string, Fact> {
  const facts = new Map<string, Fact>();
  const rows = new Map<string, string[]>();
  const isHere = (file: number): boolean => file === 0;
  for (const { of, address: _address, ...rest } of unit.placements) {
    if ('bytes' in of || rest.scope === 'file' || !isHere(of.span.file)) continue;
    const offset =
      of.kind === 'object' && of.owner !== undefined ? unit.frames.get(of.owner)?.offsets.get(of) : undefined;
    const list = rows.get(rest.scope) ?? [];
    list.push(JSON.stringify({ ...rest, literal: rest.literal?.kind, offset }));
    rows.set(rest.scope, list);
  }
  for (const { of, address: _address, ...rest } of unit.placements) {
    if ('bytes' in of || rest.scope !== 'file' || !isHere(of.span.file) || rest.name === '') continue;
    // A declaration has no place of its own; whether something refers to it is a fact about that something.
    if (rest.storage === 'declared-only') {
      facts.set(`${of.kind} ${rest.name}`, { text: 'declared', start: of.span.start, end: of.span.end });
      continue;
    }
    const definition = of.kind === 'function' ? unit.functionOf.get(of) : undefined;
    const own = definition === undefined ? [] : (rows.get(rest.name) ?? []);
    const { start, end } = definition?.span ?? of.span;
    facts.set(`${of.kind} ${rest.name}`, {
      text: [JSON.stringify({ ...rest, literal: rest.literal?.kind }), ...own].join('\n'),
      start,
      end,
    });
  }
  return facts;
}

function filesIn(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.c'))
      .sort()
      .map((name) => join(folder, name)),
  );
}

/** Damages files and counts what stays. @returns exit status */
export function measureResilience(
  folders: readonly string[],
  list: boolean,
  say: (line: string) => void,
): number {
  const below = seededNumbers(20260101);
  const files = filesIn(folders);
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
    const whole = analyzeUnit({ name: file, text }, defaultAnalysisOptions);
    if (whole.diagnostics.some((one) => one.severity === 'error') || whole.unit.functions.length < 2)
      continue;
    taken += 1;
    const before = factsOf(whole);
    const functions: FunctionText[] = whole.unit.functions
      .filter(({ span }) => span.file === 0 && span.expandedAt === undefined)
      .map(({ span, body }) => ({ start: span.start, end: span.end, bodyStart: body.span.start }));
    for (const damage of damagesOf(text, functions, below)) {
      try {
        const after = factsOf(analyzeUnit({ name: file, text: damage.text }, defaultAnalysisOptions));
        for (const [name, fact] of before) {
          const isTouched = fact.start < damage.end && damage.start < fact.end;
          if (isTouched) continue;
          all += 1;
          if (after.get(name)?.text === fact.text) kept += 1;
          else if (list) {
            const line = text.slice(0, damage.start).split('\n').length;
            say(
              `${file}:${line}: ${damage.kind} ‘${text.slice(damage.start, damage.start + 20)}’: lost ${name}`,
            );
          }
        }
      } catch (error) {
        exceptions += 1;
        say(
          `${file}: ${damage.kind} at ${damage.start}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`,
        );
      }
    }
  }
  const share = kept / Math.max(1, all);
  say(
    `resilience: ${taken} files, 3 damages each; ${kept} of ${all} facts stay (${(100 * share).toFixed(2)} %), ${exceptions} exceptions`,
  );
  const slow = measureHostile(say);
  return share >= wantedShare && exceptions === 0 && slow === 0 && taken > 0 ? 0 : 1;
}

/** Texts that would keep a careless front end busy for ever. */
function hostileTexts(): readonly (readonly [name: string, text: string, options: AnalysisOptions])[] {
  const below = seededNumbers(7);
  const noise = String.fromCharCode(...Array.from({ length: 100_000 }, () => below(256)));
  const bomb = [
    '#define A0 x',
    ...Array.from({ length: 40 }, (_, n) => `#define A${n + 1} A${n} A${n}`),
    'int a = A40;',
  ];
  const withHeader = (name: string, text: string): AnalysisOptions => ({
    ...defaultAnalysisOptions,
    host: hostOf([{ name, text }]),
  });
  return [
    ['random bytes', noise, defaultAnalysisOptions],
    ['a line of 1 MB', `int a = ${'1 + '.repeat(250_000)}1`, defaultAnalysisOptions],
    ['a word of 1 MB', 'a'.repeat(1_000_000), defaultAnalysisOptions],
    ['100,000 parentheses', `int a = ${'('.repeat(100_000)}1${')'.repeat(100_000)};`, defaultAnalysisOptions],
    ['100,000 open parentheses', `int a = ${'('.repeat(100_000)}`, defaultAnalysisOptions],
    ['100,000 braces', '{'.repeat(100_000), defaultAnalysisOptions],
    [
      'a header that includes itself',
      '#include "h.h"\nint a = ;',
      withHeader('h.h', '#include "h.h"\n#include "h.h"\n'),
    ],
    ['a macro bomb', bomb.join('\n'), defaultAnalysisOptions],
    [
      'a macro bomb of arguments',
      `#define F(x) x x x x\nint a = ${'F('.repeat(200)}1${')'.repeat(200)};`,
      defaultAnalysisOptions,
    ],
  ];
}

function measureHostile(say: (line: string) => void): number {
  let failures = 0;
  for (const [name, text, options] of hostileTexts()) {
    const start = performance.now();
    let found: string;
    try {
      const analysis = analyzeProgram([{ name: 'hostile.c', text }], options);
      found = analysis.units[0]?.diagnostics[0]?.code ?? 'no diagnostic';
      if (found === 'no diagnostic') failures += 1;
    } catch (error) {
      failures += 1;
      found = `exception: ${error instanceof Error ? error.message : String(error)}`;
    }
    const time = performance.now() - start;
    if (time > hostileLimit) failures += 1;
    say(`  ${name}: ${time.toFixed(0)} ms, ${found}`);
  }
  return failures;
}
