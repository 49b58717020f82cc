/**
 * The header <sys/select.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysSelectHeader = String.raw`#ifndef _SYS_SELECT_H
#define _SYS_SELECT_H 1
#include <features.h>
#include <bits/types.h>
#define __FD_ZERO(s) do { unsigned int __i; fd_set *__arr = (s); for (__i = 0; __i < sizeof (fd_set) / sizeof (__fd_mask); ++__i) __FDS_BITS (__arr)[__i] = 0; } while (0)
#define __FD_SET(d,s) ((void) (__FDS_BITS (s)[__FD_ELT(d)] |= __FD_MASK(d)))
#define __FD_CLR(d,s) ((void) (__FDS_BITS (s)[__FD_ELT(d)] &= ~__FD_MASK(d)))
#define __FD_ISSET(d,s) ((__FDS_BITS (s)[__FD_ELT (d)] & __FD_MASK (d)) != 0)
#include <bits/sigset_t.h>
#include <bits/time_t.h>
#include <bits/struct_timeval.h>
#ifdef __USE_XOPEN2K
#include <bits/struct_timespec.h>
#endif
#ifndef __suseconds_t_defined
typedef __suseconds_t suseconds_t;
#define __suseconds_t_defined
#endif
typedef long int __fd_mask;
#define __NFDBITS (8 * (int) sizeof (__fd_mask))
#define __FD_ELT(d) ((d) / __NFDBITS)
#define __FD_MASK(d) ((__fd_mask) (1UL << ((d) % __NFDBITS)))
#ifndef __USE_XOPEN
typedef struct {
  __fd_mask __fds_bits[1024 / (8 *(int) sizeof(__fd_mask))];
} fd_set;
#else
typedef struct {
  __fd_mask fds_bits[1024 / (8 *(int) sizeof(__fd_mask))];
} fd_set;
#endif
#define FD_SETSIZE __FD_SETSIZE
#ifdef __USE_XOPEN
#define __FDS_BITS(set) ((set)->fds_bits)
#else
#define __FDS_BITS(set) ((set)->__fds_bits)
#endif
#ifdef __USE_MISC
typedef __fd_mask fd_mask;
#endif
#define FD_SET(fd,fdsetp) __FD_SET (fd, fdsetp)
#define FD_CLR(fd,fdsetp) __FD_CLR (fd, fdsetp)
#define FD_ISSET(fd,fdsetp) __FD_ISSET (fd, fdsetp)
#define FD_ZERO(fdsetp) __FD_ZERO (fdsetp)
#ifdef __USE_MISC
#define NFDBITS __NFDBITS
#endif
extern int select(int, fd_set *, fd_set *, fd_set *, struct timeval *);
#ifdef __USE_XOPEN2K
extern int pselect(int, fd_set *, fd_set *, fd_set *, const struct timespec *, const __sigset_t *);
#endif
#endif
`;
