/** malloc_info and malloc_stats of several releases: the calls of statistics/busy.c give the text that the real ones gave. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Malloc } from '../../../src/core/malloc/malloc.ts';
import { NullTracer } from '../../../src/core/trace/trace-event.ts';
import { startProcess } from '../../../src/session/replay/start-state.ts';
import { startStateFor } from '../../../src/session/replay/start-states.ts';
import { parseTrace } from '../../../src/session/replay/trace.ts';

const folder = join(import.meta.dirname, 'statistics');

/** The calls of busy.c. */
function beBusy(malloc: Malloc): void {
  malloc.malloc(10);
  const blocks = Array.from({ length: 20 }, (_, i) => malloc.malloc(24 + (i % 3) * 32));
  malloc.malloc(200_000);
  const freed = [5000, 5000, 2000].map((bytes) => {
    const block = malloc.malloc(bytes);
    malloc.malloc(10);
    return block;
  });
  for (const block of [...blocks, ...freed]) malloc.free(block);
  malloc.malloc(300);
  malloc.malloc(6000);
}

describe('malloc_info and malloc_stats', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt'))) {
    const [release = '', arch] = file.slice(0, -'.txt'.length).split('-');
    it(`write what glibc ${release} wrote (${arch ?? ''})`, () => {
      const target = arch === 'i386' ? 'i386' : 'x86_64';
      const { malloc } = startProcess(startStateFor(release, target, parseTrace('check')), new NullTracer());
      beBusy(malloc);
      const text = [...(malloc.mallocInfo(0) ?? []), ...malloc.mallocStats()].join('');
      assert.equal(text, readFileSync(join(folder, file), 'utf8'));
    });
  }
});
