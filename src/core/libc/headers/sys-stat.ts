/**
 * The header <sys/stat.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysStatHeader = String.raw`#ifndef _SYS_STAT_H
#define _SYS_STAT_H 1
#include <features.h>
#include <bits/types.h>
#ifdef __USE_XOPEN2K8
#include <bits/struct_timespec.h>
#endif
#if (defined __USE_XOPEN2K || defined __USE_XOPEN) && !defined __USE_XOPEN2K8
#include <bits/time_t.h>
#endif
#if defined __USE_XOPEN2K || defined __USE_XOPEN
#ifndef __dev_t_defined
typedef __dev_t dev_t;
#define __dev_t_defined
#endif
#ifndef __gid_t_defined
typedef __gid_t gid_t;
#define __gid_t_defined
#endif
#endif
#if (defined __USE_XOPEN2K || defined __USE_XOPEN) && !defined __USE_FILE_OFFSET64
typedef __ino_t ino_t;
#endif
#if defined __USE_POSIX && defined __USE_FILE_OFFSET64
typedef __ino64_t ino_t;
#endif
#if defined __USE_XOPEN2K || defined __USE_XOPEN
#define __ino_t_defined
#ifndef __mode_t_defined
typedef __mode_t mode_t;
#define __mode_t_defined
#endif
#ifndef __nlink_t_defined
typedef __nlink_t nlink_t;
#define __nlink_t_defined
#endif
#endif
#if (defined __USE_XOPEN2K || defined __USE_XOPEN) && !defined __USE_FILE_OFFSET64
typedef __off_t off_t;
#endif
#if defined __USE_POSIX && defined __USE_FILE_OFFSET64
typedef __off64_t off_t;
#endif
#if defined __USE_XOPEN2K || defined __USE_XOPEN
#define __off_t_defined
#ifndef __uid_t_defined
typedef __uid_t uid_t;
#define __uid_t_defined
#endif
#endif
#if defined __USE_UNIX98 && !defined __USE_FILE_OFFSET64
typedef __blkcnt_t blkcnt_t;
#endif
#if defined __USE_XOPEN_EXTENDED && defined __USE_FILE_OFFSET64
typedef __blkcnt64_t blkcnt_t;
#endif
#ifdef __USE_UNIX98
#define __blkcnt_t_defined
#ifndef __blksize_t_defined
typedef __blksize_t blksize_t;
#define __blksize_t_defined
#endif
#endif
#include <bits/stat.h>
#define __S_ISTYPE(mode,mask) (((mode) & __S_IFMT) == (mask))
#define S_ISDIR(mode) __S_ISTYPE((mode), __S_IFDIR)
#define S_ISCHR(mode) __S_ISTYPE((mode), __S_IFCHR)
#define S_ISBLK(mode) __S_ISTYPE((mode), __S_IFBLK)
#define S_ISREG(mode) __S_ISTYPE((mode), __S_IFREG)
#define S_ISFIFO(mode) __S_ISTYPE((mode), __S_IFIFO)
#define S_ISLNK(mode) __S_ISTYPE((mode), __S_IFLNK)
#define S_ISUID __S_ISUID
#define S_ISGID __S_ISGID
#define S_IRUSR __S_IREAD
#define S_IWUSR __S_IWRITE
#define S_IXUSR __S_IEXEC
#define S_IRWXU (__S_IREAD|__S_IWRITE|__S_IEXEC)
#define S_IRGRP (S_IRUSR >> 3)
#define S_IWGRP (S_IWUSR >> 3)
#define S_IXGRP (S_IXUSR >> 3)
#define S_IRWXG (S_IRWXU >> 3)
#define S_IROTH (S_IRGRP >> 3)
#define S_IWOTH (S_IWGRP >> 3)
#define S_IXOTH (S_IXGRP >> 3)
#define S_IRWXO (S_IRWXG >> 3)
#if defined __USE_MISC || defined __USE_XOPEN
#define S_IFMT __S_IFMT
#define S_IFDIR __S_IFDIR
#define S_IFCHR __S_IFCHR
#define S_IFBLK __S_IFBLK
#define S_IFREG __S_IFREG
#define S_IFIFO __S_IFIFO
#define S_IFLNK __S_IFLNK
#define S_ISVTX __S_ISVTX
#endif
#if defined __USE_MISC || defined __USE_XOPEN_EXTENDED
#define S_IFSOCK __S_IFSOCK
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K
#define S_ISSOCK(mode) __S_ISTYPE((mode), __S_IFSOCK)
#endif
#ifdef __USE_POSIX199309
#define S_TYPEISMQ(buf) __S_TYPEISMQ(buf)
#define S_TYPEISSEM(buf) __S_TYPEISSEM(buf)
#define S_TYPEISSHM(buf) __S_TYPEISSHM(buf)
#endif
#ifdef __USE_MISC
#define S_IREAD S_IRUSR
#define S_IWRITE S_IWUSR
#define S_IEXEC S_IXUSR
#define ACCESSPERMS (S_IRWXU|S_IRWXG|S_IRWXO)
#define ALLPERMS (S_ISUID|S_ISGID|S_ISVTX|S_IRWXU|S_IRWXG|S_IRWXO)
#define DEFFILEMODE (S_IRUSR|S_IWUSR|S_IRGRP|S_IWGRP|S_IROTH|S_IWOTH)
#define S_BLKSIZE 512
#endif
extern int stat(const char *, struct stat *);
extern int fstat(int, struct stat *);
extern int chmod(const char *, __mode_t);
extern __mode_t umask(__mode_t);
extern int mkdir(const char *, __mode_t);
extern int mkfifo(const char *, __mode_t);
#ifdef __USE_LARGEFILE64
extern int stat64(const char *, struct stat64 *);
extern int fstat64(int, struct stat64 *);
extern int lstat64(const char *, struct stat64 *);
#endif
#ifdef __USE_ATFILE
extern int fstatat(int, const char *, struct stat *, int);
extern int fchmodat(int, const char *, __mode_t, int);
extern int mkdirat(int, const char *, __mode_t);
extern int mkfifoat(int, const char *, __mode_t);
extern int utimensat(int, const char *, const struct timespec[2], int);
#endif
#if defined __USE_MISC && defined __USE_LARGEFILE64
extern int fstatat64(int, const char *, struct stat64 *, int);
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K
extern int lstat(const char *, struct stat *);
#endif
#ifdef __USE_MISC
extern int lchmod(const char *, __mode_t);
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_POSIX199309
extern int fchmod(int, __mode_t);
#endif
#ifdef __USE_GNU
extern __mode_t getumask(void);
#endif
#if defined __USE_MISC || defined __USE_XOPEN_EXTENDED
extern int mknod(const char *, __mode_t, __dev_t);
#endif
#if defined __USE_MISC || defined __USE_XOPEN2K8XSI
extern int mknodat(int, const char *, __mode_t, __dev_t);
#endif
#ifdef __USE_XOPEN2K8
extern int futimens(int, const struct timespec[2]);
#endif
#ifdef __USE_GNU
#include <linux/types.h>
struct statx_timestamp {
  __s64 tv_sec;
  __u32 tv_nsec;
  __s32 __reserved;
};
struct statx {
  __u32 stx_mask;
  __u32 stx_blksize;
  __u64 stx_attributes;
  __u32 stx_nlink;
  __u32 stx_uid;
  __u32 stx_gid;
  __u16 stx_mode;
  __u16 __spare0[1];
  __u64 stx_ino;
  __u64 stx_size;
  __u64 stx_blocks;
  __u64 stx_attributes_mask;
  struct statx_timestamp stx_atime;
  struct statx_timestamp stx_btime;
  struct statx_timestamp stx_ctime;
  struct statx_timestamp stx_mtime;
  __u32 stx_rdev_major;
  __u32 stx_rdev_minor;
  __u32 stx_dev_major;
  __u32 stx_dev_minor;
  __u64 stx_mnt_id;
  __u32 stx_dio_mem_align;
  __u32 stx_dio_offset_align;
  __u64 __spare3[12];
};
#define STATX_TYPE 0x00000001U
#define STATX_MODE 0x00000002U
#define STATX_NLINK 0x00000004U
#define STATX_UID 0x00000008U
#define STATX_GID 0x00000010U
#define STATX_ATIME 0x00000020U
#define STATX_MTIME 0x00000040U
#define STATX_CTIME 0x00000080U
#define STATX_INO 0x00000100U
#define STATX_SIZE 0x00000200U
#define STATX_BLOCKS 0x00000400U
#define STATX_BASIC_STATS 0x000007ffU
#define STATX_BTIME 0x00000800U
#define STATX_MNT_ID 0x00001000U
#define STATX_DIOALIGN 0x00002000U
#define STATX__RESERVED 0x80000000U
#define STATX_ALL 0x00000fffU
#define STATX_ATTR_COMPRESSED 0x00000004
#define STATX_ATTR_IMMUTABLE 0x00000010
#define STATX_ATTR_APPEND 0x00000020
#define STATX_ATTR_NODUMP 0x00000040
#define STATX_ATTR_ENCRYPTED 0x00000800
#define STATX_ATTR_AUTOMOUNT 0x00001000
#define STATX_ATTR_MOUNT_ROOT 0x00002000
#define STATX_ATTR_VERITY 0x00100000
#define STATX_ATTR_DAX 0x00200000
#define __statx_timestamp_defined 1
#define __statx_defined 1
int statx(int, const char *, int, unsigned int, struct statx *);
#endif
#endif
`;
