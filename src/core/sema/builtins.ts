/**
 * Functions that gcc knows without a declaration: the compiler's own (`__builtin_clz`) and those of the C library that
 * it treats specially (`malloc`, `printf`), which an implicit declaration then gets with their real type.
 *
 * Signatures are written as one letter a type, result first; see `typeOfLetter`.
 *
 * Source: gcc 12 manual, "Other Builtins", "Object Size Checking", "__atomic Builtins"; gcc/builtins.def.
 */
import type { TypeTable } from './basic-types.ts';
import { builtinSignatures } from './builtin-signatures.ts';
import type { FunctionType, QualType } from './type.ts';

/**
 * v void, i int, u unsigned, l long, m unsigned long, L long long, M unsigned long long, z size_t, t ptrdiff_t,
 * b _Bool, h unsigned short, d double, f float, e long double, p void *, P const void *, c char *, C const char *,
 * a va_list, w wchar_t, W wint_t, I int *, D double *, F float *, E long double *, x complex double, y complex float,
 * g complex long double, j unsigned *, N long *, n unsigned long *, O long long *, o unsigned long long *; `.` at the end: variadic.
 */
function typeOfLetter(types: TypeTable, letter: string): QualType {
  switch (letter) {
    case 'v':
      return types.void;
    case 'u':
      return types.unsignedInt;
    case 'l':
      return types.long;
    case 'm':
      return types.unsignedLong;
    case 'L':
      return types.longLong;
    case 'M':
      return types.unsignedLongLong;
    case 'z':
      return types.sizeType;
    case 't':
      return types.ptrdiffType;
    case 'b':
      return types.bool;
    case 'h':
      return types.unsignedShort;
    case 'd':
      return types.double;
    case 'f':
      return types.float;
    case 'e':
      return types.longDouble;
    case 'p':
      return types.voidPointer;
    case 'P':
      return types.constVoidPointer;
    case 'c':
      return types.charPointer;
    case 'C':
      return types.constCharPointer;
    case 'a':
      // An array parameter is adjusted to a pointer.
      return types.model.wordBytes === 8 ? types.voidPointer : types.charPointer;
    case 'w':
      return types.wcharType;
    case 'I':
      return types.pointerTo(types.int);
    case 'D':
      return types.pointerTo(types.double);
    case 'F':
      return types.pointerTo(types.float);
    case 'E':
      return types.pointerTo(types.longDouble);
    case 'j':
      return types.pointerTo(types.unsignedInt);
    case 'N':
      return types.pointerTo(types.long);
    case 'n':
      return types.pointerTo(types.unsignedLong);
    case 'O':
      return types.pointerTo(types.longLong);
    case 'o':
      return types.pointerTo(types.unsignedLongLong);
    case 'W':
      return types.unsignedInt;
    default:
      return types.int;
  }
}

type Signatures = ReadonlyMap<string, string>;

const tables = new Map<keyof typeof builtinSignatures, Signatures>();

/** Signatures by name; read when they are needed first. */
function signatures(table: keyof typeof builtinSignatures): Signatures {
  let known = tables.get(table);
  if (known === undefined) {
    const words = builtinSignatures[table]
      .trim()
      .split(/\s+/)
      .map((word): [string, string] => {
        const [name = '', signature = ''] = word.split(':');
        return [name, signature];
      });
    known = new Map(table === 'library' ? [...words, ...threeTypes()] : words);
    tables.set(table, known);
  }
  return known;
}

/** Letters of R, Q and Z by the suffix of a name. */
const numberTypes = [
  ['', 'd', 'D', 'x'],
  ['f', 'f', 'F', 'y'],
  ['l', 'e', 'E', 'g'],
] as const;

/** Functions that there are for three types (`sin`, `sinf`, `sinl`). */
function* threeTypes(): Generator<[string, string]> {
  for (const [name, signature] of signatures('numbers')) {
    // `gamma_r` is `gammaf_r` for float.
    const [base = '', ...rest] = name.split('_');
    for (const [suffix, real, pointer, complex] of numberTypes) {
      const letters = signature.replaceAll('R', real).replaceAll('Q', pointer).replaceAll('Z', complex);
      yield [[`${base}${suffix}`, ...rest].join('_'), letters];
    }
  }
}

const cache = new WeakMap<TypeTable, Map<string, FunctionType>>();

function functionType(types: TypeTable, key: string, signature: string): FunctionType {
  let known = cache.get(types);
  if (known === undefined) {
    known = new Map();
    cache.set(types, known);
  }
  let type = known.get(key);
  if (type === undefined) {
    const isVariadic = signature.endsWith('.');
    const letters = Array.from(isVariadic ? signature.slice(0, -1) : signature).map((letter) =>
      letter === 'x' || letter === 'y' || letter === 'g'
        ? complexOf(types, letter)
        : typeOfLetter(types, letter),
    );
    const [result = types.int, ...parameters] = letters;
    type = types.function(result, parameters, isVariadic);
    known.set(key, type);
  }
  return type;
}

function complexOf(types: TypeTable, letter: 'x' | 'y' | 'g'): QualType {
  const { type } = letter === 'x' ? types.double : letter === 'y' ? types.float : types.longDouble;
  return type.kind === 'float' ? types.complex(type) : types.error;
}

/** The type of a function of the C library that gcc knows; `undefined` for all others. */
export function libraryBuiltinType(types: TypeTable, name: string): FunctionType | undefined {
  const signature = signatures('library').get(name);
  return signature === undefined ? undefined : functionType(types, name, signature);
}

/** What a name that begins with `__builtin_` (or `__sync_`, `__atomic_`) is. */
export type BuiltinMeaning =
  /** The compiler's own function with a fixed type; variadic ones take anything. */
  | { readonly kind: 'compiler'; readonly type: FunctionType }
  /** The C library's function of that name. */
  | { readonly kind: 'library'; readonly name: string; readonly type: FunctionType }
  /** An atomic operation, whose types follow from its first argument. */
  | { readonly kind: 'atomic'; readonly operation: string };

/** Looks a compiler builtin up. */
export function builtinMeaning(types: TypeTable, name: string): BuiltinMeaning | undefined {
  if (name.startsWith('__sync_') || name.startsWith('__atomic_')) {
    return { kind: 'atomic', operation: name.replace(/_(?:1|2|4|8|16)$/, '') };
  }
  if (!name.startsWith('__builtin_')) return undefined;
  const plain = name.slice('__builtin_'.length);
  const own = signatures('compiler').get(plain);
  if (own !== undefined) return { kind: 'compiler', type: functionType(types, name, own) };
  const library = signatures('library').get(plain);
  if (library !== undefined)
    return { kind: 'library', name: plain, type: functionType(types, plain, library) };
  // `__builtin___memcpy_chk` is the library's `__memcpy_chk`.
  const checked = plain.startsWith('__') ? signatures('fortified').get(plain.slice(2)) : undefined;
  if (checked !== undefined)
    return { kind: 'library', name: plain, type: functionType(types, plain, checked) };
  return undefined;
}
