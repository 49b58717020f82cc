/**
 * What a real program shows of statuses beyond a byte, of `atoi` beyond `int`, and of `brk` where the break already is.
 */
import assert from 'node:assert/strict';
import { openSession } from '../../../support/open-session.ts';
import type { SessionSettings } from '../../../support/open-session.ts';
import type { Session } from '../../../../src/session/session.ts';

const run = (body: string, settings: SessionSettings = {}): Session =>
  openSession(
    `#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\n
     static void told(int status, void *word) { printf("%d %s\\n", status, (char *)word); }
     int main(void) { ${body} }`,
    { stdoutKind: 'pipe', ...settings },
  );

function outputOf(session: Session): string {
  const pieces = session.recording.outputUpTo(session.recording.count);
  return Buffer.concat(pieces.map((piece) => piece.bytes)).toString('latin1');
}

function callsOf(session: Session, name: string): readonly (readonly number[])[] {
  const { recording } = session;
  return Array.from({ length: recording.count }, (_, i) => recording.eventAt(i)).flatMap((event) =>
    event.kind === 'syscall' && event.name === name ? [event.args] : [],
  );
}

describe('the status of a process', () => {
  for (const end of ['exit(259);', 'return 259;']) {
    it(`reaches handlers of on_exit and exit_group whole, and the parent by its low byte: ${end}`, () => {
      const session = run(`on_exit(told, "word"); ${end}`);
      assert.equal(outputOf(session), '259 word\n');
      assert.deepEqual(callsOf(session, 'exit_group'), [[259]]);
      assert.deepEqual(session.trap, { kind: 'exit', status: 3 });
    });
  }
});

describe('syscall', () => {
  it('ends the process where it is asked to, and goes on with other calls', () => {
    const session = run('printf("%d\\n", syscall(39) == getpid()); fflush(stdout); syscall(231, 259L);');
    assert.equal(outputOf(session), '1\n');
    assert.deepEqual(session.trap, { kind: 'exit', status: 3 });
  });
});

describe('numbers of the library', () => {
  it('atoi stops at the ends of long, and is cut to int', () => {
    const body = 'printf("%d %d\\n", atoi("2147483648"), atoi("-99999999999")); return 0;';
    assert.equal(outputOf(run(body)), '-2147483648 -1215752191\n');
    assert.equal(outputOf(run(body, { target: 'i386' })), '2147483647 -2147483648\n');
  });

  it('brk asks the kernel where the break already is, too', () => {
    const session = run('char *end = sbrk(0); return brk(end);');
    assert.equal(callsOf(session, 'brk').length, 2);
  });
});
