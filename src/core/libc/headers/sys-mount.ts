/**
 * The header <sys/mount.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const sysMountHeader = String.raw`#ifndef _SYS_MOUNT_H
#define _SYS_MOUNT_H 1
#include <features.h>
#include <fcntl.h>
#include <stdint.h>
#include <stddef.h>
#ifndef __USE_GNU
#include <bits/size_t.h>
#endif
#include <bits/wchar_t.h>
#include <bits/null.h>
#include <sys/ioctl.h>
#include <linux/types.h>
#define MS_RDONLY 1
#define MS_NOSUID 2
#define MS_NODEV 4
#define MS_NOEXEC 8
#define MS_SYNCHRONOUS 16
#define MS_REMOUNT 32
#define MS_MANDLOCK 64
#define MS_DIRSYNC 128
#define MS_NOSYMFOLLOW 256
#define MS_NOATIME 1024
#define MS_NODIRATIME 2048
#define MS_BIND 4096
#define MS_MOVE 8192
#define MS_REC 16384
#define MS_VERBOSE 32768
#define MS_SILENT 32768
#define MS_POSIXACL (1<<16)
#define MS_UNBINDABLE (1<<17)
#define MS_PRIVATE (1<<18)
#define MS_SLAVE (1<<19)
#define MS_SHARED (1<<20)
#define MS_RELATIME (1<<21)
#define MS_KERNMOUNT (1<<22)
#define MS_I_VERSION (1<<23)
#define MS_STRICTATIME (1<<24)
#define MS_LAZYTIME (1<<25)
#define MS_SUBMOUNT (1<<26)
#define MS_NOREMOTELOCK (1<<27)
#define MS_NOSEC (1<<28)
#define MS_BORN (1<<29)
#define MS_ACTIVE (1<<30)
#define MS_NOUSER (1<<31)
#define MS_RMT_MASK (MS_RDONLY|MS_SYNCHRONOUS|MS_MANDLOCK|MS_I_VERSION| MS_LAZYTIME)
#define MS_MGC_VAL 0xC0ED0000
#define MS_MGC_MSK 0xffff0000
#define OPEN_TREE_CLONE 1
#define OPEN_TREE_CLOEXEC O_CLOEXEC
#define MOVE_MOUNT_F_SYMLINKS 0x00000001
#define MOVE_MOUNT_F_AUTOMOUNTS 0x00000002
#define MOVE_MOUNT_F_EMPTY_PATH 0x00000004
#define MOVE_MOUNT_T_SYMLINKS 0x00000010
#define MOVE_MOUNT_T_AUTOMOUNTS 0x00000020
#define MOVE_MOUNT_T_EMPTY_PATH 0x00000040
#define MOVE_MOUNT_SET_GROUP 0x00000100
#define MOVE_MOUNT__MASK 0x00000177
#define FSOPEN_CLOEXEC 0x00000001
#define FSPICK_CLOEXEC 0x00000001
#define FSPICK_SYMLINK_NOFOLLOW 0x00000002
#define FSPICK_NO_AUTOMOUNT 0x00000004
#define FSPICK_EMPTY_PATH 0x00000008
enum fsconfig_command {
  FSCONFIG_SET_FLAG = 0,
  FSCONFIG_SET_STRING = 1,
  FSCONFIG_SET_BINARY = 2,
  FSCONFIG_SET_PATH = 3,
  FSCONFIG_SET_PATH_EMPTY = 4,
  FSCONFIG_SET_FD = 5,
  FSCONFIG_CMD_CREATE = 6,
  FSCONFIG_CMD_RECONFIGURE = 7,
};
#define FSMOUNT_CLOEXEC 0x00000001
#define MOUNT_ATTR_RDONLY 0x00000001
#define MOUNT_ATTR_NOSUID 0x00000002
#define MOUNT_ATTR_NODEV 0x00000004
#define MOUNT_ATTR_NOEXEC 0x00000008
#define MOUNT_ATTR__ATIME 0x00000070
#define MOUNT_ATTR_RELATIME 0x00000000
#define MOUNT_ATTR_NOATIME 0x00000010
#define MOUNT_ATTR_STRICTATIME 0x00000020
#define MOUNT_ATTR_NODIRATIME 0x00000080
#define MOUNT_ATTR_IDMAP 0x00100000
#define MOUNT_ATTR_NOSYMFOLLOW 0x00200000
struct mount_attr {
  __u64 attr_set;
  __u64 attr_clr;
  __u64 propagation;
  __u64 userns_fd;
};
#define MOUNT_ATTR_SIZE_VER0 32
#define BLOCK_SIZE_BITS 10
#define BLOCK_SIZE (1<<BLOCK_SIZE_BITS)
#undef MS_RDONLY
#undef MS_NOSUID
#undef MS_NODEV
#undef MS_NOEXEC
#undef MS_SYNCHRONOUS
#undef MS_REMOUNT
#undef MS_MANDLOCK
#undef MS_DIRSYNC
#undef MS_NOSYMFOLLOW
#undef MS_NOATIME
#undef MS_NODIRATIME
#undef MS_BIND
#undef MS_MOVE
#undef MS_REC
#undef MS_SILENT
#undef MS_POSIXACL
#undef MS_UNBINDABLE
#undef MS_PRIVATE
#undef MS_SLAVE
#undef MS_SHARED
#undef MS_RELATIME
#undef MS_KERNMOUNT
#undef MS_I_VERSION
#undef MS_STRICTATIME
#undef MS_LAZYTIME
#undef MS_ACTIVE
#undef MS_NOUSER
enum {
  MS_RDONLY = 1,
  MS_NOSUID = 2,
  MS_NODEV = 4,
  MS_NOEXEC = 8,
  MS_SYNCHRONOUS = 16,
  MS_REMOUNT = 32,
  MS_MANDLOCK = 64,
  MS_DIRSYNC = 128,
  MS_NOSYMFOLLOW = 256,
  MS_NOATIME = 1024,
  MS_NODIRATIME = 2048,
  MS_BIND = 4096,
  MS_MOVE = 8192,
  MS_REC = 16384,
  MS_SILENT = 32768,
  MS_POSIXACL = 1 << 16,
  MS_UNBINDABLE = 1 << 17,
  MS_PRIVATE = 1 << 18,
  MS_SLAVE = 1 << 19,
  MS_SHARED = 1 << 20,
  MS_RELATIME = 1 << 21,
  MS_KERNMOUNT = 1 << 22,
  MS_I_VERSION = 1 << 23,
  MS_STRICTATIME = 1 << 24,
  MS_LAZYTIME = 1 << 25,
  MS_ACTIVE = 1 << 30,
  MS_NOUSER = 1 << 31,
};
#define MS_RDONLY MS_RDONLY
#define MS_NOSUID MS_NOSUID
#define MS_NODEV MS_NODEV
#define MS_NOEXEC MS_NOEXEC
#define MS_SYNCHRONOUS MS_SYNCHRONOUS
#define MS_REMOUNT MS_REMOUNT
#define MS_MANDLOCK MS_MANDLOCK
#define MS_DIRSYNC MS_DIRSYNC
#define MS_NOSYMFOLLOW MS_NOSYMFOLLOW
#define MS_NOATIME MS_NOATIME
#define MS_NODIRATIME MS_NODIRATIME
#define MS_BIND MS_BIND
#define MS_MOVE MS_MOVE
#define MS_REC MS_REC
#define MS_SILENT MS_SILENT
#define MS_POSIXACL MS_POSIXACL
#define MS_UNBINDABLE MS_UNBINDABLE
#define MS_PRIVATE MS_PRIVATE
#define MS_SLAVE MS_SLAVE
#define MS_SHARED MS_SHARED
#define MS_RELATIME MS_RELATIME
#define MS_KERNMOUNT MS_KERNMOUNT
#define MS_I_VERSION MS_I_VERSION
#define MS_STRICTATIME MS_STRICTATIME
#define MS_LAZYTIME MS_LAZYTIME
#define MS_ACTIVE MS_ACTIVE
#define MS_NOUSER MS_NOUSER
#define MS_RMT_MASK (MS_RDONLY|MS_SYNCHRONOUS|MS_MANDLOCK|MS_I_VERSION |MS_LAZYTIME)
#define MS_MGC_VAL 0xc0ed0000
#define BLKROSET _IO(0x12, 93)
#define BLKROGET _IO(0x12, 94)
#define BLKRRPART _IO(0x12, 95)
#define BLKGETSIZE _IO(0x12, 96)
#define BLKFLSBUF _IO(0x12, 97)
#define BLKRASET _IO(0x12, 98)
#define BLKRAGET _IO(0x12, 99)
#define BLKFRASET _IO(0x12,100)
#define BLKFRAGET _IO(0x12,101)
#define BLKSECTSET _IO(0x12,102)
#define BLKSECTGET _IO(0x12,103)
#define BLKSSZGET _IO(0x12,104)
#define BLKBSZGET _IOR(0x12,112,size_t)
#define BLKBSZSET _IOW(0x12,113,size_t)
#define BLKGETSIZE64 _IOR(0x12,114,size_t)
enum {
  MNT_FORCE = 1,
  MNT_DETACH = 2,
  MNT_EXPIRE = 4,
  UMOUNT_NOFOLLOW = 8,
};
#define MNT_FORCE MNT_FORCE
#define MNT_DETACH MNT_DETACH
#define MNT_EXPIRE MNT_EXPIRE
#define UMOUNT_NOFOLLOW UMOUNT_NOFOLLOW
extern int mount(const char *, const char *, const char *, unsigned long int, const void *);
extern int umount(const char *);
extern int umount2(const char *, int);
extern int fsopen(const char *, unsigned int);
extern int fsmount(int, unsigned int, unsigned int);
extern int move_mount(int, const char *, int, const char *, unsigned int flags);
extern int fsconfig(int, unsigned int, const char *, const void *, int);
extern int fspick(int, const char *, unsigned int);
extern int open_tree(int, const char *, unsigned int);
extern int mount_setattr(int, const char *, unsigned int, struct mount_attr *, size_t);
#endif
`;
