/* Variables in registers: values that are overwritten, and jumps around nothing, go. */
int own; int ext(int);
typedef long long ll; struct pair { int a, b; }; struct mixed { double d; int i; }; extern int external(int); extern int total;
int a(int x){ register int *r3 = 0; r3 = &own; return *r3; }
void b(int x){ register int r3 = 0; if (x>7) r3 = x; }
void c(int x){ register int r3 = 0; if (x>7) r3 = x; ext(r3); r3 = 5; r3 = 6; }
void d(int x){ register int r3 = x; r3++; r3 += ext(2); }
void e(int x){ register int r3; r3 = x*3;if (x>7) { r3 = x*x; } else x = 3; }
ll k6(int x, int *q, struct pair t)
{
  register int r1 = x;
  register int r2 = 3;
  register char *r3 = 0;
  r1++;
  if (r1 < r2) r1 = x;
  r1 = r2 + (x + 2);
  r1 = r2 + own;
  r3 = (char *)&x;
  r2 += external(r1);
  r1++;
  r1 = *r3;
  return own;
}
static ll k8(int x, int *q, ll l, double e, struct pair t)
{
  register int r1 = 7;
  register int r2 = 3;
  register char *r3 = 0;
  if (x > 2) {
    r1++;
  }
  for (r2 = 0; r2 < 4; r2++) x += r2;
  for (r2 = 0; r2 < 4; r2++) x += r2;
  r1++;
  r3 = (char *)&x;
  while (x < 5) {
    r3 = (char *)&x;
  }
  r2 += external(r1);
  return x + 1;
}
void k17(int x, int *q, char c)
{
  register int r1 = own;
  register int r2 = 3;
  register char *r3 = 0;
  for (r2 = 0; r2 < 4; r2++) x += r2;
  while (x < 8) {
    r1++;
  }
}
static double k42(int x, int *q, struct pair t)
{
  register int r1 = total;
  register int r2 = 3;
  register char *r3 = 0;
  r1++;
  r2 += external(r1);
  if (x > 6) {
    r1 = *r3;
  }
  if (x > 1) {
    if (r1 < r2) r1 = x;
  }
  r3 = (char *)&x;
  r1 = r2 + *q;
  r2 += external(r1);
  return *q;
}
