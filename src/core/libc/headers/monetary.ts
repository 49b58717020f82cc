/**
 * The header <monetary.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const monetaryHeader = String.raw`#ifndef _MONETARY_H
#define _MONETARY_H 1
#include <features.h>
#include <bits/size_t.h>
#include <bits/types.h>
#ifndef __ssize_t_defined
typedef __ssize_t ssize_t;
#define __ssize_t_defined
#endif
extern ssize_t strfmon(char *, size_t, const char *, ...);
#ifdef __USE_XOPEN2K8
#include <bits/locale_t.h>
extern ssize_t strfmon_l(char *, size_t, locale_t, const char *, ...);
#endif
#endif
`;
