/**
 * Relations between types: what a typedef stands for, compatibility, composite types, promotions.
 *
 * Source: C17 6.2.7 (compatible and composite types), 6.3.1 (conversions), 6.7.3 (qualifiers); gcc 12 where it goes
 * beyond (enums, `_Atomic` alignment, arrays of qualified typedefs).
 */
import type { TypeTable } from './basic-types.ts';
import { ATOMIC } from './type.ts';
import type {
  ArrayType,
  CType,
  FloatType,
  FunctionType,
  IntegerType,
  PointerType,
  QualType,
  RecordMember,
  RecordType,
} from './type.ts';

/** A type without its typedef names; qualifiers that they carry are lost (see {@link resolveQual}). */
export function resolve(type: CType): CType {
  let result = type;
  while (result.kind === 'typedef') result = result.aliased.type;
  return result;
}

/** A qualified type without typedef names; qualifiers of an array move to its elements (C17 6.7.3p9). */
export function resolveQual(type: QualType): QualType {
  if (type.type.kind !== 'typedef' && (type.type.kind !== 'array' || type.quals === 0)) return type;
  let quals = type.quals;
  let inner: CType = type.type;
  while (inner.kind === 'typedef') {
    quals |= inner.aliased.quals;
    inner = inner.aliased.type;
  }
  if (inner.kind === 'array' && quals !== 0) {
    return { type: { ...inner, element: withQuals(inner.element, quals) }, quals: 0 };
  }
  return quals === type.quals && inner === type.type ? type : { type: inner, quals };
}

/** The type with more qualifiers; those of an array go to its elements. */
export function withQuals(type: QualType, quals: number): QualType {
  if (quals === 0 || (type.quals | quals) === type.quals) return type;
  if (type.type.kind === 'array') {
    return { type: { ...type.type, element: withQuals(type.type.element, quals) }, quals: type.quals };
  }
  return { type: type.type, quals: type.quals | quals };
}

/** The type as the value of an expression has it: without qualifiers (C17 6.3.2.1p2). */
export function unqualified(type: QualType): QualType {
  if (type.quals === 0 && type.type.kind !== 'typedef') return type;
  // A typedef of a qualified type loses the name, any other keeps it for display.
  let inner = type.type;
  let hidden = 0;
  while (inner.kind === 'typedef') {
    hidden |= inner.aliased.quals;
    inner = inner.aliased.type;
  }
  if (hidden !== 0) return { type: inner, quals: 0 };
  return type.quals === 0 ? type : { type: type.type, quals: 0 };
}

/** Qualifiers of a type, those of its typedefs and, for an array, of its elements included. */
export function qualsOf(type: QualType): number {
  let quals = type.quals;
  let inner = type.type;
  for (;;) {
    if (inner.kind === 'typedef') {
      quals |= inner.aliased.quals;
      inner = inner.aliased.type;
    } else if (inner.kind === 'array') {
      quals |= inner.element.quals;
      inner = inner.element.type;
    } else return quals;
  }
}

/** Bytes of a type; `undefined` for incomplete, variable and function types (`void` too). */
export function sizeOf(type: CType): number | undefined {
  const resolved = resolve(type);
  switch (resolved.kind) {
    case 'integer':
    case 'float':
    case 'complex':
    case 'pointer':
    case 'vector':
      return resolved.size;
    case 'record':
      return resolved.size;
    case 'enum':
      return resolved.underlying?.size;
    case 'array': {
      if (resolved.size !== undefined || typeof resolved.count !== 'number') return resolved.size;
      const element = sizeOf(resolved.element.type);
      return element === undefined ? undefined : element * resolved.count;
    }
    case 'void':
    case 'function':
    case 'typedef':
    case 'error':
      return undefined;
  }
}

