/**
 * What a process would read, without the page fault that reading would be.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import type { ProcessMemory } from './process-memory.ts';
import { VM_ACCESS_FLAGS } from './vma.ts';

/**
 * The bytes of a range.
 *
 * Pages without a frame have the content that the fault would give them: zeros, or the bytes of their file.
 *
 * @returns undefined where some byte cannot be read
 */
export function inspectBytes(memory: ProcessMemory, addr: number, length: number): Uint8Array | undefined {
  const present = memory.peek(addr, length);
  if (present !== undefined) return present;
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length;) {
    const at = addr + done;
    const offset = at % PAGE_SIZE;
    const count = Math.min(PAGE_SIZE - offset, length - done);
    const part = memory.peek(at, count) ?? unmappedPart(memory, at, offset, count);
    if (part === undefined) return undefined;
    bytes.set(part, done);
    done += count;
  }
  return bytes;
}

/** Bytes of one page that has no frame. */
function unmappedPart(
  memory: ProcessMemory,
  addr: number,
  offset: number,
  count: number,
): Uint8Array | undefined {
  const vma = addr < memory.profile.taskSize ? memory.addressSpace.vmaLookup(addr) : undefined;
  if (vma === undefined || (vma.flags & VM_ACCESS_FLAGS) === 0) return undefined;
  const bytes = new Uint8Array(count);
  if (vma.file === undefined) return bytes;
  const page = vma.pgoff + Math.floor((addr - vma.start) / PAGE_SIZE);
  if (page >= vma.file.pageCount) return undefined;
  const cached = vma.file.pages.get(page);
  const content =
    cached === undefined ? vma.file.content(page) : memory.u8.subarray(cached, cached + PAGE_SIZE);
  if (content !== undefined) bytes.set(content.subarray(offset, offset + count));
  return bytes;
}
