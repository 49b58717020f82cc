/**
 * The header <tmmintrin.h>: SSSE3.
 *
 * gcc puts the instructions of these functions in place of their calls; only declarations are here.
 */

/** Its text. */
export const tmmintrinHeader = String.raw`#ifndef _TMMINTRIN_H_INCLUDED
#define _TMMINTRIN_H_INCLUDED
#include <pmmintrin.h>
#define __intrinsic extern __inline __attribute__((__gnu_inline__, __always_inline__, __artificial__))
__intrinsic __m128i _mm_hadd_epi16(__m128i, __m128i);
__intrinsic __m128i _mm_hadd_epi32(__m128i, __m128i);
__intrinsic __m128i _mm_hadds_epi16(__m128i, __m128i);
__intrinsic __m64 _mm_hadd_pi16(__m64, __m64);
__intrinsic __m64 _mm_hadd_pi32(__m64, __m64);
__intrinsic __m64 _mm_hadds_pi16(__m64, __m64);
__intrinsic __m128i _mm_hsub_epi16(__m128i, __m128i);
__intrinsic __m128i _mm_hsub_epi32(__m128i, __m128i);
__intrinsic __m128i _mm_hsubs_epi16(__m128i, __m128i);
__intrinsic __m64 _mm_hsub_pi16(__m64, __m64);
__intrinsic __m64 _mm_hsub_pi32(__m64, __m64);
__intrinsic __m64 _mm_hsubs_pi16(__m64, __m64);
__intrinsic __m128i _mm_maddubs_epi16(__m128i, __m128i);
__intrinsic __m64 _mm_maddubs_pi16(__m64, __m64);
__intrinsic __m128i _mm_mulhrs_epi16(__m128i, __m128i);
__intrinsic __m64 _mm_mulhrs_pi16(__m64, __m64);
__intrinsic __m128i _mm_shuffle_epi8(__m128i, __m128i);
__intrinsic __m64 _mm_shuffle_pi8(__m64, __m64);
__intrinsic __m128i _mm_sign_epi8(__m128i, __m128i);
__intrinsic __m128i _mm_sign_epi16(__m128i, __m128i);
__intrinsic __m128i _mm_sign_epi32(__m128i, __m128i);
__intrinsic __m64 _mm_sign_pi8(__m64, __m64);
__intrinsic __m64 _mm_sign_pi16(__m64, __m64);
__intrinsic __m64 _mm_sign_pi32(__m64, __m64);
__intrinsic __m128i _mm_alignr_epi8(__m128i, __m128i, const int);
__intrinsic __m64 _mm_alignr_pi8(__m64, __m64, const int);
__intrinsic __m128i _mm_abs_epi8(__m128i);
__intrinsic __m128i _mm_abs_epi16(__m128i);
__intrinsic __m128i _mm_abs_epi32(__m128i);
__intrinsic __m64 _mm_abs_pi8(__m64);
__intrinsic __m64 _mm_abs_pi16(__m64);
__intrinsic __m64 _mm_abs_pi32(__m64);
#undef __intrinsic
#endif
`;
