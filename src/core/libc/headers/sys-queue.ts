/**
 * The header <sys/queue.h>: lists of 4.4BSD as macros, with the names and fields of glibc 2.36, in our own words.
 */

/** Singly linked lists, doubly linked lists. */
const lists = String.raw`#define LIST_HEAD(name, type) struct name { struct type *lh_first; }
#define LIST_HEAD_INITIALIZER(head) { ((void *)0) }
#define LIST_ENTRY(type) struct { struct type *le_next; struct type **le_prev; }
#define LIST_INIT(head) do { (head)->lh_first = ((void *)0); } while (0)
#define LIST_INSERT_AFTER(at, elm, field) do { \
    if (((elm)->field.le_next = (at)->field.le_next) != ((void *)0)) \
      (at)->field.le_next->field.le_prev = &(elm)->field.le_next; \
    (at)->field.le_next = (elm); \
    (elm)->field.le_prev = &(at)->field.le_next; \
  } while (0)
#define LIST_INSERT_BEFORE(at, elm, field) do { \
    (elm)->field.le_prev = (at)->field.le_prev; \
    (elm)->field.le_next = (at); \
    *(at)->field.le_prev = (elm); \
    (at)->field.le_prev = &(elm)->field.le_next; \
  } while (0)
#define LIST_INSERT_HEAD(head, elm, field) do { \
    if (((elm)->field.le_next = (head)->lh_first) != ((void *)0)) \
      (head)->lh_first->field.le_prev = &(elm)->field.le_next; \
    (head)->lh_first = (elm); \
    (elm)->field.le_prev = &(head)->lh_first; \
  } while (0)
#define LIST_REMOVE(elm, field) do { \
    if ((elm)->field.le_next != ((void *)0)) (elm)->field.le_next->field.le_prev = (elm)->field.le_prev; \
    *(elm)->field.le_prev = (elm)->field.le_next; \
  } while (0)
#define LIST_FOREACH(var, head, field) for ((var) = ((head)->lh_first); (var); (var) = ((var)->field.le_next))
#define LIST_EMPTY(head) ((head)->lh_first == ((void *)0))
#define LIST_FIRST(head) ((head)->lh_first)
#define LIST_NEXT(elm, field) ((elm)->field.le_next)
#define SLIST_HEAD(name, type) struct name { struct type *slh_first; }
#define SLIST_HEAD_INITIALIZER(head) { ((void *)0) }
#define SLIST_ENTRY(type) struct { struct type *sle_next; }
#define SLIST_INIT(head) do { (head)->slh_first = ((void *)0); } while (0)
#define SLIST_INSERT_AFTER(at, elm, field) do { \
    (elm)->field.sle_next = (at)->field.sle_next; \
    (at)->field.sle_next = (elm); \
  } while (0)
#define SLIST_INSERT_HEAD(head, elm, field) do { \
    (elm)->field.sle_next = (head)->slh_first; \
    (head)->slh_first = (elm); \
  } while (0)
#define SLIST_REMOVE_HEAD(head, field) do { (head)->slh_first = (head)->slh_first->field.sle_next; } while (0)
#define SLIST_REMOVE(head, elm, type, field) do { \
    if ((head)->slh_first == (elm)) SLIST_REMOVE_HEAD((head), field); \
    else { \
      struct type *at = (head)->slh_first; \
      while (at->field.sle_next != (elm)) at = at->field.sle_next; \
      at->field.sle_next = at->field.sle_next->field.sle_next; \
    } \
  } while (0)
#define SLIST_FOREACH(var, head, field) for ((var) = (head)->slh_first; (var); (var) = (var)->field.sle_next)
#define SLIST_EMPTY(head) ((head)->slh_first == ((void *)0))
#define SLIST_FIRST(head) ((head)->slh_first)
#define SLIST_NEXT(elm, field) ((elm)->field.sle_next)
`;

