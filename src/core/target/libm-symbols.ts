/**
 * Which functions and objects a program takes from libm.so.6: gcc links with --as-needed on Debian, so the library is mapped
 * just when one of them is named.
 *
 * Source: .dynsym of libm.so.6 and libc.so.6 of glibc 2.36 (default versions; `readelf --dyn-syms`). Names that libc.so.6
 * offers too (frexp, ldexp, modf, copysign, scalbn, finite …) need libm only together with others, because without -lm they link as well.
 */
import type { TargetName } from './data-model.ts';

/** The library as DT_NEEDED has it. */
export const LIBM = 'libm.so.6';

/** Endings of the names of a function for the floating-point types, `double` first. */
const everyType = ['', 'f', 'l', 'f32', 'f64', 'f128', 'f32x', 'f64x'];
const extendedTypes = everyType.slice(3);

/** Stems of names with the endings that they have; `_r` comes last of all. */
const families: readonly (readonly [endings: readonly string[], stems: string])[] = [
  [
    everyType,
    'acos acosh asin asinh atan atan2 atanh cabs cacos cacosh canonicalize carg casin casinh catan catanh ' +
      'cbrt ccos ccosh ceil cexp cimag clog clog10 conj cos cosh cpow cproj creal csin csinh csqrt ctan ctanh ' +
      'erf erfc exp exp10 exp2 expm1 fabs fdim floor fma fmax fmaximum fmaximum_mag fmaximum_mag_num ' +
      'fmaximum_num fmaxmag fmin fminimum fminimum_mag fminimum_mag_num fminimum_num fminmag fmod fromfp ' +
      'fromfpx getpayload hypot ilogb j0 j1 jn lgamma lgamma_r llogb llrint llround log log10 log1p log2 logb ' +
      'lrint lround nan nearbyint nextafter nextdown nextup pow remainder remquo rint round roundeven ' +
      'setpayload setpayloadsig sin sincos sinh sqrt tan tanh tgamma totalorder totalordermag trunc ufromfp ' +
      'ufromfpx y0 y1 yn',
  ],
  [
    [''],
    '__signgam feclearexcept fedisableexcept feenableexcept fegetenv fegetexcept fegetexceptflag fegetmode ' +
      'fegetround feholdexcept feraiseexcept fesetenv fesetexcept fesetexceptflag fesetmode fesetround ' +
      'fetestexcept fetestexceptflag feupdateenv signgam',
  ],
  [['', 'f', 'l'], '__clog10 drem gamma nexttoward scalb significand'],
  [['', 'f', 'l', 'f128'], '__fpclassify __iseqsig __issignaling'],
  [extendedTypes, 'copysign frexp ldexp modf scalbn scalbln'],
  [['', 'l'], 'fadd fdiv ffma fmul fsqrt fsub'],
  [['l'], '__iscanonical dadd ddiv dfma dmul dsqrt dsub'],
  [['f64', 'f128', 'f32x', 'f64x'], 'f32add f32div f32fma f32mul f32sqrt f32sub'],
  [['f64', 'f128', 'f64x'], 'f32xadd f32xdiv f32xfma f32xmul f32xsqrt f32xsub'],
  [['f128', 'f64x'], 'f64add f64div f64fma f64mul f64sqrt f64sub'],
  [['f128'], '__finite __isinf __signbit f64xadd f64xdiv f64xfma f64xmul f64xsqrt f64xsub'],
];

/** Only the libc of i386 has these three as well. */
const scalblnNames = ['scalbln', 'scalblnf', 'scalblnl'];
const i386Names = ['__expl', '__expm1l'];

/** Names that both libraries have, for which libm comes first on the linker's command line. */
const sharedNames = new Set(
  ['__finite', '__signbit', 'copysign', 'finite', 'frexp', 'ldexp', 'modf', 'scalbn'].flatMap((stem) => [
    stem,
    `${stem}f`,
    `${stem}l`,
  ]),
);

const ownNames = new Set(
  families.flatMap(([endings, stems]) =>
    stems
      .split(' ')
      .flatMap((stem) =>
        endings.map((ending) => (stem.endsWith('_r') ? `${stem.slice(0, -2)}${ending}_r` : stem + ending)),
      ),
  ),
);

/** Whether libm.so.6 has a symbol that libc.so.6 does not have. */
export function isOnlyInLibm(name: string, target: TargetName): boolean {
  return ownNames.has(name) || (target === 'i386' ? i386Names : scalblnNames).includes(name);
}

/** Whether a program that needs libm takes a symbol from there. */
export function isFromLibm(name: string, target: TargetName): boolean {
  return isOnlyInLibm(name, target) || sharedNames.has(name) || scalblnNames.includes(name);
}
