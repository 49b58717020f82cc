/**
 * The header <stdio.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const stdioHeader = String.raw`#ifndef _STDIO_H
#define _STDIO_H 1
#include <features.h>
#include <bits/null.h>
#include <bits/size_t.h>
#include <bits/va_list.h>
#include <bits/types.h>
#include <bits/__mbstate_t.h>
typedef struct _G_fpos_t {
  __off_t __pos;
  __mbstate_t __state;
} __fpos_t;
typedef struct _G_fpos64_t {
  __off64_t __pos;
  __mbstate_t __state;
} __fpos64_t;
#include <bits/__FILE.h>
#include <bits/FILE.h>
struct _IO_FILE;
struct _IO_marker;
struct _IO_codecvt;
struct _IO_wide_data;
typedef void _IO_lock_t;
struct _IO_FILE {
  int _flags;
  char *_IO_read_ptr;
  char *_IO_read_end;
  char *_IO_read_base;
  char *_IO_write_base;
  char *_IO_write_ptr;
  char *_IO_write_end;
  char *_IO_buf_base;
  char *_IO_buf_end;
  char *_IO_save_base;
  char *_IO_backup_base;
  char *_IO_save_end;
  struct _IO_marker *_markers;
  struct _IO_FILE *_chain;
  int _fileno;
  int _flags2;
  __off_t _old_offset;
  unsigned short _cur_column;
  signed char _vtable_offset;
  char _shortbuf[1];
  _IO_lock_t *_lock;
  __off64_t _offset;
  struct _IO_codecvt *_codecvt;
  struct _IO_wide_data *_wide_data;
  struct _IO_FILE *_freeres_list;
  void *_freeres_buf;
  size_t __pad5;
  int _mode;
  char _unused2[15 *sizeof(int) - 4 *sizeof(void *) - sizeof(size_t)];
};
#define __getc_unlocked_body(_fp) (__glibc_unlikely ((_fp)->_IO_read_ptr >= (_fp)->_IO_read_end) ? __uflow (_fp) : *(unsigned char *) (_fp)->_IO_read_ptr++)
#define __putc_unlocked_body(_ch,_fp) (__glibc_unlikely ((_fp)->_IO_write_ptr >= (_fp)->_IO_write_end) ? __overflow (_fp, (unsigned char) (_ch)) : (unsigned char) (*(_fp)->_IO_write_ptr++ = (_ch)))
#define _IO_EOF_SEEN 0x0010
#define __feof_unlocked_body(_fp) (((_fp)->_flags & _IO_EOF_SEEN) != 0)
#define _IO_ERR_SEEN 0x0020
#define __ferror_unlocked_body(_fp) (((_fp)->_flags & _IO_ERR_SEEN) != 0)
#define _IO_USER_LOCK 0x8000
#ifdef __USE_GNU
typedef __ssize_t cookie_read_function_t(void *, char *, size_t);
typedef __ssize_t cookie_write_function_t(void *, const char *, size_t);
typedef int cookie_seek_function_t(void *, __off64_t *, int);
typedef int cookie_close_function_t(void *);
typedef struct _IO_cookie_io_functions_t {
  cookie_read_function_t *read;
  cookie_write_function_t *write;
  cookie_seek_function_t *seek;
  cookie_close_function_t *close;
} cookie_io_functions_t;
#endif
#if defined __USE_XOPEN2K8 || defined __USE_XOPEN
typedef __gnuc_va_list va_list;
#define _VA_LIST_DEFINED
#endif
#if (defined __USE_XOPEN2K || defined __USE_UNIX98) && !defined __USE_FILE_OFFSET64
typedef __off_t off_t;
#endif
#if defined __USE_POSIX && defined __USE_FILE_OFFSET64
typedef __off64_t off_t;
#endif
#if defined __USE_XOPEN2K || defined __USE_UNIX98
#define __off_t_defined
#endif
#ifdef __USE_LARGEFILE64
#ifndef __off64_t_defined
typedef __off64_t off64_t;
#define __off64_t_defined
#endif
#endif
#ifdef __USE_XOPEN2K8
#ifndef __ssize_t_defined
typedef __ssize_t ssize_t;
#define __ssize_t_defined
#endif
#endif
#ifndef __USE_FILE_OFFSET64
typedef __fpos_t fpos_t;
#else
typedef __fpos64_t fpos_t;
#endif
#ifdef __USE_LARGEFILE64
typedef __fpos64_t fpos64_t;
#endif
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
#define FOPEN_MAX 16
#ifdef __USE_GNU
#define SEEK_DATA 3
#define SEEK_HOLE 4
#endif
#if defined __USE_MISC || defined __USE_XOPEN
#define P_tmpdir "/tmp"
#endif
#ifdef __USE_POSIX
#define L_ctermid 9
#endif
#if (defined __USE_GNU || !defined __USE_XOPEN2K) && defined __USE_POSIX
#define L_cuserid 9
#endif
#if __GLIBC_USE (IEC_60559_BFP_EXT_C2X)
#define _PRINTF_NAN_LEN_MAX 4
#endif
extern FILE *stdin;
extern FILE *stdout;
extern FILE *stderr;
#define stdin stdin
#define stdout stdout
#define stderr stderr
extern int remove(const char *);
extern int rename(const char *, const char *);
#ifdef __USE_ATFILE
extern int renameat(int, const char *, int, const char *);
#endif
#ifdef __USE_GNU
#define RENAME_NOREPLACE (1 << 0)
#define RENAME_EXCHANGE (1 << 1)
#define RENAME_WHITEOUT (1 << 2)
#endif
extern int fclose(FILE *);
#ifdef __USE_GNU
extern int renameat2(int, const char *, int, const char *, unsigned int);
#endif
#define __attr_dealloc_fclose __attr_dealloc (fclose, 1)
extern FILE *tmpfile(void);
extern char *tmpnam(char[20]);
extern int fflush(FILE *);
extern FILE *fopen(const char *, const char *);
extern FILE *freopen(const char *, const char *, FILE *);
extern void setbuf(FILE *, char *);
extern int setvbuf(FILE *, char *, int, size_t);
extern int fprintf(FILE *, const char *, ...);
extern int printf(const char *, ...);
extern int sprintf(char *, const char *, ...);
extern int vfprintf(FILE *, const char *, __gnuc_va_list);
extern int vprintf(const char *, __gnuc_va_list);
extern int vsprintf(char *, const char *, __gnuc_va_list);
extern int fscanf(FILE *, const char *, ...);
extern int scanf(const char *, ...);
extern int sscanf(const char *, const char *, ...);
extern int fscanf(FILE *, const char *, ...) __asm__("__isoc99_fscanf");
extern int scanf(const char *, ...) __asm__("__isoc99_scanf");
extern int sscanf(const char *, const char *, ...) __asm__("__isoc99_sscanf");
extern int fgetc(FILE *);
extern int getc(FILE *);
extern int getchar(void);
extern int fputc(int, FILE *);
extern int putc(int, FILE *);
extern int putchar(int);
extern char *fgets(char *, int, FILE *);
extern int fputs(const char *, FILE *);
extern int puts(const char *);
extern int ungetc(int, FILE *);
extern size_t fread(void *, size_t, size_t, FILE *);
extern size_t fwrite(const void *, size_t, size_t, FILE *);
extern int fseek(FILE *, long int, int);
extern long int ftell(FILE *);
extern void rewind(FILE *);
extern int fgetpos(FILE *, fpos_t *);
extern int fsetpos(FILE *, const fpos_t *);
extern void clearerr(FILE *);
extern int feof(FILE *);
extern int ferror(FILE *);
extern void perror(const char *);
#ifdef __USE_LARGEFILE64
extern FILE *tmpfile64(void);
extern FILE *fopen64(const char *, const char *);
extern FILE *freopen64(const char *, const char *, FILE *);
extern int fseeko64(FILE *, __off64_t, int);
extern __off64_t ftello64(FILE *);
extern int fgetpos64(FILE *, fpos64_t *);
extern int fsetpos64(FILE *, const fpos64_t *);
#endif
#ifdef __USE_MISC
extern char *tmpnam_r(char[20]);
extern int fflush_unlocked(FILE *);
extern void setbuffer(FILE *, char *, size_t);
extern void setlinebuf(FILE *);
extern int fgetc_unlocked(FILE *);
extern int fputc_unlocked(int, FILE *);
extern size_t fread_unlocked(void *, size_t, size_t, FILE *);
extern size_t fwrite_unlocked(const void *, size_t, size_t, FILE *);
extern void clearerr_unlocked(FILE *);
extern int feof_unlocked(FILE *);
extern int ferror_unlocked(FILE *);
extern int fileno_unlocked(FILE *);
#endif
#if defined __USE_MISC || defined __USE_XOPEN
extern char *tempnam(const char *, const char *);
#endif
#ifdef __USE_GNU
extern int fcloseall(void);
extern FILE *fopencookie(void *, const char *, cookie_io_functions_t);
extern int vasprintf(char **, const char *, __gnuc_va_list);
extern int __asprintf(char **, const char *, ...);
extern int asprintf(char **, const char *, ...);
extern char *fgets_unlocked(char *, int, FILE *);
extern int fputs_unlocked(const char *, FILE *);
#endif
#ifdef __USE_POSIX
extern FILE *fdopen(int, const char *);
extern int fileno(FILE *);
extern char *ctermid(char *);
#endif
#ifdef __USE_XOPEN2K8
extern FILE *fmemopen(void *, size_t, const char *);
extern FILE *open_memstream(char **, size_t *);
extern int vdprintf(int, const char *, __gnuc_va_list);
extern int dprintf(int, const char *, ...);
extern __ssize_t __getdelim(char **, size_t *, int, FILE *);
extern __ssize_t getdelim(char **, size_t *, int, FILE *);
extern __ssize_t getline(char **, size_t *, FILE *);
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_ISOC99
extern int snprintf(char *, size_t, const char *, ...);
extern int vsnprintf(char *, size_t, const char *, __gnuc_va_list);
#endif
#ifdef __USE_ISOC99
extern int vfscanf(FILE *, const char *, __gnuc_va_list);
extern int vscanf(const char *, __gnuc_va_list);
extern int vsscanf(const char *, const char *, __gnuc_va_list);
extern int vfscanf(FILE *, const char *, __gnuc_va_list) __asm__("__isoc99_vfscanf");
extern int vscanf(const char *, __gnuc_va_list) __asm__("__isoc99_vscanf");
extern int vsscanf(const char *, const char *, __gnuc_va_list) __asm__("__isoc99_vsscanf");
#endif
#ifdef __USE_POSIX199506
extern int getc_unlocked(FILE *);
extern int getchar_unlocked(void);
extern int putc_unlocked(int, FILE *);
extern int putchar_unlocked(int);
#endif
#if (defined __USE_XOPEN && !defined __USE_XOPEN2K) || defined __USE_MISC
extern int getw(FILE *);
extern int putw(int, FILE *);
#endif
#if __GLIBC_USE (DEPRECATED_GETS)
extern char *gets(char *);
#endif
#if (defined __USE_XOPEN2K || defined __USE_UNIX98) && !defined __USE_FILE_OFFSET64
extern int fseeko(FILE *, __off_t, int);
extern __off_t ftello(FILE *);
#endif
#if defined __USE_POSIX && defined __USE_FILE_OFFSET64
extern int fseeko(FILE *, __off64_t, int);
extern __off64_t ftello(FILE *);
#endif
#ifdef __USE_POSIX2
extern int pclose(FILE *);
extern FILE *popen(const char *, const char *);
#endif
#if (defined __USE_GNU || !defined __USE_XOPEN2K) && defined __USE_XOPEN
extern char *cuserid(char *);
#endif
#ifdef __USE_GNU
struct obstack;
extern int obstack_printf(struct obstack *, const char *, ...);
extern int obstack_vprintf(struct obstack *, const char *, __gnuc_va_list);
#endif
#ifdef __USE_POSIX199506
extern void flockfile(FILE *);
extern int ftrylockfile(FILE *);
extern void funlockfile(FILE *);
#endif
#if defined __USE_XOPEN && !defined __USE_XOPEN2K
#include <bits/getopt_posix.h>
#endif
extern int __uflow(FILE *);
extern int __overflow(FILE *, int);
#endif
`;
