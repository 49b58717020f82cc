/**
 * The header <sys/shm.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysShmHeader = String.raw`#ifndef _SYS_SHM_H
#define _SYS_SHM_H 1
#include <features.h>
#include <bits/size_t.h>
#include <sys/ipc.h>
#include <bits/time_t.h>
#include <bits/pid_t.h>
#define SHMLBA (__getpagesize ())
extern int __getpagesize(void);
#define SHM_R 0400
#define SHM_W 0200
#define SHM_RDONLY 010000
#define SHM_RND 020000
#define SHM_REMAP 040000
#define SHM_EXEC 0100000
#define SHM_LOCK 11
#define SHM_UNLOCK 12
#define SHM_STAT 13
#define SHM_INFO 14
#define SHM_STAT_ANY 15
#define SHM_DEST 01000
#define SHM_LOCKED 02000
#define SHM_HUGETLB 04000
#define SHM_NORESERVE 010000
typedef __syscall_ulong_t shmatt_t;
struct shmid_ds {
  struct ipc_perm shm_perm;
  size_t shm_segsz;
  __time_t shm_atime;
#ifdef __i386__
  unsigned long int __shm_atime_high;
#endif
  __time_t shm_dtime;
#ifdef __i386__
  unsigned long int __shm_dtime_high;
#endif
  __time_t shm_ctime;
#ifdef __i386__
  unsigned long int __shm_ctime_high;
#endif
  __pid_t shm_cpid;
  __pid_t shm_lpid;
  shmatt_t shm_nattch;
  __syscall_ulong_t __glibc_reserved5;
  __syscall_ulong_t __glibc_reserved6;
};
extern int shmctl(int, int, struct shmid_ds *);
extern int shmget(key_t, size_t, int);
extern void *shmat(int, const void *, int);
extern int shmdt(const void *);
#endif
`;
