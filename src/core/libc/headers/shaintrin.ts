/**
 * The header <shaintrin.h>: SHA.
 *
 * gcc puts the instructions of these functions in place of their calls; only declarations are here.
 */

/** Its text. */
export const shaintrinHeader = String.raw`#ifndef _IMMINTRIN_H_INCLUDED
#error "<shaintrin.h> is included by <immintrin.h> only"
#endif
#ifndef _SHAINTRIN_H_INCLUDED
#define _SHAINTRIN_H_INCLUDED
#define __intrinsic extern __inline __attribute__((__gnu_inline__, __always_inline__, __artificial__))
__intrinsic __m128i _mm_sha1msg1_epu32(__m128i, __m128i);
__intrinsic __m128i _mm_sha1msg2_epu32(__m128i, __m128i);
__intrinsic __m128i _mm_sha1nexte_epu32(__m128i, __m128i);
__intrinsic __m128i _mm_sha1rnds4_epu32(__m128i, __m128i, const int);
__intrinsic __m128i _mm_sha256msg1_epu32(__m128i, __m128i);
__intrinsic __m128i _mm_sha256msg2_epu32(__m128i, __m128i);
__intrinsic __m128i _mm_sha256rnds2_epu32(__m128i, __m128i, __m128i);
#undef __intrinsic
#endif
`;
