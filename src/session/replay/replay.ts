/**
 * Replays an allocation trace and tells, operation by operation, what malloc and the kernel did.
 *
 * The output is newline-delimited JSON: a header line for every fresh process, a record for every operation. Fields
 * that are zero, empty or unchanged are left out.
 */
import { MallocAbort, MallocHang } from '../../core/malloc/abort.ts';
import { Peek } from '../../core/malloc/inspect.ts';
import type { Word } from '../../core/malloc/word.ts';
import { MemoryFault } from '../../core/mm/kernel.ts';
import type { SyscallEvent, TraceEvent, Tracer } from '../../core/trace/trace-event.ts';
import { countPages, hex, isAnonymous, isDynamic, stateText, topChunk, vmaText } from './heap-record.ts';
import { vmaLine } from '../../core/process/proc-maps.ts';
import { startProcess } from './start-state.ts';
import type { ReplayProcess, StartState } from './start-state.ts';
import { TraceError, evaluateAddress, operationKinds, parseNumber } from './trace.ts';
import type { Operation } from './trace.ts';

/** How a replay runs. */
export interface ReplayOptions {
  /** Wrong uses are allowed, lists are cut, a fatal signal ends the scenario only. */
  readonly bad: boolean;
  /** VMA changes are recorded at every operation. */
  readonly vmas: boolean;
}

/** Keeps the system calls of the operation under way. */
class SyscallCollector implements Tracer {
  readonly wantsWhy = false;
  count = 0;
  calls: SyscallEvent[] = [];

  emit(event: TraceEvent): void {
    this.count += 1;
    // Records have one name for both targets.
    if (event.kind === 'syscall')
      this.calls.push(event.name === 'mmap2' ? { ...event, name: 'mmap' } : event);
  }
}

/** A VMA as it was shown last. */
interface ShownVma {
  readonly start: number;
  readonly end: number;
  readonly permissions: string;
  readonly name: string;
}

/** What an operation gave. */
interface Outcome {
  /** `,"r":…` and what follows it. */
  result: string;
  errno: number;
  /** `,"mi":…` */
  readonly info?: string;
  /** The block that the operation's id now names; `undefined` leaves it as it was. */
  block?: { readonly address: Word; readonly alive: boolean };
}

const NO_OUTCOME: Outcome = { result: '', errno: 0 };

/** Bytes that an access takes at a time. */
const ACCESS_BYTES = 65536;

/** Flags of mremap that need a fifth argument. */
const MREMAP_FIXED = 2;

/** Runs the operations of one process. */
export class Replay {
  readonly process: ReplayProcess;
  readonly #options: ReplayOptions;
  readonly #tracer = new SyscallCollector();
  /** Addresses by id: an array, which costs least for a million of them. */
  readonly #blocks: Word[] = [];
  /** What became of each id: no block (a failed request), allocated, freed. */
  readonly #alive: ('none' | 'allocated' | 'freed')[] = [];
  readonly #wordBytes: 4 | 8;
  /** Whether a fatal signal ended the process. */
  ended = false;
  #brk: number;
  #minflt = 0;
  #basePages = { real: 0, zero: 0 };
  #pages = [0, 0, 0, 0];
  #top = { top: 0 as Word, size: 0 as Word };
  #thresholds: [Word, Word];
  #shown: ShownVma[] = [];

