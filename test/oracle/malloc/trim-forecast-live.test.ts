/**
 * What malloc_trim(0) would give back, foretold at a moment of a run, beside what it gives back in the real process there.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { openSession } from '../../support/open-session.ts';
import { hasGcc } from '../../support/gcc.ts';
import { compileReal } from '../../support/real-process.ts';

/** Pages of the heap that are in memory are counted by mincore(2): the kernel's own counters of RSS are kept by CPU and lag behind. */
const program = (seed: number, blocks: number, most: number, freed: string): string => `
#define _GNU_SOURCE
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
static char *kept[${String(blocks)}];
static unsigned char present[1 << 16];
static char line[100];
static long pages(char *start) {
  char *end = sbrk(0);
  long count = (end - start) / 4096, in = 0;
  if (mincore(start, count * 4096, present) != 0) return -1;
  for (long i = 0; i < count; i++) in += present[i] & 1;
  return in;
}
int main(void) {
  char *start = sbrk(0);
  unsigned s = ${String(seed)};
  for (int i = 0; i < ${String(blocks)}; i++) {
    s = s * 1103515245 + 12345;
    size_t n = (s >> 16) % ${String(most)} + 1;
    kept[i] = malloc(n);
    memset(kept[i], 1, n);
  }
  for (int i = 0; i < ${String(blocks)}; i++) if (${freed}) free(kept[i]);
  long before = pages(start);
  char *top = sbrk(0);
  int result = malloc_trim(0);
  long after = pages(start);
  sprintf(line, "%d %ld %ld\\n", result, before - after, (long)(top - (char *)sbrk(0)));
  write(1, line, strlen(line));
  return 0;
}
`;

const cases: readonly (readonly [number, number, number, string])[] = [
  [1, 200, 3000, 'i % 2'],
  [7, 60, 20_000, 'i > 5 && i < 50'],
  [42, 300, 900, 'i > 100'],
  [99, 40, 50_000, 'i % 3 != 0'],
  [5, 20, 100, 'i == 3'],
];

describe('the forecast of malloc_trim', function () {
  this.timeout(60_000);
  if (!hasGcc('the forecast of malloc_trim')) return;

  for (const [seed, blocks, most, freed] of cases)
    it(`tells what the real call gives back: ${String(blocks)} blocks of at most ${String(most)} bytes, freed where ${freed}`, () => {
      const text = program(seed, blocks, most, freed);
      const { path, remove } = compileReal(text, ['-O0']);
      const real = execFileSync('setarch', ['-R', path], { encoding: 'utf8' });
      remove();
      const session = openSession(text, { stdoutKind: 'pipe' });
      const { recording } = session;
      const calls = [...recording.indicesOfKinds(['malloc'])];
      const call = calls.find((index) => recording.nameAt(index) === 'malloc_trim') ?? -1;
      session.seek(Math.min(call, recording.sinceAt(call)) - 1);
      const forecast = session.forecastTrim();
      assert.ok(forecast !== undefined);
      const { result, residentBefore, residentAfter, heapBefore, heapAfter } = forecast;
      const told = [result, (residentBefore - residentAfter) / 4096, heapBefore - heapAfter].join(' ');
      assert.equal(`${told}\n`, real);
    });
});
