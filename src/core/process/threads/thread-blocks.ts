/**
 * The thread-local blocks that each new thread gets, by the objects that have thread-local variables.
 *
 * Source: glibc 2.36, elf/dl-tls.c: _dl_determine_tlsoffset, _dl_allocate_tls_init.
 */
import { roundUp } from '../../../base/address.ts';
import type { ProgramImage } from '../../image/program-image.ts';
import type { ThreadLocalBlock } from '../../libc/threads/kernel-threads.ts';
import type { MachineProfile } from '../../target/machine-profile.ts';

/** A block to be placed. */
interface BlockSize {
  readonly size: number;
  readonly align: number;
}

/**
 * Offsets of thread-local blocks from the start of a block up to the thread pointer, in the order of loading, and what all
 * take. A block that fits goes into the hole that alignment has left before.
 *
 * @source elf/dl-tls.c: _dl_determine_tlsoffset
 */
export function threadLocalOffsets(blocks: readonly BlockSize[]): {
  readonly offsets: readonly number[];
  readonly used: number;
} {
  let used = 0;
  const hole = { top: 0, bottom: 0 };
  const offsets = blocks.map(({ size, align }) => {
    const inHole = roundUp(hole.top + size, align);
    if (hole.bottom - hole.top >= size && inHole <= hole.bottom) {
      hole.top = inHole;
      return inHole;
    }
    const offset = roundUp(used + size, align);
    if (offset > used + size + (hole.bottom - hole.top)) {
      hole.top = used;
      hole.bottom = offset - size;
    }
    used = offset;
    return offset;
  });
  return { offsets, used };
}

/** The blocks of a process, below the thread pointer. */
export function blocksOf(
  image: ProgramImage,
  profile: MachineProfile,
  bias: number,
): readonly ThreadLocalBlock[] {
  const { libc } = profile.libraries;
  const blocks: (BlockSize & { readonly image: Uint8Array })[] = [];
  if (image.tls !== undefined)
    blocks.push({ size: image.tls.memSize, align: image.tls.align, image: relocatedImage(image, bias) });
  if (libc.tlsSize > 0) blocks.push({ size: libc.tlsSize, align: libc.tlsAlign, image: new Uint8Array() });
  const { offsets } = threadLocalOffsets(blocks);
  return blocks.map(({ size, image: initial }, index) => ({
    offset: offsets[index] ?? 0,
    bytes: size,
    image: initial,
  }));
}

/** The initial values, with the addresses among them as ld.so has relocated them. */
function relocatedImage(
  { tls, sections, relativeRelocations, target }: ProgramImage,
  bias: number,
): Uint8Array {
  const bytes = new Uint8Array(tls?.bytes ?? []);
  const section = sections.find((one) => one.name === '.tdata');
  if (section === undefined) return bytes;
  const view = new DataView(bytes.buffer);
  for (const addr of relativeRelocations) {
    const at = addr - section.addr;
    if (at < 0 || at >= section.size) continue;
    if (target === 'x86_64') view.setBigUint64(at, view.getBigUint64(at, true) + BigInt(bias), true);
    else view.setUint32(at, view.getUint32(at, true) + bias, true);
  }
  return bytes;
}
