/**
 * The header <memory.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const memoryHeader = String.raw`#ifndef _MEMORY_H
#define _MEMORY_H 1
#include <features.h>
#include <string.h>
#endif
`;
