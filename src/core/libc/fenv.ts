/**
 * <fenv.h>: exceptions that operations have raised, the direction of rounding, exceptions that are signals.
 *
 * Source: C17 7.6; glibc 2.36, sysdeps/x86_64/fpu and sysdeps/i386/fpu: fegetenv.c, feholdexcpt.c, fesetenv.c, feupdateenv.c,
 * fegetmode.c, fesetmode.c, feenablxcpt.c (which bits they read and write).
 * Simplified: `fenv_t` has the flags in mxcsr (on i386 in the x87 status word), whichever unit raised them.
 */
import { NotModelled } from '../trace/not-modelled.ts';
import { defaultFloatState } from './float-environment.ts';
import type { FloatEnvironment, FloatState } from './float-environment.ts';
import {
  FE_ALL_EXCEPT,
  FE_DIVBYZERO,
  FE_INEXACT,
  FE_INVALID,
  FE_OVERFLOW,
  FE_TOWARDZERO,
  FE_UNDERFLOW,
} from './float-rounding.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { f } from './libc-context.ts';

/** The bits of both control registers for all directions of rounding. */
const DIRECTIONS = FE_TOWARDZERO;
/** All exceptions masked, 64 bits of precision; where mxcsr has masks and direction. */
const DEFAULT_CONTROL = 0x037f;
const DEFAULT_MXCSR = 0x1f80;
const MXCSR_MASKS = 7;
const MXCSR_DIRECTION = 3;
/** In the order in which feraiseexcept raises them. */
const exceptions = [FE_INVALID, FE_DIVBYZERO, FE_OVERFLOW, FE_UNDERFLOW, FE_INEXACT];

/** Offsets in `fenv_t` and `femode_t`. */
const STATUS = 4;
const MXCSR = 28;
const MODE_MXCSR = 4;

/** The environment that the caller's thread has. */
function environment(ctx: LibcContext): FloatEnvironment {
  if (ctx.threads.count > 1) throw new NotModelled('<fenv.h> in a process with several threads');
  return ctx.floats;
}

const call = (
  signature: string,
  work: (floats: FloatEnvironment, ctx: LibcContext, args: readonly number[]) => number | undefined,
): LibcFunction => f(signature, (ctx, args) => work(environment(ctx), ctx, args) ?? 0);

function raiseEach(floats: FloatEnvironment, raised: number): void {
  for (const exception of exceptions) floats.raise(raised & exception);
}

const controlOf = ({ direction, enabled }: FloatState): number => (DEFAULT_CONTROL & ~enabled) | direction;
const mxcsrOf = ({ direction, enabled, flags }: FloatState): number =>
  (DEFAULT_MXCSR & ~(enabled << MXCSR_MASKS)) | (direction << MXCSR_DIRECTION) | flags;

function save(ctx: LibcContext, target: number, state: FloatState): void {
  const isWide = ctx.model.wordBytes === 8;
  const status = isWide ? 0 : state.flags;
  [0xffff_0000 | controlOf(state), 0xffff_0000 | status, 0xffff_ffff, 0, 0, 0, 0xffff_0000].forEach(
    (word, i) => {
      ctx.memory.writeU32(target + 4 * i, word >>> 0);
    },
  );
  if (isWide) ctx.memory.writeU32(target + MXCSR, mxcsrOf(state));
}

/** FE_DFL_ENV, FE_NOMASK_ENV and FE_DFL_MODE are no addresses: -1 and -2. */
const wellKnown = (ctx: LibcContext, at: number): number => at - 2 ** (ctx.model.wordBytes * 8);

function stateAt(ctx: LibcContext, source: number): FloatState {
  switch (wellKnown(ctx, source)) {
    case -1:
    case 0:
      return defaultFloatState;
    case -2:
    case -2048:
      return { ...defaultFloatState, enabled: FE_ALL_EXCEPT };
  }
  const control = ctx.memory.readU32(source);
  const status = ctx.memory.readU32(source + STATUS);
  const mxcsr = ctx.model.wordBytes === 8 ? ctx.memory.readU32(source + MXCSR) : 0;
  return {
    flags: (status | mxcsr) & FE_ALL_EXCEPT,
    direction: control & DIRECTIONS,
    enabled: ~control & FE_ALL_EXCEPT,
  };
}

