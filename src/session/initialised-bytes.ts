/**
 * Which bytes of variables and of blocks from malloc nothing was ever stored to, at a moment of a run.
 *
 * Found by running to the moment again with every store told. A byte is called uninitialised only where that is sure:
 * of variables whose stores are all told, in frames that exist, and of blocks that are held; never of bytes that changed
 * since. Records that functions return are stored without telling: in a program that has such functions nothing is said
 * of records and of blocks, nor ever of what is initialised where it is declared. A value that is only copied takes its state along.
 */
import { ShadowMemory, DEFINED, UNDEFINED } from '../core/checks/shadow-memory.ts';
import { changeOf } from '../core/checks/heap-blocks.ts';
import { untoldOffsets } from '../core/codegen/observation.ts';
import { walkStatement } from '../core/image/tree-walk.ts';
import { variableAddress } from '../core/process/machine.ts';
import type { Machine } from '../core/process/machine.ts';
import { StopRun } from '../core/process/trap.ts';
import { asFunction, resolve } from '../core/sema/type-relations.ts';
import type { CType } from '../core/sema/type.ts';
import type { ObjectSymbol, TypedFunction } from '../core/sema/typed-tree.ts';
import type { MallocEvent, TraceEvent } from '../core/trace/trace-event.ts';
import type { BuiltProgram } from './build.ts';
import { scopeAt } from './expression/frame-scope.ts';
import type { RunWatcher } from './rerun.ts';

/** Follows the stores of one run. */
export class InitialisedBytes {
  readonly #program: BuiltProgram;
  readonly #shadow = new ShadowMemory();
  #attached: Machine | undefined;
  /** States of the value that a copying assignment is about to store. */
  #copied: Uint8Array | undefined;

  #accessesLeft: number;
  readonly #returnsRecords: boolean;
  /** What variables held when their function was entered, by address. */
  readonly #found = new Map<number, Uint8Array>();

