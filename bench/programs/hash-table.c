/* Words counted in a table with chained entries: characters, pointers, calls. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUCKETS 16384
#define WORDS 40000
#define ROUNDS 300

struct entry {
  struct entry *next;
  unsigned hash;
  int count;
  char key[16];
};

static struct entry *table[BUCKETS];

static unsigned hash(const char *key) {
  unsigned h = 2166136261u;
  while (*key) {
    h ^= (unsigned char)*key++;
    h *= 16777619u;
  }
  return h;
}

static int same(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return *a == *b;
}

static struct entry *find(const char *key) {
  unsigned h = hash(key);
  struct entry **at = &table[h % BUCKETS];
  for (struct entry *e = *at; e != NULL; e = e->next)
    if (e->hash == h && same(e->key, key)) return e;
  struct entry *e = malloc(sizeof *e);
  e->next = *at;
  e->hash = h;
  e->count = 0;
  strcpy(e->key, key);
  *at = e;
  return e;
}

static void spell(char *to, unsigned number) {
  char digits[12];
  int n = 0;
  do digits[n++] = 'a' + number % 26;
  while ((number /= 26) != 0);
  while (n > 0) *to++ = digits[--n];
  *to = 0;
}

int main(void) {
  char word[16];
  unsigned seed = 1;
  for (int round = 0; round < ROUNDS; round++) {
    for (int i = 0; i < WORDS; i++) {
      seed = seed * 1103515245u + 12345u;
      spell(word, seed >> 8 & 0x7fff);
      find(word)->count++;
    }
  }
  long entries = 0, most = 0;
  for (int i = 0; i < BUCKETS; i++) {
    for (struct entry *e = table[i]; e != NULL; e = e->next) {
      entries++;
      if (e->count > most) most = e->count;
    }
  }
  printf("%ld %ld\n", entries, most);
  return 0;
}
