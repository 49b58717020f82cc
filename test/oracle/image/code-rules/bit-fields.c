/* Bit-fields of a global object. */
struct A { unsigned a:3; unsigned b:5; int c:7; unsigned d:1; unsigned e:16; } g;
struct B { unsigned long long x:40; unsigned long long y:24; } gb;
struct C { unsigned a:11; unsigned b:21; } gc2;
struct D { signed char a:4; signed char b:4; short c:9; } gd;
struct E { unsigned a:8; unsigned b:16; unsigned c:8; } ge;
struct F { unsigned a:32; int b:32; } gf;
struct G { unsigned a:9; unsigned b:9; unsigned c:14; } gg;
int gi;
void s1(void){ g.a = 5; }
void s2(void){ g.a = 7; }
void s3(void){ g.a = 0; }
void s4(int x){ g.a = x; }
void s5(int x){ g.b = x; }
void s6(int x){ g.c = x; }
void s7(int x){ g.d = x; }
void s8(int x){ g.e = x; }
void s9(void){ g.b = 3; g.c = -1; g.d = 1; g.e = 77; g.c=5; }
int l1(void){ return g.a; }
int l2(void){ return g.b; }
int l3(void){ return g.c; }
int l4(void){ return g.d; }
int l5(void){ return g.e; }
int l6(struct A *p){ return p->a + p->c; }
void m2(void){ g.a++; }
void m3(void){ g.c += 3; }
void m4(void){ g.b |= 1; g.d ^= 1; }
int m5(void){ return g.a == 3; }
int m6(void){ return g.c < 0; }
void m7(void){ if (g.d) gi = 1; if (!g.d) gi = 2; if (g.a == 7) gi = 3; if (g.b > 2) gi=4; if (g.c != -3) gi=5; }
unsigned long long n1(void){ return gb.x; }
unsigned long long n2(void){ return gb.y; }
void n4(unsigned long long v){ gb.y = v; }
void n5(void){ gb.x = 0x123456789aULL; gb.y = 5; }
int o1(void){ return gc2.a + gc2.b; }
void o2(int x){ gc2.a = x; gc2.b = x; }
void o3(void){ gc2.a = 100; gc2.b = 1000; }
int p1(void){ return gd.a + gd.b + gd.c; }
void p2(int x){ gd.a = x; gd.b = x; gd.c = x; }
void p3(void){ gd.a = 1; gd.b = -2; gd.c = 3; }
int q1(void){ return ge.a + ge.b + ge.c; }
int q3(void){ return gf.a + gf.b; }
void q4(int x){ gf.a = x; gf.b = x; }
void q6(int x){ gg.a = x; gg.b = x; gg.c = x; }
void r1(void){ struct A t = {1,2,3,1,5}; g = t; }
void r2(int x){ struct A t; t.a = 1; t.b = x; t.c = t.a; g = t; }
