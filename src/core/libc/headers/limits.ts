/**
 * The header <limits.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const limitsHeader = String.raw`#ifndef _LIMITS_H
#define _LIMITS_H 1
#include <features.h>
#define CHAR_BIT __CHAR_BIT__
#define MB_LEN_MAX 16
#define SCHAR_MIN (-SCHAR_MAX - 1)
#define SCHAR_MAX __SCHAR_MAX__
#define UCHAR_MAX (SCHAR_MAX * 2 + 1)
#ifdef __CHAR_UNSIGNED__
#define CHAR_MIN 0
#define CHAR_MAX UCHAR_MAX
#else
#define CHAR_MIN SCHAR_MIN
#define CHAR_MAX SCHAR_MAX
#endif
#define SHRT_MIN (-SHRT_MAX - 1)
#define SHRT_MAX __SHRT_MAX__
#define USHRT_MAX (SHRT_MAX * 2 + 1)
#define INT_MIN (-INT_MAX - 1)
#define INT_MAX __INT_MAX__
#define UINT_MAX (INT_MAX * 2U + 1U)
#define LONG_MIN (-LONG_MAX - 1L)
#define LONG_MAX __LONG_MAX__
#define ULONG_MAX (LONG_MAX * 2UL + 1UL)
#if defined __STDC_VERSION__ && __STDC_VERSION__ >= 199901L || defined __USE_ISOC99
#define LLONG_MIN (-LLONG_MAX - 1LL)
#define LLONG_MAX __LONG_LONG_MAX__
#define ULLONG_MAX (LLONG_MAX * 2ULL + 1ULL)
#endif
#ifdef __USE_GNU
#define LONG_LONG_MIN (-LONG_LONG_MAX - 1LL)
#define LONG_LONG_MAX __LONG_LONG_MAX__
#define ULONG_LONG_MAX (LONG_LONG_MAX * 2ULL + 1ULL)
#endif
#if __GLIBC_USE (IEC_60559_BFP_EXT_C2X)
#define CHAR_WIDTH 8
#define SCHAR_WIDTH 8
#define UCHAR_WIDTH 8
#define SHRT_WIDTH 16
#define USHRT_WIDTH 16
#define INT_WIDTH 32
#define UINT_WIDTH 32
#define LONG_WIDTH __WORDSIZE
#define ULONG_WIDTH __WORDSIZE
#define LLONG_WIDTH 64
#define ULLONG_WIDTH 64
#endif
#if defined __STDC_VERSION__ && __STDC_VERSION__ > 201710L || __GLIBC_USE (ISOC2X)
#define BOOL_MAX 1
#define BOOL_WIDTH 1
#endif
#ifdef __USE_POSIX
#include <bits/posix1_lim.h>
#endif
#ifdef __USE_POSIX2
#include <bits/posix2_lim.h>
#endif
#ifdef __USE_XOPEN
#include <bits/xopen_lim.h>
#endif
#endif
`;
