/** Functions of the program that libc calls, where threads wait in them. */
import assert from 'node:assert/strict';
import { decodeUtf8 } from '../../../../src/base/utf8.ts';
import { renderText } from '../../../../src/core/text/all-texts.ts';
import { openSession } from '../../../support/open-session.ts';

function run(text: string): { readonly output: string; readonly end: string } {
  const { recording, trap } = openSession(`#include <pthread.h>\n#include <stdio.h>\n${text}`);
  const output = recording.outputUpTo(recording.count - 1).filter(({ fd }) => fd === 1);
  const end = trap.kind === 'unsupported' ? renderText(trap.text, 'en') : trap.kind;
  return { output: output.map(({ bytes }) => decodeUtf8(bytes)).join(''), end };
}

describe('functions that libc calls in a program with threads', function () {
  this.timeout(20_000);

  it('wait in the function of pthread_once while others run', () => {
    const { output, end } = run(`
      #include <unistd.h>
      static pthread_once_t once = PTHREAD_ONCE_INIT;
      static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
      static void init(void) { pthread_mutex_lock(&m); puts("init"); pthread_mutex_unlock(&m); usleep(1000); puts("ready"); }
      static void *work(void *a) { pthread_once(&once, init); return a; }
      int main(void) {
        pthread_t t[3];
        pthread_mutex_lock(&m);
        for (int i = 0; i < 3; i++) pthread_create(&t[i], 0, work, 0);
        usleep(100);
        puts("main");
        pthread_mutex_unlock(&m);
        for (int i = 0; i < 3; i++) pthread_join(t[i], 0);
        return 0;
      }`);
    assert.equal(output, 'main\ninit\nready\n');
    assert.equal(end, 'exit');
  });

  it('wait in constructors, destructors and exit handlers', () => {
    const { output, end } = run(`
      #include <stdlib.h>
      static void *work(void *what) { puts(what); return 0; }
      static void wait(const char *what) { pthread_t t; pthread_create(&t, 0, work, (void *)what); pthread_join(t, 0); }
      __attribute__((constructor)) static void before(void) { wait("constructor"); }
      __attribute__((destructor)) static void after(void) { wait("destructor"); }
      static void atEnd(void) { wait("exit handler"); }
      int main(void) { atexit(atEnd); wait("main"); return 0; }`);
    assert.equal(output, 'constructor\nmain\nexit handler\ndestructor\n');
    assert.equal(end, 'exit');
  });

  it('say where a callback cannot wait', () => {
    const { end } = run(`
      #include <stdlib.h>
      static void *work(void *a) { return a; }
      static int order(const void *a, const void *b) {
        pthread_t t; pthread_create(&t, 0, work, 0); pthread_join(t, 0);
        return *(int *)a - *(int *)b;
      }
      int main(void) { int a[] = { 2, 1 }; qsort(a, 2, sizeof *a, order); return 0; }`);
    assert.match(end, /blocking in a callback of qsort/);
  });
});
