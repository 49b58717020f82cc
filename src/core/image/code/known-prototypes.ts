/**
 * Functions whose prototype gcc knows without a declaration: a call by an old-style declaration of the same result type
 * is a call with the prototype, and tells nothing about vector registers.
 *
 * Source: gcc/builtins.def, builtin-types.def; gcc/c/c-decl.cc (duplicate_decls, implicitly_declare): behaviour.
 */
import { resolve } from '../../sema/type-relations.ts';
import type { CType } from '../../sema/type.ts';
import type { TypedExpression } from '../../sema/typed-tree.ts';
import { nameOfCallee } from '../../sema/inlined-calls.ts';

type Call = Extract<TypedExpression, { kind: 'call' }>;
type Result = 'void' | 'int' | 'long' | 'size_t' | 'void *' | 'char *' | 'double' | 'float';

const names: Readonly<Record<Result, string>> = {
  void: 'abort exit _exit _Exit free bzero bcopy',
  int:
    'abs strcmp strncmp strcasecmp strncasecmp memcmp bcmp ffs isalnum isalpha isascii isblank iscntrl isdigit isgraph ' +
    'islower isprint ispunct isspace isupper isxdigit toascii tolower toupper putchar puts fputc fputs putc ilogb',
  long: 'labs llabs lrint lround',
  size_t: 'strlen strnlen strspn strcspn fwrite',
  'void *': 'malloc calloc realloc aligned_alloc alloca memcpy memmove memset memchr mempcpy',
  'char *':
    'strcpy strncpy stpcpy stpncpy strcat strncat strchr strrchr strstr strpbrk strdup strndup index rindex',
  double:
    'sin cos tan asin acos atan atan2 sinh cosh tanh exp exp2 log log2 log10 pow sqrt cbrt fabs floor ceil round trunc ' +
    'rint nearbyint fmod fmin fmax hypot ldexp frexp modf copysign',
  float:
    'sinf cosf tanf asinf acosf atanf atan2f expf logf log2f log10f powf sqrtf fabsf floorf ceilf roundf truncf rintf ' +
    'fmodf fminf fmaxf hypotf copysignf',
};

const resultOf: ReadonlyMap<string, Result> = new Map(
  (Object.keys(names) as Result[]).flatMap((result) =>
    names[result].split(' ').map((name): [string, Result] => [name, result]),
  ),
);

/**
 * Functions with the attribute `malloc`: those that gcc knows it of, and those of which the headers of glibc say it.
 *
 * Source: gcc/builtins.def (ATTR_MALLOC_*); glibc 2.36 stdlib.h, string.h, stdio.h, wchar.h, dirent.h.
 */
const fresh: ReadonlySet<string> = new Set(
  (
    'malloc calloc aligned_alloc valloc memalign pvalloc strdup strndup wcsdup tmpfile tempnam fopen fdopen ' +
    'fmemopen fopencookie popen open_memstream open_wmemstream opendir fdopendir'
  ).split(' '),
);

/** Whether what a call gives points to memory that nothing else points to, as its declaration says. */
export function returnsFreshMemory(call: Call): boolean {
  const name = nameOfCallee(call);
  return name !== undefined && fresh.has(name) && resolve(call.type.type).kind === 'pointer';
}

/** Whether gcc calls a function by a prototype although no declaration in sight has one. */
export function hasKnownPrototype(call: Call): boolean {
  const name = nameOfCallee(call);
  const result = name === undefined ? undefined : resultOf.get(name);
  if (result === undefined || call.callee.kind !== 'function') return false;
  if (call.callee.function.isImplicit === true) return true;
  return isOfKind(call.type.type, result);
}

function isOfKind(type: CType, result: Result): boolean {
  const resolved = resolve(type);
  switch (result) {
    case 'void':
      return resolved.kind === 'void';
    case 'int':
    case 'long':
      return resolved.kind === 'integer' && resolved.isSigned && resolved.name.includes(result);
    case 'size_t':
      return resolved.kind === 'integer' && resolved.name === 'unsigned long';
    case 'void *':
      return resolved.kind === 'pointer' && resolve(resolved.target.type).kind === 'void';
    case 'char *': {
      if (resolved.kind !== 'pointer') return false;
      const target = resolve(resolved.target.type);
      return target.kind === 'integer' && target.name === 'char';
    }
    case 'double':
    case 'float':
      return resolved.kind === 'float' && resolved.name === result;
  }
}
