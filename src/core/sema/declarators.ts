/**
 * Declarators: what stands around a name makes pointers, arrays and functions of the specified type (C17 6.7.6).
 */
import type { Span } from '../source/text-span.ts';
import type { Declarator, Identifier, ParameterDeclaration, TypeName } from '../syntax/ast.ts';
import { collectAttributes } from './attributes.ts';
import { MAX_CHAIN } from './context.ts';
import type { Mutable, SemaContext } from './context.ts';
import { integerConstant } from './constant.ts';
import { convertTo } from './conversions.ts';
import { hasSideEffects, operandsOf } from './expression-parts.ts';
import { rvalue } from './expressions.ts';
import { checkRestrict, qualifierBits } from './qualifiers.ts';
import { newObject } from './symbols.ts';
import {
  alignOf,
  asArray,
  isComplete,
  isError,
  isIntegral,
  isVariablyModified,
  isVoid,
  resolve,
  resolveQual,
  sizeOf,
  withQuals,
} from './type-relations.ts';
import type { ArrayType, CType, FunctionType, QualType, RecordType, EnumType } from './type.ts';
import type { ObjectSymbol, TypedExpression } from './typed-tree.ts';
import type { Bound } from './context.ts';

/** Where a declarator stands; it decides what arrays of unknown or variable size mean. */
export type DeclaratorPlace = 'declaration' | 'member' | 'parameter' | 'type-name';

/** A parameter of a function declarator. */
export interface DeclaredParameter {
  readonly symbol: Mutable<ObjectSymbol>;
  readonly isNamed: boolean;
  /** Sizes of the array that it was declared as, where computing them has side effects; void. */
  readonly sizes: readonly TypedExpression[];
}

/** The names that a parameter list brought into scope, for the function's body. */
export interface ParameterScope {
  readonly parameters: readonly DeclaredParameter[];
  /** K&R: names without types. */
  readonly identifiers: readonly Identifier[] | undefined;
  readonly names: readonly { readonly name: string; readonly value: Bound }[];
  readonly tags: readonly { readonly name: string; readonly value: RecordType | EnumType }[];
  /** Where an array of unspecified size, `[*]`, stands among the parameters: allowed in prototypes only. */
  readonly star: Span | undefined;
}

/** What a declarator declares. */
export interface BuiltDeclarator {
  readonly name: Identifier | undefined;
  readonly type: QualType;
  /** Of the function declarator next to the name. */
  readonly parameterScope: ParameterScope | undefined;
  /** Sizes of an array that becomes a pointer, where computing them has side effects; void. */
  readonly sizes: readonly TypedExpression[];
}

interface Building extends Mutable<BuiltDeclarator> {
  readonly place: DeclaratorPlace;
}

const nothing: readonly never[] = [];

/** Builds the type that a declarator gives to its name. */
export function buildDeclarator(
  ctx: SemaContext,
  node: Declarator,
  base: QualType,
  place: DeclaratorPlace,
): BuiltDeclarator {
  const building: Building = {
    place,
    name: undefined,
    type: base,
    parameterScope: undefined,
    sizes: nothing,
  };
  building.type = build(ctx, node, base, building);
  return building;
}

function build(ctx: SemaContext, node: Declarator, base: QualType, building: Building): QualType {
  let type = base;
  let current = node;
  // Pointers to pointers may be as many as the parser reads: what goes over types takes them in a loop. A size that is
  // computed is looked for below each of them.
  let countsPointers = isVariablyModified(base.type);
  let depth = 0;
  // From the outside to the name, each part is applied to what is built so far; a loop, for depth has no limit here.
  for (;;) {
    if (current.kind !== 'pointer' || countsPointers) depth += 1;
    if (depth > MAX_CHAIN) {
      ctx.reportDepth(node.span);
      building.name = nameOf(current);
      return ctx.types.error;
    }
    switch (current.kind) {
      case 'name':
        building.name = current.name;
        return type;
      case 'pointer':
        type = pointerType(ctx, type, current);
        break;
      case 'array':
        type = arrayType(ctx, current, type, building, isInnermost(current.inner));
        countsPointers ||= isVariablyModified(type.type);
        break;
      case 'function':
        type = functionType(ctx, current, type, building, isInnermost(current.inner));
        break;
    }
    current = current.inner;
  }
}

