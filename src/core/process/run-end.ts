/**
 * How a run ends: what an exception that leaves the program means, and what the tracer is told of the end.
 */
import { MallocAbort, MallocHang } from '../malloc/abort.ts';
import { abortProcess } from '../libc/abort.ts';
import type { LibcContext } from '../libc/libc-context.ts';
import { pendingOutput } from '../libc/file-stream.ts';
import { MemoryFault, OutOfMemoryKill } from '../mm/kernel.ts';
import { OutOfFrames } from '../mm/physical-memory.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { badAccessWhy, outOfMemoryWhy } from '../mm/why.ts';
import { sayProcess } from '../text/process-texts.ts';
import type { Text } from '../text/text.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { ProcessEvent, Tracer } from '../trace/trace-event.ts';
import { vmaName } from './proc-maps.ts';
import { TrapError, faultText, signalNumbers } from './trap.ts';
import type { Trap } from './trap.ts';

/** What the end of a run is judged by. */
export interface EndingHost {
  readonly memory: ProcessMemory;
  readonly libc: LibcContext;
  /** Loop iterations and calls that the run was allowed. */
  readonly fuel: number;
  /** Frames of the program's functions that are on the stack. */
  depth(): number;
}

/** The trap of an exception that came out of the program. @throws what is none of the program's doing */
export function trapOf(host: EndingHost, error: unknown): Trap {
  const { memory, libc, fuel } = host;
  if (error instanceof TrapError) return error.trap;
  if (error instanceof OutOfMemoryKill) {
    return { kind: 'signal', signal: 'SIGKILL', fault: undefined, why: outOfMemoryWhy() };
  }
  if (error instanceof MemoryFault) {
    const { signal, code, addr, access, exactAddr } = error;
    const why = badAccessWhy(memory.mm, error, (vma) => vmaName(memory, vma));
    return {
      kind: 'signal',
      signal,
      fault: { code, addr, access, address: `0x${exactAddr.toString(16)}` },
      why,
    };
  }
  if (error instanceof MallocAbort) return abortProcess(libc, error.message);
  if (error instanceof MallocHang) return { kind: 'limit', limit: 'fuel', value: fuel };
  if (error instanceof OutOfFrames) {
    return { kind: 'limit', limit: 'memory', value: memory.u8.buffer.byteLength };
  }
  if (error instanceof NotModelled) {
    return { kind: 'unsupported', text: sayProcess('process.unsupported.feature', { name: error.what }) };
  }
  // The host's own stack is at its end before the simulated one.
  if (error instanceof RangeError && /call stack/i.test(error.message)) {
    return { kind: 'limit', limit: 'depth', value: host.depth() };
  }
  if (error instanceof WebAssembly.RuntimeError && error.message.includes('unreachable')) {
    return { kind: 'signal', signal: 'SIGILL', fault: undefined };
  }
  throw error;
}

/**
 * Where the simulation stops the run, what the program has printed so far would be lost in its buffers, though it did
 * nothing wrong: it is shown, and counted.
 */
export function withUnwritten(libc: LibcContext, trap: Trap): Trap {
  if (trap.kind !== 'unsupported' && trap.kind !== 'limit') return trap;
  if (trap.kind === 'limit' && (trap.limit === 'output' || trap.limit === 'events')) return trap;
  const pending = pendingOutput(libc);
  const unwritten = pending.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (unwritten === 0) return trap;
  try {
    for (const { fd, bytes } of pending) libc.tracer.emit({ kind: 'output', fd, bytes });
  } catch (error) {
    // The recording is full of output already.
    if (!(error instanceof TrapError)) throw error;
  }
  return { ...trap, unwritten };
}

/** Tells the tracer that the process begins. */
export function emitStart(tracer: Tracer): void {
  emitProcess(tracer, 'start', 0, sayProcess('process.start'));
}

/** Who is told of the end. */
interface EndTelling {
  readonly tracer: Tracer;
  readonly malloc: Pick<LibcContext['malloc'], 'unfinished'>;
}

/** Tells the tracer how the process ended. */
export function emitEnd({ tracer, malloc }: EndTelling, trap: Trap): void {
  emitUnfinished(tracer, malloc.unfinished);
  switch (trap.kind) {
    case 'exit': {
      emitProcess(tracer, 'exit', trap.status, sayProcess('process.exit', { status: trap.status }));
      return;
    }
    case 'signal': {
      const { fault, signal, why } = trap;
      const text = fault === undefined ? sayProcess('process.signal', { signal }) : faultText(signal, fault);
      emitProcess(tracer, 'signal', signalNumbers[signal], text, {
        ...(why === undefined ? {} : { why }),
        ...(fault === undefined ? {} : { addr: fault.addr }),
      });
      return;
    }
    case 'abort': {
      const text = sayProcess('process.abort', { message: trap.message });
      emitProcess(tracer, 'abort', signalNumbers.SIGABRT, text);
      return;
    }
    case 'limit': {
      const text = sayProcess(`process.limit.${trap.limit}`, { value: trap.value });
      emitProcess(tracer, 'limit', trap.value, text, unwrittenFact(trap.unwritten));
      return;
    }
    case 'unsupported': {
      emitProcess(tracer, 'unsupported', 0, trap.text, unwrittenFact(trap.unwritten));
      return;
    }
  }
}

/** A call of malloc that ended the process did not report itself. */
function emitUnfinished(tracer: Tracer, call: LibcContext['malloc']['unfinished']): void {
  if (call === undefined) return;
  try {
    tracer.emit({ kind: 'malloc', ...call, result: 0, errno: 0 });
  } catch (error) {
    // The recording is full: how the run ended is known already.
    if (!(error instanceof TrapError)) throw error;
  }
}

function emitProcess(
  tracer: Tracer,
  what: ProcessEvent['what'],
  value: number,
  text: Text,
  facts: Pick<ProcessEvent, 'why' | 'addr'> = {},
): void {
  tracer.emit({ kind: 'process', what, value, text, ...facts });
}

/** What an event of the end says of output that was still in buffers. */
const unwrittenFact = (unwritten: number | undefined): Pick<ProcessEvent, 'why'> =>
  unwritten === undefined ? {} : { why: sayProcess('process.unwritten', { bytes: unwritten }) };
