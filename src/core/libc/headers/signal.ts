/**
 * The header <signal.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const signalHeader = String.raw`#ifndef _SIGNAL_H
#define _SIGNAL_H 1
#include <features.h>
#include <bits/types.h>
#define SIG_ERR ((__sighandler_t) -1)
#define SIG_DFL ((__sighandler_t) 0)
#define SIG_IGN ((__sighandler_t) 1)
#define SIGINT 2
#define SIGILL 4
#define SIGABRT 6
#define SIGFPE 8
#define SIGSEGV 11
#define SIGTERM 15
#define SIGHUP 1
#define SIGQUIT 3
#define SIGTRAP 5
#define SIGKILL 9
#define SIGPIPE 13
#define SIGALRM 14
#define SIGIO SIGPOLL
#define SIGIOT SIGABRT
#define SIGCLD SIGCHLD
#define SIGSTKFLT 16
#define SIGPWR 30
#define SIGBUS 7
#define SIGSYS 31
#define SIGURG 23
#define SIGSTOP 19
#define SIGTSTP 20
#define SIGCONT 18
#define SIGCHLD 17
#define SIGTTIN 21
#define SIGTTOU 22
#define SIGPOLL 29
#define SIGXFSZ 25
#define SIGXCPU 24
#define SIGVTALRM 26
#define SIGPROF 27
#define SIGUSR1 10
#define SIGUSR2 12
#define SIGWINCH 28
#define __SIGRTMIN 32
#define __SIGRTMAX 64
#define _NSIG (__SIGRTMAX + 1)
#ifdef __USE_XOPEN
#define SIG_HOLD ((__sighandler_t) 2)
#endif
typedef __sig_atomic_t sig_atomic_t;
#ifdef __USE_POSIX
#include <bits/sigset_t.h>
#endif
#if defined __USE_XOPEN2K || defined __USE_XOPEN
#ifndef __pid_t_defined
typedef __pid_t pid_t;
#define __pid_t_defined
#endif
#ifndef __uid_t_defined
typedef __uid_t uid_t;
#define __uid_t_defined
#endif
#endif
#ifdef __USE_POSIX199309
#include <bits/struct_timespec.h>
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_POSIX199309
#include <bits/siginfo_t.h>
#define __SI_ASYNCIO_AFTER_SIGIO 1
enum {
  SI_ASYNCNL = - 60,
  SI_DETHREAD = - 7,
  SI_TKILL,
  SI_SIGIO,
  SI_ASYNCIO,
  SI_MESGQ,
  SI_TIMER,
  SI_QUEUE,
  SI_USER,
  SI_KERNEL = 0x80,
};
#define SI_ASYNCNL SI_ASYNCNL
#define SI_DETHREAD SI_DETHREAD
#define SI_TKILL SI_TKILL
#define SI_SIGIO SI_SIGIO
#define SI_ASYNCIO SI_ASYNCIO
#define SI_MESGQ SI_MESGQ
#define SI_TIMER SI_TIMER
#define SI_QUEUE SI_QUEUE
#define SI_USER SI_USER
#define SI_KERNEL SI_KERNEL
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K8
enum {
  ILL_ILLOPC = 1,
  ILL_ILLOPN,
  ILL_ILLADR,
  ILL_ILLTRP,
  ILL_PRVOPC,
  ILL_PRVREG,
  ILL_COPROC,
  ILL_BADSTK,
  ILL_BADIADDR,
};
#define ILL_ILLOPC ILL_ILLOPC
#define ILL_ILLOPN ILL_ILLOPN
#define ILL_ILLADR ILL_ILLADR
#define ILL_ILLTRP ILL_ILLTRP
#define ILL_PRVOPC ILL_PRVOPC
#define ILL_PRVREG ILL_PRVREG
#define ILL_COPROC ILL_COPROC
#define ILL_BADSTK ILL_BADSTK
#define ILL_BADIADDR ILL_BADIADDR
enum {
  FPE_INTDIV = 1,
  FPE_INTOVF,
  FPE_FLTDIV,
  FPE_FLTOVF,
  FPE_FLTUND,
  FPE_FLTRES,
  FPE_FLTINV,
  FPE_FLTSUB,
  FPE_FLTUNK = 14,
  FPE_CONDTRAP,
};
#define FPE_INTDIV FPE_INTDIV
#define FPE_INTOVF FPE_INTOVF
#define FPE_FLTDIV FPE_FLTDIV
#define FPE_FLTOVF FPE_FLTOVF
#define FPE_FLTUND FPE_FLTUND
#define FPE_FLTRES FPE_FLTRES
#define FPE_FLTINV FPE_FLTINV
#define FPE_FLTSUB FPE_FLTSUB
#define FPE_FLTUNK FPE_FLTUNK
#define FPE_CONDTRAP FPE_CONDTRAP
enum {
  SEGV_MAPERR = 1,
  SEGV_ACCERR,
  SEGV_BNDERR,
  SEGV_PKUERR,
  SEGV_ACCADI,
  SEGV_ADIDERR,
  SEGV_ADIPERR,
  SEGV_MTEAERR,
  SEGV_MTESERR,
};
#define SEGV_MAPERR SEGV_MAPERR
#define SEGV_ACCERR SEGV_ACCERR
#define SEGV_BNDERR SEGV_BNDERR
#define SEGV_PKUERR SEGV_PKUERR
#define SEGV_ACCADI SEGV_ACCADI
#define SEGV_ADIDERR SEGV_ADIDERR
#define SEGV_ADIPERR SEGV_ADIPERR
#define SEGV_MTEAERR SEGV_MTEAERR
#define SEGV_MTESERR SEGV_MTESERR
enum {
  BUS_ADRALN = 1,
  BUS_ADRERR,
  BUS_OBJERR,
  BUS_MCEERR_AR,
  BUS_MCEERR_AO,
};
#define BUS_ADRALN BUS_ADRALN
#define BUS_ADRERR BUS_ADRERR
#define BUS_OBJERR BUS_OBJERR
#define BUS_MCEERR_AR BUS_MCEERR_AR
#define BUS_MCEERR_AO BUS_MCEERR_AO
#endif
#ifdef __USE_XOPEN_EXTENDED
enum {
  TRAP_BRKPT = 1,
  TRAP_TRACE,
  TRAP_BRANCH,
  TRAP_HWBKPT,
  TRAP_UNK,
};
#define TRAP_BRKPT TRAP_BRKPT
#define TRAP_TRACE TRAP_TRACE
#define TRAP_BRANCH TRAP_BRANCH
#define TRAP_HWBKPT TRAP_HWBKPT
#define TRAP_UNK TRAP_UNK
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K8
enum {
  CLD_EXITED = 1,
  CLD_KILLED,
  CLD_DUMPED,
  CLD_TRAPPED,
  CLD_STOPPED,
  CLD_CONTINUED,
};
#define CLD_EXITED CLD_EXITED
#define CLD_KILLED CLD_KILLED
#define CLD_DUMPED CLD_DUMPED
#define CLD_TRAPPED CLD_TRAPPED
#define CLD_STOPPED CLD_STOPPED
#define CLD_CONTINUED CLD_CONTINUED
enum {
  POLL_IN = 1,
  POLL_OUT,
  POLL_MSG,
  POLL_ERR,
  POLL_PRI,
  POLL_HUP,
};
#define POLL_IN POLL_IN
#define POLL_OUT POLL_OUT
#define POLL_MSG POLL_MSG
#define POLL_ERR POLL_ERR
#define POLL_PRI POLL_PRI
#define POLL_HUP POLL_HUP
#endif
#ifdef __USE_MISC
typedef __sigval_t sigval_t;
#endif
#ifdef __USE_POSIX199309
#include <bits/sigevent_t.h>
#include <bits/sigevent-consts.h>
#endif
typedef void (*__sighandler_t)(int);
extern __sighandler_t __sysv_signal(int, __sighandler_t);
extern int raise(int);
#ifdef __USE_GNU
extern __sighandler_t sysv_signal(int, __sighandler_t);
#endif
#ifdef __USE_MISC
extern __sighandler_t signal(int, __sighandler_t);
extern __sighandler_t ssignal(int, __sighandler_t);
extern int gsignal(int);
#else
extern __sighandler_t signal(int, __sighandler_t) __asm__("__sysv_signal");
#endif
#if defined __USE_XOPEN_EXTENDED && !defined __USE_XOPEN2K8
extern __sighandler_t bsd_signal(int, __sighandler_t);
#endif
#ifdef __USE_POSIX
extern int kill(__pid_t, int);
#endif
#if defined __USE_MISC || defined __USE_XOPEN_EXTENDED
extern int killpg(__pid_t, int);
#endif
#ifdef __USE_XOPEN2K8
extern void psignal(int, const char *);
extern void psiginfo(const siginfo_t *, const char *);
#endif
#ifdef __USE_XOPEN_EXTENDED
extern int sigpause(int) __asm__("__xpg_sigpause");
#endif
#ifdef __USE_MISC
#define sigmask(sig) __glibc_macro_warning ("sigmask is deprecated") ((int)(1u << ((sig) - 1)))
extern int sigblock(int);
extern int sigsetmask(int);
extern int siggetmask(void);
#define NSIG _NSIG
#endif
#ifdef __USE_GNU
typedef __sighandler_t sighandler_t;
#endif
#ifdef __USE_MISC
typedef __sighandler_t sig_t;
#endif
#ifdef __USE_POSIX
extern int sigemptyset(sigset_t *);
extern int sigfillset(sigset_t *);
extern int sigaddset(sigset_t *, int);
extern int sigdelset(sigset_t *, int);
extern int sigismember(const sigset_t *, int);
#endif
#ifdef __USE_GNU
extern int sigisemptyset(const sigset_t *);
extern int sigandset(sigset_t *, const sigset_t *, const sigset_t *);
extern int sigorset(sigset_t *, const sigset_t *, const sigset_t *);
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_POSIX199309
struct sigaction {
  union {
    __sighandler_t sa_handler;
    void (*sa_sigaction)(int, siginfo_t *, void *);
  } __sigaction_handler;
  __sigset_t sa_mask;
  int sa_flags;
  void (*sa_restorer)(void);
};
#endif
#if defined __USE_POSIX && !defined __USE_XOPEN_EXTENDED && !defined __USE_POSIX199309
struct sigaction {
  __sighandler_t sa_handler;
  __sigset_t sa_mask;
  int sa_flags;
  void (*sa_restorer)(void);
};
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_POSIX199309
#define sa_handler __sigaction_handler.sa_handler
#define sa_sigaction __sigaction_handler.sa_sigaction
#endif
#ifdef __USE_POSIX
#define SA_NOCLDSTOP 1
#define SA_NOCLDWAIT 2
#define SA_SIGINFO 4
#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2
#endif
#if defined __USE_MISC || defined __USE_XOPEN_EXTENDED
#define SA_ONSTACK 0x08000000
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K8
#define SA_RESTART 0x10000000
#define SA_NODEFER 0x40000000
#define SA_RESETHAND 0x80000000
#endif
#ifdef __USE_MISC
#define SA_INTERRUPT 0x20000000
#define SA_NOMASK SA_NODEFER
#define SA_ONESHOT SA_RESETHAND
#define SA_STACK SA_ONSTACK
#endif
#ifdef __USE_POSIX
extern int sigprocmask(int, const sigset_t *, sigset_t *);
extern int sigsuspend(const sigset_t *);
extern int sigaction(int, const struct sigaction *, struct sigaction *);
extern int sigpending(sigset_t *);
#endif
#ifdef __USE_POSIX199506
extern int sigwait(const sigset_t *, int *);
#endif
#ifdef __USE_POSIX199309
extern int sigwaitinfo(const sigset_t *, siginfo_t *);
extern int sigtimedwait(const sigset_t *, siginfo_t *, const struct timespec *);
extern int sigqueue(__pid_t, int, const union sigval);
#endif
#ifdef __USE_MISC
#define FP_XSTATE_MAGIC1 0x46505853U
#define FP_XSTATE_MAGIC2 0x46505845U
#define FP_XSTATE_MAGIC2_SIZE sizeof (FP_XSTATE_MAGIC2)
struct _fpx_sw_bytes {
  __uint32_t magic1;
  __uint32_t extended_size;
  __uint64_t xstate_bv;
  __uint32_t xstate_size;
  __uint32_t __glibc_reserved1[7];
};
struct _fpreg {
  unsigned short significand[4];
  unsigned short exponent;
};
struct _fpxreg {
  unsigned short significand[4];
  unsigned short exponent;
  unsigned short __glibc_reserved1[3];
};
struct _xmmreg { __uint32_t element[4]; };
#endif
#if defined __USE_MISC && !defined __x86_64__
struct _fpstate {
  __uint32_t cw;
  __uint32_t sw;
  __uint32_t tag;
  __uint32_t ipoff;
  __uint32_t cssel;
  __uint32_t dataoff;
  __uint32_t datasel;
  struct _fpreg _st[8];
  unsigned short status;
  unsigned short magic;
  __uint32_t _fxsr_env[6];
  __uint32_t mxcsr;
  __uint32_t __glibc_reserved1;
  struct _fpxreg _fxsr_st[8];
  struct _xmmreg _xmm[8];
  __uint32_t __glibc_reserved2[56];
};
#define sigcontext_struct sigcontext
#define X86_FXSR_MAGIC 0x0000
struct sigcontext {
  unsigned short gs, __gsh;
  unsigned short fs, __fsh;
  unsigned short es, __esh;
  unsigned short ds, __dsh;
  unsigned long edi;
  unsigned long esi;
  unsigned long ebp;
  unsigned long esp;
  unsigned long ebx;
  unsigned long edx;
  unsigned long ecx;
  unsigned long eax;
  unsigned long trapno;
  unsigned long err;
  unsigned long eip;
  unsigned short cs, __csh;
  unsigned long eflags;
  unsigned long esp_at_signal;
  unsigned short ss, __ssh;
  struct _fpstate *fpstate;
  unsigned long oldmask;
  unsigned long cr2;
};
#endif
#if defined __x86_64__ && defined __USE_MISC
struct _fpstate {
  __uint16_t cwd;
  __uint16_t swd;
  __uint16_t ftw;
  __uint16_t fop;
  __uint64_t rip;
  __uint64_t rdp;
  __uint32_t mxcsr;
  __uint32_t mxcr_mask;
  struct _fpxreg _st[8];
  struct _xmmreg _xmm[16];
  __uint32_t __glibc_reserved1[24];
};
struct sigcontext {
  __uint64_t r8;
  __uint64_t r9;
  __uint64_t r10;
  __uint64_t r11;
  __uint64_t r12;
  __uint64_t r13;
  __uint64_t r14;
  __uint64_t r15;
  __uint64_t rdi;
  __uint64_t rsi;
  __uint64_t rbp;
  __uint64_t rbx;
  __uint64_t rdx;
  __uint64_t rax;
  __uint64_t rcx;
  __uint64_t rsp;
  __uint64_t rip;
  __uint64_t eflags;
  unsigned short cs;
  unsigned short gs;
  unsigned short fs;
  unsigned short __pad0;
  __uint64_t err;
  __uint64_t trapno;
  __uint64_t oldmask;
  __uint64_t cr2;
  union {
    struct _fpstate *fpstate;
    __uint64_t __fpstate_word;
  };
  __uint64_t __reserved1[8];
};
#endif
#ifdef __USE_MISC
struct _xsave_hdr {
  __uint64_t xstate_bv;
  __uint64_t __glibc_reserved1[2];
  __uint64_t __glibc_reserved2[5];
};
struct _ymmh_state { __uint32_t ymmh_space[64]; };
struct _xstate {
  struct _fpstate fpstate;
  struct _xsave_hdr xstate_hdr;
  struct _ymmh_state ymmh;
};
extern int sigreturn(struct sigcontext *);
#endif
#if defined __USE_XOPEN_EXTENDED || defined __USE_XOPEN2K8
#include <bits/size_t.h>
#include <bits/stack_t.h>
#include <sys/ucontext.h>
#endif
#if defined __USE_MISC || defined __USE_XOPEN_EXTENDED
extern int siginterrupt(int, int);
#define MINSIGSTKSZ 2048
#define SIGSTKSZ 8192
#endif
#ifdef __USE_GNU
#include <unistd.h>
#define SIGSTKSZ sysconf (_SC_SIGSTKSZ)
#define MINSIGSTKSZ SIGSTKSZ
#endif
#if defined __USE_MISC || defined __USE_XOPEN_EXTENDED
enum {
  SS_ONSTACK = 1,
  SS_DISABLE,
};
#define SS_ONSTACK SS_ONSTACK
#define SS_DISABLE SS_DISABLE
extern int sigaltstack(const stack_t *, stack_t *);
#endif
#if (defined __USE_XOPEN_EXTENDED && !defined __USE_XOPEN2K8) || defined __USE_MISC
struct sigstack { void *ss_sp; int ss_onstack; };
#endif
#if (defined __USE_XOPEN_EXTENDED && !defined __USE_XOPEN2K) || defined __USE_MISC
extern int sigstack(struct sigstack *, struct sigstack *);
#endif
#ifdef __USE_XOPEN_EXTENDED
extern int sighold(int);
extern int sigrelse(int);
extern int sigignore(int);
extern __sighandler_t sigset(int, __sighandler_t);
#endif
#ifdef __USE_POSIX199506
#include <bits/pthreadtypes.h>
#endif
extern int __libc_current_sigrtmin(void);
extern int __libc_current_sigrtmax(void);
#ifdef __USE_POSIX199506
extern int pthread_sigmask(int, const __sigset_t *, __sigset_t *);
extern int pthread_kill(pthread_t, int);
#endif
#ifdef __USE_GNU
extern int pthread_sigqueue(pthread_t, int, const union sigval);
#endif
#define SIGRTMIN (__libc_current_sigrtmin ())
#define SIGRTMAX (__libc_current_sigrtmax ())
#ifdef __USE_GNU
extern int tgkill(__pid_t, __pid_t, int);
#endif
#endif
`;
