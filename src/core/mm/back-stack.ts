/**
 * Contiguous backing for the stack of a thread, or of signal handlers: mapped memory whose frames are to lie side by side in host memory, as those
 * of the main stack do. Nothing that the process could see changes.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { MmStruct } from './mm-struct.ts';
import { PTE_NOT_ANON, makePte, pteHost } from './page-table.ts';
import { VM_SHARED } from './vma.ts';

/**
 * Backs [start, end) contiguously; pages that are there already move.
 *
 * @returns what `stack_addend` is for code that runs on that stack; for a stack that lies in another one, that one's
 * @throws NotModelled for shared memory, and where only part of the stack belongs to another one
 */
export function backStack(mm: MmStruct, start: number, end: number): number {
  invariant(start % PAGE_SIZE === 0 && end % PAGE_SIZE === 0, 'the backing of a stack is page-aligned');
  const { physical, pageTable } = mm;
  const [firstVpn, endVpn] = [start / PAGE_SIZE, end / PAGE_SIZE];
  const known = physical.backingIn(firstVpn, endVpn);
  if (known !== undefined && known.firstVpn <= firstVpn && endVpn <= known.endVpn) return known.addend;
  if (known !== undefined) throw new NotModelled('stacks that overlap');
  for (let addr = start; addr < end;) {
    const vma = mm.space.findVma(addr);
    if (vma === undefined || vma.start >= end) break;
    if ((vma.flags & VM_SHARED) !== 0) throw new NotModelled('a stack in shared memory');
    addr = vma.end;
  }
  const backing = physical.addBacking(firstVpn, endVpn);
  pageTable.forEachPresent(firstVpn, endVpn, (vpn, pte) => {
    // Pages of files and of zeros get their frame here when they are written.
    if ((pte & PTE_NOT_ANON) !== 0 || mm.isShared(pteHost(pte))) return;
    const frame = backing.frame(vpn);
    physical.copyFrame(frame, pteHost(pte));
    mm.dropAnonymousFrame(pteHost(pte));
    pageTable.set(vpn, makePte(frame, pte & 0xfff));
  });
  mm.tlb.invalidateRange(firstVpn, endVpn);
  return backing.addend;
}

/** Takes the backing of a stack away, after it was unmapped; nothing when it has none, or part of it is mapped still. */
export function unbackStack(mm: MmStruct, start: number): void {
  const { physical, pageTable } = mm;
  const firstVpn = start / PAGE_SIZE;
  const backing = physical.backingIn(firstVpn, firstVpn + 1);
  if (backing === undefined) return;
  let users = 0;
  pageTable.forEachPresent(backing.firstVpn, backing.endVpn, (_, pte) => {
    if (backing.hasFrame(pteHost(pte))) users += 1;
  });
  if (users === 0) physical.dropBacking(backing);
}
