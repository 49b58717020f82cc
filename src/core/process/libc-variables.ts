/** Variables of libc that programs refer to, by the names of their symbols. */
import type { LibcVariable } from '../libc/libc-context.ts';
import { libcPlaces } from '../libc/libc-places.ts';

/** Other names of the same variables. */
const aliases: Readonly<Record<string, LibcVariable | undefined>> = {
  __environ: 'environ',
  _environ: 'environ',
  __tzname: 'tzname',
  __timezone: 'timezone',
  __daylight: 'daylight',
  __signgam: 'signgam',
  __progname: 'program_invocation_short_name',
  __progname_full: 'program_invocation_name',
  _IO_stdin: 'stdin',
};

/** The variable that a symbol names. */
export function libcVariableNamed(symbol: string): LibcVariable | undefined {
  if (Object.hasOwn(aliases, symbol)) return aliases[symbol];
  // Every target has the same variables.
  return Object.hasOwn(libcPlaces.x86_64.variables, symbol) ? (symbol as LibcVariable) : undefined;
}
