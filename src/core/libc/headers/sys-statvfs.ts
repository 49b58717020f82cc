/**
 * The header <sys/statvfs.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysStatvfsHeader = String.raw`#ifndef _SYS_STATVFS_H
#define _SYS_STATVFS_H 1
#include <features.h>
#include <bits/types.h>
#ifndef __x86_64__
#define _STATVFSBUF_F_UNUSED
#endif
#if defined __x86_64__ && !defined __USE_FILE_OFFSET64
struct statvfs {
  unsigned long int f_bsize;
  unsigned long int f_frsize;
  __fsblkcnt_t f_blocks;
  __fsblkcnt_t f_bfree;
  __fsblkcnt_t f_bavail;
  __fsfilcnt_t f_files;
  __fsfilcnt_t f_ffree;
  __fsfilcnt_t f_favail;
  unsigned long int f_fsid;
  unsigned long int f_flag;
  unsigned long int f_namemax;
  int __f_spare[6];
};
#endif
#if defined __x86_64__ && defined __USE_FILE_OFFSET64
struct statvfs {
  unsigned long int f_bsize;
  unsigned long int f_frsize;
  __fsblkcnt64_t f_blocks;
  __fsblkcnt64_t f_bfree;
  __fsblkcnt64_t f_bavail;
  __fsfilcnt64_t f_files;
  __fsfilcnt64_t f_ffree;
  __fsfilcnt64_t f_favail;
  unsigned long int f_fsid;
  unsigned long int f_flag;
  unsigned long int f_namemax;
  int __f_spare[6];
};
#endif
#if !defined __x86_64__ && !defined __USE_FILE_OFFSET64
struct statvfs {
  unsigned long int f_bsize;
  unsigned long int f_frsize;
  __fsblkcnt_t f_blocks;
  __fsblkcnt_t f_bfree;
  __fsblkcnt_t f_bavail;
  __fsfilcnt_t f_files;
  __fsfilcnt_t f_ffree;
  __fsfilcnt_t f_favail;
  unsigned long int f_fsid;
  int __f_unused;
  unsigned long int f_flag;
  unsigned long int f_namemax;
  int __f_spare[6];
};
#endif
#if defined __USE_FILE_OFFSET64 && !defined __x86_64__
struct statvfs {
  unsigned long int f_bsize;
  unsigned long int f_frsize;
  __fsblkcnt64_t f_blocks;
  __fsblkcnt64_t f_bfree;
  __fsblkcnt64_t f_bavail;
  __fsfilcnt64_t f_files;
  __fsfilcnt64_t f_ffree;
  __fsfilcnt64_t f_favail;
  unsigned long int f_fsid;
  int __f_unused;
  unsigned long int f_flag;
  unsigned long int f_namemax;
  int __f_spare[6];
};
#endif
#if defined __x86_64__ && defined __USE_LARGEFILE64
struct statvfs64 {
  unsigned long int f_bsize;
  unsigned long int f_frsize;
  __fsblkcnt64_t f_blocks;
  __fsblkcnt64_t f_bfree;
  __fsblkcnt64_t f_bavail;
  __fsfilcnt64_t f_files;
  __fsfilcnt64_t f_ffree;
  __fsfilcnt64_t f_favail;
  unsigned long int f_fsid;
  unsigned long int f_flag;
  unsigned long int f_namemax;
  int __f_spare[6];
};
#endif
#if defined __USE_LARGEFILE64 && !defined __x86_64__
struct statvfs64 {
  unsigned long int f_bsize;
  unsigned long int f_frsize;
  __fsblkcnt64_t f_blocks;
  __fsblkcnt64_t f_bfree;
  __fsblkcnt64_t f_bavail;
  __fsfilcnt64_t f_files;
  __fsfilcnt64_t f_ffree;
  __fsfilcnt64_t f_favail;
  unsigned long int f_fsid;
  int __f_unused;
  unsigned long int f_flag;
  unsigned long int f_namemax;
  int __f_spare[6];
};
#endif
#ifndef __USE_GNU
enum {
  ST_RDONLY = 1,
  ST_NOSUID = 2,
};
#else
enum {
  ST_RDONLY = 1,
  ST_NOSUID = 2,
  ST_NODEV = 4,
  ST_NOEXEC = 8,
  ST_SYNCHRONOUS = 16,
  ST_MANDLOCK = 64,
  ST_WRITE = 128,
  ST_APPEND = 256,
  ST_IMMUTABLE = 512,
  ST_NOATIME = 1024,
  ST_NODIRATIME = 2048,
  ST_RELATIME = 4096,
};
#endif
#define ST_RDONLY ST_RDONLY
#define ST_NOSUID ST_NOSUID
#ifdef __USE_GNU
#define ST_NODEV ST_NODEV
#define ST_NOEXEC ST_NOEXEC
#define ST_SYNCHRONOUS ST_SYNCHRONOUS
#define ST_MANDLOCK ST_MANDLOCK
#define ST_WRITE ST_WRITE
#define ST_APPEND ST_APPEND
#define ST_IMMUTABLE ST_IMMUTABLE
#define ST_NOATIME ST_NOATIME
#define ST_NODIRATIME ST_NODIRATIME
#define ST_RELATIME ST_RELATIME
#endif
#ifndef __USE_FILE_OFFSET64
typedef __fsblkcnt_t fsblkcnt_t;
#endif
#define __fsblkcnt_t_defined
#ifndef __USE_FILE_OFFSET64
typedef __fsfilcnt_t fsfilcnt_t;
#endif
#define __fsfilcnt_t_defined
#ifdef __USE_FILE_OFFSET64
typedef __fsblkcnt64_t fsblkcnt_t;
typedef __fsfilcnt64_t fsfilcnt_t;
#endif
extern int statvfs(const char *, struct statvfs *);
extern int fstatvfs(int, struct statvfs *);
#ifdef __USE_LARGEFILE64
extern int statvfs64(const char *, struct statvfs64 *);
extern int fstatvfs64(int, struct statvfs64 *);
#endif
#endif
`;
