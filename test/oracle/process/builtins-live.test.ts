/**
 * The functions that gcc 12 documents as built in (Extending C: "Other Builtins", "Legacy __sync", "__atomic", "Overflow",
 * "Object Size Checking", "Constructing Calls", "Return Address", "Vector Extensions"): each does what gcc's does, or is
 * named at its line.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { defaultAnalysisOptions } from '../../../src/session/analysis.ts';
import { buildProgram } from '../../../src/session/build.ts';
import { runProfile } from '../../../src/session/run-profile.ts';
import { renderText } from '../../../src/core/text/all-texts.ts';
import { hasGcc } from '../../support/gcc.ts';
import { openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';

/** What the statements use. */
const head = `
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#define I(value) printf("%s %lld\\n", #value, (long long)(value))
#define U(value) printf("%s %llx\\n", #value, (unsigned long long)(value))
#define D(value) printf("%s %a\\n", #value, (double)(value))
typedef int v4 __attribute__((vector_size(16)));
typedef float f4 __attribute__((vector_size(16)));
volatile int i = 40, zero, minus = -7;
volatile unsigned u = 0xf0f00080u;
volatile long l = -123456789012L;
volatile unsigned long ul = 0x8000000000000001ul;
volatile long long ll = 1LL << 40;
volatile double d = 2.5, e = -0.75, big = 1e300;
volatile float f = 1.25f;
volatile long double x = 3.5L;
double _Complex z = 3.0 + 4.0i;
char text[32] = "hello, world", other[32];
int cell, result, expected;
long wide;
unsigned unsignedResult;
unsigned long unsignedWide;
long long longest;
unsigned long long unsignedLongest;
double whole;
float wholeFloat;
char flag;
va_list list;
struct padded { char c; int n; } padded;
`;

