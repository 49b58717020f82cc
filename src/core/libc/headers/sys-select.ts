/**
 * The header <sys/select.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysSelectHeader = String.raw`#ifndef _SYS_SELECT_H
#define _SYS_SELECT_H 1
#include <features.h>
#include <bits/types.h>
#include <bits/sigset_t.h>
#include <bits/time_t.h>
#include <bits/timeval.h>
#include <bits/timespec.h>
#include <bits/suseconds_t.h>
typedef long int __fd_mask;
#define __NFDBITS (8 * (int) sizeof (__fd_mask))
#define __FD_ELT(d) ((d) / __NFDBITS)
#define __FD_MASK(d) ((__fd_mask) (1UL << ((d) % __NFDBITS)))
typedef struct {
#ifdef __USE_XOPEN
  __fd_mask fds_bits[1024 / (8 * (int) sizeof (__fd_mask))];
#define __FDS_BITS(set) ((set)->fds_bits)
#else
  __fd_mask __fds_bits[1024 / (8 * (int) sizeof (__fd_mask))];
#define __FDS_BITS(set) ((set)->__fds_bits)
#endif
} fd_set;
#define FD_SETSIZE 1024
#ifdef __USE_MISC
typedef __fd_mask fd_mask;
#define NFDBITS __NFDBITS
#endif
#define FD_ZERO(set) do { fd_set *__set = (set); for (unsigned int __i = 0; __i < sizeof (fd_set) / sizeof (__fd_mask); ++__i) __FDS_BITS (__set)[__i] = 0; } while (0)
#define FD_SET(fd, set) ((void) (__FDS_BITS (set)[__FD_ELT (fd)] |= __FD_MASK (fd)))
#define FD_CLR(fd, set) ((void) (__FDS_BITS (set)[__FD_ELT (fd)] &= ~__FD_MASK (fd)))
#define FD_ISSET(fd, set) ((__FDS_BITS (set)[__FD_ELT (fd)] & __FD_MASK (fd)) != 0)
extern int select(int, fd_set *, fd_set *, fd_set *, struct timeval *);
extern int pselect(int, fd_set *, fd_set *, fd_set *, const struct timespec *, const __sigset_t *);
#endif
`;
