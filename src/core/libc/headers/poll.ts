/**
 * The header <poll.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const pollHeader = String.raw`#ifndef _POLL_H
#define _POLL_H 1
#include <features.h>
#include <sys/poll.h>
#endif
`;
