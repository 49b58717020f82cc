/**
 * The header <byteswap.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const byteswapHeader = String.raw`#ifndef _BYTESWAP_H
#define _BYTESWAP_H 1
#include <features.h>
#include <bits/byteswap.h>
#define bswap_16(x) __bswap_16 (x)
#define bswap_32(x) __bswap_32 (x)
#define bswap_64(x) __bswap_64 (x)
#endif
`;
