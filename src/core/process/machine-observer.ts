/**
 * Who listens to an observed module (codegen/observation.ts), and the functions that such a module imports.
 */
import { TWO_TO_32 } from '../../base/address.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';

/**
 * What listens to an observed module (`observe` of the code generator). It may throw `StopRun`: the machine stays
 * as it is then. Accesses are told before they are made; one that faults is told, too.
 */
export interface MachineObserver {
  /** Asked for by `Machine.awaitStep`: so many steps were made, this is the last of them. */
  step(position: number): void;
  /** With `observe: 'checks'`: a function was entered, or is about to be left; its rbp. */
  frame?(position: number, framePointer: number): void;
  /** Accesses of the program's own code; `copy` and `fill` are records and the zeros of initialisers. */
  load?(addr: number, bytes: number): void;
  store?(addr: number, bytes: number): void;
  /** Ends of an assignment that copies a value as it is: what was loaded last is what is stored. */
  copyLoad?(addr: number, bytes: number): void;
  copyStore?(addr: number, bytes: number): void;
  copy?(to: number, from: number, bytes: number): void;
  fill?(addr: number, bytes: number): void;
  /** Imports of the module, by name, that take the place of those that call the methods above. */
  readonly directImports?: Readonly<Record<string, WebAssembly.ImportValue>>;
  /**
   * Makes the WebAssembly function (code of SIMPLE_CALLS, bytes, block) that hears of each call of malloc and free by the
   * program in which nothing else happened, right after it; the tracer then is told of them together.
   */
  noteCalls?(globals: StepGlobals): WebAssembly.ExportValue | undefined;
  /** Memory as libc accesses it, where that is to be told. */
  memoryOf?(memory: ProcessMemory): ProcessMemory;
}

/** Globals of an observed module. */
export interface StepGlobals {
  /** Index of the position, of 32 bits. */
  readonly position: WebAssembly.Global;
  /** Steps until the observer is called, of 64 bits. */
  readonly stepsLeft: WebAssembly.Global;
}

const nothing = (): void => undefined;

/**
 * The imports of an observed module; a module that only runs takes none of them.
 *
 * @param beforeStep - called before the observer hears of a step
 */
export function observedImports(
  observer: MachineObserver | undefined,
  beforeStep: () => void,
): Record<string, WebAssembly.ImportValue> {
  const one = (tell: ((addr: number, bytes: number) => void) | undefined): WebAssembly.ImportValue =>
    tell === undefined
      ? nothing
      : (low: number, high: number, bytes: number) => {
          tell.call(observer, (low >>> 0) + (high >>> 0) * TWO_TO_32, bytes >>> 0);
        };
  const tellCopy = observer?.copy;
  return {
    step_due: (position: number) => {
      beforeStep();
      observer?.step(position);
    },
    frame_due: (position: number, low: number, high: number) => {
      observer?.frame?.(position, (low >>> 0) + (high >>> 0) * TWO_TO_32);
    },
    noted_load: one(observer?.load),
    noted_store: one(observer?.store),
    noted_copy_load: one(observer?.copyLoad ?? observer?.load),
    noted_copy_store: one(observer?.copyStore ?? observer?.store),
    noted_fill: one(observer?.fill),
    noted_copy:
      tellCopy === undefined
        ? nothing
        : (toLow: number, toHigh: number, fromLow: number, fromHigh: number, bytes: number) => {
            const to = (toLow >>> 0) + (toHigh >>> 0) * TWO_TO_32;
            tellCopy.call(observer, to, (fromLow >>> 0) + (fromHigh >>> 0) * TWO_TO_32, bytes >>> 0);
          },
    ...observer?.directImports,
  };
}
