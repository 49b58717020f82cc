/** Statements: text beside tree. */
import { checkParse } from '../../../support/check-parse.ts';

describe('parser: statements', () => {
  it('reads the loops', () => {
    checkParse(
      'void f(int x) { do x--; while (x); while (x) continue; for (int i = 0, j; ; i++) ; for (;;) break; for (x = 0; x < 3; x++) { } }',
      '(func void (fn((int x)) f) {(do (post-- x) x) (while x (continue)) (for (decl int (init i (= 0)) j) _ (post++ i) ;) (for _ _ _ (break)) (for (= x 0) (< x 3) (post++ x) {})})',
    );
  });
  it('gives an else to the nearest if', () => {
    checkParse(
      'void f(int x) { if (x) if (x) ; else ; else if (x) return; else { } }',
      '(func void (fn((int x)) f) {(if x (if x ; ;) (if x (return) {}))})',
    );
  });
  it('reads cases, ranges and defaults', () => {
    checkParse(
      'void f(int x) { switch (x) { case 1: case 2 ... 5: x++; break; default: { } case 9: } }',
      '(func void (fn((int x)) f) {(switch x {(case 1 (case 2 ... 5 (post++ x))) (break) (default {}) (case 9 ;)})})',
    );
  });
  it('reads labels in front of declarations and of the end of a block', () => {
    checkParse(
      'void f(void) { a: int y; b: c: ; y = 1; if (y) goto a; end: }',
      '(func void (fn((void _)) f) {(a: ;) (decl int y) (b: (c: ;)) (= y 1) (if y (goto a)) (end: ;)})',
    );
  });
  it('keeps labels in a name space of their own', () => {
    checkParse(
      'typedef char T; void f(void) { T: ; goto T; T y; }',
      ['(decl [typedef char] T)', '(func void (fn((void _)) f) {(T: ;) (goto T) (decl T y)})'].join('\n'),
    );
  });
  it('reads local labels', () => {
    checkParse(
      'void f(void) { __label__ a, b; a: b: ; }',
      '(func void (fn((void _)) f) {(labels a b) (a: (b: ;))})',
    );
  });
  it('reads asm statements with their operands', () => {
    checkParse(
      'void f(int x) { asm volatile("nop" : "=r"(x), [n] "+m"(x) : "r"(1) : "memory", "cc"); asm("x"); __asm__ __volatile__("" ::: "memory"); asm goto("" : : : : l); l: ; }',
      '(func void (fn((int x)) f) {(asm "nop" [=r:x +m:x | r:1 | memory cc]) (asm "x") (asm "" [ |  | memory]) (asm "" [ |  | ]) (l: ;)})',
    );
  });
  it('reads attributes of statements and labels', () => {
    checkParse(
      'void f(int x) { switch (x) { case 1: x++; __attribute__((fallthrough)); case 2: [[fallthrough]]; default: ; } l: __attribute__((unused)); m: __attribute__((unused)) int y; }',
      '(func void (fn((int x)) f) {(switch x {(case 1 (post++ x)) ; (case 2 ;) (default ;)}) (l: (@unused) ;) (m: ;) (decl [(@unused) int] y)})',
    );
  });
  it('ends the scope of names with block, loop and function', () => {
    checkParse(
      'typedef int T; void f(int T) { T * 2; } void g(void) { for (int T = 0; T < 2; T++) T * 2; T a; { int T; T * 2; } T b; } T c;',
      [
        '(decl [typedef int] T)',
        '(func void (fn((int T)) f) {(* T 2)})',
        '(func void (fn((void _)) g) {(for (decl int (init T (= 0))) (< T 2) (post++ T) (* T 2)) (decl T a) {(decl int T) (* T 2)} (decl T b)})',
        '(decl T c)',
      ].join('\n'),
    );
  });
  it('starts the scope of a name behind its declarator', () => {
    checkParse(
      'typedef int T; void f(void) { T T = sizeof(T), *p = T * 2; }',
      [
        '(decl [typedef int] T)',
        '(func void (fn((void _)) f) {(decl T (init T (= (sizeof (paren T)))) (init (* p) (= (* T 2))))})',
      ].join('\n'),
    );
  });
  it('has the scope of parameters for the body', () => {
    checkParse(
      'typedef int T; int f(enum { T } x) { return T * x; } T y;',
      ['(decl [typedef int] T)', '(func int (fn(((enum {T}) x)) f) {(return (* T x))})', '(decl T y)'].join(
        '\n',
      ),
    );
  });
});
