/**
 * Variables of libc that programs refer to: where they lie and what they hold at main.
 *
 * A program that is not position-independent in its data has its own copy of such a variable (a copy relocation), which
 * libc uses too.
 *
 * Source: symbol table of Debian's glibc 2.36, x86-64.
 */
import type { LibcVariable } from '../libc/libc-context.ts';

/** Offsets from the load address of libc. */
export const libcVariableOffsets: Readonly<Record<LibcVariable, number>> = {
  stdin: 0x1d4850,
  stdout: 0x1d4848,
  stderr: 0x1d4840,
  environ: 0x1db320,
  optarg: 0x1db280,
  optind: 0x1d340c,
  opterr: 0x1d3408,
  optopt: 0x1d3404,
  tzname: 0x1d4500,
  timezone: 0x1da680,
  daylight: 0x1da688,
  program_invocation_name: 0x1d4518,
  program_invocation_short_name: 0x1d4510,
  error_print_progname: 0x1db5a8,
  error_message_count: 0x1db5a4,
  error_one_per_line: 0x1db5a0,
  getdate_err: 0x1da780,
};

/** Other names of the same variables. */
const aliases: Readonly<Record<string, LibcVariable | undefined>> = {
  __environ: 'environ',
  _environ: 'environ',
  __tzname: 'tzname',
  __timezone: 'timezone',
  __daylight: 'daylight',
  __progname: 'program_invocation_short_name',
  __progname_full: 'program_invocation_name',
  _IO_stdin: 'stdin',
};

/** The variable that a symbol names. */
export function libcVariableNamed(symbol: string): LibcVariable | undefined {
  return (
    aliases[symbol] ?? (Object.hasOwn(libcVariableOffsets, symbol) ? (symbol as LibcVariable) : undefined)
  );
}
