/**
 * Where arguments and results travel between functions.
 *
 * x86-64: the first six INTEGER eightbytes go in rdi, rsi, rdx, rcx, r8, r9, the first eight SSE ones in xmm0-7, the
 * rest on the stack; small records are split into eightbytes. i386: everything on the stack in words.
 *
 * Source: System V ABI, AMD64 supplement 3.2.3 (parameter passing); i386 supplement, chapter 3.
 * Simplified: __m256 and larger, _Decimal types; x87 results are not a place of their own.
 */
import { roundUp } from '../../base/address.ts';
import { alignOf, resolve, sizeOf } from '../sema/type-relations.ts';
import type { CType, QualType } from '../sema/type.ts';
import type { TargetName } from '../target/data-model.ts';

/** Class of an eightbyte that travels in a register. */
export type RegisterClass = 'integer' | 'sse';

/** Where one argument is. */
export type ArgumentPlace =
  | {
      readonly kind: 'registers';
      /** One for each eightbyte. */
      readonly classes: readonly RegisterClass[];
      /** Number of the first general register (0: rdi) and of the first xmm register that it takes. */
      readonly firstInteger: number;
      readonly firstSse: number;
    }
  /** Bytes above the stack pointer at the call instruction; the callee sees it at rbp + 16 + offset (ebp + 8). */
  | { readonly kind: 'stack'; readonly offset: number; readonly size: number };

/** The places of a call's arguments. */
export interface ArgumentAssignment {
  readonly places: readonly ArgumentPlace[];
  /** Bytes of arguments on the stack, without the padding that keeps the stack aligned. */
  readonly stackBytes: number;
  readonly integerRegisters: number;
  readonly sseRegisters: number;
}

/** General registers for arguments: rdi, rsi, rdx, rcx, r8, r9. */
export const INTEGER_REGISTERS = 6;
/** Vector registers for arguments: xmm0 to xmm7. */
export const SSE_REGISTERS = 8;

/** Gives every argument its place. */
export function assignArguments(
  target: TargetName,
  types: readonly QualType[],
  hasHiddenResult: boolean,
): ArgumentAssignment {
  return target === 'x86_64'
    ? assignArguments64(types, hasHiddenResult)
    : assignArguments32(types, hasHiddenResult);
}

function assignArguments64(types: readonly QualType[], hasHiddenResult: boolean): ArgumentAssignment {
  let integers = hasHiddenResult ? 1 : 0;
  let vectors = 0;
  let stack = 0;
  const places: ArgumentPlace[] = [];
  for (const type of types) {
    const classes = classify(type.type);
    const integersNeeded = classes.filter((one) => one === 'integer').length;
    const vectorsNeeded = classes.length - integersNeeded;
    if (
      classes.length > 0 &&
      integers + integersNeeded <= INTEGER_REGISTERS &&
      vectors + vectorsNeeded <= SSE_REGISTERS
    ) {
      places.push({ kind: 'registers', classes, firstInteger: integers, firstSse: vectors });
      integers += integersNeeded;
      vectors += vectorsNeeded;
      continue;
    }
    const size = sizeOf(type.type) ?? 0;
    stack = roundUp(stack, alignOf(type) >= 16 ? 16 : 8);
    places.push({ kind: 'stack', offset: stack, size });
    stack += roundUp(size, 8);
  }
  return { places, stackBytes: stack, integerRegisters: integers, sseRegisters: vectors };
}

function assignArguments32(types: readonly QualType[], hasHiddenResult: boolean): ArgumentAssignment {
  let stack = hasHiddenResult ? 4 : 0;
  const places: ArgumentPlace[] = [];
  for (const type of types) {
    const size = sizeOf(type.type) ?? 0;
    if (holdsAlignedValue(type)) stack = roundUp(stack, 16);
    places.push({ kind: 'stack', offset: stack, size });
    stack += roundUp(size, 4);
  }
  return { places, stackBytes: stack, integerRegisters: 0, sseRegisters: 0 };
}

/**
 * Whether a value is passed at a place aligned to 16 bytes on the i386: vectors and __float128, and records aligned like them
 * that hold one (gcc/config/i386/i386.cc: ix86_contains_aligned_value_p).
 */
function holdsAlignedValue({ type, quals }: QualType): boolean {
  const resolved = resolve(type);
  if (alignOf({ type, quals }) < 16) return false;
  switch (resolved.kind) {
    case 'record':
      return (resolved.members ?? []).some((member) => holdsAlignedValue(member.type));
    case 'array':
      return holdsAlignedValue(resolved.element);
    case 'vector':
    case 'float':
    case 'complex':
      return true;
    default:
      return false;
  }
}

/**
 * The register classes of a type's eightbytes on x86-64.
 *
 * @returns an empty list for what is passed in memory
 */
