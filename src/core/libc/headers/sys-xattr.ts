/**
 * The header <sys/xattr.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysXattrHeader = String.raw`#ifndef _SYS_XATTR_H
#define _SYS_XATTR_H 1
#include <features.h>
#include <sys/types.h>
enum {
  XATTR_CREATE = 1,
  XATTR_REPLACE = 2,
};
#define XATTR_CREATE XATTR_CREATE
#define XATTR_REPLACE XATTR_REPLACE
extern int setxattr(const char *, const char *, const void *, size_t, int);
extern int lsetxattr(const char *, const char *, const void *, size_t, int);
extern int fsetxattr(int, const char *, const void *, size_t, int);
extern ssize_t getxattr(const char *, const char *, void *, size_t);
extern ssize_t lgetxattr(const char *, const char *, void *, size_t);
extern ssize_t fgetxattr(int, const char *, void *, size_t);
extern ssize_t listxattr(const char *, char *, size_t);
extern ssize_t llistxattr(const char *, char *, size_t);
extern ssize_t flistxattr(int, char *, size_t);
extern int removexattr(const char *, const char *);
extern int lremovexattr(const char *, const char *);
extern int fremovexattr(int, const char *);
#endif
`;
