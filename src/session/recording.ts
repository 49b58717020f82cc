/**
 * The recording of a run: its events in columns, nothing of the memory's contents.
 *
 * A run is a function of its inputs, so the state at an event is got by running again up to it (seek.ts); the recording
 * only has to say which events there are. Sentences (`why`) are not kept either: the run that seeks makes them.
 *
 * Invariant: `since` of an event is at most its index; calls nest properly.
 */
import { byteColumn, indexColumn, numberColumn, shortColumn } from '../base/column.ts';
import { unreachable } from '../base/assert.ts';
import type { Address } from '../base/address.ts';
import type {
  FaultCause,
  MallocFunction,
  PageFaultEvent,
  ProcessEvent,
  TraceEvent,
  Tracer,
  WaitEvent,
} from '../core/trace/trace-event.ts';
import { TrapError } from '../core/process/trap.ts';

export type EventKind = TraceEvent['kind'];

const kinds: readonly EventKind[] = ['malloc', 'syscall', 'page-fault', 'output', 'wait', 'process'];
const kindCode = Object.fromEntries(kinds.map((kind, code) => [kind, code])) as Record<EventKind, number>;

/** Parent of an event that is not inside a call. */
const NO_PARENT = -1;

/** Marks in place of a row of rare parts: one argument, no argument; nobody but the program called, and no errno. */
const PLAIN = -1;
const BARE = -2;

