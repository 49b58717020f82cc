/* Leaves chunks on several lists, then prints malloc_info and malloc_stats; NAME.txt holds what the real releases print. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static char buf[8192];
int main(void)
{
  void *b[20], *f[3];
  static const int sizes[] = {5000, 5000, 2000};
  setvbuf(stdout, buf, _IOFBF, sizeof buf);
  malloc(10);
  for (int i = 0; i < 20; i++) b[i] = malloc(24 + (i % 3) * 32);
  malloc(200000);
  for (int i = 0; i < 3; i++) { f[i] = malloc(sizes[i]); malloc(10); }
  for (int i = 0; i < 20; i++) free(b[i]);
  for (int i = 0; i < 3; i++) free(f[i]);
  malloc(300);
  malloc(6000);
  malloc_info(0, stdout);
  fflush(stdout);
  malloc_stats();
  return 0;
}