  /**
   * Begins with nothing known.
   *
   * @param mostAccesses - accesses that are listened to; more of them stop the run, and nothing is known of it
   */
  constructor(program: BuiltProgram, mostAccesses = Infinity) {
    this.#program = program;
    this.#accessesLeft = mostAccesses;
    this.#returnsRecords = program.analysis.units.some(({ unit }) =>
      unit.functions.some(({ symbol }) => isAggregate(asFunction(symbol.type)?.result.type)),
    );
  }

  /** Takes back what is contradicted by memory; called at the moment itself, while its machine still stands. */
  settle(): void {
    for (const [addr, before] of this.#found) {
      const now = this.#machine?.memory.peek(addr, before.length) ?? new Uint8Array(before.length);
      before.forEach((byte, i) => {
        if (now[i] !== byte) this.#shadow.define(addr + i, 1);
      });
    }
  }

  /** Whether the run had no more accesses than were listened to. */
  get isComplete(): boolean {
    return this.#accessesLeft >= 0;
  }

  /** Any access in between ends a copy: better nothing is said than something wrong. */
  #count(): void {
    this.#copied = undefined;
    this.#accessesLeft -= 1;
    if (this.#accessesLeft < 0) throw new StopRun();
  }

  /** How many bytes of a range nothing was stored to; none where it is not known. */
  uninitialised(addr: number, bytes: number): number {
    let count = 0;
    for (let i = 0; i < bytes; i++) if (this.#shadow.stateAt(addr + i) === UNDEFINED) count += 1;
    return count;
  }

  /** What has to be told of the run, from its start on. */
  readonly watcher: RunWatcher = {
    attach: (machine) => {
      // After execve all is new.
      this.#shadow.clear();
      this.#blocks.clear();
      this.#attached = machine;
    },
    load: () => {
      this.#count();
    },
    frame: (position) => {
      this.#count();
      this.#frame(position);
    },
    event: (event) => {
      this.#event(event);
    },
    store: (addr, bytes) => {
      this.#define(addr, bytes);
    },
    copyLoad: (addr, bytes) => {
      this.#count();
      this.#copied =
        this.#shadow.worst(addr, bytes) === UNDEFINED ? this.#shadow.copyOf(addr, bytes) : undefined;
    },
    copyStore: (addr, bytes) => {
      const states = this.#copied;
      this.#define(addr, bytes);
      if (states?.length === bytes) this.#shadow.paste(addr, states);
    },
    copy: (to, from, bytes) => {
      this.#copy(to, from, bytes);
    },
    fill: (addr, bytes) => {
      this.#define(addr, bytes);
    },
    libcAccesses: {
      load: () => undefined,
      store: (addr, bytes) => {
        this.#define(addr, bytes);
      },
      copy: (to, from, bytes) => {
        this.#copy(to, from, bytes);
      },
    },
  };

  get #machine(): Machine | undefined {
    return this.#attached?.current;
  }

  #define(addr: number, bytes: number): void {
    this.#count();
    if (this.#shadow.worst(addr, bytes) !== DEFINED) this.#shadow.define(addr, bytes);
  }

  #copy(to: number, from: number, bytes: number): void {
    // Records that travel in registers lie in a page that no process has; what they carry is not followed.
    const taskSize = this.#machine?.memory.profile.taskSize ?? 0;
    const isFollowed =
      from < taskSize && to < taskSize && bytes > 0 && this.#shadow.worst(from, bytes) !== DEFINED;
    const states = isFollowed ? this.#shadow.copyOf(from, bytes) : undefined;
    if (to < taskSize) this.#define(to, bytes);
    if (states !== undefined) this.#shadow.paste(to, states);
  }

  /** A function was entered, or is about to be left. */
  #frame(index: number): void {
    const machine = this.#machine;
    const position = machine?.program.positions[index];
    const fn = position === undefined ? undefined : machine?.program.functions[position.functionIndex];
    const [frame] = machine?.callStack(1) ?? [];
    if (position === undefined || fn === undefined || frame?.function !== fn) return;
    const place = scopeAt(this.#program, position);
    const layout = place?.fn === undefined ? undefined : place.unit.layouts.get(place.fn);
    const untold =
      place?.fn === undefined || layout === undefined ? undefined : this.#untold(place.fn, layout.offsets);
    for (const variable of fn.variables) {
      const addr = variableAddress(frame, variable);
      const isFollowed =
        position.role === 'entry' &&
        !variable.isParameter &&
        untold?.has(variable.offset) === false &&
        !(this.#returnsRecords && isAggregate(variable.type.type));
      this.#shadow.set(addr, variable.size, isFollowed ? UNDEFINED : DEFINED);
      if (isFollowed)
        this.#found.set(addr, machine?.memory.peek(addr, variable.size) ?? new Uint8Array(variable.size));
    }
  }

  /** Places whose stores are not all told: also of what is initialised where it is declared, which zeroes it first. */
  #untold(fn: TypedFunction, offsets: ReadonlyMap<ObjectSymbol, number>): ReadonlySet<number> {
    let known = this.#untoldOf.get(fn);
    if (known === undefined) {
      const found = new Set(untoldOffsets(fn, offsets));
      walkStatement(fn.body, {
        statement: (statement) => {
          if (statement.kind !== 'declare' || statement.initializer === undefined) return;
          const offset = offsets.get(statement.object);
          if (offset !== undefined) found.add(offset);
        },
      });
      known = found;
      this.#untoldOf.set(fn, known);
    }
    return known;
  }

  readonly #untoldOf = new Map<TypedFunction, ReadonlySet<number>>();

  #event(event: TraceEvent): void {
    if (event.kind === 'malloc') this.#call(event);
    else if (event.kind === 'syscall' && event.result >= 0) {
      // What the kernel stores, and what it maps anew.
      if (event.name === 'read') this.#define(event.args[1] ?? 0, event.result);
      if (event.name === 'mmap' || event.name === 'mmap2')
        this.#shadow.set(event.result, event.args[1] ?? 0, DEFINED);
    }
  }

  #call(event: MallocEvent): void {
    const { gone, made } = changeOf(event);
    const old = gone === undefined ? undefined : this.#blocks.get(gone);
    const states =
      old === undefined ? undefined : this.#shadow.copyOf(gone ?? 0, Math.min(old, made?.bytes ?? 0));
    if (gone !== undefined && old !== undefined) {
      // Of what malloc has again nothing is said.
      this.#shadow.set(gone, old, DEFINED);
      this.#blocks.delete(gone);
    }
    if (made === undefined) return;
    this.#blocks.set(made.start, made.bytes);
    this.#shadow.set(made.start, made.bytes, made.isZeroed || this.#returnsRecords ? DEFINED : UNDEFINED);
    if (states !== undefined) this.#shadow.paste(made.start, states);
  }

  /** Bytes of the blocks that are held. */
  readonly #blocks = new Map<number, number>();
}

/** Types whose values functions return by storing them: records and complex numbers, and arrays of them. */
function isAggregate(type: CType | undefined): boolean {
  const resolved = type === undefined ? undefined : resolve(type);
  if (resolved?.kind === 'array') return isAggregate(resolved.element.type);
  return resolved?.kind === 'record' || resolved?.kind === 'complex' || resolved?.kind === 'vector';
}
