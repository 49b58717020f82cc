/**
 * The header <features.h>: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const featuresHeader = String.raw`/* What the feature test macros ask for, in the terms of glibc 2.36. */
#ifndef _FEATURES_H
#define _FEATURES_H 1
#if (defined _BSD_SOURCE || defined _SVID_SOURCE) && !defined _DEFAULT_SOURCE
#define _DEFAULT_SOURCE 1
#endif
#ifdef _GNU_SOURCE
#undef _ISOC95_SOURCE
#define _ISOC95_SOURCE 1
#undef _ISOC99_SOURCE
#define _ISOC99_SOURCE 1
#undef _ISOC11_SOURCE
#define _ISOC11_SOURCE 1
#undef _ISOC2X_SOURCE
#define _ISOC2X_SOURCE 1
#undef _POSIX_SOURCE
#define _POSIX_SOURCE 1
#undef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#undef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#undef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#undef _LARGEFILE64_SOURCE
#define _LARGEFILE64_SOURCE 1
#undef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE 1
#undef _ATFILE_SOURCE
#define _ATFILE_SOURCE 1
#undef _DYNAMIC_STACK_SIZE_SOURCE
#define _DYNAMIC_STACK_SIZE_SOURCE 1
#endif
/* Without any request everything but the GNU extensions is there. */
#if defined _DEFAULT_SOURCE \
  || (!defined __STRICT_ANSI__ && !defined _ISOC99_SOURCE && !defined _ISOC11_SOURCE && !defined _ISOC2X_SOURCE \
      && !defined _POSIX_SOURCE && !defined _POSIX_C_SOURCE && !defined _XOPEN_SOURCE)
