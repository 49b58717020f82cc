/**
 * Declaration specifiers: storage class, type specifiers and qualifiers become a type (C17 6.7.1 to 6.7.3), structs, unions
 * and enums are completed on the way.
 */
import type { Span } from '../source/text-span.ts';
import type {
  BasicTypeKeyword,
  DeclarationSpecifiers,
  EnumSpecifier,
  MemberDeclaration,
  RecordSpecifier,
  TypeSpecifier,
} from '../syntax/ast.ts';
import { checkFormat } from './attribute-checks.ts';
import { alignmentArgument, collectAttributes } from './attributes.ts';
import type { ParsedAttributes } from './attributes.ts';
import { wrapToInteger } from './constant.ts';
import type { TypeTable } from './basic-types.ts';
import type { SemaContext } from './context.ts';
import { buildDeclarator } from './declarators.ts';
import { requiredConstant, requiredInteger, unevaluated } from './expressions.ts';
import { enumUnderlyingType, layoutRecord } from './layout.ts';
import type { FieldDeclaration } from './layout.ts';
import { checkRestrict, qualifierBits } from './qualifiers.ts';
import { applyTypeAttributes } from './type-attributes.ts';
import {
  asRecord,
  integerOf,
  isComplete,
  isError,
  isVariablyModified,
  resolve,
  sizeOf,
  withQuals,
  resolveQual,
  unqualified,
} from './type-relations.ts';
import { ATOMIC, CONST } from './type.ts';
import type { CType, EnumType, QualType, RecordType } from './type.ts';
import type { EnumeratorSymbol } from './typed-tree.ts';

/** The meaning of declaration specifiers. */
export interface Specified {
  readonly type: QualType;
  readonly storage: 'typedef' | 'extern' | 'static' | 'auto' | 'register' | undefined;
  readonly isThread: boolean;
  readonly isInline: boolean;
  readonly isNoreturn: boolean;
  /** `constexpr` of C23: `const`, and its value is a constant. */
  readonly isConstexpr: boolean;
  /** `__auto_type`: the type comes from the initialiser. */
  readonly isAutoType: boolean;
  /** The largest `_Alignas`, bytes. */
  readonly alignas: number | undefined;
  readonly attributes: ParsedAttributes;
}

/**
 * Analyses declaration specifiers.
 *
 * @param isAlone - no declarator follows: `struct s;` declares the tag in this scope
 */
export function analyzeSpecifiers(ctx: SemaContext, node: DeclarationSpecifiers, isAlone = false): Specified {
  const attributes = collectAttributes(ctx, node.attributes);
  let type = applyTypeAttributes(ctx, specifiedType(ctx, node, isAlone), attributes);
  const quals = qualifierBits(node.qualifiers);
  checkRestrict(ctx, type, quals, node.span);
  if (quals !== 0)
    type =
      (quals & ATOMIC) === 0 ? withQuals(type, quals) : withQuals(atomicType(ctx, type, node.span), quals);
  let alignas: number | undefined;
  for (const alignment of node.alignments) {
    const align = alignmentArgument(ctx, alignment);
    if (align !== undefined) alignas = Math.max(align, alignas ?? 1);
  }
  let storage: Specified['storage'];
  let isThread = false;
  for (const word of node.storage) {
    if (word === '_Thread_local') isThread = true;
    else if (word === 'constexpr') type = withQuals(type, CONST);
    else if (storage === undefined) storage = word;
    else if (storage === word) ctx.error('duplicate-storage-class', node.span, { word });
    else ctx.error('multiple-storage-classes', node.span);
  }
  return {
    type,
    storage,
    isThread,
    isInline: node.isInline,
    isConstexpr: node.storage.includes('constexpr'),
    isNoreturn: node.isNoreturn || attributes.symbol.isNoreturn === true,
    isAutoType: node.types.some((specifier) => specifier.kind === 'auto-type'),
    alignas,
    attributes,
  };
}

/** C17 6.7.2.4p3, 6.7.3p3: arrays and functions are not atomic. */
function atomicType(ctx: SemaContext, type: QualType, span: Span): QualType {
  const { kind } = resolve(type.type);
  if (kind !== 'array' && kind !== 'function') return withQuals(type, ATOMIC);
  ctx.error('atomic-type', span, { type: ctx.spell(type) });
  return ctx.types.error;
}

function specifiedType(ctx: SemaContext, node: DeclarationSpecifiers, isAlone: boolean): QualType {
  const first = node.types[0];
  if (first === undefined) {
    // Whether that is an error, a warning or fine depends on the declarator; the caller knows.
    return ctx.types.int;
  }
  if (first.kind === 'basic') return basicType(ctx, node.types, node.span);
  if (node.types.length > 1 && !node.types.some((specifier) => specifier.kind === 'error'))
    ctx.error('two-types', node.span);
  return singleType(ctx, first, isAlone);
}

