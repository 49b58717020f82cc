/**
 * Initialisers, flattened to assignments at offsets (C17 6.7.9): braces that may be left out, designators and GNU ranges,
 * strings for character arrays, flexible array members.
 *
 * A list is walked with a stack of the aggregates that are open without braces of their own. Each item goes to the
 * current place; a designator moves the place; after an item the place moves on, leaving full aggregates.
 */
import type { Span } from '../source/text-span.ts';
import type { Expression, Initializer, InitializerItem, InitializerList } from '../syntax/ast.ts';
import type { InitializedType, SemaContext } from './context.ts';
import { evaluate } from './constant.ts';
import { convertForAssignment, toRvalue } from './conversions.ts';
import { expression, requiredInteger } from './expressions.ts';
import { unsupportedPart } from './expression-parts.ts';
import { advance, currentSlot, isNestedFlexible, isFull, openFrame } from './initializer-frames.ts';
import type { Frame, Slot } from './initializer-frames.ts';
import { bitsOf, EntryList } from './initializer-overrides.ts';
import { stringLiteral } from './primary-expressions.ts';
import {
  areCompatibleUnqualified,
  asArray,
  asRecord,
  findMember,
  integerOf,
  isCharacter,
  isComplete,
  isError,
  resolve,
  resolveQual,
  sizeOf,
  unqualified,
} from './type-relations.ts';
import type { QualType, RecordType } from './type.ts';
import type { ConstantValue, InitializerEntry, ObjectInitializer, TypedExpression } from './typed-tree.ts';

/** Entries beyond which a range designator is not spread out. */
const MAX_ENTRIES = 1 << 21;

type MutableEntry = { -readonly [Key in keyof InitializerEntry]: InitializerEntry[Key] };

interface Filling {
  readonly list: EntryList<MutableEntry>;
  readonly isStatic: boolean;
  /** Braces around what is being placed. */
  depth: number;
  /** An array is around them. */
  isInArray: boolean;
  /** Elements of the outermost array, when its size is not declared. */
  outerCount: number;
  hasReportedExcess: boolean;
}

/** Analyses the initialiser of an object. */
export function analyzeInitializer(
  ctx: SemaContext,
  type: QualType,
  node: Initializer,
  isStatic: boolean,
): InitializedType {
  if (node.kind === 'list') return analyzeInitializerList(ctx, type, node, isStatic);
  const string = stringInitializer(ctx, type, node.value);
  if (string !== undefined) {
    const filling = newFilling(isStatic);
    const completed = placeString(ctx, type, 0, string, filling);
    return {
      type: completed,
      initializer: { span: node.span, entries: filling.list.entries, isAggregate: true },
    };
  }
  if (isStatic) ctx.staticInitializer += 1;
  const typed = expression(ctx, node.value);
  if (isStatic) ctx.staticInitializer -= 1;
  // GNU: a compound literal of the same type initialises as its list would.
  if (typed.kind === 'compound-literal' && (isStatic || asArray(type.type) !== undefined)) {
    const literalType = resolve(typed.type.type);
    const isSameArray =
      literalType.kind === 'array' && areCompatibleUnqualified(literalType, resolve(type.type));
    if (
      isSameArray ||
      (isStatic && areCompatibleUnqualified(typed.type.type, type.type) && literalType.kind !== 'array')
    ) {
      forgetLiteral(ctx, typed);
      const count = asArray(type.type)?.count;
      const completed =
        count === undefined && isSameArray ? { type: typed.type.type, quals: type.quals } : type;
      const entries = typed.initializer.entries.map((entry) =>
        isStatic && entry.constant === undefined
          ? { ...entry, constant: constantOf(ctx, entry.value) }
          : entry,
      );
      return { type: completed, initializer: { ...typed.initializer, entries } };
    }
  }
  if (asArray(type.type) !== undefined && !isError(typed.type.type)) {
    ctx.error('array-initializer', node.span);
    return { type, initializer: { span: node.span, entries: [], isAggregate: true } };
  }
  const entries: MutableEntry[] = [];
  const value = convertForAssignment(ctx, toRvalue(ctx, typed), unqualified(type), toInitialize);
  entries.push(entryFor(ctx, { type, offset: 0, member: undefined }, value, isStatic));
  return { type, initializer: { span: node.span, entries, isAggregate: false } };
}