/** Alignment of a type in bytes; 1 for what has none. */
export function alignOf(type: QualType): number {
  let quals = type.quals;
  let inner = type.type;
  while (inner.kind === 'typedef') {
    if (inner.declaredAlign !== undefined) return inner.declaredAlign;
    quals |= inner.aliased.quals;
    inner = inner.aliased.type;
  }
  switch (inner.kind) {
    case 'array':
      return alignOf(inner.element);
    case 'integer':
    case 'float':
    case 'complex':
    case 'pointer':
    case 'vector':
    case 'record':
    case 'enum': {
      const align = inner.kind === 'enum' ? (inner.underlying?.align ?? 1) : inner.align;
      if ((quals & ATOMIC) === 0) return align;
      // gcc raises atomic types of a size that one instruction can handle to that size.
      const size = sizeOf(inner) ?? 0;
      return size === 1 || size === 2 || size === 4 || size === 8 || size === 16
        ? Math.max(align, size)
        : align;
    }
    case 'void':
    case 'function':
    case 'error':
      return 1;
  }
}

/** `_Bool`, characters, integers, enums (C17 6.2.5p17). */
export function isIntegral(type: CType): boolean {
  const kind = resolve(type).kind;
  return kind === 'integer' || kind === 'enum';
}

/** Integer, floating and complex types. */
export function isArithmetic(type: CType): boolean {
  const kind = resolve(type).kind;
  return kind === 'integer' || kind === 'enum' || kind === 'float' || kind === 'complex';
}

/** Arithmetic types and pointers. */
export function isScalar(type: CType): boolean {
  const kind = resolve(type).kind;
  return (
    kind === 'integer' || kind === 'pointer' || kind === 'enum' || kind === 'float' || kind === 'complex'
  );
}

/** `void`, however it is named. */
export function isVoid(type: CType): boolean {
  return resolve(type).kind === 'void';
}

/** What could not be understood. */
export function isError(type: CType): boolean {
  return resolve(type).kind === 'error';
}

/** Whether the size of a type is unknown because it, or something in it, was wrong or is beyond the model. */
export function holdsError(type: CType): boolean {
  const resolved = resolve(type);
  switch (resolved.kind) {
    case 'error':
      return true;
    case 'array':
      return holdsError(resolved.element.type);
    case 'record':
      return resolved.members?.some((member) => holdsError(member.type.type)) === true;
    default:
      return false;
  }
}

/** The pointer type behind the typedefs, if it is one. */
export function asPointer(type: CType): PointerType | undefined {
  const resolved = resolve(type);
  return resolved.kind === 'pointer' ? resolved : undefined;
}

/** The array type behind the typedefs, if it is one. */
export function asArray(type: CType): ArrayType | undefined {
  const resolved = resolve(type);
  return resolved.kind === 'array' ? resolved : undefined;
}

/** The function type behind the typedefs, if it is one. */
export function asFunction(type: CType): FunctionType | undefined {
  const resolved = resolve(type);
  return resolved.kind === 'function' ? resolved : undefined;
}

/** The struct or union behind the typedefs, if it is one. */
export function asRecord(type: CType): RecordType | undefined {
  const resolved = resolve(type);
  return resolved.kind === 'record' ? resolved : undefined;
}

/** The integer type that an integral type behaves as: an enum's underlying type, or itself. */
export function integerOf(type: CType): IntegerType | undefined {
  const resolved = resolve(type);
  if (resolved.kind === 'integer') return resolved;
  return resolved.kind === 'enum' ? resolved.underlying : undefined;
}

/** Whether an object of this type can exist: its size is known, or will be at run time. */
export function isComplete(type: CType): boolean {
  const resolved = resolve(type);
  switch (resolved.kind) {
    case 'void':
    case 'function':
      return false;
    case 'array':
      return resolved.count !== undefined && isComplete(resolved.element.type);
    case 'record':
      return resolved.members !== undefined;
    case 'enum':
      return resolved.underlying !== undefined;
    case 'integer':
    case 'float':
    case 'complex':
    case 'pointer':
    case 'vector':
    case 'typedef':
    case 'error':
      return true;
  }
}

/** Whether the size is only known at run time (C17 6.7.6.2: variable length arrays of any depth). */
export function isVariableLength(type: CType): boolean {
  const array = asArray(type);
  return array !== undefined && (array.count === 'variable' || isVariableLength(array.element.type));
}

/** Whether the type is derived from a variable length array in any way. */
export function isVariablyModified(type: CType): boolean {
  let inner = resolve(type);
  for (;;) {
    if (inner.kind === 'pointer') inner = resolve(inner.target.type);
    else if (inner.kind !== 'array') return false;
    else if (inner.count === 'variable') return true;
    else inner = resolve(inner.element.type);
  }
}

