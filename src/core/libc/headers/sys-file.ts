/**
 * The header <sys/file.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysFileHeader = String.raw`#ifndef _SYS_FILE_H
#define _SYS_FILE_H 1
#include <features.h>
#include <fcntl.h>
#define L_SET 0
#define L_INCR 1
#define L_XTND 2
#define LOCK_SH 1
#define LOCK_EX 2
#define LOCK_UN 8
#define LOCK_NB 4
extern int flock(int, int);
#endif
`;
