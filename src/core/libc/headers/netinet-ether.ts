/**
 * The header <netinet/ether.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const netinetEtherHeader = String.raw`#ifndef _NETINET_ETHER_H
#define _NETINET_ETHER_H 1
#include <features.h>
#include <netinet/if_ether.h>
#ifdef __USE_MISC
extern char *ether_ntoa(const struct ether_addr *);
extern char *ether_ntoa_r(const struct ether_addr *, char *);
extern struct ether_addr *ether_aton(const char *);
extern struct ether_addr *ether_aton_r(const char *, struct ether_addr *);
extern int ether_ntohost(char *, const struct ether_addr *);
extern int ether_hostton(const char *, struct ether_addr *);
extern int ether_line(const char *, struct ether_addr *, char *);
#endif
#endif
`;
