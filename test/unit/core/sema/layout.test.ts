import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RecordType } from '../../../../src/core/sema/type.ts';
import { analyzeText, checkLayout } from '../../../support/check-sema.ts';
import { hasGcc } from '../../../support/gcc.ts';

describe('record layout', () => {
  it('aligns members and pads the end', () => {
    checkLayout('struct s { char c; int n; };', 'size 8, align 4: c@0 [1], pad 3, n@4 [4]');
    checkLayout('struct s { long l; char c; };', 'size 16, align 8: l@0 [8], c@8 [1], pad 7');
    checkLayout('union u { char c[5]; int n; };', 'size 8, align 4: c@0 [5], n@0 [4], pad 3');
  });
  it('aligns 8-byte numbers to 4 in structs on i386', () => {
    checkLayout('struct s { char c; double d; };', 'size 12, align 4: c@0 [1], pad 3, d@4 [8]', 'i386');
    checkLayout('struct s { char c; double d; };', 'size 16, align 8: c@0 [1], pad 7, d@8 [8]');
  });
  it('packs and aligns as attributes say', () => {
    checkLayout('struct __attribute__((packed)) s { char c; int n; };', 'size 5, align 1: c@0 [1], n@1 [4]');
    checkLayout(
      'struct s { char c; _Alignas(16) int n; };',
      'size 32, align 16: c@0 [1], pad 15, n@16 [4], pad 12',
    );
    checkLayout(
      '#pragma pack(2)\nstruct s { char c; long l; };',
      'size 10, align 2: c@0 [1], pad 1, l@2 [8]',
    );
  });
  it('puts bit-fields beside each other until a unit is full', () => {
    checkLayout(
      'struct s { unsigned a : 3, b : 30; };',
      'size 8, align 4: a@0:3, pad 29 bits, b@32:30, pad 2 bits',
    );
    checkLayout('struct s { char c; int b : 8; };', 'size 4, align 4: c@0 [1], b@8:8, pad 2');
    checkLayout(
      'struct s { int a : 3; int : 0; int b : 2; };',
      'size 8, align 4: a@0:3, pad 29 bits, b@32:2, pad 30 bits',
    );
  });
  it('leaves a flexible array member out of the size', () => {
    checkLayout('struct s { int n; char data[]; };', 'size 4, align 4: n@0 [4], data@4 [0]');
  });
});

// ---------------------------------------------------------------- random structs against gcc

const scalars = [
  'char',
  'short',
  'int',
  'long',
  'long long',
  'float',
  'double',
  'long double',
  'void *',
  '_Bool',
] as const;
const fieldTypes = [
  'char',
  'unsigned short',
  'int',
  'unsigned',
  'long',
  'unsigned long long',
  '_Bool',
] as const;

const memberArbitrary = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constantFrom(...scalars),
      count: fc.constantFrom(0, 0, 3, 7),
      align: fc.constantFrom(0, 0, 0, 2, 16),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constantFrom(...fieldTypes),
      width: fc.integer({ min: 0, max: 40 }),
      isUnnamed: fc.boolean(),
      align: fc.constantFrom(0, 0, 0, 0, 2, 8),
    }),
  },
);
const recordArbitrary = fc.record({
  kind: fc.constantFrom('struct', 'struct', 'struct', 'union'),
  packed: fc.constantFrom(false, false, true),
  isMs: fc.constantFrom(false, true),
  pack: fc.constantFrom(0, 0, 0, 1, 2, 4),
  members: fc.array(memberArbitrary, { minLength: 1, maxLength: 7 }),
});

const widthOf = (type: string, width: number): number => {
  const limits: Record<string, number> = {
    char: 8,
    'unsigned short': 16,
    int: 32,
    unsigned: 32,
    long: 32,
    'unsigned long long': 40,
    _Bool: 1,
  };
  return Math.min(width, limits[type] ?? 1);
};

type Generated = typeof recordArbitrary extends fc.Arbitrary<infer T> ? T : never;

