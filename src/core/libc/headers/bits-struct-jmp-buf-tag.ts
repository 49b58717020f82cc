/**
 * The header <bits/struct___jmp_buf_tag.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsStructJmpBufTagHeader = String.raw`#ifndef __jmp_buf_tag_defined
#define __jmp_buf_tag_defined 1
#include <features.h>
#include <bits/__sigset_t.h>
struct __jmp_buf_tag {
  __jmp_buf __jmpbuf;
  int __mask_was_saved;
  __sigset_t __saved_mask;
};
#endif
`;
