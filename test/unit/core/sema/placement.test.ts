import assert from 'node:assert/strict';
import { checkPlacement, placementOf } from '../../../support/check-sema.ts';

describe('placement', () => {
  it('follows the initial value', () => {
    checkPlacement('int x;', 'x', '.bss > .bss, bss, align 4');
    checkPlacement('int x = 0;', 'x', '.bss > .bss, bss, align 4');
    checkPlacement('int x = 1;', 'x', '.data > .data, data, align 4');
    checkPlacement('double x = -0.0;', 'x', '.data > .data, data, align 8');
    checkPlacement('const int x;', 'x', '.rodata > .rodata, rodata, align 4');
    checkPlacement('volatile const int x = 3;', 'x', '.data > .data, data, align 4');
    checkPlacement('int x;', 'x', 'COMMON > .bss, bss, align 4', { common: true });
    checkPlacement('int x = 0;', 'x', '.data > .data, data, align 4', { zeroInBss: false });
  });
  it('follows addresses in the initial value', () => {
    const text = 'int y; extern int z; int *p = &y; int *const cp = &y; int *q = &z; int *const cq = &z;';
    checkPlacement(text, 'p', '.data.rel.local > .data, data, align 8');
    checkPlacement(text, 'cp', '.data.rel.ro.local > .data.rel.ro, data relro, align 8');
    checkPlacement(text, 'q', '.data.rel > .data, data, align 8');
    checkPlacement(text, 'cq', '.data.rel.ro > .data.rel.ro, data relro, align 8');
    checkPlacement(text, 'cp', '.rodata > .rodata, rodata, align 8', { pie: false, link: 'no-pie' });
  });
  it('raises the alignment of large objects', () => {
    checkPlacement('char x[8];', 'x', '.bss > .bss, bss, align 8');
    checkPlacement('char x[16];', 'x', '.bss > .bss, bss, align 16');
    checkPlacement('char x[32];', 'x', '.bss > .bss, bss, align 32');
    checkPlacement('char x[5];', 'x', '.bss > .bss, bss, align 4', { target: 'i386' });
    checkPlacement('double x;', 'x', '.bss > .bss, bss, align 8', { target: 'i386' });
    checkPlacement('_Alignas(2) char x[64];', 'x', '.bss > .bss, bss, align 2');
  });
  it('raises that of thread-local objects less, of static ones least', () => {
    checkPlacement('_Thread_local char x[33];', 'x', '.tbss > .tbss, tls, align 16');
    checkPlacement(
      'static _Thread_local char x[33]; char *p(void) { return x; }',
      'x',
      '.tbss > .tbss, tls, align 1',
    );
    checkPlacement('_Thread_local struct { char c[40]; } x;', 'x', '.tbss > .tbss, tls, align 1');
  });
  it('puts locals on the stack, static ones with the data', () => {
    const text =
      'int f(int a) { int b = a; static int c; static int d = 1; const int e = 2; int v[a]; return b + c + d + e + v[0]; }';
    checkPlacement(text, 'a', 'stack, align 4');
    checkPlacement(text, 'b', 'stack, align 4');
    checkPlacement(text, 'c', '.bss > .bss, bss, align 4');
    checkPlacement(text, 'd', '.data > .data, data, align 4');
    checkPlacement(text, 'e', 'stack, align 4');
    assert.equal(placementOf(text, 'v').size, undefined);
    checkPlacement(text, 'f', '.text > .text, text, align 1');
  });
  const fate = (call: string, name: string): string => {
    const placement = placementOf(
      `#include <stdio.h>\n#include <string.h>\nchar b[99]; void f(int n) { ${call} }`,
      name,
    );
    return placement.literal?.kind ?? '';
  };
  it('knows which literals exist', () => {
    assert.equal(fate('puts("a");', '"a"'), 'pooled');
    assert.equal(fate('printf("line\\n");', '"line\\n"'), 'rewritten');
    assert.equal(fate('n = printf("line\\n");', '"line\\n"'), 'pooled');
    assert.equal(fate('printf("c");', '"c"'), 'no');
    assert.equal(fate('printf("%s\\n", b);', '"%s\\n"'), 'no');
    assert.equal(fate('printf("%d\\n", n);', '"%d\\n"'), 'pooled');
    assert.equal(fate('strcpy(b, "copied");', '"copied"'), 'no');
    assert.equal(fate('if (0) puts("dead");', '"dead"'), 'no');
    assert.equal(fate('return; puts("dead");', '"dead"'), 'no');
    assert.equal(fate('static char s[] = "own"; s[0] = 1;', '"own"'), 'in-object');
    assert.equal(fate('char s[] = "own"; s[0] = 1;', '"own"'), 'no');
    assert.equal(fate('n = sizeof "size";', '"size"'), 'no');
  });
  it('knows which literals __builtin_memcpy stores as immediate values', () => {
    assert.equal(fate('memcpy(b, "called", 7);', '"called"'), 'pooled');
    assert.equal(fate('__builtin_memcpy(b, "stored", 7);', '"stored"'), 'no');
    assert.equal(fate('__builtin_memcpy(b, "beyond", 8);', '"beyond"'), 'pooled');
    assert.equal(fate('__builtin_mempcpy(b, "n", n);', '"n"'), 'pooled');
    const [stored, copied] = [256, 257].map((length) => 'x'.repeat(length - 1));
    assert.equal(fate(`__builtin_memcpy(b, "${stored ?? ''}", 256);`, `"${'x'.repeat(41)}…"`), 'no');
    assert.equal(fate(`__builtin_memcpy(b, "${copied ?? ''}", 257);`, `"${'x'.repeat(41)}…"`), 'pooled');
  });
  it('drops static inline functions that nothing needs', () => {
    const text =
      'static inline int a(void) { return 1; } static inline int b(void) { return a(); } static int c(void) { return 2; }';
    assert.equal(placementOf(text, 'a').storage, 'none-emitted');
    assert.equal(placementOf(text, 'c').storage, 'static');
    assert.equal(placementOf(`${text} int d(void) { return b(); }`, 'a').storage, 'static');
    assert.equal(placementOf(text, 'c', { optimize: 2 }).storage, 'none-emitted');
  });
  it('says how many bytes .bss saves', () => {
    const { reason } = placementOf('char big[4096];', 'big');
    assert.deepEqual(reason, {
      key: 'placement.bss-tentative',
      args: { name: 'big', bytes: 4096, addresses: 0, section: '' },
    });
  });

  it('gives register variables a register when they are used, no place when nothing uses them', () => {
    const text = (uses: string): string =>
      `int g(int); int f(int x) { register int u; register double d; register int a[2]; register struct { int i; } s; ${uses} return g(x); }`;
    checkPlacement(text(''), 'u', 'none, align 4');
    checkPlacement(text(''), 'd', 'none, align 8');
    checkPlacement(text(''), 'a', 'none, align 4');
    checkPlacement(text(''), 's', 'stack, align 4');
    checkPlacement(text('u = 1; d = 2; x += a[1];'), 'u', 'register, align 4');
    checkPlacement(text('u = 1; d = 2; x += a[1];'), 'd', 'stack, align 8');
    checkPlacement(text('u = 1; d = 2; x += a[1];'), 'a', 'register, align 4');
  });
});
