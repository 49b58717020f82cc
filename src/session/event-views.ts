/**
 * Events as lines of a list: what was called, with which arguments, what came of it, and where in the source.
 */
import { hexAddress } from '../base/address.ts';
import { SI_KERNEL } from '../core/libc/signals.ts';
import { decodeUtf8 } from '../base/utf8.ts';
import type { CodePosition } from '../core/codegen/compiled-program.ts';
import * as errors from '../core/target/errno.ts';
import { signalNames } from '../core/process/trap.ts';
import { renderText } from '../core/text/all-texts.ts';
import { sayProcess } from '../core/text/process-texts.ts';
import { saySession } from '../core/text/session-texts.ts';
import type { Language, Text } from '../core/text/text.ts';
import type {
  MallocEvent,
  ProcessEvent,
  SignalEvent,
  SyscallEvent,
  TraceEvent,
} from '../core/trace/trace-event.ts';
import type { EventView, HexAddress, PlaceView } from '../protocol/view-model.ts';
import type { BuiltProgram } from './build.ts';
import { CodePlaces } from './code-places.ts';
import type { Recording } from './recording.ts';
import { argumentSpellings } from './flag-names.ts';

/** An address as the protocol has it. */
export function hex(addr: number): HexAddress {
  return hexAddress(addr) as HexAddress;
}

/** Errors by name, for results of system calls. */
const errorNames: ReadonlyMap<number, string> = new Map(
  Object.entries(errors).map(([name, number]) => [number, name]),
);

/** System calls whose arguments and result are addresses. */
const addressArguments: Readonly<Record<string, readonly number[]>> = {
  brk: [0],
  mmap: [0],
  mmap2: [0],
  munmap: [0],
  mprotect: [0],
  madvise: [0],
  mlock: [0],
  mlock2: [0],
  munlock: [0],
  msync: [0],
  mseal: [0],
  mremap: [0, 4],
  write: [1],
  read: [1],
  writev: [1],
  getrandom: [0],
  mincore: [0, 2],
  getrusage: [1],
};
const addressResults: ReadonlySet<string> = new Set(['brk', 'mmap', 'mmap2', 'mremap']);

/** Makes the views of one run's events. */
export class EventViews {
  readonly #program: BuiltProgram;
  readonly #recording: Recording;
  readonly #places: CodePlaces;

  constructor(program: BuiltProgram, recording: Recording) {
    this.#program = program;
    this.#recording = recording;
    this.#places = new CodePlaces(program);
  }

