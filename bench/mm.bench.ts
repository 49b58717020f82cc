/**
 * The address space: a million page faults, and operations among 10,000 mappings, beside a C program that asks the kernel of
 * this machine for the same.
 *
 * Both sides touch 50,000 pages, give them back and begin again, 20 times: so that neither waits for fresh memory of the host.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PlainLinearMemory } from '../src/core/mm/linear-memory.ts';
import { ProcessMemory } from '../src/core/mm/process-memory.ts';
import { machineProfile } from '../src/core/target/machine-profile.ts';
import { NullTracer } from '../src/core/trace/trace-event.ts';

const peer = `
#include <stdio.h>
#include <sys/mman.h>
#include <time.h>
static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }
static char *make(long bytes, int prot) { return mmap(0, bytes, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }
int main(void) {
  double start = now();
  for (int round = 0; round < 20; round++) {
    char *p = make(50000L * 4096 + 4096, 3);
    for (long k = 0; k < 50000; k++) p[k * 4096] = 1;
    munmap(p, 50000L * 4096 + 4096);
  }
  printf("%f\\n", now() - start);
  for (int count = 1000; count <= 32000; count *= 32) {
    static char *at[32000];
    for (int k = 0; k < count; k++) at[k] = make(8192, k % 2 ? 1 : 0);
    start = now();
    for (int k = 0; k < 20000; k++) {
      char *p = at[(k * 7919L) % count];
      mprotect(p, 4096, 3);
      mprotect(p, 4096, (k * 7919L) % count % 2 ? 1 : 0);
    }
    printf("%f\\n", now() - start);
    start = now();
    for (int k = 0; k < 20000; k++) munmap(make(12288, 3), 12288);
    printf("%f\\n", now() - start);
    for (int k = 0; k < count; k++) munmap(at[k], 8192);
  }
}
`;

/** Times of the C program in milliseconds, in the order of the measurements here. */
function peerTimes(): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
  try {
    writeFileSync(join(folder, 'peer.c'), peer);
    execFileSync('gcc', ['-O2', '-o', join(folder, 'peer'), join(folder, 'peer.c')]);
    return execFileSync(join(folder, 'peer'), { encoding: 'utf8' }).trim().split('\n').map(Number);
  } catch {
    console.warn('NOT RUN: the peer, for there is no gcc');
    return [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function process64(): ProcessMemory {
  const profile = machineProfile('x86_64');
  return new ProcessMemory({ linear: new PlainLinearMemory(32, 65535), profile, tracer: new NullTracer() });
}

const theirs = peerTimes();
let at = 0;

function measure(what: string, operations: number, work: () => void): void {
  const start = performance.now();
  work();
  const ms = performance.now() - start;
  const native = theirs[at];
  at += 1;
  const ratio =
    native === undefined ? '' : `, native ${native.toFixed(0)} ms, ratio ${(ms / native).toFixed(2)}`;
  console.log(`${what}: ${ms.toFixed(0)} ms, ${((ms * 1e6) / operations).toFixed(0)} ns each${ratio}`);
}

const memory = process64();
measure('1,000,000 page faults', 1_000_000, () => {
  for (let round = 0; round < 20; round++) {
    const start = memory.mmap(0, 50_001 * 4096, 3, 0x22, -1, 0);
    for (let page = 0; page < 50_000; page++) memory.writeU8(start + page * 4096, 1);
    memory.munmap(start, 50_001 * 4096);
  }
});
for (const count of [1000, 32_000]) {
  const many = process64();
  const places = Array.from({ length: count }, (_, k) => many.mmap(0, 8192, k % 2, 0x22, -1, 0));
  measure(`40,000 mprotect among ${String(count)} mappings`, 40_000, () => {
    for (let k = 0; k < 20_000; k++) {
      const which = (k * 7919) % count;
      const place = places[which] ?? 0;
      many.mprotect(place, 4096, 3);
      many.mprotect(place, 4096, which % 2);
    }
  });
  measure(`20,000 mmap and munmap among ${String(count)} mappings`, 40_000, () => {
    for (let k = 0; k < 20_000; k++) many.munmap(many.mmap(0, 12_288, 3, 0x22, -1, 0), 12_288);
  });
}
