/**
 * Heaps of threads' arenas beside the real ones: random programs with threads walk every heap that their blocks lie in, by
 * heap_info, malloc_state and the sizes in the headers, and print what they find. The real process prints the same, and what
 * the session lists at that moment is what was printed.
 */
import assert from 'node:assert/strict';
import { decodeUtf8 } from '../../../src/base/utf8.ts';
import type { Snapshot } from '../../../src/protocol/view-model.ts';
import { compareThreads } from '../../support/compare-threads.ts';
import { hasGcc, hasGcc32 } from '../../support/gcc.ts';
import { libraryCacheBytes, openSession } from '../../support/open-session.ts';
import { randomThreadProgram } from '../../support/thread-programs.ts';

const count = Number(process.env.THREAD_PROGRAMS ?? 5);

/** Offsets are those of malloc_state and heap_info of glibc 2.36. */
const walker = `#include <stdint.h>
#include <string.h>
#if __SIZEOF_POINTER__ == 8
enum { FAST = 16, NFAST = 10, TOP = 96, BINS = 112, FIRST = 2256, MAX = 64 << 20 };
#else
enum { FAST = 12, NFAST = 11, TOP = 56, BINS = 64, FIRST = 1144, MAX = 1 << 20 };
#endif
typedef uintptr_t word;
static word at(word a) { return *(word *)a; }
static word seen[64]; static int nseen;
static int isNew(word a) { for (int i = 0; i < nseen; i++) if (seen[i] == a) return 0; seen[nseen++] = a; return 1; }
static void walkHeap(word heap, word arena) {
  word top = at(arena + TOP), end = heap + at(heap + 2 * sizeof(word));
  word c = heap + (arena - heap < 4096 ? FIRST : arena & 0xfff);
  printf("heap %#lx size %#lx opened %#lx\\n", (long)heap, (long)(end - heap), (long)at(heap + 3 * sizeof(word)));
  for (int posts = 0; c < end; c += at(c + sizeof(word)) & ~(word)7) {
    word size = at(c + sizeof(word));
    printf("chunk %#lx %#lx\\n", (long)c, (long)size);
    if (c == top) break;
    posts = size < 4 * sizeof(word) ? posts + 1 : 0;
    if (posts == 2) break;
  }
}
static void walk(void) {
  for (int t = 0; t < 8; t++) for (int s = 0; s < 6; s++) {
    word mem = (word)p[t][s];
    if (mem == 0 || (at(mem - sizeof(word)) & 6) != 4) continue;
    word arena = at(mem & ~(word)(MAX - 1));
    if (!isNew(arena)) continue;
    printf("arena %#lx top %#lx\\n", (long)arena, (long)at(arena + TOP));
    for (int i = 0; i < NFAST; i++)
      for (word c = at(arena + FAST + i * sizeof(word)); c != 0; ) {
        printf("fast %#lx\\n", (long)c);
        word pos = c + 2 * sizeof(word);
        c = at(pos) ^ (pos >> 12);
      }
    for (int i = 0; i < 127; i++) {
      word bin = arena + BINS + 2 * i * sizeof(word) - 2 * sizeof(word);
      for (word c = at(bin + 2 * sizeof(word)); c != bin; c = at(c + 2 * sizeof(word))) printf("bin %#lx\\n", (long)c);
    }
    word heap = at(arena + TOP) & ~(word)(MAX - 1);
    for (; heap != 0; heap = at(heap + sizeof(word))) walkHeap(heap, arena);
  }
}
`;

/** The program with a walk over the heaps while threads still hold blocks, and one at the end. */
function walking(text: string): string {
  const withWalker = text.replace('static void show(', `${walker}static void show(`);
  return withWalker.replace('  char line[300]', '  walk(); puts("walked");\n  char line[300]');
}

/** What the session lists, as the program writes it. */
function linesOf(arenas: Snapshot['arenas']): readonly string[] {
  return arenas.flatMap(({ state, top, heaps }) => [
    `arena ${state} top ${top}`,
    ...heaps.flatMap(({ start, end, openedEnd, chunks, isCut, bands }) => {
      assert.equal(isCut, false);
      assert.deepEqual(bands, []);
      const hexOf = (bytes: number): string => `0x${bytes.toString(16)}`;
      return [
        `heap ${start} size ${hexOf(Number(end) - Number(start))} opened ${hexOf(Number(openedEnd) - Number(start))}`,
        ...chunks.map((chunk) => `chunk ${chunk.start} ${chunk.sizeWord}`),
      ];
    }),
    ...heaps.flatMap(({ chunks }) =>
      chunks.flatMap((chunk) => {
        if (chunk.state === 'fastbin') return [`fast ${chunk.start}`];
        const isBinned = chunk.state === 'unsorted' || chunk.state === 'small' || chunk.state === 'large';
        return isBinned ? [`bin ${chunk.start}`] : [];
      }),
    ),
  ]);
}

const targets = [
  { target: 'x86_64', flags: [], has: hasGcc, mostSteps: 48 },
  { target: 'i386', flags: ['-m32'], has: hasGcc32, mostSteps: 12 },
] as const;

for (const { target, flags, has, mostSteps } of targets)
  describe(`heaps of threads of ${target}`, function () {
    this.timeout(60_000);
    let walked = 0;

    before(function () {
      if (!has('heaps of threads')) this.skip();
    });

    after(() => {
      assert.ok(walked > 0, 'no program held a block of another arena');
    });

    for (let seed = 0; seed < count; seed += 1) {
      it(`number ${String(seed)}`, () => {
        const text = walking(randomThreadProgram(seed, mostSteps));
        compareThreads(text, target, flags);
        const session = openSession(text, {
          stdoutKind: 'terminal',
          ldCacheBytes: libraryCacheBytes(),
          target,
        });
        const { recording } = session;
        let printed: string[] = [];
        for (let index = 0; index < recording.count; index++) {
          const event = recording.eventAt(index);
          if (event.kind !== 'output') continue;
          const lines = decodeUtf8(event.bytes).split('\n');
          printed.push(...lines.filter((line) => /^(?:arena|heap|chunk|fast|bin) /.test(line)));
          if (!lines.includes('walked')) continue;
          session.seek(index);
          const { arenas } = session.snapshot('en');
          // Of an arena in which no block is held the program does not know.
          const known = arenas.filter(({ state }) =>
            printed.some((line) => line.startsWith(`arena ${state} `)),
          );
          assert.deepEqual([...linesOf(known)].sort(), printed.sort());
          walked += printed.length;
          printed = [];
        }
      });
    }
  });
