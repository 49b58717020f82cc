/**
 * The header <utmpx.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const utmpxHeader = String.raw`#ifndef _UTMPX_H
#define _UTMPX_H 1
#include <features.h>
#include <sys/time.h>
#ifndef __pid_t_defined
typedef __pid_t pid_t;
#define __pid_t_defined
#endif
#ifdef __USE_GNU
#include <paths.h>
#endif
#define __UT_LINESIZE 32
#define __UT_NAMESIZE 32
#define __UT_HOSTSIZE 256
#ifdef __USE_GNU
#define _PATH_UTMPX _PATH_UTMP
#define _PATH_WTMPX _PATH_WTMP
#else
struct __exit_status {
  short int __e_termination;
  short int __e_exit;
};
#endif
#ifdef __USE_GNU
struct __exit_status { short int e_termination; short int e_exit; };
#endif
struct utmpx {
  short int ut_type;
  __pid_t ut_pid;
  char ut_line[32];
  char ut_id[4];
  char ut_user[32];
  char ut_host[256];
  struct __exit_status ut_exit;
  __int32_t ut_session;
  struct {
    __int32_t tv_sec;
    __int32_t tv_usec;
  } ut_tv;
  __int32_t ut_addr_v6[4];
  char __glibc_reserved[20];
};
#define EMPTY 0
#define BOOT_TIME 2
#define NEW_TIME 3
#define OLD_TIME 4
#define INIT_PROCESS 5
#define LOGIN_PROCESS 6
#define USER_PROCESS 7
#define DEAD_PROCESS 8
#ifdef __USE_GNU
#define RUN_LVL 1
#define ACCOUNTING 9
#define UTMPX_FILE _PATH_UTMPX
#define UTMPX_FILENAME _PATH_UTMPX
#define WTMPX_FILE _PATH_WTMPX
#define WTMPX_FILENAME _PATH_WTMPX
struct utmp;
#endif
extern void setutxent(void);
extern void endutxent(void);
extern struct utmpx *getutxent(void);
extern struct utmpx *getutxid(const struct utmpx *);
extern struct utmpx *getutxline(const struct utmpx *);
extern struct utmpx *pututxline(const struct utmpx *);
#ifdef __USE_GNU
extern int utmpxname(const char *);
extern void updwtmpx(const char *, const struct utmpx *);
extern void getutmp(const struct utmpx *, struct utmp *);
extern void getutmpx(const struct utmp *, struct utmpx *);
#endif
#endif
`;
