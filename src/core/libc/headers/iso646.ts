/**
 * The header <iso646.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const iso646Header = String.raw`#ifndef _ISO646_H
#define _ISO646_H 1
#define and &&
#define and_eq &=
#define bitand &
#define bitor |
#define compl ~
#define not !
#define not_eq !=
#define or ||
#define or_eq |=
#define xor ^
#define xor_eq ^=
#endif
`;
