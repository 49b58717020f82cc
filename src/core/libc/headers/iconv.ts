/**
 * The header <iconv.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const iconvHeader = String.raw`#ifndef _ICONV_H
#define _ICONV_H 1
#include <features.h>
#include <bits/size_t.h>
typedef void *iconv_t;
extern int iconv_close(iconv_t);
extern iconv_t iconv_open(const char *, const char *);
extern size_t iconv(iconv_t, char **, size_t *, char **, size_t *);
#endif
`;
