/**
 * fork and execve: a child's memory, which shares every page with its parent until one of the two writes.
 *
 * Both live in one linear memory; the frames of anonymous pages belong to both until a write fault (page-fault.ts) makes one of
 * them copy. Only the stacks, which have fixed frames, are copied at once; their pages count as shared all the same.
 * The tables of translations in the linear memory are those of the process that runs: call {@link resume} on a switch.
 *
 * Source: Linux 6.18, kernel/fork.c: dup_mmap; mm/memory.c: vma_needs_copy, copy_page_range, copy_present_ptes.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import type { Tracer } from '../trace/trace-event.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import { unmapRange } from './memory-syscalls.ts';
import { MmStruct } from './mm-struct.ts';
import {
  makePte,
  PTE_FILE,
  PTE_HUGE,
  PTE_NOT_ANON,
  PTE_SHARED_ANON,
  PTE_SHMEM,
  PTE_WRITE,
  PTE_ZERO,
  pteHost,
} from './page-table.ts';
import type { Vma } from './vma.ts';
import { AnonVma, VM_DONTCOPY, VM_LOCKED_MASK, VM_PFNMAP, VM_WIPEONFORK } from './vma.ts';
import type { Address } from '../../base/address.ts';

/**
 * The memory of a child.
 *
 * @param tracer - who is told of the child's faults
 * @throws NotModelled where the parent has huge pages
 */
export function fork(parent: MmStruct, tracer: Tracer): MmStruct {
  const child = new MmStruct(parent.linear, parent.profile, tracer, parent);
  Object.assign(child.limits, parent.limits);
  child.startBrk = parent.startBrk;
  child.brk = parent.brk;
  child.startCode = parent.startCode;
  child.endCode = parent.endCode;
  child.startData = parent.startData;
  child.endData = parent.endData;
  child.startStack = parent.startStack;
  // Locks are not inherited. @source kernel/fork.c: mm_init, VM_INIT_DEF_MASK
  child.defaultFlags = parent.defaultFlags & ~VM_LOCKED_MASK;
  for (const vma of parent.space.vmas) {
    if ((vma.flags & VM_DONTCOPY) === 0) copyMapping(parent, child, vma);
  }
  child.updateHiwater();
  resume(parent);
  return child;
}

/** Makes the translations of a process those that generated code sees. */
export function resume(mm: MmStruct): void {
  mm.tlb.invalidateAll();
}

/** Gives everything back when a process ends. @source mm/mmap.c: exit_mmap */
export function exitMemory(mm: MmStruct): void {
  unmapRange(mm, 0 as Address, mm.profile.taskSize as Address);
  for (const vma of mm.space.vmas) mm.zapPages(vma.start, vma.end);
  mm.family.delete(mm);
}

/** The address space that a process begins anew with, in the frames of the old one. @source fs/exec.c: exec_mmap */
export function execMemory(old: MmStruct, tracer: Tracer): MmStruct {
  exitMemory(old);
  const mm = new MmStruct(old.linear, old.profile, tracer, undefined, old.physical);
  Object.assign(mm.limits, old.limits);
  resume(mm);
  return mm;
}

function copyMapping(parent: MmStruct, child: MmStruct, vma: Vma): void {
  const wipes = (vma.flags & VM_WIPEONFORK) !== 0;
  child.space.addSeparate({
    start: vma.start,
    end: vma.end,
    flags: vma.flags & ~VM_LOCKED_MASK,
    pgoff: vma.pgoff,
    file: vma.file,
    anonVma: wipes || vma.anonVma === undefined ? undefined : new AnonVma(true),
  });
  // What a fault brings back as it is, is left to the fault.
  if (!wipes && (vma.anonVma !== undefined || (vma.flags & VM_PFNMAP) !== 0)) copyPages(parent, child, vma);
}

function copyPages(parent: MmStruct, child: MmStruct, vma: Vma): void {
  parent.pageTable.forEachPresent(vma.start / PAGE_SIZE, vma.end / PAGE_SIZE, (vpn, pte) => {
    if ((pte & PTE_HUGE) !== 0) throw new NotModelled('fork of a process with huge pages');
    if ((pte & PTE_NOT_ANON) !== 0) {
      child.pageTable.set(vpn, (pte & PTE_ZERO) !== 0 ? zeroEntry(child, vpn, pte) : pte);
      if ((pte & PTE_FILE) !== 0) child.counters.rssFile += 1;
      if ((pte & PTE_SHMEM) !== 0) child.counters.rssShmem += 1;
      return;
    }
    const shared = ((pte & ~PTE_WRITE) | PTE_SHARED_ANON) >>> 0;
    const host = pteHost(pte);
    const share = parent.shares.get(host) ?? { mappers: 1 };
    share.mappers += 1;
    parent.shares.set(host, share);
    parent.pageTable.set(vpn, shared);
    let childHost = host;
    if (parent.physical.isStackFrame(host)) {
      childHost = child.physical.stackFrame(vpn);
      child.physical.copyFrame(childHost, host);
    }
    child.shares.set(childHost, share);
    child.pageTable.set(vpn, makePte(childHost, shared & 0xfff));
    child.counters.rssAnon += 1;
  });
}

/** The page of zeros; in the stack's backing the page's own frame. */
function zeroEntry(child: MmStruct, vpn: number, pte: number): number {
  if (!child.physical.hasStackBacking(vpn)) return pte;
  return makePte(child.physical.stackFrame(vpn), pte & 0xfff);
}
