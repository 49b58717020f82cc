/**
 * The header <sys/uio.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysUioHeader = String.raw`#ifndef _SYS_UIO_H
#define _SYS_UIO_H 1
#include <features.h>
#include <sys/types.h>
#include <bits/struct_iovec.h>
#include <bits/uio_lim.h>
#define UIO_MAXIOV __IOV_MAX
extern ssize_t readv(int, const struct iovec *, int);
extern ssize_t writev(int, const struct iovec *, int);
#if defined __USE_MISC && !defined __USE_FILE_OFFSET64
extern ssize_t preadv(int, const struct iovec *, int, __off_t);
extern ssize_t pwritev(int, const struct iovec *, int, __off_t);
#endif
#if defined __USE_MISC && defined __USE_FILE_OFFSET64
extern ssize_t preadv(int, const struct iovec *, int, __off64_t);
extern ssize_t pwritev(int, const struct iovec *, int, __off64_t);
#endif
#if defined __USE_MISC && defined __USE_LARGEFILE64
extern ssize_t preadv64(int, const struct iovec *, int, __off64_t);
extern ssize_t pwritev64(int, const struct iovec *, int, __off64_t);
#endif
#if defined __USE_GNU && !defined __USE_FILE_OFFSET64
extern ssize_t preadv2(int, const struct iovec *, int, __off_t, int);
extern ssize_t pwritev2(int, const struct iovec *, int, __off_t, int);
#endif
#if defined __USE_GNU && defined __USE_FILE_OFFSET64
extern ssize_t pwritev2(int, const struct iovec *, int, __off64_t, int) __asm__("pwritev64v2");
extern ssize_t preadv2(int, const struct iovec *, int, __off64_t, int) __asm__("preadv64v2");
#endif
#ifdef __USE_GNU
extern ssize_t preadv64v2(int, const struct iovec *, int, __off64_t, int);
extern ssize_t pwritev64v2(int, const struct iovec *, int, __off64_t, int);
extern ssize_t process_vm_readv(pid_t, const struct iovec *, unsigned long int, const struct iovec *, unsigned long int, unsigned long int);
extern ssize_t process_vm_writev(pid_t, const struct iovec *, unsigned long int, const struct iovec *, unsigned long int, unsigned long int);
#define RWF_HIPRI 0x00000001
#define RWF_DSYNC 0x00000002
#define RWF_SYNC 0x00000004
#define RWF_NOWAIT 0x00000008
#define RWF_APPEND 0x00000010
#define RWF_NOAPPEND 0x00000020
#endif
#endif
`;