function singleType(
  ctx: SemaContext,
  node: Exclude<TypeSpecifier, { kind: 'basic' }>,
  isAlone: boolean,
): QualType {
  switch (node.kind) {
    case 'record':
      return { type: recordType(ctx, node, isAlone), quals: 0 };
    case 'enum':
      return { type: enumType(ctx, node), quals: 0 };
    case 'typedef-name': {
      const symbol = ctx.names.lookup(node.name);
      if (symbol?.kind === 'typedef') {
        ctx.use(node.span, symbol);
        return { type: symbol.named, quals: 0 };
      }
      const builtin = builtinTypedef(ctx, node.name);
      if (builtin !== undefined) return builtin;
      if (symbol?.kind !== 'undeclared') ctx.error('unknown-type', node.span, { name: node.name });
      return ctx.types.error;
    }
    case 'typeof-expression': {
      const { type } = unevaluated(ctx, node.operand);
      return node.isUnqualified ? unqualified(resolveQual(type)) : type;
    }
    case 'typeof-type': {
      const type = ctx.analyses.typeName(ctx, node.type);
      return node.isUnqualified ? unqualified(resolveQual(type)) : type;
    }
    case 'atomic': {
      const type = ctx.analyses.typeName(ctx, node.type);
      if (resolveQual(type).quals === 0) return atomicType(ctx, type, node.span);
      ctx.error('atomic-qualified', node.span, { type: ctx.spell(type) });
      return type;
    }
    case 'auto-type':
      return ctx.types.int;
    case 'error':
      return ctx.types.error;
  }
}

function builtinTypedef(ctx: SemaContext, name: string): QualType | undefined {
  switch (name) {
    case '__builtin_va_list':
      return ctx.types.vaList;
    case '__int128_t':
      return ctx.types.integer('__int128');
    case '__uint128_t':
      return ctx.types.integer('unsigned __int128');
    default:
      return undefined;
  }
}

// C17 6.7.2p2: the words may stand in any order.
function basicType(ctx: SemaContext, specifiers: readonly TypeSpecifier[], span: Span): QualType {
  const { types } = ctx;
  let longs = 0;
  let sign: 'signed' | 'unsigned' | undefined;
  let isShort = false;
  let isComplex = false;
  let base: BasicTypeKeyword | undefined;
  let isWrong = false;
  for (const specifier of specifiers) {
    if (specifier.kind === 'error') return types.error;
    if (specifier.kind !== 'basic') {
      ctx.error('two-types', span);
      return types.error;
    }
    switch (specifier.keyword) {
      case 'long':
        longs += 1;
        break;
      case 'short':
        isShort = true;
        break;
      case 'signed':
      case 'unsigned':
        isWrong ||= sign !== undefined && sign !== specifier.keyword;
        sign = specifier.keyword;
        break;
      case '_Complex':
        isComplex = true;
        break;
      default:
        isWrong ||= base !== undefined;
        base = specifier.keyword;
    }
  }
  const plain = plainType(types, { longs, sign, isShort, isComplex, base });
  if (plain === undefined || isWrong) {
    ctx.error('invalid-type-words', span);
    return types.error;
  }
  if (!isComplex) return plain;
  const element = resolve(plain.type);
  return element.kind === 'float' || element.kind === 'integer' ? types.complex(element) : types.error;
}

/** The words of a basic type, counted. */
interface TypeWords {
  readonly longs: number;
  readonly sign: 'signed' | 'unsigned' | undefined;
  readonly isShort: boolean;
  readonly isComplex: boolean;
  readonly base: BasicTypeKeyword | undefined;
}

