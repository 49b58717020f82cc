/**
 * The header <bits/mbstate_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsMbstateTHeader = String.raw`#ifndef ____mbstate_t_defined
#define ____mbstate_t_defined 1
typedef struct {
  int __count;
  union {
    __WINT_TYPE__ __wch;
    char __wchb[4];
  } __value;
} __mbstate_t;
#endif
`;
