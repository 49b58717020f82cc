#include <stdio.h>
struct point { int x, y; };
struct box { struct point lo, hi; char tag[8]; };
static int sum(struct point p) { return p.x + p.y; }
static int total(void)
{
  const int weights[4] = {1, 2, 3, 4};
  const struct box b = {{0, 1}, {2, 3}, "box"};
  const struct point origin = {0, 0};
  const struct point unit = {1, 1};
  const char *const names[3] = {"red", "green", "blue"};
  const double scale[2] = {0.5, 2.0};
  int local = weights[0] + weights[3];
  struct point copy = unit;
  return local + b.hi.x + origin.x + unit.y + names[1][0] + (int)scale[1] + copy.x + sum(unit) + sum(b.lo);
}
static int indexed(int i)
{
  const int table[4] = {1, 2, 3, 4};
  const int other[2][2] = {{1, 2}, {3, 4}};
  const int fixed[2][2] = {{1, 2}, {3, 4}};
  return table[i] + other[i][0] + fixed[1][1];
}
int main(void)
{
  const struct point p = {3, 4};
  const struct point q = {5, 6}, *const pq = &q;
  static int calls = 1;
  for (int i = 0; i < 2; i++) {
    const struct point inner = {7, 8};
    calls += inner.x + pq->y;
  }
  printf("%d %d %d %d\n", total(), indexed(1), p.x, calls);
  return 0;
}