function setMode(floats: FloatEnvironment, ctx: LibcContext, source: number): void {
  const { flags } = floats;
  const known = wellKnown(ctx, source);
  if (known === -1 || known === 0) {
    floats.restore({ ...defaultFloatState, flags });
    return;
  }
  const control = ctx.memory.readU32(source);
  floats.restore({ flags, direction: control & DIRECTIONS, enabled: ~control & FE_ALL_EXCEPT });
}

function enable(floats: FloatEnvironment, ctx: LibcContext, enabled: number): number {
  const before = floats.enabled;
  // The x87 unit reports an exception at the next of its instructions.
  if (enabled !== 0 && ctx.model.wordBytes === 4)
    throw new NotModelled('floating-point exceptions that are signals on i386');
  floats.restore({ ...floats.state, enabled });
  return before;
}

/** <fenv.h> */
export const fenvFunctions: LibcTable = {
  feclearexcept: call('ii', (floats, _ctx, [raised = 0]) => {
    floats.clear(raised & FE_ALL_EXCEPT);
    return 0;
  }),
  feraiseexcept: call('ii', (floats, _ctx, [raised = 0]) => {
    raiseEach(floats, raised);
    return 0;
  }),
  fesetexcept: call('ii', (floats, _ctx, [raised = 0]) => {
    floats.restore({ ...floats.state, flags: floats.flags | (raised & FE_ALL_EXCEPT) });
    return 0;
  }),
  fetestexcept: call('ii', (floats, _ctx, [asked = 0]) => floats.flags & asked),
  fegetexceptflag: call('ipi', (floats, ctx, [target = 0, asked = 0]) => {
    const flags = floats.flags & asked;
    ctx.memory.writeU8(target, flags);
    ctx.memory.writeU8(target + 1, 0);
    return 0;
  }),
  fesetexceptflag: call('ipi', (floats, ctx, [source = 0, chosen = 0]) => {
    const given = ctx.memory.readU8(source) & chosen & FE_ALL_EXCEPT;
    floats.restore({ ...floats.state, flags: (floats.flags & ~chosen) | given });
    return 0;
  }),
  fetestexceptflag: f(
    'ipi',
    (ctx, [source = 0, asked = 0]) => ctx.memory.readU8(source) & asked & FE_ALL_EXCEPT,
  ),
  fegetround: call('i', (floats) => floats.direction),
  fesetround: call('ii', (floats, _ctx, [direction = 0]) => {
    if ((direction & ~DIRECTIONS) !== 0) return 1;
    floats.restore({ ...floats.state, direction });
    return 0;
  }),
  fegetenv: call('ip', (floats, ctx, [target = 0]) => {
    save(ctx, target, floats.state);
    return 0;
  }),
  feholdexcept: call('ip', (floats, ctx, [target = 0]) => {
    save(ctx, target, floats.state);
    floats.restore({ ...floats.state, flags: 0, enabled: 0 });
    return 0;
  }),
  fesetenv: call('ip', (floats, ctx, [source = 0]) => {
    floats.restore(stateAt(ctx, source));
    return 0;
  }),
  feupdateenv: call('ip', (floats, ctx, [source = 0]) => {
    const { flags } = floats;
    floats.restore(stateAt(ctx, source));
    raiseEach(floats, flags);
    return 0;
  }),
  fegetmode: call('ip', (floats, ctx, [target = 0]) => {
    const state = { ...floats.state, flags: 0 };
    ctx.memory.writeU8(target, controlOf(state) & 0xff);
    ctx.memory.writeU8(target + 1, controlOf(state) >> 8);
    ctx.memory.writeU32(target + MODE_MXCSR, mxcsrOf({ ...state, flags: floats.flags }));
    return 0;
  }),
  fesetmode: call('ip', (floats, ctx, [source = 0]) => {
    setMode(floats, ctx, source);
    return 0;
  }),
  feenableexcept: call('ii', (floats, ctx, [chosen = 0]) =>
    enable(floats, ctx, floats.enabled | (chosen & FE_ALL_EXCEPT)),
  ),
  fedisableexcept: call('ii', (floats, ctx, [chosen = 0]) => enable(floats, ctx, floats.enabled & ~chosen)),
  fegetexcept: call('i', (floats) => floats.enabled),
};
