/* Floating values between calls: those that come from xmm0 or end there may be in general registers. */
float real(float); double wide(float); float gl; double gd; int gi; 
float f(void){ return real(1.5) - (real(1.5) - 2.5f); }
float g(float a){ gl = real(a); return gl; }
double h(float a){ return real(a); }
float k(double a){ return gd; }
void l(double a){ gi = real(gl); }
void m(double a){ gi = real(gl) < real(2.5f); }
void n(double a){ gi = wide(gl) < wide(2.5f); }
void o(double a){ gi = wide(gl) ; gd = -wide(2.f); gl = -real(3.f); gl= gi; }
double q(double*a, int k) { return k ? gd : wide(2); }
float q2(double*a, int k) { return k ? gl : real(2); }
double s(double a) { return wide(a) * 2; }
double s2(double a) { return wide(a) * wide(a); }
double tf(void){ return wide(1.5) - (wide(1.5) - 2.5); }
double tg(double a){ return (wide(1.5)-2.5) - wide(1.5); }
double th(double a){ return wide(a) - wide(1.5); }
double tk(double a){ return 3.5 - wide(1.5); }
