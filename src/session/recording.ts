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
const kindCode = new Map(kinds.map((kind, code) => [kind, code]));

/** Parent of an event that is not inside a call. */
const NO_PARENT = -1;

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
  readonly #name = shortColumn();
  readonly #caller = shortColumn();
  readonly #since = indexColumn();
  readonly #position = indexColumn();
  readonly #errno = shortColumn();
  readonly #result = numberColumn();
  /** Start of the event's arguments in `#args`; the next event's start is the end. */
  readonly #argStart = indexColumn();
  readonly #args = numberColumn();
  /** Enclosing call, known when that call ends. */
  readonly #parent = indexColumn();
  readonly #strings: string[] = [];
  readonly #stringIndex = new Map<string, number>();
  /** How the run ended, in words: of process events. */
  readonly #ends = new Map<number, Omit<ProcessEvent, 'kind' | 'what' | 'value'>>();
  readonly #output: { readonly event: number; readonly fd: number; readonly bytes: Uint8Array }[] = [];
  #outputBytes = 0;

  constructor(options: RecordingOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#kind.length;
  }

  emit(event: TraceEvent): void {
    const index = this.count;
    this.#kind.push(kindCode.get(event.kind) ?? 0);
    this.#position.push(this.position());
    this.#argStart.push(this.#args.length);
    this.#parent.push(NO_PARENT);
    switch (event.kind) {
      case 'malloc':
        this.#row(event.name, event.caller, event.since, event.errno, event.result, event.args);
        this.#adopt(event.since, index);
        break;
      case 'syscall':
        this.#row(event.name, '', index, 0, event.result, event.args);
        break;
      case 'page-fault':
        this.#row(event.access, `${event.severity} ${event.cause}`, index, 0, event.addr, []);
        break;
      case 'output':
        this.#row('output', '', index, 0, event.fd, [event.bytes.length]);
        this.#output.push({ event: index, fd: event.fd, bytes: event.bytes });
        this.#outputBytes += event.bytes.length;
        break;
      case 'wait':
        this.#row(event.name, '', index, 0, event.seconds, []);
        break;
      case 'process':
        this.#row(event.what, '', index, 0, event.value, []);
        this.#ends.set(index, endFacts(event));
        break;
      default:
        unreachable(event);
    }
    if (event.kind === 'process') return;
    if (index + 1 >= this.#options.limit) {
      throw new TrapError({ kind: 'limit', limit: 'events', value: this.#options.limit });
    }
    if (this.#outputBytes > this.#options.outputLimit) {
      throw new TrapError({ kind: 'limit', limit: 'output', value: this.#options.outputLimit });
    }
  }

  #row(
    name: string,
    caller: string,
    since: number,
    errno: number,
    result: number,
    args: readonly number[],
  ): void {
    this.#name.push(this.#intern(name));
    this.#caller.push(this.#intern(caller));
    this.#since.push(since);
    this.#errno.push(errno);
    this.#result.push(result);
    for (const value of args) this.#args.push(value);
  }

  /** Gives the events of a call that has just ended their parent. */
  #adopt(since: number, parent: number): void {
    for (let i = since; i < parent; i++) {
      if (this.#parent.get(i) === NO_PARENT) this.#parent.set(i, parent);
    }
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
    const parent = this.#parent.get(index);
    return parent === NO_PARENT ? undefined : parent;
  }

  /** The event as it was emitted, but for its sentences. */
  eventAt(index: number): TraceEvent {
    const name = this.#strings[this.#name.get(index)] ?? '';
    const caller = this.#strings[this.#caller.get(index)] ?? '';
    const result = this.#result.get(index);
    const kind = this.kindAt(index);
    switch (kind) {
      case 'malloc':
        return {
          kind,
          name: name as MallocFunction,
          args: this.#argsAt(index),
          result,
          errno: this.#errno.get(index),
          since: this.#since.get(index),
          caller,
          why: [],
        };
      case 'syscall':
        return { kind, name, args: this.#argsAt(index), result, why: undefined };
      case 'page-fault': {
        const [severity, cause] = caller.split(' ');
        return {
          kind,
          addr: result as Address,
          access: name as PageFaultEvent['access'],
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
    const start = this.#argStart.get(index);
    const end = index + 1 < this.count ? this.#argStart.get(index + 1) : this.#args.length;
    return Array.from({ length: end - start }, (_, i) => this.#args.get(start + i));
  }

  #outputAt(index: number): Uint8Array {
    const piece = this.#output[this.#outputCount(index) - 1];
    return piece?.event === index ? piece.bytes : new Uint8Array();
  }

  /** Pieces of output up to and including an event. */
  outputUpTo(index: number): readonly { readonly fd: number; readonly bytes: Uint8Array }[] {
    return this.#output.slice(0, this.#outputCount(index));
  }

  /** How many pieces of output there are up to and including an event. */
  #outputCount(index: number): number {
    let low = 0;
    let high = this.#output.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#output[middle]?.event ?? 0) <= index) low = middle + 1;
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
    const codes = new Set((wanted ?? kinds).map((kind) => kindCode.get(kind)));
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
