/**
 * Random operations on memory against the kernel of this machine.
 *
 * A generator with a seed makes operations; a small C program (scripts/live/mm-recorder.c) carries them out for real, the
 * simulation does the same; results, errno, minor faults, signals, and after each hundred the text of maps, the
 * memory lines of status and the residency of the window are compared.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, statSync, writeSync, closeSync, fsyncSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MemoryFault } from '../../../../src/core/mm/kernel.ts';
import { PlainLinearMemory } from '../../../../src/core/mm/linear-memory.ts';
import { PTE_PRESENT } from '../../../../src/core/mm/page-table.ts';
import { ProcessMemory } from '../../../../src/core/mm/process-memory.ts';
import { MappedFile } from '../../../../src/core/mm/vma.ts';
import { loadProgram } from '../../../../src/core/process/loader.ts';
import { formatMaps } from '../../../../src/core/process/proc-maps.ts';
import { formatSmaps } from '../../../../src/core/process/proc-smaps.ts';
import { formatStatus } from '../../../../src/core/process/proc-status.ts';
import { machineProfile } from '../../../../src/core/target/machine-profile.ts';
import { NullTracer } from '../../../../src/core/trace/trace-event.ts';
import { fileIdentity, readElfImage } from '../../../support/elf-image.ts';

const PAGE = 4096;
/** The addresses that fixed operations use. No aligned block of 2 MiB lies in it. */
const WINDOW = 0x10001000;
const WINDOW_PAGES = 480;
const STACK_END = 0x7ffffffff000;
const SLOTS = 24;
const FILE_BYTES = 20 * PAGE + 100;
const MEMFD_BYTES = 24 * PAGE + 100;

/** Limits that operations set: resource number, what lifts it, the lowest value. Beyond 8 MiB no stack can grow here. */
const LIMITS = [
  { resource: 9, most: 1 << 30, least: 4 << 20 },
  { resource: 2, most: 1 << 30, least: 2 << 20 },
  { resource: 3, most: 8 << 20, least: 512 << 10 },
] as const;

/** An operation: its name, for people, and its words, for the recorder. */
interface Operation {
  readonly code: number;
  readonly args: readonly bigint[];
}

const codes = {
  mmap: 1,
  munmap: 2,
  mprotect: 3,
  mremap: 4,
  brk: 5,
  madvise: 6,
  read: 7,
  write: 8,
  'write-pages': 9,
  mlock2: 10,
  munlock: 11,
  msync: 12,
  mincore: 13,
  mlockall: 14,
  setrlimit: 15,
  mseal: 16,
} as const;
const REPORT = 100;
const names = new Map<number, string>(Object.entries(codes).map(([name, code]) => [code, name]));

/** An address relative to what a slot holds. */
const slotWord = (slot: number, offset: number): bigint =>
  (0xa5n << 56n) | (BigInt(slot) << 40n) | BigInt.asUintN(40, BigInt(offset));

function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Makes operations. They depend on the seed alone. */
class Generator {
  readonly #draw: (below: number) => number;
  readonly #heapEnd: number;

  constructor(seed: number, heapEnd: number) {
    this.#draw = generator(seed);
    this.#heapEnd = heapEnd;
  }

