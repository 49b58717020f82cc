/**
 * What the map is told of a process that has much: a little for the whole of it, and parts on request.
 */
import assert from 'node:assert/strict';
import { inspectArena } from '../../../src/core/malloc/inspect.ts';
import { HeapIndex } from '../../../src/core/malloc/heap-index.ts';
import { mostDetailUnits } from '../../../src/protocol/messages.ts';
import type { ChunkView, MapDetail } from '../../../src/protocol/view-model.ts';
import { BlockTimeline } from '../../../src/session/block-timeline.ts';
import { gather, ordinalsIn, overview } from '../../../src/session/gather.ts';
import type { Ranges } from '../../../src/session/gather.ts';
import { blockHistory } from '../../../src/session/live-blocks.ts';
import type { Session } from '../../../src/session/session.ts';
import { viewScope } from '../../../src/session/to-view-model.ts';
import { openSession } from '../../support/open-session.ts';

const program = `
#include <stdlib.h>
#include <sys/mman.h>
char *kept[1500];
int main(void) {
  for (int i = 0; i < 300; i++)
    mmap(0, 8192, i % 2 ? PROT_READ : PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  for (int i = 0; i < 1500; i++) kept[i] = malloc(16 + i % 100);
  for (int i = 0; i < 1500; i += 3) free(kept[i]);
  kept[0] = malloc(40);
  kept[1] = malloc(200000);
  kept[2] = realloc(kept[2], 5000);
  char *buffer = calloc(3, 300000);
  free(buffer);
  return 0;
}`;

/** Things at fixed places: [start, end]. */
function rangesOf(places: readonly (readonly [number, number])[], kept: readonly number[] = []): Ranges {
  return {
    count: places.length,
    startOf: (at) => places[at]?.[0] ?? 0,
    endOf: (at) => places[at]?.[1] ?? 0,
    nextKept: (from) => kept.find((at) => at >= from) ?? places.length,
  };
}

describe('gather', () => {
  const small = rangesOf(
    [
      [0, 4],
      [4, 8],
      [8, 40],
      [40, 44],
      [48, 52],
      [60, 62],
    ],
    [4],
  );

  it('puts small things of one cell together, and nothing across a large or a kept one', () => {
    const pieces = gather(small, 0, small.count, 32);
    assert.deepEqual(
      pieces.map(({ first, end }) => [first, end]),
      [
        [0, 2],
        [2, 3],
        [3, 4],
        [4, 5],
        [5, 6],
      ],
    );
  });

  it('tells each by itself where they are few, and needs no more than twice as many pieces as wanted', () => {
    assert.equal(overview(small, 6, 1).length, 6);
    const many = rangesOf(Array.from({ length: 10_000 }, (_, at) => [at * 2 ** 30, at * 2 ** 30 + 10]));
    const pieces = overview(many, 100, 16);
    assert.ok(pieces.length > 50 && pieces.length <= 200, String(pieces.length));
    assert.equal(
      pieces.reduce((sum, { first, end }) => sum + end - first, 0),
      10_000,
    );
  });

  it('finds what lies in a range, and the large thing that reaches into it', () => {
    assert.deepEqual(ordinalsIn(small, { start: 10, end: 48 }, 32), { first: 2, end: 4 });
    assert.deepEqual(ordinalsIn(small, { start: 6, end: 8 }, 32), { first: 2, end: 2 });
  });
});

