/**
 * What the debug information says of a static object that no code refers to.
 *
 * An object of a function has no place yet when gcc describes the function, unless the code refers to it or the object was
 * given a section. It is described by its first value then, where that is a number or an address known in the file; else
 * by the place that it gets later.
 *
 * Source: gcc/dwarf2out.cc (rtl_for_decl_location, rtl_for_decl_init, add_const_value_attribute); measured with gcc 12.2.
 */
import { liveReferences } from '../sema/live-code.ts';
import { resolve, sizeOf } from '../sema/type-relations.ts';
import type { FunctionSymbol, ObjectSymbol, TypedFunction } from '../sema/typed-tree.ts';
import type { CType } from '../sema/type.ts';
import { imageOf } from './constant-bytes.ts';
import type { ObjectImage } from './constant-bytes.ts';

/** The first value of an object in place of its address. */
export type DebugValue =
  /** A number; `value` only where it is an integer, as signed as its sign bit says. */
  | { readonly kind: 'constant'; readonly value: bigint | undefined }
  /** An address: bytes from a symbol. */
  | { readonly kind: 'address'; readonly base: ObjectSymbol | FunctionSymbol; readonly addend: number };

/**
 * Describes an object by its first value; undefined where debug information gives its place.
 *
 * @param isWritten - whether the file has the symbol: of others no address is known
 */
export function debugValueOf(
  object: ObjectSymbol,
  codeObjects: ReadonlySet<ObjectSymbol>,
  isWritten: (symbol: ObjectSymbol | FunctionSymbol) => boolean,
): DebugValue | undefined {
  const { owner, initializer, storage, attributes } = object;
  if (owner === undefined || initializer === undefined || storage !== 'static') return undefined;
  if (attributes.section !== undefined || codeObjects.has(object)) return undefined;
  const size = sizeOf(object.type.type) ?? 0;
  return valueOf(object.type.type, imageOf(object, size), isWritten);
}

/** The objects that the code of functions refers to. */
export function objectsInCode(
  functions: readonly TypedFunction[],
  wordBytes: 4 | 8,
): ReadonlySet<ObjectSymbol> {
  const found = new Set<ObjectSymbol>();
  for (const fn of functions) {
    for (const reference of liveReferences(fn, wordBytes))
      if (reference.kind === 'object') found.add(reference.symbol);
  }
  return found;
}

function valueOf(
  type: CType,
  { bytes, relocations }: ObjectImage,
  isWritten: (symbol: ObjectSymbol | FunctionSymbol) => boolean,
): DebugValue | undefined {
  switch (resolve(type).kind) {
    case 'float':
      return { kind: 'constant', value: undefined };
    case 'integer':
    case 'enum':
    case 'pointer':
      break;
    default:
      return undefined;
  }
  const [relocation] = relocations;
  if (relocation === undefined) return { kind: 'constant', value: signedValue(bytes) };
  const { base, addend, minus } = relocation;
  if (minus !== undefined || !('kind' in base)) return undefined;
  if (base.kind !== 'object' && base.kind !== 'function') return undefined;
  return isWritten(base) ? { kind: 'address', base, addend } : undefined;
}

function signedValue(bytes: Uint8Array): bigint {
  const value = bytes.reduceRight((high, byte) => (high << 8n) | BigInt(byte), 0n);
  return BigInt.asIntN(8 * bytes.length, value);
}