/** The literal's own object is not made when its list initialises another one. */
function forgetLiteral(ctx: SemaContext, literal: TypedExpression & { kind: 'compound-literal' }): void {
  const lists = [ctx.literalObjects, ctx.fn?.locals, ctx.fn?.objects, ctx.fn?.staticLocals];
  for (const list of lists) {
    const at = list?.lastIndexOf(literal.object) ?? -1;
    if (at >= 0) list?.splice(at, 1);
  }
}

/** Analyses a braced list for an object of a type (also of compound literals). */
export function analyzeInitializerList(
  ctx: SemaContext,
  type: QualType,
  node: InitializerList,
  isStatic: boolean,
): InitializedType {
  const filling = newFilling(isStatic);
  const resolved = resolve(type.type);
  if (resolved.kind === 'error') {
    visitForUses(ctx, node);
    return { type, initializer: { span: node.span, entries: [], isAggregate: true } };
  }
  const completed = fillList(ctx, resolveQual(type), 0, node, filling, true);
  const isAggregate = resolved.kind === 'array' || resolved.kind === 'record' || resolved.kind === 'vector';
  const isSized = asArray(type.type)?.count !== undefined;
  return {
    type: isSized || resolved.kind !== 'array' ? type : completed,
    initializer: { span: node.span, entries: filling.list.entries, isAggregate },
  };
}

const toInitialize = { kind: 'initialize' } as const;

const newFilling = (isStatic: boolean): Filling => ({
  list: new EntryList(),
  isStatic,
  depth: 0,
  isInArray: false,
  outerCount: 0,
  hasReportedExcess: false,
});

/** Names in a list whose object is not understood still have hovers. */
function visitForUses(ctx: SemaContext, node: InitializerList): void {
  if (!ctx.enterLevel(node.span)) return;
  for (const { value } of node.items) {
    if (value.kind === 'list') visitForUses(ctx, value);
    else expression(ctx, value.value);
  }
  ctx.leaveLevel();
}

// ---------------------------------------------------------------- strings

type StringNode = Extract<Expression, { kind: 'string' }>;

function unwrapped(node: Expression): Expression {
  let inner = node;
  while (inner.kind === 'paren' || (inner.kind === 'unary' && inner.operator === '__extension__')) {
    inner = inner.kind === 'paren' ? inner.inner : inner.operand;
  }
  return inner;
}

/** The string literal that initialises an array of characters, if that is what stands there. */
function stringInitializer(ctx: SemaContext, type: QualType, node: Expression): StringNode | undefined {
  const array = asArray(type.type);
  if (array === undefined) return undefined;
  const inner = unwrapped(node);
  if (inner.kind !== 'string') return undefined;
  const element = integerOf(array.element.type);
  if (element === undefined || element.name === '_Bool') return undefined;
  const prefix =
    inner.parts
      .map((part) => /^(?:u8|[uUL])?/.exec(part.text)?.[0] ?? '')
      .find((p) => p !== '' && p !== 'u8') ?? '';
  const size = prefix === '' ? 1 : prefix === 'u' ? 2 : 4;
  if (size === 1 ? isCharacter(element) : element.size === size) return inner;
  return undefined;
}

/** Puts a string into an array; gives the array's type, completed when it had no size. */
function placeString(
  ctx: SemaContext,
  type: QualType,
  offset: number,
  node: StringNode,
  filling: Filling,
): QualType {
  const literal = stringLiteral(ctx, node, 'array-initializer');
  const { bytes, elementSize } = literal.literal;
  const array = asArray(resolveQual(type).type);
  if (array === undefined) return type;
  const given = bytes.length / elementSize;
  const count = typeof array.count === 'number' ? array.count : given;
  if (given - 1 > count) ctx.warning('string-too-long', node.span);
  const placed = bytes.subarray(0, Math.min(bytes.length, count * elementSize));
  const completed = typeof array.count === 'number' ? type : ctx.types.arrayOf(array.element, given);
  filling.list.entries.push({
    offset,
    type: completed,
    bitOffset: undefined,
    bitWidth: undefined,
    value: literal,
    constant: { kind: 'bytes', bytes: placed },
  });
  return completed;
}

