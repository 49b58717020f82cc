/** Expressions: text beside tree. */
import { checkParse } from '../../../support/check-parse.ts';

describe('parser: expressions', () => {
  it('binds operators by precedence', () => {
    checkParse(
      'int a = 1 || 2 && 3 | 4 ^ 5 & 6 == 7 < 8 << 9 + 10 * 11;',
      '(decl int (init a (= (|| 1 (&& 2 (| 3 (^ 4 (& 5 (== 6 (< 7 (<< 8 (+ 9 (* 10 11)))))))))))))',
    );
  });
  it('binds operators by precedence from the tight end', () => {
    checkParse(
      'int a = 1 * 2 + 3 << 4 < 5 == 6 & 7 ^ 8 | 9 && 10 || 11;',
      '(decl int (init a (= (|| (&& (| (^ (& (== (< (<< (+ (* 1 2) 3) 4) 5) 6) 7) 8) 9) 10) 11))))',
    );
  });
  it('associates to the left', () => {
    checkParse('int a = 1 - 2 - 3 / 4 / 5 % 6;', '(decl int (init a (= (- (- 1 2) (% (/ (/ 3 4) 5) 6)))))');
  });
  it('associates assignments and conditionals to the right', () => {
    checkParse(
      'void f(void) { a = b += c = d; a ? b : c ? d : e, a ? b, c : d; a ?: b ?: c; }',
      '(func void (fn((void _)) f) {(= a (+= b (= c d))) (, (?: a b (?: c d e)) (?: a (, b c) d)) (?: a _ (?: b _ c))})',
    );
  });
  it('reads prefix and postfix operators', () => {
    checkParse(
      'void f(void) { -x++ + ++*y; !~+x; __real__ x; &*y; y[1].m->n(1, 2)[3]--; x - -y; x--- y; }',
      '(func void (fn((void _)) f) {(+ (- (post++ x)) (++ (* y))) (! (~ (+ x))) (__real__ x) (& (* y)) (post-- (index (call (-> (. (index y 1) m) n) 1 2) 3)) (- x (- y)) (- (post-- x) y)})',
    );
  });
  it('tells casts from parentheses', () => {
    checkParse(
      'typedef int T; void f(int x) { (T)x; (T)-x; (x)-1; (T)(x); (x)(1); (T *)&x; (int (*)(void))0; { int T; (T)-x; } }',
      [
        '(decl [typedef int] T)',
        '(func void (fn((int x)) f) {(cast <T> x) (cast <T> (- x)) (- (paren x) 1) (cast <T> (paren x)) (call (paren x) 1) (cast <T (* _)> (& x)) (cast <int (fn((void _)) (* _))> 0) {(decl int T) (- (paren T) x)}})',
      ].join('\n'),
    );
  });
  it('reads sizeof and alignof of types and expressions', () => {
    checkParse(
      'typedef int T; int a = sizeof(T) + sizeof x + sizeof(x)[1] + sizeof(T){1} + sizeof(T){1}.m + _Alignof(T) + __alignof__ x + sizeof sizeof x;',
      [
        '(decl [typedef int] T)',
        '(decl int (init a (= (+ (+ (+ (+ (+ (+ (+ (sizeof <T>) (sizeof x)) (sizeof (index (paren x) 1))) (sizeof (literal <T> {1}))) (sizeof (. (literal <T> {1}) m))) (alignof <T>)) (alignof x)) (sizeof (sizeof x))))))',
      ].join('\n'),
    );
  });
  it('reads compound literals with what follows them', () => {
    checkParse(
      'struct s { int a; }; int f(void) { return (struct s){ 1 }.a + (int[]){ 1, 2 }[0] + g(&(struct s){ .a = 1 }); }',
      [
        '(decl (struct s {(int a)}))',
        '(func int (fn((void _)) f) {(return (+ (+ (. (literal <(struct s)> {1}) a) (index (literal <int ([] _)> {1 2}) 0)) (call g (& (literal <(struct s)> {.a=1})))))})',
      ].join('\n'),
    );
  });
  it('reads statement expressions', () => {
    checkParse(
      'int a = ({ int y = 1; y; }) + 1;',
      '(decl int (init a (= (+ (stmt-expr {(decl int (init y (= 1))) y}) 1))))',
    );
  });
  it('reads generic selections', () => {
    checkParse(
      'int a = _Generic(x, int: 1, char *: 2, default: 3, int (*)(void): 4);',
      '(decl int (init a (= (generic x (<int> 1) (<char (* _)> 2) (default 3) (<int (fn((void _)) (* _))> 4)))))',
    );
  });
  it('reads the builtins that take types', () => {
    checkParse(
      'int a = __builtin_offsetof(struct s, a.b[3].c) + __builtin_types_compatible_p(int, int *) + __builtin_choose_expr(1, 2, 3) + __builtin_va_arg(ap, char *);',
      '(decl int (init a (= (+ (+ (+ (offsetof <(struct s)> .a.b[3].c) (types-compatible <int> <int (* _)>)) (choose 1 2 3)) (va_arg ap <char (* _)>)))))',
    );
  });
  it('reads labels as values', () => {
    checkParse(
      'void f(void) { void *t[] = { &&a, &&b }; a: goto *t[0]; b: ; }',
      '(func void (fn((void _)) f) {(decl void (init (* ([] t)) (= {(&& a) (&& b)}))) (a: (goto* (index t 0))) (b: ;)})',
    );
  });
  it('joins adjacent string literals', () => {
    checkParse(
      `char *s = "a" L"b" u8"c", c = 'x'; char d[] = { "e" "f" };`,
      [
        `(decl char (init (* s) (= "a"+L"b"+u8"c")) (init c (= 'x')))`,
        '(decl char (init ([] d) (= {"e"+"f"})))',
      ].join('\n'),
    );
  });
  it('takes __func__ for a name', () => {
    checkParse(
      'void f(void) { g(__func__, __FUNCTION__); }',
      '(func void (fn((void _)) f) {(call g __func__ __FUNCTION__)})',
    );
  });
  it('takes __extension__ in an expression', () => {
    checkParse('int a = __extension__ ({ 1; });', '(decl int (init a (= (__extension__ (stmt-expr {1})))))');
  });
});
