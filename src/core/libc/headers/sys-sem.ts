/**
 * The header <sys/sem.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysSemHeader = String.raw`#ifndef _SYS_SEM_H
#define _SYS_SEM_H 1
#include <features.h>
#include <bits/size_t.h>
#include <sys/ipc.h>
#include <sys/types.h>
struct semid_ds {
  struct ipc_perm sem_perm;
  __time_t sem_otime;
  __syscall_ulong_t __sem_otime_high;
  __time_t sem_ctime;
  __syscall_ulong_t __sem_ctime_high;
  __syscall_ulong_t sem_nsems;
  __syscall_ulong_t __glibc_reserved3;
  __syscall_ulong_t __glibc_reserved4;
};
#ifdef __x86_64__
#define __semid64_ds semid_ds
#else
struct __semid64_ds {
  struct ipc_perm sem_perm;
  __time64_t sem_otime;
  __time64_t sem_ctime;
  __syscall_ulong_t sem_nsems;
  unsigned long int __glibc_reserved3;
  unsigned long int __glibc_reserved4;
};
#endif
#define SEM_UNDO 0x1000
#define GETPID 11
#define GETVAL 12
#define GETALL 13
#define GETNCNT 14
#define GETZCNT 15
#define SETVAL 16
#define SETALL 17
#define _SEM_SEMUN_UNDEFINED 1
#ifdef __USE_MISC
#define SEM_STAT 18
#define SEM_INFO 19
#define SEM_STAT_ANY 20
struct seminfo {
  int semmap;
  int semmni;
  int semmns;
  int semmnu;
  int semmsl;
  int semopm;
  int semume;
  int semusz;
  int semvmx;
  int semaem;
};
#endif
struct sembuf {
  unsigned short int sem_num;
  short int sem_op;
  short int sem_flg;
};
extern int semctl(int, int, int, ...);
extern int semget(key_t, int, int);
extern int semop(int, struct sembuf *, size_t);
#ifdef __USE_GNU
extern int semtimedop(int, struct sembuf *, size_t, const struct timespec *);
#endif
#endif
`;
