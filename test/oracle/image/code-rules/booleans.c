/* _Bool: its opposite, its comparison, its way through int. */
#include <stdbool.h>
int g(int,int,int); bool em(void); bool fl; struct s { bool b; int i; };
void b1(bool f) { if (!f) g(1,2,3); }
int b2(bool f) { return !f; }
bool b3(bool f) { return !f; }
void b4(struct s *p) { if (!p->b) g(1,2,3); }
int b5(struct s *p) { return !p->b; }
void b6(void) { fl = !fl; }
void b7(void) { while (!fl) g(1,2,3); }
void b8(struct s *p) { p->b = !p->b; }
int b9(bool a, bool b) { return !a && b; }
int b10(bool a) { return a ? 1 : 2; }
int b11(bool a) { return !a ? 1 : 2; }
int b12(bool a) { return a == false; }
int b13(bool a) { return a == true; }
int b14(bool a) { return a == 0; }
int b15(void) { if (em() == false) return 3; return 4; }
int b16(bool *a, int i) { if (!a[i]) return 3; return 4; }
int b17(bool a, bool b) { return a != b; }
int b18(void) { return em() && !em(); }
int b19(int x) { bool k = x > 3; if (!k) return 1; return 0; }
bool b20(int x) { return !(x > 3); }
int b21(void) { return !em() ? 1 : 2; }
bool b22(void) { return !em(); }
void b23(void) { bool z = !em(); if (!z || fl) g(1,2,3); }
int b24(void) { return !!em(); }
int b25(bool a) { return !!a; }
void b26(void) { do g(1,2,3); while (!em()); }
int a1(bool a, bool b) { return a == b; }
int a2(bool a, bool b) { if (a == b) return 4; return 5; }
int a3(bool a, bool b) { if (a != b) return 4; return 5; }
bool a4(bool a) { return !!a; }
bool a5(bool a, bool b) { return a == b; }
bool a6(bool a, bool b) { return a && !b; }
bool a7(bool a) { return a == false; }
bool a8(bool a) { return a != 0; }
int a9(bool a) { if (a == true) return 4; return 5; }
int a10(bool a) { if (a != true) return 4; return 5; }
int a11(bool a) { if (!!a) return 4; return 5; }
int a12(int x) { bool ok = x > 3 && x < 9; return ok; }
bool a14(const char *s) { return *s == 'a'; }
bool a15(int x) { return x; }
bool a16(int x) { return x & 1; }
bool a17(void *p) { return p; }
bool a18(bool a, int x) { return a || x > 3; }
bool a19(bool a, int x) { a = a && x; return a; }
int a20(bool a) { return 1 + !a; }
int a21(bool a) { return g(!a, 1, !fl); } 
