/**
 * What the hover says would move something really moves it: each advice is followed in a text, and our analysis and the
 * machine's gcc are asked where the thing is before and behind.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placeUnit } from '../../../src/core/sema/place-unit.ts';
import { debianDefaults } from '../../../src/core/sema/placement.ts';
import type { CompileOptions, Placement } from '../../../src/core/sema/placement.ts';
import { placementTexts } from '../../../src/core/text/placement-texts.ts';
import { analyzeText } from '../../support/check-sema.ts';
import { hasGcc } from '../../support/gcc.ts';

/** Switches by gcc's names. */
const switches: Readonly<Record<string, Partial<CompileOptions>>> = {
  '-fcommon': { common: true },
  '-fno-pie': { pie: false, link: 'no-pie' },
  '-fno-zero-initialized-in-bss': { zeroInBss: false },
  '-O2': { optimize: 2 },
};

/** A text, and gcc's switch for it. */
type Version = string | readonly [text: string, option: string];

/** An advice: the text that gets it, where `x` or the string "text" is, and where each way to follow it leads. */
interface Advice {
  readonly from: Version;
  readonly at: string;
  readonly ways: readonly (readonly [to: Version, at: string])[];
}

const use = (declaration: string): string => `int f(int n) { ${declaration} return n + (int)sizeof x; }`;
const called = (body: string): string => `int n; void take(const void *); int f(void) { ${body} }`;
const nonPic = '-fno-pie';

