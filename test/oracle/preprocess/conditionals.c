#if 0
don't look "here
#elif 1
one
#else
two
#endif
#if defined(A) || !defined B && 3 > 2
three
#endif
#ifdef A
#if 1
#else
#endif
#elif 0
#else
four
#endif
#if 1
#elif 1/0
no
#elif this is not looked at (
#else
no
#endif
#define EMPTY
#define D defined(EMPTY)
#if D
five
#endif
#if 1 //comment
six /* comment
over lines */ #if
#endif
#if (-1 < 0U)
no
#else
seven
#endif
#if '\377' < 0 && 'ab' == 24930 && L'\x7fffffff' > 0
eight
#endif
#if 2 ? 3 ? 0 : 1 : 1
no
#else
nine
#endif
#if 0x7fffffffffffffff + 1U == 0x8000000000000000 && -9223372036854775807 - 1 < 0
ten
#endif
#if 1 ? 2 : 0 ? 0 : 0
eleven
#endif
#if -1 >> 1 == -1 && (1 << 63) < 0 && ~0u == 18446744073709551615u
twelve
#endif
#if (0 && 1 / 0) || (1 || 1 / 0)
thirteen
#endif
#if __has_include(<stdio.h>) && __has_include("stdio.h") && !__has_include(<nothing/here.h>)
fourteen
#endif
#if defined __has_include && defined __has_attribute && __has_attribute(__noreturn__) && !__has_attribute(nonesuch)
fifteen
#endif
#if not_a_macro || -not_a_macro
#elifdef EMPTY
sixteen
#endif
#ifndef EMPTY
#elifndef A
seventeen
#endif
#if 0x10 == 16 && 010 == 8 && 0b101 == 5 && 10ul && 1LLU && 5 % 3 == 2 && (3, 4)
eighteen
#endif
#if 1 == 1L && 1 != 2 && (5 ^ 3) == 6 && (5 | 2) == 7 && (5 & 4) == 4 && -7 / 2 == -3 && -7 % 2 == -1
nineteen
#endif
