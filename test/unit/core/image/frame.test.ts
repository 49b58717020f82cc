/** Stack frames: offsets from rbp as gcc 12 -O0 gives them. */
import assert from 'node:assert/strict';
import { layoutFrame } from '../../../../src/core/image/frame.ts';
import { debianDefaults } from '../../../../src/core/sema/placement.ts';
import { compile } from '../../../support/run-program.ts';

/** Checks the offsets of the last function: `name offset, …` in any order. */
function checkFrame(
  source: string,
  expected: string,
  stackProtector = false,
  target: 'x86_64' | 'i386' = 'x86_64',
): void {
  const { units, errors } = compile([source], { target });
  assert.deepEqual(errors, []);
  const fn = units[0]!.functions.at(-1)!;
  const frame = layoutFrame(fn, { ...debianDefaults, stackProtector, target });
  const actual = [...frame.offsets].map(([object, offset]) => `${object.name} ${offset}`);
  const wanted = expected.split(', ');
  assert.deepEqual(
    wanted.map((one) => actual.find((other) => other.split(' ')[0] === one.split(' ')[0])),
    wanted,
    actual.join(', '),
  );
}

describe('layoutFrame', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'puts variables that a loop changes first',
      'int f(int n) { int a = 0, b = 1; for (int i = 0; i < n; i++) { int t = a + b; a = b; b = t; } return a; }',
      'a -4, b -8, i -12, t -16, n -20',
    ],
    [
      'gives a loop-local temporary the first slot',
      'int f(int a, int b) { while (b) { int t = a % b; a = b; b = t; } return a; }',
      't -4, a -20, b -24',
    ],
    [
      'sees merges in endless loops',
      'int f(void) { int m = 7, n = 0; while (1) { n++; if (n > 5) break; } return m + n; }',
      'n -4, m -8',
    ],
    [
      'orders bubble sort',
      'int f(int *v, int n) { int sw = 0, cmp = 0; for (int i = 0; i < n - 1; i++) for (int j = 0; j < n - 1 - i; j++) { cmp++; if (v[j] > v[j + 1]) { int t = v[j]; v[j] = v[j + 1]; v[j + 1] = t; sw++; } } return sw + cmp; }',
      'sw -4, cmp -8, i -12, j -16, t -20',
    ],
    [
      'orders binary search',
      'int f(int *v, int n, int x) { int lo = 0, hi = n - 1; while (lo <= hi) { int mid = (lo + hi) / 2; if (v[mid] == x) return mid; if (v[mid] < x) lo = mid + 1; else hi = mid - 1; } return -1; }',
      'lo -4, hi -8, mid -12',
    ],
    [
      'follows first assignments',
      'int f(void) { int z, y, x; x = 1; y = 2; z = 3; return x + y + z; }',
      'x -4, y -8, z -12',
    ],
    [
      'puts the else part first',
      'int f(int n) { if (n) { int a = 1; return a; } else { int c = 2; return c; } }',
      'c -4, a -8',
    ],
    [
      'merges after a branch',
      'int f(int n) { int a, b, c; a = 1; if (n) b = 2; else b = 3; c = a + b; while (c > 0) { int t = c; c -= t; } return a; }',
      'b -4, c -8, a -12, t -16',
    ],
    [
      'gives ?: no slot',
      'int f(int x) { int m = 3, k = x > 0 ? x : -x, z = k + m; return z; }',
      'm -4, k -8, z -12',
    ],
    [
      'orders an endless for',
      'int f(int n) { int x = 0, last = 0; for (;;) { int y = n - x; if (y <= 0) return last; last = y; x++; } }',
      'x -4, last -8, y -12',
    ],
    [
      'orders a pointer walk',
      'int f(char *s) { int len = 0; char *p = s; while (*p++) len++; return len; }',
      'len -4, p -16',
    ],
    ['skips unused scalars', 'int f(void) { int a, b; int c = 1; return c; }', 'c -4'],
    [
      'fills gaps between parameters',
      'int f(char a, short b, float c, double d, long l, int e) { return a + b + c + d + l + e; }',
      'a -4, b -8, c -12, d -24, l -32, e -16',
    ],
    [
      'puts a frame of arrays and address-taken variables in declaration order',
      'int g(int *); int f(int n) { int loc; int arr[5]; loc = g(arr); return loc + arr[1]; }',
      'loc -4, arr -32, n -36',
    ],
    [
      'gives a saved register to a value that waits for a call, not to one that nobody wants',
      'int g(int); int f(int n) { int a = n; (g(1) + g(2)) * 0; a = g(a) + g(n); return a; }',
      'a -20, n -36',
    ],
    [
      'reads the right side of an assignment before the address of the left one',
      'int g(int); int *h(int); int f(int n) { int x = n; *h(1) = g(n) + x; return x; }',
      'x -20, n -36',
    ],
    [
      'cuts operands before it adds them, so that a variable is a value of its own',
      'long g(int); int f(long n) { int x = (int)(n - g(1)); return x; }',
      'x -20, n -40',
    ],
    [
      'numbers variables with the numbers of unreachable code first',
      'int take(void *); int f(_Bool p) { double v = v; int k = 0; take(&k); if (p > 36) { k = k + 1; k = k * k; } long w = k; return w; }',
      'v -8, w -16, k -20, p -36',
    ],
    [
      'gives variables of unreachable blocks their slots',
      'int take(void *); int f(int n) { while (0) { int k; take(&k); } return n; }',
      'n -20',
    ],
    [
      'shares slots of arrays in the branches of a switch',
      'void take(void *); void f(int n) { switch (n) { case 1: { char a[40]; take(a); break; } case 2: { char b[48]; take(b); } } }',
      'a -48, b -48, n -52',
    ],
    [
      'keeps declaration order of variables in memory',
      'int f(int a, int b) { int x, y; int *p = &x; *p = a; p = &y; *p = b; int **q = &p; p = &a; p = &b; return **q; }',
      'q -8, x -12, y -16, p -24, a -36, b -40',
    ],
  ];
  for (const [name, source, expected] of cases) it(name, () => checkFrame(source, expected));

  it('reverses two integers under the stack protector', () => {
    checkFrame('int f(void) { int a, b; a = 1; b = 2; return a + b; }', 'a -8, b -4', true);
  });

  it('aligns the stack to 16 bytes for calls of the function itself', () => {
    checkFrame(
      'int f(void) { int here = 2; int r = f(); return r + here; }',
      'here -12, r -16',
      false,
      'i386',
    );
  });

  it('copies the pointer to a result in memory under the stack protector', () => {
    checkFrame(
      'struct pair { int a, b; }; void take(void *); struct pair f(int x, int *q) { int a[2]; take(a); return *(struct pair *)q; }',
      'x 12, a -20, q -32',
      true,
      'i386',
    );
  });
});
