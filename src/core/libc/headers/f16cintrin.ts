/**
 * The header <f16cintrin.h>: F16C: numbers of 16 bits.
 *
 * gcc puts the instructions of these functions in place of their calls; only declarations are here.
 */

/** Its text. */
export const f16cintrinHeader = String.raw`#ifndef _IMMINTRIN_H_INCLUDED
#error "<f16cintrin.h> is included by <immintrin.h> only"
#endif
#ifndef _F16CINTRIN_H_INCLUDED
#define _F16CINTRIN_H_INCLUDED
#define __intrinsic extern __inline __attribute__((__gnu_inline__, __always_inline__, __artificial__))
__intrinsic float _cvtsh_ss(unsigned short);
__intrinsic __m128 _mm_cvtph_ps(__m128i);
__intrinsic __m256 _mm256_cvtph_ps(__m128i);
__intrinsic unsigned short _cvtss_sh(float, const int);
__intrinsic __m128i _mm_cvtps_ph(__m128, const int);
__intrinsic __m128i _mm256_cvtps_ph(__m256, const int);
#undef __intrinsic
#endif
`;
