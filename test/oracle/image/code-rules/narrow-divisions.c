/* Divisions of bytes and short integers. */
typedef unsigned char u8; typedef signed char s8; typedef unsigned short u16; typedef short s16; u8 g;
u8 d1(u8 a,u8 b){return a/b;}
u8 d2(u8 a,u8 b){return a%b;}
s8 d3(s8 a,s8 b){return a/b;}
s8 d4(s8 a,s8 b){return a%b;}
u16 d5(u16 a,u16 b){return a/b;}
u16 d6(u16 a,u16 b){return a%b;}
s16 d7(s16 a,s16 b){return a%b;}
void d8(u8 a,u8 b){g = a/b; g = a%b; a = a%b;}
u8 d9(u8 a){return g/a;}
