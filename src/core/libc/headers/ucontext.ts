/**
 * The header <ucontext.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const ucontextHeader = String.raw`#ifndef _UCONTEXT_H
#define _UCONTEXT_H 1
#include <features.h>
#define __INDIRECT_RETURN
#include <sys/ucontext.h>
extern int getcontext(ucontext_t *);
extern int setcontext(const ucontext_t *);
extern int swapcontext(ucontext_t *, const ucontext_t *);
extern void makecontext(ucontext_t *, void (*)(void), int, ...);
#endif
`;
