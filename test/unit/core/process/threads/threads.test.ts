/**
 * Programs with threads as far as the order of their threads is the simulation's own: who runs when, how a program hangs.
 */
import assert from 'node:assert/strict';
import { decodeUtf8 } from '../../../../../src/base/utf8.ts';
import { renderText } from '../../../../../src/core/text/all-texts.ts';
import { openSession } from '../../../../support/open-session.ts';

function run(text: string): { readonly output: string; readonly end: string } {
  const { recording, trap } = openSession(text, { stdoutKind: 'pipe' });
  const output = recording.outputUpTo(recording.count - 1).filter(({ fd }) => fd === 1);
  return {
    output: output.map(({ bytes }) => decodeUtf8(bytes)).join(''),
    end:
      trap.kind === 'exit'
        ? `exit ${String(trap.status)}`
        : trap.kind === 'unsupported'
          ? renderText(trap.text, 'en')
          : trap.kind,
  };
}

describe('threads', function () {
  this.timeout(10_000);

  it('first run in the order in which they were made, when their maker waits', () => {
    const { output } = run(`
#include <pthread.h>
#include <stdio.h>
static void *work(void *x) { printf("%ld ", (long)x); return 0; }
int main(void) {
  pthread_t t[3];
  for (long i = 0; i < 3; i++) pthread_create(&t[i], 0, work, (void *)i);
  printf("made ");
  for (int i = 0; i < 3; i++) pthread_join(t[i], 0);
  printf("joined\\n");
}`);
    assert.equal(output, 'made 0 1 2 joined\n');
  });

  it('take turns when one of them only looks for a change', () => {
    const { output } = run(`
#include <pthread.h>
#include <stdio.h>
static volatile int ready;
static void *work(void *x) { ready = 1; return x; }
int main(void) {
  pthread_t t;
  pthread_create(&t, 0, work, 0);
  long turns = 0;
  while (!ready) turns++;
  printf("%d\\n", turns > 1000);
  pthread_join(t, 0);
}`);
    assert.equal(output, '1\n');
  });

  it('wake in the order of their times', () => {
    const { output } = run(`
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
static void *work(void *x) { usleep(1000 * (10 - (long)x)); printf("%ld ", (long)x); return 0; }
int main(void) {
  pthread_t t[4];
  for (long i = 0; i < 4; i++) pthread_create(&t[i], 0, work, (void *)i);
  for (int i = 0; i < 4; i++) pthread_join(t[i], 0);
}`);
    assert.equal(output, '3 2 1 0 ');
  });

  it('that wait for each other end the run, each with its line and what it waits for', () => {
    const { output, end } = run(`#include <pthread.h>
#include <stdio.h>
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static void *work(void *x) {
  pthread_mutex_lock(&b);
  sched_yield();
  pthread_mutex_lock(&a);
  return x;
}
int main(void) {
  pthread_t t;
  pthread_mutex_lock(&a);
  pthread_create(&t, 0, work, 0);
  sched_yield();
  puts("so far");
  pthread_mutex_lock(&b);
  return 0;
}`);
    assert.equal(output, 'so far\n');
    assert.equal(
      end,
      'deadlock: every thread waits, the process would hang for ever. ' +
        'Thread 1 waits at line 16: for mutex b, held by thread 2. ' +
        'Thread 2 waits at line 7: for mutex a, held by thread 1.',
    );
  });

  it('are none in a program that locks a mutex twice: it hangs all the same', () => {
    const { end } = run(`#include <pthread.h>
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
int main(void) {
  pthread_mutex_lock(&m);
  pthread_mutex_lock(&m);
}`);
    assert.match(end, /^deadlock: .*for mutex m, which it holds itself\.$/);
  });

  it('of 32-bit programs have the stacks, descriptors and arguments of i386', () => {
    const { recording, trap } = openSession(
      `#include <pthread.h>
#include <stdio.h>
static __thread int tv = 3;
static void *work(void *x) { tv += (long)x; printf("%p %p %d\\n", (void *)pthread_self(), (void *)&tv, tv); return &tv; }
int main(void) { pthread_t t; void *r; pthread_create(&t, 0, work, (void *)4); pthread_join(t, &r); printf("%p\\n", r); return 0; }`,
      { target: 'i386', stdoutKind: 'pipe', ldCacheBytes: 42_227 },
    );
    const output = recording.outputUpTo(recording.count - 1).map(({ bytes }) => decodeUtf8(bytes));
    // Figures of the same program, compiled by gcc -m32 with a library cache of that size.
    assert.equal(output.join(''), '0xf7d8bb40 0xf7d8bb3c 7\n0xf7d8bb3c\n');
    assert.deepEqual(trap, { kind: 'exit', status: 0 });
  });

  it('run in an order that a seed draws, the same for the same seed', () => {
    const order = (threadSeed: number): string => {
      const { recording } = openSession(
        `#include <pthread.h>
#include <stdio.h>
static void *work(void *x) { printf("%ld", (long)x); return 0; }
int main(void) { pthread_t t[6]; for (long i = 0; i < 6; i++) pthread_create(&t[i], 0, work, (void *)i);
for (int i = 0; i < 6; i++) pthread_join(t[i], 0); }`,
        { stdoutKind: 'pipe', machine: { threadSeed } },
      );
      return recording
        .outputUpTo(recording.count - 1)
        .map(({ bytes }) => decodeUtf8(bytes))
        .join('');
    };
    assert.equal(order(0), '012345');
    const drawn = [1, 2, 3].map(order);
    assert.equal(order(1), drawn[0]);
    assert.ok(new Set(drawn).size > 1, drawn.join(' '));
    for (const one of drawn) assert.equal(Array.from(one).sort().join(''), '012345');
  });

  it('do the same each time the program runs', () => {
    const text = `
#include <pthread.h>
#include <stdlib.h>
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static void *blocks[40];
static int next;
static void *work(void *x) {
  for (int i = 0; i < 10; i++) {
    void *p = malloc(10 + i * 7);
    pthread_mutex_lock(&m);
    blocks[next++] = p;
    pthread_mutex_unlock(&m);
    for (volatile int k = 0; k < 30000; k++);
  }
  return x;
}
int main(void) {
  pthread_t t[4];
  for (int i = 0; i < 4; i++) pthread_create(&t[i], 0, work, 0);
  for (int i = 0; i < 4; i++) pthread_join(t[i], 0);
  return 0;
}`;
    const results = (): unknown[] => {
      const { recording } = openSession(text, { stdoutKind: 'pipe' });
      return Array.from({ length: recording.count }, (_, index) => recording.eventAt(index));
    };
    assert.deepEqual(results(), results());
  });
});
