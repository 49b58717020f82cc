/**
 * The header <syscall.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const syscallHeader = String.raw`#include <sys/syscall.h>
`;
