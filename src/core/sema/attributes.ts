/**
 * GNU attributes and `_Alignas`: those that change where something lives, how it is laid out or how it is called.
 * Attributes that only optimise or warn are accepted without a word.
 *
 * Source: gcc 12 manual, "Attribute Syntax", "Common Variable / Type / Function Attributes".
 */
import type { Span } from '../source/text-span.ts';
import type { Attribute, Expression, TypeName } from '../syntax/ast.ts';
import { hasArgumentCount } from './attribute-table.ts';
import type { Mutable, SemaContext } from './context.ts';
import { integerConstant } from './constant.ts';
import { toRvalue } from './conversions.ts';
import { parseString } from './literal-value.ts';
import { alignOf } from './type-relations.ts';
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
  readonly mode: { readonly name: string; readonly span: Span } | undefined;
  /** `vector_size(bytes)`. */
  readonly vector: { readonly bytes: number; readonly span: Span } | undefined;
  readonly isTransparentUnion: boolean;
  readonly isGnuInline: boolean;
  /** `tls_model(…)` that names no model: where it stands. */
  readonly badTlsModel: Span | undefined;
}

/** What is being read. */
type Reading = Mutable<Omit<ParsedAttributes, 'symbol'>> & { readonly symbol: Mutable<SymbolAttributes> };

/** Of functions that run at the start or at the end and say nothing about the order. */
export const startPriority = 65535;

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
  if (!hasArgumentCount(attribute)) {
    ctx.error('attribute-arguments', attribute.span, { name: attribute.name });
    return;
  }
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
      const name = requiredString(ctx, attribute);
      if (name !== undefined) symbol.section = name;
      break;
    }
    case 'alias': {
      const name = requiredString(ctx, attribute);
      if (name !== undefined) symbol.alias = name;
      break;
    }
    case 'ifunc': {
      const name = requiredString(ctx, attribute);
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
    case 'noipa':
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
      if (first?.kind === 'identifier')
        parsed.mode = { name: first.name.replace(/^__(.*)__$/, '$1'), span: attribute.span };
      break;
    case 'vector_size': {
      const bytes = numberArgument(ctx, first);
      if (bytes === undefined) ctx.error('attribute-not-integer', attribute.span, { name: attribute.name });
      else parsed.vector = { bytes, span: attribute.span };
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
  if (value === undefined) ctx.error('alignment-not-integer', argument.span);
  if (value === undefined || value === 0) return undefined;
  if (value < 0 || Math.log2(value) % 1 !== 0 || value > 2 ** 28) {
    ctx.error('alignment-not-power-of-two', argument.span, { value });
    return undefined;
  }
  return value;
}

/** The value of an integer constant; undefined for anything else. */
export function numberArgument(
  ctx: SemaContext,
  argument: Expression | TypeName | undefined,
): number | undefined {
  if (argument === undefined || argument.kind === 'type-name') return undefined;
  const typed = toRvalue(ctx, ctx.analyses.expression(ctx, argument));
  const value = integerConstant(typed, ctx.model.wordBytes);
  return value === undefined ? undefined : Number(value);
}

/** The string that an attribute must have. */
function requiredString(ctx: SemaContext, { name, args, span }: Attribute): string | undefined {
  const value = stringArgument(ctx, args[0]);
  if (value === undefined) ctx.error('attribute-not-string', span, { name });
  return value;
}

/** A string literal, in parentheses or not; undefined for anything else. */
export function literalArgument(
  argument: Expression | TypeName | undefined,
): Extract<Expression, { kind: 'string' }> | undefined {
  let inner = argument;
  while (inner?.kind === 'paren') inner = inner.inner;
  return inner?.kind === 'string' ? inner : undefined;
}

function stringArgument(ctx: SemaContext, argument: Expression | TypeName | undefined): string | undefined {
  const literal = literalArgument(argument);
  if (literal === undefined) return undefined;
  const value = parseString(
    ctx.types,
    literal.parts.map((part) => part.text),
  );
  // It is in no object of the program, but it is a literal of the text.
  ctx.newString(value, literal.span, 'unevaluated');
  return String.fromCharCode(...value.bytes.subarray(0, -1));
}
