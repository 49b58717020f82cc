/**
 * The header <err.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const errHeader = String.raw`#ifndef _ERR_H
#define _ERR_H 1
#include <features.h>
#include <bits/va_list.h>
extern void warn(const char *, ...);
extern void vwarn(const char *, __gnuc_va_list);
extern void warnx(const char *, ...);
extern void vwarnx(const char *, __gnuc_va_list);
extern void err(int, const char *, ...) __attribute__((__noreturn__));
extern void verr(int, const char *, __gnuc_va_list) __attribute__((__noreturn__));
extern void errx(int, const char *, ...) __attribute__((__noreturn__));
extern void verrx(int, const char *, __gnuc_va_list) __attribute__((__noreturn__));
#endif
`;
