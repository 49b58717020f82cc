#define VO(x,...) F(x __VA_OPT__(,) __VA_ARGS__)
#define EMPTY
VO(1) VO(1,) VO(1,2) VO(1,EMPTY)
#define VP(x,...) x##__VA_OPT__(a##x b) c
VP(1) VP(1,2) VP(,3)
#define VS(x,...) #__VA_OPT__(x __VA_ARGS__)
VS(1) VS(1, 2  3)
#define SDEF(sname, ...) S sname __VA_OPT__(= { __VA_ARGS__ })
SDEF(foo); SDEF(bar, 1, 2);
#define H2(X, Y, ...) __VA_OPT__(X ## Y,) __VA_ARGS__
H2(a, b, c, d) H2(a,b)