/** By the key of the advice. Objects are called x. `stack`: no symbol. */
const advices: Readonly<Record<string, readonly Advice[]>> = {
  'move-bss': [
    {
      from: 'int x;',
      at: '.bss',
      ways: [
        ['int x = 1;', '.data'],
        ['const int x;', '.rodata'],
      ],
    },
    {
      from: use('static int x[3];'),
      at: '.bss',
      ways: [
        [use('static int x[3] = {0, 1};'), '.data'],
        [use('static const int x[3];'), '.rodata'],
      ],
    },
  ],
  'move-bss-zero': [
    {
      from: 'char *x = 0;',
      at: '.bss',
      ways: [
        ['char *x = (char *)1;', '.data'],
        ['char *const x = 0;', '.rodata'],
      ],
    },
  ],
  'move-bss-volatile': [
    {
      from: 'volatile int x;',
      at: '.bss',
      ways: [
        ['volatile int x = 1;', '.data'],
        ['const volatile int x;', '.data'],
      ],
    },
    { from: 'volatile int x[2] = {0};', at: '.bss', ways: [['const volatile int x[2] = {0};', '.data']] },
  ],
  'move-common': [
    {
      from: ['int x;', '-fcommon'],
      at: 'COMMON',
      ways: [
        [['int x = 1;', '-fcommon'], '.data'],
        [['static int x; int *p = &x;', '-fcommon'], '.bss'],
        ['int x;', '.bss'],
      ],
    },
  ],
  'move-data': [
    {
      from: 'int x = 3;',
      at: '.data',
      ways: [
        ['const int x = 3;', '.rodata'],
        ['int x = 0;', '.bss'],
      ],
    },
    {
      from: 'char x[] = "text";',
      at: '.data',
      ways: [
        ['const char x[] = "text";', '.rodata'],
        ['char x[5] = "";', '.bss'],
      ],
    },
    {
      from: use('static struct { int a, b; } x = {1};'),
      at: '.data',
      ways: [
        [use('static const struct { int a, b; } x = {1};'), '.rodata'],
        [use('static struct { int a, b; } x = {0};'), '.bss'],
      ],
    },
  ],
  'move-data-volatile': [
    {
      from: 'volatile int x = 3;',
      at: '.data',
      ways: [
        ['volatile int x = 0;', '.bss'],
        ['const volatile int x = 3;', '.data'],
      ],
    },
  ],
  'move-data-zero-kept': [
    { from: ['int x = 0;', '-fno-zero-initialized-in-bss'], at: '.data', ways: [['int x = 0;', '.bss']] },
  ],
  'move-data-volatile-const': [
    { from: 'const volatile int x = 3;', at: '.data', ways: [['const int x = 3;', '.rodata']] },
  ],
  'move-data-addresses': [
    {
      from: 'int y; int *x = &y;',
      at: '.data.rel.local',
      ways: [
        ['int y; int *const x = &y;', '.data.rel.ro.local'],
        ['int *x = 0;', '.bss'],
      ],
    },
    {
      from: 'extern int y; int *x = &y;',
      at: '.data.rel',
      ways: [
        ['extern int y; int *const x = &y;', '.data.rel.ro'],
        ['int *x = 0;', '.bss'],
      ],
    },
  ],
  'move-constant-local': [
    {
      from: called('const int x[4] = {1, 2, 3, 4}; return x[2];'),
      at: '.rodata',
      ways: [
        [called('int x[4] = {1, 2, 3, 4}; return x[2];'), 'stack'],
        [called('const int x[4] = {1, 2, 3, 4}; take(x); return x[2];'), 'stack'],
        [called('const int x[4] = {1, 2, 3, 4}; return x[n];'), 'stack'],
      ],
    },
  ],
  'move-rodata': [
    { from: 'const int x = 3;', at: '.rodata', ways: [['int x = 3;', '.data']] },
    { from: 'const int x[2] = {0};', at: '.rodata', ways: [['int x[2] = {0};', '.bss']] },
  ],
  'move-rodata-addresses': [
    {
      from: ['int y; int *const x = &y;', nonPic],
      at: '.rodata',
      ways: [['int y; int *const x = &y;', '.data.rel.ro.local']],
    },
  ],
  'move-never-written': [
    {
      from: ['static int x[3] = {1, 2, 3}; int f(int i) { return x[i]; }', '-O2'],
      at: '.rodata',
      ways: [
        [['static int x[3] = {1, 2, 3}; int f(int i) { return x[i]++; }', '-O2'], '.data'],
        [['int x[3] = {1, 2, 3}; int f(int i) { return x[i]; }', '-O2'], '.data'],
        ['static int x[3] = {1, 2, 3}; int f(int i) { return x[i]; }', '.data'],
      ],
    },
  ],
  'move-relro': [
    {
      from: 'int y; int *const x = &y;',
      at: '.data.rel.ro.local',
      ways: [
        [['int y; int *const x = &y;', nonPic], '.rodata'],
        ['int *const x = 0;', '.rodata'],
        ['int y; int *x = &y;', '.data.rel.local'],
      ],
    },
    {
      from: 'extern int y; int *const x = &y;',
      at: '.data.rel.ro',
      ways: [
        [['extern int y; int *const x = &y;', nonPic], '.rodata'],
        ['extern int y; int *x = &y;', '.data.rel'],
      ],
    },
  ],
  'move-thread': [
    { from: '_Thread_local int x = 3;', at: '.tdata', ways: [['int x = 3;', '.data']] },
    { from: '_Thread_local int x;', at: '.tbss', ways: [['int x;', '.bss']] },
    { from: '_Thread_local const int x = 3;', at: '.tdata', ways: [['const int x = 3;', '.rodata']] },
  ],
  'move-section-attribute': [
    { from: 'int x __attribute__((section("mine"))) = 3;', at: 'mine', ways: [['int x = 3;', '.data']] },
  ],
  'move-declared-only': [
    {
      from: 'extern int x; int *f(void) { return &x; }',
      at: 'UND',
      ways: [['int x; int *f(void) { return &x; }', '.bss']],
    },
  ],
  'move-stack': [
    {
      from: use('int x = 3;'),
      at: 'stack',
      ways: [
        [use('static int x = 3;'), '.data'],
        [use('static int x;'), '.bss'],
        [use('static const int x = 3;'), '.rodata'],
      ],
    },
    {
      from: called('const int x = n; return x;'),
      at: 'stack',
      ways: [[called('static const int x = 4; return x;'), '.rodata']],
    },
  ],
  'move-vla': [{ from: use('char x[n];'), at: 'stack', ways: [[use('char x[8];'), 'stack']] }],
  'move-register': [
    {
      from: called('register int x = n; return x;'),
      at: 'register',
      ways: [[called('int x = n; return x;'), 'stack']],
    },
  ],
  'move-compound-literal': [{ from: called('int *p = (int[]){1, 2}; return *p;'), at: 'stack', ways: [] }],
  'move-function': [
    {
      from: 'void x(void) {}',
      at: '.text',
      ways: [['__attribute__((section("name"))) void x(void) {}', 'name']],
    },
  ],
  'move-literal': [{ from: 'char *p = "text";', at: '.rodata', ways: [['char s[] = "text";', '.data']] }],
  'move-literal-rewritten': [
    {
      from: '#include <stdio.h>\nint main(void) { printf("text\\n"); }',
      at: '.rodata',
      ways: [['#include <stdio.h>\nint main(void) { return printf("text\\n"); }', '.rodata']],
    },
  ],
};

