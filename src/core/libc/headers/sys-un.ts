/**
 * The header <sys/un.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysUnHeader = String.raw`#ifndef _SYS_UN_H
#define _SYS_UN_H 1
#include <features.h>
#include <bits/sockaddr.h>
struct sockaddr_un { sa_family_t sun_family; char sun_path[108]; };
#ifdef __USE_MISC
#include <string.h>
#define SUN_LEN(ptr) ((size_t) (((struct sockaddr_un *) 0)->sun_path) + strlen ((ptr)->sun_path))
#endif
#endif
`;
