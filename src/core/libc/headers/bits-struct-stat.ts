/**
 * The header <bits/struct_stat.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsStructStatHeader = String.raw`#ifndef _BITS_STRUCT_STAT_H
#define _BITS_STRUCT_STAT_H 1
#include <bits/types.h>
#ifdef __USE_XOPEN2K8
#include <bits/struct_timespec.h>
#endif
struct stat {
#ifdef __x86_64__
  __dev_t st_dev;
  __ino_t st_ino;
  __nlink_t st_nlink;
  __mode_t st_mode;
  __uid_t st_uid;
  __gid_t st_gid;
  int __pad0;
  __dev_t st_rdev;
  __off_t st_size;
  __blksize_t st_blksize;
  __blkcnt_t st_blocks;
#else
  __dev_t st_dev;
  unsigned short int __pad1;
#ifdef __USE_FILE_OFFSET64
  __ino_t __st_ino;
#else
  __ino_t st_ino;
#endif
  __mode_t st_mode;
  __nlink_t st_nlink;
  __uid_t st_uid;
  __gid_t st_gid;
  __dev_t st_rdev;
  unsigned short int __pad2;
#ifdef __USE_FILE_OFFSET64
  __off64_t st_size;
#else
  __off_t st_size;
#endif
  __blksize_t st_blksize;
#ifdef __USE_FILE_OFFSET64
  __blkcnt64_t st_blocks;
#else
  __blkcnt_t st_blocks;
#endif
#endif
#ifdef __USE_XOPEN2K8
  struct timespec st_atim;
  struct timespec st_mtim;
  struct timespec st_ctim;
#define st_atime st_atim.tv_sec
#define st_mtime st_mtim.tv_sec
#define st_ctime st_ctim.tv_sec
#else
  __time_t st_atime;
  __syscall_ulong_t st_atimensec;
  __time_t st_mtime;
  __syscall_ulong_t st_mtimensec;
  __time_t st_ctime;
  __syscall_ulong_t st_ctimensec;
#endif
#ifdef __x86_64__
  __syscall_slong_t __glibc_reserved[3];
#elif defined __USE_FILE_OFFSET64
  __ino64_t st_ino;
#else
  unsigned long int __glibc_reserved4;
  unsigned long int __glibc_reserved5;
#endif
};
#ifdef __USE_ATFILE
#define UTIME_NOW ((1l << 30) - 1l)
#define UTIME_OMIT ((1l << 30) - 2l)
#endif
#ifdef __USE_LARGEFILE64
struct stat64 {
#ifdef __x86_64__
  __dev_t st_dev;
  __ino64_t st_ino;
  __nlink_t st_nlink;
  __mode_t st_mode;
  __uid_t st_uid;
  __gid_t st_gid;
  int __pad0;
  __dev_t st_rdev;
  __off_t st_size;
#else
  __dev_t st_dev;
  unsigned int __pad1;
  __ino_t __st_ino;
  __mode_t st_mode;
  __nlink_t st_nlink;
  __uid_t st_uid;
  __gid_t st_gid;
  __dev_t st_rdev;
  unsigned int __pad2;
  __off64_t st_size;
#endif
  __blksize_t st_blksize;
  __blkcnt64_t st_blocks;
#ifdef __USE_XOPEN2K8
  struct timespec st_atim;
  struct timespec st_mtim;
  struct timespec st_ctim;
#else
  __time_t st_atime;
  __syscall_ulong_t st_atimensec;
  __time_t st_mtime;
  __syscall_ulong_t st_mtimensec;
  __time_t st_ctime;
  __syscall_ulong_t st_ctimensec;
#endif
#ifdef __x86_64__
  __syscall_slong_t __glibc_reserved[3];
#else
  __ino64_t st_ino;
#endif
};
#endif
#endif
`;
