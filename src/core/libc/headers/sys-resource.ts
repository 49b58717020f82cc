/**
 * The header <sys/resource.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysResourceHeader = String.raw`#ifndef _SYS_RESOURCE_H
#define _SYS_RESOURCE_H 1
#include <features.h>
#include <bits/types.h>
enum __rlimit_resource {
  RLIMIT_CPU = 0,
  RLIMIT_FSIZE = 1,
  RLIMIT_DATA = 2,
  RLIMIT_STACK = 3,
  RLIMIT_CORE = 4,
  __RLIMIT_RSS = 5,
  RLIMIT_NOFILE = 7,
  __RLIMIT_OFILE = RLIMIT_NOFILE,
  RLIMIT_AS = 9,
  __RLIMIT_NPROC = 6,
  __RLIMIT_MEMLOCK = 8,
  __RLIMIT_LOCKS = 10,
  __RLIMIT_SIGPENDING = 11,
  __RLIMIT_MSGQUEUE = 12,
  __RLIMIT_NICE = 13,
  __RLIMIT_RTPRIO = 14,
  __RLIMIT_RTTIME = 15,
  __RLIMIT_NLIMITS = 16,
  __RLIM_NLIMITS = __RLIMIT_NLIMITS,
};
#define RLIMIT_CPU RLIMIT_CPU
#define RLIMIT_FSIZE RLIMIT_FSIZE
#define RLIMIT_DATA RLIMIT_DATA
#define RLIMIT_STACK RLIMIT_STACK
#define RLIMIT_CORE RLIMIT_CORE
#define RLIMIT_RSS __RLIMIT_RSS
#define RLIMIT_NOFILE RLIMIT_NOFILE
#define RLIMIT_OFILE __RLIMIT_OFILE
#define RLIMIT_AS RLIMIT_AS
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
#define RLIM_SAVED_MAX RLIM_INFINITY
#define RLIM_SAVED_CUR RLIM_INFINITY
#ifndef __USE_FILE_OFFSET64
#define RLIM_INFINITY ((__rlim_t) -1)
#else
#define RLIM_INFINITY 0xffffffffffffffffuLL
#endif
#ifdef __USE_LARGEFILE64
#define RLIM64_INFINITY 0xffffffffffffffffuLL
#endif
#ifndef __USE_FILE_OFFSET64
typedef __rlim_t rlim_t;
#else
typedef __rlim64_t rlim_t;
#endif
#ifdef __USE_LARGEFILE64
typedef __rlim64_t rlim64_t;
#endif
struct rlimit { rlim_t rlim_cur; rlim_t rlim_max; };
#ifdef __USE_LARGEFILE64
struct rlimit64 { rlim64_t rlim_cur; rlim64_t rlim_max; };
#endif
#ifndef __USE_GNU
enum __rusage_who {
  RUSAGE_SELF = 0,
  RUSAGE_CHILDREN = - 1,
};
#else
enum __rusage_who {
  RUSAGE_SELF = 0,
  RUSAGE_CHILDREN = - 1,
  RUSAGE_THREAD = 1,
};
#endif
#define RUSAGE_SELF RUSAGE_SELF
#define RUSAGE_CHILDREN RUSAGE_CHILDREN
#ifdef __USE_GNU
#define RUSAGE_THREAD RUSAGE_THREAD
#define RUSAGE_LWP RUSAGE_THREAD
#endif
#include <bits/struct_timeval.h>
#include <bits/struct_rusage.h>
#define PRIO_MIN -20
#define PRIO_MAX 20
enum __priority_which {
  PRIO_PROCESS = 0,
  PRIO_PGRP = 1,
  PRIO_USER = 2,
};
#define PRIO_PROCESS PRIO_PROCESS
#define PRIO_PGRP PRIO_PGRP
#define PRIO_USER PRIO_USER
#ifdef __USE_GNU
extern int prlimit(__pid_t, enum __rlimit_resource, const struct rlimit *, struct rlimit *);
extern int prlimit64(__pid_t, enum __rlimit_resource, const struct rlimit64 *, struct rlimit64 *);
#endif
#ifndef __id_t_defined
typedef __id_t id_t;
#define __id_t_defined
#endif
#ifdef __USE_GNU
typedef enum __rlimit_resource __rlimit_resource_t;
typedef enum __rusage_who __rusage_who_t;
typedef enum __priority_which __priority_which_t;
#else
typedef int __rlimit_resource_t;
typedef int __rusage_who_t;
typedef int __priority_which_t;
#endif
extern int getrlimit(__rlimit_resource_t, struct rlimit *);
extern int setrlimit(__rlimit_resource_t, const struct rlimit *);
extern int getrusage(__rusage_who_t, struct rusage *);
extern int getpriority(__priority_which_t, id_t);
extern int setpriority(__priority_which_t, id_t, int);
#ifdef __USE_LARGEFILE64
extern int getrlimit64(__rlimit_resource_t, struct rlimit64 *);
extern int setrlimit64(__rlimit_resource_t, const struct rlimit64 *);
#endif
#endif
`;
