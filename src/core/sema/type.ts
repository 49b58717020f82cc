/**
 * CONTRACT. Types of C (C17 6.2.5) and their sizes.
 *
 * Types are immutable objects but for records and enums, which are completed once. Records and enums are compared by
 * identity, all others by structure (`type-relations.ts`).
 */
import type { Span } from '../source/text-span.ts';
import type { TypedExpression } from './typed-tree.ts';

export type IntegerName =
  | '_Bool'
  | 'char'
  | 'signed char'
  | 'unsigned char'
  | 'short'
  | 'unsigned short'
  | 'int'
  | 'unsigned int'
  | 'long'
  | 'unsigned long'
  | 'long long'
  | 'unsigned long long'
  | '__int128'
  | 'unsigned __int128';
export type FloatName = 'float' | 'double' | 'long double' | '__float128';

/** Bits of a qualifier set. */
export const CONST = 1;
export const VOLATILE = 2;
export const RESTRICT = 4;
export const ATOMIC = 8;

/** A type with its qualifiers, a set of the bits above. */
export interface QualType {
  readonly type: CType;
  readonly quals: number;
}

export interface VoidType {
  readonly kind: 'void';
}

export interface IntegerType {
  readonly kind: 'integer';
  readonly name: IntegerName;
  readonly isSigned: boolean;
  /** Bytes. */
  readonly size: number;
  readonly align: number;
}

export interface FloatType {
  readonly kind: 'float';
  readonly name: FloatName;
  readonly size: number;
  readonly align: number;
}

export interface ComplexType {
  readonly kind: 'complex';
  readonly element: FloatType | IntegerType;
  readonly size: number;
  readonly align: number;
}

export interface PointerType {
  readonly kind: 'pointer';
  readonly target: QualType;
  readonly size: number;
  readonly align: number;
}

export interface ArrayType {
  readonly kind: 'array';
  readonly element: QualType;
  /** Number of elements; undefined for `[]` (incomplete, or flexible member); 'variable' for a VLA. */
  readonly count: number | undefined | 'variable';
  /** The size expression of a VLA, converted to size_t. */
  readonly sizeExpression?: TypedExpression | undefined;
  /** Bytes; undefined when incomplete or variable. */
  readonly size: number | undefined;
  readonly align: number;
}

export interface FunctionType {
  readonly kind: 'function';
  readonly result: QualType;
  /** Parameter types after adjustment; empty without a prototype. */
  readonly parameters: readonly QualType[];
  readonly isVariadic: boolean;
  /** False for `()` and K&R definitions: arguments get the default promotions. */
  readonly hasPrototype: boolean;
  readonly isNoreturn?: boolean;
}

/** A member of a struct or union with its place. */
export interface RecordMember {
  /** Undefined for an anonymous struct/union member and an unnamed bit-field. */
  readonly name: string | undefined;
  readonly type: QualType;
  /** Bytes from the start of the record; for a bit-field the start of the storage unit that it is accessed by. */
  readonly offset: number;
  /** Bit-fields only: bits from the start of the *record*, and width in bits. */
  readonly bitOffset: number | undefined;
  readonly bitWidth: number | undefined;
  /** Bytes that `aligned` or `_Alignas` on the member asks for. */
  readonly declaredAlign?: number | undefined;
  readonly span: Span;
}

/** A struct or union; `members`, `size`, `align` are set once when it is completed. */
export interface RecordType {
  readonly kind: 'record';
  readonly tagKind: 'struct' | 'union';
  readonly tag: string | undefined;
  /** Place of the tag or of the keyword. */
  readonly span: Span;
  /** Undefined while incomplete. */
  members: readonly RecordMember[] | undefined;
  size: number | undefined;
  align: number;
  isPacked: boolean;
  /** Bytes that `aligned` on the record itself asks for. */
  declaredAlign?: number | undefined;
  /** Ends in a flexible array member. */
  hasFlexibleMember: boolean;
  /** `__attribute__((transparent_union))`: an argument may have the type of any member. */
  isTransparentUnion?: boolean;
}

export interface EnumType {
  readonly kind: 'enum';
  readonly tag: string | undefined;
  readonly span: Span;
  /** The compatible integer type; undefined while incomplete. */
  underlying: IntegerType | undefined;
  enumerators: readonly { readonly name: string; readonly value: bigint; readonly span: Span }[];
}

/** GNU vector_size. */
export interface VectorType {
  readonly kind: 'vector';
  readonly element: IntegerType | FloatType;
  readonly count: number;
  readonly size: number;
  readonly align: number;
  /** What comparisons give: it goes to any vector of its size (gcc: TYPE_VECTOR_OPAQUE). */
  readonly isOpaque?: boolean;
}

/** The type of what could not be understood; every operation on it is silent. */
export interface ErrorType {
  readonly kind: 'error';
}

/**
 * A typedef name in front of a type: kept for display only. `resolve()` of type-relations removes it.
 */
export interface TypedefType {
  readonly kind: 'typedef';
  readonly name: string;
  readonly aliased: QualType;
  /** `__attribute__((aligned))` on the typedef, bytes. */
  readonly declaredAlign?: number | undefined;
}

export type CType =
  | VoidType
  | IntegerType
  | FloatType
  | ComplexType
  | PointerType
  | ArrayType
  | FunctionType
  | RecordType
  | EnumType
  | VectorType
  | TypedefType
  | ErrorType;
