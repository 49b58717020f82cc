/**
 * Where libc keeps its own variables, objects and code, by target: offsets from its load address, and what its frames take
 * of the stack.
 *
 * Source: dynamic symbol tables of Debian's glibc 2.36-9+deb12u14, both ports; places without a symbol were read from
 * running programs (pointers in a FILE, results of gmtime, asctime and localeconv, what localtime changes in .bss).
 */
import type { TargetName } from '../target/data-model.ts';
import type { LibcContext, LibcVariable } from './libc-context.ts';

/** Offsets from the load address of libc, in bytes. */
export interface LibcPlaces {
  readonly variables: Readonly<Record<LibcVariable, number>>;
  /** The `struct _IO_FILE_plus` of the standard streams. */
  readonly standardFiles: { readonly stdin: number; readonly stdout: number; readonly stderr: number };
  /** `_IO_list_all` */
  readonly listAll: number;
  /** Tables of functions of streams (`struct _IO_jump_t`). */
  readonly fileJumps: number;
  readonly wideFileJumps: number;
  readonly cookieJumps: number;
  readonly memoryJumps: number;
  readonly wideMemoryJumps: number;
  /** The functions that fmemopen gives to fopencookie. */
  readonly fmemopenRead: number;
  readonly fmemopenWrite: number;
  readonly fmemopenSeek: number;
  readonly fmemopenClose: number;
  /** Locks and wide states of stdin, stdout, stderr. */
  readonly locks: readonly number[];
  readonly wideData: readonly number[];
  /** Results of gmtime and localtime, of asctime, of localeconv. */
  readonly tmBuffer: number;
  readonly asctimeText: number;
  readonly localeConventions: number;
  /** State of tzset: the last value of TZ, and whether there is one. */
  readonly oldZone: number;
  readonly zoneIsInitialized: number;
  /** The thread's errno, from the start of libc's thread-local block. */
  readonly errnoInThread: number;
  /** Pages of .bss that are ours to keep tables in; libc's name resolver and RPC have them. */
  readonly scratch: number;
  /** Where main, and where a constructor, returns to. */
  readonly mainReturn: number;
  /** What start-up files call: __libc_start_main, __cxa_finalize. */
  readonly startMain: number;
  readonly finalize: number;
  readonly constructorReturn: number;
  /** From main's frame pointer to that of a constructor, in bytes. */
  readonly constructorOffset: number;
  /** Bytes of libc's stack above functions of atexit, above destructors, and above the comparison of bsearch. */
  readonly exitHandlerBytes: number;
  readonly destructorBytes: number;
  readonly searchFrameBytes: number;
  /** Bytes of qsort's own frame and of each level of its recursion; what its array on the stack is rounded up from, less 16. */
  readonly sortFrameBytes: number;
  readonly sortLevelBytes: number;
  readonly arraySlackBytes: number;
}

const x86_64: LibcPlaces = {
  variables: {
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
    // In libm, which lies above libc.
    signgam: 0x1e2000 + 0xdf108,
    program_invocation_name: 0x1d4518,
    program_invocation_short_name: 0x1d4510,
    error_print_progname: 0x1db5a8,
    error_message_count: 0x1db5a4,
    error_one_per_line: 0x1db5a0,
    getdate_err: 0x1da780,
  },
  standardFiles: { stdin: 0x1d3a80, stdout: 0x1d4760, stderr: 0x1d4680 },
  listAll: 0x1d4660,
  fileJumps: 0x1d05e0,
  wideFileJumps: 0x1d00a0,
  cookieJumps: 0x1cfb60,
  memoryJumps: 0x1d0220,
  wideMemoryJumps: 0x1d0160,
  fmemopenRead: 0x7f600,
  fmemopenWrite: 0x7f510,
  fmemopenSeek: 0x7f470,
  fmemopenClose: 0x7f4d0,
  locks: [0x1d5a20, 0x1d5a10, 0x1d5a00],
  wideData: [0x1d3b60, 0x1d3980, 0x1d3880],
  tmBuffer: 0x1da640,
  asctimeText: 0x1da5c0,
  localeConventions: 0x1d4c20,
  oldZone: 0x1da690,
  zoneIsInitialized: 0x1da68c,
  errnoInThread: 16,
  scratch: 0x1dbc00,
  mainReturn: 0x2724a,
  startMain: 0x27280,
  finalize: 0x3df40,
  constructorReturn: 0x27376,
  constructorOffset: 0xa0,
  exitHandlerBytes: 0x70,
  destructorBytes: 0x110,
  searchFrameBytes: 0x50,
  sortFrameBytes: 0x110,
  sortLevelBytes: 0x70,
  arraySlackBytes: 23,
};

const i386: LibcPlaces = {
  variables: {
    stdin: 0x21de40,
    stdout: 0x21de3c,
    stderr: 0x21de38,
    environ: 0x221490,
    optarg: 0x221420,
    optind: 0x21d234,
    opterr: 0x21d230,
    optopt: 0x21d22c,
    tzname: 0x21dc20,
    timezone: 0x220d00,
    daylight: 0x220d04,
    signgam: 0x228000 + 0x104058,
    program_invocation_name: 0x21dc2c,
    program_invocation_short_name: 0x21dc28,
    error_print_progname: 0x221658,
    error_message_count: 0x221654,
    error_one_per_line: 0x221650,
    getdate_err: 0x220dc0,
  },
  standardFiles: { stdin: 0x21d620, stdout: 0x21dda0, stderr: 0x21dd00 },
  listAll: 0x21dce0,
  fileJumps: 0x21ba40,
  wideFileJumps: 0x21b740,
  cookieJumps: 0x21b4a0,
  memoryJumps: 0x21b800,
  wideMemoryJumps: 0x21b7a0,
  fmemopenRead: 0x7ceb0,
  fmemopenWrite: 0x7cd70,
  fmemopenSeek: 0x7ccb0,
  fmemopenClose: 0x7cd30,
  locks: [0x21e9c4, 0x21e9b8, 0x21e9ac],
  wideData: [0x21d6c0, 0x21d580, 0x21d4e0],
  tmBuffer: 0x220cc0,
  asctimeText: 0x220c40,
  localeConventions: 0x21e120,
  oldZone: 0x220d0c,
  zoneIsInitialized: 0x220d08,
  errnoInThread: 8,
  scratch: 0x221c00,
  mainReturn: 0x232d5,
  startMain: 0x23310,
  finalize: 0x3b510,
  constructorReturn: 0x2341e,
  constructorOffset: 0x60,
  exitHandlerBytes: 0x60,
  destructorBytes: 0xe0,
  searchFrameBytes: 0x30,
  sortFrameBytes: 0xf0,
  sortLevelBytes: 0x50,
  arraySlackBytes: 27,
};

/** By target. */
export const libcPlaces: Readonly<Record<TargetName, LibcPlaces>> = { x86_64, i386 };

/** The places of a process's libc. */
export const placesOf = (ctx: Pick<LibcContext, 'model'>): LibcPlaces => libcPlaces[ctx.model.name];
