/**
 * The header <getopt.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const getoptHeader = String.raw`#ifndef _GETOPT_H
#define _GETOPT_H 1
#include <features.h>
#define __getopt_argv_const const
#include <bits/getopt_core.h>
struct option {
  const char *name;
  int has_arg;
  int *flag;
  int val;
};
#define no_argument 0
#define required_argument 1
#define optional_argument 2
extern int getopt_long(int, char *const *, const char *, const struct option *, int *);
extern int getopt_long_only(int, char *const *, const char *, const struct option *, int *);
#endif
`;
