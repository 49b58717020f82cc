/**
 * The header <search.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const searchHeader = String.raw`#ifndef _SEARCH_H
#define _SEARCH_H 1
#include <features.h>
#include <bits/size_t.h>
typedef int (*__compar_fn_t)(const void *, const void *);
typedef enum { FIND, ENTER } ACTION;
typedef struct entry {
  char *key;
  void *data;
} ENTRY;
typedef enum { preorder, postorder, endorder, leaf } VISIT;
typedef void (*__action_fn_t)(const void *, VISIT, int);
#ifdef __USE_MISC
typedef void (*__free_fn_t)(void *);
#endif
#ifdef __USE_GNU
typedef __compar_fn_t comparison_fn_t;
struct _ENTRY;
struct hsearch_data {
  struct _ENTRY *table;
  unsigned int size;
  unsigned int filled;
};
struct qelem {
  struct qelem *q_forw;
  struct qelem *q_back;
  char q_data[1];
};
#endif
extern void insque(void *, void *);
extern void remque(void *);
extern ENTRY *hsearch(ENTRY, ACTION);
extern int hcreate(size_t);
extern void hdestroy(void);
extern void *tsearch(const void *, void **, __compar_fn_t);
extern void *tfind(const void *, void *const *, __compar_fn_t);
extern void *tdelete(const void *, void **, __compar_fn_t);
extern void twalk(const void *, __action_fn_t);
extern void *lfind(const void *, const void *, size_t *, size_t, __compar_fn_t);
extern void *lsearch(const void *, void *, size_t *, size_t, __compar_fn_t);
#ifdef __USE_GNU
extern int hsearch_r(ENTRY, ACTION, ENTRY **, struct hsearch_data *);
extern int hcreate_r(size_t, struct hsearch_data *);
extern void hdestroy_r(struct hsearch_data *);
extern void twalk_r(const void *, void (*) (const void *, VISIT, void *), void *);
extern void tdestroy(void *, __free_fn_t);
#endif
#endif
`;
