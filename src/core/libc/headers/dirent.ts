/**
 * The header <dirent.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const direntHeader = String.raw`#ifndef _DIRENT_H
#define _DIRENT_H 1
#include <features.h>
#include <bits/types.h>
#if defined __USE_XOPEN && !defined __USE_FILE_OFFSET64
typedef __ino_t ino_t;
#endif
#if defined __USE_XOPEN_EXTENDED && defined __USE_FILE_OFFSET64
typedef __ino64_t ino_t;
#endif
#ifdef __USE_XOPEN
#define __ino_t_defined
#endif
#if defined __USE_XOPEN_EXTENDED && defined __USE_LARGEFILE64
#ifndef __ino64_t_defined
typedef __ino64_t ino64_t;
#define __ino64_t_defined
#endif
#endif
#ifndef __USE_FILE_OFFSET64
struct dirent {
  __ino_t d_ino;
  __off_t d_off;
  unsigned short int d_reclen;
  unsigned char d_type;
  char d_name[256];
};
#else
struct dirent {
  __ino64_t d_ino;
  __off64_t d_off;
  unsigned short int d_reclen;
  unsigned char d_type;
  char d_name[256];
};
#endif
#ifdef __USE_LARGEFILE64
struct dirent64 {
  __ino64_t d_ino;
  __off64_t d_off;
  unsigned short int d_reclen;
  unsigned char d_type;
  char d_name[256];
};
#endif
#define d_fileno d_ino
#undef _DIRENT_HAVE_D_NAMLEN
#define _DIRENT_HAVE_D_RECLEN
#define _DIRENT_HAVE_D_OFF
#define _DIRENT_HAVE_D_TYPE
#define _D_EXACT_NAMLEN(d) (strlen ((d)->d_name))
#define _D_ALLOC_NAMLEN(d) (((char *) (d) + (d)->d_reclen) - &(d)->d_name[0])
#ifdef __x86_64__
#define _DIRENT_MATCHES_DIRENT64 1
#else
#define _DIRENT_MATCHES_DIRENT64 0
#endif
#ifdef __USE_MISC
enum {
  DT_UNKNOWN = 0,
  DT_FIFO = 1,
  DT_CHR = 2,
  DT_DIR = 4,
  DT_BLK = 6,
  DT_REG = 8,
  DT_LNK = 10,
  DT_SOCK = 12,
  DT_WHT = 14,
};
#define DT_UNKNOWN DT_UNKNOWN
#define DT_FIFO DT_FIFO
#define DT_CHR DT_CHR
#define DT_DIR DT_DIR
#define DT_BLK DT_BLK
#define DT_REG DT_REG
#define DT_LNK DT_LNK
#define DT_SOCK DT_SOCK
#define DT_WHT DT_WHT
#define IFTODT(mode) (((mode) & 0170000) >> 12)
#define DTTOIF(dirtype) ((dirtype) << 12)
#endif
typedef struct __dirstream DIR;
extern int closedir(DIR *);
extern DIR *opendir(const char *);
extern struct dirent *readdir(DIR *);
extern void rewinddir(DIR *);
#ifdef __USE_XOPEN2K8
extern DIR *fdopendir(int);
extern int dirfd(DIR *);
#endif
#ifdef __USE_LARGEFILE64
extern struct dirent64 *readdir64(DIR *);
extern int readdir64_r(DIR *, struct dirent64 *, struct dirent64 **);
#endif
#ifdef __USE_POSIX
extern int readdir_r(DIR *, struct dirent *, struct dirent **);
#endif
#if defined __USE_MISC || defined __USE_XOPEN
extern void seekdir(DIR *, long int);
extern long int telldir(DIR *);
#endif
#ifdef __USE_MISC
#include <bits/posix1_lim.h>
#define MAXNAMLEN NAME_MAX
#endif
#ifdef __USE_XOPEN2K8
#include <bits/size_t.h>
extern int scandir(const char *, struct dirent ***, int (*)(const struct dirent *), int (*)(const struct dirent **, const struct dirent **));
extern int alphasort(const struct dirent **, const struct dirent **);
#endif
#ifdef __USE_GNU
extern int scandir64(const char *, struct dirent64 ***, int (*)(const struct dirent64 *), int (*)(const struct dirent64 **, const struct dirent64 **));
extern int scandirat(int, const char *, struct dirent ***, int (*)(const struct dirent *), int (*)(const struct dirent **, const struct dirent **));
extern int scandirat64(int, const char *, struct dirent64 ***, int (*)(const struct dirent64 *), int (*)(const struct dirent64 **, const struct dirent64 **));
extern int alphasort64(const struct dirent64 **, const struct dirent64 **);
extern int versionsort(const struct dirent **, const struct dirent **);
extern int versionsort64(const struct dirent64 **, const struct dirent64 **);
extern __ssize_t getdents64(int, void *, size_t);
#endif
#if defined __USE_MISC && !defined __USE_FILE_OFFSET64
extern __ssize_t getdirentries(int, char *, size_t, __off_t *);
#endif
#if defined __USE_MISC && defined __USE_FILE_OFFSET64
extern __ssize_t getdirentries(int, char *, size_t, __off64_t *);
#endif
#if defined __USE_MISC && defined __USE_LARGEFILE64
extern __ssize_t getdirentries64(int, char *, size_t, __off64_t *);
#endif
#endif
`;
