/**
 * The header <bits/byteswap.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsByteswapHeader = String.raw`#ifndef _BITS_BYTESWAP_H
#define _BITS_BYTESWAP_H 1
#include <bits/types.h>
#define __bswap_constant_16(x) ((__uint16_t) ((((x) >> 8) & 0xff) | (((x) & 0xff) << 8)))
static __inline __uint16_t __bswap_16(__uint16_t __bsx) { return __builtin_bswap16(__bsx); }
static __inline __uint32_t __bswap_32(__uint32_t __bsx) { return __builtin_bswap32(__bsx); }
__extension__ static __inline __uint64_t __bswap_64(__uint64_t __bsx) { return __builtin_bswap64(__bsx); }
static __inline __uint16_t __uint16_identity(__uint16_t __x) { return __x; }
static __inline __uint32_t __uint32_identity(__uint32_t __x) { return __x; }
static __inline __uint64_t __uint64_identity(__uint64_t __x) { return __x; }
#endif
`;