/** Advice about what no section tells: registers of optimised code, copies that the loader makes. */
const notInSections = new Set(['move-parameter', 'move-copy-relocation']);

const parts = (version: Version): readonly [string, string | undefined] =>
  typeof version === 'string' ? [version, undefined] : version;

function placements(version: Version): readonly Placement[] {
  const [text, option] = parts(version);
  return placeUnit(analyzeText(text), {
    ...debianDefaults,
    ...(option === undefined ? {} : switches[option]),
  });
}

/** The placement of x, else of the string, else of the compound literal. */
function chosen(all: readonly Placement[]): Placement | undefined {
  return (
    all.find(({ name }) => name === 'x') ??
    all.find(({ kind }) => kind === 'string') ??
    all.find(({ name }) => name === '')
  );
}

/** Section of the object file, or what stands for none. */
function ours(version: Version): string | undefined {
  const all = placements(version);
  const found = chosen(all);
  const literal = found?.literal;
  const place = literal?.kind === 'in-object' ? all.find(({ of }) => of === literal.object) : found;
  return place?.objectSection ?? place?.segment;
}

describe('what would move something', () => {
  for (const [key, list] of Object.entries(advices)) {
    it(`${key}: is what is said, and where it says`, () => {
      for (const { from, at, ways } of list) {
        assert.equal(chosen(placements(from))?.moves?.key, `placement.${key}`, String(from));
        assert.equal(ours(from), at, String(from));
        for (const [to, goal] of ways) assert.equal(ours(to), goal, String(to));
      }
    });
  }

  it('is tried for every advice', () => {
    const said = Object.keys(placementTexts).flatMap((key) => /^placement\.(move-.*)/.exec(key)?.[1] ?? []);
    assert.deepEqual(
      said.filter((key) => !(key in advices) && !notInSections.has(key)),
      [],
    );
  });

  it('moves it in gcc’s object file, too', function () {
    if (!hasGcc('advice followed with gcc')) return;
    this.timeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), 'moves-'));
    try {
      const versions = Object.values(advices).flatMap((list) =>
        list.flatMap(({ from, at, ways }) => [[from, at] as const, ...ways]),
      );
      for (const [version, at] of versions) assert.equal(sectionByGcc(version, folder), at, String(version));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** Where gcc puts `x`, or the string "text" where there is no x. */
function sectionByGcc(version: Version, folder: string): string {
  const [text, option] = parts(version);
  const source = join(folder, 'x.c');
  const object = join(folder, 'x.o');
  writeFileSync(source, text);
  execFileSync('gcc', ['-w', ...(option === undefined ? [] : [option]), '-c', source, '-o', object]);
  const table = execFileSync('objdump', ['-t', object], { encoding: 'latin1' });
  const line = table.split('\n').find((one) => /\s(?:x|__compound_literal)(?:\.\d+)?$/.test(one));
  const section = line === undefined ? undefined : /^\S+ .{7} (\S+)/.exec(line)?.[1];
  if (section !== undefined) return section.replace(/^\*(\w+)\*$/, '$1').replace('COM', 'COMMON');
  if (text.includes('text')) return sectionOfString(object, folder);
  return text.includes('register') ? 'register' : 'stack';
}

function sectionOfString(object: string, folder: string): string {
  const bytes = join(folder, 'bytes');
  for (const section of ['.rodata', '.data']) {
    execFileSync('objcopy', ['-O', 'binary', '-j', section, object, bytes]);
    if (readFileSync(bytes, 'latin1').includes('text')) return section;
  }
  return 'none';
}