#undef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE 1
#endif
#if defined _ISOC2X_SOURCE || __STDC_VERSION__ - 0 > 201710L
#define __GLIBC_USE_ISOC2X 1
#else
#define __GLIBC_USE_ISOC2X 0
#endif
#if defined _ISOC11_SOURCE || defined _ISOC2X_SOURCE || __STDC_VERSION__ - 0 >= 201112L
#define __USE_ISOC11 1
#endif
#if defined _ISOC99_SOURCE || defined _ISOC11_SOURCE || defined _ISOC2X_SOURCE || __STDC_VERSION__ - 0 >= 199901L
#define __USE_ISOC99 1
#endif
#if defined _ISOC99_SOURCE || defined _ISOC11_SOURCE || defined _ISOC2X_SOURCE || __STDC_VERSION__ - 0 >= 199409L
#define __USE_ISOC95 1
#endif
#ifdef _DEFAULT_SOURCE
#if !defined _POSIX_SOURCE && !defined _POSIX_C_SOURCE
#define __USE_POSIX_IMPLICITLY 1
#endif
#undef _POSIX_SOURCE
#define _POSIX_SOURCE 1
#undef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#if (!defined __STRICT_ANSI__ || _XOPEN_SOURCE - 0 >= 500) && !defined _POSIX_SOURCE && !defined _POSIX_C_SOURCE
#define __USE_POSIX_IMPLICITLY 1
#define _POSIX_SOURCE 1
#if defined _XOPEN_SOURCE && _XOPEN_SOURCE - 0 < 500
#define _POSIX_C_SOURCE 2
#elif defined _XOPEN_SOURCE && _XOPEN_SOURCE - 0 < 600
#define _POSIX_C_SOURCE 199506L
#elif defined _XOPEN_SOURCE && _XOPEN_SOURCE - 0 < 700
#define _POSIX_C_SOURCE 200112L
#else
#define _POSIX_C_SOURCE 200809L
#endif
#endif
#if defined _POSIX_SOURCE || _POSIX_C_SOURCE - 0 >= 1 || defined _XOPEN_SOURCE
#define __USE_POSIX 1
#endif
#if _POSIX_C_SOURCE - 0 >= 2 || defined _XOPEN_SOURCE
#define __USE_POSIX2 1
#endif
#if _POSIX_C_SOURCE - 0 >= 199309L
#define __USE_POSIX199309 1
#endif
#if _POSIX_C_SOURCE - 0 >= 199506L
#define __USE_POSIX199506 1
#endif
#if _POSIX_C_SOURCE - 0 >= 200112L || _XOPEN_SOURCE - 0 >= 600
#define __USE_XOPEN2K 1
#undef __USE_ISOC95
#define __USE_ISOC95 1
#undef __USE_ISOC99
#define __USE_ISOC99 1
#endif
#if _POSIX_C_SOURCE - 0 >= 200809L
#undef _ATFILE_SOURCE
#define _ATFILE_SOURCE 1
#endif
#if _POSIX_C_SOURCE - 0 >= 200809L || _XOPEN_SOURCE - 0 >= 700
#define __USE_XOPEN2K8 1
#endif
#ifdef _XOPEN_SOURCE
#define __USE_XOPEN 1
#if _XOPEN_SOURCE - 0 >= 500
#define __USE_XOPEN_EXTENDED 1
#define __USE_UNIX98 1
#undef _LARGEFILE_SOURCE
#define _LARGEFILE_SOURCE 1
#elif defined _XOPEN_SOURCE_EXTENDED
#define __USE_XOPEN_EXTENDED 1
#endif
#if _XOPEN_SOURCE - 0 >= 600
#define __USE_XOPEN2KXSI 1
#endif
#if _XOPEN_SOURCE - 0 >= 700
#define __USE_XOPEN2K8XSI 1
#endif
#endif
#ifdef _LARGEFILE_SOURCE
#define __USE_LARGEFILE 1
#endif
#ifdef _LARGEFILE64_SOURCE
#define __USE_LARGEFILE64 1
#endif
#if defined _FILE_OFFSET_BITS && _FILE_OFFSET_BITS == 64
#define __USE_FILE_OFFSET64 1
#endif
#ifdef _DEFAULT_SOURCE
#define __USE_MISC 1
#endif
#ifdef _ATFILE_SOURCE
#define __USE_ATFILE 1
#endif
#ifdef _DYNAMIC_STACK_SIZE_SOURCE
#define __USE_DYNAMIC_STACK_SIZE 1
#endif
#ifdef _GNU_SOURCE
#define __USE_GNU 1
#endif
#define __USE_FORTIFY_LEVEL 0
/* Features that no __USE_ macro stands for. */
#define __GLIBC_USE(F) __GLIBC_USE_ ## F
#ifdef __USE_ISOC11
#define __GLIBC_USE_DEPRECATED_GETS 0
#else
#define __GLIBC_USE_DEPRECATED_GETS 1
#endif
#if defined __USE_GNU && !(__STDC_VERSION__ - 0 >= 199901L)
#define __GLIBC_USE_DEPRECATED_SCANF 1
#else
#define __GLIBC_USE_DEPRECATED_SCANF 0
#endif
#if defined __USE_GNU || (defined __STDC_WANT_LIB_EXT2__ && __STDC_WANT_LIB_EXT2__ > 0)
#define __GLIBC_USE_LIB_EXT2 1
#else
#define __GLIBC_USE_LIB_EXT2 0
#endif
#if defined __USE_GNU || defined __STDC_WANT_IEC_60559_BFP_EXT__
#define __GLIBC_USE_IEC_60559_BFP_EXT 1
#else
#define __GLIBC_USE_IEC_60559_BFP_EXT 0
#endif
#if __GLIBC_USE_IEC_60559_BFP_EXT || __GLIBC_USE_ISOC2X
#define __GLIBC_USE_IEC_60559_BFP_EXT_C2X 1
#else
#define __GLIBC_USE_IEC_60559_BFP_EXT_C2X 0
#endif
#if defined __USE_GNU || defined __STDC_WANT_IEC_60559_EXT__
#define __GLIBC_USE_IEC_60559_EXT 1
#else
#define __GLIBC_USE_IEC_60559_EXT 0
#endif
#if defined __USE_GNU || defined __STDC_WANT_IEC_60559_FUNCS_EXT__
#define __GLIBC_USE_IEC_60559_FUNCS_EXT 1
#else
#define __GLIBC_USE_IEC_60559_FUNCS_EXT 0
#endif
#if __GLIBC_USE_IEC_60559_FUNCS_EXT || __GLIBC_USE_ISOC2X
#define __GLIBC_USE_IEC_60559_FUNCS_EXT_C2X 1
#else
#define __GLIBC_USE_IEC_60559_FUNCS_EXT_C2X 0
#endif
#if defined __USE_GNU || defined __STDC_WANT_IEC_60559_TYPES_EXT__
#define __GLIBC_USE_IEC_60559_TYPES_EXT 1
#else
#define __GLIBC_USE_IEC_60559_TYPES_EXT 0
#endif
#undef __GNU_LIBRARY__
#define __GNU_LIBRARY__ 6
#define __GLIBC__ 2
#define __GLIBC_MINOR__ 36
#define __GLIBC_PREREQ(maj, min) ((__GLIBC__ << 16) + __GLIBC_MINOR__ >= ((maj) << 16) + (min))
/* Where <sys/cdefs.h> is the first header, functions cannot be redirected to their 64-bit forms. */
#if defined __USE_FILE_OFFSET64 && defined _SYS_CDEFS_H
#define __USE_LARGEFILE 1
#define __USE_LARGEFILE64 1
#endif
#include <sys/cdefs.h>
#endif
`;
