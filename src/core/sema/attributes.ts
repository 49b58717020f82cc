/**
 * GNU attributes and `_Alignas`: those that change where something lives, how it is laid out or how it is called.
 * Attributes that only optimise or warn are accepted without a word.
 *
 * Source: gcc 12 manual, "Attribute Syntax", "Common Variable / Type / Function Attributes".
 */
import type { Span } from '../source/text-span.ts';
import type { Attribute, Expression, TypeName } from '../syntax/ast.ts';
import type { Mutable, SemaContext } from './context.ts';
import { integerConstant } from './constant.ts';
import { toRvalue } from './conversions.ts';
import { parseString } from './literal-value.ts';
import { alignOf, resolve } from './type-relations.ts';
import type { IntegerType, QualType } from './type.ts';
import type { SymbolAttributes } from './typed-tree.ts';

/** What a list of attributes says. */
export interface ParsedAttributes {
  readonly symbol: SymbolAttributes;
  readonly isPacked: boolean;
  /** `ms_struct`; `gcc_struct` takes it back. */
  readonly isMsStruct: boolean;
  /** `aligned(n)` of a type, a member or a declarator, bytes. */
  readonly aligned: number | undefined;
  /** `mode(DI)` and the like. */
  readonly mode: string | undefined;
  /** `vector_size(bytes)`. */
  readonly vector: { readonly bytes: number; readonly span: Span } | undefined;
  readonly isTransparentUnion: boolean;
  readonly isGnuInline: boolean;
  /** `tls_model(…)` that names no model: where it stands. */
  readonly badTlsModel: Span | undefined;
}

/** What is being read. */
type Reading = Mutable<Omit<ParsedAttributes, 'symbol'>> & { readonly symbol: Mutable<SymbolAttributes> };

const startPriority = 65535;

/** What -ftls-model= and the attribute know. @source gcc/c-family/c-attribs.cc: handle_tls_model_attribute */
const tlsModels: ReadonlySet<string> = new Set([
  'local-exec',
  'initial-exec',
  'local-dynamic',
  'global-dynamic',
]);

const nothingRead = (): Reading => ({
  symbol: {},
  isPacked: false,
  isMsStruct: false,
  aligned: undefined,
  mode: undefined,
  vector: undefined,
  isTransparentUnion: false,
  isGnuInline: false,
  badTlsModel: undefined,
});

/** What most declarations say: one object for all of them. */
const noAttributes: ParsedAttributes = nothingRead();

/** Reads two lists of attributes into one record; later ones win. */
export function collectAttributes(
  ctx: SemaContext,
  first: readonly Attribute[],
  second: readonly Attribute[] = [],
): ParsedAttributes {
  if (first.length === 0 && second.length === 0) return noAttributes;
  const parsed = nothingRead();
  for (const attribute of first) applyAttribute(ctx, attribute, parsed);
  for (const attribute of second) applyAttribute(ctx, attribute, parsed);
  return parsed;
}

function applyAttribute(ctx: SemaContext, attribute: Attribute, parsed: Reading): void {
  const { symbol } = parsed;
  const [first] = attribute.args;
  switch (attribute.name) {
    case 'packed':
      parsed.isPacked = true;
      break;
    case 'ms_struct':
    case 'gcc_struct':
      parsed.isMsStruct = attribute.name === 'ms_struct';
      break;
    case 'aligned':
    case 'warn_if_not_aligned': {
      if (attribute.name !== 'aligned') break;
      const align = first === undefined ? ctx.model.maxAlign : alignmentArgument(ctx, first);
      if (align !== undefined) parsed.aligned = Math.max(align, parsed.aligned ?? 1);
      break;
    }
    case 'section': {
      const name = stringArgument(ctx, first);
      if (name !== undefined) symbol.section = name;
      break;
    }
    case 'alias': {
      const name = stringArgument(ctx, first);
      if (name !== undefined) symbol.alias = name;
      break;
    }
    case 'ifunc': {
      const name = stringArgument(ctx, first);
      if (name !== undefined) symbol.resolver = name;
      break;
    }
    case 'visibility': {
      const name = stringArgument(ctx, first);
      if (name !== undefined) symbol.visibility = name;
      break;
    }
    case 'weakref': {
      const name = stringArgument(ctx, first);
      symbol.isWeak = true;
      if (name !== undefined) symbol.weakref = name;
      break;
    }
    case 'weak':
      symbol.isWeak = true;
      break;
    case 'common':
      symbol.isCommon = true;
      break;
    case 'nocommon':
      symbol.isNoCommon = true;
      break;
    case 'used':
    case 'retain':
      symbol.isUsed = true;
      break;
    case 'constructor':
      symbol.constructorPriority = numberArgument(ctx, first) ?? startPriority;
      break;
    case 'destructor':
      symbol.destructorPriority = numberArgument(ctx, first) ?? startPriority;
      break;
    case 'cleanup':
      if (first?.kind === 'identifier') symbol.cleanup = first.name;
      break;
    case 'noreturn':
    case '_Noreturn':
      symbol.isNoreturn = true;
      break;
    case 'stack_protect':
      symbol.stackProtector = 'always';
      break;
    case 'no_stack_protector':
      symbol.stackProtector = 'never';
      break;
    case 'noinline':
      symbol.isNoinline = true;
      break;
    case 'always_inline':
      symbol.isAlwaysInline = true;
      break;
    case 'hot':
      symbol.isHot = true;
      break;
    case 'cold':
      symbol.isCold = true;
      break;
    case 'gnu_inline':
      parsed.isGnuInline = true;
      break;
    case 'mode':
      if (first?.kind === 'identifier') parsed.mode = first.name.replace(/^__(.*)__$/, '$1');
      break;
    case 'vector_size': {
      const bytes = numberArgument(ctx, first);
      if (bytes !== undefined) parsed.vector = { bytes, span: attribute.span };
      break;
    }
    case 'tls_model': {
      const name = attribute.args.length === 1 ? stringArgument(ctx, first) : undefined;
      if (name === undefined || !tlsModels.has(name)) parsed.badTlsModel = attribute.span;
      break;
    }
    case 'transparent_union':
      parsed.isTransparentUnion = true;
      break;
    default:
      break;
  }
}

