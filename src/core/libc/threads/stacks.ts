/**
 * Stacks of threads: mapped with a guard below, the descriptor and the thread-local blocks at the top, kept for the next
 * thread when theirs has ended.
 *
 *   stackblock                guard, no access
 *   stackblock + guardsize    the stack, which grows down from stackTop
 *   descriptor - offset       thread-local blocks
 *   descriptor                struct pthread, up to the end
 *
 * Source: glibc 2.36, nptl/allocatestack.c (allocate_stack, get_cached_stack, setup_stack_prot, advise_stack_range),
 * nptl/nptl-stack.c (queue_stack, __nptl_free_stacks), elf/dl-tls.c (_dl_allocate_tls, _dl_deallocate_tls).
 */
import { PAGE_SIZE, roundDown, roundUp } from '../../../base/address.ts';
import type { Address } from '../../../base/address.ts';
import {
  EINVAL,
  MAP_ANONYMOUS,
  MAP_PRIVATE,
  MAP_STACK,
  PROT_NONE,
  PROT_READ,
  PROT_WRITE,
} from '../../mm/kernel.ts';
import type { LibcContext } from '../libc-context.ts';
import { callFromLibc, readWord, writeWord } from '../libc-context.ts';
import {
  descriptorBytes,
  fieldAt,
  readField,
  readFieldByte,
  readFieldWord,
  writeField,
  writeFieldByte,
  writeFieldWord,
  writeWordBits,
} from './descriptor.ts';
import { clearThreadData } from './thread-data.ts';

/** What a thread attribute object asks of a stack. */
export interface StackRequest {
  readonly size: number;
  readonly guard: number;
  /** The upper end of memory that the program gives; undefined for memory of libc's own. */
  readonly userEnd: number | undefined;
}

/** A stack with its descriptor. */
export interface ThreadStack {
  readonly descriptor: Address;
  /** First byte above the stack: the thread-local blocks begin there. */
  readonly top: number;
  readonly start: number;
  readonly end: number;
}

/** Alignment of the thread block: TCB_ALIGNMENT. */
const blockAlign = 64;
/** Bytes of stack that a thread needs besides its blocks: MINIMAL_REST_STACK. */
const minimalRest = 2048;
/** Entries of a DTV beyond the modules that there are: DTV_SURPLUS. */
const dtvSurplus = 14;
/** sizeof (dtv_t) */
const dtvBytes = (ctx: LibcContext): number => 2 * ctx.model.wordBytes;
/** Bytes that the cache may hold: stack_cache_maxsize. */
const cacheLimit = 40 * 1024 * 1024;
/** Bytes of the stack that an exiting thread keeps: PTHREAD_STACK_MIN. */
const keptAtExit = 16384;
const MADV_DONTNEED = 4;

/** Bytes of static thread-local storage below a descriptor: what the blocks take, and room for libraries loaded later. */
export function staticTlsBytes(ctx: LibcContext): number {
  const own = Math.max(0, ...ctx.threads.blocks.map(({ offset }) => offset));
  const surplus = 0x680;
  return roundUp(own + surplus, blockAlign);
}

/** A stack for a new thread. @returns minus errno where there is none */
export function allocateStack(ctx: LibcContext, request: StackRequest): ThreadStack | number {
  const size = request.size;
  const needed = staticTlsBytes(ctx) + descriptorBytes(ctx) + minimalRest;
  if (request.userEnd !== undefined) return size < needed ? -EINVAL : userStack(ctx, request.userEnd, size);
  const guard = roundUp(request.guard, PAGE_SIZE);
  const bytes = roundDown(size, blockAlign) + guard;
  if (bytes < roundUp(guard + needed, PAGE_SIZE)) return -EINVAL;
  const cached = takeCached(ctx, bytes);
  const descriptor = cached ?? mapStack(ctx, bytes, guard);
  if (descriptor < 0) return descriptor;
  const status = fitGuard(ctx, descriptor, guard, bytes);
  if (status < 0) return status;
  writeFieldWord(ctx, descriptor, 'reportedGuardSize', guard);
  return prepared(ctx, descriptor);
}

/** From the list entry of a robust mutex to its lock. */
export const robustFutexOffset = (ctx: Pick<LibcContext, 'model'>): bigint =>
  ctx.model.wordBytes === 8 ? -32n : -20n;

