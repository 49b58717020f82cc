/**
 * The tables of where functions lie in libraries, by library and target.
 *
 * In what ships, `scripts/support/data-modules.mjs` puts a file for each table in this module's place, which is read when
 * its library is first asked about.
 */
import type { TargetName } from './data-model.ts';
import { libcFunctionsI386 } from './libc-functions-i386.ts';
import { libcFunctionsX86_64 } from './libc-functions-x86-64.ts';
import { libmFunctionsI386, libmFunctionsX86_64 } from './libm-functions.ts';

/** Libraries whose functions have recorded places. */
export type LibraryName = 'libc' | 'libm';

/** Words `name=offset`, offsets in hexadecimal from the library's load address. */
export const functionTables: Readonly<Record<LibraryName, Readonly<Record<TargetName, string>>>> = {
  libc: { x86_64: libcFunctionsX86_64, i386: libcFunctionsI386 },
  libm: { x86_64: libmFunctionsX86_64, i386: libmFunctionsI386 },
};
