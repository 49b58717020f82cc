/** Programs whose stack is left and entered again do what they do without it, whatever they were doing. */
import assert from 'node:assert/strict';
import { compile, compileSuspendable, runProgram, runSuspended } from '../../../support/run-program.ts';

/** Says its name, so that a program that is left at every opportunity is left in the middle of everything. */
const saying = `
int printf(const char *, ...);
int say(int value) { printf("<%d>", value); return value; }
int f(int a, int b) { printf("f(%d, %d)", a, b); return a * 10 + b; }
long wide(long value) { printf("wide(%ld)", value); return value; }
double real(double value) { printf("real(%g)", value); return value; }
`;

/** Runs a program at once, and left at every opportunity, at every second one, and so on. */
function checkSuspended(body: string, least = 1): void {
  const source = saying + body;
  const once = runProgram(source);
  assert.equal(typeof once.status, 'number', String(once.status));
  const compilation = compileSuspendable(source);
  for (const every of [1, 3]) {
    const left = runSuspended(compilation, every);
    assert.equal(left.stdout, once.stdout, `left at every ${every}th opportunity`);
    assert.equal(left.status, once.status, `left at every ${every}th opportunity`);
    if (every === 1) assert.ok(left.suspensions >= least, `${left.suspensions} suspensions`);
  }
}

