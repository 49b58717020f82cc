import assert from 'node:assert/strict';
import { placeUnit } from '../../../../src/core/sema/place-unit.ts';
import { debianDefaults } from '../../../../src/core/sema/placement.ts';
import { pointeesOf } from '../../../../src/core/sema/pointees.ts';
import { analyzeText, objectNamed } from '../../../support/check-sema.ts';

function pointees(text: string, name: string): string {
  const unit = analyzeText(text);
  const targets = pointeesOf(unit, placeUnit(unit, debianDefaults)).get(objectNamed(unit, name)) ?? [];
  return targets
    .map((target) => {
      switch (target.kind) {
        case 'object':
          return `${target.object.name} in ${target.segment}`;
        case 'allocated':
          return `${target.by}${target.bytes === undefined ? '' : ` of ${target.bytes}`} in ${target.segment}`;
        case 'string':
          return 'string';
        case 'function':
          return `${target.name}()`;
        default:
          return target.kind;
      }
    })
    .sort()
    .join(', ');
}

describe('what a pointer may point to', () => {
  it('follows assignments from allocation, objects and literals', () => {
    const text = `#include <stdlib.h>
      int global = 1; int zero[3];
      void f(int n) { int local; int *p = malloc(4); char *s = "text"; int *q = &local, *r, *t = zero + 1; void (*fp)(int) = f;
        r = n ? &global : p; free(p); q = 0; (void)s; (void)t; (void)fp; (void)r; }`;
    assert.equal(pointees(text, 'p'), 'malloc of 4 in heap, null');
    assert.equal(pointees(text, 's'), 'string');
    assert.equal(pointees(text, 'q'), 'local in stack, null');
    assert.equal(pointees(text, 'r'), 'global in data, malloc of 4 in heap, null');
    assert.equal(pointees(text, 't'), 'zero in bss');
    assert.equal(pointees(text, 'fp'), 'f()');
  });
  it('follows copies in any order and says what it does not know', () => {
    const text = `int x; void g(int **); int *h(void);
      void f(int *param) { int *a, *b, *c, *d; a = b; b = c; c = &x; a = param; d = h(); g(&c); (void)a; (void)d; }`;
    assert.equal(pointees(text, 'a'), 'unknown, x in bss');
    assert.equal(pointees(text, 'c'), 'unknown, x in bss');
    assert.equal(pointees(text, 'd'), 'unknown');
  });
  it('sees through wrappers, with the sizes that are constant', () => {
    const text = `#include <stdlib.h>
      static void *xmalloc(size_t n) { void *p = malloc(n); if (!p) abort(); return p; }
      void f(void) { char *a = xmalloc(3), *b = calloc(4, sizeof(int)), *c = realloc(b, 1 << 20); (void)a; (void)c; }`;
    assert.equal(pointees(text, 'a'), 'malloc of 3 in heap, null');
    assert.equal(pointees(text, 'b'), 'calloc of 16 in heap, null');
    assert.equal(pointees(text, 'c'), 'null, realloc of 1048576 in heap');
  });
  it('passes sizes through wrappers, several deep, unless the parameter is changed', () => {
    const text = `#include <stdlib.h>
      static void *one(size_t n) { void *p = malloc(n); if (!p) abort(); return p; }
      static void *two(int n) { return one(n); }
      static void *many(size_t n, size_t size) { return calloc(n, size); }
      static int *ints(unsigned n) { return malloc(n * sizeof(int)); }
      static void *more(size_t n) { n += 16; return malloc(n); }
      static void *again(size_t n) { return n > 8 ? again(n / 2) : malloc(n); }
      void f(size_t k) { void *a = one(1 << 20), *b = two(7), *c = many(3, 5), *d = ints(6), *e = more(1), *g = one(k), *h = again(64); }`;
    assert.equal(pointees(text, 'a'), 'malloc of 1048576 in heap, null');
    assert.equal(pointees(text, 'b'), 'malloc of 7 in heap, null');
    assert.equal(pointees(text, 'c'), 'calloc of 15 in heap, null');
    assert.equal(pointees(text, 'd'), 'malloc of 24 in heap, null');
    assert.equal(pointees(text, 'e'), 'malloc in heap, null');
    assert.equal(pointees(text, 'g'), 'malloc in heap, null');
    assert.equal(pointees(text, 'h'), 'malloc in heap, malloc of 64 in heap, null');
  });
  it('comes to an end where a function calls itself with products of its parameter', () => {
    const text = `#include <stdlib.h>
      static char *f(size_t n) { return n > 9 ? malloc(n) : f(n * 2); } void g(void) { char *p = f(3); (void)p; }`;
    assert.equal(pointees(text, 'p').replace(/malloc of \d+ in heap, /g, ''), 'malloc in heap, null');
  });
  it('follows `a ?: b`, and pointers that only others have set', () => {
    const text = `#include <stdlib.h>
      int x; void set(int **);
      void f(int n) { int *p = malloc(4), *q = p ?: &x, *hidden, *r; set(&hidden); r = hidden; if (n) r = &x; (void)q; (void)r; }`;
    assert.equal(pointees(text, 'q'), 'malloc of 4 in heap, null, x in bss');
    assert.equal(pointees(text, 'r'), 'unknown, x in bss');
  });
  it('starts static pointers with null or their initial value', () => {
    assert.equal(pointees('char *p; char *q = "a";', 'p'), 'null');
    assert.equal(pointees('char *p; char *q = "a";', 'q'), 'string');
    assert.equal(pointees('extern char *p; char *q;', 'p'), 'unknown');
  });
});
