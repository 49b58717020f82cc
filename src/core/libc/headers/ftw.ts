/**
 * The header <ftw.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const ftwHeader = String.raw`#ifndef _FTW_H
#define _FTW_H 1
#include <features.h>
#include <sys/types.h>
#include <sys/stat.h>
#if defined __USE_MISC && !defined __USE_XOPEN_EXTENDED
enum {
  FTW_F,
  FTW_D,
  FTW_DNR,
  FTW_NS,
  FTW_SL,
};
#endif
#ifdef __USE_XOPEN_EXTENDED
enum {
  FTW_F,
  FTW_D,
  FTW_DNR,
  FTW_NS,
  FTW_SL,
  FTW_DP,
  FTW_SLN,
};
#endif
#if !defined __USE_MISC && !defined __USE_XOPEN_EXTENDED
enum {
  FTW_F,
  FTW_D,
  FTW_DNR,
  FTW_NS,
};
#endif
#define FTW_F FTW_F
#define FTW_D FTW_D
#define FTW_DNR FTW_DNR
#define FTW_NS FTW_NS
#if defined __USE_MISC || defined __USE_XOPEN_EXTENDED
#define FTW_SL FTW_SL
#endif
#ifdef __USE_XOPEN_EXTENDED
#define FTW_DP FTW_DP
#define FTW_SLN FTW_SLN
#endif
#ifdef __USE_GNU
enum {
  FTW_PHYS = 1,
  FTW_MOUNT = 2,
  FTW_CHDIR = 4,
  FTW_DEPTH = 8,
  FTW_ACTIONRETVAL = 16,
};
#endif
#if defined __USE_XOPEN_EXTENDED && defined __USE_POSIX_IMPLICITLY
enum {
  FTW_PHYS = 1,
  FTW_MOUNT = 2,
  FTW_CHDIR = 4,
  FTW_DEPTH = 8,
};
#endif
#ifdef __USE_XOPEN_EXTENDED
#define FTW_PHYS FTW_PHYS
#define FTW_MOUNT FTW_MOUNT
#define FTW_CHDIR FTW_CHDIR
#define FTW_DEPTH FTW_DEPTH
#endif
#ifdef __USE_GNU
#define FTW_ACTIONRETVAL FTW_ACTIONRETVAL
enum {
  FTW_CONTINUE = 0,
  FTW_STOP = 1,
  FTW_SKIP_SUBTREE = 2,
  FTW_SKIP_SIBLINGS = 3,
};
#define FTW_CONTINUE FTW_CONTINUE
#define FTW_STOP FTW_STOP
#define FTW_SKIP_SUBTREE FTW_SKIP_SUBTREE
#define FTW_SKIP_SIBLINGS FTW_SKIP_SIBLINGS
#endif
#ifdef __USE_XOPEN_EXTENDED
struct FTW { int base; int level; };
#endif
typedef int (*__ftw_func_t)(const char *, const struct stat *, int);
#ifdef __USE_LARGEFILE64
typedef int (*__ftw64_func_t)(const char *, const struct stat64 *, int);
#endif
#ifdef __USE_XOPEN_EXTENDED
typedef int (*__nftw_func_t)(const char *, const struct stat *, int, struct FTW *);
#endif
#if defined __USE_XOPEN_EXTENDED && defined __USE_LARGEFILE64
typedef int (*__nftw64_func_t)(const char *, const struct stat64 *, int, struct FTW *);
#endif
extern int ftw(const char *, __ftw_func_t, int);
#ifdef __USE_LARGEFILE64
extern int ftw64(const char *, __ftw64_func_t, int);
#endif
#ifdef __USE_XOPEN_EXTENDED
extern int nftw(const char *, __nftw_func_t, int, int);
#endif
#if defined __USE_XOPEN_EXTENDED && defined __USE_LARGEFILE64
extern int nftw64(const char *, __nftw64_func_t, int, int);
#endif
#endif
`;
