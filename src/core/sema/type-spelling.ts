/**
 * Types in C spelling, as gcc's debug information and `readelf` users know them: `const char *const [3]`,
 * `long unsigned int`, `int(*)(int, ...)`.
 */
import { qualsOf, resolveQual } from './type-relations.ts';
import { ATOMIC, CONST, RESTRICT, VOLATILE } from './type.ts';
import type { CType, IntegerName, PointerType, QualType } from './type.ts';

/** Spelling of a type for people. */
export function typeSpelling(type: QualType): string {
  return spell(type, '');
}

/**
 * Spelling as gcc's debug information (DWARF) gives it: typedef names of arrays dissolve in arrays and under qualifiers.
 */
export function dwarfTypeSpelling(type: QualType): string {
  return spell(flattened(type), '');
}

/**
 * The same for the type of an object: one that is an array of const elements is const itself, too.
 *
 * @param forgotten - qualifiers that the object has lost: a const automatic one that is initialised is written to
 */
export function dwarfObjectSpelling(type: QualType, forgotten = 0): string {
  const isArray = resolveQual(type).type.kind === 'array';
  const quals = isArray ? qualsOf(type) & (CONST | VOLATILE) & ~forgotten : 0;
  return qualifierWords(quals) + dwarfTypeSpelling(type);
}

/**
 * Arrays of typedef'd arrays, and qualified typedefs of arrays, with the names taken away; the qualifiers of the latter are not
 * in the array. Qualifiers that a named type has already are not said again. Vectors are arrays.
 */
function flattened(type: QualType): QualType {
  // Pointers to pointers in a loop: there may be thousands.
  const pointers: { readonly type: PointerType; readonly quals: number }[] = [];
  let inner = type;
  for (; inner.type.kind === 'pointer'; inner = inner.type.target)
    pointers.push({ type: inner.type, quals: inner.quals });
  let made = flattenedTarget(inner);
  for (const { type: pointer, quals } of pointers.reverse())
    made = { type: { ...pointer, target: made }, quals };
  return made;
}

/** The same for what is no pointer. */
function flattenedTarget(type: QualType): QualType {
  if (type.type.kind === 'vector') {
    const { element, count, size, align } = type.type;
    const array = { kind: 'array', element: { type: element, quals: 0 }, count, size, align } as const;
    return { type: array, quals: type.quals };
  }
  if (type.type.kind === 'typedef') {
    const { aliased } = type.type;
    if ((type.quals & ~qualsOf(aliased)) === 0) return { type: type.type, quals: 0 };
    return resolveQual(type).type.kind === 'array' ? flattened(arrayBehind(type.type)) : type;
  }
  if (type.type.kind !== 'array') return type;
  const { element } = type.type;
  const isArray = resolveQual(element).type.kind === 'array';
  const inner = flattened(isArray ? resolveQual(element) : element);
  return { type: { ...type.type, element: inner }, quals: type.quals };
}

/** The array that a chain of names stands for. */
function arrayBehind(type: CType): QualType {
  let inner: CType = type;
  while (inner.kind === 'typedef') inner = inner.aliased.type;
  return { type: inner, quals: 0 };
}

/** Spelling of a declaration of `name` with that type, for example `int (*name)(void)`. */
export function declarationSpelling(type: QualType, name: string): string {
  return spell(type, name);
}

const integerSpelling: Readonly<Record<IntegerName, string>> = {
  _Bool: '_Bool',
  char: 'char',
  'signed char': 'signed char',
  'unsigned char': 'unsigned char',
  short: 'short int',
  'unsigned short': 'short unsigned int',
  int: 'int',
  'unsigned int': 'unsigned int',
  long: 'long int',
  'unsigned long': 'long unsigned int',
  'long long': 'long long int',
  'unsigned long long': 'long long unsigned int',
  __int128: '__int128',
  'unsigned __int128': '__int128 unsigned',
};

/** Qualifiers as written before a type, with a blank after each. */
function qualifierWords(quals: number): string {
  if (quals === 0) return '';
  return (
    ((quals & ATOMIC) !== 0 ? '_Atomic ' : '') +
    ((quals & CONST) !== 0 ? 'const ' : '') +
    ((quals & VOLATILE) !== 0 ? 'volatile ' : '') +
    ((quals & RESTRICT) !== 0 ? 'restrict ' : '')
  );
}

function spell(given: QualType, name: string): string {
  let { type, quals } = given;
  let declarator = name;
  while (type.kind === 'pointer') {
    const words = qualifierWords(quals).trimEnd();
    const inner = `*${words}${words !== '' && declarator !== '' ? ' ' : ''}${declarator}`;
    const target = type.target.type.kind;
    declarator = target === 'array' || target === 'function' ? `(${inner})` : inner;
    ({ type, quals } = type.target);
  }
  switch (type.kind) {
    case 'array': {
      const bound = type.count === undefined ? '[]' : type.count === 'variable' ? '[*]' : `[${type.count}]`;
      return qualifierWords(quals) + spell(type.element, declarator + bound);
    }
    case 'function': {
      const parameters = type.parameters.map((parameter) => spell(parameter, ''));
      if (type.isVariadic || (!type.hasPrototype && parameters.length === 0)) parameters.push('...');
      if (parameters.length === 0) parameters.push('void');
      return spell(type.result, `${declarator}(${parameters.join(', ')})`);
    }
    case 'void':
    case 'integer':
    case 'float':
    case 'complex':
    case 'record':
    case 'enum':
    case 'vector':
    case 'typedef':
    case 'error': {
      const space = declarator !== '' && !/^[[(]/.test(declarator) ? ' ' : '';
      return qualifierWords(quals) + simpleName(type) + space + declarator;
    }
  }
}

function simpleName(type: CType): string {
  switch (type.kind) {
    case 'void':
      return 'void';
    case 'integer':
      return integerSpelling[type.name];
    case 'float':
      return type.name === '__float128' ? '_Float128' : type.name;
    case 'complex':
      return `complex ${simpleName(type.element)}`;
    case 'record':
      return `${type.tagKind} ${type.tag ?? '<anonymous>'}`;
    case 'enum':
      return `enum ${type.tag ?? '<anonymous>'}`;
    case 'vector':
      return `__vector(${type.count}) ${simpleName(type.element)}`;
    case 'typedef':
      return type.name;
    case 'pointer':
    case 'array':
    case 'function':
    case 'error':
      return '<error>';
  }
}
