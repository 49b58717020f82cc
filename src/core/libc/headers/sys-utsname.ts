/**
 * The header <sys/utsname.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysUtsnameHeader = String.raw`#ifndef _SYS_UTSNAME_H
#define _SYS_UTSNAME_H 1
#include <features.h>
#define _UTSNAME_SYSNAME_LENGTH _UTSNAME_LENGTH
#define _UTSNAME_NODENAME_LENGTH _UTSNAME_LENGTH
#define _UTSNAME_RELEASE_LENGTH _UTSNAME_LENGTH
#define _UTSNAME_VERSION_LENGTH _UTSNAME_LENGTH
#define _UTSNAME_MACHINE_LENGTH _UTSNAME_LENGTH
#define SYS_NMLN _UTSNAME_LENGTH
struct utsname {
  char sysname[65];
  char nodename[65];
  char release[65];
  char version[65];
  char machine[65];
#ifdef __USE_GNU
  char domainname[65];
#else
  char __domainname[65];
#endif
};
extern int uname(struct utsname *);
#endif
`;
