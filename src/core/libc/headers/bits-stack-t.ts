/**
 * The header <bits/stack_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsStackTHeader = String.raw`#ifndef __stack_t_defined
#define __stack_t_defined 1
#include <features.h>
#include <bits/size_t.h>
typedef struct {
  void *ss_sp;
  int ss_flags;
  size_t ss_size;
} stack_t;
#endif
`;
