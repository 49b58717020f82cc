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
#if __GLIBC_USE (IEC_60559_BFP_EXT_C2X)
typedef unsigned char char8_t;
#endif
typedef __uint_least16_t char16_t;
typedef __uint_least32_t char32_t;
extern size_t mbrtoc16(char16_t *, const char *, size_t, mbstate_t *);
extern size_t c16rtomb(char *, char16_t, mbstate_t *);
extern size_t mbrtoc32(char32_t *, const char *, size_t, mbstate_t *);
extern size_t c32rtomb(char *, char32_t, mbstate_t *);
#if __GLIBC_USE (IEC_60559_BFP_EXT_C2X)
extern size_t mbrtoc8(char8_t *, const char *, size_t, mbstate_t *);
extern size_t c8rtomb(char *, char8_t, mbstate_t *);
#endif
#endif
`;
