/**
 * The header <sys/klog.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysKlogHeader = String.raw`#ifndef _SYS_KLOG_H
#define _SYS_KLOG_H 1
#include <features.h>
extern int klogctl(int, char *, int);
#endif
`;
