/**
 * The header <sys/types.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysTypesHeader = String.raw`#ifndef _SYS_TYPES_H
#define _SYS_TYPES_H 1
#include <features.h>
#include <bits/types.h>
#ifdef __USE_MISC
typedef __u_char u_char;
typedef __u_short u_short;
typedef __u_int u_int;
typedef __u_long u_long;
typedef __quad_t quad_t;
typedef __u_quad_t u_quad_t;
typedef __fsid_t fsid_t;
#define __u_char_defined
typedef __loff_t loff_t;
#endif
#ifndef __USE_FILE_OFFSET64
typedef __ino_t ino_t;
#else
typedef __ino64_t ino_t;
#endif
#define __ino_t_defined
#ifdef __USE_LARGEFILE64
#ifndef __ino64_t_defined
typedef __ino64_t ino64_t;
#define __ino64_t_defined
#endif
#endif
#ifndef __dev_t_defined
typedef __dev_t dev_t;
#define __dev_t_defined
#endif
#ifndef __gid_t_defined
typedef __gid_t gid_t;
#define __gid_t_defined
#endif
#ifndef __mode_t_defined
typedef __mode_t mode_t;
#define __mode_t_defined
#endif
#ifndef __nlink_t_defined
typedef __nlink_t nlink_t;
#define __nlink_t_defined
#endif
#ifndef __uid_t_defined
typedef __uid_t uid_t;
#define __uid_t_defined
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
#if defined __USE_XOPEN2K8 || defined __USE_XOPEN
#ifndef __id_t_defined
typedef __id_t id_t;
#define __id_t_defined
#endif
#endif
#ifndef __ssize_t_defined
typedef __ssize_t ssize_t;
#define __ssize_t_defined
#endif
#ifdef __USE_MISC
typedef __daddr_t daddr_t;
typedef __caddr_t caddr_t;
#define __daddr_t_defined
#endif
#if defined __USE_MISC || defined __USE_XOPEN
#ifndef __key_t_defined
typedef __key_t key_t;
#define __key_t_defined
#endif
#endif
#if defined __USE_XOPEN2K8 || defined __USE_XOPEN
#include <bits/clock_t.h>
#endif
#include <bits/clockid_t.h>
#include <bits/time_t.h>
#include <bits/timer_t.h>
#ifdef __USE_XOPEN
#ifndef __useconds_t_defined
typedef __useconds_t useconds_t;
#define __useconds_t_defined
#endif
#ifndef __suseconds_t_defined
typedef __suseconds_t suseconds_t;
#define __suseconds_t_defined
#endif
#endif
#include <bits/size_t.h>
#ifdef __USE_MISC
typedef unsigned long int ulong;
typedef unsigned short int ushort;
typedef unsigned int uint;
#endif
#include <bits/intn.h>
typedef __uint8_t u_int8_t;
typedef __uint16_t u_int16_t;
typedef __uint32_t u_int32_t;
typedef __uint64_t u_int64_t;
typedef int register_t __attribute__((__mode__(__word__)));
#define __BIT_TYPES_DEFINED__ 1
#ifdef __USE_MISC
#include <endian.h>
#include <sys/select.h>
#endif
#if defined __USE_XOPEN2K8 || defined __USE_UNIX98
#ifndef __blksize_t_defined
typedef __blksize_t blksize_t;
#define __blksize_t_defined
#endif
#endif
#ifndef __USE_FILE_OFFSET64
typedef __blkcnt_t blkcnt_t;
#endif
#define __blkcnt_t_defined
#ifndef __USE_FILE_OFFSET64
typedef __fsblkcnt_t fsblkcnt_t;
#endif
#define __fsblkcnt_t_defined
#ifndef __USE_FILE_OFFSET64
typedef __fsfilcnt_t fsfilcnt_t;
#endif
#define __fsfilcnt_t_defined
#ifdef __USE_FILE_OFFSET64
typedef __blkcnt64_t blkcnt_t;
typedef __fsblkcnt64_t fsblkcnt_t;
typedef __fsfilcnt64_t fsfilcnt_t;
#endif
#ifdef __USE_LARGEFILE64
typedef __blkcnt64_t blkcnt64_t;
typedef __fsblkcnt64_t fsblkcnt64_t;
typedef __fsfilcnt64_t fsfilcnt64_t;
#endif
#ifdef __USE_POSIX199506
#include <bits/pthreadtypes.h>
#endif
#endif
`;
