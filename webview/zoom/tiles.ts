/** How the map is cut into parts that one request can tell of. */
import { mostDetailUnits } from '../../src/protocol/messages.ts';
import type { AddressRange } from '../layout/hex.ts';
import { parseHex } from '../layout/hex.ts';

/** A range, and how large a thing in it must be to be told by itself. */
export interface DetailWish extends AddressRange {
  /** Bytes, a power of two. */
  readonly unit: bigint;
}

/** The wish for the inside of a band, by the id of its row. */
export function wishOfBand(id: string): DetailWish | undefined {
  const match = /^(?:chunks|mappings):(0x[0-9a-f]+)-(0x[0-9a-f]+)$/.exec(id);
  const [, low, high] = match ?? [];
  if (low === undefined || high === undefined) return undefined;
  const start = parseHex(low as `0x${string}`);
  const end = parseHex(high as `0x${string}`);
  return { start, end, unit: unitFor(end - start) };
}

/** The smallest power of two that divides a size into no more parts than one request may have. */
export function unitFor(size: bigint): bigint {
  let unit = 1n;
  while (unit * BigInt(mostDetailUnits) < size) unit *= 2n;
  return unit;
}

/** The aligned ranges of a resolution that cover a range. */
export function tilesOf(
  { start, end }: AddressRange,
  unit: bigint,
  units = mostDetailUnits,
): readonly DetailWish[] {
  const size = unit * BigInt(units);
  const tiles: DetailWish[] = [];
  for (let at = (start / size) * size; at < end; at += size) tiles.push({ start: at, end: at + size, unit });
  return tiles;
}
