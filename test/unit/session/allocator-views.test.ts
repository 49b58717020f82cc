import assert from 'node:assert/strict';
import type { AllocatorView, BinView, HeapUse } from '../../../src/protocol/allocator-view.ts';
import type { Session } from '../../../src/session/session.ts';
import { openSession } from '../../support/open-session.ts';

const program = `#include <malloc.h>
#include <stdlib.h>
#include <string.h>
int main(void) {
  char *small[10], *wide[3], *last;
  for (int i = 0; i < 10; i++) small[i] = malloc(24);
  for (int i = 0; i < 3; i++) wide[i] = malloc(1500);
  last = malloc(40);
  memset(last, 1, 40);
  for (int i = 0; i < 9; i++) free(small[i]);
  free(wide[0]);
  free(wide[2]);
  char *mapped = malloc(300000);
  mapped[0] = 1;
  char *wider = malloc(40000);
  memset(wider, 1, 40000);
  free(wider);
  free(mapped);
  return 0;
}
`;

/** The allocator right after the event with this text. */
function allocatorAt(session: Session, text: RegExp): AllocatorView {
  const { events } = session.events(0, 1000, ['malloc'], 0, 'en');
  const event = events.filter((one) => text.test(one.text)).at(-1);
  assert.ok(event !== undefined, `no event ${String(text)}`);
  session.seek(event.index);
  return session.allocator('en');
}

const usesOf = (view: AllocatorView): Partial<Record<HeapUse, number>> =>
  Object.fromEntries(view.uses.map(({ use, bytes }) => [use, bytes]));

const binOf = (view: AllocatorView, family: BinView['family']): BinView => {
  const bin = view.bins.find((one) => one.family === family);
  assert.ok(bin !== undefined, `no ${family} bin`);
  return bin;
};

describe('the inside of malloc', () => {
  const session = openSession(program);
  const full = allocatorAt(session, /^malloc\(300000\)/);

  it('lists the bins in list order, with links as stored and as meant', () => {
    const tcache = binOf(full, 'tcache');
    assert.deepEqual(
      { ...tcache, entries: tcache.entries.map(({ chunk }) => chunk) },
      {
        family: 'tcache',
        arena: undefined,
        thread: 1,
        index: 0,
        sizes: { low: 32, high: 32 },
        counter: { value: 7, limit: 7 },
        // Freed from 0x5555555592a0 up by 0x20: the last one is first.
        entries: [6, 5, 4, 3, 2, 1, 0].map((i) => `0x${(0x555555559290 + i * 0x20).toString(16)}`),
        length: 7,
      },
    );
    const { next, back } = tcache.entries[0] ?? {};
    assert.equal(back, undefined);
    assert.equal(next?.at, '0x555555559360');
    assert.equal(next.decoded, '0x555555559340');
    // Safe-linking: the stored word is the pointer with the page number of its own place.
    assert.equal(BigInt(next.stored), 0x555555559340n ^ 0x555555559n);

    // A request of this size merges what the fast bins hold: they are looked at before it.
    const fast = binOf(allocatorAt(session, /^free\(0x555555559fc0\)/), 'fastbin');
    assert.deepEqual(
      fast.entries.map(({ chunk }) => chunk),
      ['0x555555559390', '0x555555559370'],
    );
    assert.deepEqual(fast.sizes, { low: 32, high: 32 });
  });

  it('says which sizes a large bin takes', () => {
    const sorted = allocatorAt(session, /^malloc\(40000\)/);
    const large = binOf(sorted, 'large');
    // largebin_index_64 of 1520 bytes: 48 + (1520 >> 6).
    assert.equal(large.index, 71);
    assert.deepEqual(large.sizes, { low: 1472, high: 1520 });
    assert.equal(large.length, 2);
    const [first, second] = large.entries;
    assert.equal(first?.next.decoded, second?.chunk);
    assert.equal(second?.back?.decoded, first?.chunk);
  });

  it('accounts for every byte of the heap once', () => {
    const heap = full.uses.filter(({ use }) => use !== 'mmapped');
    assert.equal(
      heap.reduce((sum, { bytes }) => sum + bytes, 0),
      session.snapshot('en').heap === undefined ? 0 : 132 * 1024,
    );
    const uses = usesOf(full);
    // small[9], wide[1] and last are in use; of 24 and of 40 bytes asked for all are usable, of 1,500 1,512.
    assert.equal(uses.requested, 24 + 1500 + 40);
    assert.equal(uses.slack, 12);
    assert.equal(uses.tcache, 7 * (32 - 8));
    assert.equal(uses.mmapped, 303_104);
  });

  it('counts as resident what lies in touched pages', () => {
    const mapped = allocatorAt(session, /^malloc\(40000\)/).uses.find(({ use }) => use === 'mmapped');
    assert.equal(mapped?.residentBytes, 4096);
    const heapPages = full.uses
      .filter(({ use }) => use !== 'mmapped')
      .reduce((sum, { residentBytes }) => sum + residentBytes, 0);
    const mapping = session.snapshot('en').mappings.find(({ kind }) => kind === 'heap');
    assert.equal(heapPages % 4096, 0);
    assert.ok(mapping !== undefined && heapPages <= mapping.residentPages * 4096);
  });

  it('names the chunk that keeps top from growing down', () => {
    // The last block of the program lies right below top.
    assert.equal(full.pin, '0x55555555a5a0');
  });

  it('shows thresholds beside what they were', () => {
    const after = allocatorAt(session, /^free\(0x7ffff7/);
    const field = (name: string): { value: number; initial: number } | undefined => {
      const found = after.fields.find((one) => one.name === name);
      return found === undefined ? undefined : { value: found.value, initial: found.initial };
    };
    // The freed block raises the threshold to its size, and trimming to twice that.
    assert.deepEqual(field('mmap_threshold'), { value: 303_104, initial: 131_072 });
    assert.deepEqual(field('trim_threshold'), { value: 606_208, initial: 131_072 });
  });

  it('tries malloc_trim without changing the run', () => {
    allocatorAt(session, /^free\(0x7ffff7/);
    const before = JSON.stringify(session.snapshot('en'));
    const forecast = session.forecastTrim();
    assert.equal(forecast?.result, 1);
    // The pages of the block of 40,000 bytes, which went back into top, are resident and unused.
    assert.ok(forecast.residentBefore - forecast.residentAfter >= 9 * 4096);
    assert.equal(forecast.heapBefore, 132 * 1024);
    // top keeps at least MINSIZE and ends at a page.
    assert.equal(forecast.heapAfter, 8192);
    assert.equal(JSON.stringify(session.snapshot('en')), before);
  });
});
