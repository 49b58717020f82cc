/**
 * Looks at a run for mistakes with memory, as valgrind's memcheck does: every access of the program and of libc on its
 * behalf is held against what is known of the bytes (shadow-memory.ts).
 *
 * It only observes: the run goes on as it does for real. So a block that was freed is known as such until malloc gives
 * its bytes away again.
 *
 * Initialisation is followed by bits (undefined-values.ts): what is computed of a value that is not initialised is not either, and
 * the mistake is where something is decided by it. That is done only in runs in which such a value is loaded at all, which
 * the checker finds out in a run before.
 */
import type { Machine } from '../process/machine.ts';
import { variableAddress } from '../process/machine.ts';
import type { Trap } from '../process/trap.ts';
import type { MallocEvent, SyscallEvent, TraceEvent } from '../trace/trace-event.ts';
import type { CheckKind, CheckReport } from './check-report.ts';
import type { FrameMarks } from './frame-marks.ts';
import { changeOf, HeapBlocks } from './heap-blocks.ts';
import type { BlockChange } from './heap-blocks.ts';
import type { ShadowMemory } from './shadow-memory.ts';
import { overlapOf } from './overlapping-copy.ts';
import { DEAD, DEFINED, LINK, NO_ACCESS, PARTIAL, UNDEFINED, isUnknown } from './shadow-memory.ts';
import { UndefinedValues } from './undefined-values.ts';
import type { ValueProgram } from './undefined-values.ts';

/** System calls that read a buffer: their second argument, as many bytes as they return. */
const writing: ReadonlySet<string> = new Set(['write', 'pwrite64']);

/** Bytes below the stack pointer that a function that calls nothing uses. */
const redZone = 128;

/** Bytes with a name: a variable. */
export interface NamedBytes {
  readonly name: string;
  readonly start: number;
  readonly size: number;
}

/** Reports that are kept at most. */
const mostReports = 1000;

/** Watches one run. */
export class AccessChecker {
  readonly reports: CheckReport[] = [];
  readonly blocks: HeapBlocks;
  readonly #shadow: ShadowMemory;
  readonly #known = new Set<string>();
  readonly #attached: Machine;
  /** Whether the program moves the break itself: then not all of the heap is malloc's. */
  readonly #sharesBreak: boolean;
  /** End of the heap as far as its bytes are marked. */
  #heapEnd = 0;
  readonly #stepsAhead: number;
  readonly #frames: FrameMarks;
  readonly #staticAt: (addr: number) => NamedBytes | undefined;
  /** The access to malloc's own bytes that was refused last. */
  #refused: Pick<CheckReport, 'access' | 'position' | 'end'> | undefined;
  /** Where was copied to last, by position. */
  readonly #copiedTo = new Map<number, number>();
  /** Address of an access that is reported already. */
  #excused = -1;
  /** Follows values that are not initialised; undefined where the code does not tell of all accesses. */
  readonly #values: UndefinedValues | undefined;
  readonly #metUndefined: () => void;

  /**
   * Watches a machine of a program with these frames and static variables.
   *
   * @param stepsAhead - steps that the machine was told to await when it began
   * @param shadow - with nothing said of any byte
   * @param program.values - how values are followed, where the code tells of all accesses
   * @param program.metUndefined - where it does not: a value that is not initialised was loaded, so it must be told
   */
  constructor(
    machine: Machine,
    stepsAhead: number,
    shadow: ShadowMemory,
    program: {
      readonly frames: FrameMarks;
      readonly staticAt: (addr: number) => NamedBytes | undefined;
      readonly values: ValueProgram | undefined;
      readonly metUndefined: () => void;
    },
  ) {
    this.#shadow = shadow;
    this.#frames = program.frames;
    this.#staticAt = program.staticAt;
    this.blocks = new HeapBlocks(shadow, stepsAhead);
    this.#stepsAhead = stepsAhead;
    this.#attached = machine;
    this.#metUndefined = program.metUndefined;
    this.#values =
      program.values &&
      new UndefinedValues(
        () => machine.current,
        shadow,
        program.values,
        (addr, bytes, position) => {
          this.#uninitialised(addr, bytes, position);
        },
      );
    this.#sharesBreak = machine.program.externals.some(({ name }) => name === 'sbrk' || name === 'brk');
  }

