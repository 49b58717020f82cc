/**
 * The header <strings.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const stringsHeader = String.raw`#ifndef _STRINGS_H
#define _STRINGS_H 1
#include <features.h>
#include <bits/size_t.h>
extern int strcasecmp(const char *, const char *);
extern int strncasecmp(const char *, const char *, size_t);
#if defined __USE_MISC || !defined __USE_XOPEN2K8
extern int bcmp(const void *, const void *, size_t);
extern void bcopy(const void *, void *, size_t);
extern void bzero(void *, size_t);
extern char *index(const char *, int);
extern char *rindex(const char *, int);
#endif
#if defined __USE_GNU || defined __USE_MISC || defined __USE_XOPEN_EXTENDED || !defined __USE_XOPEN2K8
extern int ffs(int);
#endif
#ifdef __USE_MISC
extern int ffsl(long int);
extern int ffsll(long long int);
#endif
#ifdef __USE_XOPEN2K8
#include <bits/locale_t.h>
extern int strcasecmp_l(const char *, const char *, locale_t);
extern int strncasecmp_l(const char *, const char *, size_t, locale_t);
#endif
#endif
`;
