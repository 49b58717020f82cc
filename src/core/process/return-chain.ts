/**
 * Returns that a program has overwritten: execution goes to what the words on the stack say.
 *
 * `ret` pops an address and jumps there. Where a function begins, it runs with the stack as it is then, and its own return
 * takes the next word: so functions run one after another, until a word leads back to the caller that was waiting, to
 * libc's start code, or to a place where no instruction is known. One byte behind the beginning of a function lies what
 * follows `push rbp`; there, too, a function can be entered.
 *
 * Source: Intel SDM volume 2, RET, LEAVE; System V ABI for x86-64 3.2.2, for i386 2.2; the prologues of gcc -O0.
 * Simplified: arguments that would be taken from registers, other places inside of functions, and callers further out are
 * named. The frame pointer may point to another place of the stack, or to nothing.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { invariant } from '../../base/assert.ts';
import type { CompiledFunction, CompiledProgram, ExternalFunction } from '../codegen/compiled-program.ts';
import { MemoryFault } from '../mm/kernel.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';
import { NotModelled } from '../trace/not-modelled.ts';
import type { CodeAddresses } from './code-addresses.ts';
import type { RunningModule } from './running-module.ts';
import { TrapError } from './trap.ts';

/** A host address whose accesses all lie outside of the linear memory: it has at most 65,535 pages. */
const NOWHERE = -0x1_0000;

/** What a function finds when it returns. */
export interface SmashedFrame {
  /** Index of the function. */
  readonly functionIndex: number;
  /** Where its return address lies. */
  readonly slot: number;
  /** The frame pointer that it restores. */
  readonly framePointer: bigint;
  /** Both words as the prologue saved them. */
  readonly returnAddress: bigint;
  readonly savedFramePointer: bigint;
}

/** What returns need of their machine. */
export interface ReturningHost {
  readonly program: CompiledProgram;
  readonly memory: ProcessMemory;
  readonly running: RunningModule;
  readonly code: CodeAddresses;
  readonly wordBytes: 4 | 8;
  /** Where main returns to. */
  readonly startCode: () => number;
  /** Calls into the program, as libc does. */
  enter(call: () => unknown): unknown;
  /** exit(status), which libc's start code calls with what main returned. */
  exit(status: number): never;
  /** From simulated to host addresses of the stack. */
  stackAddend(): number;
}

/** What ran last, and what it left in eax. */
interface LastResult {
  readonly name: string;
  readonly value: number | bigint | undefined;
}

/** Follows overwritten words of the stack. */
export class ReturnChain {
  readonly #host: ReturningHost;
  /** The frame pointer of a caller that points to nothing. */
  #wildFrame: bigint | undefined;

  constructor(host: ReturningHost) {
    this.#host = host;
  }

  /**
   * Goes where the words say. Comes back, with stack and frame pointer set, when that is the caller that waits.
   *
   * @throws MemoryFault where nothing can be read or executed
   * @throws NotModelled for code that is not known
   */
  follow(frame: SmashedFrame): void {
    const { running, program, wordBytes } = this.#host;
    const own = program.functions[frame.functionIndex];
    invariant(own !== undefined, 'the function that returns is one of the program');
    let last: LastResult | undefined;
    let { slot } = frame;
    let framePointer = BigInt.asUintN(8 * wordBytes, frame.framePointer);
    for (;;) {
      const target = this.#wordAt(slot);
      slot += wordBytes;
      if (target === BigInt.asUintN(8 * wordBytes, frame.returnAddress)) {
        this.#comeBack(own, frame, framePointer, last);
        running.global('sp').value = BigInt(slot);
        running.global('fp').value = BigInt.asIntN(64, framePointer);
        return;
      }
      if (Number(target) === this.#host.startCode())
        this.#host.exit(statusOf(last ?? { name: own.name, value: undefined }));
      const external = this.#host.code.externalAt(Number(target));
      if (external !== undefined) {
        last = this.#runLibc(external, slot);
        continue;
      }
      const entered = this.#functionAt(target);
      if (entered === undefined) throw this.#host.code.returnFault(...halves(target));
      if (entered.skipsPush) {
        framePointer = this.#wordAt(slot);
        slot += wordBytes;
      }
      last = this.#run(entered.function, slot, framePointer);
    }
  }

  /** The caller goes on: with the frame pointer that it had, or with another one, if it looks. */
  #comeBack(
    own: CompiledFunction,
    frame: SmashedFrame,
    framePointer: bigint,
    last: LastResult | undefined,
  ): void {
    const { program, wordBytes } = this.#host;
    if (last !== undefined && program.signatures[own.signature]?.result !== undefined)
      throw new NotModelled(`the result of ${own.name}, which ${last.name} has left`);
    if (framePointer === BigInt.asUintN(8 * wordBytes, frame.savedFramePointer)) return;
    // libc's start code does not use the frame pointer any more.
    if (Number(frame.returnAddress) === this.#host.startCode()) return;
    if (!this.#host.code.followsFrame(Number(frame.returnAddress)))
      throw new NotModelled('going on in a function whose frame pointer was overwritten');
  }

  /** The function that is entered at an address, from its beginning or behind its first instruction, `push rbp`. */
  #functionAt(
    target: bigint,
  ): { readonly function: CompiledFunction; readonly skipsPush: boolean } | undefined {
    const { code } = this.#host;
    const first = code.programFunctionAt(Number(target));
    if (first !== undefined) return { function: first, skipsPush: false };
    const second = code.programFunctionAt(Number(target) - 1);
    return second === undefined ? undefined : { function: second, skipsPush: true };
  }

  /** Runs a function whose return address lies at `slot`, as it stands there. */
  #run(fn: CompiledFunction, slot: number, framePointer: bigint): LastResult {
    const { running, program, wordBytes } = this.#host;
    const signature = program.signatures[fn.signature];
    const parameters = signature?.parameters ?? [];
    const isFromStack = wordBytes === 4 && fn.registers.length === 0 && fn.name !== 'main';
    if (parameters.length > 0 && !isFromStack)
      throw new NotModelled(`entering ${fn.name} by a return: its arguments are what registers hold`);
    if (
      fn.realignment !== undefined ||
      parameters.length !== fn.variables.filter((one) => one.isParameter).length
    )
      throw new NotModelled(`entering ${fn.name} by a return`);
    running.global('sp').value = BigInt(slot + wordBytes);
    running.global('fp').value = BigInt.asIntN(64, framePointer);
    running.global('return_address').value = BigInt.asIntN(64, this.#wordAt(slot));
    const args = parameters.map((type) => (type === 'i64' ? 0n : 0));
    const value = this.#host.enter(() => running.call(fn.exportName, args));
    return {
      name: fn.name,
      value: typeof value === 'number' || typeof value === 'bigint' ? value : undefined,
    };
  }

  /** Runs a function of libc; on i386 its arguments are the words above its return address. */
  #runLibc(external: ExternalFunction, slot: number): LastResult {
    const { running, memory, wordBytes } = this.#host;
    const { name, parameters, isVariadic, tableIndex } = external;
    if (
      isVariadic ||
      (parameters.length > 0 && (wordBytes === 8 || parameters.some((type) => type !== 'i32')))
    )
      throw new NotModelled(`entering ${name} by a return`);
    running.global('sp').value = BigInt(slot + wordBytes);
    const args = parameters.map((_, index) => memory.readU32(slot + wordBytes * (index + 1)) | 0);
    const value = this.#host.enter(() => running.tableFunction(tableIndex)(...args));
    return { name, value: typeof value === 'number' || typeof value === 'bigint' ? value : undefined };
  }

