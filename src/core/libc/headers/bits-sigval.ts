/**
 * The header <bits/sigval.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsSigvalHeader = String.raw`#ifndef _BITS_SIGVAL_H
#define _BITS_SIGVAL_H 1
#include <bits/types.h>
#include <bits/pthreadtypes.h>
union sigval {
  int sival_int;
  void *sival_ptr;
};
typedef union sigval __sigval_t;
typedef union sigval sigval_t;
typedef struct sigevent {
  __sigval_t sigev_value;
  int sigev_signo;
  int sigev_notify;
  union {
#ifdef __x86_64__
    int _pad[12];
#else
    int _pad[13];
#endif
    __pid_t _tid;
    struct {
      void (*_function)(__sigval_t);
      pthread_attr_t *_attribute;
    } _sigev_thread;
  } _sigev_un;
} sigevent_t;
#define sigev_notify_function _sigev_un._sigev_thread._function
#define sigev_notify_attributes _sigev_un._sigev_thread._attribute
#endif
`;
