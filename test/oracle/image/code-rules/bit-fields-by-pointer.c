/* Bit-fields by pointers and indices. */
struct T { int a; unsigned f:1, g:2; signed h:3; unsigned rest:10; } *tp, ta[4];
int gi;
void a3(void){ tp->f = !tp->f; tp->g = tp->f ? 1 : 2; }
int a4(void){ return tp->f && tp->g; }
int a5(void){ return tp->f == tp->g; }
void a6(void){ tp->rest++; --tp->rest; tp->h--; tp->g += gi; tp->rest = tp->rest * 2 + 1; }
int a7(void){ int x = tp->rest; switch (tp->g) { case 1: return 1; case 2: return 3; } return x; }
int a9(void){ return ++tp->g; }
int b1(void){ return tp->f = gi; }
int b2(void){ return tp->h = 2; }
void b3(void){ struct T t = { 1, 0, 2, -1, 9 }; tp = &t; }
void b4(void){ struct T t = { .g = 2 }; tp = &t; }
void b5(int x){ struct T t = { x, x, x, x, x }; tp = &t; }
void f(int,...);
void b6(void){ f(tp->f, tp->g, tp->h, tp->rest); }
long b9(void){ return tp->rest; }
