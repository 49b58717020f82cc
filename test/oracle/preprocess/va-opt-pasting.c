#define H5(...) a __VA_OPT__( ( b ) (c) ) ## d
H5() H5(1)
#define H3(X, ...) #__VA_OPT__(X##X X##X)
H3(, 0) H3(1,2)
#define H4(X, ...) __VA_OPT__(a X ## X) ## b
H4(, 1) H4(q,1) H4(q)
#define H5A(...) __VA_OPT__()/**/__VA_OPT__()
H5A(1) H5A()
#define H6(X,...) x ## __VA_OPT__(X y) ## z
H6(1) H6(1,2) H6(,2)
#define H7(X,...) f(__VA_OPT__(X __VA_ARGS__ ,) X)
H7(1) H7(1,2,3) H7((1),(2))
#define S(...) #__VA_ARGS__
#define XS(...) S(__VA_ARGS__)
XS(H7(1,2)) XS(H6(1,2)) XS(H5())
#define N(x, y...) x __VA_OPT__([) y
N(1) N(1,2)
