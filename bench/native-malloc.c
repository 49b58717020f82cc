/* Replays an allocation trace natively: `native-malloc FILE`, prints the nanoseconds of the first and the best pass.
 *
 * FILE holds 32-bit words, three for each call: what (0 malloc, 1 free, 2 realloc, 3 calloc), block number, size. All of
 * it is read before the first call, into memory that malloc knows nothing of. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int64_t now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1000000000ll + t.tv_nsec;
}

int main(int argc, char **argv)
{
  int fd = argc < 2 ? -1 : open(argv[1], O_RDONLY);
  struct stat info;
  if (fd < 0 || fstat(fd, &info)) return 2;
  const uint32_t *word = mmap(0, (size_t)info.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
  size_t count = (size_t)info.st_size / 12, blocks = 0;
  for (size_t i = 0; i < count; i++)
    if (word[3 * i + 1] >= blocks) blocks = word[3 * i + 1] + 1;
  void **block = mmap(0, blocks * 8 + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  int64_t first = 0, best = 0;
  for (int pass = 0; pass < 9; pass++) {
    int64_t start = now();
    for (size_t i = 0; i < count; i++) {
      uint32_t what = word[3 * i], id = word[3 * i + 1], size = word[3 * i + 2];
      if (what == 0) block[id] = malloc(size);
      else if (what == 1) {
        free(block[id]);
        block[id] = 0;
      } else if (what == 2) block[id] = realloc(block[id], size);
      else block[id] = calloc(1, size);
    }
    int64_t elapsed = now() - start;
    for (size_t i = 0; i < blocks; i++) {
      free(block[i]);
      block[i] = 0;
    }
    if (pass == 0) first = elapsed;
    if (pass == 0 || elapsed < best) best = elapsed;
  }
  char text[64];
  int length = snprintf(text, sizeof text, "%ld %ld\n", (long)first, (long)best);
  return write(1, text, (size_t)length) == length ? 0 : 1;
}
