/* Primes below a limit by the sieve of Eratosthenes: bytes of one large array, stores with a stride. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LIMIT 5000000

int main(void) {
  unsigned char *composite = malloc(LIMIT + 1);
  long count = 0;
  for (int round = 0; round < 20; round++) {
    memset(composite, 0, LIMIT + 1);
    count = 0;
    for (int i = 2; i <= LIMIT; i++) {
      if (composite[i]) continue;
      count++;
      for (long k = (long)i * i; k <= LIMIT; k += i) composite[k] = 1;
    }
  }
  printf("%ld\n", count);
  free(composite);
  return 0;
}
