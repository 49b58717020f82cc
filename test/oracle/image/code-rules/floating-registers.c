/* Which registers floating values take. */
float a1(){ return 3.0; }
float a2(void){ return 3.0f; }
float a3(float x){ return x; }
float g; double gd;
float a4(void){ return g; }
float a5(int x){ return x; }
float a6(float x,float y){ return x+y; }
double b2(void){ return 3.0; }
double b3(double x){ return x; }
double b4(void){ return gd; }
double b5(int x){ return x; }
double b6(double x,double y){ return x+y; }
float h(float); double hd(double);
float a7(float x){ return h(x); }
double b7(double x){ return hd(x); }
void c1(float x){ g = h(x); }
void c2(double x){ gd = hd(x); }
void c3(float x){ if (h(x) != 4.0f) g=1; }
void c4(double x){ if (hd(x) != 4.0) g=1; }
void c5(double x){ if (hd(x) > 4.0) g=1; }
void c6(double x){ gd = hd(x)+1; }
void c7(float *p){ *p = 0; p[1]=0.0f; }
void c8(double *p){ *p = 0; gd = 0; g = 0; }
float a8(int c, float x, float y){ return c ? x : y; }
double b8(int c, double x, double y){ return c ? x : y; }
