/**
 * Functions of <complex.h> on `long double` that are exact, or rounded once: parts, conjugate, projection, size and angle.
 *
 * Source: C17 7.3.8, 7.3.9; glibc 2.36, math/s_cproj_template.c, math/w_cabs_template.c.
 */
import {
  extendedInfinity,
  extendedZero,
  fromBytes,
  isInfinite,
  negated,
  newUnit,
  toBytes,
  withSign,
} from '../target/extended-float.ts';
import type { Extended, FloatUnit } from '../target/extended-float.ts';
import type { LibcContext, LibcFunction, LibcTable } from './libc-context.ts';
import { f } from './libc-context.ts';
import { angleOf } from './long-double-elementary.ts';
import { hypot, reported } from './long-double.ts';

type Parts = readonly [real: Extended, imaginary: Extended];

const partBytes = (ctx: LibcContext): number => (ctx.model.wordBytes === 8 ? 16 : 12);

function partsIn(ctx: LibcContext, source: number | bigint | undefined): Parts {
  const each = partBytes(ctx);
  const bytes = ctx.recordArgument(source ?? 0, 2 * each);
  return [fromBytes(bytes.subarray(0, 10)), fromBytes(bytes.subarray(each, each + 10))];
}

const toComplex = (operation: (z: Parts) => Parts): LibcFunction =>
  f('vpp', (ctx, _args, _variadic, raw) => {
    const each = partBytes(ctx);
    const bytes = new Uint8Array(2 * each);
    operation(partsIn(ctx, raw[1])).forEach((part, index) => {
      bytes.set(toBytes(part), index * each);
    });
    ctx.storeRecord(raw[0] ?? 0, bytes);
    return 0;
  });

const toReal = (operation: (unit: FloatUnit, z: Parts, ctx: LibcContext) => Extended): LibcFunction =>
  f('ep', (ctx, _args, _variadic, raw) => {
    const unit = newUnit(ctx.floats.direction);
    const result = operation(unit, partsIn(ctx, raw[0]), ctx);
    ctx.floats.raise(unit.flags);
    return result;
  });

/** Functions on complex numbers of `long double`. */
export const longDoubleComplexFunctions: LibcTable = {
  conjl: toComplex(([real, imaginary]) => [real, negated(imaginary)]),
  cprojl: toComplex((z) => (z.some(isInfinite) ? [extendedInfinity, withSign(extendedZero, z[1])] : z)),
  creall: toReal((_unit, [real]) => real),
  cimagl: toReal((_unit, [, imaginary]) => imaginary),
  cabsl: toReal((unit, z, ctx) => reported(ctx, hypot(unit, ...z), z)),
  cargl: toReal((unit, [real, imaginary]) => angleOf(unit, imaginary, real)),
};
