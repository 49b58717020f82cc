/**
 * The header <smmintrin.h>: SSE4.1 and SSE4.2.
 *
 * gcc puts the instructions of these functions in place of their calls; only declarations are here.
 */

/** Its text. */
export const smmintrinHeader = String.raw`#ifndef _SMMINTRIN_H_INCLUDED
#define _SMMINTRIN_H_INCLUDED
#include <tmmintrin.h>
#define _MM_FROUND_TO_NEAREST_INT 0x00
#define _MM_FROUND_TO_NEG_INF 0x01
#define _MM_FROUND_TO_POS_INF 0x02
#define _MM_FROUND_TO_ZERO 0x03
#define _MM_FROUND_CUR_DIRECTION 0x04
#define _MM_FROUND_RAISE_EXC 0x00
#define _MM_FROUND_NO_EXC 0x08
#define _MM_FROUND_NINT (_MM_FROUND_TO_NEAREST_INT | _MM_FROUND_RAISE_EXC)
#define _MM_FROUND_FLOOR (_MM_FROUND_TO_NEG_INF | _MM_FROUND_RAISE_EXC)
#define _MM_FROUND_CEIL (_MM_FROUND_TO_POS_INF | _MM_FROUND_RAISE_EXC)
#define _MM_FROUND_TRUNC (_MM_FROUND_TO_ZERO | _MM_FROUND_RAISE_EXC)
#define _MM_FROUND_RINT (_MM_FROUND_CUR_DIRECTION | _MM_FROUND_RAISE_EXC)
#define _MM_FROUND_NEARBYINT (_MM_FROUND_CUR_DIRECTION | _MM_FROUND_NO_EXC)
#define _mm_test_all_zeros(M,V) _mm_testz_si128 ((M), (V))
#define _mm_test_all_ones(V) _mm_testc_si128 ((V), _mm_cmpeq_epi32 ((V), (V)))
#define _mm_test_mix_ones_zeros(M,V) _mm_testnzc_si128 ((M), (V))
#define _mm_ceil_pd(V) _mm_round_pd ((V), _MM_FROUND_CEIL)
#define _mm_ceil_sd(D,V) _mm_round_sd ((D), (V), _MM_FROUND_CEIL)
#define _mm_floor_pd(V) _mm_round_pd((V), _MM_FROUND_FLOOR)
#define _mm_floor_sd(D,V) _mm_round_sd ((D), (V), _MM_FROUND_FLOOR)
#define _mm_ceil_ps(V) _mm_round_ps ((V), _MM_FROUND_CEIL)
#define _mm_ceil_ss(D,V) _mm_round_ss ((D), (V), _MM_FROUND_CEIL)
#define _mm_floor_ps(V) _mm_round_ps ((V), _MM_FROUND_FLOOR)
#define _mm_floor_ss(D,V) _mm_round_ss ((D), (V), _MM_FROUND_FLOOR)
#define _MM_MK_INSERTPS_NDX(S,D,M) (((S) << 6) | ((D) << 4) | (M))
#define _MM_EXTRACT_FLOAT(D, S, N) { (D) = ((__v4sf)(S))[(N)]; }
#define _MM_PICK_OUT_PS(X,N) _mm_insert_ps (_mm_setzero_ps (), (X), _MM_MK_INSERTPS_NDX ((N), 0, 0x0e))
#define _SIDD_UBYTE_OPS 0x00
#define _SIDD_UWORD_OPS 0x01
#define _SIDD_SBYTE_OPS 0x02
#define _SIDD_SWORD_OPS 0x03
#define _SIDD_CMP_EQUAL_ANY 0x00
#define _SIDD_CMP_RANGES 0x04
#define _SIDD_CMP_EQUAL_EACH 0x08
#define _SIDD_CMP_EQUAL_ORDERED 0x0c
#define _SIDD_POSITIVE_POLARITY 0x00
#define _SIDD_NEGATIVE_POLARITY 0x10
#define _SIDD_MASKED_POSITIVE_POLARITY 0x20
#define _SIDD_MASKED_NEGATIVE_POLARITY 0x30
#define _SIDD_LEAST_SIGNIFICANT 0x00
#define _SIDD_MOST_SIGNIFICANT 0x40
#define _SIDD_BIT_MASK 0x00
#define _SIDD_UNIT_MASK 0x40
#define __intrinsic extern __inline __attribute__((__gnu_inline__, __always_inline__, __artificial__))
__intrinsic int _mm_testz_si128(__m128i, __m128i);
__intrinsic int _mm_testc_si128(__m128i, __m128i);
__intrinsic int _mm_testnzc_si128(__m128i, __m128i);
__intrinsic __m128d _mm_round_pd(__m128d, const int);
__intrinsic __m128d _mm_round_sd(__m128d, __m128d, const int);
__intrinsic __m128 _mm_round_ps(__m128, const int);
__intrinsic __m128 _mm_round_ss(__m128, __m128, const int);
__intrinsic __m128i _mm_blend_epi16(__m128i, __m128i, const int);
__intrinsic __m128i _mm_blendv_epi8(__m128i, __m128i, __m128i);
__intrinsic __m128 _mm_blend_ps(__m128, __m128, const int);
__intrinsic __m128 _mm_blendv_ps(__m128, __m128, __m128);
__intrinsic __m128d _mm_blend_pd(__m128d, __m128d, const int);
__intrinsic __m128d _mm_blendv_pd(__m128d, __m128d, __m128d);
__intrinsic __m128 _mm_dp_ps(__m128, __m128, const int);
__intrinsic __m128d _mm_dp_pd(__m128d, __m128d, const int);
__intrinsic __m128i _mm_cmpeq_epi64(__m128i, __m128i);
__intrinsic __m128i _mm_min_epi8(__m128i, __m128i);
__intrinsic __m128i _mm_max_epi8(__m128i, __m128i);
__intrinsic __m128i _mm_min_epu16(__m128i, __m128i);
__intrinsic __m128i _mm_max_epu16(__m128i, __m128i);
__intrinsic __m128i _mm_min_epi32(__m128i, __m128i);
__intrinsic __m128i _mm_max_epi32(__m128i, __m128i);
__intrinsic __m128i _mm_min_epu32(__m128i, __m128i);
__intrinsic __m128i _mm_max_epu32(__m128i, __m128i);
__intrinsic __m128i _mm_mullo_epi32(__m128i, __m128i);
__intrinsic __m128i _mm_mul_epi32(__m128i, __m128i);
__intrinsic __m128 _mm_insert_ps(__m128, __m128, const int);
__intrinsic int _mm_extract_ps(__m128, const int);
__intrinsic __m128i _mm_insert_epi8(__m128i, int, const int);
__intrinsic __m128i _mm_insert_epi32(__m128i, int, const int);
#ifdef __x86_64__
__intrinsic __m128i _mm_insert_epi64(__m128i, long long, const int);
#endif
__intrinsic int _mm_extract_epi8(__m128i, const int);
__intrinsic int _mm_extract_epi32(__m128i, const int);
#ifdef __x86_64__
__intrinsic long long _mm_extract_epi64(__m128i, const int);
#endif
__intrinsic __m128i _mm_minpos_epu16(__m128i);
__intrinsic __m128i _mm_cvtepi8_epi32(__m128i);
__intrinsic __m128i _mm_cvtepi16_epi32(__m128i);
__intrinsic __m128i _mm_cvtepi8_epi64(__m128i);
__intrinsic __m128i _mm_cvtepi32_epi64(__m128i);
__intrinsic __m128i _mm_cvtepi16_epi64(__m128i);
__intrinsic __m128i _mm_cvtepi8_epi16(__m128i);
__intrinsic __m128i _mm_cvtepu8_epi32(__m128i);
__intrinsic __m128i _mm_cvtepu16_epi32(__m128i);
__intrinsic __m128i _mm_cvtepu8_epi64(__m128i);
__intrinsic __m128i _mm_cvtepu32_epi64(__m128i);
__intrinsic __m128i _mm_cvtepu16_epi64(__m128i);
__intrinsic __m128i _mm_cvtepu8_epi16(__m128i);
__intrinsic __m128i _mm_packus_epi32(__m128i, __m128i);
__intrinsic __m128i _mm_mpsadbw_epu8(__m128i, __m128i, const int);
__intrinsic __m128i _mm_stream_load_si128(__m128i *);
__intrinsic __m128i _mm_cmpistrm(__m128i, __m128i, const int);
__intrinsic int _mm_cmpistri(__m128i, __m128i, const int);
__intrinsic __m128i _mm_cmpestrm(__m128i, int, __m128i, int, const int);
__intrinsic int _mm_cmpestri(__m128i, int, __m128i, int, const int);
__intrinsic int _mm_cmpistra(__m128i, __m128i, const int);
__intrinsic int _mm_cmpistrc(__m128i, __m128i, const int);
__intrinsic int _mm_cmpistro(__m128i, __m128i, const int);
__intrinsic int _mm_cmpistrs(__m128i, __m128i, const int);
__intrinsic int _mm_cmpistrz(__m128i, __m128i, const int);
__intrinsic int _mm_cmpestra(__m128i, int, __m128i, int, const int);
__intrinsic int _mm_cmpestrc(__m128i, int, __m128i, int, const int);
__intrinsic int _mm_cmpestro(__m128i, int, __m128i, int, const int);
__intrinsic int _mm_cmpestrs(__m128i, int, __m128i, int, const int);
__intrinsic int _mm_cmpestrz(__m128i, int, __m128i, int, const int);
__intrinsic __m128i _mm_cmpgt_epi64(__m128i, __m128i);
__intrinsic unsigned int _mm_crc32_u8(unsigned int, unsigned char);
__intrinsic unsigned int _mm_crc32_u16(unsigned int, unsigned short);
__intrinsic unsigned int _mm_crc32_u32(unsigned int, unsigned int);
#ifdef __x86_64__
__intrinsic unsigned long long _mm_crc32_u64(unsigned long long, unsigned long long);
#endif
#undef __intrinsic
#endif
`;