// ---------------------------------------------------------------- lists

/** Fills an object from a braced list; gives its type, completed for an array without size. */
function fillList(
  ctx: SemaContext,
  type: QualType,
  offset: number,
  list: InitializerList,
  filling: Filling,
  isOuter: boolean,
): QualType {
  if (!ctx.enterLevel(list.span)) return type;
  filling.depth += 1;
  const result = fillListInner(ctx, type, offset, list, filling, isOuter);
  filling.depth -= 1;
  ctx.leaveLevel();
  return result;
}

function fillListInner(
  ctx: SemaContext,
  type: QualType,
  offset: number,
  list: InitializerList,
  filling: Filling,
  isOuter: boolean,
): QualType {
  const frame = openFrame(type, offset);
  if (frame === undefined) {
    fillScalarFromList(ctx, { type, offset, member: undefined }, list, filling);
    return type;
  }
  const [only] = list.items;
  if (list.items.length === 1 && only?.designators.length === 0 && only.value.kind === 'value') {
    const string = stringInitializer(ctx, type, only.value.value);
    if (string !== undefined) return placeString(ctx, type, offset, string, filling);
  }
  let count = 0;
  const stack: Frame[] = [frame];
  for (const item of list.items) {
    if (!fillItem(ctx, stack, item, filling)) {
      reportExcess(ctx, item, filling, frame);
      if (item.value.kind === 'list') visitForUses(ctx, item.value);
      else expression(ctx, item.value.value);
    }
    // A nested frame that is open has begun an element of the outermost array.
    const started = stack.length > 1 ? frame.position + 1 : frame.position;
    if (started > count) count = started;
  }
  const { array } = frame;
  if (array === undefined || array.count !== undefined) return type;
  if (isOuter) filling.outerCount = count;
  return { type: ctx.types.arrayOf(array.element, count).type, quals: type.quals };
}

function reportExcess(ctx: SemaContext, item: InitializerItem, filling: Filling, frame: Frame): void {
  if (filling.hasReportedExcess) return;
  filling.hasReportedExcess = true;
  const code =
    frame.array !== undefined
      ? 'excess-in-array'
      : frame.record?.tagKind === 'union'
        ? 'excess-in-union'
        : 'excess-in-struct';
  ctx.warning(code, item.value.span);
}

/** Puts one item where it belongs; false when there is no place left. */
function fillItem(ctx: SemaContext, stack: Frame[], item: InitializerItem, filling: Filling): boolean {
  if (item.designators.length > 0) {
    stack.length = 1;
    if (!applyDesignators(ctx, stack, item)) {
      if (item.value.kind === 'list') visitForUses(ctx, item.value);
      else expression(ctx, item.value.value);
      return true;
    }
  } else {
    for (;;) {
      const top = stack[stack.length - 1];
      if (top === undefined) return false;
      if (!isFull(top)) break;
      if (stack.length === 1) return false;
      stack.pop();
      const below = stack[stack.length - 1];
      if (below !== undefined) advance(below);
    }
  }
  placeValue(ctx, stack, item.value, filling);
  return true;
}

/** Moves to the place that designators name; false when there is none. */
function applyDesignators(ctx: SemaContext, stack: Frame[], item: InitializerItem): boolean {
  for (let i = 0; i < item.designators.length; i++) {
    const designator = item.designators[i];
    let top = stack[stack.length - 1];
    if (designator === undefined || top === undefined) return false;
    if (i > 0) {
      const slot = currentSlot(top);
      const inner = slot === undefined ? undefined : openFrame(slot.type, slot.offset);
      if (inner === undefined) {
        ctx.error(
          designator.kind === 'member' ? 'field-designator-in-non-record' : 'index-designator-in-non-array',
          designator.span,
        );
        return false;
      }
      stack.push(inner);
      top = inner;
    }
    if (designator.kind === 'member') {
      if (top.record === undefined) {
        ctx.error('field-designator-in-non-record', designator.span);
        return false;
      }
      if (!designateMember(ctx, stack, top.record, designator.member.name, designator.member.span))
        return false;
      continue;
    }
    if (top.array === undefined) {
      ctx.error('index-designator-in-non-array', designator.span);
      return false;
    }
    const [firstNode, lastNode] =
      designator.kind === 'index' ? [designator.index, undefined] : [designator.first, designator.last];
    const first = requiredInteger(ctx, firstNode, 'designator-not-constant');
    const last = lastNode === undefined ? first : requiredInteger(ctx, lastNode, 'designator-not-constant');
    if (first === undefined || last === undefined) return false;
    const limit = typeof top.array.count === 'number' ? BigInt(top.array.count) : 1n << 48n;
    if (first < 0n || first > last || last >= limit) {
      ctx.error(first > last ? 'empty-index-range' : 'designator-out-of-bounds', designator.span);
      return false;
    }
    top.position = Number(first);
    top.rangeEnd = last > first ? Number(last) : undefined;
  }
  return true;
}

