/**
 * The header <string.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const stringHeader = String.raw`#ifndef _STRING_H
#define _STRING_H 1
#include <features.h>
#include <bits/size_t.h>
#include <bits/null.h>
extern void *memcpy(void *, const void *, size_t);
extern void *memmove(void *, const void *, size_t);
extern void *memset(void *, int, size_t);
extern int memcmp(const void *, const void *, size_t);
extern int __memcmpeq(const void *, const void *, size_t);
extern void *memchr(const void *, int, size_t);
extern char *strcpy(char *, const char *);
extern char *strncpy(char *, const char *, size_t);
extern char *strcat(char *, const char *);
extern char *strncat(char *, const char *, size_t);
extern int strcmp(const char *, const char *);
extern int strncmp(const char *, const char *, size_t);
extern int strcoll(const char *, const char *);
extern size_t strxfrm(char *, const char *, size_t);
#if defined __USE_MISC || defined __USE_XOPEN || __GLIBC_USE (IEC_60559_BFP_EXT_C2X)
extern void *memccpy(void *, const void *, int, size_t);
#endif
#ifdef __USE_GNU
extern void *rawmemchr(const void *, int);
extern void *memrchr(const void *, int, size_t);
#endif
#ifdef __USE_XOPEN2K8
#include <bits/locale_t.h>
extern int strcoll_l(const char *, const char *, locale_t);
extern size_t strxfrm_l(char *, const char *, size_t, locale_t);
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K8 || __GLIBC_USE (IEC_60559_BFP_EXT_C2X)
extern char *strdup(const char *);
#endif
#if defined __USE_XOPEN2K8 || __GLIBC_USE (IEC_60559_BFP_EXT_C2X)
extern char *strndup(const char *, size_t);
#endif
#ifdef __USE_GNU
#define strdupa(s) (__extension__ ({ const char *__old = (s); size_t __len = strlen (__old) + 1; char *__new = (char *) __builtin_alloca (__len); (char *) memcpy (__new, __old, __len); }))
#define strndupa(s,n) (__extension__ ({ const char *__old = (s); size_t __len = strnlen (__old, (n)); char *__new = (char *) __builtin_alloca (__len + 1); __new[__len] = '\0'; (char *) memcpy (__new, __old, __len); }))
#endif
extern char *strchr(const char *, int);
extern char *strrchr(const char *, int);
extern size_t strcspn(const char *, const char *);
extern size_t strspn(const char *, const char *);
extern char *strpbrk(const char *, const char *);
extern char *strstr(const char *, const char *);
extern char *strtok(char *, const char *);
extern char *__strtok_r(char *, const char *, char **);
extern size_t strlen(const char *);
extern char *strerror(int);
#ifdef __USE_GNU
extern char *strchrnul(const char *, int);
extern char *strcasestr(const char *, const char *);
extern void *memmem(const void *, size_t, const void *, size_t);
extern void *__mempcpy(void *, const void *, size_t);
extern void *mempcpy(void *, const void *, size_t);
extern char *strerror_r(int, char *, size_t);
extern const char *strerrordesc_np(int);
extern const char *strerrorname_np(int);
#endif
#ifdef __USE_POSIX
extern char *strtok_r(char *, const char *, char **);
#endif
#ifdef __USE_XOPEN2K8
extern size_t strnlen(const char *, size_t);
extern char *strerror_l(int, locale_t);
#endif
#if defined __USE_XOPEN2K && !defined __USE_GNU
extern int strerror_r(int, char *, size_t) __asm__("__xpg_strerror_r");
#endif
#ifdef __USE_MISC
#include <strings.h>
extern void explicit_bzero(void *, size_t);
extern char *strsep(char **, const char *);
#endif
#ifdef __USE_XOPEN2K8
extern char *strsignal(int);
extern char *__stpcpy(char *, const char *);
extern char *stpcpy(char *, const char *);
extern char *__stpncpy(char *, const char *, size_t);
extern char *stpncpy(char *, const char *, size_t);
#endif
#ifdef __USE_GNU
extern const char *sigabbrev_np(int);
extern const char *sigdescr_np(int);
extern int strverscmp(const char *, const char *);
extern char *strfry(char *);
extern void *memfrob(void *, size_t);
#ifndef basename
extern char *basename(const char *);
#endif
#endif
#endif
`;