  /** The machine that runs the process now: a process made by fork has another one whenever it goes on. */
  get machine(): Machine {
    return this.#attached.current;
  }

  // ---- what the program does ----

  /** A function was entered, or is about to be left. */
  frame(position: number, framePointer: number): void {
    const shape = this.#frames.shapeAt(position);
    if (shape === undefined) return;
    const { fn, isEntry, lowest } = shape;
    const low = framePointer + lowest;
    // Variables of a frame that is aligned anew do not count from rbp.
    const [frame] = fn.realignment === undefined ? [undefined] : this.machine.callStack(1);
    if (!isEntry) {
      this.#shadow.set(low, framePointer + this.#frames.linkBytes - low, DEAD);
      this.#frames.noteGone(position, framePointer, frame?.variablesFrom ?? framePointer);
      this.#values?.left(framePointer);
      return;
    }
    this.#shadow.set(low, framePointer - low, DEFINED);
    this.#shadow.set(framePointer, this.#frames.linkBytes, LINK);
    for (const variable of fn.variables) {
      const state = variable.isParameter ? DEFINED : UNDEFINED;
      const start = frame === undefined ? framePointer + variable.offset : variableAddress(frame, variable);
      this.#shadow.set(start, variable.size, state);
    }
    this.#values?.entered(fn.name, framePointer);
  }

  /** The stack pointer moved inside a function: what was taken is not initialised, what was given back is gone. */
  stackMoved(from: number, to: number): void {
    if (to < from) this.#shadow.set(to, from - to, UNDEFINED);
    else this.#shadow.set(from, to - from, DEAD);
  }

  /** The kernel writes the frame of a signal: below the stack pointer, where frames may have ended. */
  signalFrame(addr: number, bytes: number): void {
    this.#shadow.set(addr, bytes, DEFINED);
  }

  /** An access is about to be made outside of the variable at `start`. */
  outside(addr: number, bytes: number, start: number, isStore: boolean): void {
    const access = isStore ? 'write' : 'read';
    const variable = this.#variableAt(start)?.name ?? this.#staticAt(start)?.name;
    this.#report({ kind: 'out-of-bounds', access, addr, bytes, variable });
    this.#excused = addr;
  }

  /** The program calls a function of libc. */
  called(name: string, args: readonly (number | bigint)[]): void {
    const copy = overlapOf(name, args, (addr, bytes) => this.machine.memory.peek(addr, bytes));
    if (copy === undefined) return;
    this.#report({ kind: 'overlap', access: 'write', addr: copy.to, bytes: copy.bytes });
  }

