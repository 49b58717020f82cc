/** Declarations: text beside tree. */
import assert from 'node:assert/strict';
import { parse } from '../../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../../src/core/syntax/preprocessor.ts';
import { checkBroken, checkParse, parseText } from '../../../support/check-parse.ts';
import { unitText } from '../../../support/tree-text.ts';

describe('parser: declarations', () => {
  it('keeps the shape of declarators', () => {
    checkParse(
      'int *f(void), (*g)(int), *a[3], (*b)[3], (*(*h)(int))[2], *const volatile p, (*arr[2])(void);',
      '(decl int (* (fn((void _)) f)) (fn((int _)) (* g)) (* ([3] a)) ([3] (* b)) ([2] (* (fn((int _)) (* h)))) (* const volatile p) (fn((void _)) (* ([2] arr))))',
    );
  });
  it('tells typedef names from declared names', () => {
    checkParse(
      'typedef int T; T a; unsigned T; ',
      ['(decl [typedef int] T)', '(decl T a)', '(decl unsigned T)'].join('\n'),
    );
  });
  it('takes a qualified typedef name for the type', () => {
    checkParse(
      'typedef int T; const T c; typedef T U, *V;',
      ['(decl [typedef int] T)', '(decl [const T] c)', '(decl [typedef T] U (* V))'].join('\n'),
    );
  });
  it('takes a typedef name in a parameter for the type', () => {
    checkParse(
      'typedef int T; int a(int T), b(T), c(int (T)), d(int (x)), e(T (*)(T)), f(T x, int T);',
      [
        '(decl [typedef int] T)',
        '(decl int (fn((int T)) a) (fn((T _)) b) (fn((int (fn((T _)) _))) c) (fn((int x)) d) (fn((T (fn((T _)) (* _)))) e) (fn((T x) (int T)) f))',
      ].join('\n'),
    );
  });
  it('keeps members in a name space of their own', () => {
    checkParse(
      'typedef int T; struct s { T T; T other; }; T x;',
      ['(decl [typedef int] T)', '(decl (struct s {(T T) (T other)}))', '(decl T x)'].join('\n'),
    );
  });
  it('reads bit-fields, anonymous members and assertions in a record', () => {
    checkParse(
      'struct s { unsigned b : 3, : 0, c : 2; struct { int in; }; union u *up; _Static_assert(1, "x"); int flex[]; };',
      '(decl (struct s {(unsigned (b : 3) (_ : 0) (c : 2)) ((struct {(int in)})) ((union u) (* up)) (static-assert 1 "x") (int ([] flex))}))',
    );
  });
  it('reads enumerators with values and attributes', () => {
    checkParse(
      'enum e { A, B = 3, C __attribute__((deprecated)) = A + 1, } x; enum e; enum e y;',
      ['(decl (enum e {A (B 3) (C (+ A 1) (@deprecated))}) x)', '(decl (enum e))', '(decl (enum e) y)'].join(
        '\n',
      ),
    );
  });
  it('lets an enumeration constant hide a typedef name', () => {
    checkParse(
      'typedef int T; void f(void) { enum { T }; T * 2; } T x;',
      [
        '(decl [typedef int] T)',
        '(func void (fn((void _)) f) {(decl (enum {T})) (* T 2)})',
        '(decl T x)',
      ].join('\n'),
    );
  });
  it('reads old-style definitions', () => {
    checkParse(
      'int k(a, b) int a; char *b; { return a; } main() { return 0; }',
      [
        '(func int (fn(a b) k) (decl int a) (decl char (* b)) {(return a)})',
        '(func [] (fn(?) main) {(return 0)})',
      ].join('\n'),
    );
  });
  it('reads the forms of array parameters', () => {
    checkParse(
      'int f(int n, int a[const static n], int b[*], int [n], int c[restrict]);',
      '(decl int (fn((int n) (int ([const static n] a)) (int ([*] b)) (int ([n] _)) (int ([restrict] c))) f))',
    );
  });
  it('reads attributes and asm labels around declarators', () => {
    checkParse(
      'int (__attribute__((noreturn)) *fp)(void), lab asm("la" "bel") __attribute__((section("x"), aligned(8))), __attribute__((unused)) u;',
      '(decl int (init (fn((void _)) (* fp)) (@noreturn)) (init lab (asm label) (@section "x") (@aligned 8)) (init u (@unused)))',
    );
  });
  it('reads attributes of records', () => {
    checkParse(
      '__attribute__((packed, aligned(16))) struct p { int x; } __attribute__((__packed__)) v; struct __attribute__((aligned(2))) q;',
      [
        '(decl [(@packed) (@aligned 16) (struct p (@packed) {(int x)})] v)',
        '(decl (struct q (@aligned 2)))',
      ].join('\n'),
    );
  });
  it('reads standard attributes', () => {
    checkParse(
      '[[gnu::unused, nodiscard("why")]] int a [[maybe_unused]] = 1; int f(int x [[gnu::unused]]); [[clang::x]] int c;',
      [
        '(decl [(@unused) (@nodiscard "why") int] (init a (@maybe_unused) (= 1)))',
        '(decl int (fn((int x (@unused))) f))',
        '(decl [(@clang::x) int] c)',
      ].join('\n'),
    );
  });
  it('reads attributes whose arguments are no expressions', () => {
    checkParse(
      'int a __attribute__((mode(DI), x(), y(struct s *), const)), b;',
      '(decl int (init a (@mode DI) (@x) (@y <(struct s) (* _)>) (@const)) b)',
    );
  });
  it('reads designated initialisers, the old forms too', () => {
    checkParse(
      'int a[] = { 1, [3] = 4, [5 ... 7] = 2, [8] 9, }; struct s b = { .T = 1, .in = { 2 }, c: 3, .flex[2].x = 1, {} };',
      [
        '(decl int (init ([] a) (= {1 [3]=4 [5 ... 7]=2 [8]=9})))',
        '(decl (struct s) (init b (= {.T=1 .in={2} .c=3 .flex[2].x=1 {}})))',
      ].join('\n'),
    );
  });
  it('reads storage classes and function specifiers in any order', () => {
    checkParse(
      'int static _Thread_local tl; extern __thread int t2; _Noreturn inline void die(void); void __inline__ extern f(void);',
      [
        '(decl [static _Thread_local int] tl)',
        '(decl [extern _Thread_local int] t2)',
        '(decl [inline _Noreturn void] (fn((void _)) die))',
        '(decl [extern inline void] (fn((void _)) f))',
      ].join('\n'),
    );
  });
  it('reads alignment specifiers', () => {
    checkParse(
      '_Alignas(16) char a[16]; _Alignas(double) char b[8];',
      ['(decl [(alignas 16) char] ([16] a))', '(decl [(alignas <double>) char] ([8] b))'].join('\n'),
    );
  });
  it('reads the type specifiers of gcc', () => {
    checkParse(
      '_Atomic(int) a; _Atomic int *b; typeof(int *) c; __typeof__(c + 1) d; __auto_type e = 3; _Complex double f; __int128 g; __int128_t h; __builtin_va_list i; _Float128 j; __signed__ k; typeof(int)(*l);',
      [
        '(decl (_Atomic <int>) a)',
        '(decl [_Atomic int] (* b))',
        '(decl (typeof <int (* _)>) c)',
        '(decl (typeof (+ c 1)) d)',
        '(decl __auto_type (init e (= 3)))',
        '(decl [_Complex double] f)',
        '(decl __int128 g)',
        '(decl __int128_t h)',
        '(decl __builtin_va_list i)',
        '(decl __float128 j)',
        '(decl signed k)',
        '(decl (typeof <int>) (* l))',
      ].join('\n'),
    );
  });
  it('skips __extension__', () => {
    checkParse(
      '__extension__ typedef long long LL; __extension__ LL x; struct s { __extension__ struct { int a; }; };',
      ['(decl [typedef long long] LL)', '(decl LL x)', '(decl (struct s {((struct {(int a)}))}))'].join('\n'),
    );
  });
  it('reads parameters declared ahead', () => {
    checkParse('int f(int n; int a[n], int n);', '(decl int (fn((int ([n] a)) (int n)) f))');
  });
  it('takes parentheses around any declarator', () => {
    checkParse(
      'typedef int T; int (f)(int x) { return x; } int (*ret(int a))(int b) { return 0; } T (t); int ((((d))));',
      [
        '(decl [typedef int] T)',
        '(func int (fn((int x)) f) {(return x)})',
        '(func int (fn((int b)) (* (fn((int a)) ret))) {(return 0)})',
        '(decl T t)',
        '(decl int d)',
      ].join('\n'),
    );
  });
  it('reads assertions, asm and empty declarations at file scope', () => {
    checkParse(
      '_Static_assert(sizeof(int) == 4); _Static_assert(1, "a" "b"); asm(".globl x"); ; asm("a\\n\\t\\"b\\"");',
      [
        '(static-assert (== (sizeof <int>) 4))',
        '(static-assert 1 "a"+"b")',
        '(asm ".globl x")',
        '(empty)',
        '(asm "a\\n\\t\\"b\\"")',
      ].join('\n'),
    );
  });
  it('applies #pragma pack to the records behind it', () => {
    checkParse(
      `#pragma pack(push, 1)
struct a { char c; int i; };
#pragma pack(push, inner, 4)
struct b { int i; };
#pragma pack(pop)
struct c { int i; };
#pragma pack(pop)
struct d { char c; };
#pragma pack(2)
struct e { int i; };
#pragma pack()
struct f { int i; };
`,
      [
        '(decl (struct a pack=1 {(char c) (int i)}))',
        '(decl (struct b pack=4 {(int i)}))',
        '(decl (struct c pack=1 {(int i)}))',
        '(decl (struct d {(char c)}))',
        '(decl (struct e pack=2 {(int i)}))',
        '(decl (struct f {(int i)}))',
      ].join('\n'),
    );
  });
  it('takes a pragma in the middle of a record', () => {
    checkParse(
      `struct a { char c;
#pragma pack(1)
int i; } x;`,
      '(decl (struct a pack=1 {(char c) (int i)}) x)',
    );
  });
  it('has nested functions in blocks', () => {
    checkParse(
      'int f(int x) { auto int g(int); int g(int y) { return x + y; } return g(1); }',
      '(func int (fn((int x)) f) {(decl [auto int] (fn((int _)) g)) (func int (fn((int y)) g) {(return (+ x y))}) (return (call g 1))})',
    );
  });
  it('takes keywords of C23 for what they are where nothing else has the name, and says that gcc 12 does not', () => {
    const since13 = 'is a keyword of C23, which gcc knows from release 13 on (-std=c23); gcc 12 does not';
    const needs = 'is a keyword of C23 only; gcc 12 needs #include';
    checkBroken(
      'constexpr int a = 3; int constexpr = 1;',
      [`1:1: warning: ‘constexpr’ ${since13}`],
      ['(decl [constexpr int] (init a (= 3)))', '(decl int (init constexpr (= 1)))'].join('\n'),
    );
    checkBroken(
      'bool a; bool (*f)(bool, int n);\nstatic_assert(alignof(long) == 8);\nthread_local int t; alignas(8) char c;',
      [
        `1:1: warning: ‘bool’ ${needs} <stdbool.h> for it`,
        `1:9: warning: ‘bool’ ${needs} <stdbool.h> for it`,
        `1:19: warning: ‘bool’ ${needs} <stdbool.h> for it`,
        `2:1: warning: ‘static_assert’ ${needs} <assert.h> for it`,
        `2:15: warning: ‘alignof’ ${needs} <stdalign.h> for it`,
        `3:1: warning: ‘thread_local’ ${needs} <threads.h> for it`,
        `3:21: warning: ‘alignas’ ${needs} <stdalign.h> for it`,
      ],
      unitText(
        parseText(
          '_Bool a; _Bool (*f)(_Bool, int n); _Static_assert(_Alignof(long) == 8); _Thread_local int t; _Alignas(8) char c;',
        ).unit,
      ),
    );
  });
  it('leaves words of C23 to programs that have them as names', () => {
    checkParse(
      'typedef unsigned char bool; bool b; struct bool { bool bool; } s;',
      ['(decl [typedef unsigned char] bool)', '(decl bool b)', '(decl (struct bool {(bool bool)}) s)'].join(
        '\n',
      ),
    );
  });
  it('reads specifiers that one expansion repeats as those spelled out', () => {
    const lists = {
      'D(a) D(b) D(c)': 'extern int x(); const unsigned *p##x; typedef int T##x; T##x x##v; unsigned T##x;',
      'D(a) D(b)': 'int x; int f##x(int x, int); int [[deprecated]] y##x; int (*z##x)[sizeof(int)];',
      'D(a) D(b) D(const c) D(*d) D(e)': 'extern int x;',
      'D(typedef) D(extern)': 'x int n1; x const int n2;',
    };
    for (const [uses, body] of Object.entries(lists)) {
      const text = `#define D(x) ${body}\n#define ALL ${uses}\nALL\n`;
      const { tokens, files } = preprocess({ name: 'a.c', text, target: 'x86_64' });
      const spelled = [...uses.matchAll(/D\(([^)]*)\)/g)].map(([, name = '']) =>
        body.replace(/##x/g, name).replace(/x##/g, name).replace(/\bx\b/g, name),
      );
      assert.equal(
        unitText(parse(tokens, { files }).unit),
        unitText(parseText(spelled.join(' ')).unit),
        text,
      );
    }
  });
});
