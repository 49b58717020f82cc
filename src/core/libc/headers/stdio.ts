/**
 * The header <stdio.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const stdioHeader = String.raw`#ifndef _STDIO_H
#define _STDIO_H 1
#include <features.h>
#include <bits/size_t.h>
#include <bits/null.h>
#include <bits/va_list.h>
#include <bits/types.h>
#include <bits/mbstate_t.h>
#include <bits/file.h>
typedef struct _G_fpos_t {
  __off_t __pos;
  __mbstate_t __state;
} __fpos_t;
typedef struct _G_fpos64_t {
  __off64_t __pos;
  __mbstate_t __state;
} __fpos64_t;
#ifdef __USE_FILE_OFFSET64
typedef __fpos64_t fpos_t;
#else
typedef __fpos_t fpos_t;
#endif
#ifdef __USE_LARGEFILE64
typedef __fpos64_t fpos64_t;
#endif
#if defined __USE_XOPEN || defined __USE_XOPEN2K8
typedef __gnuc_va_list va_list;
#define _VA_LIST_DEFINED 1
#include <bits/off_t.h>
#include <bits/ssize_t.h>
#endif
#ifdef __USE_LARGEFILE64
#include <bits/off64_t.h>
#endif
#ifdef __USE_GNU
typedef __ssize_t cookie_read_function_t(void *__cookie, char *__buf, size_t __nbytes);
typedef __ssize_t cookie_write_function_t(void *__cookie, const char *__buf, size_t __nbytes);
typedef int cookie_seek_function_t(void *__cookie, __off64_t *__pos, int __w);
typedef int cookie_close_function_t(void *__cookie);
typedef struct _IO_cookie_io_functions_t {
  cookie_read_function_t *read;
  cookie_write_function_t *write;
  cookie_seek_function_t *seek;
  cookie_close_function_t *close;
} cookie_io_functions_t;
struct obstack;
#endif
extern FILE *stdin;
extern FILE *stdout;
extern FILE *stderr;
#define stdin stdin
#define stdout stdout
#define stderr stderr
#define P_tmpdir "/tmp"
#define _IOFBF 0
#define _IOLBF 1
#define _IONBF 2
#define BUFSIZ 8192
#define EOF (-1)
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define L_tmpnam 20
#define TMP_MAX 238328
#define FILENAME_MAX 4096
#define L_ctermid 9
#define FOPEN_MAX 16
#ifdef __USE_GNU
#define SEEK_DATA 3
#define SEEK_HOLE 4
#define L_cuserid 9
#define _PRINTF_NAN_LEN_MAX 4
#define RENAME_NOREPLACE (1 << 0)
#define RENAME_EXCHANGE (1 << 1)
#define RENAME_WHITEOUT (1 << 2)
#endif
/* C99 and later get the scanf functions whose %a reads a number. */
extern int fscanf(FILE *, const char *, ...) __asm__("__isoc99_fscanf");
extern int scanf(const char *, ...) __asm__("__isoc99_scanf");
extern int sscanf(const char *, const char *, ...) __asm__("__isoc99_sscanf");
extern int vfscanf(FILE *, const char *, __gnuc_va_list) __asm__("__isoc99_vfscanf");
extern int vscanf(const char *, __gnuc_va_list) __asm__("__isoc99_vscanf");
extern int vsscanf(const char *, const char *, __gnuc_va_list) __asm__("__isoc99_vsscanf");
extern int remove(const char *);
extern int rename(const char *, const char *);
extern int renameat(int, const char *, int, const char *);
extern int fclose(FILE *);
extern FILE *tmpfile(void);
extern char *tmpnam(char *);
extern char *tmpnam_r(char *);
extern char *tempnam(const char *, const char *);
extern int fflush(FILE *);
extern int fflush_unlocked(FILE *);
extern FILE *fopen(const char *, const char *);
extern FILE *freopen(const char *, const char *, FILE *);
extern FILE *fdopen(int, const char *);
extern FILE *fmemopen(void *, size_t, const char *);
extern FILE *open_memstream(char **, size_t *);
extern void setbuf(FILE *, char *);
extern int setvbuf(FILE *, char *, int, size_t);
extern void setbuffer(FILE *, char *, size_t);
extern void setlinebuf(FILE *);
extern int fprintf(FILE *, const char *, ...);
extern int printf(const char *, ...);
extern int sprintf(char *, const char *, ...);
extern int vfprintf(FILE *, const char *, __gnuc_va_list);
extern int vprintf(const char *, __gnuc_va_list);
extern int vsprintf(char *, const char *, __gnuc_va_list);
extern int snprintf(char *, size_t, const char *, ...);
extern int vsnprintf(char *, size_t, const char *, __gnuc_va_list);
extern int vdprintf(int, const char *, __gnuc_va_list);
extern int dprintf(int, const char *, ...);
extern int fgetc(FILE *);
extern int getc(FILE *);
extern int getchar(void);
extern int getc_unlocked(FILE *);
extern int getchar_unlocked(void);
extern int fgetc_unlocked(FILE *);
extern int fputc(int, FILE *);
extern int putc(int, FILE *);
extern int putchar(int);
extern int fputc_unlocked(int, FILE *);
extern int putc_unlocked(int, FILE *);
extern int putchar_unlocked(int);
extern int getw(FILE *);
extern int putw(int, FILE *);
extern char *fgets(char *, int, FILE *);
extern __ssize_t getdelim(char **, size_t *, int, FILE *);
extern __ssize_t getline(char **, size_t *, FILE *);
extern int fputs(const char *, FILE *);
extern int puts(const char *);
extern int ungetc(int, FILE *);
extern size_t fread(void *, size_t, size_t, FILE *);
extern size_t fwrite(const void *, size_t, size_t, FILE *);
extern size_t fread_unlocked(void *, size_t, size_t, FILE *);
extern size_t fwrite_unlocked(const void *, size_t, size_t, FILE *);
extern int fseek(FILE *, long int, int);
extern long int ftell(FILE *);
extern void rewind(FILE *);
extern int fseeko(FILE *, __off_t, int);
extern __off_t ftello(FILE *);
extern int fgetpos(FILE *, fpos_t *);
extern int fsetpos(FILE *, const fpos_t *);
extern void clearerr(FILE *);
extern int feof(FILE *);
extern int ferror(FILE *);
extern void clearerr_unlocked(FILE *);
extern int feof_unlocked(FILE *);
extern int ferror_unlocked(FILE *);
extern void perror(const char *);
extern int fileno(FILE *);
extern int fileno_unlocked(FILE *);
extern int pclose(FILE *);
extern FILE *popen(const char *, const char *);
extern char *ctermid(char *);
extern void flockfile(FILE *);
extern int ftrylockfile(FILE *);
extern void funlockfile(FILE *);
#ifdef __USE_GNU
extern int renameat2(int, const char *, int, const char *, unsigned int);
extern FILE *tmpfile64(void);
extern int fcloseall(void);
extern FILE *fopen64(const char *, const char *);
extern FILE *freopen64(const char *, const char *, FILE *);
extern FILE *fopencookie(void *, const char *, cookie_io_functions_t);
extern int vasprintf(char **, const char *, __gnuc_va_list);
extern int asprintf(char **, const char *, ...);
extern char *fgets_unlocked(char *, int, FILE *);
extern int fputs_unlocked(const char *, FILE *);
extern int fseeko64(FILE *, __off64_t, int);
extern __off64_t ftello64(FILE *);
extern int fgetpos64(FILE *, fpos64_t *);
extern int fsetpos64(FILE *, const fpos64_t *);
extern char *cuserid(char *);
extern int obstack_printf(struct obstack *, const char *, ...);
extern int obstack_vprintf(struct obstack *, const char *, __gnuc_va_list);
#endif
#endif
`;
