/**
 * The header <sys/random.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysRandomHeader = String.raw`#ifndef _SYS_RANDOM_H
#define _SYS_RANDOM_H 1
#include <features.h>
#include <sys/types.h>
#define GRND_NONBLOCK 0x01
#define GRND_RANDOM 0x02
#define GRND_INSECURE 0x04
ssize_t getrandom(void *, size_t, unsigned int);
int getentropy(void *, size_t);
#endif
`;
