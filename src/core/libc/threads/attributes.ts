/**
 * pthread_attr_t: what a new thread is to be like.
 *
 * Source: glibc 2.36, sysdeps/nptl/internaltypes.h (struct pthread_attr), nptl/pthread_attr_*.c.
 * Simplified: affinity and signal masks in attributes are not modelled.
 */
import { EINVAL } from '../../mm/kernel.ts';
import type { TargetName } from '../../target/data-model.ts';
import type { LibcContext, LibcTable } from '../libc-context.ts';
import { callFromLibc, f, readWord, writeWord } from '../libc-context.ts';
import { readWordBits, writeWordBits } from './descriptor.ts';

/** Offsets of fields that are the same for both targets, in bytes. */
const at = { priority: 0, policy: 4, flags: 8 } as const;

/** Offsets of the others, and sizeof (pthread_attr_t). */
const layouts = {
  x86_64: { guard: 16, stackEnd: 24, stackSize: 32, extension: 40, bytes: 56 },
  i386: { guard: 12, stackEnd: 16, stackSize: 20, extension: 24, bytes: 36 },
} as const satisfies Record<TargetName, object>;

/** Address of a field of the size of a word. */
const wordAt = (ctx: LibcContext, addr: number, name: keyof typeof layouts.i386): number =>
  addr + layouts[ctx.model.name][name];

const flag = { detached: 1, notInherit: 2, processScope: 4, stackAddr: 8, schedSet: 0x20, policySet: 0x40 };

const PTHREAD_STACK_MIN = 16384;
const ENOTSUP = 95;

/** What pthread_create needs of an attribute object. */
export interface ThreadAttributes {
  readonly isDetached: boolean;
  readonly flags: number;
  /** 0 for the default. */
  readonly stackSize: number;
  readonly guard: number;
  readonly stackEnd: number | undefined;
}

const word = (ctx: LibcContext, addr: number, name: keyof typeof layouts.i386): number =>
  readWord(ctx, wordAt(ctx, addr, name));

/** Reads an attribute object; address 0 stands for the defaults. */
export function attributesAt(ctx: LibcContext, addr: number): ThreadAttributes {
  const { size, guard } = ctx.threads.nptl.defaultStack;
  if (addr === 0) return { isDetached: false, flags: 0, stackSize: size, guard, stackEnd: undefined };
  const flags = ctx.memory.readU32(addr + at.flags);
  const stackSize = word(ctx, addr, 'stackSize');
  return {
    isDetached: (flags & flag.detached) !== 0,
    flags,
    stackSize: stackSize === 0 ? size : stackSize,
    guard: word(ctx, addr, 'guard'),
    stackEnd: (flags & flag.stackAddr) === 0 ? undefined : word(ctx, addr, 'stackEnd'),
  };
}

/** Writes all of an attribute object. */
export function writeAttributes(
  ctx: LibcContext,
  addr: number,
  wanted: {
    readonly flags: number;
    readonly guard: number;
    readonly stackEnd: number;
    readonly stackSize: number;
    readonly extension: number;
  },
): void {
  ctx.memory.fill(addr, 0, layouts[ctx.model.name].bytes);
  ctx.memory.writeU32(addr + at.flags, wanted.flags);
  for (const name of ['guard', 'stackEnd', 'stackSize', 'extension'] as const)
    writeWord(ctx, wordAt(ctx, addr, name), wanted[name]);
}

/** Frees what an attribute object has from malloc. @source nptl/pthread_attr_destroy.c */
export function freeExtension(ctx: LibcContext, addr: number): void {
  const extension = word(ctx, addr, 'extension');
  if (extension === 0) return;
  callFromLibc(ctx, 'pthread_attr_destroy', () => {
    ctx.malloc.free(readWord(ctx, extension));
    ctx.malloc.free(extension);
  });
}

/** A field that is one bit of the flags. */
const bitGetter = (bit: number) =>
  f('ipp', (ctx, [addr = 0, target = 0]) => {
    ctx.memory.writeU32(target, (ctx.memory.readU32(addr + at.flags) & bit) === 0 ? 0 : 1);
    return 0;
  });

const bitSetter = (bit: number, refuses: (value: number) => number) =>
  f('ipi', (ctx, [addr = 0, value = 0]) => {
    const status = refuses(value);
    if (status !== 0) return status;
    const flags = ctx.memory.readU32(addr + at.flags) & ~bit;
    ctx.memory.writeU32(addr + at.flags, value === 0 ? flags : flags | bit);
    return 0;
  });

const onlyBits = (value: number): number => (value === 0 || value === 1 ? 0 : EINVAL);

