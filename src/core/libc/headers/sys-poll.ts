/**
 * The header <sys/poll.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysPollHeader = String.raw`#ifndef _SYS_POLL_H
#define _SYS_POLL_H 1
#include <features.h>
#define POLLIN 0x001
#define POLLPRI 0x002
#define POLLOUT 0x004
#define POLLERR 0x008
#define POLLHUP 0x010
#define POLLNVAL 0x020
#if defined __USE_XOPEN2K8 || defined __USE_XOPEN
#define POLLRDNORM 0x040
#define POLLRDBAND 0x080
#define POLLWRNORM 0x100
#define POLLWRBAND 0x200
#endif
#ifdef __USE_GNU
#define POLLMSG 0x400
#define POLLREMOVE 0x1000
#define POLLRDHUP 0x2000
#include <bits/__sigset_t.h>
#include <bits/struct_timespec.h>
#endif
typedef unsigned long int nfds_t;
struct pollfd {
  int fd;
  short int events;
  short int revents;
};
extern int poll(struct pollfd *, nfds_t, int);
#ifdef __USE_GNU
extern int ppoll(struct pollfd *, nfds_t, const struct timespec *, const __sigset_t *);
#endif
#endif
`;
