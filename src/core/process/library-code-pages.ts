/**
 * Pages of the libraries' code and constants that first calls of their functions touch.
 */
import { codePages } from './code-page-table.ts';
import { libcCodePageTables } from './libc-code-pages.ts';
import { libmCodePageTables } from './libm-code-pages.ts';

/** Offsets from libc's base of the pages that the first call of a function, or of a part of one, touches. */
export const libcCodePages = codePages(libcCodePageTables);

/** Offsets from libm's base of the pages that the first call of a function touches. */
export const libmCodePages = codePages(libmCodePageTables);