describe('functions that can be left at their calls', function () {
  this.timeout(20_000);

  it('keep the operands of nested calls', () => {
    checkSuspended('int main(void) { return f(f(say(1), say(2)), say(3)) + say(4) * (5 - say(6)); }', 10);
  });

  it('call a function of the library again with the arguments that it had', () => {
    checkSuspended(
      `int putchar(int); unsigned long strlen(const char *);
       int (*pointer)(int) = putchar;
       int plain() { return putchar(65) == 65; }
       int (*own)() = plain;
       int main(void) { int n = putchar(say(66)) + pointer(putchar(67) + 1) + own(); return n + (int)strlen("four"); }`,
      8,
    );
  });

  it('keep the address that a value will be stored to', () => {
    checkSuspended(
      `int a[4]; int *at(int i) { say(i); return a + i; }
       int main(void) { *at(1) = say(5) + *at(0); a[say(2)] += say(7); at(3)[0] = f(a[1], a[2])++ , 0; return 0; }`.replace(
        'f(a[1], a[2])++ , 0',
        'f(a[1], a[2])',
      ) + 'int unused;',
    );
  });

  it('keep conditions and the arms that they chose', () => {
    checkSuspended(
      `int main(void) {
         int n = 0;
         if (say(1) && (say(0) || say(2))) n += say(3); else n += say(4);
         n += say(0) ? f(say(5), 1) : say(6) ? say(7) : say(8);
         n += (say(9) ?: say(10)) + (say(0) ?: say(11));
         return n + !say(0) + (say(1) == say(1));
       }`,
      15,
    );
  });

  it('keep their place in loops', () => {
    checkSuspended(
      `int main(void) {
         int n = 0;
         for (int i = say(0); say(i) < 4; i += say(1)) { if (i == 2) continue; n += f(i, n); }
         while (say(n) > 100) n /= say(3);
         do { n -= say(2); if (n == 5) break; } while (say(n) > 0);
         for (int i = 0; i < 30; i++) n += i;
         return n & 127;
       }`,
      20,
    );
  });

  it('keep their place in switches', () => {
    checkSuspended(
      `int pick(int n) {
         switch (say(n)) {
           case 0: say(100);
           case 1: return f(1, 1);
           case 2: { switch (say(n + 1)) { case 3: say(33); break; default: say(34); } break; }
           case 3 ... 9: for (;;) { say(n); if (n++ > 4) break; case 77: say(77); } break;
           default: return say(-1);
         }
         return say(50);
       }
       int main(void) { int n = 0; for (int i = 0; i < 12; i++) n += pick(i); return (n + pick(77)) & 127; }`,
      40,
    );
  });

  it('keep their place between labels', () => {
    checkSuspended(
      `int main(void) {
         static void *const table[] = { &&one, &&two, &&end };
         int n = 0, i = 0;
       again:
         if (say(n) < 3) { n++; goto again; }
         goto *table[say(i)];
       one: say(10); i = 1; goto *table[i];
       two: { for (;;) { say(20); if (n++ > 5) goto out; } }
       out: i = 2; goto *table[i];
       end: return f(n, i) & 127;
       }`,
      10,
    );
  });

  it('return values of all types', () => {
    checkSuspended(
      `float narrow(float value) { printf("%g", value); return value * 2; }
       long double longer(long double value) { say((int)value); return value / 3; }
       __int128 huge(__int128 value) { say((int)value); return value << 70; }
       _Complex double turn(_Complex double value) { say(1); return value * 1.0i; }
       int main(void) {
         long n = wide(1L << 40) + wide(3) * say(2);
         double d = real(1.5) + real(2.5) * say(2) + narrow(0.25f);
         long double l = longer(2) + longer(say(4));
         __int128 h = huge(3) + huge(say(5)) - (huge(1) >> 3);
         _Complex double c = turn(1.0 + 2.0i) * turn(3.0);
         printf("%ld %g %Lg %lx %lx %g %g", n, d, l, (long)(h >> 64), (long)h, __real__ c, __imag__ c);
         return 0;
       }`,
      15,
    );
  });

  it('pass and return structs', () => {
    checkSuspended(
      `struct small { int a, b; }; struct big { long a[5]; }; struct mixed { double d; int i; };
       struct small smaller(int a) { struct small s = { say(a), say(a + 1) }; return s; }
       struct big bigger(struct small s, struct big b) { b.a[say(1)] += s.a; b.a[say(2)] += s.b; return b; }
       struct mixed mix(double d, struct mixed m) { m.d += real(d); m.i += say(m.i); return m; }
       int main(void) {
         struct big first = { { 1, 2, 3, 4, say(5) } }; struct mixed start = { 2.5, smaller(9).b };
         struct big b = bigger(smaller(1), bigger(smaller(say(5)), first));
         struct mixed m = mix(smaller(2).a, mix(1.5, start));
         for (int i = 0; i < 5; i++) printf("%ld ", b.a[i]);
         printf("%g %d", m.d, m.i);
         return 0;
       }`,
      20,
    );
  });

  it('pass variable arguments', () => {
    checkSuspended(
      `typedef __builtin_va_list va_list;
       double sum(int n, ...) {
         va_list list; double total = 0;
         __builtin_va_start(list, n);
         while (n-- > 0) { total += __builtin_va_arg(list, int); total += real(__builtin_va_arg(list, double)); }
         __builtin_va_end(list);
         return total;
       }
       int main(void) {
         printf("%g %d %g\\n", sum(6, 1, 1.5, say(2), 2.5, 3, real(3.5), 4, 4.5, 5, 5.5, say(6), 6.5), say(7), sum(0));
         return 0;
       }`,
      15,
    );
  });

  it('call through pointers, of another type as well', () => {
    checkSuspended(
      `int twice(int n) { return 2 * say(n); }
       long other(long n) { return wide(n) + 1; }
       int (*table[])(int) = { twice, say, (int (*)(int))other };
       int main(void) {
         int n = 0;
         for (int i = 0; i < 6; i++) n += table[i % 3](table[(i + 1) % 3](i));
         return n & 127;
       }`,
      20,
    );
  });

  it('keep register variables, arrays of variable length, alloca and nested functions', () => {
    checkSuspended(
      `int work(int n) {
         register int r = say(n); register long l = wide(n);
         int a[say(n)]; char *p = __builtin_alloca(say(8)); int m[n][say(2)];
         int inner(int i) { return say(a[i]) + r_of(i); } 
         for (int i = 0; i < n; i++) { int b[i + 1]; b[i] = say(i); a[i] = b[i] * 2; m[i][1] = a[i]; r += a[i]; }
         p[say(3)] = 4; l += sizeof a + sizeof m[0];
         return r + (int)l + p[3] + inner(n - 1) + m[n - 1][1];
       }
       int main(void) { return work(3) + work(2); }`.replace('r_of(i)', 'i'),
      20,
    );
  });

  it('recurse as deep as they like', () => {
    checkSuspended(
      `int depth(int n) { return n == 0 ? say(0) : depth(n - 1) + 1; }
       int even(int n); int odd(int n) { return n == 0 ? 0 : even(n - 1); } int even(int n) { return n == 0 ? say(1) : odd(n - 1); }
       int main(void) { return depth(40) + even(20); }`,
      40,
    );
  });

  it('jump with longjmp over functions that were left', () => {
    checkSuspended(
      `#include <setjmp.h>
       jmp_buf buffer;
       int thrower(int n) { say(n); if (n > 2) longjmp(buffer, n); return thrower(n + 1) + say(1); }
       int main(void) {
         volatile int count = 0;
         int value = setjmp(buffer);
         say(value);
         if (count++ < 3) say(thrower(count));
         for (int i = 0; i < 3; i++) if (setjmp(buffer) == 0) thrower(say(2) + i); else say(90 + i);
         return count;
       }`,
      20,
    );
  });

  it('evaluate statement expressions with jumps inside', () => {
    checkSuspended(
      `int main(void) {
         int n = 1 + ({ int i = 0; again: if (say(i) < 3) { i++; goto again; } f(i, say(4)); }) * say(2);
         return (n + ({ while (say(n) > 40) n -= 17; n; })) & 127;
       }`,
      10,
    );
  });

  it('run a callback of libc to its end', () => {
    const source = `${saying}
      void qsort(void *, unsigned long, unsigned long, int (*)(const void *, const void *));
      int order(const void *a, const void *b) { say(*(int *)a); return *(int *)a - *(int *)b; }
      int main(void) { int a[] = { 3, 1, 2 }; qsort(a, 3, sizeof *a, order); return say(a[0]) + f(a[1], a[2]); }`;
    const once = runProgram(source);
    const left = runSuspended(source, 1);
    assert.deepEqual([left.stdout, left.status], [once.stdout, once.status]);
    const waiting = source
      .replace('say(*(int *)a);', 'yield();')
      .replace('void qsort', 'void yield(void); void qsort');
    assert.throws(() => runSuspended(waiting, 1000), /blocking in a callback of qsort/);
  });

  it('are left in a callback of a library function that keeps what it was doing', () => {
    const source = `${saying}
      void spawn(void (*)(int), int); void yield(void); void join_all(void); int call_twice(int (*)(int), int);
      int inner(int n) { yield(); return say(n); }
      int outer(int n) { int a[3] = { n, n + 1 }; a[2] = call_twice(inner, a[1]); yield(); return a[0] + a[2]; }
      void thread(int id) { say(call_twice(outer, id) + f(id, call_twice(inner, 5))); }
      int main(void) { spawn(thread, 10); spawn(thread, 20); join_all(); return call_twice(inner, 4); }`;
    for (const every of [1, 2, 1000]) {
      const { stdout, status } = runSuspended(source, every);
      assert.equal(status, 8);
      const said = [...stdout.matchAll(/<(\d+)>/g)].map(([, number]) => Number(number));
      // 2 * (10 + 2 * 11) + 10 * 10 + 10, and 2 * (20 + 2 * 21) + 10 * 20 + 10.
      const expected = [4, 4, 5, 5, 5, 5, 11, 11, 11, 11, 21, 21, 21, 21, 174, 334];
      assert.deepEqual(
        said.sort((a, b) => a - b),
        expected,
      );
    }
  });

  it('take turns, each on a stack of its own', () => {
    const source = `${saying}
      void spawn(void (*)(int), int); void yield(void); void join_all(void);
      int order[100], n;
      int deep(int id, int level) { if (level > 0) return deep(id, level - 1) + 1; order[n++] = id; yield(); order[n++] = id; return id; }
      void thread(int id) { int a[id + 1]; a[id] = id; for (int i = 0; i < 2; i++) a[id] += deep(id, i * 3); order[n++] = a[id] * 10; }
      int main(void) {
        for (int i = 1; i <= 3; i++) spawn(thread, i);
        join_all();
        for (int i = 0; i < n; i++) printf("%d ", order[i]);
        return n;
      }`;
    const run = runSuspended(source, 1_000_000);
    assert.equal(run.status, 15);
    assert.equal(run.stdout, '1 2 3 1 1 2 2 3 3 1 60 2 90 3 120 ');
    // However often they are left besides, the sums are the same.
    const compilation = compileSuspendable(source);
    for (const every of [1, 3]) {
      const left = runSuspended(compilation, every);
      assert.equal(left.status, 15);
      const sums = left.stdout.split(' ').filter((one) => one.length > 1);
      assert.deepEqual(sums.sort(), ['120', '60', '90']);
    }
  });

  it('are the functions of other programs only when asked for', () => {
    const { program } = compile([`${saying} int main(void) { return say(1); }`]);
    assert.equal(program.isSuspendable, false);
    assert.ok(!new TextDecoder('latin1').decode(program.wasm).includes('switch_state'));
  });
});
