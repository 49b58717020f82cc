/**
 * The header <avxintrin.h>: AVX: floats and doubles in 256 bits.
 *
 * gcc puts the instructions of these functions in place of their calls; only declarations are here.
 */

/** Its text. */
export const avxintrinHeader = String.raw`#ifndef _IMMINTRIN_H_INCLUDED
#error "<avxintrin.h> is included by <immintrin.h> only"
#endif
#ifndef _AVXINTRIN_H_INCLUDED
#define _AVXINTRIN_H_INCLUDED
typedef double __v4df __attribute__((__vector_size__(32)));
typedef float __v8sf __attribute__((__vector_size__(32)));
typedef long long __v4di __attribute__((__vector_size__(32)));
typedef unsigned long long __v4du __attribute__((__vector_size__(32)));
typedef int __v8si __attribute__((__vector_size__(32)));
typedef unsigned int __v8su __attribute__((__vector_size__(32)));
typedef short __v16hi __attribute__((__vector_size__(32)));
typedef unsigned short __v16hu __attribute__((__vector_size__(32)));
typedef char __v32qi __attribute__((__vector_size__(32)));
typedef signed char __v32qs __attribute__((__vector_size__(32)));
typedef unsigned char __v32qu __attribute__((__vector_size__(32)));
typedef float __m256 __attribute__((__vector_size__(32), __may_alias__));
typedef long long __m256i __attribute__((__vector_size__(32), __may_alias__));
typedef double __m256d __attribute__((__vector_size__(32), __may_alias__));
typedef float __m256_u __attribute__((__vector_size__(32), __may_alias__, __aligned__(1)));
typedef long long __m256i_u __attribute__((__vector_size__(32), __may_alias__, __aligned__(1)));
typedef double __m256d_u __attribute__((__vector_size__(32), __may_alias__, __aligned__(1)));
#define _CMP_EQ_OQ 0x00
#define _CMP_LT_OS 0x01
#define _CMP_LE_OS 0x02
#define _CMP_UNORD_Q 0x03
#define _CMP_NEQ_UQ 0x04
#define _CMP_NLT_US 0x05
#define _CMP_NLE_US 0x06
#define _CMP_ORD_Q 0x07
#define _CMP_EQ_UQ 0x08
#define _CMP_NGE_US 0x09
#define _CMP_NGT_US 0x0a
#define _CMP_FALSE_OQ 0x0b
#define _CMP_NEQ_OQ 0x0c
#define _CMP_GE_OS 0x0d
#define _CMP_GT_OS 0x0e
#define _CMP_TRUE_UQ 0x0f
#define _CMP_EQ_OS 0x10
#define _CMP_LT_OQ 0x11
#define _CMP_LE_OQ 0x12
#define _CMP_UNORD_S 0x13
#define _CMP_NEQ_US 0x14
#define _CMP_NLT_UQ 0x15
#define _CMP_NLE_UQ 0x16
#define _CMP_ORD_S 0x17
#define _CMP_EQ_US 0x18
#define _CMP_NGE_UQ 0x19
#define _CMP_NGT_UQ 0x1a
#define _CMP_FALSE_OS 0x1b
#define _CMP_NEQ_OS 0x1c
#define _CMP_GE_OQ 0x1d
#define _CMP_GT_OQ 0x1e
#define _CMP_TRUE_US 0x1f
#define _mm256_ceil_pd(V) _mm256_round_pd ((V), _MM_FROUND_CEIL)
#define _mm256_floor_pd(V) _mm256_round_pd ((V), _MM_FROUND_FLOOR)
#define _mm256_ceil_ps(V) _mm256_round_ps ((V), _MM_FROUND_CEIL)
#define _mm256_floor_ps(V) _mm256_round_ps ((V), _MM_FROUND_FLOOR)
#define __intrinsic extern __inline __attribute__((__gnu_inline__, __always_inline__, __artificial__))
__intrinsic __m256d _mm256_add_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_add_ps(__m256, __m256);
__intrinsic __m256d _mm256_addsub_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_addsub_ps(__m256, __m256);
__intrinsic __m256d _mm256_and_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_and_ps(__m256, __m256);
__intrinsic __m256d _mm256_andnot_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_andnot_ps(__m256, __m256);
__intrinsic __m256d _mm256_blend_pd(__m256d, __m256d, const int);
__intrinsic __m256 _mm256_blend_ps(__m256, __m256, const int);
__intrinsic __m256d _mm256_blendv_pd(__m256d, __m256d, __m256d);
__intrinsic __m256 _mm256_blendv_ps(__m256, __m256, __m256);
__intrinsic __m256d _mm256_div_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_div_ps(__m256, __m256);
__intrinsic __m256 _mm256_dp_ps(__m256, __m256, const int);
__intrinsic __m256d _mm256_hadd_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_hadd_ps(__m256, __m256);
__intrinsic __m256d _mm256_hsub_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_hsub_ps(__m256, __m256);
__intrinsic __m256d _mm256_max_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_max_ps(__m256, __m256);
__intrinsic __m256d _mm256_min_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_min_ps(__m256, __m256);
__intrinsic __m256d _mm256_mul_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_mul_ps(__m256, __m256);
__intrinsic __m256d _mm256_or_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_or_ps(__m256, __m256);
__intrinsic __m256d _mm256_shuffle_pd(__m256d, __m256d, const int);
__intrinsic __m256 _mm256_shuffle_ps(__m256, __m256, const int);
__intrinsic __m256d _mm256_sub_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_sub_ps(__m256, __m256);
__intrinsic __m256d _mm256_xor_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_xor_ps(__m256, __m256);
__intrinsic __m128d _mm_cmp_pd(__m128d, __m128d, const int);
__intrinsic __m128 _mm_cmp_ps(__m128, __m128, const int);
__intrinsic __m256d _mm256_cmp_pd(__m256d, __m256d, const int);
__intrinsic __m256 _mm256_cmp_ps(__m256, __m256, const int);
__intrinsic __m128d _mm_cmp_sd(__m128d, __m128d, const int);
__intrinsic __m128 _mm_cmp_ss(__m128, __m128, const int);
__intrinsic int _mm256_cvtsi256_si32(__m256i);
__intrinsic __m256d _mm256_cvtepi32_pd(__m128i);
__intrinsic __m256 _mm256_cvtepi32_ps(__m256i);
__intrinsic __m128 _mm256_cvtpd_ps(__m256d);
__intrinsic __m256i _mm256_cvtps_epi32(__m256);
__intrinsic __m256d _mm256_cvtps_pd(__m128);
__intrinsic __m128i _mm256_cvttpd_epi32(__m256d);
__intrinsic __m128i _mm256_cvtpd_epi32(__m256d);
__intrinsic __m256i _mm256_cvttps_epi32(__m256);
__intrinsic double _mm256_cvtsd_f64(__m256d);
__intrinsic float _mm256_cvtss_f32(__m256);
__intrinsic __m128d _mm256_extractf128_pd(__m256d, const int);
__intrinsic __m128 _mm256_extractf128_ps(__m256, const int);
__intrinsic __m128i _mm256_extractf128_si256(__m256i, const int);
__intrinsic int _mm256_extract_epi32(__m256i, int const);
__intrinsic int _mm256_extract_epi16(__m256i, int const);
__intrinsic int _mm256_extract_epi8(__m256i, int const);
#ifdef __x86_64__
__intrinsic long long _mm256_extract_epi64(__m256i, const int);
#endif
__intrinsic void _mm256_zeroall(void);
__intrinsic void _mm256_zeroupper(void);
__intrinsic __m128d _mm_permutevar_pd(__m128d, __m128i);
__intrinsic __m256d _mm256_permutevar_pd(__m256d, __m256i);
__intrinsic __m128 _mm_permutevar_ps(__m128, __m128i);
__intrinsic __m256 _mm256_permutevar_ps(__m256, __m256i);
__intrinsic __m128d _mm_permute_pd(__m128d, const int);
__intrinsic __m256d _mm256_permute_pd(__m256d, const int);
__intrinsic __m128 _mm_permute_ps(__m128, const int);
__intrinsic __m256 _mm256_permute_ps(__m256, const int);
__intrinsic __m256d _mm256_permute2f128_pd(__m256d, __m256d, const int);
__intrinsic __m256 _mm256_permute2f128_ps(__m256, __m256, const int);
__intrinsic __m256i _mm256_permute2f128_si256(__m256i, __m256i, const int);
__intrinsic __m128 _mm_broadcast_ss(float const *);
__intrinsic __m256d _mm256_broadcast_sd(double const *);
__intrinsic __m256 _mm256_broadcast_ss(float const *);
__intrinsic __m256d _mm256_broadcast_pd(__m128d const *);
__intrinsic __m256 _mm256_broadcast_ps(__m128 const *);
__intrinsic __m256d _mm256_insertf128_pd(__m256d, __m128d, const int);
__intrinsic __m256 _mm256_insertf128_ps(__m256, __m128, const int);
__intrinsic __m256i _mm256_insertf128_si256(__m256i, __m128i, const int);
__intrinsic __m256i _mm256_insert_epi32(__m256i, int, int const);
__intrinsic __m256i _mm256_insert_epi16(__m256i, int, int const);
__intrinsic __m256i _mm256_insert_epi8(__m256i, int, int const);
#ifdef __x86_64__
__intrinsic __m256i _mm256_insert_epi64(__m256i, long long, int const);
#endif
__intrinsic __m256d _mm256_load_pd(double const *);
__intrinsic void _mm256_store_pd(double *, __m256d);
__intrinsic __m256 _mm256_load_ps(float const *);
__intrinsic void _mm256_store_ps(float *, __m256);
__intrinsic __m256d _mm256_loadu_pd(double const *);
__intrinsic void _mm256_storeu_pd(double *, __m256d);
__intrinsic __m256 _mm256_loadu_ps(float const *);
__intrinsic void _mm256_storeu_ps(float *, __m256);
__intrinsic __m256i _mm256_load_si256(__m256i const *);
__intrinsic void _mm256_store_si256(__m256i *, __m256i);
__intrinsic __m256i _mm256_loadu_si256(__m256i_u const *);
__intrinsic void _mm256_storeu_si256(__m256i_u *, __m256i);
__intrinsic __m128d _mm_maskload_pd(double const *, __m128i);
__intrinsic void _mm_maskstore_pd(double *, __m128i, __m128d);
__intrinsic __m256d _mm256_maskload_pd(double const *, __m256i);
__intrinsic void _mm256_maskstore_pd(double *, __m256i, __m256d);
__intrinsic __m128 _mm_maskload_ps(float const *, __m128i);
__intrinsic void _mm_maskstore_ps(float *, __m128i, __m128);
__intrinsic __m256 _mm256_maskload_ps(float const *, __m256i);
__intrinsic void _mm256_maskstore_ps(float *, __m256i, __m256);
__intrinsic __m256 _mm256_movehdup_ps(__m256);
__intrinsic __m256 _mm256_moveldup_ps(__m256);
__intrinsic __m256d _mm256_movedup_pd(__m256d);
__intrinsic __m256i _mm256_lddqu_si256(__m256i const *);
__intrinsic void _mm256_stream_si256(__m256i *, __m256i);
__intrinsic void _mm256_stream_pd(double *, __m256d);
__intrinsic void _mm256_stream_ps(float *, __m256);
__intrinsic __m256 _mm256_rcp_ps(__m256);
__intrinsic __m256 _mm256_rsqrt_ps(__m256);
__intrinsic __m256d _mm256_sqrt_pd(__m256d);
__intrinsic __m256 _mm256_sqrt_ps(__m256);
__intrinsic __m256d _mm256_round_pd(__m256d, const int);
__intrinsic __m256 _mm256_round_ps(__m256, const int);
__intrinsic __m256d _mm256_unpackhi_pd(__m256d, __m256d);
__intrinsic __m256d _mm256_unpacklo_pd(__m256d, __m256d);
__intrinsic __m256 _mm256_unpackhi_ps(__m256, __m256);
__intrinsic __m256 _mm256_unpacklo_ps(__m256, __m256);
__intrinsic int _mm_testz_pd(__m128d, __m128d);
__intrinsic int _mm_testc_pd(__m128d, __m128d);
__intrinsic int _mm_testnzc_pd(__m128d, __m128d);
__intrinsic int _mm_testz_ps(__m128, __m128);
__intrinsic int _mm_testc_ps(__m128, __m128);
__intrinsic int _mm_testnzc_ps(__m128, __m128);
__intrinsic int _mm256_testz_pd(__m256d, __m256d);
__intrinsic int _mm256_testc_pd(__m256d, __m256d);
__intrinsic int _mm256_testnzc_pd(__m256d, __m256d);
__intrinsic int _mm256_testz_ps(__m256, __m256);
__intrinsic int _mm256_testc_ps(__m256, __m256);
__intrinsic int _mm256_testnzc_ps(__m256, __m256);
__intrinsic int _mm256_testz_si256(__m256i, __m256i);
__intrinsic int _mm256_testc_si256(__m256i, __m256i);
__intrinsic int _mm256_testnzc_si256(__m256i, __m256i);
__intrinsic int _mm256_movemask_pd(__m256d);
__intrinsic int _mm256_movemask_ps(__m256);
__intrinsic __m256d _mm256_undefined_pd(void);
__intrinsic __m256 _mm256_undefined_ps(void);
__intrinsic __m256i _mm256_undefined_si256(void);
__intrinsic __m256d _mm256_setzero_pd(void);
__intrinsic __m256 _mm256_setzero_ps(void);
__intrinsic __m256i _mm256_setzero_si256(void);
__intrinsic __m256d _mm256_set_pd(double, double, double, double);
__intrinsic __m256 _mm256_set_ps(float, float, float, float, float, float, float, float);
__intrinsic __m256i _mm256_set_epi32(int, int, int, int, int, int, int, int);
__intrinsic __m256i _mm256_set_epi16(short, short, short, short, short, short, short, short, short, short, short, short, short, short, short, short);
__intrinsic __m256i _mm256_set_epi8(char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char);
__intrinsic __m256i _mm256_set_epi64x(long long, long long, long long, long long);
__intrinsic __m256d _mm256_set1_pd(double);
__intrinsic __m256 _mm256_set1_ps(float);
__intrinsic __m256i _mm256_set1_epi32(int);
__intrinsic __m256i _mm256_set1_epi16(short);
__intrinsic __m256i _mm256_set1_epi8(char);
__intrinsic __m256i _mm256_set1_epi64x(long long);
__intrinsic __m256d _mm256_setr_pd(double, double, double, double);
__intrinsic __m256 _mm256_setr_ps(float, float, float, float, float, float, float, float);
__intrinsic __m256i _mm256_setr_epi32(int, int, int, int, int, int, int, int);
__intrinsic __m256i _mm256_setr_epi16(short, short, short, short, short, short, short, short, short, short, short, short, short, short, short, short);
__intrinsic __m256i _mm256_setr_epi8(char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char, char);
__intrinsic __m256i _mm256_setr_epi64x(long long, long long, long long, long long);
__intrinsic __m256 _mm256_castpd_ps(__m256d);
__intrinsic __m256i _mm256_castpd_si256(__m256d);
__intrinsic __m256d _mm256_castps_pd(__m256);
__intrinsic __m256i _mm256_castps_si256(__m256);
__intrinsic __m256 _mm256_castsi256_ps(__m256i);
__intrinsic __m256d _mm256_castsi256_pd(__m256i);
__intrinsic __m128d _mm256_castpd256_pd128(__m256d);
__intrinsic __m128 _mm256_castps256_ps128(__m256);
__intrinsic __m128i _mm256_castsi256_si128(__m256i);
__intrinsic __m256d _mm256_castpd128_pd256(__m128d);
__intrinsic __m256 _mm256_castps128_ps256(__m128);
__intrinsic __m256i _mm256_castsi128_si256(__m128i);
__intrinsic __m256d _mm256_zextpd128_pd256(__m128d);
__intrinsic __m256 _mm256_zextps128_ps256(__m128);
__intrinsic __m256i _mm256_zextsi128_si256(__m128i);
__intrinsic __m256 _mm256_set_m128(__m128, __m128);
__intrinsic __m256d _mm256_set_m128d(__m128d, __m128d);
__intrinsic __m256i _mm256_set_m128i(__m128i, __m128i);
__intrinsic __m256 _mm256_setr_m128(__m128, __m128);
__intrinsic __m256d _mm256_setr_m128d(__m128d, __m128d);
__intrinsic __m256i _mm256_setr_m128i(__m128i, __m128i);
__intrinsic __m256 _mm256_loadu2_m128(float const *, float const *);
__intrinsic void _mm256_storeu2_m128(float *, float *, __m256);
__intrinsic __m256d _mm256_loadu2_m128d(double const *, double const *);
__intrinsic void _mm256_storeu2_m128d(double *, double *, __m256d);
__intrinsic __m256i _mm256_loadu2_m128i(__m128i_u const *, __m128i_u const *);
__intrinsic void _mm256_storeu2_m128i(__m128i_u *, __m128i_u *, __m256i);
#undef __intrinsic
#endif
`;
