/**
 * The header <ctype.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const ctypeHeader = String.raw`#ifndef _CTYPE_H
#define _CTYPE_H 1
#include <features.h>
#include <bits/types.h>
#define _ISbit(bit) ((bit) < 8 ? ((1 << (bit)) << 8) : ((1 << (bit)) >> 8))
enum {
  _ISupper = _ISbit (0),
  _ISlower = _ISbit (1),
  _ISalpha = _ISbit (2),
  _ISdigit = _ISbit (3),
  _ISxdigit = _ISbit (4),
  _ISspace = _ISbit (5),
  _ISprint = _ISbit (6),
  _ISgraph = _ISbit (7),
  _ISblank = _ISbit (8),
  _IScntrl = _ISbit (9),
  _ISpunct = _ISbit (10),
  _ISalnum = _ISbit (11)
};
extern const unsigned short int **__ctype_b_loc(void) __attribute__((__const__));
extern const __int32_t **__ctype_tolower_loc(void) __attribute__((__const__));
extern const __int32_t **__ctype_toupper_loc(void) __attribute__((__const__));
#ifdef __USE_XOPEN2K8
#include <bits/locale_t.h>
#endif
extern int isalnum(int);
extern int isalpha(int);
extern int iscntrl(int);
extern int isdigit(int);
extern int islower(int);
extern int isgraph(int);
extern int isprint(int);
extern int ispunct(int);
extern int isspace(int);
extern int isupper(int);
extern int isxdigit(int);
extern int tolower(int);
extern int toupper(int);
extern int isblank(int);
extern int isascii(int);
extern int toascii(int);
extern int _toupper(int);
extern int _tolower(int);
extern int isalnum_l(int, locale_t);
extern int isalpha_l(int, locale_t);
extern int iscntrl_l(int, locale_t);
extern int isdigit_l(int, locale_t);
extern int islower_l(int, locale_t);
extern int isgraph_l(int, locale_t);
extern int isprint_l(int, locale_t);
extern int ispunct_l(int, locale_t);
extern int isspace_l(int, locale_t);
extern int isupper_l(int, locale_t);
extern int isxdigit_l(int, locale_t);
extern int isblank_l(int, locale_t);
extern int tolower_l(int, locale_t);
extern int toupper_l(int, locale_t);
#ifdef __USE_GNU
extern int isctype(int, int);
#endif
#define __isctype(c, type) ((*__ctype_b_loc ())[(int) (c)] & (unsigned short int) type)
#define isalnum(c) __isctype((c), _ISalnum)
#define isalpha(c) __isctype((c), _ISalpha)
#define iscntrl(c) __isctype((c), _IScntrl)
#define isdigit(c) __isctype((c), _ISdigit)
#define islower(c) __isctype((c), _ISlower)
#define isgraph(c) __isctype((c), _ISgraph)
#define isprint(c) __isctype((c), _ISprint)
#define ispunct(c) __isctype((c), _ISpunct)
#define isspace(c) __isctype((c), _ISspace)
#define isupper(c) __isctype((c), _ISupper)
#define isxdigit(c) __isctype((c), _ISxdigit)
#define isblank(c) __isctype((c), _ISblank)
#ifdef __USE_XOPEN2K8
#define __isalnum_l(c, l) (((l)->__ctype_b)[(int) (c)] & (unsigned short int) _ISalnum)
#define isalnum_l(c, l) __isalnum_l ((c), (l))
#define __isalpha_l(c, l) (((l)->__ctype_b)[(int) (c)] & (unsigned short int) _ISalpha)
#define isalpha_l(c, l) __isalpha_l ((c), (l))
#define __iscntrl_l(c, l) (((l)->__ctype_b)[(int) (c)] & (unsigned short int) _IScntrl)
#define iscntrl_l(c, l) __iscntrl_l ((c), (l))
#define __isdigit_l(c, l) (((l)->__ctype_b)[(int) (c)] & (unsigned short int) _ISdigit)
#define isdigit_l(c, l) __isdigit_l ((c), (l))
#define __islower_l(c, l) (((l)->__ctype_b)[(int) (c)] & (unsigned short int) _ISlower)
#define islower_l(c, l) __islower_l ((c), (l))
#define __isgraph_l(c, l) (((l)->__ctype_b)[(int) (c)] & (unsigned short int) _ISgraph)
#define isgraph_l(c, l) __isgraph_l ((c), (l))
#define __isprint_l(c, l) (((l)->__ctype_b)[(int) (c)] & (unsigned short int) _ISprint)
#define isprint_l(c, l) __isprint_l ((c), (l))
#define __ispunct_l(c, l) (((l)->__ctype_b)[(int) (c)] & (unsigned short int) _ISpunct)
#define ispunct_l(c, l) __ispunct_l ((c), (l))
#define __isspace_l(c, l) (((l)->__ctype_b)[(int) (c)] & (unsigned short int) _ISspace)
#define isspace_l(c, l) __isspace_l ((c), (l))
#define __isupper_l(c, l) (((l)->__ctype_b)[(int) (c)] & (unsigned short int) _ISupper)
#define isupper_l(c, l) __isupper_l ((c), (l))
#define __isxdigit_l(c, l) (((l)->__ctype_b)[(int) (c)] & (unsigned short int) _ISxdigit)
#define isxdigit_l(c, l) __isxdigit_l ((c), (l))
#define __isblank_l(c, l) (((l)->__ctype_b)[(int) (c)] & (unsigned short int) _ISblank)
#define isblank_l(c, l) __isblank_l ((c), (l))
#endif
#ifdef __USE_MISC
#define __isascii(c) (((c) & ~0x7f) == 0)
#define __toascii(c) ((c) & 0x7f)
#define isascii(c) __isascii (c)
#define toascii(c) __toascii (c)
#define _tolower(c) ((int) (*__ctype_tolower_loc ())[(int) (c)])
#define _toupper(c) ((int) (*__ctype_toupper_loc ())[(int) (c)])
#endif
#endif
`;
