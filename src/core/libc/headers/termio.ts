/**
 * The header <termio.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const termioHeader = String.raw`#ifndef _TERMIO_H
#define _TERMIO_H 1
#include <features.h>
#include <termios.h>
#include <sys/ioctl.h>
#endif
`;
