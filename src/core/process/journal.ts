/**
 * What a process heard from outside of itself, in order: with it, running the program again is the same run.
 *
 * A process is a function of its program, its inputs, and what the kernel answered when it asked about anything that other
 * processes have a part in: files and pipes, children, page faults so far. The journal holds these answers, and what
 * happened while the process waited.
 */
import type { LibcFiles } from '../libc/libc-context.ts';

/** A page of shared memory that others have changed. */
export interface ChangedPage {
  readonly addr: number;
  readonly bytes: Uint8Array;
}

/** An answer to a call. */
interface Answer {
  readonly kind: 'answer';
  readonly call: string;
  readonly value: unknown;
}

/** The process goes on after others have run. */
export interface Woken {
  readonly kind: 'woken';
  /** Nanoseconds since main began. */
  readonly elapsed: number;
  readonly changed: readonly ChangedPage[];
  /** Signals that arrived. */
  readonly signals: readonly number[];
}

export type JournalEntry = Answer | Woken;

/** Makes a call whose answer the journal keeps. */
export type JournaledCall = <Result>(name: string, ask: () => Result) => Result;

/** Files whose answers go through the journal. */
export function journaledFiles(files: LibcFiles, call: JournaledCall): LibcFiles {
  return new Proxy(files, {
    get(target, name): unknown {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...args: unknown[]): unknown =>
        call(String(name), () => Reflect.apply(method, target, args) as unknown);
    },
  });
}
