/**
 * The header <bits/__sigset_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsTagSigsetTHeader = String.raw`#ifndef ____sigset_t_defined
#define ____sigset_t_defined 1
#include <features.h>
#define _SIGSET_NWORDS (1024 / (8 * sizeof (unsigned long int)))
typedef struct {
  unsigned long int __val[(1024 / (8 *sizeof(unsigned long int)))];
} __sigset_t;
#endif
`;