/** A character type that a string literal of this element size may initialise. */
export function isCharacter(type: CType): boolean {
  const resolved = resolve(type);
  return resolved.kind === 'integer' && resolved.size === 1 && resolved.name !== '_Bool';
}

/** Compatibility of two types (C17 6.2.7); error types are compatible with everything. */
export function areCompatible(a: QualType, b: QualType): boolean {
  // Pointers to pointers in a loop: there may be thousands.
  let first = a;
  let second = b;
  for (;;) {
    if (first === second) return true;
    const left = resolveQual(first);
    const right = resolveQual(second);
    if (left.quals !== right.quals && left.type.kind !== 'error' && right.type.kind !== 'error') return false;
    if (left.type === right.type) return true;
    if (left.type.kind !== 'pointer' || right.type.kind !== 'pointer')
      return areCompatibleUnqualified(left.type, right.type);
    first = left.type.target;
    second = right.type.target;
  }
}

/** Compatibility when the outermost qualifiers do not count. */
export function areCompatibleUnqualified(a: CType, b: CType): boolean {
  const left = resolve(a);
  const right = resolve(b);
  if (left === right || left.kind === 'error' || right.kind === 'error') return true;
  switch (left.kind) {
    case 'void':
      return right.kind === 'void';
    case 'integer':
      if (right.kind === 'enum') return isSameInteger(left, right.underlying);
      return right.kind === 'integer' && left.name === right.name;
    case 'enum':
      if (right.kind === 'integer') return isSameInteger(right, left.underlying);
      return false;
    case 'float':
      return right.kind === 'float' && left.name === right.name;
    case 'complex':
      return right.kind === 'complex' && areCompatibleUnqualified(left.element, right.element);
    case 'pointer':
      return right.kind === 'pointer' && areCompatible(left.target, right.target);
    case 'vector':
      return (
        right.kind === 'vector' &&
        left.size === right.size &&
        areCompatibleUnqualified(left.element, right.element)
      );
    case 'array':
      return (
        right.kind === 'array' &&
        (typeof left.count !== 'number' || typeof right.count !== 'number' || left.count === right.count) &&
        areCompatible(left.element, right.element)
      );
    case 'function':
      return right.kind === 'function' && areCompatibleFunctions(left, right);
    case 'record':
    case 'typedef':
      return false;
  }
}

function isSameInteger(a: IntegerType, b: IntegerType | undefined): boolean {
  return a.name === b?.name;
}

// C17 6.7.6.3p15
function areCompatibleFunctions(a: FunctionType, b: FunctionType): boolean {
  if (!areCompatibleUnqualified(a.result.type, b.result.type)) return false;
  if (!a.hasPrototype && !b.hasPrototype) return true;
  if (a.hasPrototype && b.hasPrototype) {
    if (a.isVariadic !== b.isVariadic || a.parameters.length !== b.parameters.length) return false;
    return a.parameters.every((parameter, i) => {
      const other = b.parameters[i];
      return other !== undefined && areCompatibleParameters(parameter.type, other.type);
    });
  }
  const prototype = a.hasPrototype ? a : b;
  const knr = a.hasPrototype ? b : a;
  if (prototype.isVariadic) return false;
  // A K&R definition keeps its parameter types; `()` says nothing.
  if (knr.parameters.length > 0 && knr.parameters.length !== prototype.parameters.length) return false;
  return prototype.parameters.every(
    (parameter) => isUnchangedByPromotion(parameter.type) || knr.parameters.length > 0,
  );
}

/** gcc/c/c-typeck.cc: type_lists_compatible_p lets a transparent union, or one without a tag, stand for a member's type. */
function areCompatibleParameters(a: CType, b: CType): boolean {
  return areCompatibleUnqualified(a, b) || hasMemberLike(a, b) || hasMemberLike(b, a);
}

function hasMemberLike(union: CType, type: CType): boolean {
  const record = asRecord(union);
  if (record?.tagKind !== 'union' || record.size !== sizeOf(type)) return false;
  const isAnonymous = record.tag === undefined && union.kind === 'record';
  if (!isAnonymous && record.isTransparentUnion !== true) return false;
  return record.members?.some((member) => areCompatibleUnqualified(member.type.type, type)) === true;
}

