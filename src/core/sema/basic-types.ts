/**
 * The basic types of a target and the types derived from them.
 *
 * One table serves one analysis. Basic types are objects of which there is one each, so that identity decides for them;
 * pointers are cached by what they point to.
 *
 * Source: System V ABI (through `DataModel`); C17 6.2.5; gcc 12 for `__int128`, `__float128`, `size_t` and its kin.
 */
import { invariant } from '../../base/assert.ts';
import type { DataModel, ScalarLayout } from '../target/data-model.ts';
import type {
  ArrayType,
  ComplexType,
  CType,
  ErrorType,
  FloatName,
  FloatType,
  FunctionType,
  IntegerName,
  IntegerType,
  PointerType,
  QualType,
  RecordType,
  TypedefType,
  VectorType,
  VoidType,
} from './type.ts';
import { alignOf, sizeOf } from './type-relations.ts';

/** The types of one target. */
export class TypeTable {
  readonly model: DataModel;
  readonly void: QualType;
  readonly error: QualType;
  readonly bool: QualType;
  readonly char: QualType;
  readonly signedChar: QualType;
  readonly unsignedChar: QualType;
  readonly short: QualType;
  readonly unsignedShort: QualType;
  readonly int: QualType;
  readonly unsignedInt: QualType;
  readonly long: QualType;
  readonly unsignedLong: QualType;
  readonly longLong: QualType;
  readonly unsignedLongLong: QualType;
  readonly float: QualType;
  readonly double: QualType;
  readonly longDouble: QualType;
  readonly sizeType: QualType;
  readonly ptrdiffType: QualType;
  readonly wcharType: QualType;
  readonly char16Type: QualType;
  readonly char32Type: QualType;
  readonly voidPointer: QualType;
  readonly constVoidPointer: QualType;
  readonly charPointer: QualType;
  readonly constCharPointer: QualType;
  /** `__builtin_va_list`: an array of one record on x86-64, `char *` on i386. */
  readonly vaList: QualType;
  readonly #integers = new Map<IntegerName, QualType>();
  readonly #floats = new Map<FloatName, QualType>();
  readonly #complexes = new Map<CType, QualType>();
  readonly #pointers = new WeakMap<CType, (QualType | undefined)[]>();
  readonly #unprototyped = new WeakMap<QualType, QualType>();

  constructor(model: DataModel) {
    this.model = model;
    const integer = (name: IntegerName, layout: ScalarLayout, isSigned: boolean): QualType => {
      const type: IntegerType = { kind: 'integer', name, isSigned, size: layout.size, align: layout.align };
      const result = { type, quals: 0 };
      this.#integers.set(name, result);
      return result;
    };
    const floating = (name: FloatName, layout: ScalarLayout): QualType => {
      const type: FloatType = { kind: 'float', name, size: layout.size, align: layout.align };
      const result = { type, quals: 0 };
      this.#floats.set(name, result);
      return result;
    };
    const voidType: VoidType = { kind: 'void' };
    const errorType: ErrorType = { kind: 'error' };
    this.void = { type: voidType, quals: 0 };
    this.error = { type: errorType, quals: 0 };
    this.bool = integer('_Bool', model.char, false);
    this.char = integer('char', model.char, true);
    this.signedChar = integer('signed char', model.char, true);
    this.unsignedChar = integer('unsigned char', model.char, false);
    this.short = integer('short', model.short, true);
    this.unsignedShort = integer('unsigned short', model.short, false);
    this.int = integer('int', model.int, true);
    this.unsignedInt = integer('unsigned int', model.int, false);
    this.long = integer('long', model.long, true);
    this.unsignedLong = integer('unsigned long', model.long, false);
    this.longLong = integer('long long', model.longLong, true);
    this.unsignedLongLong = integer('unsigned long long', model.longLong, false);
    if (model.int128 !== undefined) {
      integer('__int128', model.int128, true);
      integer('unsigned __int128', model.int128, false);
    }
    this.float = floating('float', model.float);
    this.double = floating('double', model.double);
    this.longDouble = floating('long double', model.longDouble);
    floating('__float128', { size: 16, align: 16 });

    const isLp64 = model.wordBytes === 8;
    this.sizeType = isLp64 ? this.unsignedLong : this.unsignedInt;
    this.ptrdiffType = isLp64 ? this.long : this.int;
    // gcc: wchar_t is int on x86-64 and long on i386.
    this.wcharType = isLp64 ? this.int : this.long;
    this.char16Type = this.unsignedShort;
    this.char32Type = this.unsignedInt;
    this.voidPointer = this.pointerTo(this.void);
    this.constVoidPointer = this.pointerTo({ type: voidType, quals: 1 });
    this.charPointer = this.pointerTo(this.char);
    this.constCharPointer = this.pointerTo({ type: this.char.type, quals: 1 });
    this.vaList = isLp64 ? this.#vaListRecordArray() : this.charPointer;
  }

  /** An integer type by name; `undefined` for the 128-bit ones where the target has none. */
  integer(name: IntegerName): QualType | undefined {
    return this.#integers.get(name);
  }

  /** One of the integer types that every target has. */
  integerOf(name: Exclude<IntegerName, '__int128' | 'unsigned __int128'>): IntegerType {
    const type = this.#integers.get(name)?.type;
    invariant(type?.kind === 'integer', `no ${name}`);
    return type;
  }

