/**
 * Signatures of the functions that gcc knows without a declaration, as text: names and letters of types (see `typeOfLetter`
 * of builtins.ts), result first.
 *
 * In what ships, `scripts/support/data-modules.mjs` puts a file in this module's place.
 *
 * Source: gcc 12, gcc/builtins.def.
 */
export const builtinSignatures = {
  /**
   * Functions of the C library on floating-point numbers; R is each real type in turn, Q a pointer to it, Z its complex
   * type, and the names get the suffixes of those.
   */
  numbers: `
  acos:RR acosh:RR asin:RR asinh:RR atan:RR atanh:RR cbrt:RR ceil:RR cos:RR cosh:RR erf:RR erfc:RR exp:RR exp2:RR
  exp10:RR expm1:RR fabs:RR floor:RR gamma:RR j0:RR j1:RR lgamma:RR log:RR log10:RR log1p:RR log2:RR logb:RR
  nearbyint:RR pow10:RR rint:RR round:RR roundeven:RR significand:RR sin:RR sinh:RR sqrt:RR tan:RR tanh:RR tgamma:RR
  trunc:RR y0:RR y1:RR atan2:RRR copysign:RRR drem:RRR fdim:RRR fmax:RRR fmin:RRR fmod:RRR hypot:RRR nextafter:RRR
  pow:RRR remainder:RRR scalb:RRR nexttoward:RRe fma:RRRR frexp:RRI gamma_r:RRI lgamma_r:RRI ldexp:RRi scalbn:RRi
  scalbln:RRl modf:RRQ remquo:RRRI jn:RiR yn:RiR ilogb:iR lrint:lR lround:lR llrint:LR llround:LR sincos:vRQQ nan:RC
  cabs:RZ carg:RZ cacos:ZZ cacosh:ZZ casin:ZZ casinh:ZZ catan:ZZ catanh:ZZ ccos:ZZ ccosh:ZZ cexp:ZZ clog:ZZ clog10:ZZ
  cproj:ZZ csin:ZZ csinh:ZZ csqrt:ZZ ctan:ZZ ctanh:ZZ cpow:ZZZ
`,
  /** All other functions of the C library. */
  library: `
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
`,
  /** Builtins with a meaning of their own. */
  compiler: `
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
`,
  /** The library's functions that check sizes. */
  fortified: `
  memcpy_chk:ppPzz memmove_chk:ppPzz memset_chk:ppizz mempcpy_chk:ppPzz strcpy_chk:ccCz strncpy_chk:ccCzz
  strcat_chk:ccCz strncat_chk:ccCzz stpcpy_chk:ccCz sprintf_chk:icizC. snprintf_chk:iczizC. printf_chk:iiC.
  fprintf_chk:ipiC. vsprintf_chk:icizCa vsnprintf_chk:iczizCa vprintf_chk:iiCa vfprintf_chk:ipiCa
`,
} as const;