describe('the map of a process with thousands of chunks and hundreds of mappings', () => {
  let session: Session;

  before(function () {
    this.timeout(20_000);
    session = openSession(program);
    session.seek(session.recording.count - 1);
  });

  it('walks the heap as the inspector of the arena does', () => {
    const { state } = session.machine.malloc;
    const index = new HeapIndex(state);
    const arena = inspectArena(state);
    assert.equal(index.count, arena.chunks.length);
    arena.chunks.forEach((chunk, ordinal) => {
      assert.deepEqual(index.chunk(ordinal), chunk);
      assert.equal(index.endOf(ordinal), chunk.addr + chunk.size);
      assert.equal(index.at(chunk.addr + 15), ordinal);
    });
    assert.equal(index.isComplete, true);
    const lists = (wanted: string): readonly object[] =>
      index.lists
        .filter(({ state }) => state === wanted)
        .map(({ bin, members, count }) => ({
          bin,
          chunks: members,
          ...(wanted === 'tcache' ? { count } : {}),
        }));
    assert.deepEqual(lists('tcache'), arena.tcache);
    assert.deepEqual(lists('fastbin'), arena.fastbins);
    assert.deepEqual(lists('small'), arena.smallBins);
    assert.deepEqual(lists('large'), arena.largeBins);
    assert.ok(arena.tcache.length > 0 && arena.smallBins.length + arena.largeBins.length > 0);
  });

  it('knows the blocks of every moment as a reader of the calls up to it does', () => {
    const { recording } = session;
    const timeline = new BlockTimeline(recording);
    for (let index = 0; index < recording.count; index += 197) {
      const { liveBytes, mallocCalls, systemCalls, minorFaults, majorFaults } = blockHistory(
        recording,
        index,
      );
      const { live, ...counters } = timeline.at(index);
      assert.deepEqual(
        { ...counters, freedBy: undefined },
        { liveBytes, mallocCalls, systemCalls, minorFaults, majorFaults, freedBy: undefined },
      );
      let bytes = 0;
      for (const block of live.values()) {
        bytes += block.requestedBytes;
        assert.deepEqual(live.get(block.mem), block);
        assert.deepEqual(live.atOrBelow(block.mem), block);
      }
      assert.equal(bytes, liveBytes);
    }
  });

  it('sends at most 200 KB with a moment, in which every chunk and mapping is counted', () => {
    const snapshot = session.snapshot('en', viewScope);
    assert.ok(JSON.stringify(snapshot).length < 200_000);
    const { heap, mappings, mappingBands, mappingCount } = snapshot;
    assert.ok(heap !== undefined);
    const sum = (bands: readonly { readonly count: number }[]): number =>
      bands.reduce((total, { count }) => total + count, 0);
    assert.equal(heap.chunks.length + sum(heap.bands), heap.chunkCount);
    assert.equal(mappings.length + sum(mappingBands), mappingCount);
    const whole = session.snapshot('en');
    assert.equal(whole.mappings.length, mappingCount);
    assert.equal(whole.heap?.chunks.length, heap.chunkCount);
    // What has a name is told by itself, whatever there is besides.
    for (const { name } of whole.mappings)
      if (name !== '')
        assert.ok(
          mappings.some((mapping) => mapping.name === name),
          name,
        );
  });

  it('tells by itself what the event is about', () => {
    const { recording } = session;
    for (const index of recording.indicesOfKinds(['malloc']).slice(-6)) {
      session.seek(index);
      const { event, heap, mmapped } = session.snapshot('en', viewScope);
      const call = recording.eventAt(index);
      if (call.kind !== 'malloc' || call.name === 'free') continue;
      const all = [...(heap?.chunks ?? []), ...mmapped];
      assert.ok(
        all.some(({ mem }) => mem === event?.address),
        event?.text,
      );
    }
    session.seek(recording.count - 1);
  });

  it('tells every chunk and mapping exactly once, at any resolution, in answers of at most 200 KB', () => {
    const whole = session.snapshot('en');
    const { heap } = whole;
    assert.ok(heap !== undefined);
    for (const unit of [16, 64, 1024]) {
      const size = unit * mostDetailUnits;
      const seen: MapDetail[] = [];
      for (let at = Math.floor(Number(heap.start) / size) * size; at < Number(heap.end); at += size) {
        const detail = session.mapDetail({ start: at, end: at + size }, unit, 'en');
        assert.ok(JSON.stringify(detail).length < 200_000);
        seen.push(detail);
      }
      const chunks = new Map(seen.flatMap((detail) => detail.chunks).map((chunk) => [chunk.start, chunk]));
      const inBands = seen.flatMap(({ chunkBands }) => chunkBands).reduce((sum, { count }) => sum + count, 0);
      assert.equal(chunks.size + inBands, heap.chunkCount, `units of ${String(unit)}`);
      for (const chunk of chunks.values())
        assert.deepEqual(
          chunk,
          heap.chunks.find(({ start }) => start === chunk.start),
        );
    }
  });

  it('says how the bytes of a band are used', () => {
    const { heap } = session.snapshot('en', viewScope);
    const whole = session.snapshot('en').heap;
    for (const band of heap?.bands ?? []) {
      const inside = whole?.chunks.filter(
        ({ start }) => Number(start) >= Number(band.start) && Number(start) < Number(band.end),
      );
      assert.equal(inside?.length, band.count);
      for (const { state, count, bytes } of band.states) {
        const own: readonly ChunkView[] = inside?.filter((chunk) => chunk.state === state) ?? [];
        assert.equal(own.length, count);
        assert.equal(
          own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
          bytes,
        );
      }
    }
  });

  it('tells the largest objects of a section with very many, and how many there are', () => {
    const names = Array.from({ length: 1000 }, (_, i) => `counter_of_number_${String(i)}`);
    const sizes = names.map((name, i) => `int ${name}[${String(i === 500 ? 900 : 1)}] = {1};`);
    const session = openSession(`${sizes.join('\n')}\nint main(void) { return 0; }\n`);
    const snapshot = session.snapshot('en', viewScope);
    const data = snapshot.mappings.flatMap(({ sections }) => sections).find(({ name }) => name === '.data');
    assert.ok(data);
    assert.ok(data.objectCount >= 1000, String(data.objectCount));
    assert.equal(data.objects.length, viewScope.objects);
    assert.ok(data.objects.some(({ name }) => name === 'counter_of_number_500'));
    const starts = data.objects.map(({ start }) => Number(start));
    assert.deepEqual(
      starts,
      [...starts].sort((a, b) => a - b),
    );
    assert.ok(JSON.stringify(snapshot).length < 200_000);
  });

  it('tells the mappings of the moment, going forward and back over calls that change them', () => {
    const text = `
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void) {
  free(malloc(10));
  char *p = mmap(0, 16 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  free(malloc(20));
  mprotect(p + 4096, 4096, PROT_READ);
  free(malloc(30));
  munmap(p + 8 * 4096, 4096);
  sbrk(3 * 4096);
  free(malloc(40));
  return 0;
}`;
    const session = openSession(text);
    const { count } = session.recording;
    const told = (): string => {
      const { mappings } = session.snapshot('en', viewScope);
      return mappings
        .map(({ start, end, permissions, name }) => [start, end, permissions, name].join(' '))
        .join('\n');
    };
    const real = (): string =>
      session
        .maps()
        .trim()
        .split('\n')
        .map((line) => {
          const [, start, end, permissions, name] =
            /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+ *(.*)$/.exec(line) ?? [];
          const hex = (digits = ''): string => `0x${digits.replace(/^0+/, '')}`;
          return [hex(start), hex(end), permissions, name].join(' ');
        })
        .join('\n');
    const order = [...Array(count).keys()];
    for (const index of [...order, ...order.reverse()]) {
      session.seek(index);
      assert.equal(told(), real(), `event ${String(index)}`);
    }
  });
});
