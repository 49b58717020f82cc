/**
 * The header <search.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const searchHeader = String.raw`#ifndef _SEARCH_H
#define _SEARCH_H 1
#include <features.h>
#include <bits/size_t.h>
#ifdef __USE_GNU
struct qelem {
  struct qelem *q_forw;
  struct qelem *q_back;
  char q_data[1];
};
#endif
#if defined __USE_MISC || defined __USE_XOPEN_EXTENDED
extern void insque(void *, void *);
extern void remque(void *);
#endif
#define __COMPAR_FN_T
typedef int (*__compar_fn_t)(const void *, const void *);
#ifdef __USE_GNU
typedef __compar_fn_t comparison_fn_t;
#endif
typedef enum {
  FIND,
  ENTER,
} ACTION;
typedef struct entry { char *key; void *data; } ENTRY;
struct _ENTRY;
extern ENTRY *hsearch(ENTRY, ACTION);
extern int hcreate(size_t);
extern void hdestroy(void);
#ifdef __USE_GNU
struct hsearch_data {
  struct _ENTRY *table;
  unsigned int size;
  unsigned int filled;
};
extern int hsearch_r(ENTRY, ACTION, ENTRY **, struct hsearch_data *);
extern int hcreate_r(size_t, struct hsearch_data *);
extern void hdestroy_r(struct hsearch_data *);
#endif
typedef enum {
  preorder,
  postorder,
  endorder,
  leaf,
} VISIT;
extern void *tsearch(const void *, void **, __compar_fn_t);
extern void *tfind(const void *, void *const *, __compar_fn_t);
extern void *tdelete(const void *, void **, __compar_fn_t);
#define __ACTION_FN_T
typedef void (*__action_fn_t)(const void *, VISIT, int);
extern void twalk(const void *, __action_fn_t);
#ifdef __USE_GNU
extern void twalk_r(const void *, void (*)(const void *, VISIT, void *), void *);
typedef void (*__free_fn_t)(void *);
#endif
extern void *lfind(const void *, const void *, size_t *, size_t, __compar_fn_t);
extern void *lsearch(const void *, void *, size_t *, size_t, __compar_fn_t);
#ifdef __USE_GNU
extern void tdestroy(void *, __free_fn_t);
#endif
#endif
`;
