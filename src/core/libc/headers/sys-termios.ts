/**
 * The header <sys/termios.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysTermiosHeader = String.raw`#ifndef _SYS_TERMIOS_H
#define _SYS_TERMIOS_H 1
#include <features.h>
#include <termios.h>
#endif
`;
