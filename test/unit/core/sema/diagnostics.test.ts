import assert from 'node:assert/strict';
import fc from 'fast-check';
import { placeUnit } from '../../../../src/core/sema/place-unit.ts';
import { debianDefaults } from '../../../../src/core/sema/placement.ts';
import { constraintTexts } from '../../../../src/core/text/constraint-texts.ts';
import { semaTexts } from '../../../../src/core/text/sema-texts.ts';
import { placementTexts } from '../../../../src/core/text/placement-texts.ts';
import { analyzeText, checkDiagnostics } from '../../../support/check-sema.ts';

const inMain = (body: string): string => `int main(void) { ${body} return 0; }`;

describe('diagnostics of the analyser', () => {
  it('says nothing about valid programs', () => {
    checkDiagnostics(
      '#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\nint main(void) { char *p = malloc(10); printf("%d %p\\n", (int)getpid(), (void *)p); pause(); free(p); return 0; }',
      [],
    );
    checkDiagnostics(
      'struct n { int v; struct n *next; }; int sum(struct n *n) { return n ? n->v + sum(n->next) : 0; }',
      [],
    );
    checkDiagnostics(
      'typedef int (*op)(int, int); int add(int a, int b) { return a + b; } op ops[] = {add, 0}; int r(void) { return ops[0](1, 2); }',
      [],
    );
    checkDiagnostics(
      'unsigned char c; const char *s = "x"; void f(char *); void g(void) { f((char *)s); c += 300; }',
      [],
    );
    checkDiagnostics('int f(); int g(void) { return f(1, 2.0); }', []);
  });
  it('takes declarations that name one type in several ways', () => {
    checkDiagnostics('typedef int *P; extern P x; extern int *x; int f(P *); int f(int **);', []);
    checkDiagnostics('typedef int (*F)(); int f(F, int); int f(int (), int); int g(int ()), g(F);', []);
  });
  it('names what is not declared, once a function', () => {
    checkDiagnostics(inMain('x = 1; x = 2; int y = z + 1;'), [
      'error undeclared-identifier [x]',
      'error undeclared-identifier [z]',
    ]);
    checkDiagnostics('int counter; int f(void) { return countre; }', [
      'error undeclared-identifier [countre]',
    ]);
    checkDiagnostics(inMain('foo(1); foo(2);'), ['warning implicit-function [foo]']);
    checkDiagnostics(inMain('char *p = malloc(3);'), ['warning implicit-library-function [malloc]']);
  });
  it('says that the status is left open where main returns no integer', () => {
    checkDiagnostics('void main(void) { }', ['unsupported main-status [main]']);
    checkDiagnostics('struct s { int a; } main(void) { struct s x = { 1 }; return x; }', [
      'unsupported main-record [main]',
    ]);
    checkDiagnostics('long main(void) { return 0; }', []);
  });
  it('checks assignments as gcc does', () => {
    checkDiagnostics('int n; char *p = &n;', ['warning initialize-incompatible-pointer [&n]']);
    checkDiagnostics(inMain('int n; n = "a";'), ['warning assign-integer-from-pointer ["a"]']);
    checkDiagnostics(inMain('char *p; p = 5;'), ['warning assign-pointer-from-integer [5]']);
    checkDiagnostics('const char *s; char *p(void) { return s; }', ['warning return-discards-qualifier [s]']);
    checkDiagnostics('struct a { int x; } a; struct b { int x; } b; void f(void) { a = b; }', [
      'error assign-incompatible-types [b]',
    ]);
    checkDiagnostics('const int k = 1; void f(void) { k = 2; }', ['error read-only-variable [=]']);
    checkDiagnostics(inMain('5 = 6;'), ['error lvalue-required-assignment [=]']);
  });
  it('checks calls', () => {
    const f = 'int f(int a, char *b);';
    checkDiagnostics(`${f} int g(void) { return f(1); }`, ['error too-few-arguments [f(1)]']);
    checkDiagnostics(`${f} int g(void) { return f(1, 0, 2); }`, ['error too-many-arguments [f(1, 0, 2)]']);
    checkDiagnostics(`${f} int g(void) { return f("a", 0); }`, [
      'warning argument-integer-from-pointer ["a"]',
    ]);
    checkDiagnostics(inMain('int x; x();'), ['error not-a-function [x]']);
  });
  it('checks declarations', () => {
    checkDiagnostics('int f(void) { int a; int a; return 0; }', ['error redeclaration [a]']);
    checkDiagnostics('int x = 1; int x = 2;', ['error redefinition [x]']);
    checkDiagnostics('int f(void); char f(void);', ['error conflicting-types [f]']);
    checkDiagnostics('struct s; struct s x;', ['error incomplete-variable [x]']);
    checkDiagnostics('static x; f(void) { return 0; }', [
      'warning implicit-int [x]',
      'warning implicit-int-result [f]',
    ]);
    checkDiagnostics('int n; int a[n];', ['error variable-size-at-file-scope [a[n]]']);
    checkDiagnostics('int n; int m = n;', ['error initializer-not-constant [n]']);
    checkDiagnostics('void f(void) { goto out; }', ['error undefined-label [out]']);
    checkDiagnostics('int f(int n) { switch (n) { case 1: case 1: return 0; } return 1; }', [
      'error duplicate-case [1]',
    ]);
    checkDiagnostics('_Static_assert(sizeof(int) == 8, "no");', [
      'error static-assert-failed-message [sizeof(int) == 8]',
    ]);
  });
  it('checks members', () => {
    const s = 'struct s { int value; } s, *p;';
    checkDiagnostics(`${s} int f(void) { return s.valeu; }`, ['error no-such-member [valeu]']);
    checkDiagnostics(`${s} int f(void) { return p.value; }`, ['error dot-on-pointer [p.value]']);
    checkDiagnostics(`${s} int f(void) { return s->value; }`, ['error arrow-on-record [s->value]']);
  });
  it('refuses jumps into the scope of what has a variable size, as gcc does', () => {
    const f = (body: string): string => `void f(int n) { ${body} }`;
    const jump = 'error jump-into-variable-size [goto l]';
    checkDiagnostics(f('goto l; int a[n]; l: ;'), [jump]);
    checkDiagnostics(f('goto l; typedef int T[n]; l: ;'), [jump]);
    checkDiagnostics(f('goto l; static int (*p)[n]; l: ;'), [jump]);
    checkDiagnostics(f('{ int c[n]; l: c[0] = 1; } goto l;'), [jump]);
    checkDiagnostics(f('for (int h[n];;) { l: ; } goto l;'), [jump]);
    checkDiagnostics(f('int a[n]; goto l; { int b[n]; l: ; }'), [jump]);
    checkDiagnostics(f('switch (n) { case 0: ; int d[n]; case 1: ; default: ; }'), [
      'error switch-into-variable-size [case 1: ;]',
      'error switch-into-variable-size [default: ;]',
    ]);
    checkDiagnostics(f('l: ; int a[n]; goto l;'), []);
    checkDiagnostics(f('int a[n]; goto l; l: ;'), []);
    checkDiagnostics(f('{ int g[n]; goto l; } l: ;'), []);
    checkDiagnostics(f('int a[n]; switch (n) { case 1: ; }'), []);
    checkDiagnostics(f('void *p = &&l; goto *p; int e[n]; l: ;'), []);
  });
  it('refuses jumps into statement expressions; labels in them are statements', () => {
    const f = (body: string): string => `int f(int n) { ${body} return n; }`;
    checkDiagnostics(f('goto l; n = ({ l: n; });'), ['error jump-into-statement-expression [goto l]']);
    checkDiagnostics(f('switch (n) { case 1: n = ({ case 2: 5; }); }'), [
      'error switch-into-statement-expression [case 2: 5]',
    ]);
    checkDiagnostics(f('n = ({ if (n) goto l; n++; l: 3; });'), []);
    checkDiagnostics(f('n = ({ if (n) goto l; 3; }); l: ;'), []);
  });
  it('takes other pointers for a va_list with a warning, other types with an error', () => {
    const f = (body: string): string =>
      `void f(char *p, int n, ...) { __builtin_va_list ap; struct { int i; } s; ${body} }`;
    checkDiagnostics(f('__builtin_va_end(p);'), ['warning argument-incompatible-pointer [p]']);
    checkDiagnostics(f('__builtin_va_start(p, n);'), ['warning argument-incompatible-pointer [p]']);
    checkDiagnostics(f('__builtin_va_copy(p, ap);'), ['warning argument-incompatible-pointer [p]']);
    checkDiagnostics(f('__builtin_va_end(n);'), ['warning argument-pointer-from-integer [n]']);
    checkDiagnostics(f('__builtin_va_end(s);'), ['error argument-incompatible-types [s]']);
    checkDiagnostics(f('__builtin_va_arg(p, int);'), ['error not-a-va-list [p]']);
    checkDiagnostics(f('__builtin_va_copy(ap, ap); __builtin_va_end(ap);'), []);
  });
  it('does not repeat itself after one mistake', () => {
    checkDiagnostics(inMain('nothing.a[3]->b(1) + 2 * nothing;'), ['error undeclared-identifier [nothing]']);
    checkDiagnostics('int f(void) { return missing(1) + other; } int g(void) { return f(); }', [
      'warning implicit-function [missing]',
      'error undeclared-identifier [other]',
    ]);
  });
  it('knows what nested functions see', () => {
    checkDiagnostics('int f(void) { int n = 1; int g(int k) { return k + n; } return g(1); }', []);
    checkDiagnostics(
      'int f(void) { auto int g(int); int r = g(1); int g(int k) { return k; } return r; }',
      [],
    );
    checkDiagnostics('int f(void) { int g(void) { int inner = 1; return inner; } return g() + inner; }', [
      'error undeclared-identifier [inner]',
    ]);
    checkDiagnostics('int f(void) { __label__ out; void g(void) { goto out; } g(); out: return 1; }', []);
    checkDiagnostics('int f(void) { void g(void) { goto out; } g(); out: return 1; }', [
      'error undefined-label [out]',
    ]);
    checkDiagnostics('int f(void) { void g(void) {} void g(void) {} g(); return 1; }', [
      'error redefinition [g]',
    ]);
  });
  it('finds storage classes given twice, declarations of no parameter, characters that are none', () => {
    checkDiagnostics('static static int x;', ['error duplicate-storage-class [static static int]']);
    checkDiagnostics('int f() int a; { return 0; }', ['error knr-not-a-parameter [a]']);
    checkDiagnostics('char *s = "\\ud800";', ['error invalid-universal-name ["\\ud800"]']);
  });

  it('knows what nested functions may be', () => {
    checkDiagnostics('int f(void) { static int g(void) { return 1; } return g(); }', [
      'error function-storage [g]',
    ]);
    checkDiagnostics('int f(void) { extern int g(void) { return 1; } return g(); }', [
      'error function-storage [g]',
    ]);
    checkDiagnostics('int f(void) { int g(void) { return 1; } static int (*p)(void) = g; return p(); }', [
      'error initializer-not-constant [g]',
    ]);
    checkDiagnostics('int f(void) { auto int g(void); return g(); }', ['error nested-function-missing [g]']);
    checkDiagnostics('int f(int n) { int g(int k); int g(int k) { return k; } return g(n); }', [
      'error static-after-non-static [g]',
    ]);
  });
  it('marks what is not modelled', () => {
    checkDiagnostics(inMain('__asm__("nop");'), ['unsupported inline-assembly [__asm__("nop")]']);
  });
  it('has every text in two languages', () => {
    for (const [key, { en, zh }] of Object.entries({ ...semaTexts, ...constraintTexts, ...placementTexts })) {
      const names = (text: string): string[] =>
        Array.from(text.matchAll(/\{(\w+)/g), (match) => match[1] ?? '');
      assert.notEqual(zh, '', key);
      // A translation may leave an argument out, but not invent one.
      for (const name of names(zh)) assert.ok(names(en).includes(name), `${key}: ${name}`);
    }
  });
});

describe('robustness of the analyser', () => {
  const words =
    'int char struct s union u enum e { } ( ) [ ] ; , = * & + - . -> 1 2.5 "a" x y f if else for while return switch case : default goto typedef static extern const sizeof ... ! ? T _Generic __attribute__((packed)) __typeof__ ({ })'.split(
      ' ',
    );
  it('never throws, whatever the words', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 60 }), (list) => {
        placeUnit(analyzeText(`typedef int T; int f(int x) { ${list.join(' ')}`), debianDefaults);
        placeUnit(analyzeText(list.join(' ')), debianDefaults);
      }),
      { numRuns: 300 },
    );
  });
  it('survives deep nesting', () => {
    const depth = 20_000;
    for (const text of [
      `int x = ${'('.repeat(depth)}1${')'.repeat(depth)};`,
      `int x = ${'-'.repeat(depth)}1;`,
      `int x = ${'1+'.repeat(depth)}1;`,
      `void f(void) { ${'{'.repeat(depth)}${'}'.repeat(depth)} }`,
      `int ${'*'.repeat(depth)}x;`,
      `int x = ${'{'.repeat(depth)}1${'}'.repeat(depth)};`,
      `void f(int n) { ${'if (n) ; else '.repeat(depth)} ; }`,
      `int f(int n) { switch (n) { ${Array.from({ length: depth }, (_, i) => `case ${i}:`).join(' ')} return 1; } return 0; }`,
    ]) {
      placeUnit(analyzeText(text), debianDefaults);
    }
  }).timeout(10_000);
});