function pointerType(
  ctx: SemaContext,
  target: QualType,
  node: Extract<Declarator, { kind: 'pointer' }>,
): QualType {
  const pointer = ctx.types.pointerTo(target);
  if (node.qualifiers.length === 0) return pointer;
  const quals = qualifierBits(node.qualifiers);
  checkRestrict(ctx, pointer, quals, node.span);
  return withQuals(pointer, quals);
}

/** Whether nothing but the name is inside: the array or function is the outermost type of what is declared. */
function isInnermost(inner: Declarator): boolean {
  return inner.kind === 'name';
}

// ---------------------------------------------------------------- arrays

// C17 6.7.6.2
function arrayType(
  ctx: SemaContext,
  node: Extract<Declarator, { kind: 'array' }>,
  element: QualType,
  building: Building,
  isOutermost: boolean,
): QualType {
  const kind = resolve(element.type).kind;
  if (kind === 'error') return element;
  const name = nameOf(node)?.name ?? '';
  if (kind === 'function' || kind === 'void') {
    ctx.error(kind === 'void' ? 'array-of-void' : 'array-of-functions', node.span, { name });
    return ctx.types.error;
  }
  const isUnknownElement =
    !isComplete(element.type) && !(kind === 'record' && building.place === 'parameter');
  if (isUnknownElement && kind !== 'enum') {
    ctx.error('array-of-incomplete', node.span, { type: ctx.spell(element) });
    return ctx.types.error;
  }
  const isParameter = building.place === 'parameter' && isOutermost;
  if (!isParameter && (node.isStatic || node.qualifiers.length > 0))
    ctx.error('array-words-misplaced', node.span, { name });
  // `int a[const 10]` as a parameter qualifies the pointer that it becomes.
  const quals = isParameter ? qualifierBits(node.qualifiers) : 0;
  const made = (type: QualType): QualType => (quals === 0 ? type : { type: type.type, quals });
  const { size } = node;
  if (size === undefined) return made(ctx.types.arrayOf(element, undefined));
  if (size === 'star') return made(variableArray(element, undefined));
  const value = rvalue(ctx, size);
  if (isError(value.type.type)) return ctx.types.error;
  if (!isIntegral(value.type.type)) {
    ctx.error('array-size-not-integer', size.span, { name });
    return ctx.types.error;
  }
  // A call that gcc computes is a constant everywhere but here.
  const count = holdsCall(value) ? undefined : integerConstant(value, ctx.model.wordBytes);
  if (count !== undefined) {
    if (count < 0n) {
      ctx.error('array-size-negative', size.span, { name });
      return ctx.types.error;
    }
    const bytes = count * BigInt(sizeOf(element.type) ?? 1);
    if (bytes >= 1n << BigInt(ctx.model.wordBytes * 8 - 1)) {
      ctx.error('array-too-large', size.span, { name });
      return ctx.types.error;
    }
    if (bytes > BigInt(Number.MAX_SAFE_INTEGER)) {
      ctx.unsupported('array-beyond-model', size.span, { name });
      return ctx.types.error;
    }
    return made(ctx.types.arrayOf(element, Number(count)));
  }
  if (ctx.isFileScope) {
    const code = building.place === 'member' ? 'member-variable-size' : 'variable-size-at-file-scope';
    ctx.error(code, node.span, { name });
    return ctx.types.error;
  }
  if (building.place === 'member') {
    // GNU C allows it inside of functions.
    ctx.unsupported('variable-member', node.span, { name });
    const reason = ctx.note('variable-member', undefined, { name }).text;
    ctx.fn?.stops.push({ kind: 'unsupported', reason, span: node.span });
    return ctx.types.error;
  }
  if (isParameter && hasSideEffects(value))
    building.sizes = [...building.sizes, convertTo(ctx, value, ctx.types.void)];
  return made(variableArray(element, convertTo(ctx, value, ctx.types.sizeType)));
}