  load(addr: number, bytes: number): void {
    if (this.#isExcused(addr)) return;
    const state = this.#shadow.worst(addr, bytes);
    if (state === DEFINED) return;
    if (!isUnknown(state)) this.#refuse('read', addr, bytes);
    else this.#loadedUnknown(addr, bytes, false);
  }

  #loadedUnknown(addr: number, bytes: number, isCopy: boolean): void {
    if (this.#values === undefined) this.#metUndefined();
    else this.#values.loaded(addr, bytes, isCopy);
  }

  /** A byte that libc looks at: it decides by it. */
  libcByte(addr: number, bytes: number): void {
    if (this.#isExcused(addr)) return;
    const state = this.#shadow.worst(addr, bytes);
    if (state === DEFINED) return;
    if (isUnknown(state)) this.#uninitialised(addr, bytes);
    else this.#refuse('read', addr, bytes);
  }

  #isExcused(addr: number): boolean {
    const isExcused = addr === this.#excused;
    this.#excused = -1;
    return isExcused;
  }

  /** A store by the program's code of a scalar. */
  valueStore(addr: number, bytes: number): void {
    if (this.#values === undefined) {
      this.store(addr, bytes);
      return;
    }
    const unknown = this.#values.stored(addr, bytes, this.#shadow.unknownBits(addr, bytes));
    this.store(addr, bytes);
    if (unknown !== 0n) this.#shadow.setUnknown(addr, bytes, unknown);
  }

  store(addr: number, bytes: number): void {
    const state = this.#shadow.worst(addr, bytes);
    if (state === DEFINED) return;
    if (state >= NO_ACCESS && !this.#isExcused(addr)) this.#refuse('write', addr, bytes);
    this.#shadow.define(addr, bytes);
  }

  copyLoad(addr: number, bytes: number): void {
    const state = this.#shadow.worst(addr, bytes);
    if (state >= NO_ACCESS) this.#refuse('read', addr, bytes);
    else if (isUnknown(state)) this.#loadedUnknown(addr, bytes, true);
  }

  fill(addr: number, bytes: number): void {
    this.store(addr, bytes);
  }

  /** A record that is copied, or what the compiler makes of memcpy. */
  copy(to: number, from: number, bytes: number): void {
    const { position } = this.machine;
    // In a loop the same bytes are copied to again and again.
    if (this.#copiedTo.get(position) !== to) {
      this.#copiedTo.set(position, to);
      if (!this.#isRegister(to)) this.#holdWithin('write', to, bytes);
    }
    this.#copy(to, from, bytes);
  }

  #copy(to: number, from: number, bytes: number): void {
    if (bytes === 0 || this.#isRegister(from) || this.#isRegister(to)) {
      if (!this.#isRegister(to)) this.store(to, bytes);
      return;
    }
    const state = this.#shadow.worst(from, bytes);
    if (state >= NO_ACCESS) this.#refuse('read', from, bytes);
    const states = state === DEFINED ? undefined : this.#shadow.copyOf(from, bytes);
    this.store(to, bytes);
    if (states !== undefined) this.#shadow.paste(to, states);
  }

  /** A store by libc: one that begins in a variable is meant for it. */
  libcStore(addr: number, bytes: number): void {
    if (bytes > 1) this.#holdWithin('write', addr, bytes);
    this.store(addr, bytes);
  }

  /** A copy by libc. */
  libcCopy(to: number, from: number, bytes: number): void {
    this.#holdWithin('write', to, bytes);
    this.#holdWithin('read', from, bytes);
    this.#copy(to, from, bytes);
  }

  #holdWithin(access: 'read' | 'write', addr: number, bytes: number): void {
    const variable = this.#variableAt(addr) ?? this.#staticAt(addr);
    if (variable === undefined || addr + bytes <= variable.start + variable.size) return;
    this.#report({ kind: 'out-of-bounds', access, addr, bytes, variable: variable.name });
  }

  /** Records that travel in registers lie in a page that no process has. */
  #isRegister(addr: number): boolean {
    return addr >= this.machine.memory.profile.taskSize;
  }

  /** A read by libc: whole buffers that it moves may hold anything. */
  libcLoad(addr: number, bytes: number): void {
    if (bytes === 1) this.libcByte(addr, bytes);
    else if (this.#shadow.worst(addr, bytes) >= NO_ACCESS) this.#refuse('read', addr, bytes);
  }

  // ---- what happens ----

  event(event: TraceEvent): void {
    if (event.kind === 'malloc') this.#call(event);
    else if (event.kind === 'syscall') this.#syscall(event);
  }

  #syscall({ name, args, result }: SyscallEvent): void {
    const [first = 0, second = 0] = args;
    if (result < 0) return;
    // What is mapped anew says nothing about what was there.
    if (name === 'mmap') this.#shadow.set(result, second, DEFINED);
    if (writing.has(name) && isUnknown(this.#shadow.worst(second, result)))
      this.#uninitialised(second, result);
    if (name === 'read') this.#shadow.define(args[1] ?? 0, result);
    if (name === 'munmap' && this.blocks.freedAt(first) === undefined)
      this.#shadow.set(first, second, DEFINED);
  }

  #call(event: MallocEvent): void {
    const { gone, made } = changeOf(event);
    this.#markHeap();
    // glibc ends the run, or refuses.
    const [first = 0] = event.args;
    if (event.name.startsWith('realloc') && gone === undefined && first !== 0) {
      if (this.blocks.heldAt(first) === undefined) this.#badFree(first);
    }
    const states =
      gone === undefined
        ? undefined
        : this.#release(gone, event.name === 'free' ? 'free' : 'realloc', made?.bytes ?? 0);
    if (made === undefined) return;
    this.#hold(made, event.caller);
    if (states !== undefined) this.#shadow.paste(made.start, states);
  }

  /** The program has called malloc, which has nothing new of the kernel. */
  took(bytes: number, mem: number): void {
    this.#hold({ start: mem, bytes, isZeroed: false }, 'program');
  }

  /** The program has called free. */
  gave(mem: number): void {
    this.#release(mem, 'free', 0);
  }

  /** A block is gone; the states of its first bytes, as they were. */
  #release(addr: number, by: 'free' | 'realloc', kept: number): Uint8Array | undefined {
    const old = this.blocks.heldAt(addr);
    if (old === undefined) {
      this.#badFree(addr);
      return undefined;
    }
    const states = this.#shadow.copyOf(old.start, Math.min(old.bytes, kept));
    this.#shadow.set(old.start, old.bytes, NO_ACCESS);
    this.blocks.release(old, { position: this.machine.position, by });
    return states;
  }

  #hold({ start, bytes, isZeroed }: Exclude<BlockChange['made'], undefined>, caller: string): void {
    const chunk = this.#chunkOf(start);
    if (chunk.isMmapped) this.#shadow.set(chunk.addr, chunk.size, NO_ACCESS);
    this.#shadow.set(start, bytes, isZeroed ? DEFINED : UNDEFINED);
    const allocated = this.machine.position;
    this.blocks.hold({
      start,
      bytes,
      usable: chunk.usable,
      caller,
      allocated,
      step: this.#step,
      freed: undefined,
    });
  }