/** Caller of malloc that needs no telling. */
const byProgram = 'program';

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
  readonly #kind = byteColumn();
  /** What was called, accessed, told: an index into `#strings`. */
  readonly #name = shortColumn();
  readonly #position = indexColumn();
  /** Of a call of malloc: `since`; of what can happen inside one: the call, known when it ends. */
  readonly #link = indexColumn();
  readonly #result = numberColumn();
  readonly #first = numberColumn();
  /** Row of `#rest`…, or {@link PLAIN}. */
  readonly #extra = indexColumn();
  /** What few events have: who called, errno, arguments after the first; `#restStart` of the next row is their end. */
  readonly #caller = shortColumn();
  readonly #errno = shortColumn();
  readonly #restStart = indexColumn();
  readonly #rest = numberColumn();
  readonly #strings: string[] = [];
  readonly #stringIndex = new Map<string, number>();
  /** How the run ended, in words: of process events. */
  readonly #ends = new Map<number, Omit<ProcessEvent, 'kind' | 'what' | 'value'>>();
  /** All output one after the other; an output event says where its bytes start. */
  readonly #output = byteColumn();
  readonly #outputEvents = indexColumn();

  constructor(options: RecordingOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#kind.length;
  }

  /** Bytes that the columns take. */
  get byteLength(): number {
    return [
      this.#kind,
      this.#name,
      this.#position,
      this.#link,
      this.#result,
      this.#first,
      this.#extra,
      this.#caller,
      this.#errno,
      this.#restStart,
      this.#rest,
      this.#output,
      this.#outputEvents,
    ].reduce((sum, column) => sum + column.byteLength, 0);
  }

  emit(event: TraceEvent): void {
    const index = this.count;
    this.#kind.push(kindCode[event.kind]);
    this.#position.push(this.position());
    switch (event.kind) {
      case 'malloc':
        this.#row(event.name, event.result, event.args, event.caller, event.errno);
        this.#link.push(event.since);
        this.#adopt(event.since, index);
        break;
      case 'syscall':
        this.#row(event.name, event.result, event.args);
        break;
      case 'page-fault':
        this.#row(faultNames[event.access][event.severity][event.cause], event.addr, []);
        break;
      case 'output':
        this.#row('output', event.fd, [this.#output.length]);
        this.#outputEvents.push(index);
        for (const byte of event.bytes) this.#output.push(byte);
        break;
      case 'wait':
        this.#row(event.name, event.seconds, []);
        break;
      case 'process':
        this.#row(event.what, event.value, []);
        this.#ends.set(index, endFacts(event));
        break;
      default:
        unreachable(event);
    }
    if (event.kind !== 'malloc') this.#link.push(NO_PARENT);
    if (event.kind === 'process') return;
    if (index + 1 >= this.#options.limit) {
      throw new TrapError({ kind: 'limit', limit: 'events', value: this.#options.limit });
    }
    if (this.#output.length > this.#options.outputLimit) {
      throw new TrapError({ kind: 'limit', limit: 'output', value: this.#options.outputLimit });
    }
  }

  #row(name: string, result: number, args: readonly number[], caller = byProgram, errno = 0): void {
    this.#name.push(this.#intern(name));
    this.#result.push(result);
    this.#first.push(args[0] ?? 0);
    if (args.length === 1 && errno === 0 && caller === byProgram) {
      this.#extra.push(PLAIN);
      return;
    }
    if (args.length === 0) {
      this.#extra.push(BARE);
      return;
    }
    this.#extra.push(this.#caller.length);
    this.#caller.push(this.#intern(caller));
    this.#errno.push(errno);
    this.#restStart.push(this.#rest.length);
    for (let i = 1; i < args.length; i++) this.#rest.push(args[i] ?? 0);
  }

  /** Gives the events of a call that has just ended their parent. Calls of malloc are never inside of one another. */
  #adopt(since: number, parent: number): void {
    for (let i = since; i < parent; i++) this.#link.set(i, parent);
  }

  #intern(text: string): number {
    const known = this.#stringIndex.get(text);
    if (known !== undefined) return known;
    this.#strings.push(text);
    this.#stringIndex.set(text, this.#strings.length - 1);
    return this.#strings.length - 1;
  }

  kindAt(index: number): EventKind {
    return kinds[this.#kind.get(index)] ?? 'process';
  }

  /** Position in the program, or -1 outside of its code. */
  positionAt(index: number): number {
    return this.#position.get(index);
  }

  /** The call that the event happened in. */
  parentAt(index: number): number | undefined {
    const link = this.#link.get(index);
    return link === NO_PARENT || this.kindAt(index) === 'malloc' ? undefined : link;
  }

  /** Events before the event's own call began: its index, or that of the first event inside of it. */
  sinceAt(index: number): number {
    return this.kindAt(index) === 'malloc' ? this.#link.get(index) : index;
  }

  /** The event as it was emitted, but for its sentences. */
  eventAt(index: number): TraceEvent {
    const name = this.#strings[this.#name.get(index)] ?? '';
    const result = this.#result.get(index);
    const kind = this.kindAt(index);
    switch (kind) {
      case 'malloc': {
        const extra = this.#extra.get(index);
        return {
          kind,
          name: name as MallocFunction,
          args: this.#argsAt(index),
          result,
          errno: extra >= 0 ? this.#errno.get(extra) : 0,
          since: this.#link.get(index),
          caller: extra >= 0 ? (this.#strings[this.#caller.get(extra)] ?? '') : byProgram,
          why: [],
        };
      }
      case 'syscall':
        return { kind, name, args: this.#argsAt(index), result, why: undefined };
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

  #argsAt(index: number): number[] {
    const extra = this.#extra.get(index);
    if (extra === BARE) return [];
    const args = [this.#first.get(index)];
    if (extra === PLAIN) return args;
    const end = extra + 1 < this.#restStart.length ? this.#restStart.get(extra + 1) : this.#rest.length;
    for (let i = this.#restStart.get(extra); i < end; i++) args.push(this.#rest.get(i));
    return args;
  }

  #outputAt(index: number): Uint8Array {
    const next = this.#outputEvents.get(this.#outputCount(index));
    const start = this.#first.get(index);
    const end = next === 0 ? this.#output.length : this.#first.get(next);
    return Uint8Array.from({ length: end - start }, (_, i) => this.#output.get(start + i));
  }

  /** Pieces of output up to and including an event. */
  outputUpTo(index: number): readonly { readonly fd: number; readonly bytes: Uint8Array }[] {
    return Array.from({ length: this.#outputCount(index) }, (_, i) => {
      const event = this.#outputEvents.get(i);
      return { fd: this.#result.get(event), bytes: this.#outputAt(event) };
    });
  }

  /** How many pieces of output there are up to and including an event. */
  #outputCount(index: number): number {
    let low = 0;
    let high = this.#outputEvents.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#outputEvents.get(middle) <= index) low = middle + 1;
      else high = middle;
    }
    return low;
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
    const codes = new Set((wanted ?? kinds).map((kind) => kindCode[kind]));
    const indices = new Int32Array(this.count);
    let found = 0;
    for (let i = 0; i < this.count; i++) {
      if (codes.has(this.#kind.get(i))) indices[found++] = i;
    }
    return indices.subarray(0, found);
  }
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
