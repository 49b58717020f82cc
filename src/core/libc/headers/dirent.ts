/**
 * The header <dirent.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const direntHeader = String.raw`#ifndef _DIRENT_H
#define _DIRENT_H 1
#include <features.h>
#include <bits/types.h>
#include <bits/ino_t.h>
#include <bits/size_t.h>
struct dirent {
#ifdef __USE_FILE_OFFSET64
  __ino64_t d_ino;
  __off64_t d_off;
#else
  __ino_t d_ino;
  __off_t d_off;
#endif
  unsigned short int d_reclen;
  unsigned char d_type;
  char d_name[256];
};
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
#define _D_EXACT_NAMLEN(d) (strlen ((d)->d_name))
#define _D_ALLOC_NAMLEN(d) (((char *) (d) + (d)->d_reclen) - &(d)->d_name[0])
#ifdef __USE_MISC
#define IFTODT(mode) (((mode) & 0170000) >> 12)
#define DTTOIF(dirtype) ((dirtype) << 12)
#endif
typedef struct __dirstream DIR;
#ifdef __USE_POSIX
#include <bits/local_lim.h>
#endif
enum {
  DT_UNKNOWN,
  DT_FIFO,
  DT_CHR,
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
#define _DIRENT_HAVE_D_RECLEN
#define _DIRENT_HAVE_D_OFF
#define _DIRENT_HAVE_D_TYPE
#define MAXNAMLEN NAME_MAX
#ifdef __x86_64__
#define _DIRENT_MATCHES_DIRENT64 1
#else
#define _DIRENT_MATCHES_DIRENT64 0
#endif
extern int closedir(DIR *);
extern DIR *opendir(const char *);
extern DIR *fdopendir(int);
extern struct dirent *readdir(DIR *);
extern int readdir_r(DIR *, struct dirent *, struct dirent **);
extern void rewinddir(DIR *);
extern void seekdir(DIR *, long int);
extern long int telldir(DIR *);
extern int dirfd(DIR *);
extern int scandir(const char *, struct dirent ***, int (*) (const struct dirent *), int (*) (const struct dirent **, const struct dirent **));
extern int alphasort(const struct dirent **, const struct dirent **);
extern __ssize_t getdirentries(int, char *, size_t, __off_t *);
#ifdef __USE_GNU
extern struct dirent64 *readdir64(DIR *);
extern int readdir64_r(DIR *, struct dirent64 *, struct dirent64 **);
extern int scandir64(const char *, struct dirent64 ***, int (*) (const struct dirent64 *), int (*) (const struct dirent64 **, const struct dirent64 **));
extern int scandirat(int, const char *, struct dirent ***, int (*) (const struct dirent *), int (*) (const struct dirent **, const struct dirent **));
extern int scandirat64(int, const char *, struct dirent64 ***, int (*) (const struct dirent64 *), int (*) (const struct dirent64 **, const struct dirent64 **));
extern int alphasort64(const struct dirent64 **, const struct dirent64 **);
extern __ssize_t getdirentries64(int, char *, size_t, __off64_t *);
extern int versionsort(const struct dirent **, const struct dirent **);
extern int versionsort64(const struct dirent64 **, const struct dirent64 **);
extern __ssize_t getdents64(int, void *, size_t);
#endif
#endif
`;
