/**
 * Command lines: what may stand on them, and what is wrong with one.
 */
import type { CompileOptions } from '../core/sema/placement.ts';
import { defaultGlibcRelease, glibcReleases } from '../core/target/glibc-release.ts';
import type { GlibcName } from '../core/target/glibc-release.ts';
import type { Language, MachineSwitches, NavigationTarget } from '../protocol/messages.ts';
import type { Instant } from '../session/session.ts';
import { plainGcc, withGccOption } from './gcc-options.ts';
import type { GccOptions } from './gcc-options.ts';
import { machineOptionNames, withMachineOption } from './machine-options.ts';

/** Wrong usage: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const glibcNames = glibcReleases.map((release) => release.name);

export const usageText = `usage: memory-atlas COMMAND FILE... [OPTION...] [-- ARGUMENT...]

commands
  segments   where every object, function and literal lives, and why
  layout     structs, unions and enums: offsets, sizes, padding
  run        run the program: its output, its exit status
  trace      what happened: calls of the malloc family, system calls, page faults
  maps       /proc/self/maps at an event; --smaps, --rollup, --status: those files; --regions: the whole space up to 2^64;
             --walk ADDR: the way through the page tables; --json: all of it
  heap       the chunks of the heap at an event
  inspect    the call stack with its variables at a moment; --print EXPRESSION: values of C expressions in the
             innermost frame (may be given again)
  check      mistakes with memory, as memcheck finds them, and leaks; exit status 1 when there are any
  diff       what differs between the moments --at and --to
  map        the picture of the address space at an event, as SVG
  replay     replay TRACE [--glibc V] [--target T] [--as RECORDING] [--state]: an allocation trace, record by record
             replay [TRACE] --check RECORDING: compares with what real malloc did

options
  --json                 print JSON
  --at EVENT             the moment after that event (default: the last one); --at step:N is --step N
  --step N               the moment right before step N: entry or end of a function, statement, full expression
  --find WHAT            from there (else from the first step) to line:FILE:N, entry[:FUNCTION], exit[:FUNCTION],
                         statement, when:EXPRESSION, write:ADDRESS[:BYTES], access:ADDRESS[:BYTES] or error;
                         --back: the last one before
  --to EVENT             diff: the later moment (default: the last one), or step:N
  --why                  trace: with the decisions behind each call; run: with what a bad access met
  --glibc V              release whose malloc runs (default: ${defaultGlibcRelease.name}):
                         ${glibcNames.join(' ')}
  --variant V            segments: m64-pie-O0, m64-nopie-O0, m32-pie-O0 ...
  --process N            trace, heap, maps, check, inspect, diff, map: the N-th process that the run makes (default: 1, the first one)
  --stdin FILE           standard input of the program (default: empty; - for that of the command)
  --data FILE            a file of this folder that the program can read by that name: it gets a copy
  --env NAME=VALUE       a variable of the program's environment (default: none)
  --stdout KIND          terminal or pipe: what the program believes its output is
  -o FILE                map: where the picture is written (default: standard output)
  --size WIDTHxHEIGHT    map: pixels of the picture (default: 960x720)
  --show WHAT            map: an address, a name, a function, [heap] ... (default: the whole address space)
  --scale SCALE          map: folded (empty space is cut short) or linear
  --randomize SEED       address randomisation, as this seed draws it (default: off)
  --machine NAME=VALUE   ${machineOptionNames}
  --limit NAME=N         what ends a run with status 124: steps (loop iterations and calls; default: 10000000000),
                         memory (MiB; 2048), output (KiB; 65536), events (5000000; not in run)
  --lang LANGUAGE        en or zh-cn
  -I DIR  -D NAME[=V]  -U NAME  -include FILE   as for gcc
  -fcommon  -fno-common  -fno-pie  -no-pie  -static  -fstack-protector-strong
  -fno-zero-initialized-in-bss  -m32  -O2       as for gcc; also in a comment of the program: // flags: -fcommon
`;

export const commandNames = [
  'segments',
  'layout',
  'run',
  'trace',
  'maps',
  'heap',
  'inspect',
  'check',
  'diff',
  'map',
] as const;
export type CommandName = (typeof commandNames)[number];

/** What `map` draws. */
export interface PictureOptions {
  /** File that it is written to; undefined for standard output. */
  readonly output: string | undefined;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** What is fitted into the picture; undefined for the whole address space. */
  readonly show: string | undefined;
  readonly scale: 'folded' | 'linear';
}

