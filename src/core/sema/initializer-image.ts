/**
 * Whether gcc copies the first value of an automatic object from a constant, and which one that is: numbers that are known are
 * stored one by one, unless that takes too many instructions; texts are stored in pieces of a word.
 *
 * Source: gcc/gimplify.cc: gimplify_init_constructor, categorize_ctor_elements; gcc/expr.cc: store_expr, can_store_by_pieces,
 * can_move_by_pieces; gcc/config/i386: MOVE_RATIO, MOVE_MAX_PIECES, STORE_MAX_PIECES, CLEAR_RATIO with generic tuning (behaviour).
 */
import { evaluate } from './constant.ts';
import { isConstant, isReadOnly } from './section-choice.ts';
import { asRecord, resolve, sizeOf } from './type-relations.ts';
import type { CType, QualType } from './type.ts';
import type {
  ConstantValue,
  InitializerEntry,
  ObjectInitializer,
  ObjectSymbol,
  StringLiteral,
  TypedExpression,
} from './typed-tree.ts';

/** gcc moves by instructions what takes fewer than these. */
const MOVE_RATIO = 17;
/** More zero elements than these are cleared at once, when they are most of the object. */
const CLEAR_RATIO = 6;

/** Bytes that one instruction moves from memory to memory, and stores as a constant. */
const moveBytes = { 4: 4, 8: 16 } as const;

/** Whether the whole first value is copied from a constant; else it is stored element by element. */
export function isCopiedFromImage(type: QualType, initializer: ObjectInitializer, wordBytes: 4 | 8): boolean {
  const size = sizeOf(type.type);
  const [first] = initializer.entries;
  const isText = first?.value.kind === 'string' && sizeOf(first.type.type) === size;
  if (size === undefined || isText || !initializer.isAggregate) return false;
  if (Math.ceil(size / moveBytes[wordBytes]) < MOVE_RATIO) return false;
  const counts = countElements(type.type, initializer, wordBytes);
  if (counts === undefined || !counts.isComplete || counts.nonZero <= 1) return false;
  const isSparse = counts.all - counts.nonZero > CLEAR_RATIO && counts.nonZero < Math.trunc(counts.all / 4);
  return !isSparse;
}

/**
 * Whether the value of an array is stored as words: the text itself, what follows it cleared. Else it is copied from the
 * literal.
 *
 * @param size - bytes of the array
 */
export function isStoredByPieces({ bytes }: StringLiteral, size: number, wordBytes: 4 | 8): boolean {
  const fits = (length: number): boolean => Math.ceil(length / wordBytes) < MOVE_RATIO;
  if (fits(size)) return true;
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length -= 1;
  length = Math.ceil(length / wordBytes) * wordBytes;
  return length < size && fits(length);
}

/**
 * The list whose values are stored where a record is to get the value of a constant one: gcc does not read the constant,
 * but for what it would copy from an image anyway.
 *
 * Source: gcc/gimplify.cc: gimplify_modify_expr_rhs (a read-only variable with a constructor).
 *
 * @param target - the variable that gets the value, where it is one
 */
export function storedList(
  value: TypedExpression,
  target: ObjectSymbol | undefined,
  wordBytes: 4 | 8,
): ObjectInitializer | undefined {
  if (value.kind !== 'convert' || value.conversion !== 'load' || value.operand.kind !== 'object')
    return undefined;
  const { type, initializer, storage } = value.operand.object;
  if (storage !== 'static' || initializer?.isAggregate !== true || !isReadOnly(type)) return undefined;
  if (asRecord(type.type) === undefined || isCopiedFromImage(type, initializer, wordBytes)) return undefined;
  // A constant that could be static itself is filled by a copy.
  const isConstantTarget =
    target !== undefined && isConstant(target.type) && !target.isAddressTaken && !target.isRegister;
  const counts = isConstantTarget ? countElements(type.type, initializer, wordBytes) : undefined;
  return (counts?.nonZero ?? 0) > 1 ? undefined : initializer;
}

/** The scalars of an initialiser. */
export interface ElementCounts {
  /** Scalars of the whole type; undefined where a union or flexible member leaves it open. */
  readonly all: number;
  readonly nonZero: number;
  readonly isComplete: boolean;
}

/**
 * Counts the elements of a constant initialiser.
 *
 * @returns undefined when some element must be computed at run time
 */
export function countElements(
  type: CType,
  initializer: ObjectInitializer,
  wordBytes: 4 | 8,
): ElementCounts | undefined {
  const values = new Map<number, InitializerEntry>();
  for (const entry of initializer.entries) values.set(entry.bitOffset ?? entry.offset * 8, entry);
  let nonZero = 0;
  let given = 0;
  for (const entry of values.values()) {
    const value = entry.constant ?? evaluate(entry.value, { foldObjects: false, wordBytes });
    if (value === undefined && entry.value.kind !== 'string') return undefined;
    const bytes = entry.value.kind === 'string' ? textLength(entry) : 1;
    given += scalarsOf(entry.type.type) ?? bytes;
    if (entry.value.kind === 'string') nonZero += bytes;
    else if (value?.kind === 'complex')
      nonZero += [value.real, value.imaginary].filter((part) => !Object.is(part, 0)).length;
    else if (value === undefined || !isZero(value)) nonZero += 1;
  }
  const all = scalarsOf(type);
  return { all: all ?? given, nonZero, isComplete: all === undefined ? true : given >= all };
}

/** Bytes of a text that are part of a value: its NUL too, but not what its array has no room for. */
function textLength({ value, type }: InitializerEntry): number {
  const length = value.kind === 'string' ? value.literal.bytes.length : 0;
  return Math.min(length, sizeOf(type.type) ?? length);
}

function isZero(value: ConstantValue): boolean {
  switch (value.kind) {
    case 'integer':
      return value.value === 0n;
    case 'floating':
      return Object.is(value.value, 0);
    case 'complex':
      return Object.is(value.real, 0) && Object.is(value.imaginary, 0);
    case 'bytes':
      return value.bytes.every((byte) => byte === 0);
    case 'address':
    case 'label-difference':
      return false;
  }
}

/** Scalars in an object of a type; undefined for a union, whose initialised member decides. */
function scalarsOf(type: CType): number | undefined {
  const resolved = resolve(type);
  if (resolved.kind === 'array') {
    const each = scalarsOf(resolved.element.type);
    return typeof resolved.count === 'number' && each !== undefined ? resolved.count * each : undefined;
  }
  const record = asRecord(resolved);
  if (record === undefined) return resolved.kind === 'complex' ? 2 : 1;
  if (record.tagKind === 'union' || record.hasFlexibleMember) return undefined;
  let sum = 0;
  for (const member of record.members ?? []) {
    if (member.name === undefined && member.bitWidth !== undefined) continue;
    const part = scalarsOf(member.type.type);
    if (part === undefined) return undefined;
    sum += part;
  }
  return sum;
}
