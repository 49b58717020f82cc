/**
 * The header <bits/pthread_stack_min-dynamic.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsPthreadStackMinDynamicHeader = String.raw`#ifndef _BITS_PTHREAD_STACK_MIN_DYNAMIC_H
#define _BITS_PTHREAD_STACK_MIN_DYNAMIC_H 1
#include <features.h>
#ifdef __USE_GNU
#define __SC_THREAD_STACK_MIN_VALUE 75
extern long int __sysconf(int);
#define PTHREAD_STACK_MIN __sysconf (__SC_THREAD_STACK_MIN_VALUE)
#else
#define PTHREAD_STACK_MIN 16384
#endif
#endif
`;