function recordText(record: Generated, index: number): string {
  const members = record.members.map((member, i) => {
    const align = member.align > 0 ? ` __attribute__((aligned(${member.align})))` : '';
    if ('width' in member) {
      const width = widthOf(member.type, member.width);
      if (member.isUnnamed || width === 0) return `${member.type} : ${width};`;
      return `${member.type} m${i} : ${width}${align};`;
    }
    const array = member.count > 0 ? `[${member.count}]` : '';
    return `${member.type} m${i}${array}${align};`;
  });
  const pack = record.pack > 0 ? [`#pragma pack(push, ${record.pack})`, '#pragma pack(pop)'] : ['', ''];
  return `${pack[0]}\n${record.kind} ${record.packed ? '__attribute__((packed)) ' : ''}${record.isMs ? '__attribute__((ms_struct)) ' : ''}s${index} { int first; ${members.join(' ')} };\n${pack[1]}`;
}

/** Size, alignment, offset of each named plain member; for a bit-field the bits that -1 or 1 sets. */
function ourFacts(record: RecordType): string {
  const members = (record.members ?? []).filter((member) => member.name !== undefined);
  const places = members.map((member) =>
    member.bitWidth === undefined ? `${member.offset}` : `b${String(member.bitOffset)}:${member.bitWidth}`,
  );
  return `${String(record.size)} ${record.align} ${places.join(' ')}`;
}

/** The same facts from gcc: constants and initialised bit-fields, read from the sections of an object file. */
function gccFacts(texts: readonly string[], records: readonly RecordType[], flag: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-layout-'));
  const numbers: string[] = [];
  const fields: string[] = [];
  const values: string[] = [];
  records.forEach((record, i) => {
    const tag = `${record.tagKind} s${i}`;
    numbers.push(`sizeof(${tag})`, `_Alignof(${tag})`);
    for (const member of record.members ?? []) {
      if (member.name === undefined) continue;
      if (member.bitWidth === undefined) numbers.push(`__builtin_offsetof(${tag}, ${member.name})`);
      else {
        const name = `v${i}_${member.name}`;
        fields.push(`${tag} ${name};`);
        values.push(`.${name} = {.${member.name} = -1}`);
        numbers.push(`__builtin_offsetof(struct all, ${name})`);
      }
    }
  });
  const program = `${texts.join('\n')}
struct all { ${fields.join(' ')} };
__attribute__((section("our_facts"))) const int facts[] = {${numbers.join(', ')}};
__attribute__((section("our_bits"))) const struct all bits = {${values.join(', ')}};`;
  const path = (name: string): string => join(folder, name);
  try {
    writeFileSync(path('layout.c'), program);
    execFileSync('gcc', [flag, '-w', '-c', path('layout.c'), '-o', path('layout.o')], {
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    for (const section of ['facts', 'bits']) {
      execFileSync('objcopy', [
        '-O',
        'binary',
        `--only-section=our_${section}`,
        path('layout.o'),
        path(section),
      ]);
    }
    const facts = readFileSync(path('facts'));
    const bits = readFileSync(path('bits'));
    let at = 0;
    const next = (): number => facts.readInt32LE(4 * at++);
    return records.map((record) => {
      const size = next();
      const parts = [`${size} ${next()}`];
      for (const member of record.members ?? []) {
        if (member.name === undefined) continue;
        const value = next();
        parts.push(member.bitWidth === undefined ? `${value}` : setBits(bits.subarray(value, value + size)));
      }
      return parts.join(' ');
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function setBits(bytes: Uint8Array): string {
  const set = Array.from({ length: bytes.length * 8 }, (_, bit) => bit).filter(
    (bit) => ((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1,
  );
  return `b${set[0] ?? -1}:${set.length}`;
}

describe('record layout against gcc', () => {
  for (const [flag, target] of [
    ['-m64', 'x86_64'],
    ['-m32', 'i386'],
  ] as const) {
    it(`places members of random structs as gcc ${flag}`, function () {
      this.timeout(20_000);
      if (!hasGcc('layout of random structs')) return;
      const generated = fc.sample(recordArbitrary, { numRuns: 150, seed: 20 });
      const texts = generated.map(recordText);
      const { records } = analyzeText(texts.join('\n'), target);
      const theirs = gccFacts(texts, records, flag);
      records.forEach((record, i) => assert.equal(ourFacts(record).trimEnd(), theirs[i], texts[i]));
    });
  }
});
