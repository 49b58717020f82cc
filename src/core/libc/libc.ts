/**
 * The functions of libc by name.
 */
import type { LibcFunction, LibcTable } from './libc-context.ts';
import { mathFunctions } from './math.ts';
import { stdioFunctions } from './stdio.ts';
import { stdioInputFunctions } from './stdio-input.ts';
import { stdlibFunctions } from './stdlib.ts';
import { ctypeFunctions, stringFunctions } from './string.ts';
import { systemCallFunctions } from './system-call.ts';
import { timeFunctions } from './time.ts';
import { unistdFunctions } from './unistd.ts';

const tables: readonly LibcTable[] = [
  stdioFunctions,
  stdioInputFunctions,
  stdlibFunctions,
  stringFunctions,
  ctypeFunctions,
  unistdFunctions,
  systemCallFunctions,
  timeFunctions,
  mathFunctions,
];

const all: ReadonlyMap<string, LibcFunction> = new Map(tables.flatMap((table) => Object.entries(table)));

/** The function of this name, or `undefined` when libc has none that is modelled. */
export function libcFunction(name: string): LibcFunction | undefined {
  return all.get(name);
}