function isUnchangedByPromotion(type: CType): boolean {
  const resolved = resolve(type);
  if (resolved.kind === 'float') return resolved.name !== 'float';
  if (resolved.kind === 'integer') return rankOf(resolved) >= rankOfInt;
  return true;
}

/** The composite of two compatible types (C17 6.2.7p3): sizes and parameters that only one of them knows. */
export function compositeOf(a: QualType, b: QualType): QualType {
  if (a === b || a.type === b.type) return a;
  const left = resolve(a.type);
  const right = resolve(b.type);
  if (left === right) return a;
  if (left.kind === 'array' && right.kind === 'array') {
    const element = compositeOf(left.element, right.element);
    if (typeof left.count === 'number' || right.count === undefined) {
      return element === left.element
        ? a
        : { type: { ...left, element, size: arraySize(left.count, element) }, quals: a.quals };
    }
    return { type: { ...right, element, size: arraySize(right.count, element) }, quals: a.quals };
  }
  if (left.kind === 'function' && right.kind === 'function') {
    if (!left.hasPrototype) return right.hasPrototype ? b : left.parameters.length > 0 ? a : b;
    if (!right.hasPrototype) return a;
    const parameters = left.parameters.map((parameter, i) => {
      const other = right.parameters[i];
      return other === undefined ? parameter : compositeOf(parameter, other);
    });
    const isNoreturn = left.isNoreturn === true || right.isNoreturn === true;
    return {
      type: {
        ...left,
        result: compositeOf(left.result, right.result),
        parameters,
        ...(isNoreturn ? { isNoreturn } : {}),
      },
      quals: a.quals,
    };
  }
  if (left.kind === 'pointer' && right.kind === 'pointer') return compositePointer(a, b);
  return a;
}

/** Pointers to pointers in a loop: there may be thousands. */
function compositePointer(a: QualType, b: QualType): QualType {
  const around: { readonly of: QualType; readonly pointer: PointerType }[] = [];
  let first = a;
  let second = b;
  for (;;) {
    const left = resolve(first.type);
    const right = resolve(second.type);
    if (left === right || left.kind !== 'pointer' || right.kind !== 'pointer') break;
    around.push({ of: first, pointer: left });
    first = left.target;
    second = right.target;
  }
  let made = compositeOf(first, second);
  for (const { of, pointer } of around.reverse())
    made = made === pointer.target ? of : { type: { ...pointer, target: made }, quals: of.quals };
  return made;
}

function arraySize(count: ArrayType['count'], element: QualType): number | undefined {
  const size = sizeOf(element.type);
  return typeof count === 'number' && size !== undefined ? size * count : undefined;
}

const rankOfInt = 4;

/** Integer conversion rank (C17 6.3.1.1p1). */
export function rankOf(type: IntegerType): number {
  switch (type.name) {
    case '_Bool':
      return 1;
    case 'char':
    case 'signed char':
    case 'unsigned char':
      return 2;
    case 'short':
    case 'unsigned short':
      return 3;
    case 'int':
    case 'unsigned int':
      return rankOfInt;
    case 'long':
    case 'unsigned long':
      return 5;
    case 'long long':
    case 'unsigned long long':
      return 6;
    case '__int128':
    case 'unsigned __int128':
      return 7;
  }
}

/**
 * The integer promotions (C17 6.3.1.1p2); other types stay.
 *
 * @param bitWidth - width of the bit-field that the value came from, if it did
 */
export function promoted(types: TypeTable, type: QualType, bitWidth: number | undefined): QualType {
  const integer = integerOf(type.type);
  if (integer === undefined) return unqualified(type);
  if (bitWidth !== undefined && rankOf(integer) <= rankOfInt) {
    return bitWidth < 32 || integer.isSigned ? types.int : types.unsignedInt;
  }
  // gcc keeps a type of the bit-field's own width for the wider ones; those that fit int are promoted.
  if (bitWidth !== undefined && bitWidth <= 32) {
    return bitWidth < 32 || integer.isSigned ? types.int : types.unsignedInt;
  }
  if (rankOf(integer) < rankOfInt) return types.int;
  if (rankOf(integer) === rankOfInt) return integer.isSigned ? types.int : types.unsignedInt;
  return resolve(type.type).kind === 'enum' ? { type: integer, quals: 0 } : unqualified(type);
}

