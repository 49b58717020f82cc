/* Bytes and words: operations of 32 bits where registers are free, and which registers the operands get. */
typedef signed char int8_t;
 int8_t m(int8_t a, int8_t b){return a*b;}
 int8_t m2(int8_t a, int8_t b){a = a*b; return a;}
 int8_t s(int8_t a, int8_t b){return a-b;}
 int8_t s2(int8_t a, int8_t b){a = a-b; return a;}
 short n(short a){return -a;}
 short n2(short a){a = -a;return a;}
 short n3(short a, short b){return a-b;}
 int8_t n4(int8_t a, int8_t b){return a+b;}
typedef signed char QI; typedef short HI; typedef int SI; typedef long DI; volatile QI gQI;volatile HI gHI;volatile SI gSI;volatile DI gDI;volatile unsigned char uQI; volatile unsigned short uHI; volatile unsigned uSI; volatile unsigned long uDI;
void f_QI_add(void){ uQI = gQI + gQI; }
void f_QI_sub(void){ uQI = gQI - gQI; }
void f_QI_mul(void){ uQI = gQI * gQI; }
void f_QI_and(void){ uQI = gQI & gQI; }
void f_QI_or(void){ uQI = gQI | gQI; }
void f_QI_xor(void){ uQI = gQI ^ gQI; }
void f_QI_shl(void){ uQI = gQI << gQI; }
void f_QI_shr(void){ uQI = gQI >> gQI; }
void f_QI_neg(void){ uQI = -gQI; }
void f_QI_not(void){ uQI = ~gQI; }
void f_QI_addi(void){ uQI = gQI+3; }
void f_QI_shli(void){ uQI = gQI<<3; }
void f_QI_shri(void){ uQI = gQI>>3; }
void f_QI_muli(void){ uQI = gQI*3; }
void f_QI_mul7(void){ uQI = gQI*11; }
void f_HI_add(void){ uHI = gHI + gHI; }
void f_HI_sub(void){ uHI = gHI - gHI; }
void f_HI_mul(void){ uHI = gHI * gHI; }
void f_HI_and(void){ uHI = gHI & gHI; }
void f_HI_or(void){ uHI = gHI | gHI; }
void f_HI_xor(void){ uHI = gHI ^ gHI; }
void f_HI_shl(void){ uHI = gHI << gHI; }
void f_HI_shr(void){ uHI = gHI >> gHI; }
void f_HI_neg(void){ uHI = -gHI; }
void f_HI_not(void){ uHI = ~gHI; }
void f_HI_addi(void){ uHI = gHI+3; }
void f_HI_shli(void){ uHI = gHI<<3; }
void f_HI_shri(void){ uHI = gHI>>3; }
void f_HI_muli(void){ uHI = gHI*3; }
void f_HI_mul7(void){ uHI = gHI*11; }
void f_SI_add(void){ uSI = gSI + gSI; }
void f_SI_sub(void){ uSI = gSI - gSI; }
void f_SI_mul(void){ uSI = gSI * gSI; }
void f_SI_and(void){ uSI = gSI & gSI; }
void f_SI_or(void){ uSI = gSI | gSI; }
void f_SI_xor(void){ uSI = gSI ^ gSI; }
void f_SI_shl(void){ uSI = gSI << gSI; }
void f_SI_shr(void){ uSI = gSI >> gSI; }
void f_SI_neg(void){ uSI = -gSI; }
void f_SI_not(void){ uSI = ~gSI; }
void f_SI_addi(void){ uSI = gSI+3; }
void f_SI_shli(void){ uSI = gSI<<3; }
void f_SI_shri(void){ uSI = gSI>>3; }
void f_SI_muli(void){ uSI = gSI*3; }
void f_SI_mul7(void){ uSI = gSI*11; }
void f_DI_add(void){ uDI = gDI + gDI; }
void f_DI_sub(void){ uDI = gDI - gDI; }
void f_DI_mul(void){ uDI = gDI * gDI; }
void f_DI_and(void){ uDI = gDI & gDI; }
void f_DI_or(void){ uDI = gDI | gDI; }
void f_DI_xor(void){ uDI = gDI ^ gDI; }
void f_DI_neg(void){ uDI = -gDI; }
void f_DI_not(void){ uDI = ~gDI; }
void f_DI_addi(void){ uDI = gDI+3; }
void f_DI_muli(void){ uDI = gDI*3; }
void f_DI_mul7(void){ uDI = gDI*11; }
