/**
 * The functions of libc by name.
 */
import { descriptorFunctions } from './descriptor-functions.ts';
import { directoryFunctions } from './directory-functions.ts';
import type { LibcFunction, LibcTable } from './libc-context.ts';
import { mathFunctions } from './math.ts';
import { processFunctions } from './process-functions.ts';
import { signalFunctions } from './signal-functions.ts';
import { stdioFunctions } from './stdio.ts';
import { stdioFileFunctions } from './stdio-files.ts';
import { stdioInputFunctions } from './stdio-input.ts';
import { stdlibFunctions } from './stdlib.ts';
import { ctypeFunctions, stringFunctions } from './string.ts';
import { systemCallFunctions } from './system-call.ts';
import { timeFunctions } from './time.ts';
import { unistdFunctions } from './unistd.ts';

const tables: readonly LibcTable[] = [
  stdioFunctions,
  stdioInputFunctions,
  stdioFileFunctions,
  stdlibFunctions,
  stringFunctions,
  ctypeFunctions,
  unistdFunctions,
  descriptorFunctions,
  directoryFunctions,
  signalFunctions,
  processFunctions,
  systemCallFunctions,
  timeFunctions,
  mathFunctions,
];

const all: ReadonlyMap<string, LibcFunction> = new Map(tables.flatMap((table) => Object.entries(table)));

/** The function of this name, or `undefined` when libc has none that is modelled. */
export function libcFunction(name: string): LibcFunction | undefined {
  return all.get(name);
}
