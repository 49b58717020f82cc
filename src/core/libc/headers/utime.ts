/**
 * The header <utime.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const utimeHeader = String.raw`#ifndef _UTIME_H
#define _UTIME_H 1
#include <features.h>
#include <bits/types.h>
#if defined __USE_XOPEN2K || defined __USE_XOPEN
#include <bits/time_t.h>
#endif
struct utimbuf { __time_t actime; __time_t modtime; };
extern int utime(const char *, const struct utimbuf *);
#endif
`;
