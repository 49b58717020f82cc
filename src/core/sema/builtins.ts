/**
 * Functions that gcc knows without a declaration: the compiler's own (`__builtin_clz`) and those of the C library that
 * it treats specially (`malloc`, `printf`), which an implicit declaration then gets with their real type.
 *
 * Signatures are written as one letter a type, result first; see `typeOfLetter`.
 *
 * Source: gcc 12 manual, "Other Builtins", "Object Size Checking", "__atomic Builtins"; gcc/builtins.def.
 */
import type { TypeTable } from './basic-types.ts';
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

function words(text: string): Map<string, string> {
  const table = new Map<string, string>();
  for (const word of text.trim().split(/\s+/)) {
    const [name, signature] = word.split(':');
    if (name !== undefined && signature !== undefined) table.set(name, signature);
  }
  return table;
}

/**
 * Functions of real and complex numbers that there are for three types: R is the type (`sin`, `sinf`, `sinl`), Q a pointer
 * to it, Z its complex type.
 */
const numberFunctions = words(`
  acos:RR acosh:RR asin:RR asinh:RR atan:RR atanh:RR cbrt:RR ceil:RR cos:RR cosh:RR erf:RR erfc:RR exp:RR exp2:RR
  exp10:RR expm1:RR fabs:RR floor:RR gamma:RR j0:RR j1:RR lgamma:RR log:RR log10:RR log1p:RR log2:RR logb:RR
  nearbyint:RR pow10:RR rint:RR round:RR roundeven:RR significand:RR sin:RR sinh:RR sqrt:RR tan:RR tanh:RR tgamma:RR
  trunc:RR y0:RR y1:RR atan2:RRR copysign:RRR drem:RRR fdim:RRR fmax:RRR fmin:RRR fmod:RRR hypot:RRR nextafter:RRR
  pow:RRR remainder:RRR scalb:RRR nexttoward:RRe fma:RRRR frexp:RRI gamma_r:RRI lgamma_r:RRI ldexp:RRi scalbn:RRi
  scalbln:RRl modf:RRQ remquo:RRRI jn:RiR yn:RiR ilogb:iR lrint:lR lround:lR llrint:LR llround:LR sincos:vRQQ nan:RC
  cabs:RZ carg:RZ cacos:ZZ cacosh:ZZ casin:ZZ casinh:ZZ catan:ZZ catanh:ZZ ccos:ZZ ccosh:ZZ cexp:ZZ clog:ZZ clog10:ZZ
  cproj:ZZ csin:ZZ csinh:ZZ csqrt:ZZ ctan:ZZ ctanh:ZZ cpow:ZZZ
`);

/** Letters of R, Q and Z by the suffix of a name. */
const numberTypes = [
  ['', 'd', 'D', 'x'],
  ['f', 'f', 'F', 'y'],
  ['l', 'e', 'E', 'g'],
] as const;

function* threeTypes(): Generator<[string, string]> {
  for (const [name, signature] of numberFunctions) {
    // `gamma_r` is `gammaf_r` for float.
    const [base = '', ...rest] = name.split('_');
    for (const [suffix, real, pointer, complex] of numberTypes) {
      const letters = signature.replaceAll('R', real).replaceAll('Q', pointer).replaceAll('Z', complex);
      yield [[`${base}${suffix}`, ...rest].join('_'), letters];
    }
  }
}

const libraryFunctions = new Map([
  ...words(`
  malloc:pz calloc:pzz realloc:ppz free:vp aligned_alloc:pzz alloca:pz memcpy:ppPz memmove:ppPz memset:ppiz
  memcmp:iPPz memchr:pPiz mempcpy:ppPz bcopy:vPPz bzero:vpz bcmp:iPPz strlen:zC strnlen:zCz strcpy:ccC strncpy:ccCz
  strcat:ccC strncat:ccCz strcmp:iCC strncmp:iCCz strcasecmp:iCC strncasecmp:iCCz strchr:cCi strrchr:cCi strstr:cCC
  strspn:zCC strcspn:zCC strpbrk:cCC strdup:cC strndup:cCz stpcpy:ccC stpncpy:ccCz index:cCi rindex:cCi printf:iC.
  fprintf:ipC. sprintf:icC. snprintf:iczC. vprintf:iCa vfprintf:ipCa vsprintf:icCa vsnprintf:iczCa scanf:iC.
  fscanf:ipC. sscanf:iCC. vscanf:iCa vfscanf:ipCa vsscanf:iCCa puts:iC putchar:ii fputs:iCp fputc:iip fwrite:zPzzp
  printf_unlocked:iC. fprintf_unlocked:ipC. puts_unlocked:iC putchar_unlocked:ii fputs_unlocked:iCp
  fputc_unlocked:iip abort:v exit:vi _exit:vi _Exit:vi abs:ii labs:ll llabs:LL imaxabs:LL isalnum:ii isalpha:ii
  isblank:ii iscntrl:ii isdigit:ii isgraph:ii islower:ii isprint:ii ispunct:ii isspace:ii isupper:ii isxdigit:ii
  tolower:ii toupper:ii isascii:ii toascii:ii fork:i execl:iCC. execlp:iCC. execle:iCC. execv:iCp execvp:iCp
  execve:iCpp strftime:zczCp gettext:cC ffs:ii ffsl:il ffsll:iL posix_memalign:ipzz putc:iip putc_unlocked:iip
  fwrite_unlocked:zPzzp dgettext:cCC dcgettext:cCCi strfmon:lczC. feclearexcept:ii fegetenv:ip fegetexceptflag:ipi
  fegetround:i feholdexcept:ip feraiseexcept:ii fesetenv:iP fesetexceptflag:iPi fesetround:ii fetestexcept:ii
  feupdateenv:iP iswalnum:iW iswalpha:iW iswblank:iW iswcntrl:iW iswdigit:iW iswgraph:iW iswlower:iW iswprint:iW
  iswpunct:iW iswspace:iW iswupper:iW iswxdigit:iW towlower:WW towupper:WW
`),
  ...threeTypes(),
]);

