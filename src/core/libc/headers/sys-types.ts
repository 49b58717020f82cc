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
typedef __daddr_t daddr_t;
typedef __caddr_t caddr_t;
typedef unsigned long int ulong;
typedef unsigned short int ushort;
typedef unsigned int uint;
#endif
typedef __loff_t loff_t;
#include <bits/ino_t.h>
#include <bits/dev_t.h>
#include <bits/gid_t.h>
#include <bits/mode_t.h>
#include <bits/nlink_t.h>
#include <bits/uid_t.h>
#include <bits/off_t.h>
#ifdef __USE_LARGEFILE64
#include <bits/ino64_t.h>
#include <bits/off64_t.h>
#include <bits/blkcnt64_t.h>
typedef __fsblkcnt64_t fsblkcnt64_t;
typedef __fsfilcnt64_t fsfilcnt64_t;
#endif
#include <bits/pid_t.h>
#include <bits/id_t.h>
#include <bits/ssize_t.h>
#include <bits/key_t.h>
#include <bits/clock_t.h>
#include <bits/clockid_t.h>
#include <bits/time_t.h>
#include <bits/timer_t.h>
#ifdef __USE_XOPEN
#include <bits/useconds_t.h>
#include <bits/suseconds_t.h>
#endif
#include <bits/size_t.h>
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
#include <bits/blksize_t.h>
#include <bits/blkcnt_t.h>
#include <bits/fsblkcnt_t.h>
#include <bits/fsfilcnt_t.h>
#include <bits/pthreadtypes.h>
#endif
`;
