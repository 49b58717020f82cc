/**
 * The attributes that make another type of a type: `mode` and `vector_size`.
 *
 * Source: gcc 12 manual, "Common Variable Attributes"; gcc/c-family/c-attribs.cc: handle_mode_attribute,
 * handle_vector_size_attribute, type_valid_for_vector_size, build_vector_type_for_size.
 */
import type { Span } from '../source/text-span.ts';
import type { ParsedAttributes } from './attributes.ts';
import type { SemaContext } from './context.ts';
import { integerOf, resolve } from './type-relations.ts';
import type { CType, QualType } from './type.ts';

/** Applies `mode` and `vector_size` to a type. */
export function applyTypeAttributes(ctx: SemaContext, type: QualType, parsed: ParsedAttributes): QualType {
  const { mode, vector } = parsed;
  let result = type;
  if (mode !== undefined) result = withMode(ctx, result, mode.name, mode.span);
  if (vector !== undefined) result = withVectors(ctx, result, vector.bytes, vector.span);
  return result;
}

// ---------------------------------------------------------------- vector_size

/** Vectors take the place of what pointers, arrays and functions lead to. */
function withVectors(ctx: SemaContext, type: QualType, bytes: number, span: Span): QualType {
  const resolved = resolve(type.type);
  const { quals } = type;
  switch (resolved.kind) {
    case 'pointer':
      return { type: ctx.types.pointerTo(withVectors(ctx, resolved.target, bytes, span)).type, quals };
    case 'array':
      if (resolved.count === 'variable') return type;
      return {
        type: ctx.types.arrayOf(withVectors(ctx, resolved.element, bytes, span), resolved.count).type,
        quals,
      };
    case 'function':
      return { type: { ...resolved, result: withVectors(ctx, resolved.result, bytes, span) }, quals };
    case 'error':
      return type;
    default:
      return { type: vectorType(ctx, resolved, bytes, span), quals };
  }
}

function vectorType(ctx: SemaContext, lane: CType, bytes: number, span: Span): CType {
  const element = lane.kind === 'float' ? lane : integerOf(lane);
  if (element === undefined || (element.kind === 'integer' && element.name === '_Bool')) {
    ctx.error('vector-element', span, { type: ctx.spell({ type: lane, quals: 0 }) });
    return ctx.types.error.type;
  }
  const code = vectorMistake(bytes, element.size);
  if (code === undefined) return ctx.types.vectorOf(element, bytes).type;
  ctx.error(code, span, { bytes });
  return ctx.types.error.type;
}

function vectorMistake(
  bytes: number,
  laneBytes: number,
): 'vector-size-zero' | 'vector-size-multiple' | 'vector-lanes' | undefined {
  if (bytes <= 0) return 'vector-size-zero';
  if (bytes % laneBytes !== 0) return 'vector-size-multiple';
  return Number.isInteger(Math.log2(bytes / laneBytes)) ? undefined : 'vector-lanes';
}

// ---------------------------------------------------------------- mode

const integerModes: Readonly<Record<string, number>> = { QI: 1, byte: 1, HI: 2, SI: 4, DI: 8, TI: 16 };
const wordModes: ReadonlySet<string> = new Set([
  'word',
  'pointer',
  'unwind_word',
  'libgcc_cmp_return',
  'libgcc_shift_count',
]);
const complexModes: Readonly<Record<string, string>> = { SC: 'SF', DC: 'DF', XC: 'XF', TC: 'TF' };

function withMode(ctx: SemaContext, type: QualType, mode: string, span: Span): QualType {
  const resolved = resolve(type.type);
  if (resolved.kind === 'error') return type;
  const lanes = /^V([0-9]+)([QHSD][IF])$/.exec(mode);
  if (lanes !== null) {
    const lane = withMode(ctx, type, lanes[2] ?? '', span);
    const element = resolve(lane.type);
    const isLane = element.kind === 'integer' || element.kind === 'float';
    return isLane ? withVectors(ctx, lane, Number(lanes[1]) * element.size, span) : lane;
  }
  const isComplex = complexModes[mode] !== undefined || /^C[QHSDT]I$/.test(mode);
  const partMode = complexModes[mode] ?? (isComplex ? mode.slice(1) : mode);
  const bytes = wordModes.has(partMode) ? ctx.model.wordBytes : integerModes[partMode];
  const float = bytes === undefined ? floatMode(ctx, partMode) : undefined;
  if (bytes === undefined && float === undefined) {
    ctx.error('mode-unknown', span, { mode });
    return type;
  }
  const made = partOf(ctx, resolved, { isComplex, bytes, float });
  if (made !== undefined) return { type: made, quals: type.quals };
  ctx.error('mode-inappropriate', span, { mode, type: ctx.spell(type) });
  return type;
}

function floatMode(ctx: SemaContext, mode: string): CType | undefined {
  switch (mode) {
    case 'SF':
      return ctx.types.float.type;
    case 'DF':
      return ctx.types.double.type;
    case 'XF':
      return ctx.types.longDouble.type;
    case 'TF':
      return ctx.types.floating('__float128').type;
    default:
      return undefined;
  }
}

interface Mode {
  readonly isComplex: boolean;
  /** Of an integer. */
  readonly bytes: number | undefined;
  readonly float: CType | undefined;
}

/** The type of a mode that is of the same class as the given one; undefined when that is of another class. */
function partOf(ctx: SemaContext, type: CType, { isComplex, bytes, float }: Mode): CType | undefined {
  if (type.kind === 'complex') {
    if (!isComplex) return undefined;
    if (float?.kind === 'float') return ctx.types.complex(float).type;
    const element = bytes === undefined ? undefined : ctx.types.integerOfSize(bytes, true);
    return element === undefined ? undefined : ctx.types.complex(element).type;
  }
  if (isComplex) return undefined;
  if (type.kind === 'pointer') return bytes === type.size ? type : undefined;
  if (type.kind === 'float') return float;
  const integer = integerOf(type);
  if (integer === undefined || bytes === undefined || integer.name === '_Bool') return undefined;
  // A target without a type of that size keeps the given one.
  return ctx.types.integerOfSize(bytes, integer.isSigned) ?? type;
}
