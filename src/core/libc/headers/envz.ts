/**
 * The header <envz.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const envzHeader = String.raw`#ifndef _ENVZ_H
#define _ENVZ_H 1
#include <features.h>
#include <errno.h>
#include <argz.h>
extern char *envz_entry(const char *, size_t, const char *);
extern char *envz_get(const char *, size_t, const char *);
extern error_t envz_add(char **, size_t *, const char *, const char *);
extern error_t envz_merge(char **, size_t *, const char *, size_t, int);
extern void envz_remove(char **, size_t *, const char *);
extern void envz_strip(char **, size_t *);
#endif
`;
