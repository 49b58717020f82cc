/**
 * The header <stdalign.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const stdalignHeader = String.raw`#ifndef _STDALIGN_H
#define _STDALIGN_H 1
#define alignas _Alignas
#define alignof _Alignof
#define __alignas_is_defined 1
#define __alignof_is_defined 1
#endif
`;
