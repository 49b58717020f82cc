/**
 * Every field of the recordings against what `segments --json` prints, in all variants without optimisation; with -O2 what
 * exists and in which section: objects, functions, literals.
 *
 * The lengths of functions' machine code are taken from the recordings, so that the linker is checked by itself; how well
 * we know them is a matter of test/oracle/image.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCommandLine } from '../../../src/cli/usage.ts';
import { readProgram } from '../../../src/cli/program-files.ts';
import { estimateCode } from '../../../src/core/image/code-size.ts';
import { analyzeProgram } from '../../../src/session/analysis.ts';
import { segmentsJson } from '../../../src/session/segments-json.ts';
import { compareVariant } from './segment-comparison.ts';
import type { VariantJson } from './segment-comparison.ts';

/** Fields that say whether something exists, and where. */
const sectionFields = /^(?:objects|functions|strings) .* (?:section|object_section|relro|emitted)$/;

/** With -O2, where we know better or do not model what gcc does. */
const knownOptimized: readonly (readonly [RegExp, string])[] = [
  [
    /^s22-function-pointers functions pick2 /,
    'the same code as pick, whose other name it becomes (-fipa-icf)',
  ],
];

/** `cases`: the common recordings; `linked`: programs whose linking is rich. */
const folders = ['cases', 'linked'] as const;

const variantNames = [
  'm64-pie-O0',
  'm64-nopie-O0',
  'm64-linknopie-O0',
  'm32-pie-O0',
  'm32-nopie-O0',
] as const;

/** Fields of entries that have suites of their own or that nobody can know, with the reason. */
const counted: readonly (readonly [RegExp, string])[] = [
  [/^constants \.L\d+ label$/, 'the number of a jump table counts all labels of the code before it'],
];

/** Entries that differ, and why; the key is `CASE LIST ENTRY FIELD`, its beginning is enough. */
const known: readonly (readonly [RegExp, string])[] = [
  [/^s07-static-locals objects nested\/\{\}: s align/, 'recorded is the alignment of another s of the line'],
  [/^s10-\S+ (?:objects who3: |other_symbols )__PRETTY_FUNCTION__/, 'emitted, but without a place in DWARF'],
  [/^s13-sections objects file: __st\w+_plugins type/, 'const twice'],
  [/^s30-initialisers objects main: ld align/, 'recorded is the alignment of a member'],
  [/^s29-\S+ objects main: (?:rp|rd|rll) register$/, 'equal priorities: which of them comes first'],
  [/^s33-shadowing (?:objects tags: l|types s) align/, 'recorded is that of another one on the line'],
  [/^s23-inline functions main stack_usage$/, 'the frame of code that is put in place of its call'],
];

function recordingsIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
}

/** What we print for a program whose functions have the recorded lengths. */
function ours(folder: string, name: string, variant: string, truth: VariantJson): VariantJson {
  const line = parseCommandLine(['segments', join(folder, `${name}.c`), '--variant', variant, '--json']);
  const { sources, options } = readProgram(line);
  const lengths = new Map(truth.functions.map((fn) => [fn.name, fn.size]));
  // The program says its own name as it was compiled: without a folder.
  const named = sources.map(({ text }) => ({ name: `${name}.c`, text }));
  const analysis = analyzeProgram(named, {
    ...options,
    codeEstimator: (fn, frame, code) => {
      const size = lengths.get(fn.symbol.name);
      const estimate = estimateCode(fn, frame, code);
      return typeof size === 'number' ? { ...estimate, size } : estimate;
    },
  });
  return JSON.parse(JSON.stringify(segmentsJson(analysis, 'en'))) as VariantJson;
}

const reasonIn = (list: readonly (readonly [RegExp, string])[], key: string): string | undefined =>
  list.find(([pattern]) => pattern.test(key))?.[1];

describe('every field of the recorded programs', () => {
  const totals = new Map<string, { equal: number; compared: number }>();

  for (const folderName of folders) {
    const folder = fileURLToPath(new URL(`${folderName}/`, import.meta.url));
    for (const name of recordingsIn(folder)) {
      const recording = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
        variants: Readonly<Record<string, VariantJson>>;
      };
      for (const variant of variantNames) {
        const truth = recording.variants[variant];
        if (truth === undefined) continue;
        it(`${name} as ${variant}`, () => {
          const { fields, differences } = compareVariant(truth, ours(folder, name, variant, truth));
          const total = totals.get(variant) ?? { equal: 0, compared: 0 };
          totals.set(variant, total);
          for (const { equal, compared } of fields.values()) {
            total.equal += equal;
            total.compared += compared;
          }
          const wrong = differences.filter(
            ({ key }) =>
              reasonIn(counted, key) === undefined && reasonIn(known, `${name} ${key}`) === undefined,
          );
          assert.deepEqual(
            wrong.map(({ key, text }) => `${key}: ${text}`),
            [],
          );
        }).timeout(20_000);
      }
    }
  }

  for (const folderName of folders) {
    const folder = fileURLToPath(new URL(`${folderName}/`, import.meta.url));
    for (const name of recordingsIn(folder)) {
      const recording = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
        variants: Readonly<Record<string, VariantJson>>;
      };
      const truth = recording.variants['m64-pie-O2'];
      if (truth === undefined) continue;
      it(`${name} as m64-pie-O2: sections`, () => {
        const { differences } = compareVariant(truth, ours(folder, name, 'm64-pie-O2', truth));
        const wrong = differences.filter(
          ({ key }) => sectionFields.test(key) && reasonIn(knownOptimized, `${name} ${key}`) === undefined,
        );
        assert.deepEqual(
          wrong.map(({ key, text }) => `${key}: ${text}`),
          [],
        );
      }).timeout(20_000);
    }
  }

  it('loses no equal field', () => {
    for (const [variant, { equal, compared }] of totals)
      assert.ok(equal / compared > 0.9993, `${variant}: ${String(equal)} of ${String(compared)}`);
  });

  after(() => {
    for (const [variant, { equal, compared }] of totals)
      console.log(`    ${variant}: ${String(equal)} of ${String(compared)} fields are equal`);
  });
});
