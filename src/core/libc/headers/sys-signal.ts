/**
 * The header <sys/signal.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysSignalHeader = String.raw`#include <signal.h>
`;
