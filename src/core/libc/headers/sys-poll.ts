/**
 * The header <sys/poll.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysPollHeader = String.raw`#include <poll.h>
`;
