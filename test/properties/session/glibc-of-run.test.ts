/** A run has the malloc of the release that was asked for, in the data of the libc whose libraries it maps. */
import assert from 'node:assert/strict';
import { glibcReleases } from '../../../src/core/target/glibc-release.ts';
import { openSession } from '../../support/open-session.ts';

const program =
  '#include <stdlib.h>\nint main(void) { char *a = malloc(1024), *b = malloc(1); free(b); free(a); return 0; }\n';

/** Where the first block lies: behind the tcache structure, where there is one by then. */
const firstBlocks: Readonly<Record<string, string>> = {
  '2.23': '0x555555559010',
  '2.26': '0x555555559260',
  '2.29': '0x555555559260',
  '2.30': '0x5555555592a0',
  '2.41': '0x5555555592a0',
  // A chunk of 1,040 bytes is too large for its cache, which is not made yet.
  '2.42': '0x555555559010',
  '2.43': '0x555555559010',
  '2.44': '0x555555559010',
};

describe('the glibc of a run', () => {
  for (const { name } of glibcReleases) {
    it(`can be ${name}`, () => {
      const session = openSession(program, { glibc: name });
      session.seek(session.recording.count - 1);
      const { program: shown, outcome } = session.snapshot('en');
      assert.equal(shown.glibc, name);
      assert.equal(outcome?.kind, 'exit');
    });
  }

  for (const [name, first] of Object.entries(firstBlocks))
    it(`has its first block at ${first} with ${name}`, () => {
      const session = openSession(program, { glibc: name });
      assert.equal(session.snapshot('en').event?.text, `malloc(1024) = ${first}`);
    });
});
