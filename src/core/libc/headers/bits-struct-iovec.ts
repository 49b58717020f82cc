/**
 * The header <bits/struct_iovec.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsStructIovecHeader = String.raw`#ifndef __iovec_defined
#define __iovec_defined 1
#include <features.h>
#include <bits/size_t.h>
struct iovec { void *iov_base; size_t iov_len; };
#endif
`;
