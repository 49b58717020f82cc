/**
 * The header <wmmintrin.h>: AES and carry-less multiplication.
 *
 * gcc puts the instructions of these functions in place of their calls; only declarations are here.
 */

/** Its text. */
export const wmmintrinHeader = String.raw`#ifndef _WMMINTRIN_H_INCLUDED
#define _WMMINTRIN_H_INCLUDED
#include <emmintrin.h>
#define __intrinsic extern __inline __attribute__((__gnu_inline__, __always_inline__, __artificial__))
__intrinsic __m128i _mm_aesdec_si128(__m128i, __m128i);
__intrinsic __m128i _mm_aesdeclast_si128(__m128i, __m128i);
__intrinsic __m128i _mm_aesenc_si128(__m128i, __m128i);
__intrinsic __m128i _mm_aesenclast_si128(__m128i, __m128i);
__intrinsic __m128i _mm_aesimc_si128(__m128i);
__intrinsic __m128i _mm_aeskeygenassist_si128(__m128i, const int);
__intrinsic __m128i _mm_clmulepi64_si128(__m128i, __m128i, const int);
#undef __intrinsic
#endif
`;
