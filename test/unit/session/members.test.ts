/**
 * Of what objects and blocks consist: offsets as gcc lays them out, types of blocks by the pointers that lead to them.
 */
import assert from 'node:assert/strict';
import { mostMemberUnits } from '../../../src/protocol/messages.ts';
import type { MemberView, MembersView, TypedObjectView } from '../../../src/protocol/view-model.ts';
import type { Session } from '../../../src/session/session.ts';
import { openSession } from '../../support/open-session.ts';

const program = `
#include <stdlib.h>
#include <string.h>
struct point { short x; int y; };
struct node { char name[8]; struct point at; union { int i; float f; double d; } u; struct node *next; };
struct flags { unsigned low : 3; unsigned high : 5; char c; unsigned : 0; int wide : 20; };
struct text { int length; char bytes[]; };
struct outer { struct { int a; char b; }; struct point both[2]; };
struct node *first;
struct flags flags = { 5, 17, 'x', -2 };
struct outer outer = { { 1, 2 }, { { 3, 4 }, { 5, 6 } } };
int table[1000000];
char *words[3];
void *raw;
struct node *gone;
int main(void) {
  struct point local = { 7, 8 };
  for (int i = 0; i < 3; i++) {
    struct node *one = malloc(sizeof *one);
    strcpy(one->name, i == 0 ? "Ada" : i == 1 ? "Wei" : "Linus");
    one->at = local;
    one->at.y = i;
    one->u.i = 42;
    one->next = first;
    first = one;
  }
  words[0] = strdup("hello");
  raw = malloc(100);
  int *numbers = calloc(10, sizeof(int));
  char *bytes = (char *)first;
  struct text *line = malloc(sizeof *line + 6);
  line->length = 5;
  strcpy(line->bytes, "flex!");
  int **two = malloc(sizeof *two);
  *two = malloc(12);
  gone = malloc(sizeof *gone);
  free(gone);
  table[999999] = 77;
  malloc(1);
  return bytes == 0 || numbers == 0;
}`;

/** The session at the last call of malloc. */
function atEnd(target: 'x86_64' | 'i386' = 'x86_64'): Session {
  const session = openSession(program, { target });
  session.seek(session.recording.nextOfKind(session.recording.count, 'malloc', -1) ?? 0);
  return session;
}

const span = (start: number, bytes: number): { readonly start: number; readonly end: number } => ({
  start,
  end: start + bytes,
});

/** All members in the space of a global, by name. */
function global(
  session: Session,
  name: string,
  from = 0,
  units: number = mostMemberUnits,
  unit = 1,
): TypedObjectView {
  const found = session.globals('en').find((one) => one.name === name);
  assert.ok(found, name);
  const { objects } = session.members(span(Number(found.start) + from, units * unit), unit, 'en');
  const object = objects.find((one) => one.name === name);
  assert.ok(object, name);
  return object;
}

/** `offset+size name: type = value`, parts indented. */
function lines(of: TypedObjectView | MemberView, depth = 0, base = Number(of.start)): string[] {
  return of.parts.flatMap((part) => [
    `${'  '.repeat(depth)}${String(Number(part.start) - base)}+${String(part.sizeBytes)} ` +
      (part.kind === 'padding' ? 'padding' : `${part.name}: ${part.type} = ${part.value}`),
    ...lines(part, depth + 1, base),
  ]);
}

/** The blocks of the heap. */
function blocks(session: Session): readonly TypedObjectView[] {
  const heap = session.snapshot('en').heap;
  assert.ok(heap);
  const found: TypedObjectView[] = [];
  const seen = new Set<string>();
  for (let at = Number(heap.start); at < Number(heap.start) + 0x1000; at += mostMemberUnits) {
    const { objects }: MembersView = session.members(span(at, mostMemberUnits), 1, 'en');
    for (const object of objects)
      if (object.kind === 'block' && !seen.has(object.start)) {
        seen.add(object.start);
        found.push(object);
      }
  }
  return found;
}

