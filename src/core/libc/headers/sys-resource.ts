/**
 * The header <sys/resource.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysResourceHeader = String.raw`#ifndef _SYS_RESOURCE_H
#define _SYS_RESOURCE_H 1
#include <features.h>
#include <bits/types.h>
#include <bits/rusage.h>
#include <bits/id_t.h>
#ifdef __USE_FILE_OFFSET64
typedef __rlim64_t rlim_t;
#else
typedef __rlim_t rlim_t;
#endif
#ifdef __USE_LARGEFILE64
typedef __rlim64_t rlim64_t;
#endif
struct rlimit {
  rlim_t rlim_cur;
  rlim_t rlim_max;
};
#ifdef __USE_LARGEFILE64
struct rlimit64 {
  rlim64_t rlim_cur;
  rlim64_t rlim_max;
};
#endif
enum {
  RLIMIT_CPU,
  RLIMIT_FSIZE,
  RLIMIT_DATA,
  RLIMIT_STACK,
  RLIMIT_CORE,
  RLIMIT_NOFILE = 7,
  RLIMIT_AS = 9,
  RUSAGE_SELF = 0,
  RUSAGE_CHILDREN = -1,
  PRIO_PROCESS,
  PRIO_PGRP,
  PRIO_USER,
};
#define RLIMIT_CPU RLIMIT_CPU
#define RLIMIT_FSIZE RLIMIT_FSIZE
#define RLIMIT_DATA RLIMIT_DATA
#define RLIMIT_STACK RLIMIT_STACK
#define RLIMIT_CORE RLIMIT_CORE
#define RLIMIT_NOFILE RLIMIT_NOFILE
#define RLIMIT_AS RLIMIT_AS
#define RUSAGE_SELF RUSAGE_SELF
#define RUSAGE_CHILDREN RUSAGE_CHILDREN
#define PRIO_PROCESS PRIO_PROCESS
#define PRIO_PGRP PRIO_PGRP
#define PRIO_USER PRIO_USER
#define RLIMIT_RSS __RLIMIT_RSS
#define RLIMIT_OFILE __RLIMIT_OFILE
#define RLIMIT_NPROC __RLIMIT_NPROC
#define RLIMIT_MEMLOCK __RLIMIT_MEMLOCK
#define RLIMIT_LOCKS __RLIMIT_LOCKS
#define RLIMIT_SIGPENDING __RLIMIT_SIGPENDING
#define RLIMIT_MSGQUEUE __RLIMIT_MSGQUEUE
#define RLIMIT_NICE __RLIMIT_NICE
#define RLIMIT_RTPRIO __RLIMIT_RTPRIO
#define RLIMIT_RTTIME __RLIMIT_RTTIME
#define RLIMIT_NLIMITS __RLIMIT_NLIMITS
#define RLIM_NLIMITS __RLIM_NLIMITS
#define RLIM_INFINITY ((__rlim_t) -1)
#define RLIM_SAVED_MAX RLIM_INFINITY
#define RLIM_SAVED_CUR RLIM_INFINITY
#define PRIO_MIN -20
#define PRIO_MAX 20
#ifdef __USE_GNU
enum {
  RUSAGE_THREAD = 1,
};
#define RUSAGE_THREAD RUSAGE_THREAD
#define RLIM64_INFINITY 0xffffffffffffffffuLL
#define RUSAGE_LWP RUSAGE_THREAD
#endif
typedef int __rlimit_resource_t;
typedef int __rusage_who_t;
typedef int __priority_which_t;
extern int getrlimit(__rlimit_resource_t, struct rlimit *);
extern int setrlimit(__rlimit_resource_t, const struct rlimit *);
extern int getrusage(__rusage_who_t, struct rusage *);
extern int getpriority(__priority_which_t, id_t);
extern int setpriority(__priority_which_t, id_t, int);
#ifdef __USE_LARGEFILE64
extern int getrlimit64(__rlimit_resource_t, struct rlimit64 *);
extern int setrlimit64(__rlimit_resource_t, const struct rlimit64 *);
#endif
#ifdef __USE_GNU
extern int prlimit(__pid_t, __rlimit_resource_t, const struct rlimit *, struct rlimit *);
extern int prlimit64(__pid_t, __rlimit_resource_t, const struct rlimit64 *, struct rlimit64 *);
#endif
#endif
`;
