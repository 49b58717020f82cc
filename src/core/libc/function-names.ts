/**
 * The names of libc's functions that are modelled: for who asks whether there is one, and does not call it.
 *
 * In what ships, `scripts/support/data-modules.mjs` puts a file with the names in this module's place: the analysis
 * of C text holds nothing of the library.
 */
import { libcFunctions } from './libc.ts';

/** Names of functions that {@link libcFunctions} has. */
export const libcFunctionNames: { has(name: string): boolean } = libcFunctions;