const floatRank = { float: 1, double: 2, 'long double': 3, __float128: 4 } as const;

/** The common type of two arithmetic operands (C17 6.3.1.8); both are promoted already when they are integers. */
export function usualArithmeticType(types: TypeTable, a: QualType, b: QualType): QualType {
  const left = resolve(a.type);
  const right = resolve(b.type);
  if (left === right) return unqualified(a);
  if (left.kind === 'complex' || right.kind === 'complex') {
    const leftPart = left.kind === 'complex' ? left.element : left;
    const rightPart = right.kind === 'complex' ? right.element : right;
    const part = resolve(
      usualArithmeticType(types, { type: leftPart, quals: 0 }, { type: rightPart, quals: 0 }).type,
    );
    return part.kind === 'float' || part.kind === 'integer' ? types.complex(part) : types.error;
  }
  const floatOf = (type: CType): FloatType | undefined => (type.kind === 'float' ? type : undefined);
  const leftFloat = floatOf(left);
  const rightFloat = floatOf(right);
  if (leftFloat !== undefined || rightFloat !== undefined) {
    if (rightFloat === undefined) return unqualified(a);
    if (leftFloat === undefined) return unqualified(b);
    return floatRank[leftFloat.name] >= floatRank[rightFloat.name] ? unqualified(a) : unqualified(b);
  }
  const leftInteger = integerOf(left);
  const rightInteger = integerOf(right);
  if (leftInteger === undefined || rightInteger === undefined) return types.error;
  if (leftInteger.name === rightInteger.name) return unqualified(a);
  const leftRank = rankOf(leftInteger);
  const rightRank = rankOf(rightInteger);
  if (leftInteger.isSigned === rightInteger.isSigned)
    return leftRank >= rightRank ? unqualified(a) : unqualified(b);
  const [signed, signedRank, unsignedType, unsignedRank, signedQual, unsignedQual] = leftInteger.isSigned
    ? ([leftInteger, leftRank, rightInteger, rightRank, a, b] as const)
    : ([rightInteger, rightRank, leftInteger, leftRank, b, a] as const);
  if (unsignedRank >= signedRank) return unqualified(unsignedQual);
  if (signed.size > unsignedType.size) return unqualified(signedQual);
  return { type: types.withSignedness(signed, false), quals: 0 };
}

/** The default argument promotions (C17 6.5.2.2p6). */
export function defaultPromoted(types: TypeTable, type: QualType, bitWidth: number | undefined): QualType {
  const resolved = resolve(type.type);
  // _Float32 is a type of its own and stays; as a typedef of float it is recognised by its name.
  if (resolved.kind === 'float' && resolved.name === 'float') {
    return type.type.kind === 'typedef' && type.type.name === '_Float32' ? unqualified(type) : types.double;
  }
  return promoted(types, type, bitWidth);
}

/** A member found by name, through anonymous members (C17 6.7.2.1p13). */
export interface FoundMember {
  readonly record: RecordType;
  readonly member: RecordMember;
  /** Bytes from the start of the outermost record. */
  readonly offset: number;
  /** Qualifiers of the anonymous members on the way. */
  readonly quals: number;
}

const memberIndexes = new WeakMap<readonly RecordMember[], Map<string, FoundMember>>();

/** Looks a member up; the index of a record is made at the first look-up. */
export function findMember(record: RecordType, name: string): FoundMember | undefined {
  if (record.members === undefined) return undefined;
  let index = memberIndexes.get(record.members);
  if (index === undefined) {
    index = new Map();
    addMembers(index, record, 0, 0);
    memberIndexes.set(record.members, index);
  }
  return index.get(name);
}

function addMembers(
  index: Map<string, FoundMember>,
  record: RecordType,
  offset: number,
  quals: number,
): void {
  for (const member of record.members ?? []) {
    if (member.name !== undefined) {
      if (!index.has(member.name))
        index.set(member.name, { record, member, offset: offset + member.offset, quals });
    } else if (member.bitWidth === undefined) {
      const inner = asRecord(member.type.type);
      if (inner !== undefined) addMembers(index, inner, offset + member.offset, quals | member.type.quals);
    }
  }
}
