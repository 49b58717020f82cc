/**
 * Memory for running a process's past again: an address space of its own, over the linear memory that the process lives in.
 *
 * Generated code has the address of the stack's backing built in, so the past runs in the process's own backing. It leaves
 * there what is there now, because the same past gives the same bytes. All other frames are new ones, and go back.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { NullTracer } from '../trace/trace-event.ts';
import { MmStruct } from './mm-struct.ts';
import { PTE_NOT_ANON, pteHost } from './page-table.ts';
import type { MappedFile } from './vma.ts';

/** An empty address space in which the past of a process can run again. Its stack's backing is cleared. */
export function scratchOf(mm: MmStruct): MmStruct {
  mm.physical.clearStack();
  return new MmStruct(mm.linear, mm.profile, new NullTracer(), undefined, mm.physical);
}

/** Gives the frames of a scratch back, those in the stack's backing excepted. */
export function discardScratch(scratch: MmStruct): void {
  const { physical, pageTable, space } = scratch;
  const files = new Set<MappedFile>();
  for (const vma of space.vmas) {
    if (vma.file !== undefined) files.add(vma.file);
    pageTable.forEachPresent(vma.start / PAGE_SIZE, vma.end / PAGE_SIZE, (_vpn, pte) => {
      const host = pteHost(pte);
      if ((pte & PTE_NOT_ANON) === 0 && !physical.isStackFrame(host)) physical.release(host);
    });
  }
  for (const file of files) {
    for (const frame of file.pages.values()) if (frame !== physical.zeroFrame) physical.release(frame);
    file.pages.clear();
  }
}
