/**
 * The header <sys/auxv.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysAuxvHeader = String.raw`#ifndef _SYS_AUXV_H
#define _SYS_AUXV_H 1
#include <features.h>
#include <elf.h>
#include <bits/auxv.h>
extern unsigned long int getauxval(unsigned long int);
#endif
`;
