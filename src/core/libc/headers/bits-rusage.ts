/**
 * The header <bits/rusage.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsRusageHeader = String.raw`#ifndef _BITS_RUSAGE_H
#define _BITS_RUSAGE_H 1
#include <bits/types.h>
#include <bits/timeval.h>
struct rusage {
  struct timeval ru_utime;
  struct timeval ru_stime;
  __extension__ union { long int ru_maxrss; __syscall_slong_t __ru_maxrss_word; };
  __extension__ union { long int ru_ixrss; __syscall_slong_t __ru_ixrss_word; };
  __extension__ union { long int ru_idrss; __syscall_slong_t __ru_idrss_word; };
  __extension__ union { long int ru_isrss; __syscall_slong_t __ru_isrss_word; };
  __extension__ union { long int ru_minflt; __syscall_slong_t __ru_minflt_word; };
  __extension__ union { long int ru_majflt; __syscall_slong_t __ru_majflt_word; };
  __extension__ union { long int ru_nswap; __syscall_slong_t __ru_nswap_word; };
  __extension__ union { long int ru_inblock; __syscall_slong_t __ru_inblock_word; };
  __extension__ union { long int ru_oublock; __syscall_slong_t __ru_oublock_word; };
  __extension__ union { long int ru_msgsnd; __syscall_slong_t __ru_msgsnd_word; };
  __extension__ union { long int ru_msgrcv; __syscall_slong_t __ru_msgrcv_word; };
  __extension__ union { long int ru_nsignals; __syscall_slong_t __ru_nsignals_word; };
  __extension__ union { long int ru_nvcsw; __syscall_slong_t __ru_nvcsw_word; };
  __extension__ union { long int ru_nivcsw; __syscall_slong_t __ru_nivcsw_word; };
};
#endif
`;
