/* Addresses that the linker knows are constants: they are evaluated last. */
int a[10], b[10]; extern char x[]; int g;
long f(void){ return &a[3] - b; }
long f2(int *p){ return p - b; }
long f3(int *p){ return b - p; }
int f4(int *p){ return (int)(&a[1] - &b[0]) + g; }
int f5(int *p){ return p == a; }
int f6(int *p){ return &a[2] < p; }
int f7(int *p){ return (long)&a[2] + *p; }
