/**
 * The header <sys/ipc.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysIpcHeader = String.raw`#ifndef _SYS_IPC_H
#define _SYS_IPC_H 1
#include <features.h>
#ifdef __x86_64__
typedef int __ipc_pid_t;
#else
typedef unsigned short int __ipc_pid_t;
#endif
#include <bits/types.h>
#define IPC_CREAT 01000
#define IPC_EXCL 02000
#define IPC_NOWAIT 04000
#define IPC_RMID 0
#define IPC_SET 1
#define IPC_STAT 2
#define IPC_PRIVATE ((__key_t) 0)
#ifdef __USE_GNU
#define IPC_INFO 3
#endif
struct ipc_perm {
  __key_t __key;
  __uid_t uid;
  __gid_t gid;
  __uid_t cuid;
  __gid_t cgid;
  __mode_t mode;
  unsigned short int __seq;
  unsigned short int __pad2;
  __syscall_ulong_t __glibc_reserved1;
  __syscall_ulong_t __glibc_reserved2;
};
#ifndef __uid_t_defined
typedef __uid_t uid_t;
#define __uid_t_defined
#endif
#ifndef __gid_t_defined
typedef __gid_t gid_t;
#define __gid_t_defined
#endif
#ifndef __mode_t_defined
typedef __mode_t mode_t;
#define __mode_t_defined
#endif
#ifndef __key_t_defined
typedef __key_t key_t;
#define __key_t_defined
#endif
extern key_t ftok(const char *, int);
#endif
`;
