/**
 * Values of variables as gdb prints them, of the same program stopped at the same line.
 *
 * gdb spells what it knows as well: names of functions and static objects behind addresses, text, enumerators, members.
 * What is only ours (variables of frames and blocks behind an address, the number behind an enumerator) is left out, and
 * so are the digits of stack addresses (gdb gives its process other environment variables) and octal escapes of characters
 * without a name.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasGcc } from '../../support/gcc.ts';
import { openSession } from '../../support/open-session.ts';

const program = `#include <stdlib.h>
enum color { RED, GREEN = 5 };
enum flags { A = 1, B = 2, C = 4 };
struct point { int x, y; };
struct node { struct point at; unsigned kind : 3, sign : 1; int delta : 4; enum color hue : 4; struct node *next; };
union word { unsigned u; int i; float f; };
struct ops { int (*f)(int); const char *label; union { int a; float b; }; };
static int table[4] = { 10, 20, 30, 40 };
static int matrix[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } };
double ratio = 2.5;
const char *name = "hello";
static int twice(int n) { return 2 * n; }
static struct ops ops = { twice, "twi\\"ce\\n", { 1065353216 } };
static struct ops *chosen = &ops;
static const char *words[] = { "one", "tw\\303\\266", "\\001x", 0 };
int main(void)
{
  struct node *head = calloc(1, sizeof *head);
  struct node node = { { 3, -4 }, 6, 1, -2, GREEN, head };
  union word w = { .f = 1.0f };
  enum color c = GREEN, unnamed = 3;
  enum flags set = A | C;
  int i = -7, *p = &table[1], *end = matrix[1] + 1, *none = 0, *local = &i, **chain = &p;
  int (*fp)(int) = twice;
  void *code = (void *)main;
  char text[16] = "a\\tb\\001\\\\";
  const char *inside = name + 2;
  double nz = -0.0, huge = 1e300 * 1e10, big = 1e21;
  float tenth = 0.1f;
  long double ld = 1.25L;
  _Bool yes = 1;
  char ch = '\\'', newline = 10;
  signed char negative = -1;
  unsigned char high = 200;
  short s = -300;
  unsigned long long all = ~0ull;
  struct point pair[2] = { { 1, 2 }, { 3, 4 } };
  volatile int done = 0;
  return done; /* stop */
}
`;

const globals = ['table', 'matrix', 'ratio', 'name', 'ops', 'chosen', 'words'];

/** What gdb prints of the locals and the globals, name by name. */
function gdbValues(): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'values-'));
  try {
    writeFileSync(join(folder, 'program.c'), program);
    execFileSync('gcc', ['-g', '-w', '-o', 'program', 'program.c'], { cwd: folder });
    const commands = [
      'set print null-stop on',
      'set width 0',
      `break ${String(stopLine)}`,
      'run',
      'info locals',
      ...globals.map((one) => `printf "${one} = "\noutput ${one}\necho \\n`),
    ];
    writeFileSync(join(folder, 'commands'), commands.join('\n'));
    const text = execFileSync('gdb', ['-nx', '-batch', '-x', 'commands', './program'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const lines = [...text.matchAll(/^(\w+) = (.*)$/gm)];
    return new Map(lines.map(([, name = '', value = '']) => [name, value]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const stopLine = program.split('\n').findIndex((line) => line.includes('/* stop */')) + 1;

/** What the session shows at the same line. */
function ourValues(): ReadonlyMap<string, string> {
  const session = openSession(program);
  for (let step = session.stepCount; step > 0; step--) {
    session.seekStep(step);
    if (session.snapshot('en').step?.place?.line === stopLine) break;
  }
  const locals = session.snapshot('en').frames[0]?.variables ?? [];
  return new Map([...locals, ...session.globals('en')].map(({ name, value }) => [name, value]));
}

/** A spelling that both have in common. */
function common(value: string): string {
  return value
    .replace(/NULL/g, '0x0')
    .replace(/^(-?\d+) '\\\d{3}'$/, '$1')
    .replace(/\(int \(\*\)\(int\)\) /g, '')
    .replace(/^\([^()]*\*+\) /, '')
    .replace(/(\w) \(\d+\)/g, '$1')
    .replace(/\(((?:\w+ \| )+\w+)\)/g, '$1')
    .replace(/ <\w+: [^>]*>| <\w+\(\d+\) line[^>]*>/g, '')
    .replace(/0x7f[0-9a-f]+/g, '0x7f…')
    .replace(/\d+\.\d+/g, (digits) => String(Number(Number(digits).toPrecision(7))));
}

function hasGdb(): boolean {
  try {
    execFileSync('gdb', ['--version'], { stdio: 'ignore' });
    return hasGcc('values of variables beside those of gdb');
  } catch {
    console.warn('NOT RUN: values of variables beside those of gdb: there is no gdb on this machine');
    return false;
  }
}

describe('values of variables', () => {
  it('are those that gdb prints', function () {
    if (!hasGdb()) this.skip();
    this.timeout(30_000);
    const [gdb, ours] = [gdbValues(), ourValues()];
    assert.ok(gdb.size >= 30, `gdb printed ${String(gdb.size)} values`);
    const spelled = (values: ReadonlyMap<string, string>): Record<string, string> =>
      Object.fromEntries([...gdb.keys()].sort().map((key) => [key, common(values.get(key) ?? 'not there')]));
    assert.deepEqual(spelled(ours), spelled(gdb));
  });
});
