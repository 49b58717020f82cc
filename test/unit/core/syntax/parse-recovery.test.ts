/** Broken texts: one diagnostic for one mistake, at the place where gcc 12 reports it, and all names kept. */
import { checkBroken } from '../../../support/check-parse.ts';

describe('parser: recovery', () => {
  it('an operand is missing', () => {
    checkBroken(
      'int f(void) { int x = 1 + ; return x; }',
      ['1:27: error: expected expression before ‘;’ token'],
      '(func int (fn((void _)) f) {(decl int (init x (= (+ 1 <error>)))) (return x)})',
    );
  });
  it('a semicolon is missing before }', () => {
    checkBroken(
      'int f(void) { return 0 }',
      ['1:23: error: expected ‘;’ before ‘}’ token'],
      '(func int (fn((void _)) f) {(return 0)})',
    );
  });
  it('a semicolon is missing at the end of a line', () => {
    checkBroken(
      `int f(int x) {
  int y = 4
  x = y
  return x;
}`,
      ['3:3: error: expected ‘,’ or ‘;’ before ‘x’', '3:8: error: expected ‘;’ before ‘return’'],
      '(func int (fn((int x)) f) {(decl int (init y (= 4))) (= x y) (return x)})',
    );
  });
  it('a semicolon is missing on the line', () => {
    checkBroken(
      'int f(int x) { break return x; }',
      ['1:21: error: expected ‘;’ before ‘return’'],
      '(func int (fn((int x)) f) {(break) (return x)})',
    );
  });
  it('a semicolon is missing at file scope', () => {
    checkBroken(
      `int b = 4
int c;
int d
int e;`,
      [
        '2:1: error: expected ‘,’ or ‘;’ before ‘int’',
        '4:1: error: expected ‘=’, ‘,’, ‘;’, ‘asm’ or ‘__attribute__’ before ‘int’',
      ],
      ['(decl int (init b (= 4)))', '(decl int c)', '(decl int d)', '(decl int e)'].join('\n'),
    );
  });
  it('a parenthesis of parameters is missing', () => {
    checkBroken(
      `int g(int a { return a; }
int h;`,
      ['1:13: error: expected ‘;’, ‘,’ or ‘)’ before ‘{’ token'],
      ['(func int (fn((int a)) g) {(return a)})', '(decl int h)'].join('\n'),
    );
  });
  it('a parenthesis of arguments is missing', () => {
    checkBroken(
      'int h(void) { foo(1, ; int x; return bar(2; }',
      ['1:22: error: expected expression before ‘;’ token', '1:43: error: expected ‘)’ before ‘;’ token'],
      '(func int (fn((void _)) h) {(call foo 1 <error>) (decl int x) (return (call bar 2))})',
    );
  });
  it('a parenthesis of a condition is missing', () => {
    checkBroken(
      'int h(int x) { if (x { x++; } while (x > 1 x--; return x; }',
      ['1:21: error: expected ‘)’ before ‘{’ token', '1:43: error: expected ‘)’ before ‘x’'],
      '(func int (fn((int x)) h) {(if x {(post++ x)}) (while (> x 1) (post-- x)) (return x)})',
    );
  });
  it('both parentheses of a condition are missing', () => {
    checkBroken(
      'int h(int x) { if x > 3 { x++; } return x; }',
      ['1:19: error: expected ‘(’ before ‘x’'],
      '(func int (fn((int x)) h) {(if (> x 3) {(post++ x)}) (return x)})',
    );
  });
  it('garbage stands in parentheses', () => {
    checkBroken(
      'int h(int x) { foo(1 2, 3); bar(x y) + 1; return x; }',
      ['1:21: error: expected ‘)’ before numeric constant', '1:34: error: expected ‘)’ before ‘y’'],
      '(func int (fn((int x)) h) {(call foo 1) (+ (call bar x) 1) (return x)})',
    );
  });
  it('a bracket is missing', () => {
    checkBroken(
      `int a[3;
int b[ = { 1 };
int c;`,
      ['1:8: error: expected ‘]’ before ‘;’ token', '2:8: error: expected expression before ‘=’ token'],
      ['(decl int ([3] a))', '(decl int (init ([<error>] b) (= {1})))', '(decl int c)'].join('\n'),
    );
  });
  it('a declarator has no name', () => {
    checkBroken(
      `int = 3;
int *;
int x, ;
int y;`,
      [
        '1:5: error: expected identifier or ‘(’ before ‘=’ token',
        '2:6: error: expected identifier or ‘(’ before ‘;’ token',
        '3:8: error: expected identifier or ‘(’ before ‘;’ token',
      ],
      ['(decl int (init _ (= 3)))', '(decl int (* _))', '(decl int x _)', '(decl int y)'].join('\n'),
    );
  });
  it('a keyword stands for a name', () => {
    checkBroken(
      'void f(int x) { int while = 3; int y; }',
      ['1:21: error: expected identifier or ‘(’ before ‘while’'],
      '(func void (fn((int x)) f) {(decl int _) (decl int y)})',
    );
  });
  it('words stand behind a declarator', () => {
    checkBroken(
      `int x y;
int f(int a) b { return a; }
int z;`,
      [
        '1:7: error: expected ‘=’, ‘,’, ‘;’, ‘asm’ or ‘__attribute__’ before ‘y’',
        '2:14: error: expected ‘{’ before ‘b’',
      ],
      ['(decl int x)', '(func int (fn((int a)) f) {(return a)})', '(decl int z)'].join('\n'),
    );
  });
  it('a member lacks its semicolon', () => {
    checkBroken(
      `struct s { int a int b; char c };
int x;`,
      [
        '1:18: error: expected ‘:’, ‘,’, ‘;’, ‘}’ or ‘__attribute__’ before ‘int’',
        '1:31: warning: no semicolon at end of struct or union',
      ],
      ['(decl (struct s {(int a) (int b) (char c)}))', '(decl int x)'].join('\n'),
    );
  });
  it('a member lacks its type', () => {
    checkBroken(
      'struct s { x; int y; = 3; int z; };',
      [
        '1:12: error: expected specifier-qualifier-list before ‘x’',
        '1:22: error: expected specifier-qualifier-list before ‘=’ token',
      ],
      '(decl (struct s {<error> (int y) <error> (int z)}))',
    );
  });
  it('a record lacks its semicolon', () => {
    checkBroken(
      `struct s { int a; }
int x;
struct t { int a; }
static int f(void) { return 1; }`,
      [
        '2:1: error: expected ‘;’, identifier or ‘(’ before ‘int’',
        '4:1: error: expected ‘;’, identifier or ‘(’ before ‘static’',
      ],
      [
        '(decl (struct s {(int a)}))',
        '(decl int x)',
        '(decl (struct t {(int a)}))',
        '(func [static int] (fn((void _)) f) {(return 1)})',
      ].join('\n'),
    );
  });
  it('a record lacks its brace', () => {
    checkBroken(
      `struct s {
  int a;

int f(void)
{
  return 1;
}
int x;`,
      ['2:9: error: expected ‘}’ before ‘int’'],
      ['(decl (struct s {(int a)}))', '(func int (fn((void _)) f) {(return 1)})', '(decl int x)'].join('\n'),
    );
  });
  it('enumerators lack a comma or a name', () => {
    checkBroken(
      `enum { A, B C, , D };
enum { 3, E };
enum { };
int x;`,
      [
        '1:13: error: expected ‘,’ or ‘}’ before ‘C’',
        '2:8: error: expected identifier before numeric constant',
        '3:8: error: empty enum is invalid',
      ],
      ['(decl (enum {A B C D}))', '(decl (enum {E}))', '(decl (enum {}))', '(decl int x)'].join('\n'),
    );
  });
  it('types are unknown', () => {
    checkBroken(
      `unknown_t a, *b;
other *c(void);
int k(void) { unknown_t p; unknown_t *r; r = (unknown_t *)1; return (unknown_t) 2; }
struct s { unknown_t m; };
int g(unknown_t x, other *y, int z);`,
      [
        '1:1: error: unknown type name ‘unknown_t’',
        '2:1: error: unknown type name ‘other’',
        '3:15: error: unknown type name ‘unknown_t’',
        '3:28: error: unknown type name ‘unknown_t’',
        '3:47: error: unknown type name ‘unknown_t’',
        '3:70: error: unknown type name ‘unknown_t’',
        '4:12: error: unknown type name ‘unknown_t’',
        '5:7: error: unknown type name ‘unknown_t’',
        '5:20: error: unknown type name ‘other’',
      ],
      [
        '(decl <error> a (* b))',
        '(decl <error> (* (fn((void _)) c)))',
        '(func int (fn((void _)) k) {(decl <error> p) (decl <error> (* r)) (= r (cast <<error> (* _)> 1)) (return (cast <<error>> 2))})',
        '(decl (struct s {(<error> m)}))',
        '(decl int (fn((<error> x) (<error> (* y)) (int z)) g))',
      ].join('\n'),
    );
  });
  it('a macro is unknown', () => {
    checkBroken(
      `EXPORT int f(void) { return 1; }
DECLARE(foo, 3)
int g(void) { return 1; }`,
      ['1:1: error: unknown type name ‘EXPORT’', '2:13: error: expected ‘)’ before numeric constant'],
      [
        '(func int (fn((void _)) f) {(return 1)})',
        '(decl [] (fn(foo) DECLARE))',
        '(func int (fn((void _)) g) {(return 1)})',
      ].join('\n'),
    );
  });
  it('a function lacks its brace', () => {
    checkBroken(
      `int f(int x)
{
  if (x) {
    return 1;

static int n;

int g(void)
{
  return 2;
}
int h;`,
      ['6:1: error: expected ‘}’ before ‘static’; this line starts a new function or declaration'],
      [
        '(func int (fn((int x)) f) {(if x {(return 1)})})',
        '(decl [static int] n)',
        '(func int (fn((void _)) g) {(return 2)})',
        '(decl int h)',
      ].join('\n'),
    );
  });
  it('a function has a brace too many', () => {
    checkBroken(
      `int f(int x)
{
  if (x)
    x++; }
  }
  int y = x;
  return y;
}
int g(void) { return 2; }`,
      [
        '4:10: error: extra ‘}’: the function goes on after it',
        '5:3: error: extra ‘}’: the function goes on after it',
      ],
      [
        '(func int (fn((int x)) f) {(if x (post++ x)) (decl int (init y (= x))) (return y)})',
        '(func int (fn((void _)) g) {(return 2)})',
      ].join('\n'),
    );
  });
  it('a brace too many at file scope', () => {
    checkBroken(
      `int f(void) { return 1; } }
int y;`,
      ['1:27: error: expected identifier or ‘(’ before ‘}’ token'],
      ['(func int (fn((void _)) f) {(return 1)})', '<error>', '(decl int y)'].join('\n'),
    );
  });
  it('text ends in a function', () => {
    checkBroken(
      `int a;
int f(void) {
  int x = 1;
  if (x) {
    x = `,
      ['5:8: error: expected expression at end of input'],
      ['(decl int a)', '(func int (fn((void _)) f) {(decl int (init x (= 1))) (if x {(= x <error>)})})'].join(
        '\n',
      ),
    );
  });
  it('statements stand at file scope', () => {
    checkBroken(
      `x = 3;
return 1;
int y;`,
      [
        '1:1: warning: data definition has no type or storage class',
        '2:1: error: expected identifier or ‘(’ before ‘return’',
      ],
      ['(decl [] (init x (= 3)))', '<error>', '(decl int y)'].join('\n'),
    );
  });
  it('a member name is missing', () => {
    checkBroken(
      'int p(struct s *x) { x->; x.; int y = x->; return y; }',
      [
        '1:25: error: expected identifier before ‘;’ token',
        '1:29: error: expected identifier before ‘;’ token',
        '1:42: error: expected identifier before ‘;’ token',
      ],
      '(func int (fn(((struct s) (* x))) p) {<error> <error> (decl int (init y (= <error>))) (return y)})',
    );
  });
  it('a conditional lacks its second half', () => {
    checkBroken(
      `int p(int x) { return x ? 1; }
int q(int x) { return x ? : 1 : ; }`,
      ['1:28: error: expected ‘:’ before ‘;’ token', '2:30: error: expected ‘;’ before ‘:’ token'],
      [
        '(func int (fn((int x)) p) {(return (?: x 1 <error>))})',
        '(func int (fn((int x)) q) {(return (?: x _ 1))})',
      ].join('\n'),
    );
  });
  it('an else has no if', () => {
    checkBroken(
      'int q(void) { else x = 1; int y; }',
      ['1:15: error: ‘else’ without a previous ‘if’'],
      '(func int (fn((void _)) q) {(= x 1) (decl int y)})',
    );
  });
  it('a for has a comma for a semicolon', () => {
    checkBroken(
      'int q(int n) { for (int i = 0; i < n, i++) n--; for (n = 0, n < 3; n++) { n++; } return n; }',
      ['1:42: error: expected ‘;’ before ‘)’ token', '1:71: error: expected ‘;’ before ‘)’ token'],
      '(func int (fn((int n)) q) {(for (decl int (init i (= 0))) (< i n) (post++ i) (post-- n)) (for (, (= n 0) (< n 3)) (post++ n) _ {(post++ n)}) (return n)})',
    );
  });
  it('bodies are missing', () => {
    checkBroken(
      `void f(int x) { if (x) else x = 1; while (x) }
int y;`,
      ['1:24: error: expected expression before ‘else’', '1:46: error: expected expression before ‘}’ token'],
      ['(func void (fn((int x)) f) {(if x <error> (= x 1)) (while x <error>)})', '(decl int y)'].join('\n'),
    );
  });
  it('a declaration stands where a statement must', () => {
    checkBroken(
      'void f(int x) { if (x) int y = 1; x = 2; }',
      ['1:24: error: expected expression before ‘int’'],
      '(func void (fn((int x)) f) {(if x <error>) (= x 2)})',
    );
  });
  it('a do has no while', () => {
    checkBroken(
      'int o(void) { do ; int x; return x; }',
      ['1:20: error: expected ‘while’ before ‘int’'],
      '(func int (fn((void _)) o) {(do ; <error>) (decl int x) (return x)})',
    );
  });
  it('a label name is missing', () => {
    checkBroken(
      'int n(void) { goto ; goto 3; void *p = &&; }',
      [
        '1:20: error: expected identifier or ‘*’ before ‘;’ token',
        '1:27: error: expected identifier or ‘*’ before numeric constant',
        '1:42: error: expected identifier before ‘;’ token',
      ],
      '(func int (fn((void _)) n) {<error> <error> (decl void (init (* p) (= <error>)))})',
    );
  });
  it('a case is broken', () => {
    checkBroken(
      'void p(int x) { switch (x) { case: x = 1; case 1 x = 2; default x = 3; } }',
      [
        '1:34: error: expected expression before ‘:’ token',
        '1:50: error: expected ‘:’ or ‘...’ before ‘x’',
        '1:65: error: expected ‘:’ before ‘x’',
      ],
      '(func void (fn((int x)) p) {(switch x {(case <error> (= x 1)) (case 1 (= x 2)) (default (= x 3))})})',
    );
  });
  it('an initialiser is broken', () => {
    checkBroken(
      `int a[] = {1 2, 3};
int b[] = {1, 2;
int c[] = {[1 = 2, 3};
int d;`,
      [
        '1:14: error: expected ‘}’ before numeric constant',
        '2:16: error: expected ‘}’ before ‘;’ token',
        '3:14: error: expected ‘]’ before ‘=’ token',
      ],
      [
        '(decl int (init ([] a) (= {1})))',
        '(decl int (init ([] b) (= {1 2})))',
        '(decl int (init ([] c) (= {[1]=2 3})))',
        '(decl int d)',
      ].join('\n'),
    );
  });
  it('attributes are broken', () => {
    checkBroken(
      `int a __attribute__((aligned(8));
int b __attribute__(x);
int c __attribute__((x);
int d;`,
      [
        '1:33: error: expected ‘)’ before ‘;’ token',
        '2:21: error: expected ‘(’ before ‘x’',
        '3:24: error: expected ‘)’ before ‘;’ token',
      ],
      ['(decl int (init a (@aligned 8)))', '(decl int b)', '(decl int (init c (@x)))', '(decl int d)'].join(
        '\n',
      ),
    );
  });
  it('attributes stand between declarator and body', () => {
    checkBroken(
      'int f(void) __attribute__((cold)) { return 1; }',
      ['1:13: error: attributes should be specified before the declarator in a function definition'],
      '(func int (fn((void _)) f) (@cold) {(return 1)})',
    );
  });
  it('a static assertion is broken', () => {
    checkBroken(
      `_Static_assert(1;
_Static_assert(1, 2);
_Static_assert 1;
int x;`,
      [
        '1:17: error: expected ‘)’ before ‘;’ token',
        '2:19: error: expected string literal before numeric constant',
        '3:16: error: expected ‘(’ before numeric constant',
      ],
      ['(static-assert 1)', '(static-assert 1)', '(static-assert <error>)', '(decl int x)'].join('\n'),
    );
  });
  it('stray brackets', () => {
    checkBroken(
      `int f(int x) { ) x++; ] ; x--; : }
int y;`,
      [
        '1:16: error: expected statement before ‘)’ token',
        '1:23: error: expected statement before ‘]’ token',
        '1:32: error: expected statement before ‘:’ token',
      ],
      ['(func int (fn((int x)) f) {<error> <error> (post-- x) <error>})', '(decl int y)'].join('\n'),
    );
  });
  it('stray characters', () => {
    checkBroken(
      'int f(int x) { x @ = 3; ` return x; }\nint y;',
      [],
      ['(func int (fn((int x)) f) {(= x 3) (return x)})', '(decl int y)'].join('\n'),
    );
  });
  it('a statement expression is broken', () => {
    checkBroken(
      'int f(void) { return ({ int x; x }); }',
      ['1:33: error: expected ‘;’ before ‘}’ token'],
      '(func int (fn((void _)) f) {(return (stmt-expr {(decl int x) x}))})',
    );
  });
  it('a typedef name stands in an expression', () => {
    checkBroken(
      'typedef int T; int f(void) { return T + 1; }',
      ['1:37: error: expected expression before ‘T’'],
      ['(decl [typedef int] T)', '(func int (fn((void _)) f) {(return <error>)})'].join('\n'),
    );
  });
  it('pack pragmas are wrong', () => {
    checkBroken(
      `#pragma pack 3
#pragma pack(3)
#pragma pack(pop)
#pragma pack(foo)
#pragma pack(push,
#pragma pack(pop, x)
int x;`,
      [
        '1:1: warning: missing ‘(’ after ‘#pragma pack’ - ignored',
        '2:1: warning: alignment must be a small power of two, not 3',
        '3:1: warning: #pragma pack (pop) encountered without matching #pragma pack (push)',
        '4:1: warning: unknown action ‘foo’ for ‘#pragma pack’ - ignored',
        '5:1: warning: malformed ‘#pragma pack’ - ignored',
        '6:1: warning: #pragma pack (pop) encountered without matching #pragma pack (push)',
      ],
      '(decl int x)',
    );
  });
  it('something is not modelled', () => {
    checkBroken(
      '_Decimal64 x; int y = __builtin_has_attribute(int, aligned) + 1;',
      [
        '1:1: unsupported: type ‘_Decimal64’ is not modelled',
        '1:23: unsupported: ‘__builtin_has_attribute’ is not modelled',
      ],
      ['(decl <error> x)', '(decl int (init y (= (+ <error> 1))))'].join('\n'),
    );
  });
  it('an old-style list stands behind a prototype', () => {
    checkBroken(
      `int f(int a) int b; { return a; }
int g;`,
      ['1:5: error: old-style parameter declarations in prototyped function definition'],
      ['(func int (fn((int a)) f) (decl int b) {(return a)})', '(decl int g)'].join('\n'),
    );
  });
  it('an assertion stands among old-style declarations', () => {
    checkBroken(
      `int f(a) int a; _Static_assert(1, ""); { return a; }
int f(a) int a; _Static_assert; { return a; }
int g;`,
      ['2:31: error: expected ‘(’ before ‘;’ token'],
      [
        '(func int (fn(a) f) (decl int a) {(return a)})',
        '(func int (fn(a) f) (decl int a) {(return a)})',
        '(decl int g)',
      ].join('\n'),
    );
  });
  it('a parameter is broken', () => {
    checkBroken(
      `int f(int a, );
int g(int a, b);
int h(int a int b, int c) { return b; }
int i(int, 3, int c);
int j(...);
int k;`,
      [
        '1:14: error: expected declaration specifiers or ‘...’ before ‘)’ token',
        '2:14: error: unknown type name ‘b’',
        '3:13: error: expected ‘;’, ‘,’ or ‘)’ before ‘int’',
        '4:12: error: expected declaration specifiers or ‘...’ before numeric constant',
        '5:7: error: ISO C requires a named argument before ‘...’',
      ],
      [
        '(decl int (fn((int a)) f))',
        '(decl int (fn((int a) (<error> _)) g))',
        '(func int (fn((int a) (int c)) h) {(return b)})',
        '(decl int (fn((int _) (int c)) i))',
        '(decl int (fn(...) j))',
        '(decl int k)',
      ].join('\n'),
    );
  });
});
