/**
 * The header <sgtty.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sgttyHeader = String.raw`#ifndef _SGTTY_H
#define _SGTTY_H 1
#include <features.h>
#include <sys/ioctl.h>
struct sgttyb;
extern int gtty(int, struct sgttyb *);
extern int stty(int, const struct sgttyb *);
#endif
`;
