/**
 * The header <stddef.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const stddefHeader = String.raw`#ifndef _STDDEF_H
#define _STDDEF_H 1
#include <bits/size_t.h>
#include <bits/wchar_t.h>
#include <bits/null.h>
typedef __PTRDIFF_TYPE__ ptrdiff_t;
typedef struct {
  long long __max_align_ll __attribute__((__aligned__(__alignof__(long long))));
  long double __max_align_ld __attribute__((__aligned__(__alignof__(long double))));
#ifdef __i386__
  __float128 __max_align_f128 __attribute__((__aligned__(__alignof(__float128))));
#endif
} max_align_t;
#define offsetof(TYPE, MEMBER) __builtin_offsetof (TYPE, MEMBER)
#endif
`;
