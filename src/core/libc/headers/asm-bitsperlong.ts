/**
 * The header <asm/bitsperlong.h>: declarations and values of Linux, in our own words.
 */

/** Its text. */
export const asmBitsperlongHeader = String.raw`#ifndef __ASM_X86_BITSPERLONG_H
#define __ASM_X86_BITSPERLONG_H 1
#ifdef __x86_64__
#define __BITS_PER_LONG 64
#else
#define __BITS_PER_LONG 32
#endif
#endif
`;
