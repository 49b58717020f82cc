/**
 * The header <fcntl.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const fcntlHeader = String.raw`#ifndef _FCNTL_H
#define _FCNTL_H 1
#include <features.h>
#include <bits/types.h>
#ifdef __x86_64__
#define __O_LARGEFILE 0
#define F_GETLK64 5
#define F_SETLK64 6
#define F_SETLKW64 7
#endif
#ifndef __USE_FILE_OFFSET64
struct flock {
  short int l_type;
  short int l_whence;
  __off_t l_start;
  __off_t l_len;
  __pid_t l_pid;
};
#else
struct flock {
  short int l_type;
  short int l_whence;
  __off64_t l_start;
  __off64_t l_len;
  __pid_t l_pid;
};
#endif
#ifdef __USE_LARGEFILE64
struct flock64 {
  short int l_type;
  short int l_whence;
  __off64_t l_start;
  __off64_t l_len;
  __pid_t l_pid;
};
#endif
#ifdef __USE_GNU
#include <bits/struct_iovec.h>
#endif
#define O_ACCMODE 0003
#define O_RDONLY 00
#define O_WRONLY 01
#define O_RDWR 02
#define O_CREAT 0100
#define O_EXCL 0200
#define O_NOCTTY 0400
#define O_TRUNC 01000
#define O_APPEND 02000
#define O_NONBLOCK 04000
#define O_NDELAY O_NONBLOCK
#define O_SYNC 04010000
#define O_FSYNC O_SYNC
#define O_ASYNC 020000
#define __O_DIRECTORY 0200000
#define __O_NOFOLLOW 0400000
#define __O_CLOEXEC 02000000
#define __O_DIRECT 040000
#define __O_NOATIME 01000000
#define __O_PATH 010000000
#define __O_DSYNC 010000
#define __O_TMPFILE (020000000 | __O_DIRECTORY)
#define F_DUPFD 0
#define F_GETFD 1
#define F_SETFD 2
#define F_GETFL 3
#define F_SETFL 4
#define __F_SETOWN 8
#define __F_GETOWN 9
#define __F_SETSIG 10
#define __F_GETSIG 11
#define __F_SETOWN_EX 15
#define __F_GETOWN_EX 16
#define FD_CLOEXEC 1
#define F_RDLCK 0
#define F_WRLCK 1
#define F_UNLCK 2
#define F_EXLCK 4
#define F_SHLCK 8
#ifndef __x86_64__
#define __O_LARGEFILE 0100000
#define F_GETLK64 12
#define F_SETLK64 13
#define F_SETLKW64 14
#endif
#if !defined __x86_64__ && !defined __USE_FILE_OFFSET64
#define F_GETLK 5
#define F_SETLK 6
#define F_SETLKW 7
#endif
#if defined __x86_64__ || defined __USE_FILE_OFFSET64
#define F_GETLK F_GETLK64
#define F_SETLK F_SETLK64
#define F_SETLKW F_SETLKW64
#endif
#ifdef __USE_GNU
#define F_OFD_GETLK 36
#define F_OFD_SETLK 37
#define F_OFD_SETLKW 38
#define O_DIRECT __O_DIRECT
#define O_NOATIME __O_NOATIME
#define O_PATH __O_PATH
#define O_TMPFILE __O_TMPFILE
#define F_SETSIG __F_SETSIG
#define F_GETSIG __F_GETSIG
#define F_SETOWN_EX __F_SETOWN_EX
#define F_GETOWN_EX __F_GETOWN_EX
#define F_SETLEASE 1024
#define F_GETLEASE 1025
#define F_NOTIFY 1026
#define F_SETPIPE_SZ 1031
#define F_GETPIPE_SZ 1032
#define F_ADD_SEALS 1033
#define F_GET_SEALS 1034
#define F_GET_RW_HINT 1035
#define F_SET_RW_HINT 1036
#define F_GET_FILE_RW_HINT 1037
#define F_SET_FILE_RW_HINT 1038
#define LOCK_MAND 32
#define LOCK_READ 64
#define LOCK_WRITE 128
#define LOCK_RW 192
#define DN_ACCESS 0x00000001
#define DN_MODIFY 0x00000002
#define DN_CREATE 0x00000004
#define DN_DELETE 0x00000008
#define DN_RENAME 0x00000010
#define DN_ATTRIB 0x00000020
#define DN_MULTISHOT 0x80000000
#endif
#ifdef __USE_LARGEFILE64
#define O_LARGEFILE __O_LARGEFILE
#endif
#ifdef __USE_XOPEN2K8
#define O_DIRECTORY __O_DIRECTORY
#define O_NOFOLLOW __O_NOFOLLOW
#define O_CLOEXEC __O_CLOEXEC
#define F_DUPFD_CLOEXEC 1030
#endif
#ifdef __USE_POSIX199309
#define O_DSYNC __O_DSYNC
#define O_RSYNC O_SYNC
#endif
#if defined __USE_XOPEN2K8 || defined __USE_UNIX98
#define F_SETOWN __F_SETOWN
#define F_GETOWN __F_GETOWN
#endif
#ifdef __USE_MISC
#define LOCK_SH 1
#define LOCK_EX 2
#define LOCK_NB 4
#define LOCK_UN 8
#endif
#ifdef __USE_GNU
enum __pid_type {
  F_OWNER_TID = 0,
  F_OWNER_PID,
  F_OWNER_PGRP,
  F_OWNER_GID = F_OWNER_PGRP,
};
struct f_owner_ex {
  enum __pid_type type;
  __pid_t pid;
};
#endif
#define __POSIX_FADV_DONTNEED 4
#define __POSIX_FADV_NOREUSE 5
#ifdef __USE_GNU
#define F_SEAL_SEAL 0x0001
#define F_SEAL_SHRINK 0x0002
#define F_SEAL_GROW 0x0004
#define F_SEAL_WRITE 0x0008
#define F_SEAL_FUTURE_WRITE 0x0010
#define RWH_WRITE_LIFE_NOT_SET 0
#define RWF_WRITE_LIFE_NOT_SET RWH_WRITE_LIFE_NOT_SET
#define RWH_WRITE_LIFE_NONE 1
#define RWH_WRITE_LIFE_SHORT 2
#define RWH_WRITE_LIFE_MEDIUM 3
#define RWH_WRITE_LIFE_LONG 4
#define RWH_WRITE_LIFE_EXTREME 5
#define SYNC_FILE_RANGE_WAIT_BEFORE 1
#define SYNC_FILE_RANGE_WRITE 2
#define SYNC_FILE_RANGE_WAIT_AFTER 4
#define SYNC_FILE_RANGE_WRITE_AND_WAIT (SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WAIT_AFTER)
#define SPLICE_F_MOVE 1
#define SPLICE_F_NONBLOCK 2
#define SPLICE_F_MORE 4
#define SPLICE_F_GIFT 8
#define FALLOC_FL_KEEP_SIZE 0x01
#define FALLOC_FL_PUNCH_HOLE 0x02
#define FALLOC_FL_NO_HIDE_STALE 0x04
#define FALLOC_FL_COLLAPSE_RANGE 0x08
#define FALLOC_FL_ZERO_RANGE 0x10
#define FALLOC_FL_INSERT_RANGE 0x20
#define FALLOC_FL_UNSHARE_RANGE 0x40
#endif
#ifdef __USE_MISC
#define FAPPEND O_APPEND
#define FFSYNC O_FSYNC
#define FASYNC O_ASYNC
#define FNONBLOCK O_NONBLOCK
#define FNDELAY O_NDELAY
#endif
#ifdef __USE_XOPEN2K
#define POSIX_FADV_NORMAL 0
#define POSIX_FADV_RANDOM 1
#define POSIX_FADV_SEQUENTIAL 2
#define POSIX_FADV_WILLNEED 3
#define POSIX_FADV_DONTNEED __POSIX_FADV_DONTNEED
#define POSIX_FADV_NOREUSE __POSIX_FADV_NOREUSE
#endif
#ifdef __USE_GNU
struct file_handle {
  unsigned int handle_bytes;
  int handle_type;
  unsigned char f_handle[0];
};
#define MAX_HANDLE_SZ 128
#define AT_NO_AUTOMOUNT 0x800
#define AT_EMPTY_PATH 0x1000
#define AT_STATX_SYNC_TYPE 0x6000
#define AT_STATX_SYNC_AS_STAT 0x0000
#define AT_STATX_FORCE_SYNC 0x2000
#define AT_STATX_DONT_SYNC 0x4000
#define AT_RECURSIVE 0x8000
#endif
#ifdef __USE_ATFILE
#define AT_FDCWD -100
#define AT_SYMLINK_NOFOLLOW 0x100
#define AT_REMOVEDIR 0x200
#define AT_SYMLINK_FOLLOW 0x400
#define AT_EACCESS 0x200
#endif
#ifdef __USE_GNU
extern __ssize_t readahead(int, __off64_t, size_t);
extern int sync_file_range(int, __off64_t, __off64_t, unsigned int);
extern __ssize_t vmsplice(int, const struct iovec *, size_t, unsigned int);
extern __ssize_t splice(int, __off64_t *, int, __off64_t *, size_t, unsigned int);
extern __ssize_t tee(int, int, size_t, unsigned int);
extern int fallocate64(int, int, __off64_t, __off64_t);
extern int name_to_handle_at(int, const char *, struct file_handle *, int *, int);
extern int open_by_handle_at(int, struct file_handle *, int);
#endif
#if defined __USE_GNU && !defined __USE_FILE_OFFSET64
extern int fallocate(int, int, __off_t, __off_t);
#endif
#if defined __USE_GNU && defined __USE_FILE_OFFSET64
extern int fallocate(int, int, __off64_t, __off64_t);
#endif
#define __OPEN_NEEDS_MODE(oflag) (((oflag) & O_CREAT) != 0 || ((oflag) & __O_TMPFILE) == __O_TMPFILE)
#ifndef __mode_t_defined
typedef __mode_t mode_t;
#define __mode_t_defined
#endif
#ifndef __USE_FILE_OFFSET64
typedef __off_t off_t;
#else
typedef __off64_t off_t;
#endif
#define __off_t_defined
#ifdef __USE_LARGEFILE64
#ifndef __off64_t_defined
typedef __off64_t off64_t;
#define __off64_t_defined
#endif
#endif
#ifndef __pid_t_defined
typedef __pid_t pid_t;
#define __pid_t_defined
#endif
#ifdef __USE_XOPEN2K8
#include <bits/struct_timespec.h>
#endif
#if defined __USE_XOPEN2K8 || defined __USE_XOPEN
#include <bits/stat.h>
#define S_IFMT __S_IFMT
#define S_IFDIR __S_IFDIR
#define S_IFCHR __S_IFCHR
#define S_IFBLK __S_IFBLK
#define S_IFREG __S_IFREG
#define S_IFIFO __S_IFIFO
#define S_IFLNK __S_IFLNK
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
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#if defined __USE_XOPEN2K8 || defined __USE_UNIX98
#define S_IFSOCK __S_IFSOCK
#endif
#if defined __USE_MISC || defined __USE_XOPEN
#define S_ISVTX __S_ISVTX
#endif
#ifdef __USE_MISC
#define R_OK 4
#define W_OK 2
#define X_OK 1
#define F_OK 0
#endif
extern int fcntl(int, int, ...);
extern int open(const char *, int, ...);
extern int creat(const char *, mode_t);
#ifdef __USE_LARGEFILE64
extern int fcntl64(int, int, ...);
extern int open64(const char *, int, ...);
extern int creat64(const char *, mode_t);
#endif
#ifdef __USE_ATFILE
extern int openat(int, const char *, int, ...);
#endif
#if defined __USE_MISC && defined __USE_LARGEFILE64
extern int openat64(int, const char *, int, ...);
#endif
#ifdef __USE_MISC
#define F_ULOCK 0
#define F_LOCK 1
#define F_TLOCK 2
#define F_TEST 3
#endif
#if defined __USE_MISC && !defined __USE_FILE_OFFSET64
extern int lockf(int, int, off_t);
#endif
#if defined __USE_MISC && defined __USE_FILE_OFFSET64
extern int lockf(int, int, __off64_t);
#endif
#if defined __USE_MISC && defined __USE_LARGEFILE64
extern int lockf64(int, int, off64_t);
extern int posix_fadvise64(int, off64_t, off64_t, int);
extern int posix_fallocate64(int, off64_t, off64_t);
#endif
#if defined __USE_XOPEN2K && !defined __USE_FILE_OFFSET64
extern int posix_fadvise(int, off_t, off_t, int);
extern int posix_fallocate(int, off_t, off_t);
#endif
#if defined __USE_XOPEN2K8 && defined __USE_FILE_OFFSET64
extern int posix_fadvise(int, __off64_t, __off64_t, int);
extern int posix_fallocate(int, __off64_t, __off64_t);
#endif
#endif
`;
