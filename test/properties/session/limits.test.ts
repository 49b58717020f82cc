import assert from 'node:assert/strict';
import { openSession } from '../../support/open-session.ts';
import type { SessionSettings } from '../../support/open-session.ts';

const head = '#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n#include <unistd.h>\n';

/** Runs to the end; every moment can still be gone to and shown. */
function end(body: string, settings: SessionSettings = {}): unknown {
  const session = openSession(head + body, settings);
  const last = session.recording.count - 1;
  for (const index of [0, Math.floor(last / 2), last]) {
    session.seek(index);
    const snapshot = session.snapshot('en');
    assert.equal(snapshot.position.index, index);
    assert.notEqual(snapshot.outcome.text, '');
  }
  assert.equal(session.recording.kindAt(last), 'process');
  return session.trap;
}

const isLimit = (trap: unknown, limit: string): void => {
  assert.equal((trap as { kind: string }).kind, 'limit');
  assert.equal((trap as { limit: string }).limit, limit);
};

describe('session: runs that do not end by themselves', function () {
  this.timeout(20_000);
  it('stops an endless loop', () => {
    isLimit(end('int main(void) { for (;;) ; }', { fuel: 100_000 }), 'fuel');
  });
  it('stops endless allocation when memory is used up', function () {
    this.timeout(20_000);
    const trap = end(
      'int main(void) { for (;;) { char *p = malloc(1 << 20); for (int i = 0; i < 1 << 20; i += 4096) p[i] = 1; } }',
      { memoryBytes: 16 * 1024 * 1024 },
    );
    isLimit(trap, 'memory');
  });
  it('stops endless output', () => {
    isLimit(end('int main(void) { for (;;) puts("again and again"); }', { outputBytes: 10_000 }), 'output');
  });
  it('stops endless events', () => {
    isLimit(end('int main(void) { for (;;) free(malloc(10)); }', { events: 500 }), 'events');
  });
  it('stops at the limit of events wherever it is reached', () => {
    for (const events of [1, 9, 17, 19]) {
      isLimit(
        end('int main(void) { for (;;) { puts("x"); void *p = malloc(200000); free(p); } }', { events }),
        'events',
      );
    }
  });
  it('stops at the limit of events also while libc ends the process', () => {
    for (const events of [10, 13, 15, 17]) {
      end('int main(void) { puts("x"); void *p = malloc(24); free(p); free(p); }', { events });
    }
    for (const events of [8, 10]) end('int main(void) { puts("x"); exit(3); }', { events });
  });
});

/** What a program wrote to its standard output. */
function outputOf(text: string, settings: SessionSettings): string {
  const { recording, trap } = openSession(head + text, settings);
  assert.deepEqual(trap, { kind: 'exit', status: 0 });
  const pieces = recording.outputUpTo(recording.count).filter(({ fd }) => fd === 1);
  return Buffer.concat(pieces.map(({ bytes }) => bytes)).toString('latin1');
}

describe('session: programs that need much', function () {
  this.timeout(60_000);
  it('ends recursion where the stack ends', () => {
    const trap = end(
      'int f(int n) { int a[10000]; a[0] = n; return f(n + 1) + a[0]; } int main(void) { return f(0); }',
    );
    const { kind, fault } = trap as { kind: string; fault: { code: string } };
    assert.deepEqual([kind, fault.code], ['signal', 'SEGV_MAPERR']);
  });
  it('gives two gigabytes of .bss their addresses, and frames only to what is touched', () => {
    const text = `static char big[2000u << 20];
int main(void) { for (unsigned long i = 0; i < sizeof big; i += 4 << 20) big[i] = 1; printf("%lx", (long)(&big + 1) - (long)big); return 0; }`;
    assert.equal(outputOf(text, { memoryBytes: 16 << 20 }), (2000 * 1024 * 1024).toString(16));
  });
  it('keeps a hundred thousand lines of output', () => {
    const lines = outputOf(
      'int main(void) { for (int i = 0; i < 100000; i++) printf("line %d\\n", i); return 0; }',
      {
        outputBytes: 1 << 24,
        events: 1e6,
      },
    ).split('\n');
    assert.equal(lines.length, 100_001);
    assert.equal(lines[99_999], 'line 99999');
  });
  it('runs a thousand functions', () => {
    const numbers = Array.from({ length: 1000 }, (_, i) => i);
    const functions = numbers.map((i) => `static int f${String(i)}(int a) { return a + ${String(i)}; }`);
    const calls = numbers.map((i) => `sum = f${String(i)}(sum);`);
    const text = `${functions.join('\n')}\nint main(void) { int sum = 0; ${calls.join(' ')} printf("%d", sum); return 0; }`;
    assert.equal(outputOf(text, {}), '499500');
  });
});

