/**
 * The header <sys/statfs.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysStatfsHeader = String.raw`#ifndef _SYS_STATFS_H
#define _SYS_STATFS_H 1
#include <features.h>
#include <bits/types.h>
#ifndef __USE_FILE_OFFSET64
struct statfs {
  __fsword_t f_type;
  __fsword_t f_bsize;
  __fsblkcnt_t f_blocks;
  __fsblkcnt_t f_bfree;
  __fsblkcnt_t f_bavail;
  __fsfilcnt_t f_files;
  __fsfilcnt_t f_ffree;
  __fsid_t f_fsid;
  __fsword_t f_namelen;
  __fsword_t f_frsize;
  __fsword_t f_flags;
  __fsword_t f_spare[4];
};
#else
struct statfs {
  __fsword_t f_type;
  __fsword_t f_bsize;
  __fsblkcnt64_t f_blocks;
  __fsblkcnt64_t f_bfree;
  __fsblkcnt64_t f_bavail;
  __fsfilcnt64_t f_files;
  __fsfilcnt64_t f_ffree;
  __fsid_t f_fsid;
  __fsword_t f_namelen;
  __fsword_t f_frsize;
  __fsword_t f_flags;
  __fsword_t f_spare[4];
};
#endif
#ifdef __USE_LARGEFILE64
struct statfs64 {
  __fsword_t f_type;
  __fsword_t f_bsize;
  __fsblkcnt64_t f_blocks;
  __fsblkcnt64_t f_bfree;
  __fsblkcnt64_t f_bavail;
  __fsfilcnt64_t f_files;
  __fsfilcnt64_t f_ffree;
  __fsid_t f_fsid;
  __fsword_t f_namelen;
  __fsword_t f_frsize;
  __fsword_t f_flags;
  __fsword_t f_spare[4];
};
#endif
#define _STATFS_F_NAMELEN
#define _STATFS_F_FRSIZE
#define _STATFS_F_FLAGS
extern int statfs(const char *, struct statfs *);
extern int fstatfs(int, struct statfs *);
#ifdef __USE_LARGEFILE64
extern int statfs64(const char *, struct statfs64 *);
extern int fstatfs64(int, struct statfs64 *);
#endif
#endif
`;
