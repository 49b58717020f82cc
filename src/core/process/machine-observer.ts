/**
 * Who listens to an observed module (codegen/observation.ts), and the functions that such a module imports.
 */
import { TWO_TO_32 } from '../../base/address.ts';
import type { AccessListener } from './observed-memory.ts';

/**
 * What listens to an observed module (`observe` of the code generator). It may throw `StopRun`: the machine stays
 * as it is then. Accesses are told before they are made; one that faults is told, too.
 */
export interface MachineObserver {
  /** Asked for by `Machine.awaitStep`: so many steps were made, this is the last of them. */
  step(position: number): void;
  /** With `observe: 'checks'`: a function was entered, or is about to be left; its rbp. */
  frame?(position: number, framePointer: number): void;
  /** The program calls a function of libc. */
  called?(name: string, args: readonly (number | bigint)[]): void;
  /** The kernel is about to write the frame of a signal. */
  signalFrame?(addr: number, bytes: number): void;
  /** With `observe: 'checks'`: the stack pointer moved inside a function, for alloca and arrays of variable length. */
  stackMoved?(from: number, to: number): void;
  /** With `observe: 'checks'`: an access that its expression makes to the object at `start`, and that leaves it. */
  outside?(addr: number, bytes: number, start: number, isStore: boolean): void;
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
  /** Hears of the accesses of libc. */
  readonly libcAccesses?: AccessListener;
}

/** Globals of an observed module. */
export interface StepGlobals {
  /** Index of the position, of 32 bits. */
  readonly position: WebAssembly.Global;
  /** Steps until the observer is called, of 64 bits. */
  readonly stepsLeft: WebAssembly.Global;
}

/** An address of halves as WebAssembly passes them. */
const joined = (low: number, high: number): number => (low >>> 0) + (high >>> 0) * TWO_TO_32;

const nothing = (): void => undefined;

/**
 * What an observer hears while something is so. It hears of calls of malloc and free as of all other events.
 *
 * @param isHeard - asked at each access
 */
export function heardOnly(observer: MachineObserver, isHeard: () => boolean): MachineObserver {
  const { noteCalls: _each, directImports, libcAccesses, ...methods } = observer;
  return {
    ...gated(methods, isHeard),
    // Whether steps are counted is told to the machine.
    step: (position) => {
      observer.step(position);
    },
    ...(directImports === undefined ? {} : { directImports: gated(directImports, isHeard) }),
    ...(libcAccesses === undefined ? {} : { libcAccesses: gated(libcAccesses, isHeard) }),
  };
}

/** The same functions, which do nothing while nobody hears. */
function gated<Functions extends object>(functions: Functions, isHeard: () => boolean): Functions {
  const pairs = Object.entries(functions).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'function'
      ? (...args: unknown[]): void => {
          if (isHeard()) Reflect.apply(value, functions, args);
        }
      : value,
  ]);
  return Object.fromEntries(pairs) as Functions;
}

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
          tell.call(observer, joined(low, high), bytes >>> 0);
        };
  const tellCopy = observer?.copy;
  return {
    step_due: (position: number) => {
      beforeStep();
      observer?.step(position);
    },
    frame_due: (position: number, low: number, high: number) => {
      observer?.frame?.(position, joined(low, high));
    },
    stack_moved: (fromLow: number, fromHigh: number, toLow: number, toHigh: number) => {
      observer?.stackMoved?.(joined(fromLow, fromHigh), joined(toLow, toHigh));
    },
    noted_outside: (
      low: number,
      high: number,
      bytes: number,
      startLow: number,
      startHigh: number,
      isStore: number,
    ) => {
      observer?.outside?.(joined(low, high), bytes, joined(startLow, startHigh), isStore !== 0);
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
            tellCopy.call(observer, joined(toLow, toHigh), joined(fromLow, fromHigh), bytes >>> 0);
          },
    ...observer?.directImports,
  };
}