/** Singly linked queues of two families, which differ by their letters only. */
const singleQueue = (family: string, letters: string): string => {
  const first = `${letters}h_first`;
  const last = `${letters}h_last`;
  const next = `${letters}e_next`;
  return String.raw`#define ${family}_HEAD(name, type) struct name { struct type *${first}; struct type **${last}; }
#define ${family}_HEAD_INITIALIZER(head) { ((void *)0), &(head).${first} }
#define ${family}_ENTRY(type) struct { struct type *${next}; }
#define ${family}_INIT(head) do { \
    (head)->${first} = ((void *)0); \
    (head)->${last} = &(head)->${first}; \
  } while (0)
#define ${family}_INSERT_HEAD(head, elm, field) do { \
    if (((elm)->field.${next} = (head)->${first}) == ((void *)0)) (head)->${last} = &(elm)->field.${next}; \
    (head)->${first} = (elm); \
  } while (0)
#define ${family}_INSERT_TAIL(head, elm, field) do { \
    (elm)->field.${next} = ((void *)0); \
    *(head)->${last} = (elm); \
    (head)->${last} = &(elm)->field.${next}; \
  } while (0)
#define ${family}_INSERT_AFTER(head, at, elm, field) do { \
    if (((elm)->field.${next} = (at)->field.${next}) == ((void *)0)) (head)->${last} = &(elm)->field.${next}; \
    (at)->field.${next} = (elm); \
  } while (0)
#define ${family}_REMOVE_HEAD(head, field) do { \
    if (((head)->${first} = (head)->${first}->field.${next}) == ((void *)0)) (head)->${last} = &(head)->${first}; \
  } while (0)
#define ${family}_REMOVE(head, elm, type, field) do { \
    if ((head)->${first} == (elm)) ${family}_REMOVE_HEAD((head), field); \
    else { \
      struct type *at = (head)->${first}; \
      while (at->field.${next} != (elm)) at = at->field.${next}; \
      if ((at->field.${next} = at->field.${next}->field.${next}) == ((void *)0)) \
        (head)->${last} = &at->field.${next}; \
    } \
  } while (0)
#define ${family}_FOREACH(var, head, field) for ((var) = ((head)->${first}); (var); (var) = ((var)->field.${next}))
#define ${family}_EMPTY(head) ((head)->${first} == ((void *)0))
#define ${family}_FIRST(head) ((head)->${first})
#define ${family}_NEXT(elm, field) ((elm)->field.${next})
`;
};

const concat = String.raw`#define STAILQ_CONCAT(head1, head2) do { \
    if (!STAILQ_EMPTY((head2))) { \
      *(head1)->stqh_last = (head2)->stqh_first; \
      (head1)->stqh_last = (head2)->stqh_last; \
      STAILQ_INIT((head2)); \
    } \
  } while (0)
`;

