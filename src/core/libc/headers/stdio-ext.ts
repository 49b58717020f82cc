/**
 * The header <stdio_ext.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const stdioExtHeader = String.raw`#ifndef _STDIO_EXT_H
#define _STDIO_EXT_H 1
#include <features.h>
#include <stdio.h>
enum {
  FSETLOCKING_QUERY = 0,
  FSETLOCKING_INTERNAL,
  FSETLOCKING_BYCALLER,
};
#define FSETLOCKING_QUERY FSETLOCKING_QUERY
#define FSETLOCKING_INTERNAL FSETLOCKING_INTERNAL
#define FSETLOCKING_BYCALLER FSETLOCKING_BYCALLER
extern size_t __fbufsize(FILE *);
extern int __freading(FILE *);
extern int __fwriting(FILE *);
extern int __freadable(FILE *);
extern int __fwritable(FILE *);
extern int __flbf(FILE *);
extern void __fpurge(FILE *);
extern size_t __fpending(FILE *);
extern void _flushlbf(void);
extern int __fsetlocking(FILE *, int);
#endif
`;
