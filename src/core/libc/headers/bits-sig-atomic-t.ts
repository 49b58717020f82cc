/**
 * The header <bits/sig_atomic_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsSigAtomicTHeader = String.raw`#ifndef __sig_atomic_t_defined
#define __sig_atomic_t_defined 1
#include <bits/types.h>
typedef __sig_atomic_t sig_atomic_t;
#endif
`;
