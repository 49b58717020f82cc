/**
 * Values that are not initialised, followed beside memcheck: in random programs the same lines decide something by one.
 * UNDEFINED_PROGRAMS says how many, UNDEFINED_FROM the first one's number.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkRun } from '../../../src/session/check-run.ts';
import { openSession } from '../../support/open-session.ts';
import { undefinedProgram } from '../../support/undefined-programs.ts';

const first = Number(process.env.UNDEFINED_FROM ?? 0);
const count = Number(process.env.UNDEFINED_PROGRAMS ?? 12);

/**
 * What gcc's front end folds and we read: 29, the condition `!x + 77`, which is never zero; 131, `v[1] -= v[1]`, which stores
 * zero without reading.
 */
const left = new Set([29, 131]);

const hasValgrind =
  spawnSync('valgrind', ['--version']).status === 0 && spawnSync('gcc', ['--version']).status === 0;
if (!hasValgrind) console.warn('memcheck is not compared with: no gcc or no valgrind here');

/** Lines of the innermost functions of the program in memcheck's errors about such values. */
function linesOf(printed: string): readonly number[] {
  const lines = new Set<number>();
  let isIn = false;
  for (const line of printed.split('\n')) {
    if (line.includes('uninitialised')) isIn = true;
    const found = /\(p\.c:(\d+)\)/.exec(line);
    if (!isIn || found === null) continue;
    lines.add(Number(found[1]));
    isIn = false;
  }
  return [...lines].sort((a, b) => a - b);
}

describe('values that are not initialised, beside memcheck', function () {
  this.timeout(60_000);
  let folder = '';
  before(function () {
    if (!hasValgrind) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'atlas-undefined-'));
  });
  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  });

  for (let seed = first; seed < first + count; seed++) {
    if (left.has(seed)) continue;
    it(`number ${String(seed)}`, () => {
      const text = undefinedProgram(seed);
      writeFileSync(join(folder, 'p.c'), text);
      execFileSync('gcc', ['-g', '-O0', '-w', '-o', 'p', 'p.c'], { cwd: folder });
      const real = spawnSync('valgrind', ['-q', './p'], { cwd: folder, encoding: 'utf8' }).stderr;
      const session = openSession(text);
      assert.deepEqual(session.trap, { kind: 'exit', status: 0 });
      const { mistakes } = checkRun(session, 'en');
      const ours = new Set(
        mistakes.filter(({ kind }) => kind === 'uninitialised').map(({ place }) => place?.line ?? 0),
      );
      assert.deepEqual(
        [...ours].sort((a, b) => a - b),
        linesOf(real),
      );
    });
  }
});
