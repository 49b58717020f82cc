import assert from 'node:assert/strict';
import { callNotes } from '../../../../src/core/checks/block-marks.ts';
import { HeapBlocks } from '../../../../src/core/checks/heap-blocks.ts';
import type { HeapBlock } from '../../../../src/core/checks/heap-blocks.ts';
import { NO_ACCESS, ShadowMemory, UNDEFINED } from '../../../../src/core/checks/shadow-memory.ts';
import { statesOf } from '../../../support/shadow-states.ts';

const stepsAhead = 1_000_000;
/** Start of a heap, and the distance of its blocks. */
const heap = 0x5555_5555_92a0;
const apart = 1056;

/** What malloc_usable_size says. */
const usableOf = (bytes: number): number => Math.max(32, Math.ceil((bytes + 8) / 16) * 16) - 8;

describe('notes of calls of malloc and free', () => {
  it('keep the states of bytes and the blocks as the checker itself does, and tell of what is unusual', () => {
    const shadow = new ShadowMemory();
    const blocks = new HeapBlocks(shadow, stepsAhead);
    const position = new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
    const stepsLeft = new WebAssembly.Global({ value: 'i64', mutable: true }, BigInt(stepsAhead));
    const model = new Map<number, HeapBlock>();
    const here = (start: number, bytes: number): HeapBlock => ({
      start,
      bytes,
      usable: usableOf(bytes),
      caller: 'program',
      allocated: Number(position.value),
      step: stepsAhead - Number(stepsLeft.value),
      freed: undefined,
    });
    let told = 0;
    const unknown: number[] = [];
    const note = callNotes(
      shadow,
      { position, stepsLeft },
      {
        malloc: (bytes, mem) => {
          told += 1;
          shadow.set(mem, bytes, UNDEFINED);
          blocks.hold(here(mem, bytes));
        },
        free: (mem) => {
          told += 1;
          const block = blocks.heldAt(mem);
          if (block === undefined) {
            unknown.push(mem);
            return;
          }
          shadow.set(mem, block.bytes, NO_ACCESS);
          blocks.release(block, { position: Number(position.value), by: 'free' });
        },
      },
    ) as (code: number, bytes: number, block: bigint) => void;
    let state = 7;
    const next = (below: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const turns = 4000;
    for (let turn = 0; turn < turns; turn++) {
      position.value = turn;
      stepsLeft.value = BigInt(stepsAhead - 3 * turn);
      const start = heap + apart * next(40);
      const known = model.get(start);
      unknown.length = 0;
      if (known?.freed === undefined && known !== undefined) {
        note(1, 0, BigInt(start));
        model.set(start, { ...known, freed: { position: turn, by: 'free' } });
        assert.equal(shadow.worst(start, known.bytes), known.bytes === 0 ? 0 : NO_ACCESS);
      } else if (known !== undefined && next(4) === 0) {
        note(1, 0, BigInt(start));
        assert.deepEqual(unknown, [start], 'a second free is told');
      } else {
        const bytes = next(1033);
        const behind = shadow.stateAt(start + bytes);
        note(0, bytes, BigInt(start));
        model.set(start, here(start, bytes));
        assert.ok(statesOf(shadow, start, bytes).every((one) => one === UNDEFINED));
        assert.equal(shadow.stateAt(start + bytes), behind);
      }
    }
    assert.ok(told < turns / 2, 'most are noted here');
    for (const [start, block] of model)
      assert.deepEqual(block.freed === undefined ? blocks.heldAt(start) : blocks.freedAt(start), block);
    const held = [...model.values()].filter(({ freed }) => freed === undefined);
    assert.equal(blocks.held.length, held.length);
  });
});

describe('blocks by address', () => {
  const hold = (blocks: HeapBlocks, start: number, bytes: number): void => {
    blocks.hold({
      start,
      bytes,
      usable: bytes + 8,
      caller: 'program',
      allocated: 1,
      step: 2,
      freed: undefined,
    });
  };

  it('name the block that an address is in, before those that were given back and those that are near', () => {
    const blocks = new HeapBlocks(new ShadowMemory(), stepsAhead);
    hold(blocks, heap, 24);
    hold(blocks, heap + 32, 24);
    hold(blocks, heap + 64, 1_000_000);
    assert.equal(blocks.around(heap + 23)?.start, heap);
    assert.equal(blocks.around(heap + 25)?.start, heap);
    assert.equal(blocks.around(heap + 30)?.start, heap + 32);
    assert.equal(blocks.around(heap + 64 + 900_000)?.start, heap + 64);
    assert.equal(blocks.around(heap + 64 + 1_000_100)?.start, heap + 64);
    assert.equal(blocks.around(heap + 64 + 1_010_000), undefined);
    const second = blocks.heldAt(heap + 32);
    assert.ok(second !== undefined);
    blocks.release(second, { position: 5, by: 'realloc' });
    assert.deepEqual(blocks.around(heap + 40)?.freed, { position: 5, by: 'realloc' });
    assert.equal(blocks.around(heap + 58)?.start, heap + 64, 'beside it, the held one');
  });

  it('remember who asked', () => {
    const blocks = new HeapBlocks(new ShadowMemory(), stepsAhead);
    blocks.hold({
      start: heap,
      bytes: 3,
      usable: 24,
      caller: 'strdup',
      allocated: 1,
      step: 2,
      freed: undefined,
    });
    assert.equal(blocks.heldAt(heap)?.caller, 'strdup');
    assert.equal(blocks.heldAt(heap + 8), undefined);
  });
});
