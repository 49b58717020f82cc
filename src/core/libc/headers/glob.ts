/**
 * The header <glob.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const globHeader = String.raw`#ifndef _GLOB_H
#define _GLOB_H 1
#include <features.h>
#ifdef __x86_64__
typedef long unsigned int __size_t;
#else
typedef unsigned int __size_t;
#endif
#if (defined __USE_XOPEN2K8 || defined __USE_XOPEN) && defined __x86_64__
typedef long unsigned int size_t;
#endif
#if (defined __USE_XOPEN2K8 || defined __USE_XOPEN) && !defined __x86_64__
typedef unsigned int size_t;
#endif
#define GLOB_ERR (1 << 0)
#define GLOB_MARK (1 << 1)
#define GLOB_NOSORT (1 << 2)
#define GLOB_DOOFFS (1 << 3)
#define GLOB_NOCHECK (1 << 4)
#define GLOB_APPEND (1 << 5)
#define GLOB_NOESCAPE (1 << 6)
#define GLOB_PERIOD (1 << 7)
#define GLOB_NOSPACE 1
#define GLOB_ABORTED 2
#define GLOB_NOMATCH 3
#define GLOB_NOSYS 4
#if defined __USE_MISC || !defined __USE_POSIX2
#define GLOB_MAGCHAR (1 << 8)
#define GLOB_ALTDIRFUNC (1 << 9)
#define GLOB_BRACE (1 << 10)
#define GLOB_NOMAGIC (1 << 11)
#define GLOB_TILDE (1 << 12)
#define GLOB_ONLYDIR (1 << 13)
#define GLOB_TILDE_CHECK (1 << 14)
#define __GLOB_FLAGS (GLOB_ERR|GLOB_MARK|GLOB_NOSORT|GLOB_DOOFFS |GLOB_NOESCAPE|GLOB_NOCHECK|GLOB_APPEND |GLOB_PERIOD|GLOB_ALTDIRFUNC|GLOB_BRACE |GLOB_NOMAGIC|GLOB_TILDE|GLOB_ONLYDIR|GLOB_TILDE_CHECK)
#endif
#if defined __USE_POSIX2 && !defined __USE_MISC
#define __GLOB_FLAGS (GLOB_ERR|GLOB_MARK|GLOB_NOSORT|GLOB_DOOFFS |GLOB_NOESCAPE|GLOB_NOCHECK|GLOB_APPEND |GLOB_PERIOD)
#endif
#ifdef __USE_GNU
#define GLOB_ABEND GLOB_ABORTED
struct stat;
#else
typedef struct {
  __size_t gl_pathc;
  char **gl_pathv;
  __size_t gl_offs;
  int gl_flags;
  void (*gl_closedir)(void *);
  void *(*gl_readdir)(void *);
  void *(*gl_opendir)(const char *);
  int (*gl_lstat)(const char *, void *);
  int (*gl_stat)(const char *, void *);
} glob_t;
#endif
#ifdef __USE_GNU
typedef struct {
  __size_t gl_pathc;
  char **gl_pathv;
  __size_t gl_offs;
  int gl_flags;
  void (*gl_closedir)(void *);
  struct dirent *(*gl_readdir)(void *);
  void *(*gl_opendir)(const char *);
  int (*gl_lstat)(const char *, struct stat *);
  int (*gl_stat)(const char *, struct stat *);
} glob_t;
struct stat64;
typedef struct {
  __size_t gl_pathc;
  char **gl_pathv;
  __size_t gl_offs;
  int gl_flags;
  void (*gl_closedir)(void *);
  struct dirent64 *(*gl_readdir)(void *);
  void *(*gl_opendir)(const char *);
  int (*gl_lstat)(const char *, struct stat64 *);
  int (*gl_stat)(const char *, struct stat64 *);
} glob64_t;
#endif
#if defined __USE_LARGEFILE64 && defined __USE_POSIX_IMPLICITLY
typedef struct {
  __size_t gl_pathc;
  char **gl_pathv;
  __size_t gl_offs;
  int gl_flags;
  void (*gl_closedir)(void *);
  void *(*gl_readdir)(void *);
  void *(*gl_opendir)(const char *);
  int (*gl_lstat)(const char *, void *);
  int (*gl_stat)(const char *, void *);
} glob64_t;
#endif
extern int glob(const char *, int, int (*)(const char *, int), glob_t *);
extern void globfree(glob_t *);
#ifdef __USE_LARGEFILE64
extern int glob64(const char *, int, int (*)(const char *, int), glob64_t *);
extern void globfree64(glob64_t *);
#endif
#ifdef __USE_GNU
extern int glob_pattern_p(const char *, int);
#endif
#endif
`;
