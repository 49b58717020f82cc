/**
 * The recording of a run: its events in columns, nothing of the memory's contents.
 *
 * A run is a function of its inputs, so the state at an event is got by running again up to it (seek.ts); the recording
 * only has to say which events there are. Sentences (`why`) are not kept either: the run that seeks makes them.
 *
 * Invariant: `since` of an event is at most its index; calls are never inside of one another.
 */
import { firstBeyond } from '../base/bisect.ts';
import { byteColumn, indexColumn, numberColumn, shortColumn } from '../base/column.ts';
import type { Column } from '../base/column.ts';
import { unreachable } from '../base/assert.ts';
import { highHalf, lowHalf } from '../base/address.ts';
import type { Address } from '../base/address.ts';
import type {
  FaultCause,
  MallocEvent,
  MallocFunction,
  PageFaultEvent,
  ProcessEvent,
  SimpleCalls,
  TraceEvent,
  Tracer,
  WaitEvent,
} from '../core/trace/trace-event.ts';
import { CALL_WORDS, FREED, SIMPLE_CALLS } from '../core/trace/trace-event.ts';
import { TrapError, signalNames } from '../core/process/trap.ts';

export type EventKind = TraceEvent['kind'];

const kinds: readonly EventKind[] = [
  'malloc',
  'syscall',
  'page-fault',
  'output',
  'wait',
  'signal',
  'process',
];
const kindCode = Object.fromEntries(kinds.map((kind, code) => [kind, code])) as Record<EventKind, number>;

/** In the third word of an event, above bit 16, where {@link SimpleCalls} have sizes: its parts are in a row of the columns. */
const IN_COLUMNS = 0xffff;

/** How the parts of an event in columns are kept besides its result; added to the kind's code. No argument: */
const BARE = 0x00;
/** One argument that is a signed number of 32 bits, in the same row. Of free, it stands in place of the result. */
const PLAIN = 0x40;
/** A row of rare parts. */
const RICH = 0x80;
const FORM_MASK = 0xc0;

/** Of a call of malloc that needs no more telling. */
const byProgram = { caller: 'program', errno: 0 } as const;

const [mallocCode, freeCode] = [SIMPLE_CALLS.indexOf('malloc'), SIMPLE_CALLS.indexOf('free')];

/** Names of page faults, made once: a run has many. */
const faultNames = namesOfFaults();

export interface RecordingOptions {
  /** Events kept at most; more end the run with a trap. */
  readonly limit: number;
  /** Bytes of output kept at most; more end the run with a trap. */
  readonly outputLimit: number;
}

/** A tracer that keeps all events. */
export class Recording implements Tracer {
  readonly wantsWhy = false;
  /** Where the program is, as an index into the compiled program's positions; set by who runs it. */
  position: () => number = () => -1;

  readonly #options: RecordingOptions;
  /** Of each event the words of {@link SimpleCalls}; of one that is none the position, its row in the columns, a mark. */
  readonly #words = indexColumn();
  /** Code of the kind, and the form of the row. */
  readonly #kind = byteColumn();
  /** What was called, accessed, told: an index into `#strings`. */
  readonly #name = shortColumn();
  readonly #result = numberColumn();
  /** By the row's form: the argument, or the row of `#rest`…. */
  readonly #first = indexColumn();
  /** What few events have: who called, errno, arguments; `#restStart` of the next row is their end. */
  readonly #caller = shortColumn();
  readonly #errno = shortColumn();
  readonly #restStart = indexColumn();
  readonly #rest = numberColumn();
  /** Calls of malloc that other events happened in, in order, and the first of these. */
  readonly #parents = indexColumn();
  readonly #parentSince = indexColumn();
  readonly #strings: string[] = [];
  readonly #stringIndex = new Map<string, number>();
  /** How the run ended, in words: of process events. */
  readonly #ends = new Map<number, Omit<ProcessEvent, 'kind' | 'what' | 'value'>>();
  /** All output one after the other; an output event says where its bytes start. */
  readonly #output = byteColumn();
  readonly #outputEvents = indexColumn();

