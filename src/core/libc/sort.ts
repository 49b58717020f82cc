/**
 * qsort: merge sort over a temporary array, on the stack below 1024 bytes, else malloced.
 *
 * Elements of more than 32 bytes are sorted through pointers and moved at the end, so the comparison function sees them
 * where they were at the start. The order of the comparisons and of equal elements is the library's.
 *
 * Source: glibc 2.36, stdlib/msort.c (behaviour).
 * Simplified: the temporary array on the stack is not in simulated memory; without memory for a large one the run ends
 * as not modelled, where the library sorts in place.
 */
import { roundDown } from '../../base/address.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { LibcContext } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';
import { placesOf } from './libc-places.ts';
import { callFromLibc, readWord, syscall, writeWord } from './libc-context.ts';

/** Compares two elements; `stackBytes` is what libc has on the stack then. */
type Compare = (a: number, b: number, stackBytes: number) => number;

const largestOnStack = 1024;
const largestDirect = 32;

/** Offset in libc's scratch area of the mark that the size of the machine's memory is known. */
const PHYSICAL_PAGES_KNOWN = scratchPlaces.knownMemory;

/** How elements are compared, and what each level of the recursion takes of the stack. */
interface Comparison {
  readonly compare: Compare;
  readonly levelBytes: number;
}

/** An array of elements that is being sorted, with its temporary array. */
interface Elements extends Comparison {
  readonly size: number;
  /** Where the temporary array lies; 0 when it is on the stack. */
  readonly temporary: number;
}

/** Sorts `count` elements of `size` bytes. */
export function sort(ctx: LibcContext, base: number, count: number, size: number, compare: Compare): void {
  const isIndirect = size > largestDirect;
  const { wordBytes } = ctx.model;
  const { sortFrameBytes, sortLevelBytes: levelBytes, arraySlackBytes } = placesOf(ctx);
  const bytes = isIndirect ? 2 * count * wordBytes + size : count * size;
  if (bytes < largestOnStack) {
    // No pages of its own: the array lives for the call only, below the frames of the program.
    const stack = sortFrameBytes + roundDown(bytes + arraySlackBytes, 16);
    if (isIndirect) sortIndirect(ctx, base, count, size, { compare, levelBytes }, undefined, stack);
    else sortDirect(ctx, { size, compare, levelBytes, temporary: 0 }, base, count, stack);
    return;
  }
  const known = ctx.objects.scratch + PHYSICAL_PAGES_KNOWN;
  if (ctx.memory.readU32(known) === 0) {
    syscall(ctx, 'sysinfo', [0], 0);
    ctx.memory.writeU32(known, 1);
  }
  const temporary = callFromLibc(ctx, 'qsort', () => ctx.malloc.malloc(bytes));
  if (temporary === 0) throw new NotModelled('qsort without memory for its temporary array');
  if (isIndirect) sortIndirect(ctx, base, count, size, { compare, levelBytes }, temporary, sortFrameBytes);
  else sortDirect(ctx, { size, compare, levelBytes, temporary }, base, count, sortFrameBytes);
  callFromLibc(ctx, 'qsort', () => {
    ctx.malloc.free(temporary);
  });
}

function sortDirect(ctx: LibcContext, elements: Elements, base: number, count: number, stack: number): void {
  if (count <= 1) return;
  const { size, compare, levelBytes, temporary } = elements;
  const half = Math.floor(count / 2);
  const second = base + half * size;
  sortDirect(ctx, elements, base, half, stack + levelBytes);
  sortDirect(ctx, elements, second, count - half, stack + levelBytes);
  let left = base;
  let right = second;
  const end = base + count * size;
  const onStack = new Uint8Array(temporary === 0 ? count * size : 0);
  let out = 0;
  const take = (from: number, bytes: number): void => {
    if (temporary === 0) onStack.set(ctx.memory.readBytes(from, bytes), out);
    else ctx.memory.copy(temporary + out, from, bytes);
    out += bytes;
  };
  while (left < second && right < end) {
    if (compare(left, right, stack) <= 0) {
      take(left, size);
      left += size;
    } else {
      take(right, size);
      right += size;
    }
  }
  if (left < second) take(left, second - left);
  // What is left of the second half is in its place already.
  const merged = right - base;
  if (temporary === 0) ctx.memory.writeBytes(base, onStack.subarray(0, merged));
  else ctx.memory.copy(base, temporary, merged);
}

/** An array of pointers, in simulated memory or on the stack. */
interface PointerArray {
  get(index: number): number;
  set(index: number, value: number): void;
}

function pointerArray(ctx: LibcContext, at: number | undefined, count: number): PointerArray {
  if (at === undefined) {
    const values = new Float64Array(count);
    return {
      get: (index) => values[index] ?? 0,
      set: (index, value) => {
        values[index] = value;
      },
    };
  }
  const { wordBytes } = ctx.model;
  return {
    get: (index) => readWord(ctx, at + index * wordBytes),
    set: (index, value) => {
      writeWord(ctx, at + index * wordBytes, value);
    },
  };
}

function sortIndirect(
  ctx: LibcContext,
  base: number,
  count: number,
  size: number,
  comparison: Comparison,
  temporary: number | undefined,
  stack: number,
): void {
  const { wordBytes } = ctx.model;
  const scratch = pointerArray(ctx, temporary, count);
  const pointers = pointerArray(
    ctx,
    temporary === undefined ? undefined : temporary + count * wordBytes,
    count,
  );
  for (let i = 0; i < count; i++) pointers.set(i, base + i * size);
  mergePointers(pointers, scratch, 0, count, comparison, stack);
  const storage = temporary === undefined ? undefined : temporary + 2 * count * wordBytes;
  // Follow each cycle of the permutation, with room for one element (Knuth, volume 3, exercise 5.2-10).
  for (let i = 0; i < count; i++) {
    const start = base + i * size;
    let from = pointers.get(i);
    if (from === start) continue;
    const kept = ctx.memory.readBytes(start, size);
    if (storage !== undefined) ctx.memory.writeBytes(storage, kept);
    let index = i;
    let to = start;
    do {
      const next = (from - base) / size;
      pointers.set(index, to);
      ctx.memory.copy(to, from, size);
      index = next;
      to = from;
      from = pointers.get(next);
    } while (from !== start);
    pointers.set(index, to);
    ctx.memory.writeBytes(to, kept);
  }
}

function mergePointers(
  pointers: PointerArray,
  scratch: PointerArray,
  first: number,
  count: number,
  comparison: Comparison,
  stack: number,
): void {
  if (count <= 1) return;
  const second = first + Math.floor(count / 2);
  const end = first + count;
  const below = stack + comparison.levelBytes;
  mergePointers(pointers, scratch, first, second - first, comparison, below);
  mergePointers(pointers, scratch, second, end - second, comparison, below);
  let left = first;
  let right = second;
  let out = 0;
  while (left < second && right < end) {
    const isLeft = comparison.compare(pointers.get(left), pointers.get(right), stack) <= 0;
    scratch.set(out++, pointers.get(isLeft ? left++ : right++));
  }
  while (left < second) scratch.set(out++, pointers.get(left++));
  for (let i = 0; i < out; i++) pointers.set(first + i, scratch.get(i));
}