function nameOf(node: Declarator): Identifier | undefined {
  let inner = node;
  while (inner.kind !== 'name') inner = inner.inner;
  return inner.name;
}

function variableArray(element: QualType, sizeExpression: TypedExpression | undefined): QualType {
  const type: ArrayType = {
    kind: 'array',
    element,
    count: 'variable',
    ...(sizeExpression === undefined ? {} : { sizeExpression }),
    size: undefined,
    align: alignOf(element),
  };
  return { type, quals: 0 };
}

// ---------------------------------------------------------------- functions

// C17 6.7.6.3
function functionType(
  ctx: SemaContext,
  node: Extract<Declarator, { kind: 'function' }>,
  result: QualType,
  building: Building,
  isOutermost: boolean,
): QualType {
  const resultKind = resolve(result.type).kind;
  if (resultKind === 'array' || resultKind === 'function') {
    ctx.error(resultKind === 'array' ? 'function-returns-array' : 'function-returns-function', node.span);
    return ctx.types.error;
  }
  const scope = parameterScope(ctx, node);
  if (isOutermost) building.parameterScope = scope;
  const { parameters } = scope;
  if (node.isEmpty) return ctx.types.unprototyped(result);
  const hasPrototype = node.identifiers === undefined;
  const type: FunctionType = {
    kind: 'function',
    result,
    parameters: parameters.length === 0 ? nothing : parameters.map((parameter) => parameter.symbol.type),
    isVariadic: node.isVariadic,
    hasPrototype,
  };
  return { type, quals: 0 };
}

const emptyScope: ParameterScope = {
  parameters: nothing,
  identifiers: undefined,
  names: nothing,
  tags: nothing,
  star: undefined,
};

/** Declares the parameters of a function declarator, in a scope that is left again. */
function parameterScope(ctx: SemaContext, node: Extract<Declarator, { kind: 'function' }>): ParameterScope {
  const { forward, identifiers } = node;
  if (forward.length === 0 && node.parameters.length === 0 && identifiers === undefined) return emptyScope;
  ctx.enterScope();
  const isVoidList = isOnlyVoid(ctx, node.parameters);
  const ahead = new Map<string, DeclaredParameter>();
  if (!isVoidList) {
    for (const parameter of forward) {
      const declared = declareParameter(ctx, parameter, none);
      ahead.set(declared.symbol.name, declared);
    }
  }
  const parameters = isVoidList
    ? nothing
    : node.parameters.map((parameter) => declareParameter(ctx, parameter, ahead));
  const star = firstStar(node.parameters);
  return { parameters, identifiers, names: ctx.names.leave(), tags: ctx.tags.leave(), star };
}

function firstStar(parameters: readonly ParameterDeclaration[]): Span | undefined {
  for (const { declarator } of parameters)
    for (let at = declarator; at.kind !== 'name'; at = at.inner)
      if (at.kind === 'array' && at.size === 'star') return at.span;
  return undefined;
}

/** `(void)`; the specifiers are analysed once, without effect for a plain `void`. */
function isOnlyVoid(ctx: SemaContext, parameters: readonly ParameterDeclaration[]): boolean {
  const only = parameters.length === 1 ? parameters[0] : undefined;
  if (only?.declarator.kind !== 'name' || only.declarator.name !== undefined) return false;
  const [specifier] = only.specifiers.types;
  if (only.specifiers.types.length !== 1 || only.specifiers.qualifiers.length > 0) return false;
  if (specifier?.kind === 'basic') return specifier.keyword === 'void';
  if (specifier?.kind !== 'typedef-name') return false;
  const symbol = ctx.names.lookup(specifier.name);
  return symbol?.kind === 'typedef' && isVoid(symbol.type.type);
}

