/**
 * The header <bits/FILE.h>, shared by other headers and not included by programs: declarations and values of glibc 2.36 and gcc 12, in our own words.
 */

/** Its text. */
export const bitsFileHeader = String.raw`#ifndef __FILE_defined
#define __FILE_defined 1
#include <features.h>
struct _IO_FILE;
typedef struct _IO_FILE FILE;
#endif
`;
