/**
 * The header <uchar.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const ucharHeader = String.raw`#ifndef _UCHAR_H
#define _UCHAR_H 1
#include <features.h>
#include <bits/size_t.h>
#include <bits/types.h>
#include <bits/mbstate_t.h>
typedef __mbstate_t mbstate_t;
typedef __CHAR16_TYPE__ char16_t;
typedef __CHAR32_TYPE__ char32_t;
#ifdef __USE_GNU
typedef unsigned char char8_t;
#endif
extern size_t mbrtoc16(char16_t *, const char *, size_t, mbstate_t *);
extern size_t c16rtomb(char *, char16_t, mbstate_t *);
extern size_t mbrtoc32(char32_t *, const char *, size_t, mbstate_t *);
extern size_t c32rtomb(char *, char32_t, mbstate_t *);
#ifdef __USE_GNU
extern size_t mbrtoc8(char8_t *, const char *, size_t, mbstate_t *);
extern size_t c8rtomb(char *, char8_t, mbstate_t *);
#endif
#endif
`;