/** What is the same for every kind of stack. */
function prepared(ctx: LibcContext, descriptor: number): ThreadStack {
  const head = fieldAt(ctx, descriptor, 'robustHead');
  writeFieldWord(ctx, descriptor, 'robustPrev', head);
  writeFieldWord(ctx, descriptor, 'robustHead', head);
  writeWordBits(ctx, fieldAt(ctx, descriptor, 'robustFutexOffset'), robustFutexOffset(ctx));
  const start = readFieldWord(ctx, descriptor, 'stackBlock');
  return {
    descriptor: descriptor as Address,
    top: descriptor - staticTlsBytes(ctx),
    start,
    end: start + readFieldWord(ctx, descriptor, 'stackBlockSize'),
  };
}

function userStack(ctx: LibcContext, end: number, size: number): ThreadStack {
  const descriptor = roundDown(end - descriptorBytes(ctx), blockAlign);
  ctx.memory.fill(descriptor, 0, descriptorBytes(ctx));
  writeStackFields(ctx, descriptor, { start: end - size, size, guard: 0 });
  writeFieldByte(ctx, descriptor, 'userStack', 1);
  return prepared(ctx, descriptor);
}

function mapStack(ctx: LibcContext, size: number, guard: number): number {
  const access = PROT_READ | PROT_WRITE;
  const flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK;
  const start = ctx.syscalls.mmap(0, size, guard === 0 ? access : PROT_NONE, flags, -1, 0);
  if (start < 0) return start;
  const descriptor = roundDown(start + size - descriptorBytes(ctx), blockAlign);
  if (guard > 0) {
    const status = ctx.syscalls.mprotect(start + guard, size - guard, access);
    if (status < 0) {
      ctx.syscalls.munmap(start, size);
      return status;
    }
  }
  writeStackFields(ctx, descriptor, { start, size, guard });
  return descriptor;
}

function writeStackFields(
  ctx: LibcContext,
  descriptor: number,
  { start, size, guard }: { readonly start: number; readonly size: number; readonly guard: number },
): void {
  writeFieldWord(ctx, descriptor, 'stackBlock', start);
  writeFieldWord(ctx, descriptor, 'stackBlockSize', size);
  writeFieldWord(ctx, descriptor, 'guardSize', guard);
  writeFieldWord(ctx, descriptor, 'specific', fieldAt(ctx, descriptor, 'specificFirstBlock'));
  writeField(ctx, descriptor, 'multipleThreads', 1);
  writeField(ctx, descriptor, 'setxidFutex', -1);
  allocateDtv(ctx, descriptor);
}

/** A guard that is to be larger, or smaller, than that of the cached stack. */
function fitGuard(ctx: LibcContext, descriptor: number, guard: number, wanted: number): number {
  const start = readFieldWord(ctx, descriptor, 'stackBlock');
  const size = readFieldWord(ctx, descriptor, 'stackBlockSize');
  const before = readFieldWord(ctx, descriptor, 'guardSize');
  if (guard > before) {
    const status = ctx.syscalls.mprotect(start, guard, PROT_NONE);
    if (status < 0) return status;
  } else if (before - guard > size - wanted) {
    const status = ctx.syscalls.mprotect(start + guard, before - guard, PROT_READ | PROT_WRITE);
    if (status < 0) return status;
  } else return 0;
  writeFieldWord(ctx, descriptor, 'guardSize', guard);
  return 0;
}

// ---- thread-local storage ----

/** The vector of addresses of thread-local blocks, from malloc, and the blocks. @source _dl_allocate_tls */
function allocateDtv(ctx: LibcContext, descriptor: number): void {
  const length = ctx.threads.blocks.length + dtvSurplus;
  const block = callFromLibc(ctx, 'pthread_create', () => ctx.malloc.calloc(length + 2, dtvBytes(ctx)));
  writeWord(ctx, block, length);
  writeFieldWord(ctx, descriptor, 'dtv', block + dtvBytes(ctx));
  fillBlocks(ctx, descriptor);
}

/** Initial values of the blocks, and their addresses. @source _dl_allocate_tls_init */
function fillBlocks(ctx: LibcContext, descriptor: number): void {
  const { blocks } = ctx.threads;
  const dtv = readFieldWord(ctx, descriptor, 'dtv');
  blocks.forEach(({ offset, bytes, image }, index) => {
    const start = descriptor - offset;
    const entry = dtv + (index + 1) * dtvBytes(ctx);
    writeWord(ctx, entry, start);
    writeWord(ctx, entry + ctx.model.wordBytes, 0);
    ctx.memory.writeBytes(start, image);
    ctx.memory.fill(start + image.length, 0, bytes - image.length);
  });
  // The generation of the list of modules.
  writeWord(ctx, dtv, 1);
}

