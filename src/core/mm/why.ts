/** The sentences that explain page faults and system calls about memory. Built only when somebody listens. */
import { PAGE_SIZE } from '../../base/address.ts';
import { sayMm as say } from '../text/mm-texts.ts';
import type { Text } from '../text/text.ts';
import type { FaultCause } from '../trace/trace-event.ts';
import type { MemoryFault } from './kernel.ts';
import { ENOMEM, MAP_FIXED } from './kernel.ts';
import type { MmStruct } from './mm-struct.ts';
import { PMD_SIZE } from './unmapped-area.ts';
import type { Vma } from './vma.ts';
import { VM_GROWSDOWN, vmaIsAccessible } from './vma.ts';

/** Why a page fault happened and how it was answered. */
export function faultWhy(
  mm: MmStruct,
  vma: Vma,
  addr: number,
  access: 'read' | 'write' | 'execute',
  cause: FaultCause,
): Text {
  const page = addr - (addr % PAGE_SIZE);
  switch (cause) {
    case 'demand-zero':
      return say(vma.file === undefined ? 'mm.fault.demandZero' : 'mm.fault.shmem', { page });
    case 'huge-page':
      return say('mm.fault.hugePage', { start: addr - (addr % PMD_SIZE) });
    case 'zero-page':
      return say('mm.fault.zeroPage', { page });
    case 'copy-on-write':
      return vma.file === undefined
        ? say('mm.fault.cowZero', { page })
        : say('mm.fault.cowFile', { page, file: vma.file.name });
    case 'file':
      return say(access === 'write' ? 'mm.fault.fileWrite' : 'mm.fault.file', {
        page,
        file: vma.file?.name ?? '',
      });
    case 'stack-growth':
      return say('mm.fault.stackGrowth', {
        start: vma.start,
        kilobytes: (vma.end - vma.start) / 1024,
      });
  }
}

/** What a brk call did. */
export function brkWhy(asked: number, before: number, after: number, startBrk: number): Text {
  if (asked === 0) return say('mm.brk.asked', { after });
  if (asked < startBrk) return say('mm.brk.below', { asked, startBrk });
  if (after !== asked) return say('mm.brk.refused', { asked, before });
  if (after > before) return say('mm.brk.grew', { before, after, bytes: after - before });
  return after < before
    ? say('mm.brk.shrank', { before, after, bytes: before - after })
    : say('mm.brk.asked', { after });
}

/** Why a mapping lies where it does. */
export function mmapWhy(mm: MmStruct, hint: number, length: number, flags: number, result: number): Text {
  if (result < 0)
    return say(result === -ENOMEM ? 'mm.mmap.noMemory' : 'mm.mmap.refused', { errno: -result, length });
  if ((flags & MAP_FIXED) !== 0) return say('mm.mmap.fixed', { result, length });
  if (hint !== 0 && result === hint - (hint % PAGE_SIZE)) return say('mm.mmap.hint', { result, length });
  if (result % PMD_SIZE === 0 && length >= PMD_SIZE) return say('mm.mmap.aligned', { result, length });
  const end = result + Math.ceil(length / PAGE_SIZE) * PAGE_SIZE;
  const above = mm.space.findVma(end);
  if (above?.start === end) {
    return say('mm.mmap.below', { result, length, neighbour: end });
  }
  return say('mm.mmap.hole', { result, length, base: mm.areas.base });
}

/** What munmap did. */
export function munmapWhy(addr: number, length: number, freedPages: number, result: number): Text {
  if (result < 0) return say('mm.munmap.refused', { errno: -result });
  return say('mm.munmap.done', { addr, end: addr + length, freedPages });
}

/** What mprotect did. */
export function mprotectWhy(addr: number, length: number, protection: string, result: number): Text {
  if (result < 0) return say('mm.mprotect.refused', { errno: -result });
  return say('mm.mprotect.done', { addr, end: addr + length, protection });
}

/** What mremap did. */
export function mremapWhy(oldAddr: number, oldLength: number, newLength: number, result: number): Text {
  if (result < 0) return say('mm.mremap.refused', { errno: -result });
  if (result !== oldAddr) return say('mm.mremap.moved', { oldAddr, result });
  if (newLength < oldLength) return say('mm.mremap.shrank', { result, newLength });
  return say('mm.mremap.inPlace', { result, newLength });
}

