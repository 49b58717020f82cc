/**
 * What __has_attribute, __has_c_attribute and __has_builtin answer, as gcc 12 does for C.
 */

const attributes: ReadonlySet<string> = new Set(
  (
    'access alias aligned alloc_align alloc_size always_inline artificial assume_aligned cleanup cold common const ' +
    'constructor copy deprecated designated_init destructor error externally_visible fallthrough flatten format ' +
    'format_arg gnu_inline hot ifunc leaf malloc may_alias mode naked no_icf no_instrument_function no_reorder ' +
    'no_sanitize no_sanitize_address no_split_stack no_stack_limit no_stack_protector nocommon noclone noinit noinline ' +
    'noipa nonnull nonstring noplt noreturn nothrow optimize packed patchable_function_entry persistent pure ' +
    'retain returns_nonnull returns_twice scalar_storage_order section sentinel simd stack_protect symver target ' +
    'target_clones tls_model transparent_union unavailable unused used vector_size visibility warn_if_not_aligned ' +
    'warn_unused_result warning weak weakref zero_call_used_regs'
  ).split(' '),
);

const standardAttributes: Readonly<Record<string, number>> = {
  deprecated: 201904,
  fallthrough: 201904,
  maybe_unused: 201904,
  nodiscard: 202003,
};

/**
 * Built-in functions without their `__builtin_`; those of the vector instructions (`ia32_…`) are left out.
 */
const builtins: ReadonlySet<string> = new Set(
  (
    'FILE FUNCTION LINE _Exit __clear_cache __memcpy_chk __memmove_chk __mempcpy_chk __memset_chk ' +
    '__snprintf_chk __sprintf_chk __stpcpy_chk __stpncpy_chk __strcat_chk __strcpy_chk ' +
    '__strncat_chk __strncpy_chk __vsnprintf_chk __vsprintf_chk _exit abort abs acos acosf acosh ' +
    'acoshf acoshl acosl add_overflow add_overflow_p adjust_trampoline aligned_alloc alloca ' +
    'alloca_with_align apply apply_args asin asinf asinh asinhf asinhl asinl assoc_barrier ' +
    'assume_aligned atan atan2f atan2l atanf atanh atanhf atanhl atanl bswap128 bswap16 bswap32 ' +
    'bswap64 cabs cabsf cabsl cacos cacosf cacosh cacoshf cacoshl cacosl calloc carg cargf cargl ' +
    'casin casinf casinh casinhf casinhl casinl catan catanf catanh catanhf catanhl catanl cbrt ' +
    'cbrtf cbrtl ccos ccosf ccosh ccoshf ccoshl ccosl ceil ceilf ceill cexp cexpf cexpl ' +
    'choose_expr classify_type clear_padding clog clogf clogl clrsb clrsbl clrsbll clz clzl clzll ' +
    'constant_p convertvector copysign copysignf copysignf128 copysignl copysignq cos cosf cosh ' +
    'coshf coshl cosl cpow cpowf cpowl cproj cprojf cprojl cpu_init cpu_is cpu_supports csin ' +
    'csinf csinh csinhf csinhl csinl csqrt csqrtf csqrtl ctan ctanf ctanh ctanhf ctanhl ctanl ctz ' +
    'ctzl ctzll dwarf_cfa dynamic_object_size eh_return erf erfc erfcf erfcl erff erfl exit exp ' +
    'exp2 exp2f exp2l expect expect_with_probability expf expl expm1 expm1f expm1l ' +
    'extract_return_addr fabs fabsf fabsf128 fabsl fabsq fdimf fdiml ffs ffsl ffsll floor floorf ' +
    'floorl fma fmaf fmal fmax fmaxf fmaxl fmin fminf fminl fmod fmodf fmodl fpclassify fprintf ' +
    'fputc fputs frame_address free frexp frexpf frexpl fwrite has_attribute huge_val huge_valf ' +
    'huge_valf128 huge_valf16 huge_valf32 huge_valf32x huge_valf64 huge_valf64x huge_vall hypotf ' +
    'hypotl ilogb ilogbf ilogbl index inf inff inff128 inff16 inff32 inff32x inff64 inff64x infl ' +
    'infq init_trampoline isalpha isdigit isfinite isgreater isgreaterequal isinf isinf_sign ' +
    'isless islessequal islessgreater isnan isnanf isnanl isnormal isunordered labs ldexp ldexpf ' +
    'ldexpl lgamma lgammaf lgammal llabs llrint llrintf llrintl llround llroundf llroundl log ' +
    'log10 log10f log10l log1p log1pf log1pl log2 log2f log2l logb logbf logbl logf logl longjmp ' +
    'lrint lrintf lrintl lround lroundf lroundl malloc memchr memcmp memcpy memmove mempcpy ' +
    'memset modff modfl mul_overflow mul_overflow_p nan nanf nanf128 nanf16 nanf32 nanf32x nanf64 ' +
    'nanf64x nanl nans nansf nansf128 nansf16 nansf32 nansf32x nansf64 nansf64x nansl nearbyint ' +
    'nearbyintf nearbyintl nextafterf nextafterl nexttoward nexttowardf nexttowardl object_size ' +
    'offsetof parity parityl parityll popcount popcountl popcountll posix_memalign pow powf powi ' +
    'powif powil powl prefetch printf putchar puts puts_unlocked realloc remainderf remainderl ' +
    'remquof remquol return return_address rindex rint rintf rintl round roundf roundl ' +
    'sadd_overflow saddl_overflow saddll_overflow scalbln scalblnf scalblnl scalbn scalbnf ' +
    'scalbnl setjmp shuffle shufflevector signbit signbitf signbitl sin sinf sinh sinhf sinhl ' +
    'sinl smul_overflow smull_overflow smulll_overflow snprintf speculation_safe_value sprintf ' +
    'sqrt sqrtf sqrtl ssub_overflow ssubl_overflow ssubll_overflow stack_restore stack_save ' +
    'stpcpy stpncpy strcasecmp strcat strchr strcmp strcpy strcspn strdup strlen strncasecmp ' +
    'strncat strncmp strncpy strndup strnlen strpbrk strrchr strspn strstr sub_overflow ' +
    'sub_overflow_p tan tanf tanh tanhf tanhl tanl tgamma tgammaf tgammal thread_pointer tolower ' +
    'toupper trap trunc truncf truncl types_compatible_p uadd_overflow uaddl_overflow ' +
    'uaddll_overflow umul_overflow umull_overflow umulll_overflow unreachable unwind_init ' +
    'usub_overflow usubl_overflow usubll_overflow va_arg_pack va_arg_pack_len va_copy va_end ' +
    'va_start vfprintf vprintf vsnprintf vsprintf'
  ).split(' '),
);

