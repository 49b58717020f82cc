/**
 * The header <sys/vfs.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysVfsHeader = String.raw`#ifndef _SYS_VFS_H
#define _SYS_VFS_H 1
#include <features.h>
#include <sys/statfs.h>
#endif
`;
