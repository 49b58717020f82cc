/**
 * The header <sys/pidfd.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysPidfdHeader = String.raw`#ifndef _SYS_PIDFD_H
#define _SYS_PIDFD_H 1
#include <features.h>
#include <fcntl.h>
#include <bits/siginfo_t.h>
#define PIDFD_NONBLOCK O_NONBLOCK
extern int pidfd_open(__pid_t, unsigned int);
extern int pidfd_getfd(int, int, unsigned int);
extern int pidfd_send_signal(int, int, siginfo_t *, unsigned int);
#endif
`;
