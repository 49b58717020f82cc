/**
 * The header <sys/sysmacros.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysSysmacrosHeader = String.raw`#ifndef _SYS_SYSMACROS_H
#define _SYS_SYSMACROS_H 1
#include <features.h>
#include <bits/types.h>
#define major(dev) gnu_dev_major (dev)
#define minor(dev) gnu_dev_minor (dev)
#define makedev(maj, min) gnu_dev_makedev (maj, min)
extern unsigned int gnu_dev_major(__dev_t);
extern unsigned int gnu_dev_minor(__dev_t);
extern __dev_t gnu_dev_makedev(unsigned int, unsigned int);
#endif
`;
