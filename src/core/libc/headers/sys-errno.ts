/**
 * The header <sys/errno.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysErrnoHeader = String.raw`#include <errno.h>
`;
