/**
 * The header <bits/__mbstate_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsTagMbstateTHeader = String.raw`#ifndef ____mbstate_t_defined
#define ____mbstate_t_defined 1
#include <features.h>
typedef struct {
  int __count;
  union {
    unsigned int __wch;
    char __wchb[4];
  } __value;
} __mbstate_t;
#endif
`;
