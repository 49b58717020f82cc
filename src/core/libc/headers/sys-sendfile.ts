/**
 * The header <sys/sendfile.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysSendfileHeader = String.raw`#ifndef _SYS_SENDFILE_H
#define _SYS_SENDFILE_H 1
#include <features.h>
#include <sys/types.h>
#ifndef __USE_FILE_OFFSET64
extern ssize_t sendfile(int, int, off_t *, size_t);
#else
extern ssize_t sendfile(int, int, __off64_t *, size_t);
#endif
#ifdef __USE_LARGEFILE64
extern ssize_t sendfile64(int, int, __off64_t *, size_t);
#endif
#endif
`;
