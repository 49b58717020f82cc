/**
 * What gcc -O2 finds out about static objects that no other file sees, from all uses in the file: those that are only written
 * vanish with the stores; those that are never written are constants, and vanish when every value read is known.
 *
 * Source: gcc/ipa-visibility.cc and gcc/ipa.cc (ipa_discover_variable_flags, process_references), gcc/gimple-fold.cc
 * (fold_const_aggregate_ref): behaviour.
 * Simplified: what happens to pointers to objects is not followed; unrolled loops are not seen.
 */
import { evaluate } from './constant.ts';
import { visitExpressions } from './expression-parts.ts';
import { initializerFacts } from './section-choice.ts';
import { isScalar, qualsOf, resolve, sizeOf } from './type-relations.ts';
import { VOLATILE } from './type.ts';
import type { QualType } from './type.ts';
import type { ConstantValue, ObjectSymbol, TypedExpression, TypedFunction } from './typed-tree.ts';

/** What optimisation makes of the objects of a file. */
export interface OptimizedStatics {
  /** Those that vanish, with the constants that code reads instead of them. */
  readonly gone: ReadonlyMap<ObjectSymbol, readonly ConstantValue[]>;
  /** Those that stay and are never written. */
  readonly constants: ReadonlySet<ObjectSymbol>;
}

interface Uses {
  isAddressTaken: boolean;
  isWritten: boolean;
  /** At a place, or of a kind, that is not known at compile time. */
  isReadAnywhere: boolean;
  /** Bytes from the start of the object. */
  readonly readAt: Set<number>;
}

type ObjectNode = TypedExpression & { kind: 'object' };

/** An object, and a place in it; undefined where it is computed. */
interface Place {
  readonly node: ObjectNode;
  readonly offset: number | undefined;
}

/**
 * Finds what vanishes and what is constant.
 *
 * @param functions - those that have code, or whose code is in others
 * @param objects - those that would exist without this
 */
export function optimizedStatics(
  functions: Iterable<TypedFunction>,
  objects: ReadonlySet<ObjectSymbol>,
): OptimizedStatics {
  const uses = new Map<ObjectSymbol, Uses>();
  for (const fn of functions) collect(fn, uses);
  const candidates = new Map<ObjectSymbol, Uses>();
  for (const object of objects) {
    const of = uses.get(object);
    if (of !== undefined && !of.isAddressTaken && isCandidate(object)) candidates.set(object, of);
  }
  const isGone = (object: ObjectSymbol): boolean => {
    const of = candidates.get(object);
    if (of === undefined) return false;
    const isRead = of.isReadAnywhere || of.readAt.size > 0;
    return !isRead || (!of.isWritten && (!of.isReadAnywhere || isZero(object)));
  };
  dropNamedByData(objects, candidates, isGone);
  const gone = new Map<ObjectSymbol, readonly ConstantValue[]>();
  const constants = new Set<ObjectSymbol>();
  for (const [object, of] of candidates) {
    if (isGone(object)) gone.set(object, constantsAt(object, of.readAt));
    else if (!of.isWritten) constants.add(object);
  }
  return { gone, constants };
}

function isCandidate(object: ObjectSymbol): boolean {
  const { linkage, attributes, type } = object;
  // What is in a section of its own is there for somebody.
  if (linkage === 'external' || attributes.isUsed === true || attributes.section !== undefined) return false;
  return !isVolatile(type) && !addressesIn(object).includes(object);
}

/** Wherever it is read, the value is zero. */
const isZero = (object: ObjectSymbol): boolean => initializerFacts(object).isZero;

/** The objects whose addresses are in the initial value of one. */
function addressesIn({ initializer }: ObjectSymbol): readonly ObjectSymbol[] {
  return (initializer?.entries ?? []).flatMap(({ constant }) =>
    constant?.kind === 'address' && !('bytes' in constant.base) && constant.base.kind === 'object'
      ? [constant.base]
      : [],
  );
}