/** Steps to a member by name, through anonymous members. */
function designateMember(
  ctx: SemaContext,
  stack: Frame[],
  record: RecordType,
  name: string,
  span: Span,
): boolean {
  const found = findMember(record, name);
  if (found === undefined) {
    ctx.error('no-such-member', span, { type: ctx.spell({ type: record, quals: 0 }), name });
    return false;
  }
  ctx.use(span, { kind: 'member', record: found.record, member: found.member });
  for (;;) {
    const top = stack[stack.length - 1];
    if (top?.record?.members === undefined) return false;
    const direct = top.record.members.indexOf(found.member);
    if (direct >= 0) {
      top.position = direct;
      return true;
    }
    const position = top.record.members.findIndex((member) => {
      if (member.name !== undefined || member.bitWidth !== undefined) return false;
      const inner = asRecord(member.type.type);
      return inner !== undefined && findMember(inner, name)?.member === found.member;
    });
    if (position < 0) return false;
    top.position = position;
    const slot = currentSlot(top);
    const inner = slot === undefined ? undefined : openFrame(slot.type, slot.offset);
    if (inner === undefined) return false;
    stack.push(inner);
  }
}

/** Puts a value at the place on top of the stack, opening aggregates that have no braces of their own. */
function placeValue(ctx: SemaContext, stack: Frame[], value: Initializer, filling: Filling): void {
  const top = stack[stack.length - 1];
  const slot = top === undefined ? undefined : currentSlot(top);
  if (top === undefined || slot === undefined) return;
  if (value.kind === 'list') {
    if (value.items.length > 0) checkFlexible(ctx, stack, slot, filling, value.span);
    const before = beginSlot(stack, slot, filling);
    const { isInArray } = filling;
    filling.isInArray ||= stack.some(({ array }) => array !== undefined);
    fillList(ctx, slot.type, slot.offset, value, filling, false);
    filling.isInArray = isInArray;
    finishSlot(ctx, top, before, filling, value.span);
    return;
  }
  if (unwrapped(value.value).kind === 'string' && placeStringInside(ctx, stack, value.value, filling)) return;
  if (filling.isStatic) ctx.staticInitializer += 1;
  const typed = expression(ctx, value.value);
  if (filling.isStatic) ctx.staticInitializer -= 1;
  placeTyped(ctx, stack, typed, filling);
}

/** A string fills the first array of characters that the place begins with; false when there is none. */
function placeStringInside(ctx: SemaContext, stack: Frame[], node: Expression, filling: Filling): boolean {
  const depth = stack.length;
  for (;;) {
    const top = stack[stack.length - 1];
    const slot = top === undefined ? undefined : currentSlot(top);
    if (top === undefined || slot === undefined) break;
    const string = stringInitializer(ctx, slot.type, node);
    if (string !== undefined) {
      // A string is let in where no array is around (gcc/c/c-typeck.cc: process_init_element).
      if (filling.isInArray || stack.some(({ array }) => array !== undefined))
        checkFlexible(ctx, stack, slot, filling, node.span);
      const before = beginSlot(stack, slot, filling);
      placeString(ctx, slot.type, slot.offset, string, filling);
      finishSlot(ctx, top, before, filling, node.span);
      return true;
    }
    const inner = openFrame(slot.type, slot.offset);
    if (inner === undefined || stack.length >= 64) break;
    stack.push(inner);
  }
  stack.length = depth;
  return false;
}