const none: ReadonlyMap<string, DeclaredParameter> = new Map();

/**
 * Declares a parameter.
 *
 * @param ahead - parameters whose names are known already (GNU): they are only told again
 */
function declareParameter(
  ctx: SemaContext,
  node: ParameterDeclaration,
  ahead: ReadonlyMap<string, DeclaredParameter>,
): DeclaredParameter {
  const specified = ctx.analyses.parameterSpecifiers(ctx, node.specifiers);
  const built = buildDeclarator(ctx, node.declarator, specified.type, 'parameter');
  if (specified.isThread || (specified.storage !== undefined && specified.storage !== 'register'))
    ctx.error('parameter-storage', node.span);
  if (specified.alignas !== undefined)
    ctx.error('alignas-misplaced', built.name?.span ?? node.span, { name: built.name?.name ?? '' });
  const attributes = collectAttributes(ctx, node.attributes);
  const type = adjustedParameter(ctx, built.type, built.name?.span ?? node.span);
  const known = built.name === undefined ? undefined : ahead.get(built.name.name);
  if (known !== undefined && built.name !== undefined) {
    known.symbol.span = built.name.span;
    ctx.use(built.name.span, known.symbol);
    return { ...known, sizes: built.sizes };
  }
  const symbol = newObject(ctx, {
    name: built.name?.name ?? '',
    type,
    storage: 'automatic',
    span: built.name?.span ?? node.span,
    isParameter: true,
    isRegister: specified.storage === 'register',
  });
  symbol.attributes = { ...specified.attributes.symbol, ...attributes.symbol };
  if (built.name !== undefined) {
    const earlier = ctx.names.lookupHere(built.name.name);
    if (earlier !== undefined && earlier.kind !== 'undeclared') {
      ctx.error('redefinition-of-parameter', built.name.span, { name: built.name.name }, [
        ctx.note('previous-declaration', earlier.span),
      ]);
    }
    ctx.names.declare(built.name.name, symbol);
    ctx.use(built.name.span, symbol);
  }
  return { symbol, isNamed: built.name !== undefined, sizes: built.sizes };
}

/** Arrays become pointers, functions pointers to them (C17 6.7.6.3p7, p8). */
export function adjustedParameter(ctx: SemaContext, type: QualType, span: Span): QualType {
  const resolved = resolve(type.type);
  if (resolved.kind === 'array') {
    const isPlainArray = type.type.kind === 'array';
    const array =
      asArray((isPlainArray ? { type: type.type, quals: 0 } : resolveQual(type)).type) ?? resolved;
    const pointer = ctx.types.pointerTo(array.element);
    return isPlainArray && type.quals !== 0 ? withQuals(pointer, type.quals) : pointer;
  }
  if (resolved.kind === 'function') return ctx.types.pointerTo(type);
  if (resolved.kind === 'void') {
    ctx.error('parameter-is-void', span);
    return ctx.types.error;
  }
  return type;
}

/** The type that a type name gives (C17 6.7.7). */
export function typeOfName(ctx: SemaContext, node: TypeName): QualType {
  const specified = ctx.analyses.parameterSpecifiers(ctx, node.specifiers);
  return buildDeclarator(ctx, node.declarator, specified.type, 'type-name').type;
}

/** Whether a type can be that of a function's parameter in a definition. */
export function isUsableParameter(type: CType): boolean {
  const resolved = resolve(type);
  return resolved.kind === 'error' || isComplete(resolved);
}

function holdsCall(node: TypedExpression): boolean {
  return node.kind === 'call' || operandsOf(node).some(holdsCall);
}
