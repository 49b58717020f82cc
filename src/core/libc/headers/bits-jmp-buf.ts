/**
 * The header <bits/jmp_buf.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsJmpBufHeader = String.raw`#ifndef _BITS_JMP_BUF_H
#define _BITS_JMP_BUF_H 1
#include <bits/sigset_t.h>
#ifdef __x86_64__
typedef long int __jmp_buf[8];
#else
typedef int __jmp_buf[6];
#endif
struct __jmp_buf_tag {
  __jmp_buf __jmpbuf;
  int __mask_was_saved;
  __sigset_t __saved_mask;
};
#endif
`;
