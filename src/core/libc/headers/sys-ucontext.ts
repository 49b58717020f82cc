/**
 * The header <sys/ucontext.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysUcontextHeader = String.raw`#ifndef _SYS_UCONTEXT_H
#define _SYS_UCONTEXT_H 1
#include <features.h>
#include <bits/types.h>
#include <bits/sigset_t.h>
#include <bits/stack_t.h>
#ifdef __USE_MISC
#define __ctx(name) name
#else
#define __ctx(name) __ ## name
#endif
#ifdef __x86_64__
#define __NGREG 23
__extension__ typedef long long int greg_t;
#else
#define __NGREG 19
typedef int greg_t;
#endif
#ifdef __USE_MISC
#define NGREG __NGREG
#endif
typedef greg_t gregset_t[__NGREG];
#ifdef __USE_GNU
#ifdef __x86_64__
enum {
  REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15, REG_RDI, REG_RSI, REG_RBP, REG_RBX,
  REG_RDX, REG_RAX, REG_RCX, REG_RSP, REG_RIP, REG_EFL, REG_CSGSFS, REG_ERR, REG_TRAPNO, REG_OLDMASK, REG_CR2
};
#define REG_R8 REG_R8
#define REG_R9 REG_R9
#define REG_R10 REG_R10
#define REG_R11 REG_R11
#define REG_R12 REG_R12
#define REG_R13 REG_R13
#define REG_R14 REG_R14
#define REG_R15 REG_R15
#define REG_RDI REG_RDI
#define REG_RSI REG_RSI
#define REG_RBP REG_RBP
#define REG_RBX REG_RBX
#define REG_RDX REG_RDX
#define REG_RAX REG_RAX
#define REG_RCX REG_RCX
#define REG_RSP REG_RSP
#define REG_RIP REG_RIP
#define REG_EFL REG_EFL
#define REG_CSGSFS REG_CSGSFS
#define REG_ERR REG_ERR
#define REG_TRAPNO REG_TRAPNO
#define REG_OLDMASK REG_OLDMASK
#define REG_CR2 REG_CR2
#else
enum {
  REG_GS, REG_FS, REG_ES, REG_DS, REG_EDI, REG_ESI, REG_EBP, REG_ESP, REG_EBX, REG_EDX, REG_ECX, REG_EAX,
  REG_TRAPNO, REG_ERR, REG_EIP, REG_CS, REG_EFL, REG_UESP, REG_SS
};
#define REG_GS REG_GS
#define REG_FS REG_FS
#define REG_ES REG_ES
#define REG_DS REG_DS
#define REG_EDI REG_EDI
#define REG_ESI REG_ESI
#define REG_EBP REG_EBP
#define REG_ESP REG_ESP
#define REG_EBX REG_EBX
#define REG_EDX REG_EDX
#define REG_ECX REG_ECX
#define REG_EAX REG_EAX
#define REG_TRAPNO REG_TRAPNO
#define REG_ERR REG_ERR
#define REG_EIP REG_EIP
#define REG_CS REG_CS
#define REG_EFL REG_EFL
#define REG_UESP REG_UESP
#define REG_SS REG_SS
#endif
#endif
#ifdef __x86_64__
struct _libc_fpxreg {
  unsigned short int __ctx(significand)[4];
  unsigned short int __ctx(exponent);
  unsigned short int __glibc_reserved1[3];
};
struct _libc_xmmreg {
  __uint32_t __ctx(element)[4];
};
struct _libc_fpstate {
  __uint16_t __ctx(cwd);
  __uint16_t __ctx(swd);
  __uint16_t __ctx(ftw);
  __uint16_t __ctx(fop);
  __uint64_t __ctx(rip);
  __uint64_t __ctx(rdp);
  __uint32_t __ctx(mxcsr);
  __uint32_t __ctx(mxcr_mask);
  struct _libc_fpxreg _st[8];
  struct _libc_xmmreg _xmm[16];
  __uint32_t __glibc_reserved1[24];
};
typedef struct _libc_fpstate *fpregset_t;
typedef struct {
  gregset_t __ctx(gregs);
  fpregset_t __ctx(fpregs);
  __extension__ unsigned long long __reserved1[8];
} mcontext_t;
#else
struct _libc_fpreg {
  unsigned short int __ctx(significand)[4];
  unsigned short int __ctx(exponent);
};
struct _libc_fpstate {
  unsigned long int __ctx(cw);
  unsigned long int __ctx(sw);
  unsigned long int __ctx(tag);
  unsigned long int __ctx(ipoff);
  unsigned long int __ctx(cssel);
  unsigned long int __ctx(dataoff);
  unsigned long int __ctx(datasel);
  struct _libc_fpreg _st[8];
  unsigned long int __ctx(status);
};
typedef struct _libc_fpstate *fpregset_t;
typedef struct {
  gregset_t __ctx(gregs);
  fpregset_t __ctx(fpregs);
  unsigned long int __ctx(oldmask);
  unsigned long int __ctx(cr2);
} mcontext_t;
#endif
typedef struct ucontext_t {
  unsigned long int __ctx(uc_flags);
  struct ucontext_t *uc_link;
  stack_t uc_stack;
  mcontext_t uc_mcontext;
  sigset_t uc_sigmask;
  struct _libc_fpstate __fpregs_mem;
#ifdef __x86_64__
  __extension__ unsigned long long int __ssp[4];
#else
  unsigned long int __ssp[4];
#endif
} ucontext_t;
#undef __ctx
#endif
`;
