/**
 * The header <gnu/libc-version.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const gnuLibcVersionHeader = String.raw`#ifndef _GNU_LIBC_VERSION_H
#define _GNU_LIBC_VERSION_H 1
#include <features.h>
extern const char *gnu_get_libc_release(void);
extern const char *gnu_get_libc_version(void);
#endif
`;
