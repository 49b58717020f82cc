/**
 * What a session tells of a program with threads: whose an event is, whose stack a mapping is, where each thread stands.
 */
import assert from 'node:assert/strict';
import type { Session } from '../../../src/session/session.ts';
import { checkRun } from '../../../src/session/check-run.ts';
import { openSession } from '../../support/open-session.ts';

const text = `#include <pthread.h>
#include <stdlib.h>
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static void *inner(void *x) {
  void *p = malloc(100);
  pthread_mutex_lock(&m);
  free(p);
  pthread_mutex_unlock(&m);
  return x;
}
static void *outer(void *x) { return inner(x); }
int main(void) {
  pthread_t t;
  free(malloc(10));
  pthread_mutex_lock(&m);
  pthread_create(&t, 0, outer, 0);
  malloc(20);
  sched_yield();
  malloc(30);
  pthread_mutex_unlock(&m);
  pthread_join(t, 0);
  malloc(40);
  return 0;
}
`;

/** Index of the call of malloc that asks for so many bytes. */
function allocation(session: Session, bytes: number): number {
  const { recording } = session;
  for (let index = 0; index < recording.count; index++) {
    const event = recording.eventAt(index);
    if (event.kind === 'malloc' && event.name === 'malloc' && event.args[0] === bytes) return index;
  }
  throw new assert.AssertionError({ message: `no allocation of ${String(bytes)} bytes` });
}

describe('a session with threads', function () {
  this.timeout(10_000);

  it('tells which thread an event happened in', () => {
    const session = openSession(text);
    const { recording } = session;
    assert.deepEqual(
      [10, 20, 100, 30, 40].map((bytes) => recording.threadAt(allocation(session, bytes))),
      [1, 1, 2, 1, 1],
    );
  });

  it('has the stacks of all threads at any event', () => {
    const session = openSession(text);
    const names = (thread: number): readonly string[] =>
      session.machine.callStackOf(thread).map((frame) => frame.function.name);
    session.seek(allocation(session, 30));
    assert.deepEqual([names(1), names(2)], [['main'], ['inner', 'outer']]);
    session.seek(allocation(session, 100));
    assert.deepEqual([names(1), names(2)], [['main'], ['inner', 'outer']]);
    session.seek(allocation(session, 10));
    assert.deepEqual([names(1), names(2)], [['main'], []]);
  });

  it('tells the stacks of the threads that do not run, with their variables', () => {
    const session = openSession(text);
    const told = (bytes: number): unknown => {
      session.seek(allocation(session, bytes));
      const { thread, threadCount, frames, otherThreads } = session.snapshot('en');
      const names = (list: typeof frames): readonly string[] => list.map((one) => one.functionName);
      return [
        thread,
        threadCount,
        names(frames),
        otherThreads.map((one) => [one.number, names(one.frames), one.frameCount]),
      ];
    };
    assert.deepEqual(told(10), [1, 1, ['main'], []]);
    assert.deepEqual(told(20), [1, 2, ['main'], [[2, [], 0]]]);
    assert.deepEqual(told(100), [2, 2, ['inner', 'outer'], [[1, ['main'], 1]]]);
    assert.deepEqual(told(30), [1, 2, ['main'], [[2, ['inner', 'outer'], 2]]]);
    const [waiting] = session.snapshot('en').otherThreads;
    assert.equal(waiting?.frames[0]?.place?.line, 6);
    assert.match(
      waiting?.frames[0]?.variables.find(({ name }) => name === 'p')?.value ?? '',
      /malloc\(100\) line 5/,
    );
    assert.deepEqual(told(40), [1, 1, ['main'], []]);
  });

  it('names stacks, guards and heaps of threads, which have no names in maps', () => {
    const session = openSession(text);
    const described = (): readonly string[] =>
      session
        .snapshot('en')
        .mappings.map(({ description }) => description)
        .filter((one) => /thread \d|arena|ended/.test(one));
    session.seek(allocation(session, 30));
    assert.deepEqual(described(), [
      'heap of malloc’s arena 2, which serves threads besides the main one',
      'room for the heap of malloc’s arena 2 to grow',
      'guard below the stack of thread 2: an access is an overflow',
      'stack of thread 2, at its top the thread-local storage and control block',
    ]);
    session.seek(allocation(session, 40));
    assert.deepEqual(described().slice(2), [
      'stack of a thread that has ended, kept for the next one',
      'stack of a thread that has ended, kept for the next one',
    ]);
  });

  it('finds what threads lose, and nothing in what glibc keeps for them', () => {
    const { mistakes, leaks } = checkRun(
      openSession(`#include <pthread.h>
#include <stdlib.h>
static void *work(void *x) {
  malloc(77);
  pthread_exit(x);
}
int main(void) {
  pthread_t t;
  pthread_create(&t, 0, work, 0);
  pthread_join(t, 0);
  return 0;
}
`),
      'en',
    );
    assert.deepEqual(mistakes, []);
    assert.deepEqual(
      leaks.map(({ kind, bytes, place }) => [kind, bytes, place?.line]),
      [['definite', 77, 4]],
    );
  });
});
