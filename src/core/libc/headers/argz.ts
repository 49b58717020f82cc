/**
 * The header <argz.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const argzHeader = String.raw`#ifndef _ARGZ_H
#define _ARGZ_H 1
#include <features.h>
#include <errno.h>
#include <string.h>
#ifndef __USE_GNU
#define __error_t_defined 1
typedef int error_t;
#endif
extern error_t __argz_create(char *const __argv[], char **, size_t *);
extern error_t argz_create(char *const __argv[], char **, size_t *);
extern error_t argz_create_sep(const char *, int, char **, size_t *);
extern size_t __argz_count(const char *, size_t);
extern size_t argz_count(const char *, size_t);
extern void __argz_extract(const char *, size_t, char **);
extern void argz_extract(const char *, size_t, char **);
extern void __argz_stringify(char *, size_t, int);
extern void argz_stringify(char *, size_t, int);
extern error_t argz_append(char **, size_t *, const char *, size_t);
extern error_t argz_add(char **, size_t *, const char *);
extern error_t argz_add_sep(char **, size_t *, const char *, int);
extern void argz_delete(char **, size_t *, char *);
extern error_t argz_insert(char **, size_t *, char *, const char *);
extern error_t argz_replace(char **, size_t *, const char *, const char *, unsigned int *);
extern char *__argz_next(const char *, size_t, const char *);
extern char *argz_next(const char *, size_t, const char *);
#endif
`;
