/**
 * The header <ulimit.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const ulimitHeader = String.raw`#ifndef _ULIMIT_H
#define _ULIMIT_H 1
#include <features.h>
enum {
  UL_GETFSIZE = 1,
  UL_SETFSIZE,
  __UL_GETMAXBRK,
  __UL_GETOPENMAX,
};
#define UL_GETFSIZE UL_GETFSIZE
#define UL_SETFSIZE UL_SETFSIZE
extern long int ulimit(int, ...);
#endif
`;
