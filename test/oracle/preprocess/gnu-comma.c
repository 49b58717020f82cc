#define E(fmt,...) f(fmt,##__VA_ARGS__)
E(1) E(1,) E(1,2,3) E() E(1,E(2,3))
#define G(fmt,...) f(fmt, __VA_ARGS__##b)
G(1) G(1,) G(1,x)
#define N(args...) q(args) r(0,##args)
N() N(1,2) N(N(3))
#define M(a,b,c) a##b##c
#define A 1
M(,,) M(1,,2) M(,1,) M(,,3) M(A,,) M(A,A,A)
#define Q(a) x##a y
Q() Q(A)
