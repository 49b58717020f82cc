/**
 * The header <sys/fsuid.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysFsuidHeader = String.raw`#ifndef _SYS_FSUID_H
#define _SYS_FSUID_H 1
#include <features.h>
#include <sys/types.h>
extern int setfsuid(__uid_t);
extern int setfsgid(__gid_t);
#endif
`;
