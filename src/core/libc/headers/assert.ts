/**
 * The header <assert.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const assertHeader = String.raw`#undef assert
#undef assert_perror
#ifndef _ASSERT_H
#define _ASSERT_H 1
#include <features.h>
#ifdef __USE_ISOC11
#define static_assert _Static_assert
#endif
#endif
#ifdef NDEBUG
#define assert(expr) ((void) (0))
#ifdef __USE_GNU
#define assert_perror(errnum) ((void) (0))
#endif
#else
extern void __assert_fail(const char *__assertion, const char *__file, unsigned int __line, const char *__function) __attribute__((__noreturn__));
extern void __assert_perror_fail(int __errnum, const char *__file, unsigned int __line, const char *__function) __attribute__((__noreturn__));
extern void __assert(const char *__assertion, const char *__file, int __line) __attribute__((__noreturn__));
#define __ASSERT_FUNCTION __extension__ __PRETTY_FUNCTION__
#define assert(expr) ((void) sizeof ((expr) ? 1 : 0), __extension__ ({ if (expr) ; else __assert_fail (#expr, __FILE__, __LINE__, __ASSERT_FUNCTION); }))
#ifdef __USE_GNU
#define assert_perror(errnum) (!(errnum) ? (void) (0) : __assert_perror_fail ((errnum), __FILE__, __LINE__, __ASSERT_FUNCTION))
#endif
#endif
`;
