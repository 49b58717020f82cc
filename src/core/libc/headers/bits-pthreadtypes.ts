/**
 * The header <bits/pthreadtypes.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsPthreadtypesHeader = String.raw`#ifndef _BITS_PTHREADTYPES_COMMON_H
#define _BITS_PTHREADTYPES_COMMON_H 1
#include <features.h>
#include <bits/thread-shared-types.h>
typedef unsigned long int pthread_t;
typedef union { char __size[4]; int __align; } pthread_mutexattr_t;
typedef union { char __size[4]; int __align; } pthread_condattr_t;
typedef unsigned int pthread_key_t;
typedef int pthread_once_t;
#ifdef __x86_64__
union pthread_attr_t { char __size[56]; long int __align; };
#else
union pthread_attr_t { char __size[36]; long int __align; };
#endif
typedef union pthread_attr_t pthread_attr_t;
#define __have_pthread_attr_t 1
#ifdef __x86_64__
typedef union {
  struct __pthread_mutex_s __data;
  char __size[40];
  long int __align;
} pthread_mutex_t;
#else
typedef union {
  struct __pthread_mutex_s __data;
  char __size[24];
  long int __align;
} pthread_mutex_t;
#endif
typedef union {
  struct __pthread_cond_s __data;
  char __size[48];
  long long int __align;
} pthread_cond_t;
#if (defined __USE_XOPEN2K || defined __USE_UNIX98) && defined __x86_64__
typedef union {
  struct __pthread_rwlock_arch_t __data;
  char __size[56];
  long int __align;
} pthread_rwlock_t;
#endif
#if (defined __USE_XOPEN2K || defined __USE_UNIX98) && !defined __x86_64__
typedef union {
  struct __pthread_rwlock_arch_t __data;
  char __size[32];
  long int __align;
} pthread_rwlock_t;
#endif
#if defined __USE_XOPEN2K || defined __USE_UNIX98
typedef union {
  char __size[8];
  long int __align;
} pthread_rwlockattr_t;
#endif
#ifdef __USE_XOPEN2K
typedef volatile int pthread_spinlock_t;
#endif
#if defined __x86_64__ && defined __USE_XOPEN2K
typedef union {
  char __size[32];
  long int __align;
} pthread_barrier_t;
#endif
#if defined __USE_XOPEN2K && !defined __x86_64__
typedef union {
  char __size[20];
  long int __align;
} pthread_barrier_t;
#endif
#ifdef __USE_XOPEN2K
typedef union { char __size[4]; int __align; } pthread_barrierattr_t;
#endif
#endif
`;