/** What `maps` shows: a file of /proc/self, or the regions of the whole address space. */
export type MapsFile = 'maps' | 'smaps' | 'smaps_rollup' | 'status' | 'regions';

export interface CommandLine {
  readonly command: CommandName;
  readonly files: readonly string[];
  readonly programArguments: readonly string[];
  readonly json: boolean;
  readonly why: boolean;
  /** Index of the event; undefined for the last one. */
  readonly at: number | undefined;
  /** The step that the moment is right before; undefined for the moment after an event. */
  readonly step: number | undefined;
  /** What is looked for from the moment, and which way. */
  readonly find: NavigationTarget | undefined;
  readonly direction: 'forward' | 'back';
  /** Expressions that `inspect` prints. */
  readonly print: readonly string[];
  readonly mapsFile: MapsFile;
  /** Of `maps`: the address that the page tables are walked to. */
  readonly walk: bigint | undefined;
  /** The moment that `diff` compares with. */
  readonly to: Instant | undefined;
  readonly picture: PictureOptions;
  /** Which process of the run is looked at, from 1. */
  readonly process: number;
  readonly stdinFile: string | undefined;
  /** Names of files of which the program gets copies. */
  readonly dataFiles: readonly string[];
  /** NAME=VALUE, in the order in which they were given. */
  readonly environment: readonly string[];
  readonly stdout: 'terminal' | 'pipe' | undefined;
  readonly language: Language;
  readonly compile: CompileOptions;
  /** Release whose malloc runs. */
  readonly glibc: GlibcName;
  readonly includeFolders: readonly string[];
  readonly defines: readonly string[];
  readonly undefines: readonly string[];
  readonly forcedIncludes: readonly string[];
  readonly machine: MachineSwitches;
  readonly limits: {
    readonly fuel: number;
    readonly memoryBytes: number;
    readonly outputBytes: number;
    readonly events: number;
  };
}

/**
 * Reads a command line without the program's name.
 *
 * @throws UsageError saying what is wrong
 */