  next(): Operation {
    const roll = this.#draw(1000);
    if (roll < 190) return this.#mmap();
    if (roll < 280) return this.#op('munmap', this.#place(), this.#length());
    if (roll < 370) return this.#op('mprotect', this.#place(), this.#length(), this.#prot());
    if (roll < 460) return this.#mremap();
    if (roll < 500) return this.#op('brk', this.#heapEnd + this.#draw(60 * PAGE));
    if (roll < 600) return this.#op('madvise', this.#place(), this.#length(), this.#advice());
    if (roll < 700) return this.#op('read', this.#touched());
    if (roll < 830) return this.#op('write', this.#touched(), 0, this.#draw(256));
    if (roll < 880) return this.#op('write-pages', this.#place(), 0, 1 + this.#draw(12));
    if (roll < 905) return this.#op('mlock2', this.#place(), this.#length(), this.#draw(8) === 0 ? 1 : 0);
    if (roll < 930) return this.#op('munlock', this.#place(), this.#length());
    if (roll < 940) return this.#op('msync', this.#place(), this.#length(), this.#draw(8));
    if (roll < 965) return this.#op('mincore', this.#place(), (1 + this.#draw(40)) * PAGE);
    if (roll < 967) return this.#op('mlockall', 0, 0, this.#draw(3) === 0 ? 2 : 0);
    if (roll < 969) return this.#limit();
    // What is sealed stays for good, so it is done rarely, and not in the window.
    if (roll === 969 && this.#draw(3) === 0)
      return this.#op('mseal', slotWord(this.#draw(SLOTS), (this.#draw(28) - 4) * PAGE), this.#length(), 0);
    // A deep access to the stack, now and then beyond its limit.
    if (roll < 985) return this.#op('write', STACK_END - (40 + this.#draw(2100)) * PAGE, 0, 1);
    if (roll < 995) return this.#op('munmap', BigInt(WINDOW), BigInt(WINDOW_PAGES * PAGE));
    return this.#op('munmap', slotWord(this.#draw(SLOTS), -64 * PAGE), BigInt(256 * PAGE));
  }

  #op(name: keyof typeof codes, ...args: readonly (bigint | number)[]): Operation {
    const words = args.map((arg) => BigInt.asUintN(64, BigInt(arg)));
    while (words.length < 5) words.push(0n);
    return { code: codes[name], args: words };
  }

  /** A page-aligned place, rarely not: in the window, or in and around a slot. */
  #place(): bigint {
    const odd = this.#draw(60) === 0 ? this.#draw(PAGE) : 0;
    if (this.#draw(3) !== 0) return BigInt(WINDOW + this.#draw(WINDOW_PAGES) * PAGE + odd);
    return slotWord(this.#draw(SLOTS), (this.#draw(28) - 4) * PAGE + odd);
  }

  #touched(): bigint {
    return this.#place() + BigInt(this.#draw(PAGE));
  }