/** Doubly linked queues, and those that close a circle. */
const doubleQueues = String.raw`#define _TAILQ_HEAD(name, type, qual) struct name { qual type *tqh_first; qual type *qual *tqh_last; }
#define TAILQ_HEAD(name, type) _TAILQ_HEAD(name, struct type, )
#define TAILQ_HEAD_INITIALIZER(head) { ((void *)0), &(head).tqh_first }
#define _TAILQ_ENTRY(type, qual) struct { qual type *tqe_next; qual type *qual *tqe_prev; }
#define TAILQ_ENTRY(type) _TAILQ_ENTRY(struct type, )
#define TAILQ_INIT(head) do { \
    (head)->tqh_first = ((void *)0); \
    (head)->tqh_last = &(head)->tqh_first; \
  } while (0)
#define TAILQ_INSERT_HEAD(head, elm, field) do { \
    if (((elm)->field.tqe_next = (head)->tqh_first) != ((void *)0)) \
      (head)->tqh_first->field.tqe_prev = &(elm)->field.tqe_next; \
    else (head)->tqh_last = &(elm)->field.tqe_next; \
    (head)->tqh_first = (elm); \
    (elm)->field.tqe_prev = &(head)->tqh_first; \
  } while (0)
#define TAILQ_INSERT_TAIL(head, elm, field) do { \
    (elm)->field.tqe_next = ((void *)0); \
    (elm)->field.tqe_prev = (head)->tqh_last; \
    *(head)->tqh_last = (elm); \
    (head)->tqh_last = &(elm)->field.tqe_next; \
  } while (0)
#define TAILQ_INSERT_AFTER(head, at, elm, field) do { \
    if (((elm)->field.tqe_next = (at)->field.tqe_next) != ((void *)0)) \
      (elm)->field.tqe_next->field.tqe_prev = &(elm)->field.tqe_next; \
    else (head)->tqh_last = &(elm)->field.tqe_next; \
    (at)->field.tqe_next = (elm); \
    (elm)->field.tqe_prev = &(at)->field.tqe_next; \
  } while (0)
#define TAILQ_INSERT_BEFORE(at, elm, field) do { \
    (elm)->field.tqe_prev = (at)->field.tqe_prev; \
    (elm)->field.tqe_next = (at); \
    *(at)->field.tqe_prev = (elm); \
    (at)->field.tqe_prev = &(elm)->field.tqe_next; \
  } while (0)
#define TAILQ_REMOVE(head, elm, field) do { \
    if (((elm)->field.tqe_next) != ((void *)0)) (elm)->field.tqe_next->field.tqe_prev = (elm)->field.tqe_prev; \
    else (head)->tqh_last = (elm)->field.tqe_prev; \
    *(elm)->field.tqe_prev = (elm)->field.tqe_next; \
  } while (0)
#define TAILQ_FOREACH(var, head, field) \
  for ((var) = ((head)->tqh_first); (var); (var) = ((var)->field.tqe_next))
#define TAILQ_FOREACH_REVERSE(var, head, headname, field) \
  for ((var) = (*(((struct headname *)((head)->tqh_last))->tqh_last)); (var); \
       (var) = (*(((struct headname *)((var)->field.tqe_prev))->tqh_last)))
#define TAILQ_CONCAT(head1, head2, field) do { \
    if (!TAILQ_EMPTY(head2)) { \
      *(head1)->tqh_last = (head2)->tqh_first; \
      (head2)->tqh_first->field.tqe_prev = (head1)->tqh_last; \
      (head1)->tqh_last = (head2)->tqh_last; \
      TAILQ_INIT((head2)); \
    } \
  } while (0)
#define TAILQ_EMPTY(head) ((head)->tqh_first == ((void *)0))
#define TAILQ_FIRST(head) ((head)->tqh_first)
#define TAILQ_NEXT(elm, field) ((elm)->field.tqe_next)
#define TAILQ_LAST(head, headname) (*(((struct headname *)((head)->tqh_last))->tqh_last))
#define TAILQ_PREV(elm, headname, field) (*(((struct headname *)((elm)->field.tqe_prev))->tqh_last))
#define CIRCLEQ_HEAD(name, type) struct name { struct type *cqh_first; struct type *cqh_last; }
#define CIRCLEQ_HEAD_INITIALIZER(head) { (void *)&head, (void *)&head }
#define CIRCLEQ_ENTRY(type) struct { struct type *cqe_next; struct type *cqe_prev; }
#define CIRCLEQ_INIT(head) do { \
    (head)->cqh_first = (void *)(head); \
    (head)->cqh_last = (void *)(head); \
  } while (0)
#define CIRCLEQ_INSERT_AFTER(head, at, elm, field) do { \
    (elm)->field.cqe_next = (at)->field.cqe_next; \
    (elm)->field.cqe_prev = (at); \
    if ((at)->field.cqe_next == (void *)(head)) (head)->cqh_last = (elm); \
    else (at)->field.cqe_next->field.cqe_prev = (elm); \
    (at)->field.cqe_next = (elm); \
  } while (0)
#define CIRCLEQ_INSERT_BEFORE(head, at, elm, field) do { \
    (elm)->field.cqe_next = (at); \
    (elm)->field.cqe_prev = (at)->field.cqe_prev; \
    if ((at)->field.cqe_prev == (void *)(head)) (head)->cqh_first = (elm); \
    else (at)->field.cqe_prev->field.cqe_next = (elm); \
    (at)->field.cqe_prev = (elm); \
  } while (0)
#define CIRCLEQ_INSERT_HEAD(head, elm, field) do { \
    (elm)->field.cqe_next = (head)->cqh_first; \
    (elm)->field.cqe_prev = (void *)(head); \
    if ((head)->cqh_last == (void *)(head)) (head)->cqh_last = (elm); \
    else (head)->cqh_first->field.cqe_prev = (elm); \
    (head)->cqh_first = (elm); \
  } while (0)
#define CIRCLEQ_INSERT_TAIL(head, elm, field) do { \
    (elm)->field.cqe_next = (void *)(head); \
    (elm)->field.cqe_prev = (head)->cqh_last; \
    if ((head)->cqh_first == (void *)(head)) (head)->cqh_first = (elm); \
    else (head)->cqh_last->field.cqe_next = (elm); \
    (head)->cqh_last = (elm); \
  } while (0)
#define CIRCLEQ_REMOVE(head, elm, field) do { \
    if ((elm)->field.cqe_next == (void *)(head)) (head)->cqh_last = (elm)->field.cqe_prev; \
    else (elm)->field.cqe_next->field.cqe_prev = (elm)->field.cqe_prev; \
    if ((elm)->field.cqe_prev == (void *)(head)) (head)->cqh_first = (elm)->field.cqe_next; \
    else (elm)->field.cqe_prev->field.cqe_next = (elm)->field.cqe_next; \
  } while (0)
#define CIRCLEQ_FOREACH(var, head, field) \
  for ((var) = ((head)->cqh_first); (var) != (const void *)(head); (var) = ((var)->field.cqe_next))
#define CIRCLEQ_FOREACH_REVERSE(var, head, field) \
  for ((var) = ((head)->cqh_last); (var) != (const void *)(head); (var) = ((var)->field.cqe_prev))
#define CIRCLEQ_EMPTY(head) ((head)->cqh_first == (void *)(head))
#define CIRCLEQ_FIRST(head) ((head)->cqh_first)
#define CIRCLEQ_LAST(head) ((head)->cqh_last)
#define CIRCLEQ_NEXT(elm, field) ((elm)->field.cqe_next)
#define CIRCLEQ_PREV(elm, field) ((elm)->field.cqe_prev)
#define CIRCLEQ_LOOP_NEXT(head, elm, field) \
  (((elm)->field.cqe_next == (void *)(head)) ? ((head)->cqh_first) : (elm->field.cqe_next))
#define CIRCLEQ_LOOP_PREV(head, elm, field) \
  (((elm)->field.cqe_prev == (void *)(head)) ? ((head)->cqh_last) : (elm->field.cqe_prev))
`;

/** Its text. */
export const sysQueueHeader = `#ifndef _SYS_QUEUE_H_
#define _SYS_QUEUE_H_
${lists}${singleQueue('STAILQ', 'stq')}${concat}${singleQueue('SIMPLEQ', 'sq')}${doubleQueues}#endif
`;
