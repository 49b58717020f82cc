/**
 * How a run ended, as data.
 */
import { sayProcess } from '../text/process-texts.ts';
import type { Text } from '../text/text.ts';
import { NotModelled } from '../trace/not-modelled.ts';

/** Numbers of the signals. Source: Linux, arch/x86/include/uapi/asm/signal.h. */
export const signalNumbers = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGSTKFLT: 16,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGIO: 29,
  SIGPWR: 30,
  SIGSYS: 31,
  /** The first of the real-time signals. */
  SIGRTMIN: 34,
} as const;

/** Their names by number. */
export const signalNames: ReadonlyMap<number, string> = new Map([
  ...Object.entries(signalNumbers).map(([name, number]) => [number, name] as const),
  [17, 'SIGCHLD'],
  [18, 'SIGCONT'],
  [20, 'SIGTSTP'],
  [21, 'SIGTTIN'],
  [22, 'SIGTTOU'],
  [23, 'SIGURG'],
  [28, 'SIGWINCH'],
]);

export type SignalName = keyof typeof signalNumbers;

/** Name of a signal that ends the process. @throws NotModelled for a real-time signal beyond the first */
export function signalNamed(signal: number): SignalName {
  const found = (Object.keys(signalNumbers) as SignalName[]).find((name) => signalNumbers[name] === signal);
  if (found === undefined) throw new NotModelled(`the end of the process by signal ${String(signal)}`);
  return found;
}

/** Limits that end a run which would not end by itself. */
export type LimitName = 'fuel' | 'memory' | 'output' | 'events' | 'depth';

/** siginfo of an access that the kernel answered with a signal. */
export interface RefusedAccess {
  /** si_code: `SEGV_MAPERR`, `SEGV_ACCERR`, `SI_KERNEL`, `BUS_ADRERR`. */
  readonly code: string;
  /** si_addr; 0 for SI_KERNEL, the nearest number in the kernel half. */
  readonly addr: number;
  readonly access: 'read' | 'write' | 'execute';
  /** si_addr to the bit, as `0x…`. */
  readonly address: string;
}

export type Trap =
  | { readonly kind: 'exit'; readonly status: number }
  | {
      readonly kind: 'signal';
      readonly signal: SignalName;
      /** si_code and si_addr of a refused access; undefined for a signal that was sent. */
      readonly fault: RefusedAccess | undefined;
      /** What the kernel found: the mapping that forbids the access, the gap that it fell into. */
      readonly why?: Text;
    }
  /** SIGABRT with what libc wrote to standard error before. */
  | { readonly kind: 'abort'; readonly message: string }
  | {
      readonly kind: 'limit';
      readonly limit: LimitName;
      readonly value: number;
      /** Bytes of output that were still in the program's buffers; they are shown nevertheless. */
      readonly unwritten?: number;
    }
  /** The program reached something that is not modelled. */
  | {
      readonly kind: 'unsupported';
      readonly text: Text;
      /** Index into the program's positions of where it was reached. */
      readonly position?: number;
      readonly unwritten?: number;
    };

/** Signal, si_code, and what was tried where. */
export function faultText(signal: SignalName, { code, access, address }: RefusedAccess): Text {
  return sayProcess(`process.fault.${access}`, { signal, code, addr: address });
}

/** Carries a trap out of the running program. */
export class TrapError extends Error {
  override readonly name = 'TrapError';
  readonly trap: Trap;

  constructor(trap: Trap) {
    super(trap.kind);
    this.trap = trap;
  }
}

/** Thrown by a tracer to stop the run at an event; the machine's state stays as it is. */
export class StopRun extends Error {
  override readonly name = 'StopRun';
}
