/**
 * The header <bits/uio_lim.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsUioLimHeader = String.raw`#ifndef _BITS_UIO_LIM_H
#define _BITS_UIO_LIM_H 1
#include <features.h>
#define __IOV_MAX 1024
#endif
`;