export function parseCommandLine(words: readonly string[]): CommandLine {
  const [first, ...rest] = words;
  const command = commandNames.find((name) => name === first);
  if (command === undefined)
    throw new UsageError(first === undefined ? 'a command is missing' : `unknown command: ${first}`);
  const reader = new WordReader(rest);
  const files: string[] = [];
  let gcc: GccOptions = plainGcc;
  let target: CompileOptions['target'] | undefined;
  let variant: Partial<CompileOptions> = {};
  let glibc: GlibcName = defaultGlibcRelease.name;
  const limits = {
    fuel: 1e10,
    memoryBytes: 2048 * 1024 * 1024,
    outputBytes: 64 * 1024 * 1024,
    events: 5_000_000,
  };
  let machine: MachineSwitches = {};
  let mapsFile: MapsFile = 'maps';
  let walk: bigint | undefined;
  let json = false;
  let why = false;
  let at: number | undefined;
  let to: Instant | undefined;
  let step: number | undefined;
  let find: NavigationTarget | undefined;
  let direction: 'forward' | 'back' = 'forward';
  const print: string[] = [];
  let picture: PictureOptions = {
    output: undefined,
    width: 960,
    height: 720,
    show: undefined,
    scale: 'folded',
  };
  let process = 1;
  let stdinFile: string | undefined;
  const dataFiles: string[] = [];
  const environment: string[] = [];
  let stdout: 'terminal' | 'pipe' | undefined;
  let language: Language = 'en';
  for (let word = reader.next(); word !== undefined && word !== '--'; word = reader.next()) {
    if (word === '--json') json = true;
    else if (word === '--why') why = true;
    else if (word === '--smaps') mapsFile = 'smaps';
    else if (word === '--rollup') mapsFile = 'smaps_rollup';
    else if (word === '--status') mapsFile = 'status';
    else if (word === '--regions') mapsFile = 'regions';
    else if (word === '--walk') walk = addressOf(word, reader.valueOf(word));
    else if (word === '--at') {
      const instant = instantOf(word, reader.valueOf(word));
      if (typeof instant === 'number') at = instant;
      else ({ step } = instant);
    } else if (word === '--step') step = wholeNumber(word, reader.valueOf(word));
    else if (word === '--find') find = navigationTarget(reader.valueOf(word));
    else if (word === '--back') direction = 'back';
    else if (word === '--print') print.push(reader.valueOf(word));
    else if (word === '--to') to = instantOf(word, reader.valueOf(word));
    else if (word === '-o') picture = { ...picture, output: reader.valueOf(word) };
    else if (word === '--size') picture = { ...picture, ...pictureSize(reader.valueOf(word)) };
    else if (word === '--show') picture = { ...picture, show: reader.valueOf(word) };
    else if (word === '--scale')
      picture = { ...picture, scale: oneOf(word, reader.valueOf(word), ['folded', 'linear'] as const) };
    else if (word === '--stdin') stdinFile = reader.valueOf(word);
    else if (word === '--process') process = positiveNumber(word, reader.valueOf(word));
    else if (word === '--data') dataFiles.push(reader.valueOf(word));
    else if (word === '--env') environment.push(variable(word, reader.valueOf(word)));
    else if (word === '--stdout') stdout = oneOf(word, reader.valueOf(word), ['terminal', 'pipe'] as const);
    else if (word === '--lang') language = oneOf(word, reader.valueOf(word), ['en', 'zh-cn'] as const);
    else if (word === '--target') target = oneOf(word, reader.valueOf(word), ['x86_64', 'i386'] as const);
    else if (word === '--glibc') glibc = glibcName(reader.valueOf(word));
    else if (word === '--variant') variant = variantOptions(reader.valueOf(word));
    else if (word === '--randomize')
      machine = { ...machine, randomSeed: wholeNumber(word, reader.valueOf(word)) };
    else if (word === '--machine') machine = machineOption(machine, reader.valueOf(word));
    else if (word === '--limit') setLimit(limits, reader.valueOf(word));
    else if (word.startsWith('-') && word !== '-') {
      const changed = withGccOption(gcc, word, (option) => reader.valueOf(option));
      if (changed === undefined) throw new UsageError(`unknown option: ${word}`);
      gcc = changed;
    } else files.push(word);
  }
  if (files.length === 0) throw new UsageError('a C file is missing');
  return {
    command,
    files,
    programArguments: reader.rest(),
    json,
    why,
    at,
    step,
    find,
    direction,
    print,
    mapsFile,
    walk,
    to,
    picture,
    process,
    stdinFile,
    dataFiles,
    environment,
    stdout,
    language,
    ...gcc,
    compile: { ...gcc.compile, ...variant, ...(target === undefined ? {} : { target }) },
    glibc,
    machine,
    limits,
  };
}

function machineOption(machine: MachineSwitches, setting: string): MachineSwitches {
  const changed = withMachineOption(machine, setting);
  if (changed === undefined) throw new UsageError(`--machine takes ${machineOptionNames}, not ${setting}`);
  return changed;
}

class WordReader {
  readonly #words: readonly string[];
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  next(): string | undefined {
    return this.#words[this.#at++];
  }

  /** The word after an option. */
  valueOf(option: string): string {
    const value = this.next();
    if (value === undefined) throw new UsageError(`${option} needs a value`);
    return value;
  }

  rest(): readonly string[] {
    return this.#words.slice(this.#at);
  }
}

