/**
 * Texts that would keep a careless front end busy for ever. Each has something wrong in it.
 */
import { defaultAnalysisOptions, hostOf } from '../../src/session/analysis.ts';
import type { AnalysisOptions } from '../../src/session/analysis.ts';
import { seededNumbers } from './damage.ts';

/** Milliseconds of processor time that a hostile text may take. */
export const hostileLimit = 1000;

/** Texts that would keep a careless front end busy for ever. */
export function hostileTexts(): readonly (readonly [name: string, text: string, options: AnalysisOptions])[] {
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
      '10,000 nested structs',
      `${'struct { '.repeat(10_000)}int a;${'} a;'.repeat(10_000)}`,
      defaultAnalysisOptions,
    ],
    [
      '10,000 nested #if',
      `${'#if 1\n'.repeat(10_000)}int a = ;\n${'#endif\n'.repeat(10_000)}`,
      defaultAnalysisOptions,
    ],
    ['10,000 open #if', '#if 1\n'.repeat(10_000), defaultAnalysisOptions],
    ['100,000 strings to join', `char *a = ${'"abc" '.repeat(100_000)}; int b = ;`, defaultAnalysisOptions],
    ['a string of 1 MB', `char a[] = "${'x'.repeat(1_000_000)}"; int b = ;`, defaultAnalysisOptions],
    ['200,000 initialisers', `int a[] = {${'1,'.repeat(200_000)}}; int b = ;`, defaultAnalysisOptions],
    ['100,000 open quotes', `int a = "${'\n"'.repeat(100_000)}`, defaultAnalysisOptions],
    ['100,000 stars', `int ${'*'.repeat(100_000)}a = ;`, defaultAnalysisOptions],
    ['100,000 else if', `int f(int a) { ${'if (a) ; else '.repeat(100_000)} b; }`, defaultAnalysisOptions],
    [
      '100,000 unknown names',
      `int f(void) { ${Array.from({ length: 100_000 }, (_, n) => `v${n};`).join('')} }`,
      defaultAnalysisOptions,
    ],
    [
      '100,000 macros',
      `${Array.from({ length: 100_000 }, (_, n) => `#define M${n} M${n + 1}\n`).join('')}int a = M0;`,
      defaultAnalysisOptions,
    ],
    ['50,000 unknown types', 'foo a;\n'.repeat(50_000), defaultAnalysisOptions],
    [
      'an object of 2^63 bytes',
      'int a[1 << 30][1 << 30]; char b[0x7fffffffffffffff]; int c = ;',
      defaultAnalysisOptions,
    ],
    ['a range of 2^31 initialisers', 'int a[] = {[0 ... 2147483646] = 1}; int c = ;', defaultAnalysisOptions],
    [
      'a switch of 2^63 cases',
      'int f(long a) { switch (a) { case 0 ... 0x7fffffffffffffff: case 5: return 1; } }',
      defaultAnalysisOptions,
    ],
    [
      'a macro bomb of arguments',
      `#define F(x) x x x x\nint a = ${'F('.repeat(200)}1${')'.repeat(200)};`,
      defaultAnalysisOptions,
    ],
  ];
}
