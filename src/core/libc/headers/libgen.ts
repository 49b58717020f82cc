/**
 * The header <libgen.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const libgenHeader = String.raw`#ifndef _LIBGEN_H
#define _LIBGEN_H 1
#include <features.h>
extern char *dirname(char *);
extern char *__xpg_basename(char *);
#define basename __xpg_basename
#endif
`;
