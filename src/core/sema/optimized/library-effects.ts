/**
 * What gcc knows of library functions: which only compute, which allocate, which only write where their first argument leads.
 *
 * Source: gcc/builtins.def (ATTR_PURE_*, ATTR_CONST_*, ATTR_MALLOC_*), gcc/tree-ssa-dce.cc (mark_stmt_if_obviously_necessary),
 * gcc/tree-ssa-dse.cc: behaviour.
 */

export type LibraryEffect = 'pure' | 'allocates' | 'frees' | 'writes' | 'any';

/** What a call of a function of the library does. */
export function libraryEffect(name: string): LibraryEffect {
  return effects.get(name) ?? 'any';
}

const words = (text: string): readonly string[] => text.split(' ');

const effects: ReadonlyMap<string, LibraryEffect> = new Map<string, LibraryEffect>([
  ...words(
    'strlen strnlen strcmp strncmp strcasecmp strncasecmp strchr strrchr strstr strpbrk strspn strcspn strcoll memcmp memchr ' +
      'index rindex bcmp abs labs llabs imaxabs fabs fabsf fabsl floor floorf ceil ceilf trunc truncf round roundf copysign ' +
      'copysignf fmin fmax fminf fmaxf isalnum isalpha isblank iscntrl isdigit isgraph islower isprint ispunct isspace isupper ' +
      'isxdigit tolower toupper ffs ffsl ffsll wcslen wcscmp wcschr',
  ).map((name): [string, LibraryEffect] => [name, 'pure']),
  ...words('malloc calloc aligned_alloc').map((name): [string, LibraryEffect] => [name, 'allocates']),
  ['free', 'frees'],
  ...words('memset memcpy memmove strcpy strncpy mempcpy stpcpy').map((name): [string, LibraryEffect] => [
    name,
    'writes',
  ]),
]);
