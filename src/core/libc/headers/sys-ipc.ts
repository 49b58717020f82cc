/**
 * The header <sys/ipc.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysIpcHeader = String.raw`#ifndef _SYS_IPC_H
#define _SYS_IPC_H 1
#include <features.h>
#include <bits/types.h>
#include <bits/uid_t.h>
#include <bits/gid_t.h>
#include <bits/mode_t.h>
#include <bits/key_t.h>
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
extern key_t ftok(const char *, int);
#endif
`;
