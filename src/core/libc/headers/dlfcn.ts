/**
 * The header <dlfcn.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const dlfcnHeader = String.raw`#ifndef _DLFCN_H
#define _DLFCN_H 1
#include <features.h>
#include <bits/size_t.h>
#define RTLD_NEXT ((void *) -1l)
#define RTLD_DEFAULT ((void *) 0)
#ifdef __USE_GNU
typedef long int Lmid_t;
typedef struct {
  const char *dli_fname;
  void *dli_fbase;
  const char *dli_sname;
  void *dli_saddr;
} Dl_info;
#define DL_CALL_FCT(fctp, args) (_dl_mcount_wrapper_check ((void *) (fctp)), (*(fctp)) args)
extern void _dl_mcount_wrapper_check(void *);
struct link_map;
typedef struct {
  char *dls_name;
  unsigned int dls_flags;
} Dl_serpath;
typedef struct {
  size_t dls_size;
  unsigned int dls_cnt;
  __extension__ union {
    Dl_serpath dls_serpath[0];
    Dl_serpath __dls_serpath_pad[1];
  };
} Dl_serinfo;
struct dl_find_object {
  __extension__ unsigned long long int dlfo_flags;
  void *dlfo_map_start;
  void *dlfo_map_end;
  struct link_map *dlfo_link_map;
  void *dlfo_eh_frame;
#ifdef __i386__
  void *dlfo_eh_dbase;
  unsigned int __dlfo_eh_dbase_pad;
#endif
  __extension__ unsigned long long int __dflo_reserved[7];
};
#endif
#define RTLD_LAZY 0x00001
#define RTLD_NOW 0x00002
#define RTLD_BINDING_MASK 0x3
#define RTLD_NOLOAD 0x00004
#define RTLD_DEEPBIND 0x00008
#define RTLD_GLOBAL 0x00100
#define RTLD_LOCAL 0
#define RTLD_NODELETE 0x01000
#ifdef __USE_GNU
#define DLFO_STRUCT_HAS_EH_COUNT 0
#define LM_ID_BASE 0
#define LM_ID_NEWLM -1
#endif
#ifdef __x86_64__
#ifdef __USE_GNU
#define DLFO_STRUCT_HAS_EH_DBASE 0
#endif
#else
#ifdef __USE_GNU
#define DLFO_STRUCT_HAS_EH_DBASE 1
#endif
#endif
extern void *dlopen(const char *, int);
extern int dlclose(void *);
extern void *dlsym(void *, const char *);
extern char *dlerror(void);
#ifdef __USE_GNU
extern void *dlmopen(Lmid_t, const char *, int);
extern void *dlvsym(void *, const char *, const char *);
extern int dladdr(const void *, Dl_info *);
extern int dladdr1(const void *, Dl_info *, void **, int);
extern int dlinfo(void *, int, void *);
extern int _dl_find_object(void *, struct dl_find_object *);
#endif
#endif
`;
