/* Records copied, passed, returned; increments as values. */
int gi; unsigned gu; unsigned char gc; long gl; int *ip; struct s3 { char a,b,c; } v3, w3; struct s12 { int a,b,c; } v12, w12; struct s16 { long a,b; } v16, w16; struct s24 { long a,b,c; } v24, w24, arr[3]; struct s40 { long a[5]; } v40,w40, *p40, *q40; struct s7 { char c[7]; } v7,w7,*p7;
struct s20 { int a[5]; } v20, w20, *p20; struct s4 { short a,b; } v4,w4; struct s8 { int a; char b; } v8,w8,*p8; struct s100 { char c[100]; } v100,w100,*p100; struct s300 { char c[300]; } v300,w300;
int fi(int); 
int a1(int x){ return ++x; }
int a2(int x){ return fi(++x); }
int a3(void){ return ++gi; }
void a4(void){ ++gi; if (++gi > 3) gu = 1; }
void a5(int *p){ ++*p; gi = ++*p; ++p; gi = *++p; }
unsigned a6(unsigned x, unsigned y){ return x % y; }
unsigned a7(unsigned x){ return x % 10; }
unsigned a8(unsigned x){ return x % 7 + x / 7; }
int a9(int x){ return x % 10 + x / 10; }
void b1(void){ v3 = w3; }
void b2(void){ v12 = w12; }
void b3(void){ v16 = w16; }
void b4(void){ v24 = w24; }
void b5(void){ v40 = w40; }
void b6(void){ *p40 = *q40; }
void b7(void){ v7 = w7; }
void b8(void){ v20 = w20; }
void b9(void){ v4 = w4; v8 = w8; }
void c2(struct s40 *p){ *p = v40; v40 = *p; }
void c4(void){ struct s12 t = v12; v12 = t; }
void c5(void){ struct s24 t; t = v24; w24 = t; }
void c6(void){ v100 = w100; }
void c8(void){ *p7 = v7; *p8 = v8; *p20 = v20; *p100 = w100; }
char c9(unsigned x){ return x; }
char d1(unsigned x){ return x + 1; }
int d2(unsigned x, unsigned y){ return x < y; }
int d3(unsigned x, unsigned y){ if (x < y) return 1; if (x >= y) return 2; return x == y; }
unsigned long d4(int x){ return x; }
unsigned d5(int x){ return x & 0xf0; }
unsigned d6(int x, unsigned y){ return x + y; }
unsigned d7(int x, unsigned y){ return (unsigned)x / y; }
int d8(unsigned x){ return (int)x >> 3; }
int d9(int *p, int n){ int s = 0; while (n--) s += *p++; return s; }
void e1(char *d, char *s){ while ((*d++ = *s++)) ; }
void e2(char *d, char *s, int n){ while (n-- > 0) *d++ = *s++; }
long e3(int *a, int *b){ return a - b; }
long e4(struct s24 *a, struct s24 *b){ return a - b; }
int e5(struct s12 a){ return a.c; }
int e6(struct s24 a){ return a.c; }
int e7(struct s8 a){ return a.a + a.b; }
struct s24 e8(void){ return v24; }
struct s40 e9(struct s40 *p){ return *p; }
struct s24 rec(void);
void f1(void){ v24 = rec(); }
void f2(void){ struct s24 t = rec(); gl = t.a; }
long f3(void){ return rec().b; }
void tk(struct s24); void tk12(struct s12); void tk8(struct s8); void tk40(struct s40); void tk16(struct s16);
void f4(void){ tk(v24); tk40(v40); }
void f5(void){ tk16(v16); }
void f6(void){ tk8(v8); }
void f7(void){ tk12(v12); }
