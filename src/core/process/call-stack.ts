/**
 * The frames of the program's functions, read from the simulated stack as a debugger does: saved rbp by saved rbp.
 */
import { lastOf } from '../../base/bisect.ts';
import { TWO_TO_32, roundDown } from '../../base/address.ts';
import type {
  CallSite,
  CompiledFunction,
  CompiledProgram,
  FrameVariable,
} from '../codegen/compiled-program.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';

/** A frame of the call stack, innermost first. */
export interface CallFrame {
  readonly function: CompiledFunction;
  /** Index into the program's positions. */
  readonly position: number;
  /** rbp */
  readonly base: number;
  readonly returnAddress: number;
  /** Where offsets of variables count from, and those of arguments on the stack: rbp, unless the function aligns its frame. */
  readonly variablesFrom: number;
  readonly argumentsFrom: number;
}

/** Run-time address of a variable of a frame; arguments on the stack have the positive offsets. */
export function variableAddress(
  frame: Pick<CallFrame, 'variablesFrom' | 'argumentsFrom'>,
  variable: FrameVariable,
): number {
  return variable.offset + (variable.offset > 0 ? frame.argumentsFrom : frame.variablesFrom);
}

/** Frames that a walk of the stack shows at most. */
export const deepestWalk = 200;

/** Walks the stacks of one process. */
export class StackWalker {
  readonly #program: CompiledProgram;
  readonly #memory: ProcessMemory;
  readonly #loadBias: number;
  readonly #wordBytes: 4 | 8;

  constructor(program: CompiledProgram, memory: ProcessMemory, loadBias: number, wordBytes: 4 | 8) {
    this.#program = program;
    this.#memory = memory;
    this.#loadBias = loadBias;
    this.#wordBytes = wordBytes;
  }

  /** At most `most` frames, from the innermost one, which is at a position and has this rbp. */
  walk(most: number, from: number, framePointer: number): readonly CallFrame[] {
    const frames: CallFrame[] = [];
    let position = from;
    let base = framePointer;
    while (frames.length < most) {
      const place = this.#program.positions[position];
      const fn = place === undefined ? undefined : this.#program.functions[place.functionIndex];
      if (fn === undefined) break;
      const saved = this.#memory.peek(base, 2 * this.#wordBytes);
      if (saved === undefined) break;
      const returnAddress = wordAt(saved, this.#wordBytes, this.#wordBytes);
      frames.push({ function: fn, position, base, returnAddress, ...this.#originsOf(fn, base) });
      const site = this.#callSiteAt(returnAddress - this.#loadBias);
      if (site === undefined) break;
      position = site.position;
      base = wordAt(saved, 0, this.#wordBytes);
    }
    return frames;
  }

  /** See codegen/realigned-frame.ts: an aligned place below the pushed registers, or a saved pointer to the arguments. */
  #originsOf(
    { realignment }: CompiledFunction,
    base: number,
  ): Pick<CallFrame, 'variablesFrom' | 'argumentsFrom'> {
    if (realignment?.kind === 'stack-pointer') {
      const { pushedBytes, alignment, base: above } = realignment;
      return { variablesFrom: roundDown(base - pushedBytes, alignment) + above, argumentsFrom: base };
    }
    if (realignment?.kind === 'argument-pointer') {
      const saved = this.#memory.peek(base + realignment.argumentPointer, this.#wordBytes);
      const place = saved === undefined ? base : wordAt(saved, 0, this.#wordBytes) - 2 * this.#wordBytes;
      return { variablesFrom: base, argumentsFrom: place };
    }
    return { variablesFrom: base, argumentsFrom: base };
  }

  /** The call whose return address (link-time) this is; the table is sorted by it. */
  #callSiteAt(returnAddress: number): CallSite | undefined {
    const { callSites } = this.#program;
    const found = lastOf(callSites, (site) => site.returnAddress <= returnAddress);
    return found?.returnAddress === returnAddress ? found : undefined;
  }
}

/** A word of little-endian bytes, as a number. */
function wordAt(bytes: Uint8Array, offset: number, wordBytes: 4 | 8): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const low = view.getUint32(offset, true);
  return wordBytes === 4 ? low : low + view.getUint32(offset + 4, true) * TWO_TO_32;
}
