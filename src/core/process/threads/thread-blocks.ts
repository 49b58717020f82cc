/**
 * The thread-local blocks that each new thread gets, by the objects that have thread-local variables.
 *
 * Source: glibc 2.36, elf/dl-tls.c: _dl_determine_tlsoffset, _dl_allocate_tls_init.
 */
import { roundUp } from '../../../base/address.ts';
import type { ProgramImage } from '../../image/program-image.ts';
import type { ThreadLocalBlock } from '../../libc/threads/kernel-threads.ts';
import type { MachineProfile } from '../../target/machine-profile.ts';

/** The blocks of a process, below the thread pointer. */
export function blocksOf(
  image: ProgramImage,
  profile: MachineProfile,
  bias: number,
): readonly ThreadLocalBlock[] {
  const { libraries } = profile;
  const blocks: ThreadLocalBlock[] = [];
  let offset = 0;
  if (image.tls !== undefined) {
    offset = roundUp(image.tls.memSize, image.tls.align);
    blocks.push({ offset, bytes: image.tls.memSize, image: relocatedImage(image, bias) });
  }
  const wanted = libraries.libc;
  if (wanted.tlsSize > 0) {
    offset = roundUp(offset + wanted.tlsSize, wanted.tlsAlign);
    blocks.push({ offset, bytes: wanted.tlsSize, image: new Uint8Array() });
  }
  return blocks;
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
