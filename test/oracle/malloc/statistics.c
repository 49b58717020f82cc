#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
static void show(const char *when)
{
  struct mallinfo2 i = mallinfo2();
  printf("%s: %zu %zu %zu %zu %zu %zu %zu %zu %zu %zu\n", when, i.arena, i.ordblks, i.smblks, i.hblks, i.hblkhd, i.usmblks,
         i.fsmblks, i.uordblks, i.fordblks, i.keepcost);
}
int main(void)
{
  static char out[4096];
  setvbuf(stdout, out, _IOFBF, sizeof out);
  void *p[40];
  for (int i = 0; i < 40; i++) p[i] = malloc(24 + 40 * i);
  for (int i = 0; i < 40; i += 2) free(p[i]);
  show("freed");
  for (int i = 0; i < 20; i++) free(malloc(2000 + 100 * i));
  printf("%zu %zu %zu\n", malloc_usable_size(p[1]), malloc_usable_size(NULL), malloc_usable_size(p[39]));
  errno = 0;
  void *a = NULL;
  int status = posix_memalign(&a, 64, 100);
  printf("%d %d %d\n", status, (int)((uintptr_t)a % 64), errno);
  status = posix_memalign(&a, 3, 100);
  printf("%d\n", status);
  void *b = aligned_alloc(256, 512), *c = memalign(128, 77), *d = valloc(10), *e = pvalloc(10);
  printf("%p %p %p %p\n", b, c, d, e);
  errno = 0;
  printf("%p %d\n", reallocarray(NULL, SIZE_MAX / 2, 3), errno);
  c = reallocarray(c, 10, 30);
  printf("%p\n", c);
  printf("%d %d %d %d\n", mallopt(M_MXFAST, 64), mallopt(M_MXFAST, 100000), mallopt(M_MMAP_THRESHOLD, 4096), mallopt(M_TOP_PAD, 0));
  void *m = malloc(100000);
  show("mapped");
  struct mallinfo old = mallinfo();
  printf("%d %d\n", old.hblks, old.hblkhd);
  free(b); free(d); free(e); free(a);
  printf("%d\n", malloc_trim(0));
  show("trimmed");
  fflush(stdout);
  malloc_stats();
  errno = 0;
  printf("%d %d\n", malloc_info(1, stdout), errno);
  printf("%d\n", malloc_info(0, stdout));
  free(m);
  malloc_stats();
  return 0;
}