function placeTyped(ctx: SemaContext, stack: Frame[], typed: TypedExpression, filling: Filling): void {
  for (;;) {
    const top = stack[stack.length - 1];
    const slot = top === undefined ? undefined : currentSlot(top);
    if (top === undefined || slot === undefined) {
      if (!filling.hasReportedExcess) ctx.warning('excess-in-struct', typed.span);
      filling.hasReportedExcess = true;
      return;
    }
    const slotType = resolve(slot.type.type);
    const isAggregate = slotType.kind === 'array' || slotType.kind === 'record' || slotType.kind === 'vector';
    if (isAggregate && slotType.kind !== 'array' && areCompatibleUnqualified(slotType, typed.type.type)) {
      const before = beginSlot(stack, slot, filling);
      if (filling.isStatic && typed.kind === 'compound-literal') {
        forgetLiteral(ctx, typed);
        for (const entry of typed.initializer.entries)
          filling.list.entries.push(movedEntry(ctx, entry, slot.offset, true));
      } else {
        filling.list.entries.push(entryFor(ctx, slot, toRvalue(ctx, typed), filling.isStatic));
      }
      finishSlot(ctx, top, before, filling, typed.span);
      return;
    }
    if (isAggregate) {
      const isArrayLiteral =
        typed.kind === 'compound-literal' && areCompatibleUnqualified(slotType, typed.type.type);
      if (isArrayLiteral) {
        const before = beginSlot(stack, slot, filling);
        forgetLiteral(ctx, typed);
        for (const entry of typed.initializer.entries) {
          filling.list.entries.push(movedEntry(ctx, entry, slot.offset, filling.isStatic));
        }
        finishSlot(ctx, top, before, filling, typed.span);
        return;
      }
      const inner = openFrame(slot.type, slot.offset);
      // An aggregate without any place (incomplete, empty) takes nothing.
      if (inner !== undefined && currentSlot(inner) !== undefined && stack.length < 64) {
        stack.push(inner);
        continue;
      }
    }
    const value = convertForAssignment(ctx, toRvalue(ctx, typed), unqualified(slot.type), toInitialize);
    checkFlexible(ctx, stack, slot, filling, typed.span);
    const before = beginSlot(stack, slot, filling);
    filling.list.entries.push(entryFor(ctx, slot, value, filling.isStatic));
    finishSlot(ctx, top, before, filling, typed.span);
    return;
  }
}

function checkFlexible(
  ctx: SemaContext,
  stack: readonly Frame[],
  slot: Slot,
  { depth }: Filling,
  span: Span,
): void {
  if (isNestedFlexible(stack, slot, depth)) ctx.error('flexible-nested', span);
}

/** Before a place is filled: what it had is dropped. Gives the number of entries so far. */
function beginSlot(stack: readonly Frame[], slot: Slot, { list }: Filling): number {
  for (const { record, offset, position } of stack)
    if (record?.tagKind === 'union') list.chooseMember(record, offset, position);
  const { start, end } = bitsOf(slot.type, slot.offset, slot.member);
  const top = stack[stack.length - 1];
  const repeats = top?.rangeEnd === undefined ? 0 : top.rangeEnd - top.position;
  list.begin({ start, end: end + repeats * (end - start) });
  return list.entries.length;
}

/** After a place is filled: a range repeats what was put there, then the frame moves on. */
function finishSlot(ctx: SemaContext, frame: Frame, before: number, filling: Filling, span: Span): void {
  if (frame.rangeEnd !== undefined && frame.array !== undefined) {
    const made = filling.list.entries.slice(before);
    const step = sizeOf(frame.array.element.type) ?? 0;
    const repeats = frame.rangeEnd - frame.position;
    if (filling.list.entries.length + repeats * made.length > MAX_ENTRIES) {
      ctx.unsupported('initializer-too-large', span);
    } else {
      for (let i = 1; i <= repeats; i++) {
        for (const entry of made) filling.list.entries.push(movedEntry(ctx, entry, i * step, false));
      }
    }
  }
  advance(frame);
}

