/**
 * The header <bits/getopt_core.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsGetoptCoreHeader = String.raw`#ifndef _GETOPT_CORE_H
#define _GETOPT_CORE_H 1
#include <features.h>
extern char *optarg;
extern int optind;
extern int opterr;
extern int optopt;
extern int getopt(int, char *const *, const char *);
#endif
`;