/** The type that the words name, `_Complex` aside; undefined when they do not go together. */
function plainType(
  types: TypeTable,
  { longs, sign, isShort, isComplex, base }: TypeWords,
): QualType | undefined {
  const hasSize = longs > 0 || isShort;
  const isUnsigned = sign === 'unsigned';
  switch (base) {
    case undefined:
    case 'int':
      if (isComplex && base === undefined && !hasSize && sign === undefined) return types.double;
      if (isShort) return longs > 0 ? undefined : isUnsigned ? types.unsignedShort : types.short;
      if (longs === 1) return isUnsigned ? types.unsignedLong : types.long;
      if (longs === 2) return isUnsigned ? types.unsignedLongLong : types.longLong;
      return longs > 2 ? undefined : isUnsigned ? types.unsignedInt : types.int;
    case 'char':
      if (hasSize) return undefined;
      return sign === undefined ? types.char : isUnsigned ? types.unsignedChar : types.signedChar;
    case '__int128':
      return hasSize ? undefined : types.integer(isUnsigned ? 'unsigned __int128' : '__int128');
    case 'double':
      if (sign !== undefined || isShort || longs > 1) return undefined;
      return longs === 1 ? types.longDouble : types.double;
    case 'void':
      return hasSize || sign !== undefined || isComplex ? undefined : types.void;
    case '_Bool':
      return hasSize || sign !== undefined ? undefined : types.bool;
    case 'float':
      return hasSize || sign !== undefined ? undefined : types.float;
    case '__float128':
      return hasSize || sign !== undefined ? undefined : types.floating('__float128');
    case '__float80':
      return hasSize || sign !== undefined ? undefined : types.longDouble;
    case '_Float32':
      return namedFloat('_Float32', types.float);
    case '_Float64':
      return namedFloat('_Float64', types.double);
    case '_Float32x':
      return namedFloat('_Float32x', types.double);
    case '_Float64x':
      return namedFloat('_Float64x', types.longDouble);
    default:
      return undefined;
  }
}

function namedFloat(name: string, aliased: QualType): QualType {
  return { type: { kind: 'typedef', name, aliased }, quals: 0 };
}

// ---------------------------------------------------------------- structs and unions

// C17 6.7.2.3
function recordType(ctx: SemaContext, node: RecordSpecifier, isAlone: boolean): RecordType {
  const { tag } = node;
  const isDefinition = node.members !== undefined;
  const span = tag?.span ?? node.span;
  let record: RecordType | undefined;
  if (tag !== undefined) {
    const visible = isDefinition || isAlone ? ctx.tags.lookupHere(tag.name) : ctx.tags.lookup(tag.name);
    if (visible?.kind === 'record' && visible.tagKind === node.tagKind) {
      if (isDefinition && visible.members !== undefined) {
        ctx.error('redefinition-of-tag', span, { tag: `${node.tagKind} ${tag.name}` }, [
          ctx.note('defined-here', visible.span),
        ]);
      } else record = visible;
    } else if (visible !== undefined)
      ctx.error('wrong-kind-of-tag', span, { tag: tag.name }, [ctx.note('defined-here', visible.span)]);
  }
  if (record === undefined) {
    record = {
      kind: 'record',
      tagKind: node.tagKind,
      tag: tag?.name,
      span,
      members: undefined,
      size: undefined,
      align: 1,
      isPacked: false,
      hasFlexibleMember: false,
    };
    if (tag !== undefined) ctx.tags.declare(tag.name, record);
    ctx.records.push(record);
  } else if (isDefinition) {
    // The place of the definition is what people look for.
    (record as { span: Span }).span = span;
  }
  if (tag !== undefined) ctx.use(tag.span, { kind: 'tag', type: record });
  if (node.members !== undefined) completeRecord(ctx, record, node, node.members);
  return record;
}

function completeRecord(
  ctx: SemaContext,
  record: RecordType,
  node: RecordSpecifier,
  members: readonly MemberDeclaration[],
): void {
  const attributes = collectAttributes(ctx, node.attributes);
  const fields: FieldDeclaration[] = [];
  const names = new Map<string, Span>();
  for (const member of members) {
    if (member.kind === 'static-assert') ctx.analyses.staticAssert(ctx, member);
    else if (member.kind === 'members') declareMembers(ctx, record, member, fields, names);
  }
  checkFlexibleMembers(ctx, record, fields);
  if (attributes.isTransparentUnion) record.isTransparentUnion = true;
  layoutRecord(record, fields, {
    isPacked: attributes.isPacked,
    declaredAlign: attributes.aligned,
    pack: node.pack,
    msModel: attributes.isMsStruct ? ctx.model : undefined,
  });
  for (const member of record.members ?? []) {
    if (member.name !== undefined) ctx.use(member.span, { kind: 'member', record, member });
  }
}