function variable(option: string, text: string): string {
  if (!/^[^=]+=/.test(text)) throw new UsageError(`${option} needs NAME=VALUE, not ${text}`);
  return text;
}

/** Least and most pixels of a side. */
const sides = { least: 160, most: 16_384 };

function pictureSize(text: string): { readonly width: number; readonly height: number } {
  const match = /^(\d+)x(\d+)$/.exec(text);
  const [width, height] = [Number(match?.[1]), Number(match?.[2])];
  const isSide = (side: number): boolean => side >= sides.least && side <= sides.most;
  if (!isSide(width) || !isSide(height))
    throw new UsageError(
      `--size needs WIDTHxHEIGHT, each from ${String(sides.least)} to ${String(sides.most)}, not ${text}`,
    );
  return { width, height };
}

/** `5`: right after event 5; `step:5`: right before step 5. */
function instantOf(option: string, text: string): Instant {
  const step = /^step:(.*)$/.exec(text)?.[1];
  return step === undefined ? wholeNumber(option, text) : { step: wholeNumber(option, step) };
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0)
    throw new UsageError(`${option} needs a whole number, not ${text}`);
  return value;
}

function positiveNumber(option: string, text: string): number {
  const value = wholeNumber(option, text);
  if (value === 0) throw new UsageError(`${option} counts from 1`);
  return value;
}

/** Any address of 64 bits, in hexadecimal. */
function addressOf(option: string, text: string): bigint {
  if (!/^(0x)?[0-9a-f]{1,16}$/i.test(text)) throw new UsageError(`${option} needs an address, not ${text}`);
  return BigInt(`0x${text.replace(/^0x/i, '')}`);
}

/** What `--find` takes; see the usage. */
function navigationTarget(text: string): NavigationTarget {
  const [kind = '', ...rest] = text.split(':');
  const first = rest[0] ?? '';
  switch (kind) {
    case 'line':
      return {
        kind,
        place: { file: rest.slice(0, -1).join(':'), line: wholeNumber('--find', rest.at(-1) ?? '') },
      };
    case 'statement':
      return { kind };
    case 'function':
    case 'entry':
    case 'exit':
      return {
        kind: 'function',
        role: kind === 'exit' ? 'exit' : 'entry',
        ...(first === '' ? {} : { name: first }),
      };
    case 'when':
      return { kind: 'condition', expression: rest.join(':') };
    case 'write':
    case 'access': {
      const address: `0x${string}` = `0x${addressOf('--find', first).toString(16)}`;
      return { kind, address, bytes: wholeNumber('--find', rest[1] ?? '1') };
    }
    case 'error':
      return { kind };
    default:
      throw new UsageError(`--find does not know ${text}`);
  }
}

function oneOf<Choice extends string>(option: string, text: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`${option} is one of ${choices.join(', ')}, not ${text}`);
  return found;
}

/** The name of a modelled release. @throws UsageError */
export function glibcName(name: string): GlibcName {
  return oneOf('--glibc', name, glibcNames);
}

function variantOptions(variant: string): Partial<CompileOptions> {
  const match = /^m(64|32)-(pie|nopie|linknopie)-O([02])$/.exec(variant);
  if (match === null) throw new UsageError(`unknown variant: ${variant}`);
  return {
    target: match[1] === '64' ? 'x86_64' : 'i386',
    pie: match[2] !== 'nopie',
    link: match[2] === 'pie' ? 'pie' : 'no-pie',
    optimize: match[3] === '0' ? 0 : 2,
  };
}

function setLimit(
  limits: { fuel: number; memoryBytes: number; outputBytes: number; events: number },
  text: string,
): void {
  const [name, value = ''] = text.split('=');
  const amount = wholeNumber('--limit', value);
  if (name === 'steps') limits.fuel = amount;
  else if (name === 'memory') limits.memoryBytes = amount * 1024 * 1024;
  else if (name === 'output') limits.outputBytes = amount * 1024;
  else if (name === 'events') limits.events = amount;
  else throw new UsageError(`unknown limit: ${String(name)}`);
}
