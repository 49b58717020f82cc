import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { openSession } from '../../../support/open-session.ts';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/frames/${name}`, import.meta.url), 'utf8');

describe('functions that align their frames', () => {
  // Recorded: gcc 12.2 -O0, glibc 2.36, randomisation off, no environment, argv[0] "./program", output to a pipe.
  it('have variables, arguments and callees at the addresses of the real program', () => {
    const session = openSession(fixture('realigned.c'), { stdoutKind: 'pipe' });
    const pieces = session.recording.outputUpTo(session.recording.count);
    const stdout = pieces.filter((piece) => piece.fd === 1).map((piece) => piece.bytes);
    assert.equal(Buffer.concat(stdout).toString('latin1'), fixture('realigned.out'));
  });
});
