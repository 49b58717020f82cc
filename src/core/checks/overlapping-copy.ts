/**
 * Copies whose source and destination overlap, by functions for which that is undefined.
 *
 * Source: C17 7.24.2.1, 7.24.2.3, 7.24.2.4, 7.24.3.1, 7.24.3.2, 7.29.4.2; valgrind 3.19, shared/vg_replace_strmem.c.
 */
import { PAGE_SIZE } from '../../base/address.ts';

/** A copy as it is asked for; both ranges in bytes. */
export interface OverlappingCopy {
  readonly to: number;
  readonly from: number;
  readonly bytes: number;
}

/** Reads bytes without faults; undefined for what is not there. */
export type Peek = (addr: number, bytes: number) => Uint8Array | undefined;

/** Bytes that a call writes and reads: those behind `to`, from `from` on. */
type RangeOf = (args: readonly number[], peek: Peek) => OverlappingCopy;

const bytesCopied =
  (unit: number): RangeOf =>
  ([to = 0, from = 0, count = 0]) => ({ to, from, bytes: unit * count });

const stringCopied: RangeOf = ([to = 0, from = 0, most = Infinity], peek) => ({
  to,
  from,
  bytes: Math.min(most, stringLength(peek, from, most) + 1),
});

const stringAppended: RangeOf = ([to = 0, from = 0, most = Infinity], peek) => ({
  to: to + stringLength(peek, to, Infinity),
  from,
  bytes: stringLength(peek, from, most) + 1,
});

const copies: ReadonlyMap<string, RangeOf> = new Map([
  ['memcpy', bytesCopied(1)],
  ['mempcpy', bytesCopied(1)],
  ['wmemcpy', bytesCopied(4)],
  ['wmempcpy', bytesCopied(4)],
  ['strcpy', stringCopied],
  ['stpcpy', stringCopied],
  ['strncpy', stringCopied],
  ['stpncpy', stringCopied],
  ['strcat', stringAppended],
  ['strncat', stringAppended],
]);

/** The copy that a call of libc asks for, when it overlaps itself; undefined for any other call. */
export function overlapOf(
  name: string,
  args: readonly (number | bigint)[],
  peek: Peek,
): OverlappingCopy | undefined {
  const rangeOf = copies.get(name);
  if (rangeOf === undefined) return undefined;
  const copy = rangeOf(
    args.map((word) => Number(BigInt.asUintN(64, BigInt(word)))),
    peek,
  );
  const { to, from, bytes } = copy;
  return bytes > 0 && to < from + bytes && from < to + bytes ? copy : undefined;
}

/** Bytes before the end of a string, or to where nothing can be read. */
function stringLength(peek: Peek, addr: number, most: number): number {
  for (let length = 0; ;) {
    if (length >= most) return most;
    const at = addr + length;
    const part = peek(at, PAGE_SIZE - (at % PAGE_SIZE));
    if (part === undefined) return length;
    const nul = part.indexOf(0);
    if (nul >= 0) return Math.min(most, length + nul);
    length += part.length;
  }
}