/** <pthread.h>: attributes of threads. */
export const attributeFunctions: LibcTable = {
  pthread_attr_init: f('ip', (ctx, [addr = 0]) => {
    ctx.memory.fill(addr, 0, layouts[ctx.model.name].bytes);
    writeWord(ctx, wordAt(ctx, addr, 'guard'), 4096);
    return 0;
  }),
  pthread_attr_getdetachstate: bitGetter(flag.detached),
  pthread_attr_setdetachstate: bitSetter(flag.detached, onlyBits),
  pthread_attr_getinheritsched: bitGetter(flag.notInherit),
  pthread_attr_setinheritsched: bitSetter(flag.notInherit, onlyBits),
  pthread_attr_getscope: bitGetter(flag.processScope),
  pthread_attr_setscope: bitSetter(flag.processScope, (value) =>
    value === 0 ? 0 : value === 1 ? ENOTSUP : EINVAL,
  ),
  pthread_attr_getguardsize: f('ipp', (ctx, [addr = 0, target = 0]) => {
    writeWord(ctx, target, word(ctx, addr, 'guard'));
    return 0;
  }),
  pthread_attr_setguardsize: f('ipz', (ctx, [addr = 0, bytes = 0]) => {
    writeWord(ctx, wordAt(ctx, addr, 'guard'), bytes);
    return 0;
  }),
  pthread_attr_getstacksize: f('ipp', (ctx, [addr = 0, target = 0]) => {
    const size = word(ctx, addr, 'stackSize');
    writeWord(ctx, target, size === 0 ? ctx.threads.nptl.defaultStack.size : size);
    return 0;
  }),
  pthread_attr_setstacksize: f('ipz', (ctx, [addr = 0, bytes = 0]) => {
    if (bytes < PTHREAD_STACK_MIN) return EINVAL;
    writeWord(ctx, wordAt(ctx, addr, 'stackSize'), bytes);
    return 0;
  }),
  pthread_attr_getstack: f('ippp', (ctx, [addr = 0, start = 0, size = 0]) => {
    const bytes = word(ctx, addr, 'stackSize');
    writeWordBits(ctx, start, readWordBits(ctx, wordAt(ctx, addr, 'stackEnd')) - BigInt(bytes));
    writeWord(ctx, size, bytes);
    return 0;
  }),
  pthread_attr_setstack: f('ippz', (ctx, [addr = 0, start = 0, bytes = 0]) => {
    if (bytes < PTHREAD_STACK_MIN) return EINVAL;
    writeWord(ctx, wordAt(ctx, addr, 'stackSize'), bytes);
    writeWord(ctx, wordAt(ctx, addr, 'stackEnd'), start + bytes);
    ctx.memory.writeU32(addr + at.flags, ctx.memory.readU32(addr + at.flags) | flag.stackAddr);
    return 0;
  }),
  pthread_attr_getstackaddr: f('ipp', (ctx, [addr = 0, target = 0]) => {
    writeWord(ctx, target, word(ctx, addr, 'stackEnd'));
    return 0;
  }),
  pthread_attr_setstackaddr: f('ipp', (ctx, [addr = 0, end = 0]) => {
    writeWord(ctx, wordAt(ctx, addr, 'stackEnd'), end);
    ctx.memory.writeU32(addr + at.flags, ctx.memory.readU32(addr + at.flags) | flag.stackAddr);
    return 0;
  }),
  pthread_attr_getschedpolicy: f('ipp', (ctx, [addr = 0, target = 0]) => {
    ctx.memory.writeU32(target, ctx.memory.readU32(addr + at.policy));
    return 0;
  }),
  pthread_attr_setschedpolicy: f('ipi', (ctx, [addr = 0, policy = 0]) => {
    // SCHED_OTHER, SCHED_FIFO, SCHED_RR
    if (policy < 0 || policy > 2) return EINVAL;
    ctx.memory.writeU32(addr + at.policy, policy);
    ctx.memory.writeU32(addr + at.flags, ctx.memory.readU32(addr + at.flags) | flag.policySet);
    return 0;
  }),
  pthread_attr_getschedparam: f('ipp', (ctx, [addr = 0, target = 0]) => {
    ctx.memory.writeU32(target, ctx.memory.readU32(addr + at.priority));
    return 0;
  }),
  pthread_attr_setschedparam: f('ipp', (ctx, [addr = 0, from = 0]) => {
    const priority = ctx.memory.readU32(from) | 0;
    const policy = ctx.memory.readU32(addr + at.policy);
    const [least, most] = policy === 0 ? [0, 0] : [1, 99];
    if (priority < least || priority > most) return EINVAL;
    ctx.memory.writeU32(addr + at.priority, priority);
    ctx.memory.writeU32(addr + at.flags, ctx.memory.readU32(addr + at.flags) | flag.schedSet);
    return 0;
  }),
};