/** What madvise did. */
export function madviseWhy(advice: number, freedPages: number, result: number): Text {
  if (result < 0) return say('mm.madvise.refused', { errno: -result, advice });
  const MADV_DONTNEED = 4;
  return advice === MADV_DONTNEED
    ? say('mm.madvise.dontneed', { freedPages })
    : say('mm.madvise.noted', { advice });
}

/** What mlock, mlock2 or mlockall did. */
export function mlockWhy(mm: MmStruct, addr: number, length: number, result: number): Text {
  if (result < 0) return say('mm.mlock.refused', { errno: -result });
  return say('mm.mlock.done', { addr, end: addr + length, kilobytes: mm.space.lockedPages * 4 });
}

/** What munlock or munlockall did. */
export function munlockWhy(mm: MmStruct, addr: number, length: number, result: number): Text {
  if (result < 0) return say('mm.mlock.refused', { errno: -result });
  return say('mm.munlock.done', { addr, end: addr + length, kilobytes: mm.space.lockedPages * 4 });
}

/** What msync did. */
export function msyncWhy(result: number): Text {
  return result < 0 ? say('mm.msync.refused', { errno: -result }) : say('mm.msync.done');
}

/** What mseal did. */
export function msealWhy(addr: number, length: number, result: number): Text {
  if (result < 0) return say('mm.mseal.refused', { errno: -result });
  return say('mm.mseal.done', { addr, end: addr + Math.ceil(length / PAGE_SIZE) * PAGE_SIZE });
}

/** What mincore found. */
export function mincoreWhy(result: Uint8Array | number): Text {
  if (typeof result === 'number') return say('mm.mincore.refused', { errno: -result });
  let resident = 0;
  for (const page of result) resident += page;
  return say('mm.mincore.done', { resident, pages: result.length });
}

/** Why the kernel ends a process that needs one page frame more. */
export function outOfMemoryWhy(): Text {
  return say('mm.bad.outOfMemory');
}

/**
 * Why an access ended in a signal: which mapping forbids it, which gap it fell into, which limit it met.
 *
 * To be asked while the address space is as it was at the access.
 */
export function badAccessWhy(mm: MmStruct, fault: MemoryFault, nameOf: (vma: Vma) => string): Text {
  const { access, addr } = fault;
  // As pmap calls memory without a name.
  const called = (vma: Vma): string => nameOf(vma) || '[anon]';
  const vma = addr < mm.profile.taskSize ? mm.space.vmaLookup(addr) : undefined;
  if (fault.signal === 'SIGBUS') {
    return say('mm.bad.bus', { addr, file: vma?.file?.name ?? '', bytes: vma?.file?.size ?? 0 });
  }
  if (fault.code === 'SI_KERNEL') return say('mm.bad.nonCanonical');
  if (addr >= mm.profile.taskSize)
    return say('mm.bad.kernel', { address: `0x${fault.exactAddr.toString(16)}` });
  if (vma !== undefined) {
    const facts = { addr, name: called(vma), start: vma.start, end: vma.end };
    if (!vmaIsAccessible(vma)) return say('mm.bad.guard', facts);
    return say(`mm.bad.${access}`, facts);
  }
  if (addr < mm.profile.mmapMinAddr) return say('mm.bad.null', { addr });
  const above = mm.space.findVma(addr);
  const below = mm.space.previousVma(addr);
  if (above !== undefined && (above.flags & VM_GROWSDOWN) !== 0) {
    const room = above.end - addr;
    if (room > mm.limits.stack) {
      return say('mm.bad.stackLimit', { addr, kilobytes: mm.limits.stack / 1024 });
    }
    if (below !== undefined) return say('mm.bad.stackGuard', { addr, name: called(below), end: below.end });
  }
  if (below !== undefined && above !== undefined) {
    return say('mm.bad.gap', {
      addr,
      below: called(below),
      start: below.end,
      above: called(above),
      end: above.start,
    });
  }
  return say('mm.bad.unmapped', { addr });
}