  /** Events from which on another thread runs, and that thread. */
  readonly #switchAt = indexColumn();
  readonly #switchTo = indexColumn();

  constructor(options: RecordingOptions) {
    this.#options = options;
    // Their codes are their indices.
    for (const name of SIMPLE_CALLS) this.#intern(name);
  }

  get count(): number {
    return this.#words.length / CALL_WORDS;
  }

  /** Bytes that the columns take. */
  get byteLength(): number {
    return [
      this.#words,
      this.#kind,
      this.#name,
      this.#result,
      this.#first,
      this.#caller,
      this.#errno,
      this.#restStart,
      this.#rest,
      this.#parents,
      this.#parentSince,
      this.#output,
      this.#outputEvents,
      this.#switchAt,
      this.#switchTo,
    ].reduce((sum, column) => sum + column.byteLength, 0);
  }

  switchedTo(thread: number): void {
    this.#switchAt.push(this.count);
    this.#switchTo.push(thread);
  }

  /** Whether other threads than the main one have run. */
  get hasThreads(): boolean {
    return this.#switchAt.length > 0;
  }

  /** The thread that an event happened in; 1 is the main one. */
  threadAt(index: number): number {
    const low = firstBeyond(0, this.#switchAt.length, (at) => this.#switchAt.get(at) <= index);
    return low === 0 ? 1 : this.#switchTo.get(low - 1);
  }

  emit(event: TraceEvent): void {
    const index = this.count;
    switch (event.kind) {
      case 'malloc':
        this.#row(event.kind, event.name, event.result, event.args, event);
        if (event.since < index) {
          this.#parents.push(index);
          this.#parentSince.push(event.since);
        }
        break;
      case 'syscall':
        this.#row(event.kind, event.name, event.result, event.args);
        break;
      case 'page-fault':
        this.#row(event.kind, faultNames[event.access][event.severity][event.cause], event.addr, []);
        break;
      case 'output':
        this.#row(event.kind, 'output', event.fd, [this.#output.length]);
        this.#outputEvents.push(index);
        for (const byte of event.bytes) this.#output.push(byte);
        break;
      case 'wait':
        this.#row(event.kind, event.name, event.seconds, []);
        break;
      case 'signal': {
        const { signal, code, handler, sp, isOnAlternateStack, addr } = event;
        const facts = [signal, code, sp, Number(isOnAlternateStack)];
        const name = signalNames.get(signal) ?? `signal ${String(signal)}`;
        this.#row(event.kind, name, handler, addr === undefined ? facts : [...facts, addr]);
        break;
      }
      case 'process':
        this.#row(event.kind, event.what, event.value, []);
        this.#ends.set(index, endFacts(event));
        break;
      default:
        unreachable(event);
    }
    if (event.kind === 'process') return;
    if (index + 1 >= this.#options.limit) {
      throw new TrapError({ kind: 'limit', limit: 'events', value: this.#options.limit });
    }
    if (this.#output.length > this.#options.outputLimit) {
      throw new TrapError({ kind: 'limit', limit: 'output', value: this.#options.outputLimit });
    }
  }

  /** Up to the event that reaches the limit, which has to end the run. */
  get patience(): number {
    return Math.max(0, this.#options.limit - 1 - this.count);
  }

  emitCalls({ count, rows }: SimpleCalls): void {
    this.#words.append(rows, CALL_WORDS * count);
  }

  /** Adds an event. */
  #row(
    kind: EventKind,
    name: string,
    result: number,
    args: readonly number[],
    call: Pick<MallocEvent, 'caller' | 'errno'> = byProgram,
  ): void {
    const [first = 0] = args;
    const isPlain = args.length <= 1 && call.errno === 0 && call.caller === byProgram.caller;
    if (isPlain && kind === 'malloc' && args.length === 1) {
      const told = name === 'malloc' ? first : name === 'free' ? FREED : -1;
      const block = name === 'malloc' ? result : first;
      if (isTold(told, name) && isBlock(block)) {
        this.#addWords(lowHalf(block), highHalf(block) | (told << 16));
        return;
      }
    }
    this.#addWords(this.#name.length, IN_COLUMNS << 16);
    this.#name.push(this.#intern(name));
    if (isPlain && kind === 'malloc' && name === 'free') {
      this.#add(kind, PLAIN, first, 0);
      return;
    }
    if (isPlain && (first | 0) === first) {
      this.#add(kind, args.length === 0 ? BARE : PLAIN, result, first);
      return;
    }
    this.#add(kind, RICH, result, this.#caller.length);
    this.#caller.push(this.#intern(call.caller));
    this.#errno.push(call.errno);
    this.#restStart.push(this.#rest.length);
    for (const arg of args) this.#rest.push(arg);
  }

  #add(kind: EventKind, form: number, result: number, first: number): void {
    this.#kind.push(kindCode[kind] + form);
    this.#result.push(result);
    this.#first.push(first);
  }

  #addWords(low: number, high: number): void {
    this.#words.push(this.position());
    this.#words.push(low);
    this.#words.push(high);
  }

  /** What was told of an event above bit 16: bytes that malloc was asked for, {@link FREED}, or {@link IN_COLUMNS}. */
  #toldAt(index: number): number {
    return this.#words.get(CALL_WORDS * index + 2) >>> 16;
  }

  /** The row of an event in the columns. */
  #rowAt(index: number): number {
    return this.#words.get(CALL_WORDS * index + 1);
  }

  /** The block of one of {@link SimpleCalls}. */
  #blockAt(index: number): number {
    const at = CALL_WORDS * index;
    return (this.#words.get(at + 2) & 0xffff) * 2 ** 32 + (this.#words.get(at + 1) >>> 0);
  }

  #intern(text: string): number {
    const known = this.#stringIndex.get(text);
    if (known !== undefined) return known;
    this.#strings.push(text);
    this.#stringIndex.set(text, this.#strings.length - 1);
    return this.#strings.length - 1;
  }

