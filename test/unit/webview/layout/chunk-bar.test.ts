import assert from 'node:assert/strict';
import { assert as check, property, integer } from 'fast-check';
import type { ChunkState } from '../../../../src/protocol/view-model.ts';
import { layOutChunkBar, partsOf } from '../../../../webview/layout/chunk-bar.ts';

const chunk = (
  state: ChunkState,
  sizeBytes: number,
  usableBytes: number,
  requestedBytes?: number,
): Parameters<typeof partsOf>[0] => ({ state, sizeBytes, usableBytes, requestedBytes });

describe('chunk bar', () => {
  it('splits malloc(1): 8 bytes overhead, 1 asked for, 23 slack', () => {
    assert.deepEqual(partsOf(chunk('in-use', 32, 24, 1)), [
      { part: 'overhead', bytes: 8 },
      { part: 'asked', bytes: 1 },
      { part: 'slack', bytes: 23 },
    ]);
  });

  it('splits an mmapped chunk: its header costs 16 bytes', () => {
    assert.deepEqual(partsOf(chunk('mmapped', 200_704, 200_688, 200_000)), [
      { part: 'overhead', bytes: 16 },
      { part: 'asked', bytes: 200_000 },
      { part: 'slack', bytes: 688 },
    ]);
  });

  it('has no asked-for part in a free chunk', () => {
    assert.deepEqual(partsOf(chunk('tcache', 112, 104, 100)), [
      { part: 'overhead', bytes: 8 },
      { part: 'free', bytes: 104 },
    ]);
  });

  it('leaves out parts of no bytes', () => {
    assert.deepEqual(
      partsOf(chunk('in-use', 32, 24, 24)).map(({ part }) => part),
      ['overhead', 'asked'],
    );
  });

  it('draws parts that add up, each visible, longer for larger chunks, whatever the sizes', () => {
    const anySize = integer({ min: 0, max: 2 ** 31 });
    check(
      property(anySize, anySize, anySize, integer({ min: 0, max: 300 }), (size, usable, asked, room) => {
        const sketch = chunk('in-use', size, usable, asked);
        const bytes = partsOf(sketch).reduce((sum, part) => sum + part.bytes, 0);
        assert.equal(bytes, size);
        const bar = layOutChunkBar(sketch, room);
        assert.ok(bar.width <= room);
        assert.equal(
          bar.segments.reduce((sum, segment) => sum + segment.width, 0),
          bar.segments.length === 0 ? 0 : bar.width,
        );
        for (const segment of bar.segments) assert.ok(segment.width >= 1);
      }),
    );
    assert.ok(
      layOutChunkBar(chunk('in-use', 64, 56, 56), 100).width <
        layOutChunkBar(chunk('in-use', 128, 120, 1), 100).width,
    );
  });
});
