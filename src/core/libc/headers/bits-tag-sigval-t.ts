/**
 * The header <bits/__sigval_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsTagSigvalTHeader = String.raw`#ifndef ____sigval_t_defined
#define ____sigval_t_defined 1
#include <features.h>
#ifdef __USE_POSIX199309
union sigval { int sival_int; void *sival_ptr; };
typedef union sigval __sigval_t;
#else
union __sigval { int __sival_int; void *__sival_ptr; };
typedef union __sigval __sigval_t;
#endif
#endif
`;
