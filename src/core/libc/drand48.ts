/**
 * The linear congruential generator of 48 bits. libc's own state is a `struct drand48_data`, as the functions with _r take
 * one: the number, the number before, addend, whether multiplier and addend are set, multiplier.
 *
 * Source: POSIX; glibc 2.36, stdlib/drand48-iter.c, stdlib/seed48_r.c, stdlib/lcong48_r.c (behaviour).
 */
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { f } from './libc-context.ts';
import { scratchPlaces } from './scratch.ts';

const OLD_STATE = 6;
const ADDEND = 12;
const IS_SET = 14;
const MULTIPLIER = 16;

const mask48 = (1n << 48n) - 1n;
const standardMultiplier = 0x5deece66dn;
const standardAddend = 0xb;

/** Address of libc's own data. */
const own = (ctx: LibcContext): number => ctx.objects.scratch + scratchPlaces.drand48;

function readState(ctx: LibcContext, at: number): bigint {
  const part = (i: number): bigint => BigInt(ctx.memory.readU16(at + 2 * i));
  return part(0) | (part(1) << 16n) | (part(2) << 32n);
}

function writeState(ctx: LibcContext, at: number, state: bigint): void {
  for (let i = 0; i < 3; i++) ctx.memory.writeU16(at + 2 * i, Number((state >> BigInt(16 * i)) & 0xffffn));
}

function setParameters(ctx: LibcContext, data: number): void {
  ctx.memory.writeU64(data + MULTIPLIER, standardMultiplier);
  ctx.memory.writeU16(data + ADDEND, standardAddend);
  ctx.memory.writeU16(data + IS_SET, 1);
}

/** The next number of a state with the parameters of `data`. */
function iterate(ctx: LibcContext, state: number, data: number): bigint {
  if (ctx.memory.readU16(data + IS_SET) === 0) setParameters(ctx, data);
  const multiplier = ctx.memory.readU64(data + MULTIPLIER);
  const next = (readState(ctx, state) * multiplier + BigInt(ctx.memory.readU16(data + ADDEND))) & mask48;
  writeState(ctx, state, next);
  return next;
}

const asFraction = (state: bigint): number => Number(state) / 2 ** 48;
const asNonNegative = (state: bigint): number => Number(state >> 17n);
const asSigned = (state: bigint): number => Number(BigInt.asIntN(32, state >> 16n));

function seed(ctx: LibcContext, value: number | bigint, data: number): void {
  writeState(ctx, data, ((BigInt(value) & 0xffff_ffffn) << 16n) | 0x330en);
  setParameters(ctx, data);
}

function setState(ctx: LibcContext, from: number, data: number): void {
  writeState(ctx, data + OLD_STATE, readState(ctx, data));
  writeState(ctx, data, readState(ctx, from));
  setParameters(ctx, data);
}

function setAll(ctx: LibcContext, from: number, data: number): void {
  writeState(ctx, data, readState(ctx, from));
  ctx.memory.writeU64(data + MULTIPLIER, readState(ctx, from + 6));
  ctx.memory.writeU16(data + ADDEND, ctx.memory.readU16(from + 12));
  ctx.memory.writeU16(data + IS_SET, 1);
}

/** The function with _r that gives its number through a pointer: of its own state, or of one that comes first. */
const stored = (write: (ctx: LibcContext, target: number, state: bigint) => void): LibcFunction =>
  f('ipp', (ctx, [data = 0, target = 0]) => {
    write(ctx, target, iterate(ctx, data, data));
    return 0;
  });
const storedOf = (write: (ctx: LibcContext, target: number, state: bigint) => void): LibcFunction =>
  f('ippp', (ctx, [state = 0, data = 0, target = 0]) => {
    write(ctx, target, iterate(ctx, state, data));
    return 0;
  });

function writeFraction(ctx: LibcContext, target: number, state: bigint): void {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, asFraction(state), true);
  ctx.memory.writeBytes(target, new Uint8Array(view.buffer));
}

/** A long, as the target has it. */
const writeLong =
  (valueOf: (state: bigint) => number) =>
  (ctx: LibcContext, target: number, state: bigint): void => {
    const value = BigInt(valueOf(state));
    if (ctx.model.wordBytes === 8) ctx.memory.writeU64(target, BigInt.asUintN(64, value));
    else ctx.memory.writeU32(target, Number(BigInt.asUintN(32, value)));
  };

const done = (work: (ctx: LibcContext, from: number, data: number) => void): LibcFunction =>
  f('ipp', (ctx, [from = 0, data = 0]) => {
    work(ctx, from, data);
    return 0;
  });

/** drand48 and its relatives of <stdlib.h> */
export const drand48Functions: LibcTable = {
  drand48: f('d', (ctx) => asFraction(iterate(ctx, own(ctx), own(ctx)))),
  erand48: f('dp', (ctx, [state = 0]) => asFraction(iterate(ctx, state, own(ctx)))),
  lrand48: f('l', (ctx) => asNonNegative(iterate(ctx, own(ctx), own(ctx)))),
  nrand48: f('lp', (ctx, [state = 0]) => asNonNegative(iterate(ctx, state, own(ctx)))),
  mrand48: f('l', (ctx) => asSigned(iterate(ctx, own(ctx), own(ctx)))),
  jrand48: f('lp', (ctx, [state = 0]) => asSigned(iterate(ctx, state, own(ctx)))),
  srand48: f('vl', (ctx, _args, _va, [value = 0]) => {
    seed(ctx, value, own(ctx));
    return 0;
  }),
  seed48: f('pp', (ctx, [from = 0]) => {
    setState(ctx, from, own(ctx));
    return own(ctx) + OLD_STATE;
  }),
  lcong48: f('vp', (ctx, [from = 0]) => {
    setAll(ctx, from, own(ctx));
    return 0;
  }),
  drand48_r: stored(writeFraction),
  erand48_r: storedOf(writeFraction),
  lrand48_r: stored(writeLong(asNonNegative)),
  nrand48_r: storedOf(writeLong(asNonNegative)),
  mrand48_r: stored(writeLong(asSigned)),
  jrand48_r: storedOf(writeLong(asSigned)),
  srand48_r: f('ilp', (ctx, [, data = 0], _va, [value = 0]) => {
    seed(ctx, value, data);
    return 0;
  }),
  seed48_r: done(setState),
  lcong48_r: done(setAll),
};
