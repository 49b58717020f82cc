/**
 * A process of a run that is not the first one: what is recorded of it, and the same again at any moment.
 */
import assert from 'node:assert/strict';
import { decodeUtf8 } from '../../src/base/utf8.ts';
import { find } from '../../src/session/navigation.ts';
import { Session } from '../../src/session/session.ts';
import { openSession } from '../support/open-session.ts';

/** The first process makes two; the second of the run waits twice and makes the fourth. */
const family = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
int g = 1;
int main(void) {
  char *a = malloc(100), c;
  int p[2], s;
  strcpy(a, "parent");
  pipe(p);
  for (int i = 0; i < 2; i++)
    if (fork() == 0) {
      char *mine = malloc(5000 * (i + 1));
      g += 10 * (i + 1);
      if (i == 0) read(p[0], &c, 1); else write(p[1], "x", 1);
      strcpy(mine, a);
      if (i == 0 && fork() == 0) {
        a[0] = 'g';
        malloc(300000);
        abort();
      }
      while (wait(0) > 0) ;
      printf("child %d %s %d\\n", i, mine, g);
      free(mine);
      exit(i + 3);
    }
  while (wait(&s) > 0) printf("s %d\\n", WEXITSTATUS(s));
  free(a);
  return 0;
}
`;

const open = (process: number, text = family): Session => openSession(text, { stdoutKind: 'pipe', process });

/** The processes of {@link family}, each opened once. */
const opened = new Map<number, Session>();

function member(process: number): Session {
  const session = opened.get(process) ?? open(process);
  opened.set(process, session);
  return session;
}

/** Sizes that the program asked malloc for. */
function requests({ recording }: Session): number[] {
  return Array.from({ length: recording.count }, (_, index) => recording.eventAt(index)).flatMap((event) =>
    event.kind === 'malloc' && event.name === 'malloc' ? [event.args[0] ?? -1] : [],
  );
}

function outputOf({ recording }: Session): string {
  return recording
    .outputUpTo(recording.count - 1)
    .map(({ bytes }) => decodeUtf8(bytes))
    .join('');
}

/** What a moment is told by: memory, counters, frames, variables. */
function stateOf(session: Session): unknown {
  const { machine } = session;
  const { frames, event } = session.snapshot('en');
  const { mm } = machine.memory;
  return {
    event,
    frames,
    maps: session.maps(),
    rss: mm.rss,
    minflt: machine.memory.counters.minflt,
    globals: session.globals('en'),
  };
}

describe('a process that is not the first one', function () {
  this.timeout(60_000);
  it('has what its ancestors did before they made it, then its own part', () => {
    assert.deepEqual(requests(member(1)), [100, 4096]);
    assert.deepEqual(requests(member(2)), [100, 5000, 4096]);
    assert.deepEqual(requests(member(3)), [100, 10_000, 4096]);
    assert.deepEqual(requests(member(4)), [100, 5000, 300_000]);
    assert.equal(outputOf(member(2)), 'child 0 parent 11\n');
  });

  it('ends as it really does', () => {
    assert.deepEqual(member(3).trap, { kind: 'exit', status: 4 });
    const { trap } = member(4);
    assert.equal(trap.kind === 'signal' && trap.signal, 'SIGABRT');
  });

  it('is told with the process that made it, the line of the fork and its end', () => {
    const told = member(2)
      .processes('en')
      .map(({ number, pid, parent, place, end }) => [number, pid, parent, place?.line, end]);
    assert.deepEqual(told, [
      [1, 4242, undefined, undefined, 'exit status 0'],
      [2, 4243, 1, 13, 'exit status 3'],
      [3, 4244, 1, 13, 'exit status 4'],
      [4, 4245, 2, 18, 'killed by SIGABRT'],
    ]);
    assert.deepEqual(member(1).processes('en'), member(4).processes('en'));
  });

  it('is the same at any event, however one got there', () => {
    const session = member(4);
    const indices = Array.from({ length: session.recording.count }, (_, index) => index);
    const stateAt = (index: number): unknown => {
      session.seek(index);
      return stateOf(session);
    };
    const states = indices.map(stateAt);
    const backward = indices.reverse().map(stateAt);
    assert.deepEqual(backward.reverse(), states);
  });

  it('is the same at any step, and its steps are its own', () => {
    const session = member(4);
    const count = session.stepCount;
    const lines = Array.from({ length: count }, (_, i) => {
      session.seekStep(i + 1);
      return session.snapshot('en').step?.place?.line;
    });
    assert.deepEqual(
      lines.filter((line) => line !== undefined && line >= 19 && line <= 21),
      [19, 20, 21],
    );
    assert.equal(
      lines.some((line) => line !== undefined && line > 21),
      false,
    );
    session.seekStep(1);
    const found = find(session, { kind: 'line', place: { file: 'program.c', line: 19 } }, 'forward');
    assert.equal(found?.step, lines.indexOf(19) + 1);
    const when = find(session, { kind: 'condition', expression: 'g == 11' }, 'forward');
    assert.equal(lines[(when?.step ?? 0) - 1], 16);
  });

  it('has the maps that it reads itself', () => {
    const session = open(
      2,
      '#include <stdio.h>\n#include <stdlib.h>\n#include <sys/wait.h>\n#include <unistd.h>\nint main(void) { if (fork() == 0) { malloc(200000); char b[8192]; FILE *f = fopen("/proc/self/maps", "r"); size_t n = fread(b, 1, sizeof b, f); write(1, b, n); _exit(0); } wait(0); }',
    );
    const { recording } = session;
    const at = Array.from({ length: recording.count }, (_, index) => index).find(
      (index) => recording.eventAt(index).kind === 'output',
    );
    session.seek(at ?? 0);
    assert.equal(session.maps(), outputOf(session));
  });

  it('follows execve', () => {
    const session = open(
      2,
      '#include <stdlib.h>\n#include <sys/wait.h>\n#include <unistd.h>\nint main(int n, char **v) { if (n > 1) { malloc(77); return 5; } malloc(10); if (fork() == 0) { malloc(20); execl(v[0], v[0], "x", NULL); } wait(0); malloc(30); return 0; }',
    );
    assert.deepEqual(requests(session), [10, 20, 77]);
    assert.deepEqual(session.trap, { kind: 'exit', status: 5 });
    const count = session.stepCount;
    session.seekStep(count);
    assert.equal(session.evaluate('n').value.kind, session.evaluate('1').value.kind);
    session.seek(session.recording.count - 1);
    assert.equal(session.index, session.recording.count - 1);
  });

  it('says that it waits for ever where its parent ends first', () => {
    const session = open(
      2,
      '#include <unistd.h>\nint main(void) { int p[2]; char c; pipe(p); if (fork() == 0) { read(p[0], &c, 1); _exit(1); } return 0; }',
    );
    const { trap, recording } = session;
    assert.equal(trap.kind === 'unsupported' && trap.text.key, 'process.waitsForEver');
    session.seek(recording.count - 1);
    assert.equal(session.snapshot('en').event?.kind, 'process');
  });

  it('is told where there is none', () => {
    const { inputs } = member(1);
    const { session, problems } = Session.open({ ...inputs, process: 5 }, 'en');
    assert.equal(session, undefined);
    assert.equal(problems.at(-1)?.text, 'process 5 is not there: the run has processes 1 to 4');
  });

  it('is told of the accesses that lead to it, and of no other: who wrote a byte', () => {
    /** Lines that write the byte of `g`, from the end back. */
    const writers = (process: number): (number | undefined)[] => {
      const session = open(process);
      session.seek(session.recording.count - 1);
      const { program, machine } = session;
      const global = program.analysis.image.symbols.find(({ name }) => name === 'g');
      const address: `0x${string}` = `0x${(machine.loaded.loadBias + (global?.addr ?? 0)).toString(16)}`;
      const lines: (number | undefined)[] = [];
      for (;;) {
        const found = find(session, { kind: 'write', address, bytes: 1 }, 'back');
        if (found === undefined) return lines;
        lines.push(found.access?.place?.line);
        session.seekStep(found.step);
      }
    };
    // In the first process its children's stores are none of its own.
    assert.deepEqual(writers(1), []);
    assert.deepEqual(writers(2), [15]);
    assert.deepEqual(writers(3), [15]);
    assert.deepEqual(writers(4), [15]);
  });
});