function declareMembers(
  ctx: SemaContext,
  record: RecordType,
  node: Extract<MemberDeclaration, { kind: 'members' }>,
  fields: FieldDeclaration[],
  names: Map<string, Span>,
): void {
  const specified = analyzeSpecifiers(ctx, node.specifiers, false);
  const declaredAlign = (attributes: ParsedAttributes): number | undefined => {
    const values = [specified.alignas, specified.attributes.aligned, attributes.aligned].filter(
      (v) => v !== undefined,
    );
    return values.length === 0 ? undefined : Math.max(...values);
  };
  if (node.declarators.length === 0) {
    // An anonymous struct or union (C17 6.7.2.1p13); a tagged one is a type declaration that declares no member.
    const inner = asRecord(specified.type.type);
    if (inner !== undefined && inner.tag === undefined && inner.members !== undefined) {
      fields.push({
        name: undefined,
        type: specified.type,
        width: undefined,
        isPacked: specified.attributes.isPacked,
        declaredAlign: declaredAlign(specified.attributes),
        span: inner.span,
      });
      noteAnonymousNames(ctx, inner, names);
    } else if (!isError(specified.type.type) && node.specifiers.types.length > 0) {
      ctx.warning('declaration-declares-nothing', node.span);
    }
    return;
  }
  for (const declarator of node.declarators) {
    const attributes = collectAttributes(ctx, declarator.attributes);
    const built =
      declarator.declarator === undefined
        ? undefined
        : buildDeclarator(ctx, declarator.declarator, specified.type, 'member');
    let type = applyTypeAttributes(ctx, built?.type ?? specified.type, attributes);
    for (const attribute of declarator.attributes)
      if (attribute.name === 'format' || attribute.name === 'format_arg') checkFormat(ctx, attribute, type);
    const name = built?.name;
    const span = name?.span ?? declarator.span;
    if (name !== undefined) {
      const earlier = names.get(name.name);
      if (earlier !== undefined)
        ctx.error('duplicate-member', span, { name: name.name }, [ctx.note('previous-declaration', earlier)]);
      else names.set(name.name, span);
    }
    if (declarator.width !== undefined && specified.alignas !== undefined)
      ctx.error('alignas-misplaced', span, { name: name?.name ?? '' });
    const width =
      declarator.width === undefined ? undefined : bitWidth(ctx, declarator.width, type, name?.name, span);
    if (width === undefined && !isUsableMember(ctx, record, type, name?.name ?? '', span))
      type = ctx.types.error;
    fields.push({
      name: name?.name,
      type,
      width,
      isPacked: specified.attributes.isPacked || attributes.isPacked,
      declaredAlign: declaredAlign(attributes),
      span,
    });
  }
}

function noteAnonymousNames(ctx: SemaContext, inner: RecordType, names: Map<string, Span>): void {
  for (const member of inner.members ?? []) {
    if (member.name === undefined) {
      const deeper = asRecord(member.type.type);
      if (deeper !== undefined && member.bitWidth === undefined) noteAnonymousNames(ctx, deeper, names);
      continue;
    }
    const earlier = names.get(member.name);
    if (earlier !== undefined)
      ctx.error('duplicate-member', member.span, { name: member.name }, [
        ctx.note('previous-declaration', earlier),
      ]);
    else names.set(member.name, member.span);
  }
}

function bitWidth(
  ctx: SemaContext,
  node: NonNullable<Extract<MemberDeclaration, { kind: 'members' }>['declarators'][number]['width']>,
  type: QualType,
  name: string | undefined,
  span: Span,
): number | undefined {
  const value = requiredInteger(ctx, node, 'bit-field-not-constant');
  const integer = integerOf(type.type);
  if (value === undefined || isError(type.type)) return undefined;
  if (integer === undefined) {
    ctx.error('bit-field-type', span, { name: name ?? '' });
    return undefined;
  }
  const bits = integer.name === '_Bool' ? 1 : integer.size * 8;
  if (value < 0n) {
    ctx.error('bit-field-negative', span, { name: name ?? '' });
    return undefined;
  }
  if (value > BigInt(bits)) {
    ctx.error('bit-field-too-wide', span, { name: name ?? '' });
    return bits;
  }
  if (value === 0n && name !== undefined) {
    ctx.error('bit-field-zero', span, { name });
    return undefined;
  }
  return Number(value);
}

function isUsableMember(
  ctx: SemaContext,
  record: RecordType,
  type: QualType,
  name: string,
  span: Span,
): boolean {
  const resolved = resolve(type.type);
  if (resolved.kind === 'error') return true;
  if (resolved.kind === 'function') {
    ctx.error('member-is-function', span, { name });
    return false;
  }
  if (isVariablyModified(resolved)) {
    ctx.error('member-variable-size', span, { name });
    return false;
  }
  if (resolved.kind === 'array' && resolved.count === undefined) return true;
  if (resolved === record || !isComplete(resolved)) {
    ctx.error('member-incomplete', span, { name, type: ctx.spell(type) });
    return false;
  }
  return true;
}

