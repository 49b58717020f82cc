/**
 * The header <bits/null.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsNullHeader = String.raw`#undef NULL
#define NULL ((void *)0)
`;
