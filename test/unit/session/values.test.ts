/**
 * Values as they are shown: what pointers lead to, and what nobody stored.
 */
import assert from 'node:assert/strict';
import { evaluatedView } from '../../../src/session/expression/evaluated-view.ts';
import type { Session } from '../../../src/session/session.ts';
import { openSession } from '../../support/open-session.ts';

/** Goes to the last step in the line with a marker. */
function goTo(session: Session, program: string, marker: string): void {
  const line = program.split('\n').findIndex((text) => text.includes(marker)) + 1;
  for (let step = session.stepCount; step > 0; step--) {
    session.seekStep(step);
    if (session.snapshot('en').step?.place?.line === line) return;
  }
  throw new Error(`no step in the line of ${marker}`);
}

/** The values of the innermost frame. */
const values = (session: Session): Record<string, string> =>
  Object.fromEntries(
    session.snapshot('en').frames[0]?.variables.map(({ name, value }) => [name, value]) ?? [],
  );

describe('values of pointers', () => {
  const program = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static int table[4];
static int twice(int n) { return 2 * n; }
int main(void) {
  static long calls = 3;
  int *data = malloc(24);
  int *inside = data + 2;
  int *gone = calloc(2, 4);
  int i = 1, *local = &i, *element = &table[3], *wild = (int *)8;
  long *shared = &calls;
  int (*fp)(int) = twice;
  int (*lib)(const char *) = puts;
  char *copy = strdup("four");
  char *start = calloc(1, 5000);
  memset(start, 'x', 100);
  free(gone);
  return 0; // stop
}
`;
  const session = openSession(program);
  before(() => {
    goTo(session, program, '// stop');
  });

  it('say what they lead to', () => {
    const found = values(session);
    const of = (name: string): string => (found[name] ?? '').replace(/^0x[0-9a-f]+ /, '');
    assert.deepEqual(['data', 'inside', 'gone', 'local', 'element', 'wild', 'shared', 'fp', 'lib'].map(of), [
      '<malloc(24) line 8>',
      '<malloc(24) line 8+8>',
      '<freed in line 18>',
      '<main: i>',
      '<table+12>',
      '<not readable>',
      '<main: calls>',
      '<twice>',
      '<puts>',
    ]);
    assert.match(of('copy'), /^<malloc\(5\) by strdup line 15> "four"$/);
    assert.match(of('start'), /^<calloc\(5000\) line 16> "x{60}"…$/);
  });

  it('are said in Chinese too', () => {
    const variables = session.snapshot('zh-cn').frames[0]?.variables;
    const data = variables?.find(({ name }) => name === 'data');
    assert.match(data?.value ?? '', /<第 8 行的 malloc\(24\)>$/);
  });

  it('are said of globals and of expressions', () => {
    assert.deepEqual(
      session.globals('en').map(({ name, functionName, value }) => [name, functionName, value]),
      [
        ['calls', 'main', '3'],
        ['table', undefined, '{0, 0, 0, 0}'],
      ],
    );
  });
});

describe('uninitialised bytes', () => {
  const program = `#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
struct point { int x, y; };
struct bits { unsigned a : 3, b : 5; };
static int sum(int n, ...) {
  va_list list;
  int all = 0;
  va_start(list, n);
  for (int i = 0; i < n; i++) all += va_arg(list, int);
  va_end(list);
  return all; // in sum
}
static void dirty(void) { volatile int a[64]; for (int i = 0; i < 64; i++) a[i] = -1; }
int main(void) {
  int part[3], loop, later;
  struct point never, copied, moved, half;
  struct bits bits;
  char text[8];
  struct stat status;
  struct timespec now;
  struct sigaction action;
  div_t divided;
  _Complex double z;
  _Atomic int atomic;
  long overflowed;
  void *jump[5];
  char line[16];
  int *block = malloc(12), *grown;
  dirty();
  part[1] = 5;
  copied = never;
  memcpy(&moved, &never, sizeof moved);
  half.x = 7;
  bits.a = 2;
  snprintf(text, sizeof text, "%d", 42);
  stat("/", &status);
  clock_gettime(CLOCK_REALTIME, &now);
  sigaction(SIGINT, 0, &action);
  divided = div(7, 2);
  z = 1.0;
  atomic = 4;
  __builtin_add_overflow(1, 2, &overflowed);
  memset(jump, 0, sizeof jump);
  fgets(line, sizeof line, stdin);
  block[1] = 3;
  grown = realloc(block, 16);
  for (loop = 0; loop < 2; loop++) sum(2, 3, 4);
  later = 1; // stop
  return later + grown[1] + part[1];
}
`;

  it('are known in frames and in blocks, and nothing else is called so', () => {
    const session = openSession(program, { stdin: 'words\n' });
    goTo(session, program, '// stop');
    session.findInitialised();
    const found = values(session);
    assert.match(found.part ?? '', /^\{-?\d+ <uninitialised>, 5, -?\d+ <uninitialised>\}$/);
    assert.match(found.later ?? '', /^-?\d+ <uninitialised>$/);
    assert.match(found.half ?? '', /^\{x = 7, y = -?\d+ <uninitialised>\}$/);
    for (const name of ['never', 'copied', 'moved']) assert.equal(found[name], '<uninitialised>', name);
    const marked = Object.keys(found).filter((name) => found[name]?.includes('uninitialised'));
    assert.deepEqual(marked.sort(), ['copied', 'half', 'later', 'moved', 'never', 'part']);
    const grown = [0, 1, 2, 3].map((i) => valueAt(session, `grown[${String(i)}]`).includes('uninit'));
    assert.deepEqual(grown, [true, false, true, true]);
  });

  it('are known in every activation anew', () => {
    const session = openSession(program, { stdin: 'words\n' });
    goTo(session, program, '// in sum');
    session.findInitialised();
    const marked = Object.entries(values(session)).filter(([, value]) => value.includes('uninitialised'));
    assert.deepEqual(marked, []);
  });

  it('are not told of records where functions return some', () => {
    const returning = `struct point { int x, y; };
static struct point make(int x) { struct point made = { x, x }; return made; }
int main(void) {
  struct point one = make(1), never;
  int later;
  later = one.x; // stop
  return later + (&never)->x * 0;
}
`;
    const session = openSession(returning);
    goTo(session, returning, '// stop');
    session.findInitialised();
    const marked = Object.keys(values(session)).filter((name) => values(session)[name]?.includes('uninit'));
    assert.deepEqual(marked, ['later']);
  });

  it('are not told of what is initialised where it is declared', () => {
    const zeroed = `struct three { int a, b, c; };
static int sum(void) {
  struct three some = { .b = 5 }, copy;
  int list[6] = { 1 }, later;
  copy = some;
  later = list[5]; // stop
  return later + copy.c;
}
int main(void) {
  volatile int dirt[32];
  for (int i = 0; i < 32; i++) dirt[i] = -1;
  return sum();
}
`;
    const session = openSession(zeroed);
    goTo(session, zeroed, '// stop');
    session.findInitialised();
    const found = values(session);
    assert.deepEqual([found.some, found.copy], Array(2).fill('{a = 0, b = 5, c = 0}'));
    assert.deepEqual(
      Object.keys(found).filter((name) => found[name]?.includes('uninit')),
      ['later'],
    );
  });

  it('are not claimed where nobody has found out', () => {
    const session = openSession(program, { stdin: 'words\n' });
    goTo(session, program, '// stop');
    session.findInitialised();
    session.seekStep(session.step);
    assert.ok(!Object.values(values(session)).some((value) => value.includes('uninitialised')));
  });

  it('are not looked for where that takes too many accesses', () => {
    const session = openSession(program, { stdin: 'words\n' });
    goTo(session, program, '// stop');
    session.findInitialised(50);
    assert.equal(valueAt(session, 'never'), values(session).never);
    assert.doesNotMatch(values(session).never ?? '', /uninit/);
    session.findInitialised();
    assert.match(values(session).never ?? '', /uninit/);
  });

  it('are the same right after an event as right before a step', () => {
    const session = openSession(program, { stdin: 'words\n' });
    const calls = session.recording.indicesOfKinds(['malloc']);
    session.seek(calls[0] ?? 0);
    session.findInitialised();
    const found = values(session);
    assert.equal(found.part, '<uninitialised>');
    assert.equal(session.index, calls[0]);
  });
});

/** Value of an expression, with what is known of its bytes. */
function valueAt(session: Session, text: string): string {
  return evaluatedView(session, text, 0, 'en').value;
}