function freeDtv(ctx: LibcContext, descriptor: number): void {
  const dtv = readFieldWord(ctx, descriptor, 'dtv');
  // That of the main thread is ld.so's.
  if (dtv === 0) return;
  callFromLibc(ctx, 'pthread_create', () => {
    ctx.malloc.free(dtv - dtvBytes(ctx));
  });
}

// ---- the cache ----

/** The smallest cached stack that is large enough and whose thread the kernel has ended. @source get_cached_stack */
function takeCached(ctx: LibcContext, size: number): number | undefined {
  const { nptl } = ctx.threads;
  let found: number | undefined;
  let foundSize = Infinity;
  for (const descriptor of nptl.stackCache) {
    const bytes = readFieldWord(ctx, descriptor, 'stackBlockSize');
    if (readField(ctx, descriptor, 'tid') > 0 || bytes < size || bytes >= foundSize) continue;
    found = descriptor;
    foundSize = bytes;
  }
  // A stack that is much too large waits for another thread.
  if (found === undefined || foundSize > 4 * size) return undefined;
  nptl.stackCache.splice(nptl.stackCache.indexOf(found), 1);
  nptl.stackCacheBytes -= foundSize;
  writeField(ctx, found, 'setxidFutex', -1);
  writeField(ctx, found, 'cancelHandling', 0);
  writeFieldByte(ctx, found, 'exiting', 0);
  const dtv = readFieldWord(ctx, found, 'dtv');
  const length = readWord(ctx, dtv - dtvBytes(ctx));
  ctx.memory.fill(dtv, 0, (length + 1) * dtvBytes(ctx));
  fillBlocks(ctx, found);
  return found;
}

/** A thread's stack is free: it waits for another thread. @source __nptl_deallocate_stack, queue_stack */
export function deallocateStack(ctx: LibcContext, descriptor: number): void {
  const { nptl } = ctx.threads;
  if (readFieldByte(ctx, descriptor, 'userStack') !== 0) {
    ctx.threads.forgetStack(readFieldWord(ctx, descriptor, 'stackBlock'));
    freeDtv(ctx, descriptor);
    return;
  }
  nptl.stackCache.unshift(descriptor);
  nptl.stackCacheBytes += readFieldWord(ctx, descriptor, 'stackBlockSize');
  if (nptl.stackCacheBytes > cacheLimit) trimCache(ctx);
}

/**
 * In the child of fork: the stacks of all threads but the calling one are free.
 *
 * @param others - their descriptors, in the order in which they were made
 * @source nptl/nptl-stack.c: __nptl_reclaim_stacks
 */
export function reclaimStacks(ctx: LibcContext, others: readonly number[]): void {
  const { nptl } = ctx.threads;
  for (const descriptor of others) {
    writeField(ctx, descriptor, 'tid', 0);
    clearThreadData(ctx, descriptor);
    if (readFieldByte(ctx, descriptor, 'userStack') !== 0) continue;
    nptl.stackCache.unshift(descriptor);
    nptl.stackCacheBytes += readFieldWord(ctx, descriptor, 'stackBlockSize');
  }
  nptl.threadCount = 1;
}

/** Gives the oldest stacks back until the cache is small enough. @source __nptl_free_stacks */
function trimCache(ctx: LibcContext): void {
  const { threads } = ctx;
  const { nptl } = threads;
  for (const descriptor of [...nptl.stackCache].reverse()) {
    if (readField(ctx, descriptor, 'tid') > 0) continue;
    const start = readFieldWord(ctx, descriptor, 'stackBlock');
    const size = readFieldWord(ctx, descriptor, 'stackBlockSize');
    nptl.stackCache.splice(nptl.stackCache.indexOf(descriptor), 1);
    nptl.stackCacheBytes -= size;
    freeDtv(ctx, descriptor);
    ctx.syscalls.munmap(start, size);
    threads.forgetStack(start);
    if (nptl.stackCacheBytes <= cacheLimit) return;
  }
}

/**
 * An exiting thread gives the pages below its frames back.
 *
 * @param sp - where its frames end
 * @source advise_stack_range
 */
export function adviseStack(ctx: LibcContext, descriptor: number, sp: number): void {
  const start = readFieldWord(ctx, descriptor, 'stackBlock');
  const free = roundDown(sp - start, PAGE_SIZE);
  if (free > keptAtExit) ctx.syscalls.madvise(start, free - keptAtExit, MADV_DONTNEED);
}
