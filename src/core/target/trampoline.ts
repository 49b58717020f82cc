/**
 * Trampolines: the code that a pointer to a nested function (GNU) points to. It loads the static chain into its register
 * and jumps to the function.
 *
 * Source: gcc 12, gcc/config/i386/i386.cc (ix86_trampoline_init), without -fcf-protection; the System V ABI's static chain
 * registers r10 and ecx.
 */
import type { TargetName } from './data-model.ts';

/** A part of a trampoline, at an offset in bytes. */
export type TrampolinePiece =
  | { readonly kind: 'bytes'; readonly offset: number; readonly bytes: readonly number[] }
  /** The address of the function; the address of what it shares with the one around it. */
  | { readonly kind: 'target' | 'chain'; readonly offset: number }
  /** 32 bits: the function's address less that of the end of this piece. */
  | { readonly kind: 'distance'; readonly offset: number };

/** The code by target; what is behind it in the room that gcc gives it is not written. */
export const trampolineCode: Readonly<Record<TargetName, { readonly pieces: readonly TrampolinePiece[] }>> = {
  x86_64: {
    pieces: [
      // movabs $target, %r11; movabs $chain, %r10; jmp *%r11; nop
      { kind: 'bytes', offset: 0, bytes: [0x49, 0xbb] },
      { kind: 'target', offset: 2 },
      { kind: 'bytes', offset: 10, bytes: [0x49, 0xba] },
      { kind: 'chain', offset: 12 },
      { kind: 'bytes', offset: 20, bytes: [0x49, 0xff, 0xe3, 0x90] },
    ],
  },
  i386: {
    pieces: [
      // mov $chain, %ecx; jmp target
      { kind: 'bytes', offset: 0, bytes: [0xb9] },
      { kind: 'chain', offset: 1 },
      { kind: 'bytes', offset: 5, bytes: [0xe9] },
      { kind: 'distance', offset: 6 },
    ],
  },
};

/** Bytes of the code. */
const codeBytes: Readonly<Record<TargetName, number>> = { x86_64: 24, i386: 10 };

/**
 * Reads a trampoline.
 *
 * @param read - gives the bytes from its start on
 * @returns where it jumps and what it loads; undefined when the bytes are other code
 */
export function decodeTrampoline(
  target: TargetName,
  addr: number,
  read: (length: number) => Uint8Array,
): { readonly function: number; readonly chain: number } | undefined {
  const bytes = read(codeBytes[target]);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const word = (offset: number): number =>
    target === 'x86_64' ? Number(view.getBigUint64(offset, true)) : view.getUint32(offset, true);
  let [to, chain] = [0, 0];
  for (const piece of trampolineCode[target].pieces) {
    const { offset } = piece;
    if (piece.kind === 'bytes') {
      if (piece.bytes.some((byte, index) => bytes[offset + index] !== byte)) return undefined;
    } else if (piece.kind === 'target') to = word(offset);
    else if (piece.kind === 'chain') chain = word(offset);
    else to = (addr + offset + 4 + view.getInt32(offset, true)) >>> 0;
  }
  return { function: to, chain };
}
