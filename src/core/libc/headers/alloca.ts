/**
 * The header <alloca.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const allocaHeader = String.raw`#ifndef _ALLOCA_H
#define _ALLOCA_H 1
#include <features.h>
#include <bits/size_t.h>
#undef alloca
extern void *alloca(size_t);
#define alloca(size) __builtin_alloca (size)
#endif
`;