const plain = `
I(__builtin_expect(i, 40)); I(__builtin_expect_with_probability(i, 40, 0.9));
I(__builtin_constant_p(3)); I(__builtin_types_compatible_p(int, int)); I(__builtin_choose_expr(1, 2, "three"));
I(__builtin_offsetof(struct padded, n)); I(__builtin_object_size(text, 0)); I(__builtin_object_size(text + 4, 1));
I(__builtin_object_size((char *)l, 2)); I(__builtin_dynamic_object_size(text, 0)); I(__builtin_classify_type(d));
I(*(char *)__builtin_assume_aligned(text, 4)); __builtin_prefetch(text); __builtin___clear_cache(text, text + 1);
I(__builtin_ffs(i)); I(__builtin_ffsl(l)); I(__builtin_ffsll(ll)); I(__builtin_clz(u)); I(__builtin_clzl(ul)); I(__builtin_clzll(ll));
I(__builtin_ctz(u)); I(__builtin_ctzl(ul)); I(__builtin_ctzll(ll)); I(__builtin_clrsb(i)); I(__builtin_clrsbl(l)); I(__builtin_clrsbll(ll));
I(__builtin_popcount(u)); I(__builtin_popcountl(ul)); I(__builtin_popcountll(ll)); I(__builtin_parity(u)); I(__builtin_parityl(ul)); I(__builtin_parityll(ll));
U(__builtin_bswap16(u)); U(__builtin_bswap32(u)); U(__builtin_bswap64(ul)); U(__builtin_bswap128(ul) >> 64);
D(__builtin_huge_val()); D(__builtin_huge_valf()); D(__builtin_huge_vall()); D(__builtin_inf()); D(__builtin_inff()); D(__builtin_infl());
I(__builtin_isnan(__builtin_nan(""))); I(__builtin_isnan(__builtin_nanf(""))); I(__builtin_isnan(__builtin_nanl(""))); I(__builtin_isnan(__builtin_nans("")));
I(__builtin_fpclassify(0, 1, 2, 3, 4, d)); I(__builtin_isfinite(big)); I(__builtin_isnormal(d)); I(__builtin_isinf(big * big)); I(__builtin_isinf_sign(-big * big)); I(!!__builtin_signbit(e));
I(__builtin_isgreater(d, e)); I(__builtin_isgreaterequal(d, e)); I(__builtin_isless(d, e)); I(__builtin_islessequal(d, e)); I(__builtin_islessgreater(d, e)); I(__builtin_isunordered(d, e));
D(__builtin_powi(d, 3)); D(__builtin_powif(f, -2)); D(__builtin_powil(x, 2)); I(__builtin_iround(d)); I(__builtin_lceil(d)); I(__builtin_lfloor(e)); I(__builtin_irint(d));
I(__builtin_add_overflow(i, 2147483640, &result)); I(result); I(__builtin_sub_overflow(u, 1ul, &wide)); I(wide); I(__builtin_mul_overflow(l, l, &wide)); I(wide);
I(__builtin_add_overflow_p(i, 1, (signed char)0)); I(__builtin_sub_overflow_p(u, i, 0u)); I(__builtin_mul_overflow_p(i, 4, (char)0));
I(__builtin_sadd_overflow(i, i, &result)); I(__builtin_saddl_overflow(l, l, &wide)); I(__builtin_saddll_overflow(ll, ll, &longest)); I(__builtin_uadd_overflow(u, u, &unsignedResult)); I(__builtin_uaddl_overflow(ul, ul, &unsignedWide)); I(__builtin_uaddll_overflow(ul, ul, &unsignedLongest));
I(__builtin_ssub_overflow(i, i, &result)); I(__builtin_ssubl_overflow(l, l, &wide)); I(__builtin_ssubll_overflow(ll, ll, &longest)); I(__builtin_usub_overflow(i, u, &unsignedResult)); I(__builtin_usubl_overflow(1, ul, &unsignedWide)); I(__builtin_usubll_overflow(1, ul, &unsignedLongest));
I(__builtin_smul_overflow(i, i, &result)); I(__builtin_smull_overflow(l, l, &wide)); I(__builtin_smulll_overflow(ll, ll, &longest)); I(__builtin_umul_overflow(u, u, &unsignedResult)); I(__builtin_umull_overflow(ul, ul, &unsignedWide)); I(__builtin_umulll_overflow(ul, ul, &unsignedLongest)); U(unsignedLongest);
{ float tiny = 1e-40f; long double least = 1e-310L; I(__builtin_fpclassify(0, 1, 2, 3, 4, tiny)); I(__builtin_isnormal(tiny)); I(__builtin_isnormal(least)); I(__builtin_fpclassify(0, 1, 2, 3, 4, least)); }
I(__builtin_fpclassify(0, 1, 2, 3, 4, zero * d)); I(__builtin_fpclassify(0, 1, 2, 3, 4, -big * big)); I(__builtin_fpclassify(0, 1, 2, 3, 4, __builtin_nan("")));
{ double atomic = 1.5, before; __atomic_exchange(&atomic, &whole, &before, 5); D(before); double same = whole, new = 4; I(__atomic_compare_exchange(&atomic, &same, &new, 0, 5, 5)); D(atomic); }
D(__real__ __builtin_complex(d, e)); D(__builtin_creal(z)); D(__builtin_cimag(z)); D(__imag__ __builtin_conj(z)); D(__builtin_cabs(z)); D(__builtin_carg(z)); D(__real__ __builtin_csqrt(z)); D(__imag__ __builtin_cexp(z)); D(__imag__ __builtin_cexpi(d));
D(__builtin_fabs(e)); D(__builtin_fabsf(-f)); D(__builtin_fabsl(-x)); D(__builtin_copysign(d, e)); D(__builtin_copysignf(f, -1)); D(__builtin_copysignl(x, -1));
D(__builtin_sqrt(d)); D(__builtin_sqrtf(f)); D(__builtin_floor(e)); D(__builtin_ceilf(f)); D(__builtin_truncl(x)); D(__builtin_round(d)); D(__builtin_roundeven(d)); D(__builtin_roundevenf(f)); D(__builtin_rint(d)); D(__builtin_nearbyint(d));
D(__builtin_fmax(d, e)); D(__builtin_fminf(f, 2)); D(__builtin_fdim(d, e)); D(__builtin_fdimf(f, 1)); D(__builtin_fma(d, e, d)); D(__builtin_fmod(d, e)); D(__builtin_remainderf(f, 1)); D(__builtin_hypot(d, e)); D(__builtin_exp(d)); D(__builtin_log1p(d)); D(__builtin_expm1(e)); D(__builtin_logb(d)); I(__builtin_ilogbf(f));
D(__builtin_ldexp(d, 3)); D(__builtin_scalbnf(f, 2)); D(__builtin_frexp(d, &result)); D(__builtin_modf(d, &whole)); D(__builtin_modff(f, &wholeFloat)); D(__builtin_remquof(f, 1, &result)); I(__builtin_lrint(d)); I(__builtin_llroundf(f)); D(__builtin_nextafter(d, e)); D(__builtin_nextafterf(f, 0));
__builtin_sincos(d, &whole, &whole); D(whole); D(__builtin_erf(d)); D(__builtin_tgamma(d)); D(__builtin_lgamma(d)); D(__builtin_lgamma_r(d, &result)); D(__builtin_acoshf(f)); D(__builtin_erfcf(f)); D(__builtin_log1pf(f)); D(__builtin_significand(d)); D(__builtin_drem(d, e)); D(__builtin_scalb(d, 2)); D(__builtin_j0(d)); D(__builtin_yn(2, d));
I(__builtin_abs(minus)); I(__builtin_labs(l)); I(__builtin_llabs(ll)); I(__builtin_imaxabs(l)); I(__builtin_isalpha('a')); I(__builtin_toupper('a')); I(!!__builtin_iswupper(L'A')); I(__builtin_towlower(L'A'));
I(__builtin_strlen(text)); I(__builtin_strcmp(text, "hello")); I(__builtin_strncmp(text, "hello", 5)); I(__builtin_memcmp(text, "help", 4)); I(__builtin_strchr(text, 'w') - text); I(__builtin_strrchr(text, 'l') - text); I(__builtin_strstr(text, "wor") - text); I(__builtin_strspn(text, "helo")); I(__builtin_strcspn(text, ",")); I(__builtin_strpbrk(text, " ,") - text); I((char *)__builtin_memchr(text, 'o', 9) - text); I(__builtin_strnlen(text, 5));
__builtin_memcpy(other, text, 8); __builtin_memmove(other + 1, other, 6); __builtin_memset(other + 9, 'x', 2); __builtin_strcpy(other + 12, "abc"); __builtin_strncpy(other + 16, "defg", 3); __builtin_strcat(other, "!"); puts(other); I((char *)__builtin_mempcpy(other, text, 3) - other); I(__builtin_stpcpy(other, "xy") - other);
I(__builtin___strcpy_chk(other, "checked", 32) == other); I(__builtin___memcpy_chk(other, text, 4, 32) == other); I(__builtin___sprintf_chk(other, 0, 32, "%d", i)); I(__builtin___snprintf_chk(other, 9, 0, 32, "%d", i)); I(__builtin___printf_chk(0, "%d\\n", i)); I(__builtin___stpncpy_chk(other, text, 3, 32) - other);
__builtin_printf("%d\\n", i); __builtin_puts("puts"); __builtin_putchar('p'); __builtin_fputs("fputs\\n", stdout); I(__builtin_sprintf(other, "%d", i)); I(__builtin_snprintf(other, 3, "%d", u)); I(__builtin_sscanf("17", "%d", &result)); I(result);
{ char *mem = __builtin_malloc(10); mem = __builtin_realloc(mem, 30); I(mem != 0); __builtin_free(mem); mem = __builtin_calloc(2, 3); I(mem[5]); free(mem); void *aligned; I(__builtin_posix_memalign(&aligned, 64, 8)); }
{ char *mem = __builtin_alloca(9); mem[8] = 5; I(mem[8]); mem = __builtin_alloca_with_align(20, 256); I((long)mem % 32); }
I(__builtin_frame_address(0) != 0); I(__builtin_return_address(0) != 0); I(__builtin_extract_return_addr(text) == text); I(__builtin_frob_return_addr(text) == text);
I(__builtin_speculation_safe_value(i)); I(__builtin_has_attribute(cell, aligned)); __builtin_clear_padding(&padded); I(__builtin_LINE() > 0); puts(__builtin_FUNCTION()); I(__builtin_strlen(__builtin_FILE()) > 0); I(!!__builtin_cpu_supports("sse2")); __builtin_cpu_init(); I(__builtin_cpu_is("intel") >= 0); __builtin_ia32_pause();
{ v4 a = {1, 2, 3, 4}, m = {3, 0, 5, 1}; v4 b = __builtin_shuffle(a, m); I(b[0]); b = __builtin_shuffle(a, m, b); I(b[2]); }
{ v4 a = {1, 2, 3, 4}; v4 b = __builtin_shufflevector(a, a, 3, 2, 5, 0); I(b[2]); f4 c = __builtin_convertvector(a, f4); D(c[3]); }
{ void *buffer[5]; if (__builtin_setjmp(buffer) == 0) puts("set"); }
I(__builtin_thread_pointer() != 0); I(__builtin_stack_save() != 0); I(__builtin_apply_args() != 0);
I(__sync_fetch_and_add(&cell, 5)); I(__sync_fetch_and_sub(&cell, 1)); I(__sync_fetch_and_or(&cell, 8)); I(__sync_fetch_and_and(&cell, 13)); I(__sync_fetch_and_xor(&cell, 3)); I(__sync_fetch_and_nand(&cell, 7)); I(cell);
I(__sync_add_and_fetch(&cell, 5)); I(__sync_sub_and_fetch(&cell, 1)); I(__sync_or_and_fetch(&cell, 8)); I(__sync_and_and_fetch(&cell, 13)); I(__sync_xor_and_fetch(&cell, 3)); I(__sync_nand_and_fetch(&cell, 7)); I(__sync_add_and_fetch_4(&cell, 2));
I(__sync_bool_compare_and_swap(&cell, cell, 9)); I(__sync_val_compare_and_swap(&cell, 9, 11)); __sync_synchronize(); I(__sync_lock_test_and_set(&cell, 1)); __sync_lock_release(&cell); I(cell);
I(__atomic_load_n(&cell, 5)); __atomic_load(&cell, &result, 5); I(result); __atomic_store_n(&cell, 7, 5); __atomic_store(&cell, &result, 5); I(__atomic_exchange_n(&cell, 3, 5)); __atomic_exchange(&cell, &result, &expected, 5); I(expected);
expected = cell; I(__atomic_compare_exchange_n(&cell, &expected, 4, 0, 5, 5)); I(__atomic_compare_exchange(&cell, &expected, &result, 0, 5, 5)); I(expected);
I(__atomic_add_fetch(&cell, 5, 5)); I(__atomic_sub_fetch(&cell, 1, 5)); I(__atomic_and_fetch(&cell, 13, 5)); I(__atomic_xor_fetch(&cell, 3, 5)); I(__atomic_or_fetch(&cell, 8, 5)); I(__atomic_nand_fetch(&cell, 7, 5));
I(__atomic_fetch_add(&cell, 5, 5)); I(__atomic_fetch_sub(&cell, 1, 5)); I(__atomic_fetch_and(&cell, 13, 5)); I(__atomic_fetch_xor(&cell, 3, 5)); I(__atomic_fetch_or(&cell, 8, 5)); I(__atomic_fetch_nand(&cell, 7, 5)); I(__atomic_fetch_add_8(&wide, 2, 5));
I(__atomic_test_and_set(&flag, 5)); __atomic_clear(&flag, 5); __atomic_thread_fence(5); __atomic_signal_fence(5); I(__atomic_always_lock_free(4, 0)); I(__atomic_is_lock_free(8, 0));
`;