/** Builtins with a meaning of their own: their node is `builtin`. */
const compilerFunctions = words(`
  expect:lll expect_with_probability:llld unreachable:v trap:v prefetch:vP. constant_p:i. object_size:zPi
  dynamic_object_size:zPi assume_aligned:pPz. va_start:v. va_end:v. va_copy:v.
  clz:iu clzl:im clzll:iM ctz:iu ctzl:im ctzll:iM popcount:iu popcountl:im popcountll:iM parity:iu parityl:im
  parityll:iM clrsb:ii clrsbl:il clrsbll:iL bswap16:hh bswap32:uu bswap64:MM
  ffs:ii ffsl:il ffsll:iL
  frame_address:pu return_address:pu extract_return_addr:pp frob_return_addr:pp __clear_cache:vpp alloca:pz alloca_with_align:pzz
  inf:d inff:f infl:e huge_val:d huge_valf:f huge_vall:e nan:dC nanf:fC nanl:eC nans:dC nansf:fC
  conj:xx conjf:yy conjl:gg creal:dx crealf:fy creall:eg cimag:dx cimagf:fy cimagl:eg
  isnanf:if isnanl:ie isinff:if isinfl:ie finite:id finitef:if finitel:ie signbitf:if signbitl:ie
  isnan:i. isinf:i. isinf_sign:i. isfinite:i. isnormal:i. signbit:i. fpclassify:i.
  isgreater:i. isgreaterequal:i. isless:i. islessequal:i. islessgreater:i. isunordered:i.
  add_overflow:b. sub_overflow:b. mul_overflow:b. add_overflow_p:b. sub_overflow_p:b. mul_overflow_p:b.
  sadd_overflow:biiI saddl_overflow:bllN saddll_overflow:bLLO uadd_overflow:buuj uaddl_overflow:bmmn uaddll_overflow:bMMo
  ssub_overflow:biiI ssubl_overflow:bllN ssubll_overflow:bLLO usub_overflow:buuj usubl_overflow:bmmn usubll_overflow:bMMo
  smul_overflow:biiI smull_overflow:bllN smulll_overflow:bLLO umul_overflow:buuj umull_overflow:bmmn umulll_overflow:bMMo
  classify_type:i. complex:x. cpu_supports:iC cpu_init:i cpu_is:iC
  setjmp:ip longjmp:vpi apply_args:p stack_save:p stack_restore:vp eh_return:vlp unwind_init:v
  shuffle:v. shufflevector:v. ia32_pause:v LINE:i FUNCTION:C FILE:C speculation_safe_value:i. clear_padding:v.
`);

const fortified = words(`
  memcpy_chk:ppPzz memmove_chk:ppPzz memset_chk:ppizz mempcpy_chk:ppPzz strcpy_chk:ccCz strncpy_chk:ccCzz
  strcat_chk:ccCz strncat_chk:ccCzz stpcpy_chk:ccCz sprintf_chk:icizC. snprintf_chk:iczizC. printf_chk:iiC.
  fprintf_chk:ipiC. vsprintf_chk:icizCa vsnprintf_chk:iczizCa vprintf_chk:iiCa vfprintf_chk:ipiCa
`);

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
  const signature = libraryFunctions.get(name);
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
  const own = compilerFunctions.get(plain);
  if (own !== undefined) return { kind: 'compiler', type: functionType(types, name, own) };
  const library = libraryFunctions.get(plain);
  if (library !== undefined)
    return { kind: 'library', name: plain, type: functionType(types, plain, library) };
  // `__builtin___memcpy_chk` is the library's `__memcpy_chk`.
  const checked = plain.startsWith('__') ? fortified.get(plain.slice(2)) : undefined;
  if (checked !== undefined)
    return { kind: 'library', name: plain, type: functionType(types, plain, checked) };
  return undefined;
}
