/**
 * The bar of a chunk: how its bytes are used.
 *
 * A chunk in use may use the prev_size word of the next chunk, so its usable bytes are its size less one word, and
 * what it costs beyond them is that one word. The bar therefore shows overhead, asked-for bytes and slack, which add
 * up to the chunk's size. Its length grows with the logarithm of the size; inside it the parts are to scale, except
 * that no part that exists is thinner than two pixels.
 */
import type { ChunkView } from '../../src/protocol/view-model.ts';

export type BarPart = 'overhead' | 'asked' | 'slack' | 'free';

export interface BarSegment {
  readonly part: BarPart;
  readonly bytes: number;
  readonly x: number;
  readonly width: number;
}

export interface ChunkBar {
  readonly width: number;
  readonly segments: readonly BarSegment[];
}

const thinnest = 2;
const shortest = 20;
/** Chunks of this size and above fill the room: 2^18, above the default trim threshold. */
const logOfLongest = 18;
const logOfShortest = 4;

/** The bytes of each part, in order, without those that are 0. */
export function partsOf(
  chunk: Pick<ChunkView, 'sizeBytes' | 'usableBytes' | 'requestedBytes' | 'state'>,
): readonly { readonly part: BarPart; readonly bytes: number }[] {
  const size = Math.max(0, chunk.sizeBytes);
  const usable = clamp(chunk.usableBytes, 0, size);
  const isUsed = chunk.state === 'in-use' || chunk.state === 'mmapped' || chunk.state === 'internal';
  const asked = isUsed ? clamp(chunk.requestedBytes ?? usable, 0, usable) : 0;
  const parts: { readonly part: BarPart; readonly bytes: number }[] = [
    { part: 'overhead', bytes: size - usable },
    { part: 'asked', bytes: asked },
    { part: isUsed ? 'slack' : 'free', bytes: usable - asked },
  ];
  return parts.filter((part) => part.bytes > 0);
}

/** Lays out the bar of a chunk in `room` pixels. */
export function layOutChunkBar(
  chunk: Pick<ChunkView, 'sizeBytes' | 'usableBytes' | 'requestedBytes' | 'state'>,
  room: number,
): ChunkBar {
  const parts = partsOf(chunk);
  const total = parts.reduce((sum, part) => sum + part.bytes, 0);
  if (total === 0 || room < shortest) return { width: 0, segments: [] };
  const share = clamp((Math.log2(total) - logOfShortest) / (logOfLongest - logOfShortest), 0, 1);
  const width = Math.round(shortest + (room - shortest) * share);
  const spare = width - thinnest * parts.length;
  const segments: BarSegment[] = [];
  let x = 0;
  parts.forEach(({ part, bytes }, index) => {
    const isLast = index === parts.length - 1;
    const segmentWidth = isLast ? width - x : Math.round(thinnest + (spare * bytes) / total);
    segments.push({ part, bytes, x, width: segmentWidth });
    x += segmentWidth;
  });
  return { width, segments };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
