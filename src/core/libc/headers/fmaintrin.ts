/**
 * The header <fmaintrin.h>: FMA: products and sums with one rounding.
 *
 * gcc puts the instructions of these functions in place of their calls; only declarations are here.
 */

/** Its text. */
export const fmaintrinHeader = String.raw`#ifndef _IMMINTRIN_H_INCLUDED
#error "<fmaintrin.h> is included by <immintrin.h> only"
#endif
#ifndef _FMAINTRIN_H_INCLUDED
#define _FMAINTRIN_H_INCLUDED
#define __intrinsic extern __inline __attribute__((__gnu_inline__, __always_inline__, __artificial__))
__intrinsic __m128d _mm_fmadd_pd(__m128d, __m128d, __m128d);
__intrinsic __m256d _mm256_fmadd_pd(__m256d, __m256d, __m256d);
__intrinsic __m128 _mm_fmadd_ps(__m128, __m128, __m128);
__intrinsic __m256 _mm256_fmadd_ps(__m256, __m256, __m256);
__intrinsic __m128d _mm_fmadd_sd(__m128d, __m128d, __m128d);
__intrinsic __m128 _mm_fmadd_ss(__m128, __m128, __m128);
__intrinsic __m128d _mm_fmsub_pd(__m128d, __m128d, __m128d);
__intrinsic __m256d _mm256_fmsub_pd(__m256d, __m256d, __m256d);
__intrinsic __m128 _mm_fmsub_ps(__m128, __m128, __m128);
__intrinsic __m256 _mm256_fmsub_ps(__m256, __m256, __m256);
__intrinsic __m128d _mm_fmsub_sd(__m128d, __m128d, __m128d);
__intrinsic __m128 _mm_fmsub_ss(__m128, __m128, __m128);
__intrinsic __m128d _mm_fnmadd_pd(__m128d, __m128d, __m128d);
__intrinsic __m256d _mm256_fnmadd_pd(__m256d, __m256d, __m256d);
__intrinsic __m128 _mm_fnmadd_ps(__m128, __m128, __m128);
__intrinsic __m256 _mm256_fnmadd_ps(__m256, __m256, __m256);
__intrinsic __m128d _mm_fnmadd_sd(__m128d, __m128d, __m128d);
__intrinsic __m128 _mm_fnmadd_ss(__m128, __m128, __m128);
__intrinsic __m128d _mm_fnmsub_pd(__m128d, __m128d, __m128d);
__intrinsic __m256d _mm256_fnmsub_pd(__m256d, __m256d, __m256d);
__intrinsic __m128 _mm_fnmsub_ps(__m128, __m128, __m128);
__intrinsic __m256 _mm256_fnmsub_ps(__m256, __m256, __m256);
__intrinsic __m128d _mm_fnmsub_sd(__m128d, __m128d, __m128d);
__intrinsic __m128 _mm_fnmsub_ss(__m128, __m128, __m128);
__intrinsic __m128d _mm_fmaddsub_pd(__m128d, __m128d, __m128d);
__intrinsic __m256d _mm256_fmaddsub_pd(__m256d, __m256d, __m256d);
__intrinsic __m128 _mm_fmaddsub_ps(__m128, __m128, __m128);
__intrinsic __m256 _mm256_fmaddsub_ps(__m256, __m256, __m256);
__intrinsic __m128d _mm_fmsubadd_pd(__m128d, __m128d, __m128d);
__intrinsic __m256d _mm256_fmsubadd_pd(__m256d, __m256d, __m256d);
__intrinsic __m128 _mm_fmsubadd_ps(__m128, __m128, __m128);
__intrinsic __m256 _mm256_fmsubadd_ps(__m256, __m256, __m256);
#undef __intrinsic
#endif
`;