  /** The view of an event; `event` may carry sentences that the recording does not keep. */
  view(index: number, event: TraceEvent, language: Language): EventView {
    const { name, text, address } = spellEvent(event, language);
    return {
      index,
      kind: event.kind,
      name,
      text,
      detail: detailOf(event, language),
      since: event.kind === 'malloc' ? event.since : index,
      parent: this.#recording.parentAt(index),
      place: this.placeOf(this.#recording.positionAt(index)),
      address: address === undefined || address === 0 ? undefined : hex(address),
      ...(this.#recording.hasThreads ? { thread: this.#recording.threadAt(index) } : {}),
    };
  }

  /** The place in the source of a position of the program that only runs, as the recording has them. */
  placeOf(position: number): PlaceView | undefined {
    const found = this.#program.compiled.positions[position];
    return found === undefined ? undefined : this.placeOfPosition(found);
  }

  /** The place in the source of a position. */
  placeOfPosition(position: CodePosition): PlaceView | undefined {
    return this.#places.placeOf(position);
  }
}

/** Name, one line of text, and the address it is about. What C and the kernel name keeps its name in every language. */
export function spellEvent(
  event: TraceEvent,
  language: Language,
): {
  readonly name: string;
  readonly text: string;
  readonly address: number | undefined;
} {
  switch (event.kind) {
    case 'malloc':
      return {
        name: event.name,
        text: spellMalloc(event),
        address: event.result === 0 ? event.args[0] : event.result,
      };
    case 'syscall':
      return { name: event.name, text: spellSyscall(event), address: addressOfSyscall(event) };
    case 'page-fault':
      return {
        name: 'page fault',
        text: renderText(
          saySession(`session.line.fault.${event.access}`, {
            addr: hex(event.addr),
            severity: saySession(`session.line.${event.severity}`),
            cause: saySession(`session.cause.${event.cause}`),
          }),
          language,
        ),
        address: event.addr,
      };
    case 'output':
      return {
        name: 'output',
        text: renderText(
          saySession('session.line.output', {
            text: `${JSON.stringify(decodeUtf8(event.bytes.subarray(0, 200)))}${event.bytes.length > 200 ? '…' : ''}`,
          }),
          language,
        ),
        address: undefined,
      };
    case 'wait':
      return {
        name: event.name,
        text: `${event.name}(${event.name === 'pause' ? '' : String(event.seconds)})`,
        address: undefined,
      };
    case 'signal':
      return {
        name: signalName(event.signal),
        text: renderText(spellSignal(event), language),
        address: event.addr ?? event.handler,
      };
    case 'process':
      return {
        name: event.what,
        text: renderText(spellProcess(event), language),
        address: event.addr,
      };
  }
}

const signalName = (signal: number): string => signalNames.get(signal) ?? `signal ${String(signal)}`;

function spellProcess({ what, value }: ProcessEvent): Text {
  switch (what) {
    case 'exit':
      return saySession('session.line.exit', { status: value });
    case 'signal':
    case 'abort':
      return saySession('session.line.killed', { signal: signalName(value) });
    default:
      return saySession(`session.line.${what}`);
  }
}

/** The signal, what it is about, and the handler's address. */
function spellSignal({ signal, handler, addr, isOnAlternateStack }: SignalEvent): Text {
  const name = signalName(signal);
  return saySession(isOnAlternateStack ? 'session.line.signal.alternate' : 'session.line.signal', {
    signal:
      addr === undefined ? name : saySession('session.line.signal.at', { signal: name, addr: hex(addr) }),
    handler: hex(handler),
  });
}

function spellMalloc(event: MallocEvent): string {
  const { name, args, result } = event;
  const [first = 0, second = 0, third = 0] = args;
  const pointer = (value: number): string => (value === 0 ? 'NULL' : hex(value));
  switch (name) {
    case 'free':
      return `free(${pointer(first)})`;
    case 'realloc':
      return `realloc(${pointer(first)}, ${String(second)}) = ${pointer(result)}`;
    case 'reallocarray':
      return `reallocarray(${pointer(first)}, ${String(second)}, ${String(third)}) = ${pointer(result)}`;
    case 'malloc_trim':
    case 'mallopt':
      return `${name}(${args.join(', ')}) = ${String(result)}`;
    default:
      return `${name}(${args.join(', ')}) = ${pointer(result)}`;
  }
}

function spellSyscall(event: SyscallEvent): string {
  const addresses = addressArguments[event.name] ?? [];
  const args = event.args.map((value, i) => {
    // The bytes of a stream that went straight through libc have no address worth telling.
    if (value === 0 && (event.name === 'write' || event.name === 'writev'))
      return i === 1 ? '…' : String(value);
    if (addresses.includes(i)) return value === 0 ? 'NULL' : hex(value);
    return argumentSpellings[event.name]?.[i]?.(value) ?? String(value);
  });
  return `${event.name}(${args.join(', ')}) = ${spellResult(event)}`;
}

function spellResult(event: SyscallEvent): string {
  const { name, result } = event;
  if (result < 0) return `-1 ${errorNames.get(-result) ?? `errno ${String(-result)}`}`;
  return addressResults.has(name) ? hex(result) : String(result);
}

function addressOfSyscall(event: SyscallEvent): number | undefined {
  if (addressResults.has(event.name) && event.result > 0) return event.result;
  const at = addressArguments[event.name]?.[0];
  return at === undefined ? undefined : event.args[at];
}

/** Where a signal comes from, and on which stack its handler runs. */
function signalSentences({ signal, code, sp, isOnAlternateStack, addr }: SignalEvent): readonly Text[] {
  const name = signalName(signal);
  const origin = signalOrigins.get(code);
  const isFault = code > 0 && code !== SI_KERNEL;
  const cause =
    addr !== undefined
      ? sayProcess('process.signal.access', { signal: name, addr: hex(addr) })
      : isFault
        ? sayProcess('process.signal.instruction', { signal: name })
        : code === SI_KERNEL
          ? sayProcess('process.signal.kernel', { signal: name })
          : sayProcess('process.signal.sent', { signal: name, by: origin ?? 'kill' });
  return [
    cause,
    sayProcess(isOnAlternateStack ? 'process.signal.alternate' : 'process.signal.frame', { sp: hex(sp) }),
  ];
}

/** Who sends signals, by si_code. Source: Linux, include/uapi/asm-generic/siginfo.h. */
const signalOrigins: ReadonlyMap<number, string> = new Map([
  [0, 'kill'],
  [-1, 'sigqueue'],
  [-6, 'tgkill'],
]);

/** The sentences of an event, in order. */
function detailOf(event: TraceEvent, language: Language): string {
  switch (event.kind) {
    case 'malloc':
      return event.why.map((text) => renderText(text, language)).join('\n');
    case 'syscall':
      return event.why === undefined ? '' : renderText(event.why, language);
    case 'page-fault':
      return renderText(event.why ?? saySession(`session.fault.${event.cause}`), language);
    case 'output':
      return renderText(sayProcess('process.output', { bytes: event.bytes.length, fd: event.fd }), language);
    case 'wait':
      return renderText(sayProcess('process.wait', { name: event.name }), language);
    case 'signal':
      return signalSentences(event)
        .map((text) => renderText(text, language))
        .join('\n');
    case 'process':
      return [event.text, event.why]
        .map((text) => (text === undefined ? '' : renderText(text, language)))
        .filter((sentence) => sentence !== '')
        .join('\n');
  }
}
