/* Conditionals: the simpler arm stands last, behind the opposite condition; shifts by variable counts in an arm. */
int g; long h; char c8; unsigned u1;
int a1(int x,int y){return x ? 1 : y+2;}
int a2(int x,int y){return x ? y : y+2;}
int a3(int x,int y){return x<3||y>4 ? y : y+2;}
int a4(int x,int y){g = x<3||y>4 ? y : y+2;return 0;}
int a5(int x,int y){g = x<3 ? y : y+2;return 0;}
char a6(char x,char y){return x<3||y>4 ? y : y<<2;}
char a7(char x,char y){return (x<3||y>4) ? (x) : (x<<y);}
int a9(int x,int y){return x ? 1 : g;}
int aa(int x,int y){return x<3||y>4 ? x : 5;}
int ab(int x,int y){return x<3||y>4 ? 4 : x;}
typedef unsigned u;
u sa(u left, u right) { return (right >= 32) ? left : (left >> right); }
u sb(u left, u right) { return left >> right; }
u sc(u left, u right) { u t; t = right ? left : left >> right; return t; }
u sd(u left, u right) { return right ? left : left - right; }
