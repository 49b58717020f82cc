#include <stdio.h>
enum op { ADD, SUB, MUL, DIV, MOD, NEG, NOP };
int run(enum op o, int a, int b) { switch (o) { case ADD: return a + b; case SUB: return a - b; case MUL: return a * b; case DIV: return b ? a / b : 0; case MOD: return b ? a % b : 0; case NEG: return -a; default: return 0; } }
const char *name(int n) { switch (n) { case 1: return "one"; case 2: return "two"; case 3: return "three"; case 4: return "four"; case 5: return "five"; case 6: return "six"; } return "many"; }
int sparse(int n) { switch (n) { case 1: return 10; case 100: return 20; case 1000: return 30; case 10000: return 40; case 100000: return 50; case 7: return 6; } return 0; }
int four(int n) { switch (n) { case 0: return 9; case 1: return 8; case 2: return 7; case 3: return 6; } return 0; }
int chars(int c) { switch (c) { case 'a': case 'e': case 'i': case 'o': case 'u': return 1; case '0' ... '9': return 2; case ' ': return 3; } return 0; }
int two(long v) { switch (v) { case 10: puts("ten"); break; case 11: puts("eleven"); break; case 12: puts("twelve"); break; case 13: puts("thirteen"); break; case 14: puts("fourteen"); break; case 500: puts("x"); break; case 501: puts("y"); break; case 502: puts("z"); break; case 503: puts("w"); break; case 504: puts("v"); } return 0; }
int main(void) { double half = 0.5; printf("%d %s %d\n", run(MUL, 6, 7), name(3), sparse(7)); return (int)half + four(9) + chars('z') + two(1); }
