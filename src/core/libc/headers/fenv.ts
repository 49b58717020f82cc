/**
 * The header <fenv.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const fenvHeader = String.raw`#ifndef _FENV_H
#define _FENV_H 1
#include <features.h>
enum {
  FE_INVALID = 0x01,
  __FE_DENORM = 0x02,
  FE_DIVBYZERO = 0x04,
  FE_OVERFLOW = 0x08,
  FE_UNDERFLOW = 0x10,
  FE_INEXACT = 0x20,
};
#define FE_INVALID 0x01
#define FE_DIVBYZERO 0x04
#define FE_OVERFLOW 0x08
#define FE_UNDERFLOW 0x10
#define FE_INEXACT 0x20
#define FE_ALL_EXCEPT (FE_INEXACT | FE_DIVBYZERO | FE_UNDERFLOW | FE_OVERFLOW | FE_INVALID)
enum {
  FE_TONEAREST = 0,
  FE_DOWNWARD = 0x400,
  FE_UPWARD = 0x800,
  FE_TOWARDZERO = 0xc00,
};
#define FE_TONEAREST 0
#define FE_DOWNWARD 0x400
#define FE_UPWARD 0x800
#define FE_TOWARDZERO 0xc00
typedef unsigned short int fexcept_t;
#ifdef __x86_64__
typedef struct {
  unsigned short int __control_word;
  unsigned short int __glibc_reserved1;
  unsigned short int __status_word;
  unsigned short int __glibc_reserved2;
  unsigned short int __tags;
  unsigned short int __glibc_reserved3;
  unsigned int __eip;
  unsigned short int __cs_selector;
  unsigned int __opcode : 11;
  unsigned int __glibc_reserved4 : 5;
  unsigned int __data_offset;
  unsigned short int __data_selector;
  unsigned short int __glibc_reserved5;
  unsigned int __mxcsr;
} fenv_t;
#else
typedef struct {
  unsigned short int __control_word;
  unsigned short int __glibc_reserved1;
  unsigned short int __status_word;
  unsigned short int __glibc_reserved2;
  unsigned short int __tags;
  unsigned short int __glibc_reserved3;
  unsigned int __eip;
  unsigned short int __cs_selector;
  unsigned int __opcode : 11;
  unsigned int __glibc_reserved4 : 5;
  unsigned int __data_offset;
  unsigned short int __data_selector;
  unsigned short int __glibc_reserved5;
} fenv_t;
#endif
#define FE_DFL_ENV ((const fenv_t *) -1)
#ifdef __USE_GNU
#define FE_NOMASK_ENV ((const fenv_t *) -2)
#endif
#if __GLIBC_USE (IEC_60559_BFP_EXT_C2X)
typedef struct {
  unsigned short int __control_word;
  unsigned short int __glibc_reserved;
  unsigned int __mxcsr;
} femode_t;
#define FE_DFL_MODE ((const femode_t *) -1L)
#endif
extern int feclearexcept(int);
extern int fegetexceptflag(fexcept_t *, int);
extern int feraiseexcept(int);
extern int fesetexceptflag(const fexcept_t *, int);
extern int fetestexcept(int);
extern int fegetround(void);
extern int fesetround(int);
extern int fegetenv(fenv_t *);
extern int feholdexcept(fenv_t *);
extern int fesetenv(const fenv_t *);
extern int feupdateenv(const fenv_t *);
#if __GLIBC_USE (IEC_60559_BFP_EXT_C2X)
extern int fesetexcept(int);
extern int fetestexceptflag(const fexcept_t *, int);
extern int fegetmode(femode_t *);
extern int fesetmode(const femode_t *);
#endif
#ifdef __USE_GNU
extern int feenableexcept(int);
extern int fedisableexcept(int);
extern int fegetexcept(void);
#endif
#endif
`;