  floating(name: FloatName): QualType {
    return this.#floats.get(name) ?? this.double;
  }

  complex(element: FloatType | IntegerType): QualType {
    let type = this.#complexes.get(element);
    if (type === undefined) {
      const complex: ComplexType = { kind: 'complex', element, size: 2 * element.size, align: element.align };
      type = { type: complex, quals: 0 };
      this.#complexes.set(element, type);
    }
    return type;
  }

  /** The integer type of the other signedness. */
  withSignedness(type: IntegerType, isSigned: boolean): IntegerType {
    if (type.isSigned === isSigned && type.name !== '_Bool') return type;
    const names: Partial<Record<IntegerName, readonly [IntegerName, IntegerName]>> = {
      char: ['signed char', 'unsigned char'],
      'signed char': ['signed char', 'unsigned char'],
      'unsigned char': ['signed char', 'unsigned char'],
      short: ['short', 'unsigned short'],
      'unsigned short': ['short', 'unsigned short'],
      int: ['int', 'unsigned int'],
      'unsigned int': ['int', 'unsigned int'],
      long: ['long', 'unsigned long'],
      'unsigned long': ['long', 'unsigned long'],
      'long long': ['long long', 'unsigned long long'],
      'unsigned long long': ['long long', 'unsigned long long'],
      __int128: ['__int128', 'unsigned __int128'],
      'unsigned __int128': ['__int128', 'unsigned __int128'],
    };
    const name = names[type.name]?.[isSigned ? 0 : 1];
    const result = name === undefined ? undefined : this.#integers.get(name);
    return result?.type.kind === 'integer' ? result.type : type;
  }

  pointerTo(target: QualType): QualType {
    // Most functions have a type of their own, and few are pointed to twice: they would only fill the weak map.
    if (target.type.kind === 'function' && target.type.hasPrototype) return this.#newPointerTo(target);
    let byQuals = this.#pointers.get(target.type);
    if (byQuals === undefined) {
      byQuals = [];
      this.#pointers.set(target.type, byQuals);
    }
    let pointer = byQuals[target.quals];
    if (pointer === undefined) {
      pointer = this.#newPointerTo(target);
      byQuals[target.quals] = pointer;
    }
    return pointer;
  }

  #newPointerTo(target: QualType): QualType {
    const { size, align } = this.model.pointer;
    const type: PointerType = { kind: 'pointer', target, size, align };
    return { type, quals: 0 };
  }

  arrayOf(element: QualType, count: number | undefined): QualType {
    const elementSize = sizeOf(element.type);
    const type: ArrayType = {
      kind: 'array',
      element,
      count,
      size: count === undefined || elementSize === undefined ? undefined : count * elementSize,
      align: alignOf(element),
    };
    return { type, quals: 0 };
  }

  vectorOf(element: IntegerType | FloatType, bytes: number): QualType {
    const type: VectorType = {
      kind: 'vector',
      element,
      count: Math.max(1, Math.floor(bytes / element.size)),
      size: bytes,
      align: bytes,
    };
    return { type, quals: 0 };
  }

  /** The type that `()` declares. */
  unprototyped(result: QualType): QualType {
    const known = this.#unprototyped.get(result);
    if (known !== undefined) return known;
    const type: FunctionType = {
      kind: 'function',
      result,
      parameters: [],
      isVariadic: false,
      hasPrototype: false,
    };
    const made: QualType = { type, quals: 0 };
    this.#unprototyped.set(result, made);
    return made;
  }

  function(result: QualType, parameters: readonly QualType[], isVariadic: boolean): FunctionType {
    return { kind: 'function', result, parameters, isVariadic, hasPrototype: true };
  }

  /** The smallest standard integer type with this many bytes and signedness (attribute `mode`, enums). */
  integerOfSize(bytes: number, isSigned: boolean): IntegerType | undefined {
    const order: readonly IntegerName[] = isSigned
      ? ['signed char', 'short', 'int', 'long', 'long long', '__int128']
      : [
          'unsigned char',
          'unsigned short',
          'unsigned int',
          'unsigned long',
          'unsigned long long',
          'unsigned __int128',
        ];
    for (const name of order) {
      const type = this.#integers.get(name)?.type;
      if (type?.kind === 'integer' && type.size === bytes) return type;
    }
    return undefined;
  }

  // System V ABI, AMD64 supplement, figure 3.34: struct __va_list_tag.
  #vaListRecordArray(): QualType {
    const span = { file: -1, start: 0, end: 0 };
    const plain = { bitOffset: undefined, bitWidth: undefined, span };
    const record: RecordType = {
      kind: 'record',
      tagKind: 'struct',
      tag: '__va_list_tag',
      span,
      members: [
        { name: 'gp_offset', type: this.unsignedInt, offset: 0, ...plain },
        { name: 'fp_offset', type: this.unsignedInt, offset: 4, ...plain },
        { name: 'overflow_arg_area', type: this.voidPointer, offset: 8, ...plain },
        { name: 'reg_save_area', type: this.voidPointer, offset: 16, ...plain },
      ],
      size: 24,
      align: 8,
      isPacked: false,
      hasFlexibleMember: false,
    };
    const array = this.arrayOf({ type: record, quals: 0 }, 1);
    const type: TypedefType = { kind: 'typedef', name: '__builtin_va_list', aliased: array };
    return { type, quals: 0 };
  }
}
