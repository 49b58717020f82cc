/**
 * struct pthread: the thread descriptor, at the thread pointer. What a debugger shows of a thread is read from here.
 *
 * Source: glibc 2.36, nptl/descr.h, sysdeps/x86_64/nptl/tls.h (tcbhead_t); offsets by the debugging information of Debian's
 * build for x86-64.
 */
import { NotModelled } from '../../trace/not-modelled.ts';
import type { LibcContext } from '../libc-context.ts';

/** Offsets of fields, in bytes. */
export const field = {
  tcb: 0,
  dtv: 8,
  self: 16,
  multipleThreads: 24,
  stackGuard: 40,
  pointerGuard: 48,
  tid: 720,
  robustPrev: 728,
  robustHead: 736,
  robustFutexOffset: 744,
  cleanupJmpBuf: 768,
  cancelHandling: 776,
  flags: 780,
  specificFirstBlock: 784,
  specific: 1296,
  specificUsed: 1552,
  userStack: 1554,
  setxidFutex: 1564,
  joinId: 1568,
  result: 1576,
  schedPriority: 1584,
  schedPolicy: 1588,
  startRoutine: 1592,
  argument: 1600,
  stackBlock: 1680,
  stackBlockSize: 1688,
  guardSize: 1696,
  reportedGuardSize: 1704,
  sigmask: 2288,
  c11: 2296,
  exiting: 2297,
  rseqArea: 2336,
} as const;

/** sizeof (struct pthread) */
export const descriptorBytes = 2368;

/** Bits of cancelhandling. */
export const cancelBit = {
  stateDisabled: 1 << 0,
  typeAsynchronous: 1 << 1,
  canceling: 1 << 2,
  canceled: 1 << 3,
  exiting: 1 << 4,
  terminated: 1 << 5,
} as const;

/** Name of a field. */
export type Field = keyof typeof field;

/** An int of a descriptor, signed. */
export const readField = (ctx: LibcContext, descriptor: number, name: Field): number =>
  ctx.memory.readU32(descriptor + field[name]) | 0;

/** Writes an int of a descriptor. */
export function writeField(ctx: LibcContext, descriptor: number, name: Field, value: number): void {
  ctx.memory.writeU32(descriptor + field[name], value >>> 0);
}

/** A pointer or size of a descriptor. */
export const readFieldWord = (ctx: LibcContext, descriptor: number, name: Field): number =>
  Number(ctx.memory.readU64(descriptor + field[name]));

/** Writes a pointer or size of a descriptor. */
export function writeFieldWord(ctx: LibcContext, descriptor: number, name: Field, value: number): void {
  ctx.memory.writeNumber64(descriptor + field[name], value);
}

/** Only the layouts of x86-64 are known. */
export function requireWideThreads(ctx: LibcContext): void {
  if (ctx.model.wordBytes !== 8) throw new NotModelled('threads of i386 programs');
}
