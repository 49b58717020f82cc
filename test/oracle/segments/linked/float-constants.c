/* Numbers that code needs: which are written, which have a label only, which fold away. */
extern int printf(const char *, ...);
double pass(double d) { return d; }
float passf(float f) { return f; }
long double passl(long double l) { return l; }
double y; float yf; long double yl; volatile double v;
struct s { double d; float x; };
long double ld_div(long double x){return x/3.0L;}
long double ld_ret(void){return 3.0L;}
void ld_assign(void){long double x=3.0L;}
void ld_assign1(void){long double x=1.0L;}
void ld_assign0(void){long double x=0.0L;}
void ld_assignm1(void){long double x=-1.0L;}
void ld_assignd(void){long double x=0.1;}
long double ld_add1(long double x){return x+1.0L;}
long double ld_addd(long double x){return x+0.1;}
long double ld_addi(long double x){return x+3;}
int ld_cmp(long double x){return x<3.0L;}
void ld_arg(void){passl(3.0L);}
void ld_argd(void){passl(0.1);}
void ld_arg1(void){passl(1.0L);}
 void ld_glob(void){yl=3.0L;}
 void ld_addass(void){yl+=3.0L;}
 void ld_mul2(void){yl*=2;}
double d_ret(void){return 3.0;}
double d_ret01(void){return 0.1;}
double d_ret1(void){return 1.0;}
double d_ret0(void){return 0.0;}
void d_assign(void){double x=3.0;}
void d_assign1(void){double x=1.0;}
void d_assign01(void){double x=0.1;}
double d_add3(double x){return x+3.0;}
double d_add01(double x){return x+0.1;}
double d_add1(double x){return x+1.0;}
int d_cmp(double x){return x<3.0;}
int d_cmp0(double x){return x<0.0;}
void d_arg(void){pass(3.0);}
void d_arg01(void){pass(0.1);}
void d_glob(void){y=3.0;}
float f_ret(void){return 3.0f;}
void f_assign(void){float x=3.5f;}
float f_add(float x){return x+3.5f;}
float f_addd(float x){return x+3.5;}
void f_arg(void){passf(3.5f);}
void f_glob(void){yf=3.5f;}
int f_cmp(float x){return x>3.5f;}
double i_cond(int x){return x?1.5:0.1;}
float i_condf(int x){return x?1.5f:0.1f;}
void arr(void){double a[2]={1.5,0.1};}
void st(void){struct s a={1.5,0.5};}
double inc(double x){return x++;}
long double incl(long double x){return ++x;}
void incf(float x){x++;}
unsigned long tou(double d){return d;}
unsigned long toul(long double d){return d;}
unsigned long touf(float d){return d;}
double fromu(unsigned long d){return d;}
long double fromul(unsigned long d){return d;}
float fromuf(unsigned long d){return d;}
double fromu32(unsigned d){return d;}
long double fromu32l(unsigned d){return d;}
double fromi(int d){return d;}
unsigned tou32(double d){return d;}
int toi(double d){return d;}
double neg(double d){return -d;}
double ldd(long double d){return d*2.5;}
double mixed(double d,float g,long double h){return d*2.5+g*2.5f+h*2.5L;}
void volat(void){v=2.5;v=0.1;}
void ternarg(int x){pass(x?2.5:3.0);}
void var(void){printf("%f",3.0);}
void varf(void){printf("%f",3.5f);}
void z_assign(void){double x=0.0;}
void z_assignf(void){float x=0;}
void z_glob(void){y=0;}
void z_arg(void){pass(0);}
void z_argf(void){passf(0);}
double z_add(double x){return x+0.0;}
double z_cond(int x){return x?0.0:1.5;}
void z_arr(void){double a[2]={0,1.5};}
double z_neg(void){return -0.0;}
int z_cmpf(float x){return x==0;}
int z_if(double x){if(x)return 1; return 0;}
int z_not(double x){return !x;}
int z_iff(float x){if(x && x>1)return 1; return 0;}
int z_while(double x){while(x)x=x-1;return 0;}
_Bool z_bool(double x){return x;}
int z_ifl(long double x){if(x)return 1; return 0;}
double mul2(double x){return x*2;}
float mul2f(float x){return x*2.0f;}
double mul2l(double x){return 2*x;}
void mulass2(double x){x*=2;}
void mulass2g(void){y*=2.0;}
double mul3(double x){return x*3;}
double mulm1(double x){return x*-1;}
double mul1(double x){return x*1.0;}
double div2(double x){return x/2;}
double div1(double x){return x/1;}
void sub1(double x){x-=1;}
void dec(double x){x--;}
double decg(void){return --y;}
float incg(void){return yf++;}
void incarr(double*p){p[1]++;}
double ldconv(long double x){return x;}
long double ldconv2(double x){return x;}
void ldpass(long double x){passl(x);}
long double ldret(long double x){return x;}
int ldcond(long double x){return x>0;}
int ldint(long double x){return (int)x;}
long double ldfromint(int x){return x;}
long double g=2.5L;int ldinit(void){return 1;}
double dret(double x){return x;}
void dpass(double x){pass(x);}
void fpass(float x){passf(x);}
int dcmp(double x,double y){return x<y;}
double sw(int x){switch(x){case 0:return 1.5;case 1:return 0.5;}return 0;}
double castc(void){return (double)3;}
double castf(void){return 3.5f;}
void litstr(double d){printf("a%f",d+2.5);printf("b%f",d*2.5);}
void a_var(void){printf("%f",0.0);}
void a_ldz(void){passl(0);}
double subz(double x){return x-0.0;}
double addmz(double x){return x+-0.0;}
double zsub(double x){return 0.0-x;}
double mz(double x){return x*0.0;}
float mulm1f(float x){return x*-1.0f;}
double divm1(double x){return x/-1.0;}
double div4(double x){return x/4.0;}
long double ldmul1(long double x){return x*1;}
long double ldmul2(long double x){return x*2.0;}
double ternz(double x){return x?x:0;}
int andz(double x,float y){return x&&y;}
void forz(double x){for(;x;x-=1.5);}
double mulchain(double x){return 2*x*2;}
double addself(double x){return x*2+x*2;}
double retneg(void){return -1.5;}
float fneg2(float x){return -x*2;}
double uneg(unsigned u){return u*2.0;}
double i2d(int i){return i*2.0;}
double f2d(float i){return i*2.0;}
double f2di(float i){return i*2;}
int main(void) { return 0; }
