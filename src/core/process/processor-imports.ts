/**
 * What a program's module imports of the simulated processor and kernel: memory, slow paths of accesses, fuel, faults.
 */
import type { CompiledProgram } from '../codegen/compiled-program.ts';
import { MemoryFault } from '../mm/kernel.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { sayProcess } from '../text/process-texts.ts';
import type { CallLog } from './call-log.ts';
import type { CodeAddresses } from './code-addresses.ts';
import { extendedArithmetic } from './extended-arithmetic.ts';
import { floatOperations } from './float-operations.ts';
import type { FuelClock } from './fuel-clock.ts';
import { observedImports } from './machine-observer.ts';
import type { MachineObserver } from './machine-observer.ts';
import type { ReturnChain } from './return-chain.ts';
import { runtimeArithmetic } from './runtime-arithmetic.ts';
import type { SignalDelivery } from './signal-delivery.ts';
import type { ThreadScheduler } from './thread-switch.ts';
import { TrapError } from './trap.ts';

/** Times that an access, or a division, is tried again after its handler came back. */
const mostRetries = 1000;

/** What the imports need of their machine. */
export interface ProcessorHost {
  readonly program: CompiledProgram;
  readonly linear: WebAssembly.Memory;
  readonly memory: ProcessMemory;
  readonly clock: FuelClock;
  readonly code: CodeAddresses;
  readonly delivery: SignalDelivery;
  readonly returns: ReturnChain;
  /** Calls of malloc that the tracer has not been told of; emptied whenever the program leaves its code. */
  readonly calls: CallLog | undefined;
  readonly scheduler: ThreadScheduler | undefined;
  /** From simulated to host addresses of the stack. */
  readonly stackAddend: WebAssembly.Global | number;
  readonly threadPointer: number | bigint;
  /** Loop iterations and calls that the run is allowed. */
  readonly fuel: number;
  readonly observer: MachineObserver | undefined;
  onStop(position: number): void;
  timerFired(): void;
}

/** The imports of every module. */
export function processorImports(host: ProcessorHost): Record<string, WebAssembly.ImportValue> {
  const { program, linear, memory, clock, code, delivery, calls, scheduler, observer, fuel } = host;
  const limitOfFuel = (): TrapError => new TrapError({ kind: 'limit', limit: 'fuel', value: fuel });
  /** An access of the program; a handler of its fault may mend it, and then it is made again. */
  const access = (make: () => number): number => {
    calls?.drain();
    for (let tries = 0; tries < mostRetries; tries++) {
      try {
        return make();
      } catch (error) {
        if (!(error instanceof MemoryFault) || !delivery.fault(error)) throw error;
      }
    }
    throw limitOfFuel();
  };
  return {
    ...runtimeArithmetic(linear),
    ...extendedArithmetic(linear, delivery.floats),
    ...(program.seesFloatEnvironment ? floatOperations(delivery.floats) : {}),
    memory: linear,
    stack_addend: host.stackAddend,
    thread_pointer: host.threadPointer,
    read_slow: (low: number, high: number, size: number) => access(() => memory.fillForRead(low, high, size)),
    write_slow: (low: number, high: number, size: number) =>
      access(() => memory.fillForWrite(low, high, size)),
    write_commit: (low: number, high: number, size: number) => {
      memory.commitCrossing(low, high, size);
    },
    fuel_out: () => {
      calls?.drain();
      if (scheduler !== undefined && clock.isSliceOver) {
        scheduler.sliceOver();
        return;
      }
      if (scheduler !== undefined && !clock.isEmpty) return;
      if (clock.isTimer()) {
        host.timerFired();
        return;
      }
      throw limitOfFuel();
    },
    divide_error: () => {
      calls?.drain();
      // A handler that comes back meets the same instruction again.
      for (let tries = 0; tries < mostRetries && delivery.divideError(); tries++);
      throw new TrapError({ kind: 'signal', signal: 'SIGFPE', fault: undefined });
    },
    unsupported: (index: number) => {
      const text =
        program.unsupported[index]?.reason ?? sayProcess('process.unsupported.feature', { name: '?' });
      throw new TrapError({ kind: 'unsupported', text });
    },
    ...observedImports(observer, () => {
      calls?.drain();
    }),
    stop_here: (position: number) => {
      calls?.drain();
      host.onStop(position);
    },
    trap: () => {
      calls?.drain();
      for (let tries = 0; tries < mostRetries && delivery.illegalInstruction(); tries++);
      throw new TrapError({ kind: 'signal', signal: 'SIGILL', fault: undefined });
    },
    frame_smashed: (
      functionIndex: number,
      slot: bigint,
      framePointer: bigint,
      returnAddress: bigint,
      savedFramePointer: bigint,
    ) => {
      calls?.drain();
      host.returns.follow({
        functionIndex,
        slot: Number(slot),
        framePointer,
        returnAddress,
        savedFramePointer,
      });
    },
    frame_moved: (framePointer: bigint, depth: number) => host.returns.moved(framePointer, depth),
    indirect: (low: number, high: number, signature: number) => code.tableIndexOf(low, high, signature),
  };
}
