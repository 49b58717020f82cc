/**
 * The header <poll.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const pollHeader = String.raw`#ifndef _SYS_POLL_H
#define _SYS_POLL_H 1
#include <features.h>
#include <bits/timespec.h>
#include <bits/sigset_t.h>
#define POLLIN 0x001
#define POLLPRI 0x002
#define POLLOUT 0x004
#define POLLRDNORM 0x040
#define POLLRDBAND 0x080
#define POLLWRNORM 0x100
#define POLLWRBAND 0x200
#define POLLERR 0x008
#define POLLHUP 0x010
#define POLLNVAL 0x020
#ifdef __USE_GNU
#define POLLMSG 0x400
#define POLLREMOVE 0x1000
#define POLLRDHUP 0x2000
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
