/**
 * The header <bits/sched_param.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsSchedParamHeader = String.raw`#ifndef _BITS_SCHED_PARAM_H
#define _BITS_SCHED_PARAM_H 1
struct sched_param {
  int sched_priority;
};
#endif
`;