function isVolatile(type: QualType): boolean {
  if ((qualsOf(type) & VOLATILE) !== 0) return true;
  const resolved = resolve(type.type);
  return resolved.kind === 'record' && (resolved.members ?? []).some((member) => isVolatile(member.type));
}

/** Objects whose addresses are in data that stays are no candidates, and so on. */
function dropNamedByData(
  objects: ReadonlySet<ObjectSymbol>,
  candidates: Map<ObjectSymbol, Uses>,
  isGone: (object: ObjectSymbol) => boolean,
): void {
  const work = [...objects].filter((object) => !isGone(object));
  for (let object = work.pop(); object !== undefined; object = work.pop()) {
    for (const named of addressesIn(object)) if (candidates.delete(named)) work.push(named);
  }
}

function constantsAt(object: ObjectSymbol, offsets: ReadonlySet<number>): readonly ConstantValue[] {
  return (object.initializer?.entries ?? []).flatMap(({ offset, constant }) =>
    constant !== undefined && offsets.has(offset) ? [constant] : [],
  );
}

function collect(fn: TypedFunction, uses: Map<ObjectSymbol, Uses>): void {
  // Objects that an operation around them reads or writes; any other mention takes the address.
  const accessed = new Set<ObjectNode>();
  const of = ({ object }: ObjectNode): Uses => {
    let found = uses.get(object);
    if (found === undefined) {
      found = { isAddressTaken: false, isWritten: false, isReadAnywhere: false, readAt: new Set() };
      uses.set(object, found);
    }
    return found;
  };
  const access = (lvalue: TypedExpression, isRead: boolean, isWritten: boolean): void => {
    const place = placeOf(lvalue);
    if (place === undefined || place.node.object.storage === 'automatic') return;
    accessed.add(place.node);
    const found = of(place.node);
    if (isWritten) found.isWritten = true;
    if (!isRead) return;
    if (place.offset === undefined || !isScalar(lvalue.type.type)) found.isReadAnywhere = true;
    else found.readAt.add(place.offset);
  };
  visitExpressions(fn.body, {
    expression: (node) => {
      switch (node.kind) {
        case 'convert':
          if (node.conversion === 'load') access(node.operand, true, false);
          break;
        case 'assign':
          access(node.target, false, true);
          break;
        case 'compound-assign':
        case 'increment':
          access(node.target, true, true);
          break;
        case 'object':
          if (!accessed.has(node)) of(node).isAddressTaken = true;
          break;
        default:
          break;
      }
    },
  });
}

/** The object that an lvalue is, or is in, without a pointer between. */
function placeOf(lvalue: TypedExpression): Place | undefined {
  switch (lvalue.kind) {
    case 'object':
      return { node: lvalue, offset: 0 };
    case 'member': {
      const base = placeOf(lvalue.base);
      if (base?.offset === undefined) return base;
      const { offset, bitWidth } = lvalue.member;
      return { node: base.node, offset: bitWidth === undefined ? base.offset + offset : undefined };
    }
    case 'deref':
      return elementOf(lvalue.operand);
    default:
      return undefined;
  }
}

function elementOf(pointer: TypedExpression): Place | undefined {
  if (pointer.kind === 'convert' && pointer.conversion === 'decay') return placeOf(pointer.operand);
  if (pointer.kind !== 'pointer-add') return undefined;
  const base = elementOf(pointer.pointer);
  if (base?.offset === undefined) return base;
  const index = evaluate(pointer.index, { foldObjects: false, wordBytes: 8 });
  const target = resolve(pointer.type.type);
  const size = target.kind === 'pointer' ? sizeOf(target.target.type) : undefined;
  if (index?.kind !== 'integer' || size === undefined) return { node: base.node, offset: undefined };
  const step = Number(index.value) * size;
  return { node: base.node, offset: base.offset + (pointer.subtract ? -step : step) };
}
