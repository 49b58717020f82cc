/**
 * The header <semaphore.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const semaphoreHeader = String.raw`#ifndef _SEMAPHORE_H
#define _SEMAPHORE_H 1
#include <features.h>
#include <sys/types.h>
#if defined __USE_XOPEN2K && !defined __USE_MISC
#include <bits/struct_timespec.h>
#endif
#define SEM_FAILED ((sem_t *) 0)
#ifdef __x86_64__
#define __SIZEOF_SEM_T 32
#else
#define __SIZEOF_SEM_T 16
#endif
#ifdef __x86_64__
typedef union { char __size[32]; long int __align; } sem_t;
#else
typedef union { char __size[16]; long int __align; } sem_t;
#endif
extern int sem_init(sem_t *, int, unsigned int);
extern int sem_destroy(sem_t *);
extern sem_t *sem_open(const char *, int, ...);
extern int sem_close(sem_t *);
extern int sem_unlink(const char *);
extern int sem_wait(sem_t *);
extern int sem_trywait(sem_t *);
extern int sem_post(sem_t *);
extern int sem_getvalue(sem_t *, int *);
#ifdef __USE_XOPEN2K
extern int sem_timedwait(sem_t *, const struct timespec *);
#endif
#ifdef __USE_GNU
extern int sem_clockwait(sem_t *, clockid_t clock, const struct timespec *);
#endif
#endif
`;