describe('session: how runs end', () => {
  const fault = (addr: number, code: string, access: string): unknown => ({
    kind: 'signal',
    signal: 'SIGSEGV',
    fault: { code, addr, access, address: `0x${addr.toString(16)}` },
    why: { key: 'mm.bad.null', args: { addr } },
  });
  it('faults in libc on behalf of the program', () => {
    assert.deepEqual(
      end('int main(void) { return strlen((char *)getenv("NOT_SET")); }'),
      fault(0, 'SEGV_MAPERR', 'read'),
    );
    assert.deepEqual(end('int main(void) { memset((void *)16, 0, 8); }'), fault(16, 'SEGV_MAPERR', 'write'));
  });
  it('faults on a null pointer, with the address of the member', () => {
    assert.deepEqual(
      end('struct s { int a, b; }; int main(void) { struct s *p = 0; p->b = 1; }'),
      fault(4, 'SEGV_MAPERR', 'write'),
    );
  });
  it('faults when a string literal is written', () => {
    const trap = end('int main(void) { char *p = "text"; p[1] = 0; }') as { fault?: { code: string } };
    assert.equal(trap.fault?.code, 'SEGV_ACCERR');
  });
  it('faults at the border of a page that a string function crosses', () => {
    const trap = end(
      '#include <sys/mman.h>\nint main(void) { char *p = mmap(0, 8192, 3, 0x22, -1, 0); munmap(p + 4096, 4096); memset(p, 65, 4096); return strlen(p) + strchr(p, 66)[0]; }',
    ) as { fault: { addr: number } };
    assert.equal(trap.fault.addr % 4096, 0);
  });
  it('raises SIGFPE for a division by zero', () => {
    assert.deepEqual(end('int main(int c, char **v) { return 5 / (c - 1); }'), {
      kind: 'signal',
      signal: 'SIGFPE',
      fault: undefined,
    });
  });
  it('aborts with the words of malloc', () => {
    assert.deepEqual(end('int main(void) { char *p = malloc(24); free(p); free(p); }'), {
      kind: 'abort',
      message: 'free(): double free detected in tcache 2',
    });
    assert.deepEqual(end('int main(void) { char *p = malloc(24); free(p + 8); }'), {
      kind: 'abort',
      message: 'free(): invalid pointer',
    });
    assert.deepEqual(end('int main(void) { char *p = malloc(24); memset(p, 255, 32); malloc(100000); }'), {
      kind: 'abort',
      message: 'malloc(): corrupted top size',
    });
  });
  it('reads what the allocator left in freed memory', () => {
    const trap = end(
      'int main(void) { long *p = malloc(24), *q = malloc(24); free(q); free(p); return p[0] == ((long)q ^ (long)p >> 12) ? 7 : 1; }',
    );
    assert.deepEqual(trap, { kind: 'exit', status: 7 });
  });
  it('says which function is not modelled', () => {
    const trap = end('#include <pwd.h>\nint main(void) { return getpwnam("root") == 0; }') as {
      kind: string;
      text: { args: unknown };
    };
    assert.equal(trap.kind, 'unsupported');
    assert.deepEqual(trap.text.args, { name: 'getpwnam' });
  });
});
