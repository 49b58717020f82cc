/**
 * The header <bits/id_t.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsIdTHeader = String.raw`#ifndef __id_t_defined
#define __id_t_defined 1
#include <bits/types.h>
typedef __id_t id_t;
#endif
`;
