/**
 * The header <mqueue.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const mqueueHeader = String.raw`#ifndef _MQUEUE_H
#define _MQUEUE_H 1
#include <features.h>
#include <sys/types.h>
#include <fcntl.h>
#include <bits/sigevent_t.h>
#ifndef __USE_XOPEN2K8
#include <bits/struct_timespec.h>
#endif
typedef int mqd_t;
struct mq_attr {
  __syscall_slong_t mq_flags;
  __syscall_slong_t mq_maxmsg;
  __syscall_slong_t mq_msgsize;
  __syscall_slong_t mq_curmsgs;
  __syscall_slong_t __pad[4];
};
extern mqd_t mq_open(const char *, int, ...);
extern int mq_close(mqd_t);
extern int mq_getattr(mqd_t, struct mq_attr *);
extern int mq_setattr(mqd_t, const struct mq_attr *, struct mq_attr *);
extern int mq_unlink(const char *);
extern int mq_notify(mqd_t, const struct sigevent *);
extern ssize_t mq_receive(mqd_t, char *, size_t, unsigned int *);
extern int mq_send(mqd_t, const char *, size_t, unsigned int);
#ifdef __USE_XOPEN2K
extern ssize_t mq_timedreceive(mqd_t, char *, size_t, unsigned int *, const struct timespec *);
extern int mq_timedsend(mqd_t, const char *, size_t, unsigned int, const struct timespec *);
#endif
#endif
`;
