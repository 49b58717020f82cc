/**
 * The header <sys/sysinfo.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysSysinfoHeader = String.raw`#ifndef _SYS_SYSINFO_H
#define _SYS_SYSINFO_H 1
#include <features.h>
struct sysinfo {
  long int uptime;
  unsigned long int loads[3];
  unsigned long int totalram;
  unsigned long int freeram;
  unsigned long int sharedram;
  unsigned long int bufferram;
  unsigned long int totalswap;
  unsigned long int freeswap;
  unsigned short int procs;
  unsigned short int pad;
  unsigned long int totalhigh;
  unsigned long int freehigh;
  unsigned int mem_unit;
  char _f[20 - 2 * sizeof (unsigned long int) - sizeof (unsigned int)];
};
#define SI_LOAD_SHIFT 16
extern int sysinfo(struct sysinfo *);
extern int get_nprocs_conf(void);
extern int get_nprocs(void);
extern long int get_phys_pages(void);
extern long int get_avphys_pages(void);
#endif
`;
