/**
 * The header <sys/wait.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysWaitHeader = String.raw`#ifndef _SYS_WAIT_H
#define _SYS_WAIT_H 1
#include <features.h>
#include <bits/types.h>
#ifndef __pid_t_defined
typedef __pid_t pid_t;
#define __pid_t_defined
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K8
#include <signal.h>
#endif
#if defined __USE_XOPEN_EXTENDED && !defined __USE_XOPEN2K8
#include <bits/struct_rusage.h>
#endif
#include <bits/waitflags.h>
#include <bits/waitstatus.h>
#define WEXITSTATUS(status) __WEXITSTATUS (status)
#define WTERMSIG(status) __WTERMSIG (status)
#define WSTOPSIG(status) __WSTOPSIG (status)
#define WIFEXITED(status) __WIFEXITED (status)
#define WIFSIGNALED(status) __WIFSIGNALED (status)
#define WIFSTOPPED(status) __WIFSTOPPED (status)
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K8
#define WIFCONTINUED(status) __WIFCONTINUED (status)
#endif
#ifdef __USE_MISC
#define WCOREFLAG __WCOREFLAG
#define WCOREDUMP(status) __WCOREDUMP (status)
#define W_EXITCODE(ret,sig) __W_EXITCODE (ret, sig)
#define W_STOPCODE(sig) __W_STOPCODE (sig)
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K8
typedef enum {
  P_ALL,
  P_PID,
  P_PGID,
  P_PIDFD,
} idtype_t;
#endif
extern __pid_t wait(int *);
#ifdef __USE_MISC
#define WAIT_ANY (-1)
#define WAIT_MYPGRP 0
#endif
extern __pid_t waitpid(__pid_t, int *, int);
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K8
#ifndef __id_t_defined
typedef __id_t id_t;
#define __id_t_defined
#endif
extern int waitid(idtype_t, __id_t, siginfo_t *, int);
#endif
#if (defined __USE_XOPEN_EXTENDED && !defined __USE_XOPEN2K) || defined __USE_MISC
struct rusage;
extern __pid_t wait3(int *, int, struct rusage *);
#endif
#ifdef __USE_MISC
extern __pid_t wait4(__pid_t, int *, int, struct rusage *);
#endif
#endif
`;
