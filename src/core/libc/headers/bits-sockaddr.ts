/**
 * The header <bits/sockaddr.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsSockaddrHeader = String.raw`#ifndef _BITS_SOCKADDR_H
#define _BITS_SOCKADDR_H 1
#include <features.h>
typedef unsigned short int sa_family_t;
#define __SOCKADDR_COMMON(sa_prefix) sa_family_t sa_prefix ##family
#define __SOCKADDR_COMMON_SIZE (sizeof (unsigned short int))
#define _SS_SIZE 128
#endif
`;
