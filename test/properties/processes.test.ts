/**
 * Programs of several processes: order, waiting, and the same run again up to any event.
 */
import assert from 'node:assert/strict';
import { decodeUtf8 } from '../../src/base/utf8.ts';
import type { Session } from '../../src/session/session.ts';
import { openSession } from '../support/open-session.ts';

const head =
  '#include <stdio.h>\n#include <stdlib.h>\n#include <sys/mman.h>\n#include <sys/wait.h>\n#include <unistd.h>\n';

const run = (main: string): Session =>
  openSession(`${head}int main(void) { ${main} }`, { stdoutKind: 'pipe' });

function outputOf({ recording }: Session): string {
  return recording
    .outputUpTo(recording.count - 1)
    .map(({ bytes }) => decodeUtf8(bytes))
    .join('');
}

describe('processes of a run', () => {
  it('lets the parent run until it waits, then the children in their order', () => {
    const session = run(
      'setbuf(stdout, 0); for (int i = 0; i < 3; i++) if (fork() == 0) { printf("%d ", i); exit(i); } printf("p "); int s; while (wait(&s) > 0) printf("s%d ", WEXITSTATUS(s)); return 0;',
    );
    assert.equal(outputOf(session), 'p 0 1 2 s0 s1 s2 ');
  });

  it('numbers processes from that of the first one on', () => {
    const session = run(
      'pid_t me = getpid(), c = fork(); if (c == 0) { printf("%d %d\\n", getpid() - me, getppid() - me); return 0; } wait(0); printf("%d\\n", c - me);',
    );
    assert.equal(outputOf(session), '1 0\n1\n');
  });

  it('takes a process up again where it waited, as often as it waits', () => {
    const session = run(
      'int *shared = mmap(0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0); int a[2], b[2], own = 0; char c; pipe(a); pipe(b); if (fork() == 0) { for (int i = 0; i < 5; i++) { read(a[0], &c, 1); own += *shared; write(b[1], &c, 1); } printf("%d\\n", own); return 0; } for (int i = 0; i < 5; i++) { *shared = 1 << i; write(a[1], "x", 1); read(b[0], &c, 1); own++; } wait(0); printf("%d\\n", own);',
    );
    assert.equal(outputOf(session), '31\n5\n');
  });

  it('runs again to any event', function () {
    this.timeout(20_000);
    const session = run(
      'setbuf(stdout, 0); int *p = malloc(4); *p = 1; if (fork() == 0) { *p = 2; printf("child\\n"); return 0; } wait(0); *p = 3; printf("parent\\n"); free(p);',
    );
    const { recording } = session;
    const states = Array.from({ length: recording.count }, (_, index) => {
      session.seek(index);
      return session.machine.memory.mm.rss;
    });
    const backward = states.map((_, index) => {
      session.seek(recording.count - 1 - index);
      return session.machine.memory.mm.rss;
    });
    assert.deepEqual(backward.reverse(), states);
  });

  it('copies a page at the first write behind fork, of parent and child', () => {
    const session = run(
      'char *p = mmap(0, 40960, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); for (int i = 0; i < 10; i++) p[i * 4096] = 1; if (fork() == 0) { for (int i = 0; i < 10; i++) p[i * 4096]++; _exit(p[4096]); } for (int i = 0; i < 10; i++) p[i * 4096] += 4; int s; wait(&s); printf("%d %d\\n", p[4096], WEXITSTATUS(s));',
    );
    assert.equal(outputOf(session), '5 2\n');
  });

  it('says that processes wait for one another', () => {
    const session = run(
      'int p[2]; char c; pipe(p); if (fork() == 0) { read(p[0], &c, 1); return 0; } wait(0); return 0;',
    );
    const { trap } = session;
    assert.equal(trap.kind === 'unsupported' && trap.text.key, 'process.deadlock');
  });

  it('says that a thread could end the wait of another one for a process', () => {
    const session = openSession(
      `${head}#include <pthread.h>
int p[2];
void *feed(void *a) { write(p[1], "x", 1); return a; }
int main(void) {
  char c; pthread_t t; pipe(p);
  if (fork() == 0) { read(p[0], &c, 1); return 3; }
  pthread_create(&t, 0, feed, 0); wait(0); pthread_join(t, 0); return 0;
}`,
      { stdoutKind: 'pipe' },
    );
    const { trap } = session;
    assert.equal(trap.kind === 'unsupported' && trap.text.key, 'process.unsupported.threadsBeside');
    assert.equal(trap.kind === 'unsupported' && trap.position !== undefined, true);
  });

  it('says that processes wait for one another where no thread could help', () => {
    const session = openSession(
      `${head}#include <pthread.h>
int p[2];
pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
void *stuck(void *a) { pthread_mutex_lock(&m); write(p[1], "x", 1); return a; }
int main(void) {
  char c; pthread_t t; pipe(p); pthread_mutex_lock(&m);
  if (fork() == 0) { read(p[0], &c, 1); return 3; }
  pthread_create(&t, 0, stuck, 0); usleep(1000); wait(0); return 0;
}`,
      { stdoutKind: 'pipe' },
    );
    const { trap } = session;
    assert.equal(trap.kind === 'unsupported' && trap.text.key, 'process.deadlock');
  });

  it('stops where a limit is reached in a child', () => {
    const session = run('if (fork() == 0) for (;;) ; wait(0); return 0;');
    const { trap } = session;
    assert.equal(trap.kind === 'limit' && trap.limit, 'fuel');
  });
});