/** Bytes that `_Alignas(x)` or `aligned(x)` asks for; `undefined` when it is wrong or 0. */
export function alignmentArgument(ctx: SemaContext, argument: Expression | TypeName): number | undefined {
  if (argument.kind === 'type-name') return alignOf(ctx.analyses.typeName(ctx, argument));
  const value = numberArgument(ctx, argument);
  if (value === undefined || value === 0) return undefined;
  if (value < 0 || Math.log2(value) % 1 !== 0 || value > 2 ** 28) {
    ctx.error('alignment-not-power-of-two', argument.span, { value });
    return undefined;
  }
  return value;
}

function numberArgument(ctx: SemaContext, argument: Expression | TypeName | undefined): number | undefined {
  if (argument === undefined || argument.kind === 'type-name') return undefined;
  const typed = toRvalue(ctx, ctx.analyses.expression(ctx, argument));
  const value = integerConstant(typed, ctx.model.wordBytes);
  return value === undefined ? undefined : Number(value);
}

function stringArgument(ctx: SemaContext, argument: Expression | TypeName | undefined): string | undefined {
  let inner = argument;
  while (inner?.kind === 'paren') inner = inner.inner;
  if (inner?.kind !== 'string') return undefined;
  const value = parseString(
    ctx.types,
    inner.parts.map((part) => part.text),
  );
  // It is in no object of the program, but it is a literal of the text.
  ctx.newString(value, inner.span, 'unevaluated');
  return String.fromCharCode(...value.bytes.subarray(0, -1));
}

/** Applies `mode` and `vector_size` to a type. */
export function applyTypeAttributes(ctx: SemaContext, type: QualType, parsed: ParsedAttributes): QualType {
  let result = type;
  if (parsed.mode !== undefined) result = withMode(ctx, result, parsed.mode);
  if (parsed.vector !== undefined) {
    const element = resolve(result.type);
    if (element.kind === 'integer' || element.kind === 'float') {
      const { bytes, span } = parsed.vector;
      const code = vectorMistake(bytes, element.size);
      if (code !== undefined) ctx.error(code, span, { bytes });
      const type = code === undefined ? ctx.types.vectorOf(element, bytes).type : ctx.types.error.type;
      result = { type, quals: result.quals };
    }
  }
  return result;
}

/** gcc/c-family/c-attribs.cc: type_valid_for_vector_size, build_vector_type_for_size. */
function vectorMistake(
  bytes: number,
  laneBytes: number,
): 'vector-size-zero' | 'vector-size-multiple' | 'vector-lanes' | undefined {
  if (bytes <= 0) return 'vector-size-zero';
  if (bytes % laneBytes !== 0) return 'vector-size-multiple';
  return Number.isInteger(Math.log2(bytes / laneBytes)) ? undefined : 'vector-lanes';
}

const integerModes: Readonly<Record<string, number>> = { QI: 1, byte: 1, HI: 2, SI: 4, DI: 8, TI: 16 };

function withMode(ctx: SemaContext, type: QualType, mode: string): QualType {
  const resolved = resolve(type.type);
  const bytes =
    mode === 'word' || mode === 'pointer' || mode === 'unwind_word'
      ? ctx.model.wordBytes
      : integerModes[mode];
  if (bytes !== undefined && resolved.kind === 'integer') {
    const integer: IntegerType | undefined = ctx.types.integerOfSize(bytes, resolved.isSigned);
    return integer === undefined ? type : { type: integer, quals: type.quals };
  }
  const floats: Readonly<Record<string, QualType>> = {
    SF: ctx.types.float,
    DF: ctx.types.double,
    XF: ctx.types.longDouble,
    TF: ctx.types.floating('__float128'),
  };
  const float = floats[mode];
  return float === undefined ? type : { type: float.type, quals: type.quals };
}
