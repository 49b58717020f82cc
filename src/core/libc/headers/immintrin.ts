/**
 * The header <immintrin.h>: every extension of the processor that gcc 12 knows but for those of AMD alone.
 *
 * Of AVX-512 only the types are declared.
 */

/** Its text. */
export const immintrinHeader = String.raw`#ifndef _IMMINTRIN_H_INCLUDED
#define _IMMINTRIN_H_INCLUDED
#include <x86gprintrin.h>
#include <mmintrin.h>
#include <xmmintrin.h>
#include <emmintrin.h>
#include <pmmintrin.h>
#include <tmmintrin.h>
#include <smmintrin.h>
#include <wmmintrin.h>
#include <avxintrin.h>
#include <avx2intrin.h>
#include <shaintrin.h>
#include <fmaintrin.h>
#include <f16cintrin.h>
typedef double __v8df __attribute__((__vector_size__(64)));
typedef float __v16sf __attribute__((__vector_size__(64)));
typedef long long __v8di __attribute__((__vector_size__(64)));
typedef int __v16si __attribute__((__vector_size__(64)));
typedef short __v32hi __attribute__((__vector_size__(64)));
typedef char __v64qi __attribute__((__vector_size__(64)));
typedef float __m512 __attribute__((__vector_size__(64), __may_alias__));
typedef long long __m512i __attribute__((__vector_size__(64), __may_alias__));
typedef double __m512d __attribute__((__vector_size__(64), __may_alias__));
typedef float __m512_u __attribute__((__vector_size__(64), __may_alias__, __aligned__(1)));
typedef long long __m512i_u __attribute__((__vector_size__(64), __may_alias__, __aligned__(1)));
typedef double __m512d_u __attribute__((__vector_size__(64), __may_alias__, __aligned__(1)));
typedef unsigned char __mmask8;
typedef unsigned short __mmask16;
typedef unsigned int __mmask32;
typedef unsigned long long __mmask64;
#endif
`;

/** The text of <x86intrin.h>. */
export const x86intrinHeader = String.raw`#ifndef _X86INTRIN_H_INCLUDED
#define _X86INTRIN_H_INCLUDED
#include <x86gprintrin.h>
#include <immintrin.h>
#endif
`;

/** The text of <nmmintrin.h>, SSE4.2. */
export const nmmintrinHeader = String.raw`#ifndef _NMMINTRIN_H_INCLUDED
#define _NMMINTRIN_H_INCLUDED
#include <smmintrin.h>
#endif
`;

/** The text of <mm_malloc.h>: memory at a multiple of a power of two. */
export const mmMallocHeader = String.raw`#ifndef _MM_MALLOC_H_INCLUDED
#define _MM_MALLOC_H_INCLUDED
#include <stdlib.h>
extern int posix_memalign(void **, size_t, size_t);
static __inline void *_mm_malloc(size_t __size, size_t __align) {
  void *__mem;
  if (__align == 1) return malloc(__size);
  if (__align == 2 || (sizeof(void *) == 8 && __align == 4)) __align = sizeof(void *);
  return posix_memalign(&__mem, __align, __size) == 0 ? __mem : (void *)0;
}
static __inline void _mm_free(void *__mem) {
  free(__mem);
}
#endif
`;