  /** The chunk of a block that malloc has just handed out, by its size field. @source malloc/malloc.c: memsize */
  #chunkOf(mem: number): {
    readonly addr: number;
    readonly size: number;
    readonly isMmapped: boolean;
    readonly usable: number;
  } {
    const { malloc, memory } = this.machine;
    const { SIZE_SZ, CHUNK_HDR_SZ, release } = malloc.state;
    const field = memory.peek(mem - SIZE_SZ, SIZE_SZ) ?? new Uint8Array(SIZE_SZ);
    const size = field.reduceRight((value, byte, i) => value * 256 + (i === 0 ? byte & ~7 : byte), 0);
    const isMmapped = ((field[0] ?? 0) & 2) !== 0;
    const tail = isMmapped && !release.mmappedTail ? CHUNK_HDR_SZ : SIZE_SZ;
    return { addr: mem - CHUNK_HDR_SZ, size, isMmapped, usable: size - tail };
  }

  /** What malloc got from the kernel is its own, but for the blocks. */
  #markHeap(): void {
    const { startBrk, brk } = this.machine.memory.mm;
    if (this.#sharesBreak) return;
    const from = Math.max(this.#heapEnd, startBrk);
    if (brk > from) this.#shadow.set(from, brk - from, NO_ACCESS);
    this.#heapEnd = brk;
  }

  /** How the run ended: a bad access that nothing was said about yet. */
  end(trap: Trap): void {
    if (trap.kind !== 'signal' || trap.fault === undefined) return;
    const { addr, access } = trap.fault;
    if (this.reports.at(-1)?.step === this.#step) return;
    const key = trap.why?.key ?? '';
    const kind: CheckKind =
      key === 'mm.bad.null'
        ? 'null-access'
        : key.startsWith('mm.bad.stack')
          ? 'stack-overflow'
          : key === 'mm.bad.write'
            ? 'read-only-write'
            : 'wild-access';
    this.#report({ kind, access, addr, bytes: 1 });
  }

  // ---- reports ----

  /** The step that is being done. */
  get #step(): number {
    return this.#stepsAhead - this.machine.stepsLeft;
  }

  #badFree(addr: number): void {
    const freed = this.blocks.freedAt(addr);
    if (freed !== undefined) {
      const kind = freed.freed?.by === 'realloc' ? 'stale-after-realloc' : 'double-free';
      this.#report({ kind, access: 'free', addr, bytes: 0, block: freed });
      return;
    }
    const block = this.blocks.around(addr);
    const isInside = block !== undefined && addr >= block.start && addr < block.start + block.bytes;
    this.#report({
      kind: 'invalid-free',
      access: 'free',
      addr,
      bytes: 0,
      ...(isInside ? { block } : { variable: this.#nameAt(addr) }),
    });
  }

  #uninitialised(addr: number, bytes: number, position = this.machine.position): void {
    const first = this.#shadow.first(addr, bytes, PARTIAL) ?? addr;
    const block = this.blocks.around(addr);
    const isInside = block !== undefined && addr >= block.start && addr < block.start + block.bytes;
    this.#report({
      kind: 'uninitialised',
      access: 'read',
      addr: first,
      bytes,
      position,
      ...(isInside ? { block } : { variable: this.#nameAt(addr) }),
    });
  }

  #refuse(access: 'read' | 'write', addr: number, bytes: number): void {
    const first = this.#shadow.first(addr, bytes, NO_ACCESS) ?? addr;
    const state = this.#shadow.stateAt(first);
    if (state === DEAD) {
      this.#dead(access, first, bytes);
      return;
    }
    if (state === LINK) {
      // Below the frame that runs now they are of frames that longjmp has dropped.
      if (first < this.machine.framePointer) this.#shadow.set(first, bytes, DEFINED);
      // Who walks the stack reads them.
      else if (access === 'write') this.#report({ kind: 'return-address', access, addr: first, bytes });
      return;
    }
    const { position } = this.machine;
    const last = this.#refused;
    this.#refused = { access, position, end: addr + bytes };
    // What goes on behind bytes that it was not to touch makes the same mistake.
    if (last?.position === position && last.access === access && last.end === addr) return;
    const block = this.blocks.around(addr) ?? this.blocks.around(first);
    if (block === undefined) {
      this.#report({ kind: 'heap-wild', access, addr: first, bytes });
      return;
    }
    const end = block.start + block.bytes;
    if (block.freed !== undefined) {
      const kind = block.freed.by === 'realloc' ? 'stale-after-realloc' : 'use-after-free';
      this.#report({ kind, access, addr: first, bytes, block });
      return;
    }
    const kind = first < block.start ? 'heap-underflow' : 'heap-overflow';
    const slack = first >= end ? block.usable - block.bytes : undefined;
    this.#report({
      kind,
      access,
      addr: first,
      bytes,
      end: addr + bytes,
      block,
      ...(slack === undefined ? {} : { slack }),
    });
  }

  #dead(access: 'read' | 'write', addr: number, bytes: number): void {
    const { program, position, stackPointer } = this.machine;
    // Above the stack pointer it is in use again: a variable length array, libc's or the kernel's frame. A function
    // that calls nothing has its frame below it; its prologue stores parameters, its epilogue looks at the guard.
    if (addr >= stackPointer || program.positions[position]?.role !== 'statement') {
      this.#shadow.set(addr, bytes, DEFINED);
      return;
    }
    const frame = this.#frames.lastGoneAt(addr);
    const offsetOf = addr - (frame?.variablesFrom ?? 0);
    const variable = frame?.fn.variables.find(
      ({ offset, size }) => offsetOf >= offset && offsetOf < offset + size,
    );
    const name = variable === undefined ? undefined : `${frame?.fn.name ?? ''}: ${variable.name}`;
    this.#report({ kind: 'dead-local', access, addr, bytes, variable: name });
    this.#shadow.set(addr, bytes, DEFINED);
  }

  /** The variable of a live frame that an address is in. */
  #variableAt(addr: number): NamedBytes | undefined {
    if (addr < this.machine.stackPointer - redZone) return undefined;
    for (const frame of this.machine.callStack()) {
      for (const variable of frame.function.variables) {
        const start = variableAddress(frame, variable);
        const { name, size } = variable;
        if (addr >= start && addr < start + size) return { name, start, size };
      }
      if (addr < frame.base) return undefined;
    }
    return undefined;
  }

  #nameAt(addr: number): string | undefined {
    return (this.#variableAt(addr) ?? this.#staticAt(addr))?.name;
  }

  #report(
    what: Pick<CheckReport, 'kind' | 'access' | 'addr' | 'bytes'> &
      Partial<Pick<CheckReport, 'end' | 'block' | 'slack' | 'variable' | 'position'>>,
  ): void {
    const position = what.position ?? this.machine.position;
    const key = `${what.kind} ${String(position)} ${String(what.block?.start ?? what.variable ?? '')}`;
    if (this.#known.has(key) || this.reports.length >= mostReports) return;
    this.#known.add(key);
    this.reports.push({
      block: undefined,
      slack: undefined,
      variable: undefined,
      end: what.addr + what.bytes,
      ...what,
      // As it is now: what becomes of it later is no part of this mistake.
      ...(what.block === undefined ? {} : { block: { ...what.block } }),
      position,
      step: this.#step,
    });
  }
}
