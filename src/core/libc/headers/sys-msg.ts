/**
 * The header <sys/msg.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysMsgHeader = String.raw`#ifndef _SYS_MSG_H
#define _SYS_MSG_H 1
#include <features.h>
#include <bits/size_t.h>
#include <sys/ipc.h>
typedef __syscall_ulong_t msgqnum_t;
typedef __syscall_ulong_t msglen_t;
#include <bits/time_t.h>
#ifdef __x86_64__
struct msqid_ds {
  struct ipc_perm msg_perm;
  __time_t msg_stime;
  __time_t msg_rtime;
  __time_t msg_ctime;
  __syscall_ulong_t __msg_cbytes;
  msgqnum_t msg_qnum;
  msglen_t msg_qbytes;
  __pid_t msg_lspid;
  __pid_t msg_lrpid;
  __syscall_ulong_t __glibc_reserved4;
  __syscall_ulong_t __glibc_reserved5;
};
#else
struct msqid_ds {
  struct ipc_perm msg_perm;
  __time_t msg_stime;
  unsigned long int __msg_stime_high;
  __time_t msg_rtime;
  unsigned long int __msg_rtime_high;
  __time_t msg_ctime;
  unsigned long int __msg_ctime_high;
  __syscall_ulong_t __msg_cbytes;
  msgqnum_t msg_qnum;
  msglen_t msg_qbytes;
  __pid_t msg_lspid;
  __pid_t msg_lrpid;
  __syscall_ulong_t __glibc_reserved4;
  __syscall_ulong_t __glibc_reserved5;
};
#endif
#ifdef __x86_64__
#define __msqid64_ds msqid_ds
#else
struct __msqid64_ds {
  struct ipc_perm msg_perm;
  __time64_t msg_stime;
  __time64_t msg_rtime;
  __time64_t msg_ctime;
  __syscall_ulong_t __msg_cbytes;
  msgqnum_t msg_qnum;
  msglen_t msg_qbytes;
  __pid_t msg_lspid;
  __pid_t msg_lrpid;
  unsigned long int __glibc_reserved4;
  unsigned long int __glibc_reserved5;
};
#endif
#define MSG_NOERROR 010000
#ifdef __USE_GNU
#define MSG_EXCEPT 020000
#define MSG_COPY 040000
#endif
#ifdef __USE_MISC
#define msg_cbytes __msg_cbytes
#define MSG_STAT 11
#define MSG_INFO 12
#define MSG_STAT_ANY 13
struct msginfo {
  int msgpool;
  int msgmap;
  int msgmax;
  int msgmnb;
  int msgmni;
  int msgssz;
  int msgtql;
  unsigned short int msgseg;
};
#endif
#ifndef __pid_t_defined
typedef __pid_t pid_t;
#define __pid_t_defined
#endif
#ifndef __ssize_t_defined
typedef __ssize_t ssize_t;
#define __ssize_t_defined
#endif
#ifdef __USE_GNU
struct msgbuf { __syscall_slong_t mtype; char mtext[1]; };
#endif
extern int msgctl(int, int, struct msqid_ds *);
extern int msgget(key_t, int);
extern ssize_t msgrcv(int, void *, size_t, long int, int);
extern int msgsnd(int, const void *, size_t, int);
#endif
`;
