/**
 * The objects that glibc offers to programs: bytes, the alignment of their places in the library, and for weak names the strong
 * one, which ld exports with them.
 *
 * Source: .dynsym of Debian 12's libc.so.6 and, for signgam, libm.so.6 (glibc 2.36-9+deb12u), both ports.
 */
import type { TargetName } from './data-model.ts';

export interface LibcObject {
  /** Largest power of two, up to that of its section, that divides its address. */
  readonly align: Readonly<Record<TargetName, number>>;
  readonly size: Readonly<Record<TargetName, number>>;
  readonly strongName?: string;
}

/** By name. */
export const libcObjects: ReadonlyMap<string, LibcObject> = new Map<string, LibcObject>([
  ['stdin', { align: { x86_64: 16, i386: 32 }, size: { x86_64: 8, i386: 4 } }],
  ['stdout', { align: { x86_64: 8, i386: 4 }, size: { x86_64: 8, i386: 4 } }],
  ['stderr', { align: { x86_64: 32, i386: 8 }, size: { x86_64: 8, i386: 4 } }],
  ['environ', { align: { x86_64: 32, i386: 16 }, size: { x86_64: 8, i386: 4 }, strongName: '__environ' }],
  ['__environ', { align: { x86_64: 32, i386: 16 }, size: { x86_64: 8, i386: 4 } }],
  ['_environ', { align: { x86_64: 32, i386: 16 }, size: { x86_64: 8, i386: 4 }, strongName: '__environ' }],
  ['optarg', { align: { x86_64: 32, i386: 32 }, size: { x86_64: 8, i386: 4 } }],
  ['optind', { align: { x86_64: 4, i386: 4 }, size: { x86_64: 4, i386: 4 } }],
  ['opterr', { align: { x86_64: 8, i386: 16 }, size: { x86_64: 4, i386: 4 } }],
  ['optopt', { align: { x86_64: 4, i386: 4 }, size: { x86_64: 4, i386: 4 } }],
  ['timezone', { align: { x86_64: 32, i386: 32 }, size: { x86_64: 8, i386: 4 }, strongName: '__timezone' }],
  ['signgam', { align: { x86_64: 4, i386: 4 }, size: { x86_64: 4, i386: 4 }, strongName: '__signgam' }],
  ['__signgam', { align: { x86_64: 4, i386: 4 }, size: { x86_64: 4, i386: 4 } }],
  ['daylight', { align: { x86_64: 8, i386: 4 }, size: { x86_64: 4, i386: 4 }, strongName: '__daylight' }],
  ['tzname', { align: { x86_64: 32, i386: 32 }, size: { x86_64: 16, i386: 8 }, strongName: '__tzname' }],
  ['__timezone', { align: { x86_64: 32, i386: 32 }, size: { x86_64: 8, i386: 4 } }],
  ['__daylight', { align: { x86_64: 8, i386: 4 }, size: { x86_64: 4, i386: 4 } }],
  ['__tzname', { align: { x86_64: 32, i386: 32 }, size: { x86_64: 16, i386: 8 } }],
  [
    'program_invocation_name',
    { align: { x86_64: 8, i386: 4 }, size: { x86_64: 8, i386: 4 }, strongName: '__progname_full' },
  ],
  [
    'program_invocation_short_name',
    { align: { x86_64: 16, i386: 8 }, size: { x86_64: 8, i386: 4 }, strongName: '__progname' },
  ],
  ['getdate_err', { align: { x86_64: 32, i386: 32 }, size: { x86_64: 4, i386: 4 } }],
  ['obstack_exit_failure', { align: { x86_64: 8, i386: 4 }, size: { x86_64: 4, i386: 4 } }],
  ['obstack_alloc_failed_handler', { align: { x86_64: 8, i386: 4 }, size: { x86_64: 8, i386: 4 } }],
  ['error_message_count', { align: { x86_64: 4, i386: 4 }, size: { x86_64: 4, i386: 4 } }],
  ['error_one_per_line', { align: { x86_64: 32, i386: 16 }, size: { x86_64: 4, i386: 4 } }],
  ['error_print_progname', { align: { x86_64: 8, i386: 8 }, size: { x86_64: 8, i386: 4 } }],
  ['in6addr_any', { align: { x86_64: 16, i386: 8 }, size: { x86_64: 16, i386: 16 } }],
  ['in6addr_loopback', { align: { x86_64: 32, i386: 8 }, size: { x86_64: 16, i386: 16 } }],
  ['argp_program_version', { align: { x86_64: 32, i386: 4 }, size: { x86_64: 8, i386: 4 } }],
  ['argp_program_bug_address', { align: { x86_64: 16, i386: 4 }, size: { x86_64: 8, i386: 4 } }],
  ['argp_err_exit_status', { align: { x86_64: 4, i386: 4 }, size: { x86_64: 4, i386: 4 } }],
  ['re_syntax_options', { align: { x86_64: 32, i386: 32 }, size: { x86_64: 8, i386: 4 } }],
  ['loc1', { align: { x86_64: 16, i386: 4 }, size: { x86_64: 8, i386: 4 } }],
  ['loc2', { align: { x86_64: 8, i386: 8 }, size: { x86_64: 8, i386: 4 } }],
  ['locs', { align: { x86_64: 32, i386: 4 }, size: { x86_64: 8, i386: 4 } }],
  ['rexecoptions', { align: { x86_64: 32, i386: 32 }, size: { x86_64: 4, i386: 4 } }],
]);
