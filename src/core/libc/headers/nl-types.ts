/**
 * The header <nl_types.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const nlTypesHeader = String.raw`#ifndef _NL_TYPES_H
#define _NL_TYPES_H 1
#include <features.h>
#define NL_SETD 1
#define NL_CAT_LOCALE 1
typedef void *nl_catd;
typedef int nl_item;
extern nl_catd catopen(const char *, int);
extern char *catgets(nl_catd, int, int, const char *);
extern int catclose(nl_catd);
#endif
`;
