/**
 * The header <sys/wait.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysWaitHeader = String.raw`#ifndef _SYS_WAIT_H
#define _SYS_WAIT_H 1
#include <features.h>
#include <bits/pid_t.h>
#include <signal.h>
#include <bits/wait-status.h>
#include <bits/id_t.h>
typedef enum { P_ALL, P_PID, P_PGID, P_PIDFD } idtype_t;
#ifdef __USE_MISC
#define WCOREDUMP(status) __WCOREDUMP (status)
#define W_EXITCODE(ret, sig) ((ret) << 8 | (sig))
#define W_STOPCODE(sig) ((sig) << 8 | 0x7f)
#define WCOREFLAG 0x80
#define WAIT_ANY (-1)
#define WAIT_MYPGRP 0
#endif
struct rusage;
extern __pid_t wait(int *);
extern __pid_t waitpid(__pid_t, int *, int);
extern int waitid(idtype_t, __id_t, siginfo_t *, int);
extern __pid_t wait3(int *, int, struct rusage *);
extern __pid_t wait4(__pid_t, int *, int, struct rusage *);
#endif
`;
