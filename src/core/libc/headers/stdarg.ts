/**
 * The header <stdarg.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const stdargHeader = String.raw`#ifndef _STDARG_H
#define _STDARG_H 1
#include <bits/va_list.h>
typedef __gnuc_va_list va_list;
#define _VA_LIST_DEFINED 1
#define va_start(v,l) __builtin_va_start(v,l)
#define va_end(v) __builtin_va_end(v)
#define va_arg(v,l) __builtin_va_arg(v,l)
#define va_copy(d,s) __builtin_va_copy(d,s)
#define __va_copy(d,s) __builtin_va_copy(d,s)
#endif
`;
