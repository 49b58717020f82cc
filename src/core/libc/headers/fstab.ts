/**
 * The header <fstab.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const fstabHeader = String.raw`#ifndef _FSTAB_H
#define _FSTAB_H 1
#include <features.h>
#define _PATH_FSTAB "/etc/fstab"
#define FSTAB "/etc/fstab"
#define FSTAB_RW "rw"
#define FSTAB_RQ "rq"
#define FSTAB_RO "ro"
#define FSTAB_SW "sw"
#define FSTAB_XX "xx"
struct fstab {
  char *fs_spec;
  char *fs_file;
  char *fs_vfstype;
  char *fs_mntops;
  const char *fs_type;
  int fs_freq;
  int fs_passno;
};
extern struct fstab *getfsent(void);
extern struct fstab *getfsspec(const char *);
extern struct fstab *getfsfile(const char *);
extern int setfsent(void);
extern void endfsent(void);
#endif
`;
