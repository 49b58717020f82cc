/**
 * The types of blocks from malloc, told by the pointers that lead to them: from objects and variables, and on through members
 * and elements of the blocks themselves.
 *
 * A pointer types a block when it points to its first byte, to an object that fits into it. Where several do, one to a struct,
 * union or array wins over one to a scalar, that over one to characters (which anything may be copied through); then the one
 * that is found first, breadth first. Members of unions are not followed: which of them was stored is not known.
 */
import { isCharacter, resolve, sizeOf } from '../core/sema/type-relations.ts';
import type { CType, QualType } from '../core/sema/type.ts';
import type { BlockHistory } from './live-blocks.ts';
import type { ValueContext } from './value-format.ts';

/** Words that are looked at for pointers. */
const mostWords = 50_000;
/** Characters of a name that are kept: its end. */
const mostName = 40;

/** Something whose type is known: where pointers are looked for. */
export interface TypedPlace {
  /** An expression for it; of a block one that points to it. */
  readonly name: string;
  readonly isBlock: boolean;
  readonly type: QualType;
  readonly addr: number;
  readonly bytes: number;
}

/** A pointer that was found. */
interface Found {
  readonly name: string;
  readonly target: QualType;
  readonly addr: number;
}

/** The blocks whose types are known, by the address that the program got; `name` points to the block. */
export function blockTypes(
  roots: Iterable<TypedPlace>,
  live: BlockHistory['live'],
  context: Pick<ValueContext, 'read' | 'uninitialisedBytes'>,
): ReadonlyMap<number, TypedPlace> {
  const blocks = new Map<number, TypedPlace>();
  const places = [...roots];
  let words = mostWords;
  // Grows while it is read: breadth first.
  for (let at = 0; at < places.length && words > 0; at++) {
    const place = places[at];
    if (place === undefined) break;
    for (const { name, target, addr } of pointersIn(place, context)) {
      if (--words < 0) break;
      const typed = typedBlock(name, target, live.get(addr));
      const known = blocks.get(addr);
      if (typed === undefined || (known !== undefined && rankOf(known.type.type) >= rankOf(typed.type.type)))
        continue;
      blocks.set(addr, typed);
      places.push(typed);
    }
  }
  return blocks;
}

/** The block that a pointer leads to, by the pointer's type; undefined where that says nothing of it. */
function typedBlock(
  name: string,
  target: QualType,
  block: { readonly mem: number; readonly requestedBytes: number } | undefined,
): TypedPlace | undefined {
  const size = sizeOf(target.type) ?? 0;
  const kind = resolve(target.type).kind;
  if (block === undefined || kind === 'void' || kind === 'function' || size === 0) return undefined;
  const { mem: addr, requestedBytes: bytes } = block;
  const resolved = resolve(target.type);
  const isFlexible = resolved.kind === 'record' && resolved.hasFlexibleMember;
  const count = isFlexible ? Math.min(1, Math.floor(bytes / size)) : Math.floor(bytes / size);
  if (count === 0) return undefined;
  if (count === 1 && !isCharacter(resolved)) return { name, isBlock: true, type: target, addr, bytes };
  const type: QualType = {
    type: { kind: 'array', element: target, count, size: count * size, align: 1 },
    quals: 0,
  };
  return { name, isBlock: true, type, addr, bytes };
}

/** How much a type says of a block. */
function rankOf(type: CType): number {
  let inner = resolve(type);
  while (inner.kind === 'array') inner = resolve(inner.element.type);
  if (inner.kind === 'record') return 3;
  return isCharacter(inner) ? 1 : 2;
}

/** The pointers that a place holds, in order, those that lead nowhere with address 0. */
function* pointersIn(
  { name, isBlock, type, addr, bytes }: TypedPlace,
  context: Pick<ValueContext, 'read' | 'uninitialisedBytes'>,
): Generator<Found> {
  const resolved = resolve(type.type);
  switch (resolved.kind) {
    case 'pointer': {
      const read = context.read(addr, resolved.size);
      const isStored = read !== undefined && context.uninitialisedBytes(addr, resolved.size) === 0;
      const value = isStored ? read.reduceRight((sum, byte) => sum * 256 + byte, 0) : 0;
      yield { name: ended(isBlock ? `*${name}` : name), target: resolved.target, addr: value };
      return;
    }
    case 'array': {
      const size = sizeOf(resolved.element.type) ?? 0;
      if (size === 0 || !holdsPointers(resolved.element.type)) return;
      for (let at = 0; (at + 1) * size <= bytes; at++)
        yield* pointersIn(
          {
            name: `${name}[${String(at)}]`,
            isBlock: false,
            type: resolved.element,
            addr: addr + at * size,
            bytes: size,
          },
          context,
        );
      return;
    }
    case 'record': {
      if (resolved.tagKind === 'union') return;
      for (const member of resolved.members ?? []) {
        if (member.bitWidth !== undefined || !holdsPointers(member.type.type)) continue;
        const inside = {
          name: member.name === undefined ? name : `${name}${isBlock ? '->' : '.'}${member.name}`,
          isBlock: isBlock && member.name === undefined,
          type: member.type,
          addr: addr + member.offset,
          bytes: sizeOf(member.type.type) ?? Math.max(0, bytes - member.offset),
        };
        yield* pointersIn(inside, context);
      }
      return;
    }
    default:
  }
}

function holdsPointers(type: CType): boolean {
  const resolved = resolve(type);
  if (resolved.kind === 'array') return holdsPointers(resolved.element.type);
  if (resolved.kind !== 'record') return resolved.kind === 'pointer';
  if (resolved.tagKind === 'union') return false;
  return (resolved.members ?? []).some((member) => holdsPointers(member.type.type));
}

const ended = (name: string): string => (name.length > mostName ? `…${name.slice(1 - mostName)}` : name);
