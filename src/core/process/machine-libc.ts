/**
 * libc's context: what its functions know of the process that they run in.
 */
import { PAGE_SIZE, roundUp } from '../../base/address.ts';
import type { Address } from '../../base/address.ts';
import type { ProgramImage } from '../image/program-image.ts';
import type { LibcContext, LibcObjects, LibcVariable } from '../libc/libc-context.ts';
import { libcPlaces } from '../libc/libc-places.ts';
import { fireTimer } from '../libc/timers.ts';
import type { Malloc } from '../malloc/malloc.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { dataModelOf } from '../target/data-model.ts';
import type { Tracer } from '../trace/trace-event.ts';
import type { FileSystem } from './file-system.ts';
import type { FuelClock } from './fuel-clock.ts';
import { journaledFiles } from './journal.ts';
import type { LoadedProcess } from './loader.ts';
import { userId } from './machine-inputs.ts';
import type { MachineInputs } from './machine-inputs.ts';
import { libcCodePages } from './library-code-pages.ts';
import { recordArgument, storeRecord } from './passed-records.ts';
import type { ProcessRun } from './process-run.ts';
import type { ProgramCalls } from './program-calls.ts';
import type { RunningModule } from './running-module.ts';
import type { SignalDelivery } from './signal-delivery.ts';
import type { Threads } from './threads/threads.ts';
import { TrapError, signalNamed } from './trap.ts';
import type { SignalName } from './trap.ts';

/** What the context is made of. */
export interface LibcHost {
  readonly inputs: MachineInputs;
  readonly image: ProgramImage;
  readonly loaded: LoadedProcess;
  readonly libcBase: Address;
  readonly memory: ProcessMemory;
  /** Memory as libc accesses it: observed, or the same. */
  readonly accessed: ProcessMemory;
  readonly malloc: Malloc;
  readonly tracer: Tracer;
  readonly clock: FuelClock;
  readonly files: FileSystem;
  /** Whether answers of the descriptor table go to the journal. */
  readonly isJournaled: boolean;
  readonly process: ProcessRun;
  readonly threads: Threads;
  /** Run-time addresses of the program's own copies of libc's variables. */
  readonly copies: ReadonlyMap<LibcVariable, number>;
  readonly running: RunningModule;
  readonly calls: ProgramCalls;
  delivery(): SignalDelivery;
  /** Return addresses of the program's frames behind the innermost one. */
  returnAddresses(most: number): readonly number[];
  exit(status: number): never;
  exitNow(status: number): never;
}

/** Makes the context of one process. */
export function makeLibc(host: LibcHost): LibcContext {
  const { inputs, image, loaded, libcBase, memory, clock, process, threads, running, calls, delivery } = host;
  const { files } = host;
  const path = inputs.argv[0] ?? '';
  const model = dataModelOf(inputs.profile.target);
  const places = libcPlaces[inputs.profile.target];
  const context: LibcContext = {
    memory: host.accessed,
    syscalls: memory,
    malloc: host.malloc,
    auxiliaryVector: loaded.stack.auxv,
    model,
    tracer: host.tracer,
    objects: objectsOf(host),
    programName: path.slice(path.lastIndexOf('/') + 1),
    get pid() {
      return process.pid;
    },
    userId,
    exitHandlers: [],
    quickExitHandlers: [],
    variable: (name) => host.copies.get(name) ?? libcBase + places.variables[name],
    processorNanoseconds: () => process.used,
    usage: () =>
      process.call('getrusage', () => {
        const { counters, mm } = memory;
        return {
          minorFaults: counters.minflt,
          majorFaults: counters.majflt,
          residentBytes: Math.max(counters.hiwaterRss, mm.rss) * PAGE_SIZE,
        };
      }),
    files: host.isJournaled ? journaledFiles(files, (name, ask) => process.call(name, ask)) : files,
    processes: process,
    threads,
    storeRecord: (target, bytes) => {
      storeRecord(memory, model.wordBytes, target, bytes);
    },
    recordArgument: (source, length) => recordArgument(memory, model.wordBytes, source, length),
    callProgram: (target, args, stackBytes) => calls.callProgram(target, args, stackBytes),
    returnAddresses: (most) => [
      Number(running.global('return_address').value),
      ...host.returnAddresses(most - 1),
    ],
    programPlace: {
      start: loaded.program.base,
      end: loaded.program.end,
      bias: loaded.loadBias,
      entry: loaded.loadBias + image.entry,
    },
    get stackPointer() {
      return running.register('sp');
    },
    runPart: partRunner(host),
    withStackBytes: (bytes, use) => calls.withStackBytes(bytes, use),
    get floats() {
      return delivery().floats;
    },
    get signals() {
      return delivery().signals;
    },
    sendSignal: (signal, origin) => {
      delivery().send(signal, origin);
    },
    deliverPending: () => {
      delivery().deliverPending();
    },
    kernel: {
      ramBytes: inputs.profile.ramBytes,
      libraryCacheBytes: inputs.profile.ldCacheBytes,
      get limits() {
        return memory.mm.limits;
      },
      changedLimits: new Map(),
    },
    clockControl: {
      get elapsed() {
        return clock.elapsed;
      },
      get deadline() {
        return clock.deadline;
      },
      setDeadline: (deadline) => {
        clock.setDeadline(deadline);
      },
      wait: (nanoseconds) => {
        process.sleep(nanoseconds);
      },
    },
    timerFired: () => {
      fireTimer(context);
    },
    exit: (status) => host.exit(status),
    exitNow: (status) => host.exitNow(status),
    raise: (signal, message) => raise(signalNamed(signal), message),
    clock: () => clock.read(),
    advanceClock: (seconds) => {
      process.sleep(seconds * 1e9);
    },
  };
  return context;
}

/** Touches the code of a part of libc when it runs first. */
function partRunner({ memory, inputs, libcBase }: LibcHost): LibcContext['runPart'] {
  const { libraries, target } = inputs.profile;
  const hasRun = new Set<string>();
  return (name) => {
    if (hasRun.has(name)) return;
    hasRun.add(name);
    for (const offset of libcCodePages(libraries.release, target, name))
      memory.translateRead(libcBase + offset);
  };
}

/** Ends the process by a signal, or by abort() behind a message. */
export function raise(signal: SignalName, message: string | undefined): never {
  if (message === undefined) throw new TrapError({ kind: 'signal', signal, fault: undefined });
  throw new TrapError({ kind: 'abort', message });
}

function objectsOf({ inputs, image, libcBase, threads }: LibcHost): LibcObjects {
  const places = libcPlaces[inputs.profile.target];
  const at = (offset: number): Address => (libcBase + offset) as Address;
  const { tls } = image;
  const ownTls = tls === undefined ? 0 : roundUp(tls.memSize, tls.align);
  const { libc } = inputs.profile.libraries;
  // libc's thread-local block ends where the program's own begins.
  const errnoFromThread = places.errnoInThread - ownTls - libc.tlsSize;
  return {
    stdin: at(places.standardFiles.stdin),
    stdout: at(places.standardFiles.stdout),
    stderr: at(places.standardFiles.stderr),
    base: libcBase,
    get errno() {
      return (threads.self + errnoFromThread) as Address;
    },
    scratch: at(places.scratch),
  };
}
