/**
 * The header <re_comp.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const reCompHeader = String.raw`#ifndef _RE_COMP_H
#define _RE_COMP_H 1
#include <features.h>
#include <regex.h>
#endif
`;
