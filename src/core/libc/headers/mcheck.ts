/**
 * The header <mcheck.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const mcheckHeader = String.raw`#ifndef _MCHECK_H
#define _MCHECK_H 1
#include <features.h>
enum mcheck_status {
  MCHECK_DISABLED = - 1,
  MCHECK_OK,
  MCHECK_FREE,
  MCHECK_HEAD,
  MCHECK_TAIL,
};
extern int mcheck(void (*)(enum mcheck_status));
extern int mcheck_pedantic(void (*)(enum mcheck_status));
extern void mcheck_check_all(void);
extern enum mcheck_status mprobe(void *);
extern void mtrace(void);
extern void muntrace(void);
#endif
`;
