/**
 * The header <sys/swap.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysSwapHeader = String.raw`#ifndef _SYS_SWAP_H
#define _SYS_SWAP_H 1
#include <features.h>
#define SWAP_FLAG_PREFER 0x8000
#define SWAP_FLAG_PRIO_MASK 0x7fff
#define SWAP_FLAG_PRIO_SHIFT 0
#define SWAP_FLAG_DISCARD 0x10000
extern int swapon(const char *, int);
extern int swapoff(const char *);
#endif
`;