/** One statement, or one compound statement, a line. */
const statements = plain
  .trim()
  .split('\n')
  .flatMap((line) =>
    line.startsWith('{') || line.startsWith('expected =') ? [line] : line.split(/(?<=;) /),
  );

/** What is named at its line. */
const named = [
  'powi powif powil iround irint lceil lfloor cexpi bswap128 __stpncpy_chk speculation_safe_value clear_padding',
  'has_attribute LINE FUNCTION FILE cpu_supports cpu_is thread_pointer stack_save',
  'apply_args j0 yn __strcpy_chk __memcpy_chk __sprintf_chk __snprintf_chk __printf_chk',
].flatMap((line) => line.split(' ').map((name) => `__builtin_${name}`));

const programOf = (lines: readonly string[]): string =>
  `${head}int main(void) {\n${lines.join('\n')}\nreturn 0; }\n`;

/** Statements that a problem of ours names. */
function namedStatements(): ReadonlySet<string> {
  const built = buildProgram(
    [{ name: 'program.c', text: programOf(statements) }],
    defaultAnalysisOptions,
    runProfile({ target: 'x86_64', glibc: '2.36' }),
    (text) => renderText(text, 'en'),
  );
  const first = head.split('\n').length + 1;
  assert.deepEqual(
    built.problems.filter(({ severity }) => severity === 'error'),
    [],
  );
  const found = built.problems.filter((one) => one.severity === 'unsupported');
  return new Set(found.map(({ place }) => statements[place.line - first] ?? ''));
}

describe('built-in functions beside gcc', () => {
  it('does what gcc does, or names the line', function () {
    if (!hasGcc('built-in functions')) return;
    this.timeout(60_000);
    const beyond = namedStatements();
    assert.deepEqual(
      statements.filter((one) => beyond.has(one) !== named.some((name) => one.includes(`${name}(`))),
      [],
    );
    const modelled = statements.filter((one) => !beyond.has(one));
    assert.ok(modelled.length > 200, String(modelled.length));
    const real = compileReal(programOf(modelled), []);
    try {
      const { stdout } = spawnSync(real.path, { encoding: 'latin1' });
      const session = openSession(programOf(modelled), { stdoutKind: 'pipe' });
      const pieces = session.recording.outputUpTo(session.recording.count).map(({ bytes }) => bytes);
      assert.deepEqual(Buffer.concat(pieces).toString('latin1').split('\n'), stdout.split('\n'));
    } finally {
      real.remove();
    }
  });
});
