/**
 * The header <pwd.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const pwdHeader = String.raw`#ifndef _PWD_H
#define _PWD_H 1
#include <features.h>
#include <bits/types.h>
#include <bits/size_t.h>
#if defined __USE_XOPEN2K || defined __USE_XOPEN
#ifndef __gid_t_defined
typedef __gid_t gid_t;
#define __gid_t_defined
#endif
#ifndef __uid_t_defined
typedef __uid_t uid_t;
#define __uid_t_defined
#endif
#endif
struct passwd {
  char *pw_name;
  char *pw_passwd;
  __uid_t pw_uid;
  __gid_t pw_gid;
  char *pw_gecos;
  char *pw_dir;
  char *pw_shell;
};
#ifdef __USE_MISC
#include <bits/FILE.h>
#endif
extern struct passwd *getpwuid(__uid_t);
extern struct passwd *getpwnam(const char *);
#if defined __USE_MISC || defined __USE_XOPEN_EXTENDED
extern void setpwent(void);
extern void endpwent(void);
extern struct passwd *getpwent(void);
#endif
#ifdef __USE_MISC
extern struct passwd *fgetpwent(FILE *);
extern int putpwent(const struct passwd *, FILE *);
#define NSS_BUFLEN_PASSWD 1024
extern int getpwent_r(struct passwd *, char *, size_t, struct passwd **);
extern int fgetpwent_r(FILE *, struct passwd *, char *, size_t, struct passwd **);
#endif
#ifdef __USE_POSIX
extern int getpwuid_r(__uid_t, struct passwd *, char *, size_t, struct passwd **);
extern int getpwnam_r(const char *, struct passwd *, char *, size_t, struct passwd **);
#endif
#ifdef __USE_GNU
extern int getpw(__uid_t, char *);
#endif
#endif
`;