/** Built-in functions for atomic access. */
const atomicBuiltins: ReadonlySet<string> = new Set(
  (
    '__atomic_add_fetch __atomic_always_lock_free __atomic_and_fetch __atomic_clear ' +
    '__atomic_compare_exchange __atomic_compare_exchange_1 __atomic_compare_exchange_16 ' +
    '__atomic_compare_exchange_2 __atomic_compare_exchange_4 __atomic_compare_exchange_8 ' +
    '__atomic_compare_exchange_n __atomic_exchange __atomic_exchange_1 __atomic_exchange_16 ' +
    '__atomic_exchange_2 __atomic_exchange_4 __atomic_exchange_8 __atomic_exchange_n ' +
    '__atomic_fetch_add __atomic_fetch_add_1 __atomic_fetch_add_16 __atomic_fetch_add_2 ' +
    '__atomic_fetch_add_4 __atomic_fetch_add_8 __atomic_fetch_and __atomic_fetch_and_1 ' +
    '__atomic_fetch_and_16 __atomic_fetch_and_2 __atomic_fetch_and_4 __atomic_fetch_and_8 ' +
    '__atomic_fetch_nand __atomic_fetch_nand_1 __atomic_fetch_nand_16 __atomic_fetch_nand_2 ' +
    '__atomic_fetch_nand_4 __atomic_fetch_nand_8 __atomic_fetch_or __atomic_fetch_or_1 ' +
    '__atomic_fetch_or_16 __atomic_fetch_or_2 __atomic_fetch_or_4 __atomic_fetch_or_8 ' +
    '__atomic_fetch_sub __atomic_fetch_sub_1 __atomic_fetch_sub_16 __atomic_fetch_sub_2 ' +
    '__atomic_fetch_sub_4 __atomic_fetch_sub_8 __atomic_fetch_xor __atomic_fetch_xor_1 ' +
    '__atomic_fetch_xor_16 __atomic_fetch_xor_2 __atomic_fetch_xor_4 __atomic_fetch_xor_8 ' +
    '__atomic_is_lock_free __atomic_load __atomic_load_1 __atomic_load_16 __atomic_load_2 ' +
    '__atomic_load_4 __atomic_load_8 __atomic_load_n __atomic_nand_fetch __atomic_or_fetch ' +
    '__atomic_signal_fence __atomic_store __atomic_store_1 __atomic_store_16 __atomic_store_2 ' +
    '__atomic_store_4 __atomic_store_8 __atomic_store_n __atomic_sub_fetch __atomic_test_and_set ' +
    '__atomic_thread_fence __atomic_xor_fetch __sync_add_and_fetch __sync_and_and_fetch ' +
    '__sync_bool_compare_and_swap __sync_fetch_and_add __sync_fetch_and_add_1 ' +
    '__sync_fetch_and_add_16 __sync_fetch_and_add_2 __sync_fetch_and_add_4 __sync_fetch_and_add_8 ' +
    '__sync_fetch_and_and __sync_fetch_and_and_1 __sync_fetch_and_and_16 __sync_fetch_and_and_2 ' +
    '__sync_fetch_and_and_4 __sync_fetch_and_and_8 __sync_fetch_and_nand __sync_fetch_and_nand_1 ' +
    '__sync_fetch_and_nand_16 __sync_fetch_and_nand_2 __sync_fetch_and_nand_4 ' +
    '__sync_fetch_and_nand_8 __sync_fetch_and_or __sync_fetch_and_or_1 __sync_fetch_and_or_16 ' +
    '__sync_fetch_and_or_2 __sync_fetch_and_or_4 __sync_fetch_and_or_8 __sync_fetch_and_sub ' +
    '__sync_fetch_and_sub_1 __sync_fetch_and_sub_16 __sync_fetch_and_sub_2 __sync_fetch_and_sub_4 ' +
    '__sync_fetch_and_sub_8 __sync_fetch_and_xor __sync_fetch_and_xor_1 __sync_fetch_and_xor_16 ' +
    '__sync_fetch_and_xor_2 __sync_fetch_and_xor_4 __sync_fetch_and_xor_8 __sync_lock_release ' +
    '__sync_lock_test_and_set __sync_lock_test_and_set_1 __sync_lock_test_and_set_16 ' +
    '__sync_lock_test_and_set_2 __sync_lock_test_and_set_4 __sync_lock_test_and_set_8 ' +
    '__sync_nand_and_fetch __sync_or_and_fetch __sync_sub_and_fetch __sync_synchronize ' +
    '__sync_val_compare_and_swap __sync_val_compare_and_swap_1 __sync_val_compare_and_swap_16 ' +
    '__sync_val_compare_and_swap_2 __sync_val_compare_and_swap_4 __sync_val_compare_and_swap_8 ' +
    '__sync_xor_and_fetch'
  ).split(' '),
);

const bare = (name: string): string => /^__(.+)__$/.exec(name)?.[1] ?? name;

/** True for the attributes that gcc knows in C; `__name__` is the same as `name`. */
export function hasAttribute(name: string): boolean {
  return attributes.has(bare(name));
}

/** The date of a standard attribute, 1 for gcc's own with the `gnu` prefix, 0 for what is unknown. */
export function hasStandardAttribute(name: string, scope: string | undefined): number {
  if (scope !== undefined) return bare(scope) === 'gnu' && hasAttribute(name) ? 1 : 0;
  return standardAttributes[bare(name)] ?? 0;
}

/** True for the built-in functions that gcc knows in C on x86, but for those of the vector instructions. */
export function hasBuiltin(name: string): boolean {
  const prefix = '__builtin_';
  return name.startsWith(prefix) ? builtins.has(name.slice(prefix.length)) : atomicBuiltins.has(name);
}
