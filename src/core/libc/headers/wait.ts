/**
 * The header <wait.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const waitHeader = String.raw`#ifndef _WAIT_H
#define _WAIT_H 1
#include <features.h>
#include <sys/wait.h>
#endif
`;