/** `[]` may only be the last member of a struct that has others (C17 6.7.2.1p18). @source gcc/c/c-decl.cc: finish_struct */
function checkFlexibleMembers(
  ctx: SemaContext,
  record: RecordType,
  fields: readonly FieldDeclaration[],
): void {
  fields.forEach((field, i) => {
    const array = resolve(field.type.type);
    if (array.kind !== 'array' || array.count !== undefined || sizeOf(array) !== undefined) return;
    if (record.tagKind === 'union') ctx.error('flexible-in-union', field.span);
    else if (i < fields.length - 1) ctx.error('flexible-not-last', field.span);
    else if (fields.every((other) => other === field || other.name === undefined)) {
      if (fields.length === 1) ctx.error('flexible-alone', field.span);
    }
  });
}

// ---------------------------------------------------------------- enums

// C17 6.7.2.2
/** The value of an enumerator without one of its own, and the type that it is counted in. */
interface NextEnumerator {
  readonly value: bigint;
  readonly type?: CType;
  readonly isOverflow: boolean;
}

/** gcc/c/c-decl.cc: build_enumerator counts in int while that holds the values, else in the type of the last one given. */
function nextEnumerator(ctx: SemaContext, value: bigint, given: CType | undefined): NextEnumerator {
  const fitsInt = BigInt.asIntN(32, value) === value;
  const type = fitsInt || given === undefined ? ctx.types.int.type : given;
  return { value: value + 1n, type, isOverflow: wrapToInteger(value + 1n, type) !== value + 1n };
}

function enumType(ctx: SemaContext, node: EnumSpecifier): EnumType {
  const { tag } = node;
  const span = tag?.span ?? node.span;
  const isDefinition = node.enumerators !== undefined;
  let type: EnumType | undefined;
  if (tag !== undefined) {
    const visible = isDefinition ? ctx.tags.lookupHere(tag.name) : ctx.tags.lookup(tag.name);
    if (visible?.kind === 'enum') {
      if (isDefinition && visible.underlying !== undefined) {
        ctx.error('redefinition-of-tag', span, { tag: `enum ${tag.name}` }, [
          ctx.note('defined-here', visible.span),
        ]);
      } else type = visible;
    } else if (visible !== undefined) {
      ctx.error('wrong-kind-of-tag', span, { tag: tag.name }, [ctx.note('defined-here', visible.span)]);
    }
  }
  if (type === undefined) {
    type = { kind: 'enum', tag: tag?.name, span, underlying: undefined, enumerators: [] };
    if (tag !== undefined) ctx.tags.declare(tag.name, type);
    ctx.enums.push(type);
  }
  if (tag !== undefined) ctx.use(tag.span, { kind: 'tag', type });
  if (node.enumerators === undefined) return type;

  const isPacked = collectAttributes(ctx, node.attributes).isPacked;
  const symbols: { -readonly [Key in keyof EnumeratorSymbol]: EnumeratorSymbol[Key] }[] = [];
  let next: NextEnumerator = { value: 0n, isOverflow: false };
  for (const { name, value: valueNode } of node.enumerators) {
    if (valueNode === undefined && next.isOverflow) ctx.error('enumerator-overflow', name.span);
    const given =
      valueNode === undefined ? undefined : requiredConstant(ctx, valueNode, 'enumerator-not-constant');
    const value = given?.value ?? next.value;
    next = nextEnumerator(ctx, value, given?.type ?? next.type);
    const symbol = {
      kind: 'enumerator' as const,
      name: name.name,
      type: enumeratorType(ctx, value),
      value,
      span: name.span,
    };
    const here = ctx.names.lookupHere(name.name);
    if (here !== undefined && here.kind !== 'undeclared') {
      ctx.error('redeclaration', name.span, { name: name.name }, [
        ctx.note('previous-declaration', here.span),
      ]);
    }
    ctx.names.declare(name.name, symbol);
    ctx.use(name.span, symbol);
    symbols.push(symbol);
  }
  type.underlying = enumUnderlyingType(
    ctx.types,
    symbols.map((symbol) => symbol.value),
    isPacked,
  );
  type.enumerators = symbols.map(({ name, value, span: at }) => ({ name, value, span: at }));
  // gcc: once an enum needs more than int, all its constants that do not fit int have the enum's type.
  for (const symbol of symbols) {
    if (BigInt.asIntN(32, symbol.value) !== symbol.value) symbol.type = { type: type.underlying, quals: 0 };
  }
  return type;
}

function enumeratorType(ctx: SemaContext, value: bigint): QualType {
  if (BigInt.asIntN(32, value) === value) return ctx.types.int;
  if (BigInt.asUintN(32, value) === value) return ctx.types.unsignedInt;
  return BigInt.asIntN(64, value) === value ? ctx.types.longLong : ctx.types.unsignedLongLong;
}