  kindAt(index: number): EventKind {
    return kinds[this.#kindCodeAt(index)] ?? 'process';
  }

  #kindCodeAt(index: number): number {
    if (this.#toldAt(index) !== IN_COLUMNS) return kindCode.malloc;
    return this.#kind.get(this.#rowAt(index)) & ~FORM_MASK;
  }

  #isRich(index: number): boolean {
    return this.#toldAt(index) === IN_COLUMNS && (this.#kind.get(this.#rowAt(index)) & FORM_MASK) === RICH;
  }

  /** Position in the program, or -1 outside of its code. */
  positionAt(index: number): number {
    return this.#words.get(CALL_WORDS * index);
  }

  /** What was called, accessed, told. */
  nameAt(index: number): string {
    return this.#strings[this.nameCodeAt(index)] ?? '';
  }

  /** A number for what {@link nameAt} says, the same for all events that say it; from 0, without gaps. */
  nameCodeAt(index: number): number {
    const told = this.#toldAt(index);
    if (told === IN_COLUMNS) return this.#name.get(this.#rowAt(index));
    return told === FREED ? freeCode : mallocCode;
  }

  /** What a number of {@link nameCodeAt} stands for. */
  nameOf(code: number): string {
    return this.#strings[code] ?? '';
  }

  /** What came of it; of a page fault its address, of free what was freed. */
  resultAt(index: number): number {
    if (this.#toldAt(index) === IN_COLUMNS) return this.#result.get(this.#rowAt(index));
    return this.#blockAt(index);
  }

  /** The call that the event happened in. */
  parentAt(index: number): number | undefined {
    const at = countUpTo(this.#parents, index);
    if (at >= this.#parents.length || this.#parentSince.get(at) > index) return undefined;
    return this.#parents.get(at);
  }

  /** Events before the event's own call began: its index, or that of the first event inside of it. */
  sinceAt(index: number): number {
    const at = countUpTo(this.#parents, index) - 1;
    return at >= 0 && this.#parents.get(at) === index ? this.#parentSince.get(at) : index;
  }

  /** A call by the program itself that has one argument and went well, without what {@link eventAt} adds to it; else undefined. */
  plainCallAt(
    index: number,
  ): { readonly name: MallocFunction; readonly argument: number; readonly result: number } | undefined {
    const told = this.#toldAt(index);
    if (told === FREED) return { name: 'free', argument: this.#blockAt(index), result: 0 };
    if (told !== IN_COLUMNS) return { name: 'malloc', argument: told, result: this.#blockAt(index) };
    const row = this.#rowAt(index);
    if (this.#kind.get(row) !== kindCode.malloc + PLAIN) return undefined;
    const name = this.#strings[this.#name.get(row)] as MallocFunction;
    const result = this.#result.get(row);
    return name === 'free'
      ? { name, argument: result, result: 0 }
      : { name, argument: this.#first.get(row), result };
  }

  /** The event as it was emitted, but for its sentences. */
  eventAt(index: number): TraceEvent {
    const name = this.nameAt(index);
    const result = this.resultAt(index);
    const kind = this.kindAt(index);
    switch (kind) {
      case 'malloc': {
        const shared = { kind, since: this.sinceAt(index), why: [] };
        if (name === 'free' && !this.#isRich(index))
          return { ...shared, name, args: [result], result: 0, ...byProgram };
        return {
          ...shared,
          name: name as MallocFunction,
          args: this.argumentsAt(index),
          result,
          ...this.#callAt(index),
        };
      }
      case 'syscall':
        return { kind, name, args: this.argumentsAt(index), result, why: undefined };
      case 'page-fault': {
        const [access, severity, cause] = name.split(' ');
        return {
          kind,
          addr: result as Address,
          access: access as PageFaultEvent['access'],
          severity: severity as PageFaultEvent['severity'],
          cause: cause as FaultCause,
          why: undefined,
        };
      }
      case 'output':
        return { kind, fd: result, bytes: this.#outputAt(index) };
      case 'wait':
        return { kind, name: name as WaitEvent['name'], seconds: result };
      case 'signal': {
        const [signal = 0, code = 0, sp = 0, isOnAlternateStack = 0, addr] = this.argumentsAt(index);
        return {
          kind,
          signal,
          code,
          handler: result,
          sp,
          isOnAlternateStack: isOnAlternateStack === 1,
          addr,
        };
      }
      case 'process':
        return {
          kind,
          what: name as ProcessEvent['what'],
          value: result,
          text: undefined,
          ...this.#ends.get(index),
        };
    }
  }

  #callAt(index: number): Pick<MallocEvent, 'caller' | 'errno'> {
    if (!this.#isRich(index)) return byProgram;
    const row = this.#first.get(this.#rowAt(index));
    return { caller: this.#strings[this.#caller.get(row)] ?? '', errno: this.#errno.get(row) };
  }

  /** What was handed over; of free, the result stands for it, see {@link resultAt}. */
  argumentsAt(index: number): number[] {
    const told = this.#toldAt(index);
    if (told !== IN_COLUMNS) return [told === FREED ? 0 : told];
    const row = this.#rowAt(index);
    const first = this.#first.get(row);
    const form = this.#kind.get(row) & FORM_MASK;
    if (form !== RICH) return form === BARE ? [] : [first];
    const args: number[] = [];
    const end = first + 1 < this.#restStart.length ? this.#restStart.get(first + 1) : this.#rest.length;
    for (let i = this.#restStart.get(first); i < end; i++) args.push(this.#rest.get(i));
    return args;
  }

  /** One of {@link argumentsAt}, without the others; undefined where there are fewer. */
  argumentAt(index: number, which: number): number | undefined {
    const told = this.#toldAt(index);
    if (told !== IN_COLUMNS) return which > 0 ? undefined : told === FREED ? 0 : told;
    const row = this.#rowAt(index);
    const first = this.#first.get(row);
    const form = this.#kind.get(row) & FORM_MASK;
    if (form !== RICH) return form === PLAIN && which === 0 ? first : undefined;
    const end = first + 1 < this.#restStart.length ? this.#restStart.get(first + 1) : this.#rest.length;
    const at = this.#restStart.get(first) + which;
    return at < end ? this.#rest.get(at) : undefined;
  }

  #outputAt(index: number): Uint8Array {
    const next = this.#outputEvents.get(countUpTo(this.#outputEvents, index));
    const [start = 0] = this.argumentsAt(index);
    const [end = 0] = next === 0 ? [this.#output.length] : this.argumentsAt(next);
    return Uint8Array.from({ length: end - start }, (_, i) => this.#output.get(start + i));
  }

  /** Pieces of output up to and including an event. */
  outputUpTo(index: number): readonly { readonly fd: number; readonly bytes: Uint8Array }[] {
    return Array.from({ length: countUpTo(this.#outputEvents, index) }, (_, i) => {
      const event = this.#outputEvents.get(i);
      return { fd: this.resultAt(event), bytes: this.#outputAt(event) };
    });
  }

  /** Index of the next event of a kind after (`direction` 1) or before (-1) `from`; `undefined` at the end. */
  nextOfKind(from: number, kind: EventKind | 'event', direction: 1 | -1): number | undefined {
    for (let i = from + direction; i >= 0 && i < this.count; i += direction) {
      if (kind === 'event' || this.kindAt(i) === kind) return i;
    }
    return undefined;
  }

  /** Indices of the events of some kinds, in order; all when undefined. */
  indicesOfKinds(wanted: readonly EventKind[] | undefined): Int32Array {
    const isWanted = new Uint8Array(kinds.length);
    for (const kind of wanted ?? kinds) isWanted[kindCode[kind]] = 1;
    const { count } = this;
    const indices = new Int32Array(count);
    let found = 0;
    for (let i = 0; i < count; i++) {
      if (isWanted[this.#kindCodeAt(i)] === 1) indices[found++] = i;
    }
    return indices.subarray(0, found);
  }
}

/** Whether a number fits above bit 16 of the third word of a call of malloc or free. */
function isTold(told: number, name: string): boolean {
  return name === 'free' ? told === FREED : told >= 0 && told < FREED && Number.isInteger(told);
}

/** Whether an address has 48 bits at most, as all of user space have. */
function isBlock(addr: number): boolean {
  return addr >= 0 && addr < 2 ** 48 && Number.isInteger(addr);
}

/** How many numbers of an ascending column are at most `limit`. */
function countUpTo(column: Column<Int32Array>, limit: number): number {
  return firstBeyond(0, column.length, (index) => column.get(index) <= limit);
}

/** What a process event says besides its number. */
function endFacts({ text, why, addr }: ProcessEvent): Omit<ProcessEvent, 'kind' | 'what' | 'value'> {
  return { text, ...(why === undefined ? {} : { why }), ...(addr === undefined ? {} : { addr }) };
}

type FaultNames = Readonly<
  Record<
    PageFaultEvent['access'],
    Readonly<Record<PageFaultEvent['severity'], Readonly<Record<FaultCause, string>>>>
  >
>;

function namesOfFaults(): FaultNames {
  const causes: readonly FaultCause[] = [
    'demand-zero',
    'huge-page',
    'zero-page',
    'copy-on-write',
    'file',
    'stack-growth',
  ];
  const table = <Key extends string, Value>(keys: readonly Key[], value: (key: Key) => Value) =>
    Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<Key, Value>;
  return table(['read', 'write', 'execute'] as const, (access) =>
    table(['minor', 'major'] as const, (severity) =>
      table(causes, (cause) => `${access} ${severity} ${cause}`),
    ),
  );
}
