/**
 * How values of C types are handled in generated code, and how they lie in memory.
 *
 * Integers up to 4 bytes are i32 values, kept sign- or zero-extended to 32 bits; 8-byte integers and x86-64 pointers are
 * i64; float is f32, double f64, long double v128: its significand in the low half, exponent and sign in the high one. Records are
 * handled by the address of the bytes.
 *
 * __int128, _Complex numbers and vectors are several values, one after the other on the wasm stack.
 */
import { resolve } from '../sema/type-relations.ts';
import type { ComplexType, CType } from '../sema/type.ts';
import type { WasmType } from './compiled-program.ts';
import { op } from './wasm-module.ts';
import type { Opcode } from './wasm-module.ts';

/** How one scalar is loaded and stored. */
export interface Access {
  /** Name, for the helper functions that handle misses. */
  readonly name: string;
  readonly type: WasmType;
  /** Bytes that an access touches. */
  readonly size: number;
  /** Undefined for the x87 format, which helpers load and store. */
  readonly load: Opcode | undefined;
  readonly store: Opcode | undefined;
}

/** The accesses to memory, by name. */
export const accesses = {
  i8: { name: 'i8', type: 'i32', size: 1, load: op.i32_load8_s, store: op.i32_store8 },
  u8: { name: 'u8', type: 'i32', size: 1, load: op.i32_load8_u, store: op.i32_store8 },
  i16: { name: 'i16', type: 'i32', size: 2, load: op.i32_load16_s, store: op.i32_store16 },
  u16: { name: 'u16', type: 'i32', size: 2, load: op.i32_load16_u, store: op.i32_store16 },
  i32: { name: 'i32', type: 'i32', size: 4, load: op.i32_load, store: op.i32_store },
  i64: { name: 'i64', type: 'i64', size: 8, load: op.i64_load, store: op.i64_store },
  f32: { name: 'f32', type: 'f32', size: 4, load: op.f32_load, store: op.f32_store },
  f64: { name: 'f64', type: 'f64', size: 8, load: op.f64_load, store: op.f64_store },
  f80: { name: 'f80', type: 'v128', size: 10, load: undefined, store: undefined },
} as const satisfies Record<string, Access>;

/** One of the values that a wide value consists of. */
export interface Word {
  readonly access: Access;
  /** Bytes from the start of the object. */
  readonly offset: number;
}

/** Vectors up to this size are modelled, in bytes. */
const MAX_VECTOR_BYTES = 256;

/** How a value of a type is handled. */
export type ValueKind =
  | { readonly kind: 'scalar'; readonly access: Access; readonly isSigned: boolean }
  /** __int128, _Complex, vectors: all words are on the stack, the first one lowest. */
  | { readonly kind: 'words'; readonly words: readonly Word[] }
  /** Handled by its address. */
  | { readonly kind: 'memory' }
  | { readonly kind: 'void' }
  /** Not modelled; `name` says what. */
  | { readonly kind: 'unsupported'; readonly name: string };

/** How values of a type are handled; functions and arrays, which are no values, count as memory. */
export function valueKindOf(type: CType): ValueKind {
  const resolved = resolve(type);
  switch (resolved.kind) {
    case 'integer':
      return integerKind(resolved.size, resolved.isSigned);
    case 'enum': {
      const underlying = resolved.underlying;
      return underlying === undefined
        ? integerKind(4, false)
        : integerKind(underlying.size, underlying.isSigned);
    }
    case 'pointer':
      return integerKind(resolved.size, false);
    case 'float':
      switch (resolved.name) {
        case 'float':
          return { kind: 'scalar', access: accesses.f32, isSigned: true };
        case 'double':
          return { kind: 'scalar', access: accesses.f64, isSigned: true };
        case 'long double':
          return { kind: 'scalar', access: accesses.f80, isSigned: true };
        case '__float128':
          return { kind: 'unsupported', name: '__float128' };
      }
      break;
    case 'complex':
      return complexKind(resolved);
    case 'vector':
      return vectorKind(resolved.size);
    case 'record':
    case 'array':
    case 'function':
      return { kind: 'memory' };
    case 'void':
      return { kind: 'void' };
    case 'typedef':
    case 'error':
      break;
  }
  return { kind: 'unsupported', name: 'error' };
}

function complexKind(type: ComplexType): ValueKind {
  const element = valueKindOf(type.element);
  if (element.kind !== 'scalar') return { kind: 'unsupported', name: '_Complex' };
  const { access } = element;
  return {
    kind: 'words',
    words: [
      { access, offset: 0 },
      { access, offset: type.element.size },
    ],
  };
}

/** A vector as the words that hold its bytes. */
function vectorKind(size: number): ValueKind {
  switch (size) {
    case 1:
      return { kind: 'words', words: [{ access: accesses.u8, offset: 0 }] };
    case 2:
      return { kind: 'words', words: [{ access: accesses.u16, offset: 0 }] };
    case 4:
      return { kind: 'words', words: [{ access: accesses.i32, offset: 0 }] };
    default:
      if (size > MAX_VECTOR_BYTES) return { kind: 'unsupported', name: 'vector_size' };
      return { kind: 'words', words: wordsOfBytes(size) };
  }
}

function wordsOfBytes(size: number): readonly Word[] {
  return Array.from({ length: size / 8 }, (_, index) => ({ access: accesses.i64, offset: 8 * index }));
}

function integerKind(size: number, isSigned: boolean): ValueKind {
  switch (size) {
    case 1:
      return { kind: 'scalar', access: isSigned ? accesses.i8 : accesses.u8, isSigned };
    case 2:
      return { kind: 'scalar', access: isSigned ? accesses.i16 : accesses.u16, isSigned };
    case 4:
      return { kind: 'scalar', access: accesses.i32, isSigned };
    case 8:
      return { kind: 'scalar', access: accesses.i64, isSigned };
    default:
      return { kind: 'words', words: wordsOfBytes(16) };
  }
}