export function classify(type: CType): readonly RegisterClass[] {
  const resolved = resolve(type);
  switch (resolved.kind) {
    case 'integer':
      return resolved.size > 8 ? ['integer', 'integer'] : ['integer'];
    case 'enum':
    case 'pointer':
      return ['integer'];
    case 'float':
      return resolved.name === 'long double' ? [] : ['sse'];
    case 'complex':
    case 'vector':
    case 'record':
    case 'array':
      return classifyAggregate(resolved);
    case 'void':
    case 'function':
    case 'typedef':
    case 'error':
      return [];
  }
}

function classifyAggregate(type: CType): readonly RegisterClass[] {
  const size = sizeOf(type) ?? 0;
  if (size > 16 || size === 0) return [];
  const classes: (RegisterClass | undefined)[] = Array.from({ length: Math.ceil(size / 8) }, () => undefined);
  if (!mergeFields(type, 0, classes)) return [];
  return classes.map((one) => one ?? 'sse');
}

/** Merges the classes of the scalars in `type` at `offset`; false when the whole must go in memory. */
function mergeFields(type: CType, offset: number, classes: (RegisterClass | undefined)[]): boolean {
  const resolved = resolve(type);
  switch (resolved.kind) {
    case 'record':
      for (const member of resolved.members ?? []) {
        if (member.bitWidth !== undefined) {
          if (member.bitWidth === 0 || member.name === undefined) continue;
          const first = offset * 8 + (member.bitOffset ?? 0);
          for (let bit = first; bit < first + member.bitWidth; bit += 1) classes[bit >> 6] = 'integer';
          continue;
        }
        if ((offset + member.offset) % alignOf({ type: member.type.type, quals: 0 }) !== 0) return false;
        if (!mergeFields(member.type.type, offset + member.offset, classes)) return false;
      }
      return true;
    case 'array': {
      const count = typeof resolved.count === 'number' ? resolved.count : 0;
      const elementSize = sizeOf(resolved.element.type) ?? 0;
      for (let index = 0; index < count; index += 1) {
        if (!mergeFields(resolved.element.type, offset + index * elementSize, classes)) return false;
      }
      return true;
    }
    case 'complex':
      if (resolved.element.name === 'long double') return false;
      return (
        mergeFields(resolved.element, offset, classes) &&
        mergeFields(resolved.element, offset + resolved.element.size, classes)
      );
    case 'float': {
      if (resolved.name === 'long double') return false;
      const word = offset >> 3;
      classes[word] ??= 'sse';
      if (resolved.size === 16) classes[word + 1] ??= 'sse';
      return true;
    }
    case 'vector': {
      for (let word = offset >> 3; word < (offset + resolved.size + 7) >> 3; word += 1)
        classes[word] ??= 'sse';
      return true;
    }
    case 'integer':
    case 'enum':
    case 'pointer': {
      const size = sizeOf(resolved) ?? 0;
      for (let word = offset >> 3; word < (offset + size + 7) >> 3; word += 1) classes[word] = 'integer';
      return true;
    }
    case 'void':
    case 'function':
    case 'typedef':
    case 'error':
      return false;
  }
}

/**
 * Whether the first word of a record travels as four bytes: nothing but padding follows its first half, and no bit-field is
 * in it.
 */
export function firstWordIsHalf(type: CType): boolean {
  return classify(type)[0] === 'integer' && endsInHalf(type, 0);
}

/** Whether no scalar of the first eight bytes reaches beyond the first four. */
function endsInHalf(type: CType, offset: number): boolean {
  const resolved = resolve(type);
  if (offset >= 8) return true;
  if (resolved.kind === 'record')
    return (resolved.members ?? []).every((member) =>
      member.bitWidth === undefined ? endsInHalf(member.type.type, offset + member.offset) : false,
    );
  if (resolved.kind === 'array') {
    const size = sizeOf(resolved.element.type) ?? 0;
    const count = typeof resolved.count === 'number' ? resolved.count : 0;
    return (
      count === 0 ||
      (endsInHalf(resolved.element.type, offset) &&
        (offset + size >= 8 ||
          count === 1 ||
          endsInHalf(resolved.element.type, offset + (count - 1) * size)) &&
        Math.min(8, offset + count * size) <= 4)
    );
  }
  return offset + (sizeOf(resolved) ?? 0) <= 4;
}

/** Whether a function's result comes back through memory that the caller names by a hidden first argument. */
export function returnsInMemory(target: TargetName, type: CType): boolean {
  const resolved = resolve(type);
  switch (resolved.kind) {
    case 'record':
    case 'vector':
      return target === 'i386' || classify(resolved).length === 0;
    case 'complex':
      return target === 'i386' && resolved.size > 8;
    case 'integer':
    case 'enum':
    case 'pointer':
    case 'float':
    case 'void':
    case 'array':
    case 'function':
    case 'typedef':
    case 'error':
      return false;
  }
}
