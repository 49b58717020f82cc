/**
 * The header <sys/shm.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysShmHeader = String.raw`#ifndef _SYS_SHM_H
#define _SYS_SHM_H 1
#include <features.h>
#include <bits/size_t.h>
#include <sys/ipc.h>
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
typedef __syscall_ulong_t shmatt_t;
#ifdef __x86_64__
struct shmid_ds {
  struct ipc_perm shm_perm;
  size_t shm_segsz;
  __time_t shm_atime;
  __time_t shm_dtime;
  __time_t shm_ctime;
  __pid_t shm_cpid;
  __pid_t shm_lpid;
  shmatt_t shm_nattch;
  __syscall_ulong_t __glibc_reserved5;
  __syscall_ulong_t __glibc_reserved6;
};
#else
struct shmid_ds {
  struct ipc_perm shm_perm;
  size_t shm_segsz;
  __time_t shm_atime;
  unsigned long int __shm_atime_high;
  __time_t shm_dtime;
  unsigned long int __shm_dtime_high;
  __time_t shm_ctime;
  unsigned long int __shm_ctime_high;
  __pid_t shm_cpid;
  __pid_t shm_lpid;
  shmatt_t shm_nattch;
  __syscall_ulong_t __glibc_reserved5;
  __syscall_ulong_t __glibc_reserved6;
};
#endif
#ifdef __x86_64__
#define __shmid64_ds shmid_ds
#else
struct __shmid64_ds {
  struct ipc_perm shm_perm;
  size_t shm_segsz;
  __time64_t shm_atime;
  __time64_t shm_dtime;
  __time64_t shm_ctime;
  __pid_t shm_cpid;
  __pid_t shm_lpid;
  shmatt_t shm_nattch;
  unsigned long int __glibc_reserved5;
  unsigned long int __glibc_reserved6;
};
#endif
#ifdef __USE_MISC
#define SHM_STAT 13
#define SHM_INFO 14
#define SHM_STAT_ANY 15
#define SHM_DEST 01000
#define SHM_LOCKED 02000
#define SHM_HUGETLB 04000
#define SHM_NORESERVE 010000
struct shminfo {
  __syscall_ulong_t shmmax;
  __syscall_ulong_t shmmin;
  __syscall_ulong_t shmmni;
  __syscall_ulong_t shmseg;
  __syscall_ulong_t shmall;
  __syscall_ulong_t __glibc_reserved1;
  __syscall_ulong_t __glibc_reserved2;
  __syscall_ulong_t __glibc_reserved3;
  __syscall_ulong_t __glibc_reserved4;
};
struct shm_info {
  int used_ids;
  __syscall_ulong_t shm_tot;
  __syscall_ulong_t shm_rss;
  __syscall_ulong_t shm_swp;
  __syscall_ulong_t swap_attempts;
  __syscall_ulong_t swap_successes;
};
#endif
#include <bits/time_t.h>
#ifdef __USE_XOPEN
#ifndef __pid_t_defined
typedef __pid_t pid_t;
#define __pid_t_defined
#endif
#endif
extern int shmctl(int, int, struct shmid_ds *);
extern int shmget(key_t, size_t, int);
extern void *shmat(int, const void *, int);
extern int shmdt(const void *);
#endif
`;
