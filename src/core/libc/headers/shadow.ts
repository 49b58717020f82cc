/**
 * The header <shadow.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const shadowHeader = String.raw`#ifndef _SHADOW_H
#define _SHADOW_H 1
#include <features.h>
#include <paths.h>
#include <bits/size_t.h>
#include <bits/FILE.h>
#define SHADOW _PATH_SHADOW
struct spwd {
  char *sp_namp;
  char *sp_pwdp;
  long int sp_lstchg;
  long int sp_min;
  long int sp_max;
  long int sp_warn;
  long int sp_inact;
  long int sp_expire;
  unsigned long int sp_flag;
};
extern void setspent(void);
extern void endspent(void);
extern struct spwd *getspent(void);
extern struct spwd *getspnam(const char *);
extern struct spwd *sgetspent(const char *);
extern struct spwd *fgetspent(FILE *);
extern int putspent(const struct spwd *, FILE *);
extern int lckpwdf(void);
extern int ulckpwdf(void);
#ifdef __USE_MISC
extern int getspent_r(struct spwd *, char *, size_t, struct spwd **);
extern int getspnam_r(const char *, struct spwd *, char *, size_t, struct spwd **);
extern int sgetspent_r(const char *, struct spwd *, char *, size_t, struct spwd **);
extern int fgetspent_r(FILE *, struct spwd *, char *, size_t, struct spwd **);
#endif
#endif
`;
