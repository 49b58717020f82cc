/**
 * The header <fnmatch.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const fnmatchHeader = String.raw`#ifndef _FNMATCH_H
#define _FNMATCH_H 1
#include <features.h>
#undef FNM_PATHNAME
#undef FNM_NOESCAPE
#undef FNM_PERIOD
#define FNM_PATHNAME (1 << 0)
#define FNM_NOESCAPE (1 << 1)
#define FNM_PERIOD (1 << 2)
#if defined __USE_GNU || defined __USE_MISC || defined __USE_XOPEN || !defined __USE_POSIX2
#define FNM_FILE_NAME FNM_PATHNAME
#define FNM_LEADING_DIR (1 << 3)
#define FNM_CASEFOLD (1 << 4)
#define FNM_EXTMATCH (1 << 5)
#endif
#define FNM_NOMATCH 1
#if defined __USE_XOPEN && defined __USE_POSIX_IMPLICITLY
#define FNM_NOSYS (-1)
#endif
extern int fnmatch(const char *, const char *, int);
#endif
`;
