/**
 * Places inside an object that is being initialised: the aggregates that are open, and where each has got to (C17 6.7.9p17).
 */
import { asArray, resolveQual, sizeOf } from './type-relations.ts';
import type { ArrayType, QualType, RecordMember, RecordType } from './type.ts';

/** A place inside the object: a type at an offset, perhaps a bit-field. */
export interface Slot {
  readonly type: QualType;
  readonly offset: number;
  readonly member: RecordMember | undefined;
}

/** An aggregate whose parts are being initialised. */
export interface Frame {
  readonly type: QualType;
  readonly offset: number;
  readonly record: RecordType | undefined;
  readonly array: ArrayType | undefined;
  /** An array without a size. */
  readonly isFlexible: boolean;
  /** Next element, or index of the next member. */
  position: number;
  /** A range designator's last element. */
  rangeEnd: number | undefined;
}

/** Opens an aggregate at an offset; undefined for what has no parts. */
export function openFrame(type: QualType, offset: number): Frame | undefined {
  const resolved = resolveQual(type);
  const { type: inner } = resolved;
  if (inner.kind === 'array') {
    return {
      type: resolved,
      offset,
      record: undefined,
      array: inner,
      isFlexible: inner.count === undefined,
      position: 0,
      rangeEnd: undefined,
    };
  }
  if (inner.kind === 'vector') {
    const element = { type: inner.element, quals: resolved.quals };
    const array: ArrayType = {
      kind: 'array',
      element,
      count: inner.count,
      size: inner.size,
      align: inner.align,
    };
    return {
      type: resolved,
      offset,
      record: undefined,
      array,
      isFlexible: false,
      position: 0,
      rangeEnd: undefined,
    };
  }
  if (inner.kind === 'record' && inner.members !== undefined) {
    return {
      type: resolved,
      offset,
      record: inner,
      array: undefined,
      isFlexible: false,
      position: firstMember(inner, 0),
      rangeEnd: undefined,
    };
  }
  return undefined;
}

/** Index of the next member that takes an initialiser: unnamed bit-fields do not. */
function firstMember(record: RecordType, from: number): number {
  const members = record.members ?? [];
  let i = from;
  while (i < members.length && members[i]?.name === undefined && members[i]?.bitWidth !== undefined) i++;
  return i;
}

/** Whether a frame has no place left. */
export function isFull({ array, record, position }: Frame): boolean {
  if (array !== undefined) return typeof array.count === 'number' && position >= array.count;
  return record?.members?.[position] === undefined;
}

/** The place that a frame has reached; `undefined` when it is full. */
export function currentSlot(frame: Frame): Slot | undefined {
  if (frame.array !== undefined) {
    const { element, count } = frame.array;
    if (typeof count === 'number' && frame.position >= count) return undefined;
    return {
      type: element,
      offset: frame.offset + frame.position * (sizeOf(element.type) ?? 0),
      member: undefined,
    };
  }
  const member = frame.record?.members?.[frame.position];
  if (member === undefined) return undefined;
  return { type: member.type, offset: frame.offset + member.offset, member };
}

/** Goes on to the next place of a frame. */
export function advance(frame: Frame): void {
  if (frame.array !== undefined) {
    frame.position = (frame.rangeEnd ?? frame.position) + 1;
    frame.rangeEnd = undefined;
  } else if (frame.record !== undefined) {
    // A union takes one initialiser.
    const members = frame.record.members?.length ?? 0;
    frame.position =
      frame.record.tagKind === 'union' ? members : firstMember(frame.record, frame.position + 1);
  }
}

/**
 * Whether a place is in an array without a size that is not the last member of the object itself: its values give it none.
 *
 * @param depth - braces around the place, 1 for those of the object
 * @source gcc/c/c-typeck.cc: pop_init_level
 */
export function isNestedFlexible(stack: readonly Frame[], slot: Slot, depth: number): boolean {
  if (depth === 1 && stack.length === 1) return false;
  const array = slot.member === undefined ? undefined : asArray(slot.type.type);
  let isNested = array !== undefined && array.count === undefined;
  for (let level = depth > 1 ? 1 : 2; level < stack.length; level++)
    isNested ||= stack[level]?.isFlexible === true;
  return isNested;
}
