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
#define __ctx(fld) fld
#else
#define __ctx(fld) __ ## fld
#endif
#ifdef __x86_64__
typedef long long int greg_t;
#define __NGREG 23
#endif
#ifdef __USE_MISC
#define NGREG __NGREG
#endif
#ifdef __x86_64__
typedef greg_t gregset_t[23];
#endif
#if defined __x86_64__ && defined __USE_GNU
enum {
  REG_R8 = 0,
  REG_R9,
  REG_R10,
  REG_R11,
  REG_R12,
  REG_R13,
  REG_R14,
  REG_R15,
  REG_RDI,
  REG_RSI,
  REG_RBP,
  REG_RBX,
  REG_RDX,
  REG_RAX,
  REG_RCX,
  REG_RSP,
  REG_RIP,
  REG_EFL,
  REG_CSGSFS,
  REG_ERR,
  REG_TRAPNO,
  REG_OLDMASK,
  REG_CR2,
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
#define REG_CSGSFS REG_CSGSFS
#define REG_OLDMASK REG_OLDMASK
#define REG_CR2 REG_CR2
#endif
#ifdef __USE_GNU
#define REG_EFL REG_EFL
#define REG_ERR REG_ERR
#define REG_TRAPNO REG_TRAPNO
#endif
#if defined __x86_64__ && defined __USE_MISC
struct _libc_fpxreg {
  unsigned short int significand[4];
  unsigned short int exponent;
  unsigned short int __glibc_reserved1[3];
};
#endif
#if defined __x86_64__ && !defined __USE_MISC
struct _libc_fpxreg {
  unsigned short int __significand[4];
  unsigned short int __exponent;
  unsigned short int __glibc_reserved1[3];
};
#endif
#if defined __x86_64__ && defined __USE_MISC
struct _libc_xmmreg { __uint32_t element[4]; };
#endif
#if defined __x86_64__ && !defined __USE_MISC
struct _libc_xmmreg { __uint32_t __element[4]; };
#endif
#if defined __x86_64__ && defined __USE_MISC
struct _libc_fpstate {
  __uint16_t cwd;
  __uint16_t swd;
  __uint16_t ftw;
  __uint16_t fop;
  __uint64_t rip;
  __uint64_t rdp;
  __uint32_t mxcsr;
  __uint32_t mxcr_mask;
  struct _libc_fpxreg _st[8];
  struct _libc_xmmreg _xmm[16];
  __uint32_t __glibc_reserved1[24];
};
#endif
#if defined __x86_64__ && !defined __USE_MISC
struct _libc_fpstate {
  __uint16_t __cwd;
  __uint16_t __swd;
  __uint16_t __ftw;
  __uint16_t __fop;
  __uint64_t __rip;
  __uint64_t __rdp;
  __uint32_t __mxcsr;
  __uint32_t __mxcr_mask;
  struct _libc_fpxreg _st[8];
  struct _libc_xmmreg _xmm[16];
  __uint32_t __glibc_reserved1[24];
};
#endif
typedef struct _libc_fpstate *fpregset_t;
#if defined __x86_64__ && defined __USE_MISC
typedef struct {
  gregset_t gregs;
  fpregset_t fpregs;
  unsigned long long __reserved1[8];
} mcontext_t;
#endif
#if defined __x86_64__ && !defined __USE_MISC
typedef struct {
  gregset_t __gregs;
  fpregset_t __fpregs;
  unsigned long long __reserved1[8];
} mcontext_t;
#endif
#if defined __x86_64__ && defined __USE_MISC
typedef struct ucontext_t {
  unsigned long int uc_flags;
  struct ucontext_t *uc_link;
  stack_t uc_stack;
  mcontext_t uc_mcontext;
  sigset_t uc_sigmask;
  struct _libc_fpstate __fpregs_mem;
  unsigned long long int __ssp[4];
} ucontext_t;
#endif
#if defined __x86_64__ && !defined __USE_MISC
typedef struct ucontext_t {
  unsigned long int __uc_flags;
  struct ucontext_t *uc_link;
  stack_t uc_stack;
  mcontext_t uc_mcontext;
  sigset_t uc_sigmask;
  struct _libc_fpstate __fpregs_mem;
  unsigned long long int __ssp[4];
} ucontext_t;
#endif
#ifndef __x86_64__
typedef int greg_t;
#define __NGREG 19
typedef greg_t gregset_t[19];
#endif
#if defined __USE_GNU && !defined __x86_64__
enum {
  REG_GS = 0,
  REG_FS,
  REG_ES,
  REG_DS,
  REG_EDI,
  REG_ESI,
  REG_EBP,
  REG_ESP,
  REG_EBX,
  REG_EDX,
  REG_ECX,
  REG_EAX,
  REG_TRAPNO,
  REG_ERR,
  REG_EIP,
  REG_CS,
  REG_EFL,
  REG_UESP,
  REG_SS,
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
#define REG_EIP REG_EIP
#define REG_CS REG_CS
#define REG_UESP REG_UESP
#define REG_SS REG_SS
#endif
#if defined __USE_MISC && !defined __x86_64__
struct _libc_fpreg {
  unsigned short int significand[4];
  unsigned short int exponent;
};
#endif
#if !defined __x86_64__ && !defined __USE_MISC
struct _libc_fpreg {
  unsigned short int __significand[4];
  unsigned short int __exponent;
};
#endif
#if defined __USE_MISC && !defined __x86_64__
struct _libc_fpstate {
  unsigned long int cw;
  unsigned long int sw;
  unsigned long int tag;
  unsigned long int ipoff;
  unsigned long int cssel;
  unsigned long int dataoff;
  unsigned long int datasel;
  struct _libc_fpreg _st[8];
  unsigned long int status;
};
#endif
#if !defined __x86_64__ && !defined __USE_MISC
struct _libc_fpstate {
  unsigned long int __cw;
  unsigned long int __sw;
  unsigned long int __tag;
  unsigned long int __ipoff;
  unsigned long int __cssel;
  unsigned long int __dataoff;
  unsigned long int __datasel;
  struct _libc_fpreg _st[8];
  unsigned long int __status;
};
#endif
#if defined __USE_MISC && !defined __x86_64__
typedef struct {
  gregset_t gregs;
  fpregset_t fpregs;
  unsigned long int oldmask;
  unsigned long int cr2;
} mcontext_t;
#endif
#if !defined __x86_64__ && !defined __USE_MISC
typedef struct {
  gregset_t __gregs;
  fpregset_t __fpregs;
  unsigned long int __oldmask;
  unsigned long int __cr2;
} mcontext_t;
#endif
#if defined __USE_MISC && !defined __x86_64__
typedef struct ucontext_t {
  unsigned long int uc_flags;
  struct ucontext_t *uc_link;
  stack_t uc_stack;
  mcontext_t uc_mcontext;
  sigset_t uc_sigmask;
  struct _libc_fpstate __fpregs_mem;
  unsigned long int __ssp[4];
} ucontext_t;
#endif
#if !defined __x86_64__ && !defined __USE_MISC
typedef struct ucontext_t {
  unsigned long int __uc_flags;
  struct ucontext_t *uc_link;
  stack_t uc_stack;
  mcontext_t uc_mcontext;
  sigset_t uc_sigmask;
  struct _libc_fpstate __fpregs_mem;
  unsigned long int __ssp[4];
} ucontext_t;
#endif
#undef __ctx
#endif
`;
