/**
 * The header <printf.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const printfHeader = String.raw`#ifndef _PRINTF_H
#define _PRINTF_H 1
#include <features.h>
#include <bits/FILE.h>
#include <bits/size_t.h>
#include <bits/wchar_t.h>
#include <bits/va_list.h>
#include <stdarg.h>
struct printf_info {
  int prec;
  int width;
  wchar_t spec;
  unsigned int is_long_double : 1;
  unsigned int is_short : 1;
  unsigned int is_long : 1;
  unsigned int alt : 1;
  unsigned int space : 1;
  unsigned int left : 1;
  unsigned int showsign : 1;
  unsigned int group : 1;
  unsigned int extra : 1;
  unsigned int is_char : 1;
  unsigned int wide : 1;
  unsigned int i18n : 1;
  unsigned int is_binary128 : 1;
  unsigned int __pad : 3;
  unsigned short int user;
  wchar_t pad;
};
typedef int printf_function(FILE *, const struct printf_info *, const void *const *);
typedef int printf_arginfo_size_function(const struct printf_info *, size_t, int *, int *);
typedef int printf_arginfo_function(const struct printf_info *, size_t, int *);
typedef void printf_va_arg_function(void *, va_list *);
extern int register_printf_specifier(int, printf_function, printf_arginfo_size_function);
extern int register_printf_function(int, printf_function, printf_arginfo_function);
extern int register_printf_modifier(const wchar_t *);
extern int register_printf_type(printf_va_arg_function);
extern size_t parse_printf_format(const char *, size_t, int *);
enum {
  PA_INT,
  PA_CHAR,
  PA_WCHAR,
  PA_STRING,
  PA_WSTRING,
  PA_POINTER,
  PA_FLOAT,
  PA_DOUBLE,
  PA_LAST,
};
#define PA_FLAG_MASK 0xff00
#define PA_FLAG_LONG_LONG (1 << 8)
#define PA_FLAG_LONG_DOUBLE PA_FLAG_LONG_LONG
#define PA_FLAG_LONG (1 << 9)
#define PA_FLAG_SHORT (1 << 10)
#define PA_FLAG_PTR (1 << 11)
extern int printf_size(FILE *, const struct printf_info *, const void *const *);
extern int printf_size_info(const struct printf_info *, size_t, int *);
#endif
`;
