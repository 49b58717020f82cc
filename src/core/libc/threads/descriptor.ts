/**
 * struct pthread: the thread descriptor, at the thread pointer. What a debugger shows of a thread is read from here.
 *
 * Source: glibc 2.36, nptl/descr.h, sysdeps/{x86_64,i386}/nptl/tls.h (tcbhead_t); offsets by the debugging information of
 * Debian's build for x86-64, and for i386 by the `_thread_db_*` symbols of libc and the memory of running programs.
 */
import type { DataModel, TargetName } from '../../target/data-model.ts';
import type { LibcContext } from '../libc-context.ts';
import { readWord, writeWord } from '../libc-context.ts';

const x86_64 = {
  tcb: 0,
  dtv: 8,
  self: 16,
  multipleThreads: 24,
  sysinfo: 32,
  stackGuard: 40,
  pointerGuard: 48,
  tid: 720,
  robustPrev: 728,
  robustHead: 736,
  robustFutexOffset: 744,
  robustPending: 752,
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

/** Name of a field. */
export type Field = keyof typeof x86_64;

/** The list of robust mutexes is linked one way only: its head is its only field, which robustPrev names once more. */
const i386: Readonly<Record<Field, number>> = {
  tcb: 0,
  dtv: 4,
  self: 8,
  multipleThreads: 12,
  sysinfo: 16,
  stackGuard: 20,
  pointerGuard: 24,
  tid: 104,
  robustPrev: 108,
  robustHead: 108,
  robustFutexOffset: 112,
  robustPending: 116,
  cleanupJmpBuf: 124,
  cancelHandling: 128,
  flags: 132,
  specificFirstBlock: 136,
  specific: 392,
  specificUsed: 520,
  userStack: 522,
  setxidFutex: 532,
  joinId: 536,
  result: 540,
  schedPriority: 544,
  schedPolicy: 548,
  startRoutine: 552,
  argument: 556,
  stackBlock: 608,
  stackBlockSize: 612,
  guardSize: 616,
  reportedGuardSize: 620,
  sigmask: 1140,
  c11: 1148,
  exiting: 1149,
  rseqArea: 1184,
};

/** struct pthread of a target. */
export interface DescriptorLayout {
  /** Offsets in bytes. */
  readonly field: Readonly<Record<Field, number>>;
  /** sizeof (struct pthread) */
  readonly bytes: number;
}

/** By target. */
export const descriptorLayouts: Readonly<Record<TargetName, DescriptorLayout>> = {
  x86_64: { field: x86_64, bytes: 2368 },
  i386: { field: i386, bytes: 1216 },
};

/** sizeof (struct pthread) */
export const descriptorBytes = (ctx: Pick<LibcContext, 'model'>): number =>
  descriptorLayouts[ctx.model.name].bytes;

/** Address of a field of a descriptor. */
export const fieldAt = (ctx: { readonly model: DataModel }, descriptor: number, name: Field): number =>
  descriptor + descriptorLayouts[ctx.model.name].field[name];

/** Bits of cancelhandling. */
export const cancelBit = {
  stateDisabled: 1 << 0,
  typeAsynchronous: 1 << 1,
  canceling: 1 << 2,
  canceled: 1 << 3,
  exiting: 1 << 4,
  terminated: 1 << 5,
} as const;

/** An int of a descriptor, signed. */
export const readField = (ctx: LibcContext, descriptor: number, name: Field): number =>
  ctx.memory.readU32(fieldAt(ctx, descriptor, name)) | 0;

/** Writes an int of a descriptor. */
export function writeField(ctx: LibcContext, descriptor: number, name: Field, value: number): void {
  ctx.memory.writeU32(fieldAt(ctx, descriptor, name), value >>> 0);
}

/** A pointer or size of a descriptor. */
export const readFieldWord = (ctx: LibcContext, descriptor: number, name: Field): number =>
  readWord(ctx, fieldAt(ctx, descriptor, name));

/** Writes a pointer or size of a descriptor. */
export function writeFieldWord(ctx: LibcContext, descriptor: number, name: Field, value: number): void {
  writeWord(ctx, fieldAt(ctx, descriptor, name), value);
}

/** A word of the program, unsigned and exact. */
export const readWordBits = (ctx: LibcContext, addr: number): bigint =>
  ctx.model.wordBytes === 8 ? ctx.memory.readU64(addr) : BigInt(ctx.memory.readU32(addr));

/** Writes the low bits of a number as a word. */
export function writeWordBits(ctx: LibcContext, addr: number, value: bigint): void {
  if (ctx.model.wordBytes === 8) ctx.memory.writeU64(addr, BigInt.asUintN(64, value));
  else ctx.memory.writeU32(addr, Number(BigInt.asUintN(32, value)));
}

/** A field of one byte. */
export const readFieldByte = (ctx: LibcContext, descriptor: number, name: Field): number =>
  ctx.memory.readU8(fieldAt(ctx, descriptor, name));

/** Writes a field of one byte. */
export function writeFieldByte(ctx: LibcContext, descriptor: number, name: Field, value: number): void {
  ctx.memory.writeU8(fieldAt(ctx, descriptor, name), value);
}
