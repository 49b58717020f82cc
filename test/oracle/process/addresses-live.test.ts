/**
 * Programs that print addresses (of globals, locals, heap blocks, functions, argv, the environment), run for real with address
 * randomisation off and in the simulation: equal line by line.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { hasGcc } from '../../support/gcc.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';
import { addressKinds } from './address-kinds.ts';
import { addressPrograms } from './address-programs.ts';

/** Lines whose addresses come from the process alone: not from how long gcc's code is, nor from its frames or sections. */
const byProcess =
  /^(again|argv|big 0x\S+ 0x|break|file|libc|line|malloc|map|node|own|own_set|status|stdout|environ|errno) /;

/** Lines of the real program, started as the simulated one is: no environment, argv[0] the same. */
function realLines(path: string): readonly string[] {
  const { stdout, status } = spawnSync('setarch', ['-R', './program'], {
    cwd: dirname(path),
    env: {},
    encoding: 'latin1',
  });
  return [...stdout.split('\n'), `status ${String(status)}`];
}

function simulatedLines(files: readonly string[]): readonly string[] {
  const session = openSession(files, { stdoutKind: 'pipe', ldCacheBytes: libraryCacheBytes() });
  const pieces = session.recording.outputUpTo(session.recording.count);
  const stdout = Buffer.concat(pieces.filter((piece) => piece.fd === 1).map((piece) => piece.bytes));
  const { trap } = session;
  return [
    ...stdout.toString('latin1').split('\n'),
    `status ${String(trap.kind === 'exit' ? trap.status : trap.kind)}`,
  ];
}

describe('addresses that programs print, run for real', () => {
  const total = { lines: 0, equal: 0, programs: 0 };
  const all = [...addressPrograms.map(({ name, text }) => ({ name, files: [text] })), ...addressKinds];
  for (const { name, files } of all) {
    it(`${name}: heap, stack, libc and arguments are where they really are`, function () {
      if (!hasGcc(name)) return;
      this.timeout(30_000);
      const program = compileReal(files, []);
      try {
        const theirs = realLines(program.path);
        const ours = simulatedLines(files);
        const equal = theirs.filter((line, i) => line === ours[i]).length;
        total.lines += theirs.length;
        total.equal += equal;
        if (equal === theirs.length) total.programs += 1;
        const different = theirs.flatMap((line, i) =>
          line === ours[i] ? [] : [`${String(ours[i])}, really ${line}`],
        );
        for (const one of different) console.log(`      ${one}`);
        assert.deepEqual(
          different.filter((one) => byProcess.test(one)),
          [],
        );
      } finally {
        program.remove();
      }
    });
  }
  after(() => {
    const { lines, equal, programs } = total;
    if (lines === 0) return;
    assert.ok(equal >= 0.95 * lines, '95 lines of a hundred are equal');
    console.log(
      `      equal lines: ${equal} of ${lines} (${((100 * equal) / lines).toFixed(2)} %); whole programs: ${programs} of ${all.length}`,
    );
  });
});