describe('members of objects', () => {
  let session: Session;
  before(() => {
    session = atEnd();
  });

  it('has members at their offsets, padding between them, elements inside of them', () => {
    assert.deepEqual(lines(global(session, 'outer')), [
      '0+4 a: int = 1',
      '4+1 b: char = 2',
      '5+3 padding',
      '8+16 both: struct point[2] = {{x = 3, y = 4}, {x = 5, y = 6}}',
      '  8+8 [0]: struct point = {x = 3, y = 4}',
      '    8+2 x: short int = 3',
      '    10+2 padding',
      '    12+4 y: int = 4',
      '  16+8 [1]: struct point = {x = 5, y = 6}',
      '    16+2 x: short int = 5',
      '    18+2 padding',
      '    20+4 y: int = 6',
    ]);
  });

  it('puts bit-fields of one byte together', () => {
    assert.deepEqual(lines(global(session, 'flags')), [
      '0+1 low, high:  = {low = 5, high = 17}',
      "1+1 c: char = 120 'x'",
      '2+2 padding',
      '4+3 wide:  = -2',
      '7+1 padding',
    ]);
  });

  it('tells of a million elements those that are looked at', () => {
    const inside = global(session, 'table', 2_000_000, 64);
    assert.deepEqual(
      [inside.parts.length, inside.parts[0]?.name, inside.parts.at(-1)?.name],
      [16, '[500000]', '[500015]'],
    );
    assert.equal(global(session, 'table', 3_999_996).parts.at(-1)?.value, '77');
    assert.equal(global(session, 'table', 0, 512, 8192).parts.length, 0, 'too small to be seen');
  });

  it('opens variables of frames', () => {
    const { frames } = session.snapshot('en');
    const variable = frames[0]?.variables.find(({ name }) => name === 'local');
    assert.ok(variable);
    const { objects } = session.members(span(Number(variable.start), 8), 1, 'en');
    assert.deepEqual(
      objects.map(({ kind, name }) => [kind, name]),
      [['variable', 'local']],
    );
    assert.deepEqual(
      objects.flatMap((one) => lines(one)),
      ['0+2 x: short int = 7', '2+2 padding', '4+4 y: int = 8'],
    );
  });

  it('types blocks by the pointers that lead to them', () => {
    assert.deepEqual(
      blocks(session).map(({ name, type, sizeBytes }) => `${name}: ${type} [${String(sizeBytes)}]`),
      [
        'first->next->next: struct node [32]',
        'first->next: struct node [32]',
        'first: struct node [32]',
        'words[0]: char[6] [6]',
        'numbers: int[10] [40]',
        'line: struct text [10]',
        'two: int * [8]',
        '*two: int[3] [12]',
      ],
    );
  });

  it('shows text, members of unions and a flexible array member in blocks', () => {
    const named = new Map(blocks(session).map((block) => [block.name, block]));
    const node = named.get('first->next->next');
    const line = named.get('line');
    assert.ok(node !== undefined && line !== undefined);
    assert.deepEqual(
      lines(node),
      [
        '0+8 name: char[8] = "Ada"',
        '8+8 at: struct point = {x = 7, y = 0}',
        '  8+2 x: short int = 7',
        '  10+2 padding',
        '  12+4 y: int = 0',
        '16+8 u: union <anonymous> = {i = 42, f = 5.9e-44, d = 2.08e-322}',
        '  16+4 i: int = 42',
        '  16+4 f: float = 5.9e-44',
        '  16+8 d: double = 2.08e-322',
        '24+8 next: struct node * = NULL',
      ].map((one) => one),
    );
    assert.deepEqual(lines(line), ['0+4 length: int = 5', '4+6 bytes: char[] = "flex!"']);
  });

  it('says that an answer was cut, and keeps it small', () => {
    const many = openSession(`
      struct small { char a, b, c, d; };
      struct small all[4096];
      int main(void) { return all[0].a; }`);
    const found = many.globals('en').find(({ name }) => name === 'all');
    assert.ok(found);
    const answer = many.members(span(Number(found.start), mostMemberUnits), 1, 'en');
    assert.ok(answer.isCut);
    assert.ok(JSON.stringify(answer).length < 200_000);
  });

  it('works in 32 bit', () => {
    const node = blocks(atEnd('i386')).find(({ name }) => name === 'first');
    assert.deepEqual(
      node?.parts.map(({ name, sizeBytes }) => [name, sizeBytes]),
      [
        ['name', 8],
        ['at', 8],
        ['u', 8],
        ['next', 4],
      ],
    );
  });
});

describe('links of free chunks', () => {
  const free = (glibc: string) => {
    const session = openSession(
      `#include <stdlib.h>
      int main(void) { char *p = malloc(24), *q = malloc(24), *r = malloc(2000); malloc(1); free(p); free(q); free(r); malloc(2); }`,
      { glibc },
    );
    session.seek(session.recording.nextOfKind(session.recording.count, 'malloc', -1) ?? 0);
    session.seek(session.indexAfter('malloc', -1));
    return (session.snapshot('en').heap?.chunks ?? []).flatMap(({ mem, links = [] }) =>
      links.map(({ name, start, stored, meant }) => ({
        name,
        at: Number(start) - Number(mem),
        mem,
        stored,
        meant,
      })),
    );
  };

  it('has the words as stored and as meant: safe-linked since glibc 2.32', () => {
    const words = free('2.36');
    const [p, key, q] = words;
    assert.deepEqual([p?.name, key?.name, q?.name, key?.at], ['next', 'key', 'next', 8]);
    assert.equal(p?.meant, '0x0');
    assert.equal(BigInt(p.stored), BigInt(p.mem) >> 12n);
    assert.equal(q?.meant, p.mem);
    assert.equal(BigInt(q.stored), (BigInt(q.mem) >> 12n) ^ BigInt(p.mem));
    assert.deepEqual(
      words.slice(4).map(({ name }) => name),
      ['fd', 'bk'],
    );
  });

  it('has no key before glibc 2.29 and plain links before 2.32', () => {
    const words = free('2.27');
    assert.deepEqual(
      words.slice(0, 2).map(({ name }) => name),
      ['next', 'next'],
    );
    assert.equal(words[1]?.stored, words[0]?.mem);
  });
});
