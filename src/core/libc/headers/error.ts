/**
 * The header <error.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const errorHeader = String.raw`#ifndef _ERROR_H
#define _ERROR_H 1
#include <features.h>
extern void error(int, int, const char *, ...);
extern void error_at_line(int, int, const char *, unsigned int, const char *, ...);
extern void (*error_print_progname)(void);
extern unsigned int error_message_count;
extern int error_one_per_line;
extern void __error_alias(int, int, const char *, ...) __asm__("error");
extern void __error_noreturn(int, int, const char *, ...) __asm__("error") __attribute__((__noreturn__));
extern void __error_at_line_alias(int, int, const char *, unsigned int, const char *, ...) __asm__("error_at_line");
extern void __error_at_line_noreturn(int, int, const char *, unsigned int, const char *, ...) __asm__("error_at_line") __attribute__((__noreturn__));
#endif
`;
