#define NIL(xxx) xxx
#define G_0(arg) NIL(G_1)(arg)
#define G_1(arg) NIL(arg)
G_0(42)
#define f(a) a*g
#define g(a) f(a)
f(2)(9)
#define foo() bar
foo
()
foo(
) foo () foo
#define obj (2)
#define call(x) x obj
call(call)(3)
#define CAT(a,b) a##b
#define AB BA
#define BA AB
CAT(A,B) AB BA
#define EVAL(...) EVAL1(EVAL1(EVAL1(__VA_ARGS__)))
#define EVAL1(...) __VA_ARGS__
#define DEFER(id) id EMPTY()
#define EMPTY()
#define REPEAT_I() REPEAT
#define REPEAT(n) n DEFER(REPEAT_I)()(n+1)
EVAL(REPEAT(1))
#define LP (
#define RP )
#define TWO(a,b) a b
TWO LP 1, 2 RP
TWO(LP 1, 2 RP, 3)
#define IF(c) CAT(IF_,c)
#define IF_1(t,...) t
#define IF_0(t,...) __VA_ARGS__
IF(1)(yes,no) IF(0)(yes,no,maybe)
#define LIST X(a) X(b) X(c)
#define X(n) n,
enum { LIST };
#undef X
#define X(n) #n,
LIST