  /** Host address of a frame pointer that came back; what lies below it is made present. */
  moved(framePointer: bigint, depth: number): number {
    const { memory, wordBytes } = this.#host;
    const addr = BigInt.asUintN(8 * wordBytes, framePointer);
    try {
      const host = this.#stackHost(Number(addr), depth);
      if (host !== undefined) return host;
    } catch (error) {
      if (!(error instanceof MemoryFault)) throw error;
      this.#wildFrame = addr;
      return NOWHERE;
    }
    throw new NotModelled(
      `a frame at 0x${addr.toString(16)}, in ${memory.mm.space.vmaLookup(Number(addr))?.file?.name ?? 'other memory'}`,
    );
  }

  /** Host address of a frame pointer into the backing of the stack; `undefined` for one into other memory. */
  #stackHost(framePointer: number, depth: number): number | undefined {
    const { memory, wordBytes } = this.#host;
    const addend = this.#host.stackAddend();
    const last = framePointer + 2 * wordBytes - 1;
    const touched = [last];
    for (let addr = framePointer - depth; addr < last; addr += PAGE_SIZE) touched.push(addr);
    const isStack = touched.every((addr) => {
      const word = BigInt(addr);
      return memory.fillForWrite(...halves(word), 1) === Number(BigInt.asUintN(32, word + BigInt(addend)));
    });
    return isStack ? (framePointer + addend) | 0 : undefined;
  }

  /**
   * The end that an access through a frame pointer to nothing is; `undefined` for any other exception. The processor calls a
   * stack address that is not canonical a stack fault, which Linux answers with SIGBUS (arch/x86/kernel/traps.c:
   * exc_stack_segment). Which variable was accessed is not known, so no address is told.
   */
  faultOf(error: unknown): TrapError | undefined {
    const at = this.#wildFrame;
    if (at === undefined || !(error instanceof WebAssembly.RuntimeError)) return undefined;
    if (!error.message.includes('out of bounds')) return undefined;
    const isCanonical = BigInt.asIntN(48, at) === BigInt.asIntN(64, at);
    if (isCanonical || this.#host.wordBytes === 4)
      return new TrapError({ kind: 'signal', signal: 'SIGSEGV', fault: undefined });
    const fault = { code: 'SI_KERNEL', addr: 0, access: 'read', address: '0x0' } as const;
    return new TrapError({ kind: 'signal', signal: 'SIGBUS', fault });
  }

  #wordAt(addr: number): bigint {
    const { memory, wordBytes } = this.#host;
    return wordBytes === 8 ? memory.readU64(addr) : BigInt(memory.readU32(addr));
  }
}

/** Low and high half of a word. */
function halves(word: bigint): [number, number] {
  return [Number(word & 0xffff_ffffn), Number(word >> 32n)];
}

/** The status that libc's start code takes from eax. */
function statusOf({ name, value }: LastResult): number {
  if (value === undefined)
    throw new NotModelled(`the exit status that ${name}, which returns nothing, leaves in eax`);
  return Number(BigInt.asIntN(32, BigInt(value))) & 255;
}
