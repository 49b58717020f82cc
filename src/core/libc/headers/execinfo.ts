/**
 * The header <execinfo.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const execinfoHeader = String.raw`#ifndef _EXECINFO_H
#define _EXECINFO_H 1
#include <features.h>
extern int backtrace(void **, int);
extern char **backtrace_symbols(void *const *, int);
extern void backtrace_symbols_fd(void *const *, int, int);
#endif
`;
