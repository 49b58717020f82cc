/**
 * CONTRACT. The software translation look-aside buffer that generated code and the mm share.
 *
 * It lies in the linear memory of the WebAssembly module, which is also the simulated machine's physical memory:
 *
 *   host address 0            scratch area (accesses that cross a page, variadic arguments)
 *   READ_TLB                  TLB_ENTRIES entries for loads
 *   WRITE_TLB                 TLB_ENTRIES entries for stores
 *   CALL_LOG                  calls of malloc and free that nobody has been told of yet (process/call-log.ts)
 *   STEP_LOG                  positions of the last STEP_LOG_ENTRIES steps of an observed module (codegen/observation.ts)
 *   FIRST_FRAME               page frames; the first ones are the contiguous backing of the main stack
 *
 * Both tables are direct-mapped by the low bits of the page number. An entry is 16 bytes:
 *   +0  i64 tag     virtual address of the page (low 12 bits zero), or emptyTag(entry)
 *   +8  i32 addend  host address = low 32 bits of the virtual address + addend (modulo 2^32)
 *   +12 unused
 * A load of `size` bytes at `a` hits when (a ^ tag) <= 4096 - size, unsigned, with the entry chosen by `a`: then the page
 * is the same and the access ends in it. A page may be in the read table only (read-only, zero page, copy on write not
 * yet done).
 */

/** Entries of each table, a power of two: they cover 32 MiB, as the second level of a real processor does, and more. */
export const TLB_ENTRIES = 8192;

/** log2 of the bytes of an entry. */
export const TLB_ENTRY_SHIFT = 4;

/** Tag of an empty entry: a page that no address that chooses this entry can be in. */
export function emptyTag(entry: number): number {
  return (entry ^ 1) << 12;
}

/** Host address of the scratch area for accesses that cross a page: 64 bytes. */
export const SCRATCH = 64;

/** Host address of the area for operands and results of what the host does for `long double`: 16 bytes each, up to 16. */
export const EXTENDED_AREA = 256;

/** Host address of the area where a caller puts variadic arguments, 8 or 16 bytes each, and its size in bytes. */
export const VARARGS = 1024;
export const VARARGS_BYTES = 0xf000 - 1024;
/** Host address in that area of the list of variadic arguments; images of registers lie in front of it. */
export const VARIADIC_LIST = VARARGS + 256;

/** Host addresses below this one are no page frames: a slow store that got one must be committed. */
export const READ_TLB = 0x10000;
export const WRITE_TLB = READ_TLB + TLB_ENTRIES * 16;

/** Host address and size of the log of calls. */
export const CALL_LOG = WRITE_TLB + TLB_ENTRIES * 16;
export const CALL_LOG_BYTES = 0x10000;

/** Host address of the log of steps, and how many positions of 4 bytes it holds: a power of two. */
export const STEP_LOG = CALL_LOG + CALL_LOG_BYTES;
export const STEP_LOG_ENTRIES = 0x4000;

export const FIRST_FRAME = STEP_LOG + 4 * STEP_LOG_ENTRIES;

/** Mask of the byte offset of an entry, after shifting an address right by 12 - TLB_ENTRY_SHIFT. */
export const TLB_OFFSET_MASK = (TLB_ENTRIES - 1) * 16;