  #length(): bigint {
    const roll = this.#draw(40);
    if (roll === 0) return 0n;
    if (roll === 1) return BigInt(1 + this.#draw(3 * PAGE));
    return BigInt((1 + this.#draw(this.#draw(3) === 0 ? 40 : 8)) * PAGE);
  }

  #prot(): number {
    const roll = this.#draw(20);
    if (roll < 9) return 3;
    if (roll < 14) return 1;
    if (roll < 17) return 0;
    return this.#draw(8);
  }

  /** A limit that may bite, or that is lifted again. */
  #limit(): Operation {
    const { resource, most, least } = LIMITS[this.#draw(LIMITS.length)] ?? LIMITS[0];
    const value = this.#draw(3) === 0 ? least + this.#draw(most - least) : most;
    return this.#op('setrlimit', value, 0, resource);
  }

  #advice(): number {
    const known = [
      0, 1, 2, 3, 4, 4, 4, 8, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20, 22, 23, 23, 24, 25, 5, 99,
    ];
    return known[this.#draw(known.length)] ?? 0;
  }

  #mmap(): Operation {
    const slot = this.#draw(SLOTS);
    const roll = this.#draw(100);
    const prot = this.#prot();
    let flags = this.#draw(100) < 75 ? 2 : 1;
    if (this.#draw(150) === 0) flags = this.#draw(10);
    let fd = 255;
    let offset = 0;
    if (this.#draw(100) < 25) {
      fd = this.#draw(3);
      // Shared and writable memory of a file on disk is made clean behind our back: its faults cannot be foretold.
      if (fd === 0) flags = 2;
      offset = this.#draw(4) === 0 ? this.#draw(24) * PAGE : 0;
      if (this.#draw(60) === 0) offset += 100;
      if (this.#draw(40) === 0) fd = 5;
    } else {
      flags |= 0x20;
    }
    if (this.#draw(12) === 0) flags |= 0x4000;
    if (this.#draw(12) === 0) flags |= 0x8000;
    if (this.#draw(25) === 0) flags |= 0x20000;
    if (this.#draw(40) === 0) flags |= 0x100;
    if (this.#draw(30) === 0) flags |= 0x2000;
    if (this.#draw(50) === 0) flags |= 0x40;
    if (this.#draw(100) === 0) flags |= 0x80000;
    // Without MAP_NORESERVE: that would be granted, and fail when it is touched.
    if (this.#draw(100) === 0) flags = (flags & ~0x4000) | 0x40000;
    let addr = 0n;
    if (roll < 30) {
      addr = BigInt(WINDOW + this.#draw(WINDOW_PAGES - 50) * PAGE);
      flags |= 0x10;
    } else if (roll < 40) {
      addr = BigInt(WINDOW + this.#draw(WINDOW_PAGES - 50) * PAGE);
      flags |= 0x100000;
    } else if (roll < 50) {
      addr = BigInt(WINDOW + this.#draw((WINDOW_PAGES - 50) * PAGE));
    }
    let length = this.#length();
    if (addr === 0n && this.#draw(12) === 0) length = BigInt((512 + this.#draw(3) * 256) * PAGE);
    return this.#op('mmap', addr, length, prot | (flags << 8), fd | (slot << 8), offset);
  }

  #mremap(): Operation {
    const slot = this.#draw(SLOTS);
    let flags = this.#draw(3) === 0 ? 0 : 1;
    let target = 0n;
    const old = this.#length();
    let length = this.#length();
    const roll = this.#draw(10);
    if (roll < 3) {
      flags |= 3;
      target = this.#fixedTarget();
    } else if (roll === 3) {
      flags |= 5;
      length = old;
      if (this.#draw(2) === 0) target = this.#fixedTarget();
    } else if (roll === 4 && this.#draw(6) === 0) {
      flags = this.#draw(8);
      target = this.#fixedTarget();
    }
    return this.#op('mremap', this.#place(), old, length, flags | (slot << 8), target);
  }

  #fixedTarget(): bigint {
    return BigInt(WINDOW + this.#draw(WINDOW_PAGES - 50) * PAGE);
  }
}

/** What an operation did. */
interface Outcome {
  readonly result: number;
  readonly faults: number;
  /** Signal number times 1000 plus si_code, 0 for none. */
  readonly signal: number;
  readonly addr: number;
}

interface Report {
  readonly maps: string;
  readonly status: string;
  readonly resident: Uint8Array;
}

/** The simulated process. */
class Simulated {
  readonly memory: ProcessMemory;
  readonly #slots = new Map<number, number>();
  readonly #files: (MappedFile | undefined)[];

  constructor(program: string, data: string) {
    const profile = { ...machineProfile('x86_64'), privileged: true };
    this.memory = new ProcessMemory({
      linear: new PlainLinearMemory(32, 32768),
      profile,
      tracer: new NullTracer(),
      fileOf: (fd) => this.#files[fd],
    });
    loadProgram({
      image: readElfImage(program, 'static'),
      memory: this.memory,
      argv: [program, data],
      envp: [],
      programPath: program,
      identify: (path) => identityOf(path),
    });
    const cache = { pages: new Map<number, number>(), dirtyPages: new Set<number>() };
    const disk = (writable: boolean): MappedFile =>
      new MappedFile({
        kind: 'regular',
        name: data,
        ...identityOf(data),
        size: FILE_BYTES,
        writable,
        content: pageOfFile,
        ...cache,
      });
    const memfd = new MappedFile({
      kind: 'shmem',
      name: '/memfd:atlas (deleted)',
      device: '00:01',
      inode: 1,
      size: MEMFD_BYTES,
      writable: true,
    });
    memfd.heldOpen = true;
    this.#files = [disk(true), disk(false), memfd];
  }

  step({ code, args }: Operation): Outcome {
    const { memory } = this;
    const before = memory.counters.minflt;
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = args.map((word) => this.#value(word));
    let result = 0;
    let signal = 0;
    let addr = 0;
    try {
      result = this.#perform(names.get(code) ?? '', [a, b, c, d, e]);
    } catch (error) {
      if (!(error instanceof MemoryFault)) throw error;
      result = -1000;
      const number = error.signal === 'SIGBUS' ? 7 : 11;
      const si = { SEGV_MAPERR: 1, SEGV_ACCERR: 2, SI_KERNEL: 128, BUS_ADRERR: 2 }[error.code];
      signal = number * 1000 + si;
      addr = error.addr;
    }
    return { result, faults: memory.counters.minflt - before, signal, addr };
  }

  /** Whether an operation reads the vdso or vvar: their pages and bytes are this machine's own and not modelled. */
  readsKernelPage({ code, args }: Operation): boolean {
    if (code !== codes.read) return false;
    return this.memory.addressSpace.vmaLookup(this.#value(args[0] ?? 0n))?.file?.kind === 'special';
  }

  report(withSmaps: boolean): Report {
    const resident = new Uint8Array(WINDOW_PAGES);
    for (let page = 0; page < WINDOW_PAGES; page++) {
      resident[page] = this.memory.pageTable.get(WINDOW / PAGE + page) & PTE_PRESENT;
    }
    return { maps: withSmaps ? formatSmaps(this) : formatMaps(this), status: formatStatus(this), resident };
  }

  #value(word: bigint): number {
    if (word >> 56n !== 0xa5n) return Number(word);
    const slot = Number((word >> 40n) & 63n);
    return (this.#slots.get(slot) ?? 0) + Number(BigInt.asIntN(40, word));
  }

  #perform(name: string, [a, b, c, d, e]: readonly [number, number, number, number, number]): number {
    const { memory } = this;
    // A negative number is an address near the top of the 64-bit space. Numbers are 2048 apart there, and system calls want to
    // know whether it lies on a page.
    const isAccess = name === 'read' || name === 'write' || name === 'write-pages';
    const near = isAccess || a % PAGE === 0 ? a : Math.floor(a / PAGE) * PAGE + 2048;
    const at = a < 0 ? near + 2 ** 64 : a;
    switch (name) {
      case 'mmap': {
        const fd = (d & 255) === 255 ? -1 : d & 7;
        const result = memory.mmap(at, b, c & 255, c >>> 8, fd, e);
        if (result > 0) this.#slots.set((d >>> 8) & 63, result);
        return result;
      }
      case 'munmap':
        return memory.munmap(at, b);
      case 'mprotect':
        return memory.mprotect(at, b, c);
      case 'mremap': {
        const result = memory.mremap(at, b, c, d & 255, e);
        if (result > 0) this.#slots.set((d >>> 8) & 63, result);
        return result;
      }
      case 'brk':
        return memory.brk(at);
      case 'madvise':
        return memory.madvise(at, b, c);
      case 'read':
        return memory.readU8(at);
      case 'write':
        memory.writeU8(at, c);
        return 0;
      case 'write-pages':
        for (let page = 0; page < c; page++) memory.writeU8(at + page * PAGE, page + 1);
        return 0;
      case 'mlock2':
        return memory.mlock(at, b, c);
      case 'munlock':
        return memory.munlock(at, b);
      case 'msync':
        return memory.msync(at, b, c);
      case 'mincore': {
        const result = memory.mincore(at, b);
        if (typeof result === 'number') return result;
        return result.reduce((sum, page) => (sum * 3 + page) % 1000003, 0);
      }
      case 'setrlimit':
        if (c === 9) memory.limits.addressSpace = a;
        else if (c === 2) memory.limits.data = a;
        else memory.limits.stack = a;
        return 0;
      case 'mseal':
        return memory.mseal(at, b, c);
      case 'mlockall':
        return c === 0 ? memory.munlockall() : memory.mlockall(c);
      default:
        throw new Error(`unknown operation ${name}`);
    }
  }
}

function identityOf(path: string): { readonly device: string; readonly inode: number } {
  const { dev, ino } = statSync(path);
  return fileIdentity(dev, ino);
}

function pageOfFile(page: number): Uint8Array {
  const bytes = Math.min(PAGE, FILE_BYTES - page * PAGE);
  return Uint8Array.from({ length: bytes }, (_, at) => (page * 7 + at) & 255);
}

/** The real process. */
class Real {
  readonly #child;
  readonly #chunks: Buffer[] = [];
  #have = 0;
  #wake: (() => void) | undefined;
  #ended = false;

  constructor(program: string, data: string) {
    this.#child = spawn('setarch', ['-R', program, data], { stdio: ['pipe', 'pipe', 'inherit'], env: {} });
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#have += chunk.length;
      this.#wake?.();
    });
    this.#child.on('close', () => {
      this.#ended = true;
      this.#wake?.();
    });
    this.#child.stdin.on('error', () => undefined);
  }

  end(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }

  async run(
    operations: readonly Operation[],
    withSmaps: boolean,
  ): Promise<{ outcomes: Outcome[]; report: Report }> {
    const words: bigint[] = [BigInt(operations.length + 1)];
    for (const { code, args } of operations) words.push(BigInt(code), ...args);
    words.push(BigInt(REPORT), BigInt(WINDOW), BigInt(WINDOW_PAGES), withSmaps ? 1n : 0n, 0n, 0n);
    this.#child.stdin.write(Buffer.from(BigUint64Array.from(words).buffer));
    const outcomes: Outcome[] = [];
    const answers = await this.#take((operations.length + 1) * 48);
    for (let index = 0; index < operations.length; index++) {
      const word = (k: number): bigint => answers.readBigUInt64LE(index * 48 + k * 8);
      outcomes.push({
        result: Number(BigInt.asIntN(64, word(0))),
        faults: Number(word(1)),
        signal: Number(word(2)),
        addr: Number(word(3)),
      });
    }
    const at = operations.length * 48;
    const size = (k: number): number => Number(answers.readBigUInt64LE(at + k * 8));
    const maps = (await this.#take(size(0))).toString('latin1');
    const status = (await this.#take(size(1))).toString('latin1');
    return { outcomes, report: { maps, status, resident: new Uint8Array(await this.#take(size(2))) } };
  }

  async #take(bytes: number): Promise<Buffer> {
    while (this.#have < bytes) {
      if (this.#ended) throw new Error('the recorder ended early');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const all = Buffer.concat(this.#chunks);
    this.#chunks.length = 0;
    this.#chunks.push(all.subarray(bytes));
    this.#have = all.length - bytes;
    return all.subarray(0, bytes);
  }
}

/** What a run of the fuzz has found. */
export interface FuzzResult {
  readonly operations: number;
  readonly reports: number;
  readonly differences: readonly string[];
}

/** What stops the comparison on this machine, or nothing. */
export function fuzzObstacle(): string | undefined {
  try {
    if (process.platform !== 'linux' || process.arch !== 'x64') return 'not Linux on x86-64';
    execFileSync('gcc', ['--version'], { stdio: 'ignore' });
    const maps = execFileSync('setarch', ['-R', 'cat', '/proc/self/maps'], { encoding: 'utf8' });
    return maps.includes('[vvar_vclock]') ? undefined : 'another kernel than the simulated one';
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] : String(error);
  }
}

const hex = (value: number | bigint): string => `0x${value.toString(16)}`;

function describeOperation({ code, args }: Operation): string {
  const words = args.map((word) =>
    word >> 56n === 0xa5n ? `slot${String((word >> 40n) & 63n)}+${hex(BigInt.asIntN(40, word))}` : hex(word),
  );
  return `${names.get(code) ?? ''}(${words.join(', ')})`;
}

const statusLines = ['VmLck', 'VmSize', 'VmData', 'VmStk', 'VmPTE', 'RssAnon', 'RssFile', 'RssShmem'];

/** Lines of status that count, as differences to the first report. */
function statusOf(text: string): number[] {
  return statusLines.map((label) => Number(new RegExp(`^${label}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? NaN));
}

/** Inodes of memory files are drawn from a counter that the whole machine shares: they are told by their order here. */
function plainMaps(text: string): string {
  const seen = new Map<string, number>();
  return text.replace(/ 00:01 (\d+) +/g, (_all, inode: string) => {
    if (!seen.has(inode)) seen.set(inode, seen.size + 1);
    return ` 00:01 #${String(seen.get(inode))} `;
  });
}

/**
 * What smaps says of the mappings that operations made, a line an entry. LazyFree and Referenced lag behind, because the kernel
 * marks such pages in batches for each processor; protection keys are a matter of the processor.
 */
function plainSmaps(text: string): string {
  return text
    .split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m)
    .filter((entry) => {
      const start = Number.parseInt(entry, 16);
      const isOurs = (start >= WINDOW && start < WINDOW + WINDOW_PAGES * PAGE) || start >= 0x7f0000000000;
      return isOurs && !/^\S+ \S+ \S+ \S+ \S+ +\[/.test(entry);
    })
    .map((entry) =>
      entry
        .replace(/^(ProtectionKey|LazyFree|Referenced).*\n/gm, '')
        .replace(/ +/g, ' ')
        .replaceAll('\n', ' | '),
    )
    .join('\n');
}

/**
 * Runs a fuzz.
 *
 * It ends at the first difference: from there on the two are no longer alike.
 *
 */
export async function fuzz(
  seed: number,
  operations: number,
  progress: (done: number) => void = () => undefined,
  { batch = 100, history = 8, fine = 0 }: FuzzDetail = {},
): Promise<FuzzResult> {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-fuzz-'));
  const program = join(folder, 'mm-recorder');
  const data = join(folder, 'data');
  const source = fileURLToPath(new URL('../../../../scripts/live/mm-recorder.c', import.meta.url));
  try {
    execFileSync('gcc', ['-O1', '-static', '-w', '-o', program, source]);
    writePages(data);
    return await compare(program, data, { seed, total: operations, batch, history, fine }, progress);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Page by page, so that the page cache holds single pages. */
function writePages(path: string): void {
  const fd = openSync(path, 'w');
  for (let page = 0; page * PAGE < FILE_BYTES; page++) {
    writeSync(fd, pageOfFile(page), 0, undefined, page * PAGE);
    fsyncSync(fd);
  }
  closeSync(fd);
}

/** How finely a run is looked at. */
export interface FuzzDetail {
  /** Operations between two comparisons of maps, status and residency. */
  readonly batch?: number;
  /** Operations that are told with a difference. */
  readonly history?: number;
  /** The operation from which on `batch` counts; 100 before. */
  readonly fine?: number;
}

interface FuzzRun {
  readonly seed: number;
  readonly total: number;
  readonly batch: number;
  readonly history: number;
  readonly fine: number;
}

async function compare(
  program: string,
  data: string,
  { seed, total, batch: size, history, fine }: FuzzRun,
  progress: (done: number) => void,
): Promise<FuzzResult> {
  const simulated = new Simulated(program, data);
  const real = new Real(program, data);
  const differences: string[] = [];
  let done = 0;
  let reports = 0;
  try {
    const first = await real.run([], false);
    const ourFirst = simulated.report(false);
    assert.equal(
      plainMaps(ourFirst.maps),
      plainMaps(first.report.maps),
      'the maps before the first operation',
    );
    const base = statusOf(first.report.status);
    const ourBase = statusOf(ourFirst.status);
    const make = new Generator(seed, simulated.memory.mm.brk);
    const recent: string[] = [];
    while (done < total && differences.length === 0) {
      const batch = Array.from({ length: Math.min(done < fine ? 100 : size, total - done) }, () =>
        make.next(),
      );
      // Every fourth report looks at each mapping's pages too.
      const withSmaps = reports % 4 === 3;
      const { outcomes, report } = await real.run(batch, withSmaps);
      for (let index = 0; index < batch.length; index++) {
        const operation = batch[index]!;
        const theirs = outcomes[index]!;
        recent.push(`${String(done + index)}: ${describeOperation(operation)} = ${outcomeText(theirs)}`);
        let ours: string;
        try {
          const isForeign = simulated.readsKernelPage(operation);
          const outcome = simulated.step(operation);
          ours = outcomeText(isForeign ? theirs : outcome);
        } catch (error) {
          ours = error instanceof Error ? (error.stack ?? error.message) : String(error);
        }
        if (ours !== outcomeText(theirs)) {
          differences.push(`${recent.slice(-history).join('\n')}\n   ours: ${ours}`);
          break;
        }
      }
      if (differences.length > 0) break;
      reports += 1;
      const ours = simulated.report(withSmaps);
      const [theirMaps, ourMaps] = [report.maps, ours.maps].map((text) =>
        plainMaps(withSmaps ? plainSmaps(text) : text),
      ) as [string, string];
      if (theirMaps !== ourMaps) {
        differences.push(
          `maps after ${String(done + batch.length)}:\n${(withSmaps ? entryDifference : lineDifference)(theirMaps, ourMaps)}`,
        );
      }
      const delta = statusOf(report.status).map((value, k) => value - base[k]!);
      const ourDelta = statusOf(ours.status).map((value, k) => value - ourBase[k]!);
      if (delta.join() !== ourDelta.join()) {
        differences.push(
          `status after ${String(done + batch.length)} (${statusLines.join()}):\n  real ${delta.join()}\n  ours ${ourDelta.join()}`,
        );
      }
      if (Buffer.compare(report.resident, ours.resident) !== 0) {
        const page = report.resident.findIndex((value, k) => value !== ours.resident[k]);
        differences.push(
          `residency after ${String(done + batch.length)}: page ${hex(WINDOW + page * PAGE)}\n${ourMaps
            .split('\n')
            .filter((line) => line.startsWith('100'))
            .join('\n')}`,
        );
      }
      if (differences.length > 0) differences.push(recent.slice(-history).join('\n'));
      done += batch.length;
      progress(done);
    }
  } finally {
    real.end();
  }
  return { operations: done, reports, differences };
}

function outcomeText({ result, faults, signal, addr }: Outcome): string {
  const value = result < 0 ? String(result) : hex(result);
  const fault = signal === 0 ? '' : ` signal ${String(signal)} at ${hex(addr)}`;
  return `${value}${fault}, ${String(faults)} faults`;
}

/** What two entries of smaps, each in a line, say differently. */
function entryDifference(theirs: string, ours: string): string {
  const [a, b] = [theirs.split('\n'), ours.split('\n')];
  return a
    .flatMap((line, at) => {
      const [real, simulated] = [line.split(' | '), (b[at] ?? '').split(' | ')];
      const fields = real.flatMap((field, k) =>
        field === simulated[k] ? [] : [`real ${field}, ours ${String(simulated[k])}`],
      );
      return fields.length === 0 ? [] : [`  ${String(real[0])}: ${fields.join('; ')}`];
    })
    .join('\n');
}

function lineDifference(theirs: string, ours: string): string {
  const [a, b] = [theirs.split('\n'), ours.split('\n')];
  const [inA, inB] = [new Set(a), new Set(b)];
  return [
    ...a.filter((line) => !inB.has(line)).map((line) => `  real ${line}`),
    ...b.filter((line) => !inA.has(line)).map((line) => `  ours ${line}`),
  ].join('\n');
}
