/**
 * Compares the simulated allocator with this machine's own glibc: a trace is replayed in the simulator, the same calls
 * are made in a real process under a tracer, and every record of both is compared, character by character.
 *
 * Results, errno, system calls, faults, resident pages, top, thresholds and abort texts are compared after every
 * operation; at checks the bytes of main_arena, mp_ and every resident page too, as CRC-32.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mallocParams } from '../../../src/core/malloc/params.ts';
import { x86_64 } from '../../../src/core/target/data-model.ts';
import { glibcReleaseOf } from '../../../src/core/target/glibc-release.ts';
import type { GlibcRelease } from '../../../src/core/target/glibc-release.ts';
import { NotModelled } from '../../../src/core/trace/not-modelled.ts';
import { arenaLines } from '../../../src/session/replay/arena-text.ts';
import { crc32 } from '../../../src/session/replay/crc32.ts';
import { Replay } from '../../../src/session/replay/replay.ts';
import type { ReplayProcess, StartMapping, StartState } from '../../../src/session/replay/start-state.ts';
import { parseTrace } from '../../../src/session/replay/trace.ts';
import type { Operation, OperationName, Trace } from '../../../src/session/replay/trace.ts';

/** What the observed process is told to do. */
const codes: Readonly<Record<OperationName, number>> = {
  malloc: 1,
  calloc: 2,
  realloc: 3,
  reallocarray: 4,
  memalign: 5,
  aligned_alloc: 6,
  posix_memalign: 7,
  valloc: 8,
  pvalloc: 9,
  free: 10,
  touch: 11,
  read: 12,
  trim: 13,
  mallopt: 14,
  mallinfo: 15,
  sbrk: 16,
  poke: 17,
  pokelink: 17,
  mmap: 18,
  munmap: 18,
  mprotect: 18,
  mremap: 18,
  madvise: 18,
  brk: 18,
  check: 19,
  reset: 20,
  freeat: 10,
  reallocat: 3,
  touchat: 11,
  readat: 12,
  stack: 11,
};
const LOCATE = 21;

/** Numbers of the system calls on x86-64. */
const syscallNumbers: Partial<Record<OperationName, bigint>> = {
  mmap: 9n,
  mprotect: 10n,
  munmap: 11n,
  brk: 12n,
  mremap: 25n,
  madvise: 28n,
};

const ALLOCATES = 1;
const GIVES_ADDRESS = 2;
const GIVES_NUMBER = 4;
const GIVES_HASH = 8;
const IS_ACCESS = 16;
const IS_RAW = 32;
const IS_STACK = 64;

/** Where the simulator and the machine part. */
export interface LiveDifference {
  readonly family: string;
  readonly line: number;
  readonly operation: string;
  readonly simulated: string;
  readonly real: string;
  readonly state: readonly string[];
}

/** How a trace compared. */
export interface LiveResult {
  readonly records: number;
  readonly difference: LiveDifference | undefined;
  /** What the simulator says it does not model, which ended the comparison. */
  readonly notModelled: string | undefined;
}

/** A line of the recorder about a fresh process. */
interface LiveHeader {
  readonly heap_start: string;
  readonly maps: readonly StartMapping[];
}

/** Why this machine cannot be compared with; `undefined` when it can. */
export function whyNotHere(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'the machine is no x86-64 Linux';
  if (spawnSync('gcc', ['--version']).status !== 0) return 'there is no gcc';
  const name = ownGlibc();
  if (name === undefined) return 'the C library is no glibc';
  return glibcReleaseOf(name) === undefined ? `glibc ${name} is not in the table of releases` : undefined;
}

/** The release of this machine's glibc, for example `2.36`. */
function ownGlibc(): string | undefined {
  const { stdout } = spawnSync('getconf', ['GNU_LIBC_VERSION'], { encoding: 'utf8' });
  return /^glibc (\d+\.\d+)/.exec(stdout)?.[1];
}

/** The real machine: compiled recorder, addresses of malloc's state. */
export class LiveMachine {
  readonly release: GlibcRelease;
  readonly #folder: string;
  readonly #recorder: string;
  readonly #observed: string;
  readonly #headers = new Map<string, LiveHeader>();
  readonly #arena: string;
  readonly #mp: string;

