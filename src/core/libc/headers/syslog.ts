/**
 * The header <syslog.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const syslogHeader = String.raw`#ifndef _SYSLOG_H
#define _SYSLOG_H 1
#include <features.h>
#include <sys/syslog.h>
#endif
`;
