/**
 * The header <sys/dir.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysDirHeader = String.raw`#ifndef _SYS_DIR_H
#define _SYS_DIR_H 1
#include <features.h>
#include <dirent.h>
#define direct dirent
#endif
`;
