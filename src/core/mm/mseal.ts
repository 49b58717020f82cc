/**
 * mseal: mappings that can be neither unmapped nor moved, and whose protection stays.
 *
 * Source: Linux 6.18, mm/mseal.c: do_mseal, mseal_apply; Documentation/userspace-api/mseal.rst.
 */
import type { Address } from '../../base/address.ts';
import { PAGE_SIZE, roundUp } from '../../base/address.ts';
import { EINVAL, ENOMEM } from './kernel.ts';
import type { MmStruct } from './mm-struct.ts';
import { VM_SEALED } from './vma.ts';

/**
 * Seals [addr, addr + length), which must be mapped without a hole.
 *
 * @returns 0, or minus errno
 */
export function mseal(mm: MmStruct, addr: number, length: number, flags: number): number {
  if (flags !== 0 || addr % PAGE_SIZE !== 0) return -EINVAL;
  const end = addr + roundUp(length, PAGE_SIZE);
  if (end >= 2 ** 64) return -EINVAL;
  for (let at = addr; at < end;) {
    const vma = mm.space.vmaLookup(at);
    if (vma === undefined) return -ENOMEM;
    at = vma.end;
  }
  for (let at = addr; at < end;) {
    const vma = mm.space.vmaLookup(at);
    if (vma === undefined) return -ENOMEM;
    const stop = Math.min(vma.end, end) as Address;
    if (!vma.isSealed) {
      const sealed = vma.flags | VM_SEALED;
      const refused = mm.space.modifyError(vma, at as Address, stop, sealed, mm.profile.maxMapCount);
      if (refused !== 0) return refused;
      mm.space.modifyFlags(vma, at as Address, stop, sealed);
    }
    at = stop;
  }
  return 0;
}
