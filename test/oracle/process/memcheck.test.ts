/**
 * The checks beside valgrind's memcheck: kinds and sizes of leaks are equal, and what memcheck finds is found.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkRun } from '../../../src/session/check-run.ts';
import { openSession } from '../../support/open-session.ts';
import { seededBugs } from '../../support/seeded-bugs.ts';

const leaky = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct node { struct node *next; char data[24]; };
static struct node *kept;
static struct node *make(struct node *next) {
  struct node *n = calloc(1, sizeof *n);
  n->next = next;
  return n;
}
static void lose(void) {
  char *lost = malloc(100);
  lost[0] = 1;
}
int main(void) {
  kept = make(make(0));
  struct node *gone = make(make(make(0)));
  gone = 0;
  static char *inside;
  inside = malloc(50);
  inside += 10;
  char *copy = strdup("seven");
  copy = realloc(copy, 3000);
  lose();
  printf("done\\n");
  return gone != 0;
}
`;

const hasValgrind =
  spawnSync('valgrind', ['--version']).status === 0 && spawnSync('gcc', ['--version']).status === 0;
if (!hasValgrind) console.warn('memcheck is not compared with: no gcc or no valgrind here');

describe('checks beside memcheck', function () {
  this.timeout(120_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'atlas-memcheck-'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** What memcheck prints. */
  function memcheck(text: string): string {
    writeFileSync(join(folder, 'p.c'), text);
    execFileSync('gcc', ['-g', '-O0', '-w', '-o', 'p', 'p.c'], { cwd: folder });
    return spawnSync('valgrind', ['--leak-check=full', './p'], { cwd: folder, encoding: 'utf8' }).stderr;
  }

  it('sort leaks alike, to the byte', () => {
    if (!hasValgrind) return;
    const printed = memcheck(leaky);
    const { leaks } = checkRun(openSession(leaky), 'en');
    for (const [kind, title] of [
      ['definite', 'definitely lost'],
      ['indirect', 'indirectly lost'],
      ['possible', 'possibly lost'],
      ['reachable', 'still reachable'],
    ] as const) {
      const found = new RegExp(`${title}: ([\\d,]+) bytes in ([\\d,]+) blocks`).exec(printed);
      const real = [found?.[1], found?.[2]].map((digits) => Number((digits ?? '').replaceAll(',', '')));
      const ours = leaks.filter((leak) => leak.kind === kind);
      const sums = [
        ours.reduce((sum, { bytes }) => sum + bytes, 0),
        ours.reduce((sum, { blocks }) => sum + blocks, 0),
      ];
      assert.deepEqual(sums, real, title);
    }
  });

  const kinds = [...new Set(seededBugs.map(({ kind }) => kind))];
  for (const kind of kinds) {
    it(`find ${kind} where memcheck does`, () => {
      const bug = seededBugs.find((one) => one.kind === kind);
      if (!hasValgrind || bug === undefined) return;
      const printed = memcheck(bug.buggy);
      const lines = new Set([...printed.matchAll(/\(p\.c:(\d+)\)/g)].map(([, line]) => Number(line)));
      const { mistakes } = checkRun(openSession(bug.buggy), 'en');
      assert.ok(mistakes.length > 0);
      assert.match(printed, kind === 'read-only-write' ? /SIGSEGV/ : /ERROR SUMMARY: [1-9]/);
      // memcheck tells of a value that is not initialised, as that of a dead local, where something depends on it.
      if (kind !== 'dead-local' && kind !== 'uninitialised')
        for (const { place } of mistakes) assert.ok(lines.has(place?.line ?? 0), printed);
      assert.match(memcheck(bug.clean), /ERROR SUMMARY: 0 errors/);
      assert.deepEqual(checkRun(openSession(bug.clean), 'en').mistakes, []);
    });
  }
});
