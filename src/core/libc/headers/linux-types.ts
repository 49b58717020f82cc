/**
 * The header <linux/types.h>: declarations and values of Linux, in our own words.
 */

/** Its text. */
export const linuxTypesHeader = String.raw`#ifndef _LINUX_TYPES_H
#define _LINUX_TYPES_H 1
#include <asm/bitsperlong.h>
typedef __signed__ char __s8;
typedef unsigned char __u8;
typedef __signed__ short __s16;
typedef unsigned short __u16;
typedef __signed__ int __s32;
typedef unsigned int __u32;
typedef __signed__ long long __s64;
typedef unsigned long long __u64;
#include <linux/posix_types.h>
#define __bitwise
#define __bitwise__ __bitwise
typedef __u16 __le16;
typedef __u16 __be16;
typedef __u32 __le32;
typedef __u32 __be32;
typedef __u64 __le64;
typedef __u64 __be64;
typedef __u16 __sum16;
typedef __u32 __wsum;
#define __aligned_u64 __u64 __attribute__((aligned(8)))
#define __aligned_s64 __s64 __attribute__((aligned(8)))
#define __aligned_be64 __be64 __attribute__((aligned(8)))
#define __aligned_le64 __le64 __attribute__((aligned(8)))
typedef unsigned __poll_t;
#endif
`;
