/**
 * The header <wctype.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const wctypeHeader = String.raw`#ifndef _WCTYPE_H
#define _WCTYPE_H 1
#include <features.h>
#include <bits/types.h>
#include <bits/wint_t.h>
#define WEOF (0xffffffffu)
#include <bits/wctype-wchar.h>
typedef const __int32_t *wctrans_t;
extern wctrans_t wctrans(const char *);
extern wint_t towctrans(wint_t, wctrans_t);
#ifdef __USE_XOPEN2K8
#include <bits/locale_t.h>
extern int iswalnum_l(wint_t, locale_t);
extern int iswalpha_l(wint_t, locale_t);
extern int iswcntrl_l(wint_t, locale_t);
extern int iswdigit_l(wint_t, locale_t);
extern int iswgraph_l(wint_t, locale_t);
extern int iswlower_l(wint_t, locale_t);
extern int iswprint_l(wint_t, locale_t);
extern int iswpunct_l(wint_t, locale_t);
extern int iswspace_l(wint_t, locale_t);
extern int iswupper_l(wint_t, locale_t);
extern int iswxdigit_l(wint_t, locale_t);
extern int iswblank_l(wint_t, locale_t);
extern wctype_t wctype_l(const char *, locale_t);
extern int iswctype_l(wint_t, wctype_t, locale_t);
extern wint_t towlower_l(wint_t, locale_t);
extern wint_t towupper_l(wint_t, locale_t);
extern wctrans_t wctrans_l(const char *, locale_t);
extern wint_t towctrans_l(wint_t, wctrans_t, locale_t);
#endif
#endif
`;
