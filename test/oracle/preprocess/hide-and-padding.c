#define g f
#define f(x) x g
f(1);
g (3);
g;
#define foo foo
foo
#define xfoo(a) foo a
xfoo(foo)
#undef foo
#define foo(x) [x]
xfoo((2))
#define str(...) #__VA_ARGS__
#define xstr(...) str(__VA_ARGS__)
#define EMPTY
xstr(a EMPTY b EMPTY EMPTY(c)d EMPTY)
xstr(EMPTY
 f(1)(2) <: %:%: "a\n" '\'')
str(a
b)
#define VO(x,...) F(x __VA_OPT__(,) __VA_ARGS__)
VO(1) VO(1,) VO(1,2) VO(1,EMPTY)
#define VP(x,...) x##__VA_OPT__(a##x b) c
VP(1) VP(1,2) VP(,3)
#define VS(x,...) #__VA_OPT__(x __VA_ARGS__)
VS(1) VS(1, 2  3)
#define L(fmt,...) p(fmt,##__VA_ARGS__)
L(1) L(1,) L(1,2,3) L() L(EMPTY,EMPTY)
#define N(args...) q(args) r(0,##args)
N() N(1,2)
