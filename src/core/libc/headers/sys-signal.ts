/**
 * The header <sys/signal.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysSignalHeader = String.raw`#ifndef _SYS_SIGNAL_H
#define _SYS_SIGNAL_H 1
#include <features.h>
#include <signal.h>
#endif
`;
