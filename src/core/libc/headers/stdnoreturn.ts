/**
 * The header <stdnoreturn.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const stdnoreturnHeader = String.raw`#ifndef _STDNORETURN_H
#define _STDNORETURN_H 1
#define noreturn _Noreturn
#endif
`;