function movedEntry(ctx: SemaContext, entry: InitializerEntry, by: number, isStatic: boolean): MutableEntry {
  const constant = entry.constant ?? (isStatic ? constantOf(ctx, entry.value) : undefined);
  return {
    ...entry,
    constant,
    offset: entry.offset + by,
    bitOffset: entry.bitOffset === undefined ? undefined : entry.bitOffset + by * 8,
  };
}

/** `int x = {5}`, `{{5}}`: the first value counts. */
function fillScalarFromList(ctx: SemaContext, slot: Slot, list: InitializerList, filling: Filling): void {
  const [first, ...rest] = list.items;
  const designator = first?.designators[0];
  if (designator !== undefined) {
    ctx.error(
      designator.kind === 'member' ? 'field-designator-in-non-record' : 'index-designator-in-non-array',
      designator.span,
    );
  }
  if (rest[0] !== undefined) ctx.warning('excess-in-scalar', rest[0].value.span);
  for (const item of rest) {
    if (item.value.kind === 'value') expression(ctx, item.value.value);
  }
  if (first === undefined) {
    ctx.error('empty-scalar', list.span);
    const zero = ctx.integerNode(list.span, ctx.types.int, 0n);
    const value = convertForAssignment(ctx, zero, unqualified(slot.type), { kind: 'initialize' });
    filling.list.entries.push(entryFor(ctx, slot, value, filling.isStatic));
    return;
  }
  if (first.value.kind === 'list') {
    if (!ctx.enterLevel(first.value.span)) return;
    fillScalarFromList(ctx, slot, first.value, filling);
    ctx.leaveLevel();
    return;
  }
  const typed = expression(ctx, first.value.value);
  const value = convertForAssignment(ctx, toRvalue(ctx, typed), unqualified(slot.type), {
    kind: 'initialize',
  });
  filling.list.entries.push(entryFor(ctx, slot, value, filling.isStatic));
}

// ---------------------------------------------------------------- entries

function entryFor(ctx: SemaContext, slot: Slot, value: TypedExpression, isStatic: boolean): MutableEntry {
  const { member } = slot;
  const bitOffset =
    member?.bitOffset === undefined ? undefined : bitsOf(slot.type, slot.offset, member).start;
  let constant: ConstantValue | undefined;
  if (isStatic && !isError(value.type.type)) {
    constant = constantOf(ctx, value);
    if (constant === undefined) {
      const missing = unsupportedPart(value);
      if (missing === undefined) ctx.error('initializer-not-constant', value.span);
      else if (ctx.fn === undefined) ctx.unsupported('initializer-not-modelled', value.span);
      else ctx.fn.stops.push(missing);
    }
  }
  return {
    offset: slot.offset,
    type: unqualified(slot.type),
    bitOffset,
    bitWidth: member?.bitWidth,
    value,
    constant,
  };
}

function constantOf(ctx: SemaContext, value: TypedExpression): ConstantValue | undefined {
  return evaluate(value, { foldObjects: true, wordBytes: ctx.model.wordBytes });
}

/** Bytes of the object that an initialiser fills: more than the type's for a flexible array member (GNU). */
export function initializedSize(
  type: QualType,
  initializer: ObjectInitializer | undefined,
): number | undefined {
  const size = sizeOf(type.type);
  if (size === undefined || initializer === undefined) return size;
  const record = asRecord(type.type);
  if (!record?.hasFlexibleMember) return size;
  let end = size;
  for (const entry of initializer.entries) end = Math.max(end, entry.offset + (sizeOf(entry.type.type) ?? 0));
  return end;
}

/** Whether an object of this type can have an initialiser at all. */
export function canBeInitialized(type: QualType): boolean {
  const array = asArray(type.type);
  if (array !== undefined) return array.count !== 'variable' && isComplete(array.element.type);
  return isComplete(type.type);
}

/** Whether an initialiser gives values to a flexible array member. */
export function fillsFlexibleMember({ type }: QualType, initializer: ObjectInitializer | undefined): boolean {
  const record = asRecord(type);
  const last = record?.hasFlexibleMember === true ? record.members?.at(-1) : undefined;
  return last !== undefined && initializer?.entries.some((entry) => entry.offset >= last.offset) === true;
}