  constructor() {
    const release = glibcReleaseOf(ownGlibc() ?? '');
    if (release === undefined) throw new Error(whyNotHere());
    this.release = release;
    this.#folder = mkdtempSync(join(tmpdir(), 'memory-atlas-live-'));
    this.#recorder = join(this.#folder, 'recorder');
    this.#observed = join(this.#folder, 'observed');
    const source = join(import.meta.dirname, 'recorder.c');
    execFileSync('gcc', ['-O2', '-o', this.#recorder, source]);
    const options = ['-O2', '-DOBSERVED', '-fno-builtin', '-Wl,-z,now'];
    execFileSync('gcc', [...options, '-o', this.#observed, source]);
    const { arena } = mallocParams(release, x86_64);
    const words = this.#run([encode(LOCATE, [], 0)], {}, {}, ['0', '0', '0', '0']).at(1) ?? '';
    const { unsorted, mp } = JSON.parse(words) as { unsorted: string; mp: string };
    this.#arena = `0x${(Number(unsorted) - arena.top).toString(16)}`;
    this.#mp = mp;
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true });
  }

  /** Replays a trace in both and compares. */
  compare(text: string): LiveResult {
    const trace = parseTrace(text);
    const start = this.#startState(trace);
    const calls: Uint8Array[] = [];
    const simulated: { operation: Operation; record: string }[] = [];
    let replay: Replay | undefined;
    let notModelled: string | undefined;
    const options = { bad: trace.bad, vmas: false };
    if (!trace.startsWithReset) replay = new Replay(start, options);
    for (const operation of trace.operations) {
      if (operation.name === 'reset') {
        if (replay !== undefined) calls.push(encode(codes.reset, [], 0));
        replay = new Replay(start, options);
        continue;
      }
      if (replay === undefined || replay.ended) continue;
      const args = replay.resolve(operation);
      if (args === undefined) continue;
      let record: string;
      try {
        record = replay.step(operation);
      } catch (error) {
        if (!(error instanceof NotModelled)) throw error;
        notModelled = `${operation.text}: ${error.message}`;
        break;
      }
      calls.push(encodeOperation(operation, args));
      simulated.push({ operation, record: comparable(record, replay.process) });
    }
    const { arena, par } = mallocParams(this.release, x86_64);
    const mpBytes = par.tcacheUnsortedLimit + 8;
    const layout = [this.#arena, String(arena.bytes), this.#mp, String(mpBytes)];
    const real = this.#run(calls, trace.tunables, trace.rlimits, layout)
      .filter((line) => !line.startsWith('{"heap_start"'))
      .map((line) => line.replace(/^\{"i":\d+/, ''));
    const at = simulated.findIndex(({ record }, k) => record !== real[k]);
    const bad = simulated[at];
    if (bad === undefined) return { records: simulated.length, difference: undefined, notModelled };
    const difference = {
      family: trace.meta.family ?? '',
      line: bad.operation.line,
      operation: bad.operation.text,
      simulated: bad.record,
      real: real[at] ?? 'nothing',
      state: stateAt(trace, start, bad.operation),
    };
    return { records: at, difference, notModelled };
  }

  #startState(trace: Trace): StartState {
    const key = JSON.stringify(trace.tunables);
    let header = this.#headers.get(key);
    if (header === undefined) {
      header = JSON.parse(this.#run([], trace.tunables, {}, ['0', '0', '0', '0'])[0] ?? '') as LiveHeader;
      this.#headers.set(key, header);
    }
    const { release } = this;
    return {
      format: 'heap-oracle/1',
      glibc: release.name,
      vendor: 'this machine',
      arch: 'x86_64',
      word: 8,
      page: 4096,
      kernel: 'this machine',
      tunables: trace.tunables,
      rlimits: trace.rlimits,
      heap_start: header.heap_start,
      main_arena: this.#arena,
      mp: this.#mp,
      bins_offset: mallocParams(release, x86_64).arena.bins,
      tcache_key: release.tcache.key === 'random' ? '0xa7a6a5a4a3a2a1a0' : null,
      safe_linking: release.safeLinking,
      maps: header.maps,
    };
  }

  /** Runs the recorder. @returns its lines */
  #run(
    calls: readonly Uint8Array[],
    tunables: Readonly<Record<string, string>>,
    limits: Readonly<Record<string, string>>,
    layout: readonly string[],
  ): string[] {
    const file = join(this.#folder, 'calls');
    writeFileSync(file, Buffer.concat(calls));
    const settings = Object.entries(tunables).map(([name, value]) => `${name}=${value}`);
    const { arena } = mallocParams(this.release, x86_64);
    const words = [this.#observed, file, ...layout, `top=${arena.top}`];
    for (const name of ['as', 'data']) if (limits[name] !== undefined) words.push(`${name}=${limits[name]}`);
    const { status, stdout, stderr } = spawnSync(this.#recorder, words, {
      encoding: 'utf8',
      env: settings.length === 0 ? {} : { GLIBC_TUNABLES: settings.join(':') },
      maxBuffer: 2 ** 28,
    });
    if (status !== 0) throw new Error(`the recorder failed: ${stderr}`);
    return stdout.trimEnd().split('\n');
  }
}

/** The simulated arena before an operation. */
function stateAt(trace: Trace, start: StartState, until: Operation): readonly string[] {
  let replay = new Replay(start, { bad: trace.bad, vmas: false });
  for (const operation of trace.operations) {
    if (operation.index === until.index) break;
    if (operation.name === 'reset') replay = new Replay(start, { bad: trace.bad, vmas: false });
    else if (!replay.ended) replay.step(operation);
  }
  return arenaLines(replay.process.malloc.state);
}

/** A record as the recorder has it: without the operation's text, lists as checksums. */
function comparable(record: string, process: ReplayProcess): string {
  const rest = record.replace(/^\{"i":\d+,"o":"(?:[^"\\]|\\.)*"/, '');
  const state = rest.indexOf(',"s":{');
  if (state < 0) return rest;
  const { state: m } = process.malloc;
  const { arena, par } = m.params;
  const checksum = (at: number, length: number): string =>
    crc32(0, process.memory.readBytes(at, length)).toString(16).padStart(8, '0');
  const arenaSum = checksum(m.mainArenaAddress, arena.bytes);
  const mpSum = checksum(m.mpAddress, par.tcacheUnsortedLimit + 8);
  return `${rest.slice(0, state)},"a":"${arenaSum}","m":"${mpSum}"${rest.slice(rest.indexOf(',"vm":['))}`;
}

function encode(code: number, args: readonly bigint[], flags: number): Uint8Array {
  const words = new BigUint64Array(8);
  words[0] = BigInt(code);
  args.forEach((value, k) => (words[1 + k] = BigInt.asUintN(64, value)));
  words[7] = BigInt(flags);
  return new Uint8Array(words.buffer);
}

function encodeOperation(operation: Operation, args: readonly bigint[]): Uint8Array {
  const { name } = operation;
  const code = codes[name];
  if (name === 'pokelink') {
    const [address = 0n, target = 0n] = args;
    return encode(code, [address, 8n, target ^ (address >> 12n)], IS_ACCESS);
  }
  if (name === 'stack') return encode(code, [args[0] ?? 0n, 1n, 1n], IS_ACCESS | IS_STACK);
  const number = syscallNumbers[name];
  if (number !== undefined) {
    const more = name === 'mmap' ? [0xffff_ffff_ffff_ffffn] : [];
    return encode(code, [number, ...args, ...more], IS_RAW);
  }
  return encode(code, args, flagsOf(name, code));
}

function flagsOf(name: OperationName, code: number): number {
  if (code >= codes.malloc && code <= codes.pvalloc) return ALLOCATES;
  switch (name) {
    case 'touch':
    case 'touchat':
    case 'poke':
      return IS_ACCESS;
    case 'read':
    case 'readat':
      return IS_ACCESS | GIVES_HASH;
    case 'trim':
    case 'mallopt':
      return GIVES_NUMBER;
    case 'sbrk':
      return GIVES_ADDRESS;
    default:
      return 0;
  }
}