  constructor(start: StartState, options: ReplayOptions) {
    this.process = startProcess(start, this.#tracer);
    this.#options = options;
    this.#wordBytes = start.word;
    this.#brk = this.process.memory.mm.brk;
    this.#tracer.calls = [];
    const counted = this.#countAnonymous();
    this.#basePages = { real: counted.anonymous.real, zero: counted.anonymous.zero };
    this.#thresholds = this.#readThresholds();
    this.#shown = this.#dynamicVmas();
  }

  /** Carries out one operation and gives its record. */
  step(operation: Operation): string {
    const head = `{"i":${operation.index},"o":${JSON.stringify(operation.text)}`;
    this.#tracer.calls = [];
    let outcome: Outcome;
    try {
      const done = this.#carryOut(operation);
      if (done === undefined) return `${head},"skip":1}`;
      outcome = done;
    } catch (error) {
      const fatal = fatalText(error);
      if (fatal === undefined) throw error;
      this.ended = true;
      return `${head}${fatal}${this.#syscallText(operation)}}`;
    }
    return `${head}${outcome.result}${this.#afterText(operation, outcome)}}`;
  }

  /**
   * The arguments of the call that an operation makes, with addresses in place of ids and of address expressions, for
   * those who make the same call elsewhere. To be asked before the operation is carried out.
   *
   * @returns `undefined` when it names an id without a block
   */
  resolve(operation: Operation): readonly bigint[] | undefined {
    const { args, name } = operation;
    const values: bigint[] = [];
    for (let k = 0; k < args.length; k += 1) {
      const kind = operationKinds[name][k];
      const arg = args[k] ?? '0';
      if (kind === 'n') values.push(BigInt(this.#number(arg)));
      if (kind !== 'x') continue;
      const address = this.#address(arg);
      if (address === undefined) return undefined;
      values.push(address);
    }
    const id = Number(args[0]);
    const block = BigInt(this.#blocks[id] ?? 0);
    if (name === 'realloc' || name === 'reallocarray') values.unshift(BigInt(this.#usableBlock(operation)));
    else if (name === 'free') {
      const known = this.#options.bad || (this.#alive[id] ?? 'none') !== 'none';
      values.unshift(known ? block : 0n);
    } else if (name === 'touch' || name === 'read') {
      const [offset = 0n, length = 0n] = values;
      return [block + offset, length, BigInt(this.#firstByte(id, offset))];
    } else if (name === 'touchat' || name === 'readat') values.push(((values[0] ?? 0n) >> 4n) & 255n);
    return values;
  }

  /** The first byte that a touch of an id's block writes. */
  #firstByte(id: number, offset: Word): number {
    return (id * 31 + 7 + Number(BigInt.asUintN(32, BigInt(offset)))) & 255;
  }

  #afterText(operation: Operation, outcome: Outcome): string {
    const id = Number(operation.args[0]);
    if (outcome.block !== undefined) {
      this.#blocks[id] = outcome.block.address;
      this.#alive[id] = outcome.block.alive ? 'allocated' : 'none';
    }
    let text = outcome.errno === 0 ? '' : `,"e":${outcome.errno}`;
    text += outcome.info ?? '';
    text += this.#syscallText(operation);
    text += this.#pagesText(operation);
    text += this.#topText();
    if (this.#options.vmas && this.#moved(operation)) text += this.#vmaDifference();
    if (operation.name === 'check')
      text += stateText(this.process, this.#options.bad) + vmaText(this.process);
    return text;
  }

  // ---- operations ----

  /** Makes the call. @returns `undefined` when an address names an id without a block */
  #carryOut(operation: Operation): Outcome | undefined {
    const { malloc } = this.process;
    const number = (k: number): Word => this.#number(operation.args[k] ?? '0');
    const block = this.#blocks[Number(operation.args[0])] ?? 0;
    switch (operation.name) {
      case 'malloc':
        return this.#allocated(malloc.malloc(number(1)));
      case 'calloc':
        return this.#allocated(malloc.calloc(number(1), number(2)));
      case 'valloc':
        return this.#allocated(malloc.valloc(number(1)));
      case 'pvalloc':
        return this.#allocated(malloc.pvalloc(number(1)));
      case 'memalign':
        return this.#allocated(malloc.memalign(number(1), number(2)));
      case 'aligned_alloc':
        return this.#allocated(malloc.alignedAlloc(number(1), number(2)));
      case 'posix_memalign': {
        const { status, mem } = malloc.posixMemalign(number(1), number(2));
        return { ...this.#allocated(mem), errno: status === 0 ? malloc.errno : status };
      }
      case 'realloc':
        return this.#reallocated(malloc.realloc(this.#usableBlock(operation), number(1)), number(1));
      case 'reallocarray': {
        const product = BigInt.asUintN(8 * this.#wordBytes, BigInt(number(1)) * BigInt(number(2)));
        const mem = malloc.reallocarray(this.#usableBlock(operation), number(1), number(2));
        return this.#reallocated(mem, product === 0n ? 0 : 1);
      }
      case 'reallocat': {
        const address = this.#address(operation.args[1] ?? '0');
        return address === undefined
          ? undefined
          : this.#reallocated(malloc.realloc(address, number(2)), number(2));
      }
      case 'free':
        return this.#free(operation, block);
      case 'freeat': {
        const address = this.#address(operation.args[0] ?? '0');
        if (address === undefined) return undefined;
        malloc.free(address);
        return { result: '', errno: malloc.errno };
      }
      case 'trim': {
        const result = malloc.mallocTrim(number(0));
        return { result: `,"r":${result}`, errno: malloc.errno };
      }
      case 'mallopt': {
        const int = (k: number): number => Number(BigInt.asIntN(32, BigInt(number(k))));
        const result = malloc.mallopt(int(0), int(1));
        return { result: `,"r":${result}`, errno: malloc.errno };
      }
      case 'sbrk': {
        const delta = BigInt.asIntN(8 * this.#wordBytes, BigInt(number(0)));
        const old = malloc.sbrk(Number(delta));
        return { result: `,"r":${old < 0 ? hex(malloc.state.w.max) : hex(old)}`, errno: malloc.errno };
      }
      case 'mallinfo':
        return { result: '', errno: 0, info: this.#mallinfoText() };
      case 'check':
      case 'reset':
        return NO_OUTCOME;
      case 'touch':
      case 'read':
      case 'touchat':
      case 'readat':
      case 'stack':
      case 'poke':
      case 'pokelink':
        return this.#access(operation);
      default:
        return this.#rawSyscall(operation);
    }
  }

  /** The block that realloc gets: one that was freed only where wrong uses are allowed. */
  #usableBlock(operation: Operation): Word {
    const id = Number(operation.args[0]);
    const usable = this.#alive[id] === 'allocated' || this.#options.bad;
    return usable ? (this.#blocks[id] ?? 0) : 0;
  }

  /** Frees the block of an id; NULL after a failed request. */
  #free(operation: Operation, block: Word): Outcome {
    const id = Number(operation.args[0]);
    const state = this.#alive[id] ?? 'none';
    if (state === 'freed' && !this.#options.bad)
      throw new TraceError(
        `id ${id} is freed twice; a trace with the directive bad may do so`,
        operation.line,
      );
    const { malloc } = this.process;
    malloc.free(state === 'none' && !this.#options.bad ? 0 : block);
    this.#alive[id] = state === 'none' ? 'none' : 'freed';
    return { result: '', errno: malloc.errno };
  }

  #allocated(mem: number): Outcome {
    const { malloc } = this.process;
    const { errno } = malloc;
    const usable = malloc.usableSizeWord(mem);
    const result = `,"r":${hex(mem)},"u":${usable.toString()}`;
    return { result, errno, block: { address: mem, alive: mem !== 0 } };
  }

  /** A realloc that failed keeps the old block, unless it freed. */
  #reallocated(mem: number, bytes: Word): Outcome {
    const outcome = this.#allocated(mem);
    if (mem !== 0 || bytes === 0) return outcome;
    return { result: outcome.result, errno: outcome.errno };
  }

  /** Reads and writes by the program itself; where they fault, the record says so and the trace goes on. */
  #access(operation: Operation): Outcome | undefined {
    const { memory } = this.process;
    try {
      switch (operation.name) {
        case 'poke':
        case 'pokelink':
          return this.#poke(operation);
        case 'stack':
          memory.writeU8(this.process.stackEnd - Number(this.#number(operation.args[0] ?? '0')), 1);
          return NO_OUTCOME;
        default:
          return this.#touchOrRead(operation);
      }
    } catch (error) {
      if (!(error instanceof MemoryFault)) throw error;
      let kind = 'other';
      if (error.signal === 'SIGBUS') kind = 'SIGBUS';
      else if (error.code === 'SEGV_MAPERR') kind = 'MAPERR';
      else if (error.code === 'SEGV_ACCERR') kind = 'ACCERR';
      return { result: `,"segv":["${kind}",${hex(error.exactAddr)}]`, errno: 0 };
    }
  }

  #touchOrRead(operation: Operation): Outcome | undefined {
    const { memory, malloc } = this.process;
    const { args } = operation;
    const byId = operation.name === 'touch' || operation.name === 'read';
    let address: Word;
    let first: number;
    if (byId) {
      const id = Number(args[0]);
      if (this.#alive[id] !== 'allocated' && !this.#options.bad)
        throw new TraceError(`id ${id} has no block now`, operation.line);
      const offset = this.#number(args[1] ?? '0');
      address = malloc.state.w.add(this.#blocks[Number(args[0])] ?? 0, offset);
      first = this.#firstByte(id, offset);
    } else {
      const value = this.#address(args[0] ?? '0');
      if (value === undefined) return undefined;
      address = value;
      first = Number((value >> 4n) & 255n);
    }
    const length = Number(this.#number(args[byId ? 2 : 1] ?? '0'));
    const writes = operation.name.startsWith('touch');
    const { w } = malloc.state;
    const start = w.reach(w.pointerAt(address), 0, writes ? 'write' : 'read');
    // Piece by piece: a wrong length ends at the first page that is not there.
    let hash = 2166136261;
    for (let done = 0; done < length; done += ACCESS_BYTES) {
      const count = Math.min(ACCESS_BYTES, length - done);
      if (writes) {
        const bytes = new Uint8Array(count);
        for (let k = 0; k < count; k += 1) bytes[k] = first + done + k;
        memory.writeBytes(start + done, bytes);
      } else
        for (const byte of memory.readBytes(start + done, count)) hash = Math.imul(hash ^ byte, 16777619);
    }
    if (writes) return NO_OUTCOME;
    return { result: `,"h":"${(hash >>> 0).toString(16).padStart(8, '0')}"`, errno: 0 };
  }

  #poke(operation: Operation): Outcome | undefined {
    const { memory, malloc } = this.process;
    const values = operation.args.map((arg) => this.#address(arg));
    const [address] = values;
    let [, width, value] = values;
    if (operation.name === 'pokelink') {
      [, value] = values;
      width = BigInt(this.#wordBytes);
      if (address !== undefined && value !== undefined && malloc.state.release.safeLinking)
        value ^= address >> 12n;
    }
    if (address === undefined || width === undefined || value === undefined) return undefined;
    const { w } = malloc.state;
    const at = w.reach(w.pointerAt(toWordOf(address)), 0, 'write');
    switch (width) {
      case 1n:
        memory.writeU8(at, Number(value & 0xffn));
        break;
      case 2n:
        memory.writeU16(at, Number(value & 0xffffn));
        break;
      case 4n:
        memory.writeU32(at, Number(value & 0xffff_ffffn));
        break;
      default:
        memory.writeU64(at, value);
    }
    return NO_OUTCOME;
  }

  /** A system call made without libc, which therefore keeps no record of it. */
  #rawSyscall(operation: Operation): Outcome | undefined {
    const { memory } = this.process;
    const { args, name } = operation;
    const number = (k: number): number => Number(this.#number(args[k] ?? '0'));
    const int = (k: number): number => Number(BigInt.asIntN(32, BigInt(this.#number(args[k] ?? '0'))));
    const target = name === 'mmap' || name === 'mremap' ? args[1] : args[0];
    const address = this.#address(target ?? '0');
    if (address === undefined) return undefined;
    const at = Number(address);
    let result: number;
    let dest = false;
    switch (name) {
      case 'mmap':
        result = memory.mmap(at, number(2), int(3), int(4), -1, 0);
        dest = true;
        break;
      case 'munmap':
        result = memory.munmap(at, number(1));
        break;
      case 'mprotect':
        result = memory.mprotect(at, number(1), int(2));
        break;
      case 'madvise':
        result = memory.madvise(at, number(1), int(2));
        break;
      case 'mremap': {
        const to = this.#address(args[5] ?? '0');
        if (to === undefined) return undefined;
        result = memory.mremap(at, number(2), number(3), int(4), Number(to));
        dest = true;
        break;
      }
      case 'brk':
        result = memory.brk(at);
        break;
      default:
        throw new TraceError(`no system call ${name}`, 0);
    }
    const failed = result < 0;
    const text = `,"r":${failed ? String(result) : hex(result)}`;
    return dest && !failed
      ? { result: text, errno: 0, block: { address: result, alive: true } }
      : { result: text, errno: 0 };
  }

  // ---- arguments ----

  /** A number of the trace, cut to the target's word. */
  #number(text: string): Word {
    return toWordOf(BigInt.asUintN(8 * this.#wordBytes, parseNumber(text) ?? 0n));
  }

  #address(text: string): bigint | undefined {
    const { malloc } = this.process;
    const top = new Peek(malloc.state).word(malloc.state.mainArenaAddress, malloc.state.params.arena.top);
    return evaluateAddress(
      text,
      {
        heap: BigInt(this.process.memory.mm.startBrk),
        brk: BigInt(this.#brk),
        top: BigInt(top),
        blockOf: (id) => BigInt(this.#blocks[id] ?? 0),
      },
      this.#wordBytes,
    );
  }

  // ---- parts of a record ----

  #moved(operation: Operation): boolean {
    return this.#tracer.calls.length > 0 || operation.name === 'stack';
  }

  #mallinfoText(): string {
    const info = this.process.malloc.mallinfo();
    return `,"mi":[${Object.values(info)
      .map((value: number) => value >>> 0)
      .join(',')}]`;
  }

  #syscallText(operation: Operation): string {
    const { calls } = this.#tracer;
    if (calls.length === 0) return '';
    for (const call of calls) if (call.name === 'brk') this.#brk = call.result;
    const raw = rawArguments(operation);
    const texts = calls.map((call, k) => {
      const values = call.args.map((value, n) =>
        this.#argumentText(call, value, n, k === 0 ? raw?.[n] : undefined),
      );
      if (call.name === 'mremap' && ((call.args[3] ?? 0) & MREMAP_FIXED) === 0) values.length = 4;
      const plain = call.result < 0 || ['munmap', 'mprotect', 'madvise'].includes(call.name);
      return `["${call.name}",${values.join(',')},${plain ? String(call.result) : hex(call.result)}]`;
    });
    return `,"y":[${texts.join(',')}]`;
  }

  /** Addresses and lengths in hex, small numbers plainly. */
  #argumentText(call: SyscallEvent, value: number, position: number, raw: string | undefined): string {
    const small =
      (call.name === 'mmap' && position >= 2 && position <= 4) ||
      (['mprotect', 'madvise'].includes(call.name) && position === 2) ||
      (call.name === 'mremap' && position === 3);
    if (small) return String(value | 0);
    // A number of the trace may have more bits than a double.
    if (raw !== undefined && !Number.isSafeInteger(value)) return hex(this.#number(raw));
    return hex(BigInt(value));
  }

  #pagesText(operation: Operation): string {
    const minflt = this.process.memory.counters.minflt - this.#minflt;
    let text = minflt === 0 ? '' : `,"f":${minflt}`;
    this.#minflt += minflt;
    if (minflt === 0 && !this.#moved(operation)) return text;
    const { heap, anonymous } = this.#countAnonymous();
    const now = [
      heap.real,
      anonymous.real - this.#basePages.real,
      heap.zero,
      anonymous.zero - this.#basePages.zero,
    ];
    const changed = (k: number): boolean => now[k] !== this.#pages[k];
    if (changed(0) || changed(1)) text += `,"p":[${now[0] ?? 0},${now[1] ?? 0}]`;
    if (changed(2) || changed(3)) text += `,"z":[${now[2] ?? 0},${now[3] ?? 0}]`;
    this.#pages = now;
    return text;
  }

  #countAnonymous(): { heap: { real: number; zero: number }; anonymous: { real: number; zero: number } } {
    const heap = { real: 0, zero: 0 };
    const anonymous = { real: 0, zero: 0 };
    for (const vma of this.process.memory.addressSpace.vmas) {
      if (!isAnonymous(this.process, vma)) continue;
      const { name } = vmaLine(this.process.memory, vma);
      countPages(this.process, vma.start, vma.end, name === '[heap]' ? heap : anonymous);
    }
    return { heap, anonymous };
  }

  #topText(): string {
    let text = '';
    const now = topChunk(this.process);
    if (now.top !== this.#top.top || now.size !== this.#top.size)
      text += `,"t":[${hex(now.top)},${now.size.toString()}]`;
    this.#top = now;
    const thresholds = this.#readThresholds();
    if (thresholds[0] !== this.#thresholds[0] || thresholds[1] !== this.#thresholds[1])
      text += `,"th":[${thresholds.map(String).join(',')}]`;
    this.#thresholds = thresholds;
    return text;
  }

  #readThresholds(): [Word, Word] {
    const { state } = this.process.malloc;
    const peek = new Peek(state);
    const { par } = state.params;
    return [peek.word(state.mpAddress, par.mmapThreshold), peek.word(state.mpAddress, par.trimThreshold)];
  }

  #dynamicVmas(): ShownVma[] {
    const { memory } = this.process;
    return memory.addressSpace.vmas
      .filter((vma) => isDynamic(this.process, vma))
      .map((vma) => {
        const { name, permissions } = vmaLine(memory, vma);
        return { start: vma.start, end: vma.end, permissions, name };
      });
  }

  #vmaDifference(): string {
    const now = this.#dynamicVmas();
    const key = (vma: ShownVma): string => `${vma.start} ${vma.end} ${vma.permissions} ${vma.name}`;
    const before = new Set(this.#shown.map(key));
    const after = new Set(now.map(key));
    const gone = this.#shown.filter((vma) => !after.has(key(vma)));
    const added = now.filter((vma) => !before.has(key(vma)));
    this.#shown = now;
    if (gone.length === 0 && added.length === 0) return '';
    const addedText = added.map(
      (vma) => `[${hex(vma.start)},${hex(vma.end)},"${vma.permissions}","${vma.name}"]`,
    );
    return `,"v":{"del":[${gone.map((vma) => hex(vma.start)).join(',')}],"add":[${addedText.join(',')}]}`;
  }
}

function toWordOf(value: bigint): Word {
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

/** The numbers of a raw system call as the trace has them, in the order of its arguments. */
function rawArguments(operation: Operation): readonly (string | undefined)[] | undefined {
  const { args } = operation;
  switch (operation.name) {
    case 'mmap':
      return [undefined, args[2]];
    case 'munmap':
    case 'mprotect':
    case 'madvise':
      return [undefined, args[1]];
    case 'mremap':
      return [undefined, args[2], args[3]];
    default:
      return undefined;
  }
}

/** `,"fatal":…` for what ends a process; `undefined` for what does not. */
function fatalText(error: unknown): string | undefined {
  if (error instanceof MallocAbort) return `,"fatal":"SIGABRT","msg":${JSON.stringify(error.stderr)}`;
  if (error instanceof MallocHang) return `,"fatal":"hang"`;
  if (!(error instanceof MemoryFault)) return undefined;
  if (error.signal === 'SIGBUS') return `,"fatal":"SIGBUS"`;
  return `,"fatal":"SIGSEGV","at":${error.code === 'SI_KERNEL' ? 'null' : hex(error.exactAddr)}`;
}
