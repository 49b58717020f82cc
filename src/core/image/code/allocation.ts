/**
 * Gives pseudo registers hard registers, as gcc -O0 does: by priority, each takes the first register that nothing
 * takes that lives at the same time.
 *
 * Source: gcc/ira-color.cc (fast_allocation, setup_allocno_priorities), ira-lives.cc
 * (process_single_reg_class_operands), ira-costs.cc; measured with gcc 12.2.
 */
import type { Block } from './flow.ts';
import { BX, FIRST_PSEUDO, XMM0, isVectorMode, vectorOrder } from './machine.ts';
import type { Insn, Mode, Operand, Reg } from './machine.ts';
import {
  clobbersOf,
  collectReferences,
  costOf,
  fixedOperands,
  isVectorInsn,
  isWritten,
  lateOperand,
  registerOf,
} from './operands.ts';
import type { References } from './operands.ts';
import type { RegisterFile } from './register-file.ts';
import { RegisterPressure } from './register-pressure.ts';

/** The registers of a function's code. */
export interface Allocation {
  /** Hard register of a pseudo register, by number minus FIRST_PSEUDO; -1 for one that lies in the frame. */
  readonly hard: Int8Array;
  /** Hard registers in use when instruction `i` reads (2i) and when it writes (2i + 1). */
  readonly busy: Int32Array;
  /** How often each hard register is referred to. */
  readonly usage: Int32Array;
  /** Callee-saved registers in use, in the order of their numbers. */
  readonly saved: readonly number[];
  /** Pseudo registers without a hard one. */
  readonly spilled: readonly number[];
  /** Where a pseudo register lives: pairs of first and last point; instruction `i` reads at 2i and writes at 2i + 1. */
  rangesOf(no: number): readonly (readonly [number, number])[];
  /** Whether a register's value is not needed after instruction `i`. */
  dies(no: number, insn: number): boolean;
  /** Whether a register's value is needed behind a block. */
  isLiveBehind(block: number, no: number): boolean;
  /** Whether what instruction `i` writes into a register is ever read. */
  outlives(no: number, insn: number): boolean;
}

/** Pseudo registers with a meaning of their own. */
export interface SpecialRegisters {
  /** The register with the address of the global offset table, which calls want in ebx. */
  readonly table: Reg | undefined;
  /** Variables of the program: gcc keeps them out of registers that calls change, so that debuggers find them. */
  readonly userVariables: ReadonlySet<number>;
  /** Those that get a register when all others have theirs: what they were allotted is needed in their own instruction. */
  readonly reloaded: ReadonlySet<number>;
  /** Those of the x87's own format that are as cheap in general registers, unless an operation of that unit reads them. */
  readonly neutral: ReadonlySet<number>;
}

/** Allots registers to the instructions of all blocks, numbered one after the other. */
export function allocateRegisters(
  blocks: readonly Block[],
  modes: readonly Mode[],
  file: RegisterFile,
  special: SpecialRegisters,
): Allocation {
  return new Allocator(blocks, modes, file, special).run();
}

/** What is known of pseudo registers, by number minus FIRST_PSEUDO. */
class Pseudos {
  readonly refs: Int32Array;
  readonly cost: Int32Array;
  /** Block of its references; -1 when they are in several. */
  readonly block: Int32Array;
  /** The only register of a class of its own that it is copied from or to, plus one; -1 for several, which repel. */
  readonly attractor: Int32Array;
  /** What a floating value meets: the bits MEETS_FIRST_VECTOR and IS_VECTOR_OPERAND. */
  readonly meets: Uint8Array;
  /** What a floating value costs in a general register, in thousands. */
  readonly general: Int32Array;
  /** Block of the reference to a floating value that was met last; -1 before. */
  readonly seenIn: Int32Array;
  readonly isVector: Uint8Array;
  /** Those that are referred to, in the order in which gcc meets them. */
  readonly met: number[] = [];

  constructor(count: number) {
    this.refs = new Int32Array(count);
    this.cost = new Int32Array(count);
    this.block = new Int32Array(count);
    this.attractor = new Int32Array(count);
    this.meets = new Uint8Array(count);
    this.general = new Int32Array(count);
    this.seenIn = new Int32Array(count).fill(-1);
    this.isVector = new Uint8Array(count);
  }
}

/** What loading a word costs, in thousands. */
const LOAD = 6;

/** Every register, as a set of bits. */
const ALL_REGISTERS = -1;

/** What a copy between registers costs, in thousands. */
const COPY = 2;

/** What a copy between a general and a vector register costs, in thousands. */
const BETWEEN_CLASSES = 6;

/** It comes from xmm0, or ends there. */
const MEETS_FIRST_VECTOR = 1;
/** Floating arithmetic reads it. */
const IS_VECTOR_OPERAND = 2;

/** Live ranges: first and last point of each, in a list for each pseudo register. */
class Ranges {
  readonly start: number[] = [];
  readonly end: number[] = [];
  /** The next range of the same register; -1 for none. */
  readonly next: number[] = [];
  readonly first: Int32Array;

  constructor(count: number) {
    this.first = new Int32Array(count).fill(-1);
  }

  add(pseudo: number, start: number, end: number): void {
    this.next.push(this.first[pseudo] ?? -1);
    this.first[pseudo] = this.start.length;
    this.start.push(start);
    this.end.push(end);
  }
}

class Allocator {
  readonly #blocks: readonly Block[];
  readonly #modes: readonly Mode[];
  readonly #file: RegisterFile;
  readonly #generalMask: number;
  readonly #table: number | undefined;
  readonly #userVariables: ReadonlySet<number>;
  readonly #reloaded: ReadonlySet<number>;
  readonly #neutral: ReadonlySet<number>;
  /** Hard registers that instructions name as their results. */
  #named = 0;
  /** What is busy before pseudo registers take anything; only with a table. */
  #fixedBusy: Int32Array | undefined;
  readonly #insns: Insn[] = [];
  /** First instruction of each block; the last entry is the number of instructions. */
  readonly #starts: Int32Array;
  readonly #references: References = [];
  /** First reference of each instruction; the last entry is the number of references. */
  readonly #referenceStarts: Int32Array;
  readonly #pseudos: Pseudos;
  readonly #ranges: Ranges;
  readonly #busy: Int32Array;
  /** Where one operand of an instruction needs a register for itself, and which operand. */
  readonly #fixed = new Map<number, { readonly mask: number; readonly own: number | undefined }[]>();
  readonly #hasFixed: Uint8Array;
  /** Pseudo registers that live on entry to each block. */
  readonly #liveIn: number[][] = [];
  /** How many pseudo registers were met when each block had been seen. */
  readonly #metEnds: number[] = [];
  /** Copies of floating values to xmm0 that no reference follows in their block. */
  readonly #lastCopies: { readonly pseudo: number; readonly block: number }[] = [];
  #pressure: RegisterPressure | undefined;

  constructor(
    blocks: readonly Block[],
    modes: readonly Mode[],
    file: RegisterFile,
    special: SpecialRegisters,
  ) {
    this.#table = special.table?.no;
    this.#userVariables = special.userVariables;
    this.#reloaded = special.reloaded;
    this.#neutral = special.neutral;
    this.#blocks = blocks;
    this.#modes = modes;
    this.#file = file;
    this.#generalMask = file.general.reduce((mask, no) => mask | (1 << no), 0);
    this.#starts = new Int32Array(blocks.length + 1);
    for (let index = 0; index < blocks.length; index += 1) {
      const block = blocks[index];
      this.#starts[index] = this.#insns.length;
      if (block === undefined) continue;
      for (const insn of block.insns) this.#insns.push(insn);
      if (block.indirectJump !== undefined) this.#insns.push(block.indirectJump);
    }
    const count = this.#insns.length;
    this.#starts[blocks.length] = count;
    this.#referenceStarts = new Int32Array(count + 1);
    for (let index = 0; index < count; index += 1) {
      this.#referenceStarts[index] = this.#references.length;
      const insn = this.#insns[index];
      if (insn !== undefined) collectReferences(insn, this.#references);
    }
    this.#referenceStarts[count] = this.#references.length;
    this.#pseudos = new Pseudos(modes.length);
    this.#ranges = new Ranges(modes.length);
    this.#busy = new Int32Array(2 * count + 2);
    this.#hasFixed = new Uint8Array(2 * count + 2);
  }

  run(): Allocation {
    for (let block = this.#blocks.length - 1; block >= 0; block -= 1) {
      this.#countReferences(block);
      this.#metEnds[block] = this.#pseudos.met.length;
    }
    const liveOut = this.#liveAcrossBlocks();
    for (const { pseudo, block } of this.#lastCopies) {
      if (liveOut[block]?.includes(pseudo) === true) continue;
      this.#pseudos.meets[pseudo] = (this.#pseudos.meets[pseudo] ?? 0) | MEETS_FIRST_VECTOR;
    }
    const words = new Uint8Array(this.#modes.length);
    for (const pseudo of this.#pseudos.met) {
      const isVector = this.#prefersVector(pseudo);
      this.#pseudos.isVector[pseudo] = isVector ? 1 : 0;
      words[pseudo] = isVector ? 0 : this.#file.width[this.#modes[pseudo] ?? 'SI'];
    }
    this.#pressure = new RegisterPressure(this.#file.general.length, words);
    const lastUse = new Int32Array(this.#modes.length).fill(-1);
    for (let block = this.#blocks.length - 1; block >= 0; block -= 1) {
      this.#findRanges(block, liveOut[block] ?? noNumbers, lastUse);
    }
    return this.#assign(liveOut);
  }

  /** References are met from the last instruction to the first. */
  #countReferences(block: number): void {
    const { refs, cost, block: blockOf, meets, general, seenIn, met } = this.#pseudos;
    const first = this.#starts[block] ?? 0;
    for (let index = (this.#starts[block + 1] ?? 0) - 1; index >= first; index -= 1) {
      const insn = this.#insns[index];
      if (insn === undefined) continue;
      const isDoubleword = this.#file.width.DI === 2 && worksOnWholes(insn);
      const attracts = insn.op === 'move' ? attractorOf(insn.dst, insn.a) : undefined;
      const end = this.#referenceStarts[index + 1] ?? 0;
      for (let at = this.#referenceStarts[index] ?? 0; at < end; at += 1) {
        const reference = this.#references[at] ?? 0;
        const pseudo = registerOf(reference) - FIRST_PSEUDO;
        if (pseudo < 0) continue;
        if (refs[pseudo] === 0) {
          met.push(pseudo);
          blockOf[pseudo] = block;
        } else if (blockOf[pseudo] !== block) blockOf[pseudo] = -1;
        refs[pseudo] = (refs[pseudo] ?? 0) + 1;
        const isOfTwo = isDoubleword && this.#modes[pseudo] === 'DI';
        // What extends memory to two words loads it.
        const charge = isOfTwo && insn.op === 'extend' && insn.a.kind === 'mem' ? LOAD : costOf(reference);
        cost[pseudo] = (cost[pseudo] ?? 0) + (isOfTwo ? 2 * charge : charge);
        if (attracts !== undefined && (this.#table === undefined || isWritten(reference)))
          this.#attract(pseudo, attracts);
        if (isVectorMode(this.#modes[pseudo] ?? 'SI') || this.#neutral.has(pseudo + FIRST_PSEUDO)) {
          if (goesToFirstVector(insn) && seenIn[pseudo] !== block) this.#lastCopies.push({ pseudo, block });
          seenIn[pseudo] = block;
          meets[pseudo] = (meets[pseudo] ?? 0) | meetingOf(insn, isWritten(reference));
          general[pseudo] = (general[pseudo] ?? 0) + generalCost(insn);
        }
        // What is written in parts counts as alive before the first of them, on all ways from the entry.
        if (isPart(insn, pseudo + FIRST_PSEUDO)) blockOf[pseudo] = -1;
      }
    }
  }

  /** Which registers live at the end of each block: found by going back from every use to the definitions. */
  #liveAcrossBlocks(): (readonly number[])[] {
    const liveOut: number[][] = [];
    const { block: blockOf, met } = this.#pseudos;
    if (!met.some((pseudo) => blockOf[pseudo] === -1)) return liveOut;
    const count = this.#blocks.length;
    const { needs, defined } = this.#needsOfBlocks();
    const predecessors = predecessorsOf(this.#blocks);
    const seen = new Set<number>();
    for (let need = needs.pop(); need !== undefined; need = needs.pop()) {
      const { block, pseudo } = need;
      (this.#liveIn[block] ??= []).push(pseudo);
      for (const before of predecessors[block] ?? noNumbers) {
        const key = pseudo * count + before;
        if (seen.has(key)) continue;
        seen.add(key);
        (liveOut[before] ??= []).push(pseudo);
        if (!defined.has(key)) needs.push({ block: before, pseudo });
      }
    }
    return liveOut;
  }

  /** Which pseudo registers of several blocks each block reads before it writes them, and which it writes. */
  #needsOfBlocks(): {
    readonly needs: { readonly block: number; readonly pseudo: number }[];
    /** Register times number of blocks plus block. */
    readonly defined: ReadonlySet<number>;
  } {
    const count = this.#blocks.length;
    const { block: blockOf } = this.#pseudos;
    const needs: { block: number; pseudo: number }[] = [];
    const defined = new Set<number>();
    // Blocks plus one in which the register was last found to be read, or written.
    const readIn = new Int32Array(this.#modes.length);
    const writtenIn = new Int32Array(this.#modes.length);
    for (let block = 0; block < count; block += 1) {
      const end = this.#starts[block + 1] ?? 0;
      for (let index = this.#starts[block] ?? 0; index < end; index += 1) {
        const first = this.#referenceStarts[index] ?? 0;
        // What an instruction writes comes before what it reads.
        for (let at = (this.#referenceStarts[index + 1] ?? 0) - 1; at >= first; at -= 1) {
          const reference = this.#references[at] ?? 0;
          const pseudo = registerOf(reference) - FIRST_PSEUDO;
          if (pseudo < 0 || blockOf[pseudo] !== -1 || writtenIn[pseudo] === block + 1) continue;
          const insn = this.#insns[index];
          if (isWritten(reference) && !(insn !== undefined && isPart(insn, pseudo + FIRST_PSEUDO))) {
            writtenIn[pseudo] = block + 1;
            defined.add(pseudo * count + block);
          } else if (readIn[pseudo] !== block + 1) {
            readIn[pseudo] = block + 1;
            needs.push({ block, pseudo });
          }
        }
      }
    }
    return { needs, defined };
  }

  /** Live ranges within a block, from its end to its start; hard registers are marked busy at once. */
  #findRanges(block: number, liveOut: readonly number[], lastUse: Int32Array): void {
    const first = this.#starts[block] ?? 0;
    const end = this.#starts[block + 1] ?? 0;
    const live: number[] = [];
    this.#pressure?.enterBlock();
    for (const pseudo of liveOut) {
      this.#pressure?.begin(pseudo);
      lastUse[pseudo] = 2 * end - 1;
      live.push(pseudo);
    }
    let hardLive = 0;
    for (let index = end - 1; index >= first; index -= 1) {
      const insn = this.#insns[index];
      if (insn === undefined) continue;
      const behind = hardLive;
      hardLive = this.#rangesAt(index, insn, hardLive, lastUse, live);
      this.#countPressure(index, behind, hardLive);
      for (const { hard, own, isInput } of fixedOperands(insn)) {
        this.#needRegister(2 * index + (isInput ? 0 : 1), hard, own);
      }
    }
    this.#pressure?.leaveBlock();
    for (const pseudo of live) {
      const last = lastUse[pseudo] ?? -1;
      if (last < 0) continue;
      this.#ranges.add(pseudo, 2 * first, last);
      lastUse[pseudo] = -1;
    }
  }

  /** Goes over one instruction backwards; gives the hard registers that live before it. */
  #rangesAt(index: number, insn: Insn, liveBehind: number, lastUse: Int32Array, live: number[]): number {
    const start = this.#referenceStarts[index] ?? 0;
    const end = this.#referenceStarts[index + 1] ?? 0;
    let hardLive = liveBehind;
    let written = hardLive | this.#clobbers(insn);
    const writes = 2 * index + 1;
    for (let at = start; at < end; at += 1) {
      const reference = this.#references[at] ?? 0;
      if (!isWritten(reference)) continue;
      const no = registerOf(reference);
      if (no < FIRST_PSEUDO) {
        written |= 1 << no;
        this.#named |= 1 << no;
        hardLive &= ~(1 << no);
        continue;
      }
      const pseudo = no - FIRST_PSEUDO;
      const last = lastUse[pseudo] ?? -1;
      if (isPart(insn, no)) {
        if (last >= 0) continue;
        lastUse[pseudo] = writes;
        live.push(pseudo);
        continue;
      }
      this.#ranges.add(pseudo, writes, last < 0 ? writes : last);
      lastUse[pseudo] = -1;
    }
    this.#busy[writes] = written;
    if (this.#table !== undefined) this.#noteCopy(insn, lastUse);
    const late = lateOperand(insn);
    for (let at = start; at < end; at += 1) {
      const reference = this.#references[at] ?? 0;
      if (isWritten(reference)) continue;
      const no = registerOf(reference);
      if (no < FIRST_PSEUDO) hardLive |= 1 << no;
      else if ((lastUse[no - FIRST_PSEUDO] ?? -1) < 0) {
        lastUse[no - FIRST_PSEUDO] = no === late ? writes : writes - 1;
        live.push(no - FIRST_PSEUDO);
      }
    }
    this.#busy[writes - 1] = hardLive;
    return hardLive;
  }

  /** Hard registers that do not keep their values over an instruction. */
  #clobbers(insn: Insn): number {
    if (insn.op !== 'call') return clobbersOf(insn);
    return insn.returnsTwice === true ? ALL_REGISTERS : this.#file.callClobbered;
  }

  /**
   * Follows how many registers are in use at an instruction.
   *
   * @param behind - hard registers that live behind it, as bits
   * @param before - and before it
   */
  #countPressure(index: number, behind: number, before: number): void {
    const pressure = this.#pressure;
    const insn = this.#insns[index];
    if (pressure === undefined || insn === undefined) return;
    const start = this.#referenceStarts[index] ?? 0;
    const end = this.#referenceStarts[index + 1] ?? 0;
    for (let at = start; at < end; at += 1) {
      const reference = this.#references[at] ?? 0;
      if (isWritten(reference)) pressure.begin(registerOf(reference) - FIRST_PSEUDO);
    }
    let ended = behind & ~before & this.#generalMask;
    for (let at = start; at < end; at += 1) {
      const reference = this.#references[at] ?? 0;
      if (!isWritten(reference)) continue;
      const no = registerOf(reference);
      if (no >= FIRST_PSEUDO && !isPart(insn, no)) pressure.end(no - FIRST_PSEUDO);
    }
    for (; ended !== 0; ended &= ended - 1) pressure.endHard();
    pressure.advance();
    for (let at = start; at < end; at += 1) {
      const reference = this.#references[at] ?? 0;
      if (!isWritten(reference)) pressure.begin(registerOf(reference) - FIRST_PSEUDO);
    }
    for (let begun = before & ~behind & this.#generalMask; begun !== 0; begun &= begun - 1)
      pressure.beginHard();
    pressure.advance();
  }

  /** The order in which gcc meets pseudo registers: those of a block, the last first, then what lives on entry to it. */
  #inOrder(): readonly number[] {
    const { met } = this.#pseudos;
    if (this.#liveIn.length === 0) return met;
    const order = new Set<number>();
    let next = 0;
    for (let block = this.#blocks.length - 1; block >= 0; block -= 1) {
      for (const end = this.#metEnds[block] ?? met.length; next < end; next += 1) order.add(met[next] ?? 0);
      for (const pseudo of (this.#liveIn[block] ?? []).sort((a, b) => a - b)) order.add(pseudo);
    }
    return [...order];
  }

  #attract(pseudo: number, hard: number): void {
    const { attractor } = this.#pseudos;
    const before = attractor[pseudo];
    attractor[pseudo] = before === 0 || before === hard + 1 ? hard + 1 : -1;
  }

  /** A copy to a hard register attracts a value that ends there; any other has to be copied whatever register it has. */
  #noteCopy(insn: Insn, lastUse: Int32Array): void {
    if (insn.op !== 'move' || insn.a.kind !== 'reg' || insn.a.no < FIRST_PSEUDO) return;
    const hard = attractorOf(insn.dst, insn.a);
    if (hard === undefined) return;
    const { cost } = this.#pseudos;
    const pseudo = insn.a.no - FIRST_PSEUDO;
    if ((lastUse[pseudo] ?? -1) < 0) this.#attract(pseudo, hard);
    else cost[pseudo] = (cost[pseudo] ?? 0) - COPY;
  }

  #needRegister(at: number, hard: number, own: number | undefined): void {
    const list = this.#fixed.get(at);
    if (list === undefined) this.#fixed.set(at, [{ mask: 1 << hard, own }]);
    else list.push({ mask: 1 << hard, own });
    this.#hasFixed[at] = 1;
  }

  #assign(liveOut: readonly (readonly number[])[]): Allocation {
    const { refs, isVector } = this.#pseudos;
    const hard = new Int8Array(this.#modes.length).fill(-1);
    const spilled: number[] = [];
    const usage = new Int32Array(FIRST_PSEUDO);
    let used = this.#named;
    if (this.#table !== undefined) this.#fixedBusy = this.#busy.slice();
    const left: number[] = [];
    const take = (pseudo: number, width: number, choice: number): void => {
      hard[pseudo] = choice;
      usage[choice] = (usage[choice] ?? 0) + (refs[pseudo] ?? 0);
      const mask = maskOf(choice, width);
      used |= mask;
      const { first, start, end, next } = this.#ranges;
      for (let range = first[pseudo] ?? -1; range >= 0; range = next[range] ?? -1) {
        const last = end[range] ?? 0;
        for (let at = start[range] ?? 0; at <= last; at += 1) this.#busy[at] = (this.#busy[at] ?? 0) | mask;
      }
    };
    for (const pseudo of this.#byPriority(this.#inOrder())) {
      const width = this.#width(pseudo);
      const choice = this.#choose(pseudo, width, isVector[pseudo] === 1);
      if (choice === undefined) left.push(pseudo);
      else take(pseudo, width, choice);
    }
    // Reloading tries again, and does not keep variables out of registers that calls change (lra-assigns.cc).
    for (const pseudo of left) {
      const width = this.#width(pseudo);
      const isVariable = this.#userVariables.has(pseudo + FIRST_PSEUDO);
      const choice = isVariable ? this.#chooseOf(pseudo, width, isVector[pseudo] === 1, 0) : undefined;
      if (choice === undefined) spilled.push(pseudo + FIRST_PSEUDO);
      else take(pseudo, width, choice);
    }
    return {
      hard,
      busy: this.#busy,
      usage,
      saved: this.#file.callSaved.filter((one) => (used & (1 << one)) !== 0),
      spilled,
      isLiveBehind: (block, no) => liveOut[block]?.includes(no - FIRST_PSEUDO) === true,
      rangesOf: (no) => this.#rangesOf(no - FIRST_PSEUDO),
      dies: (no, insn) => this.#dies(no - FIRST_PSEUDO, insn),
      outlives: (no, insn) => this.#outlives(no - FIRST_PSEUDO, insn),
    };
  }

  /** The pseudo registers that are referred to, those with the greatest priority first. */
  #byPriority(met: readonly number[]): readonly number[] {
    const { refs, cost, attractor } = this.#pseudos;
    const priority = new Float64Array(met.length);
    const order = new Uint32Array(met.length);
    for (let index = 0; index < met.length; index += 1) {
      const pseudo = met[index] ?? 0;
      const near = attractor[pseudo] ?? 0;
      const gain = (cost[pseudo] ?? 0) + (near > 0 ? 2 : near < 0 ? -4 : 0);
      priority[index] = (32 - Math.clz32(refs[pseudo] ?? 0)) * gain * this.#width(pseudo);
      order[index] = index;
    }
    this.#spread(met, priority);
    order.sort((a, b) => (priority[b] ?? 0) - (priority[a] ?? 0) || a - b);
    const sorted = Array.from(order, (index) => met[index] ?? 0);
    if (this.#reloaded.size === 0) return sorted;
    const isLate = (pseudo: number): boolean => this.#reloaded.has(pseudo + FIRST_PSEUDO);
    return [...sorted.filter((pseudo) => !isLate(pseudo)), ...sorted.filter(isLate)];
  }

  /** Divides priorities by how long their values live where registers are scarce, in integers as gcc does. */
  #spread(met: readonly number[], priority: Float64Array): void {
    const excess = this.#pressure?.excess;
    if (excess?.some((points) => points > 1) !== true) return;
    const most = 1000 * priority.reduce((max, one) => Math.max(max, Math.abs(one)), 0);
    const factor = most === 0 ? 1 : Math.trunc(0x7fff_ffff / most);
    met.forEach((pseudo, index) => {
      const points = excess[pseudo] ?? 0;
      const length = Math.max(1, this.#width(pseudo) === 2 ? points >> 1 : points);
      priority[index] = Math.trunc((1000 * (priority[index] ?? 0) * factor) / length);
    });
  }

  #rangesOf(pseudo: number): readonly (readonly [number, number])[] {
    const { first, start, end, next } = this.#ranges;
    const found: (readonly [number, number])[] = [];
    for (let range = first[pseudo] ?? -1; range >= 0; range = next[range] ?? -1)
      found.push([start[range] ?? 0, end[range] ?? 0]);
    return found;
  }

  /** Whether a range ends at the instruction. */
  #dies(pseudo: number, insn: number): boolean {
    const { first, end, next } = this.#ranges;
    const head = first[pseudo];
    if (head === undefined || this.#pseudos.refs[pseudo] === 0) return true;
    for (let range = head; range >= 0; range = next[range] ?? -1) {
      if ((end[range] ?? 0) >> 1 === insn) return true;
    }
    return false;
  }

  #outlives(pseudo: number, insn: number): boolean {
    const { first, start, end, next } = this.#ranges;
    const writes = 2 * insn + 1;
    for (let range = first[pseudo] ?? -1; range >= 0; range = next[range] ?? -1) {
      if ((start[range] ?? 0) <= writes && (end[range] ?? 0) > writes) return true;
    }
    return false;
  }

  /**
   * At -O0 a value gets the class that costs least. That is xmm0 alone for one that comes from there or ends there; a class of one
   * register is joined by all that cost no more than memory, general registers among them (ira-costs.cc).
   */
  #prefersVector(pseudo: number): boolean {
    const mode = this.#modes[pseudo] ?? 'SI';
    if (!this.#file.movesFloatsInGeneral)
      return isVectorMode(mode) || (mode === 'XF' && !this.#isNeutral(pseudo));
    if (mode === 'XF') return true;
    if (!isVectorMode(mode)) return false;
    const { meets, general, cost } = this.#pseudos;
    if (((meets[pseudo] ?? 0) & MEETS_FIRST_VECTOR) === 0) return true;
    return (general[pseudo] ?? 0) > (cost[pseudo] ?? 0);
  }

  /** General registers come before those of the x87 unit where both cost the same. */
  #isNeutral(pseudo: number): boolean {
    const isOperand = ((this.#pseudos.meets[pseudo] ?? 0) & IS_VECTOR_OPERAND) !== 0;
    return this.#neutral.has(pseudo + FIRST_PSEUDO) && !isOperand;
  }

  #width(pseudo: number): number {
    return this.#pseudos.isVector[pseudo] === 0 ? this.#file.width[this.#modes[pseudo] ?? 'SI'] : 1;
  }

  #choose(pseudo: number, width: number, isVector: boolean): number | undefined {
    const isVariable = this.#userVariables.has(pseudo + FIRST_PSEUDO);
    return this.#chooseOf(pseudo, width, isVector, isVariable ? this.#file.callClobbered : 0);
  }

  /** The first register that is free wherever the value lives, and none of `barred`. */
  #chooseOf(pseudo: number, width: number, isVector: boolean, barred: number): number | undefined {
    let taken = barred;
    const { first, start, end, next } = this.#ranges;
    for (let range = first[pseudo] ?? -1; range >= 0; range = next[range] ?? -1) {
      const last = end[range] ?? 0;
      for (let at = start[range] ?? 0; at <= last; at += 1) {
        const fixed = pseudo + FIRST_PSEUDO === this.#table ? (this.#fixedBusy?.[at] ?? 0) : 0;
        const isAskedForTable = fixed !== ALL_REGISTERS && (fixed & (1 << BX)) !== 0;
        // The copy that calls want in ebx does not keep the register out of ebx.
        taken |= (this.#busy[at] ?? 0) & (isAskedForTable ? ~(1 << BX) : -1);
        if (this.#hasFixed[at] === 1) taken |= this.#fixedFor(pseudo + FIRST_PSEUDO, at);
      }
    }
    const order = isVector ? this.#vectorFor(pseudo) : this.#generalFor(pseudo);
    const isFree = (no: number): boolean => (taken & maskOf(no, width)) === 0;
    if (width === 1) return order.find(isFree);
    // Pairs that begin at an even number leave more room for others.
    const pairs = order.filter((no) => order.includes(no + 1) && order.includes(no + width - 1));
    return pairs.find((no) => (no & 1) === 0 && isFree(no)) ?? pairs.find(isFree);
  }

  /** On x86-64 the last vector registers, which nothing else takes, stand for the places of the x87 stack. */
  #vectorFor(pseudo: number): readonly number[] {
    const isExtended = this.#modes[pseudo] === 'XF' && this.#file.movesFloatsInGeneral;
    return isExtended ? lastVectorsFirst : this.#file.vector;
  }

  /** Bytes go where they have a name only. */
  #generalFor(pseudo: number): readonly number[] {
    return this.#modes[pseudo] === 'QI' ? this.#file.bytes : this.#file.general;
  }

  /** Registers that other operands need for themselves at a point. */
  #fixedFor(no: number, at: number): number {
    let taken = 0;
    for (const { mask, own } of this.#fixed.get(at) ?? []) if (own !== no) taken |= mask;
    return taken;
  }
}

const noNumbers: readonly number[] = [];
const lastVectorsFirst: readonly number[] = [...vectorOrder].reverse();

function predecessorsOf(blocks: readonly Block[]): readonly (readonly number[])[] {
  const predecessors = blocks.map((): number[] => []);
  for (const { index, next, branch, indirect } of blocks) {
    if (next !== undefined) predecessors[next.index]?.push(index);
    if (branch !== undefined) predecessors[branch.to.index]?.push(index);
    for (const to of indirect ?? []) predecessors[to.index]?.push(index);
  }
  return predecessors;
}

/** What a floating register meets at an instruction that writes or reads it. */
function meetingOf(insn: Insn, isTarget: boolean): number {
  if (insn.op === 'move') return isFirstVector(insn.a) ? MEETS_FIRST_VECTOR : 0;
  return !isTarget && (insn.op === 'convert' || isVectorInsn(insn)) ? IS_VECTOR_OPERAND : 0;
}

function goesToFirstVector(insn: Insn): boolean {
  return insn.op === 'move' && isFirstVector(insn.dst);
}

/** What an instruction costs with its floating operand in a general register, in thousands (*movdf_internal, *movsf_internal). */
function generalCost(insn: Insn): number {
  if (insn.op !== 'move') return BETWEEN_CLASSES;
  if (isPseudo(insn.dst) && isPseudo(insn.a)) return insn.mode === 'SF' ? COPY : 0;
  return insn.dst.kind === 'reg' && insn.a.kind === 'reg' ? BETWEEN_CLASSES : COPY;
}

/** Whether an instruction works on both words of a value, not on one of them. */
function worksOnWholes(insn: Insn): boolean {
  return insn.op === 'push' || insn.op === 'widen' || ('mode' in insn && insn.mode === 'DI');
}

/** Whether an instruction writes only a part of the register. */
function isPart(insn: Insn, no: number): boolean {
  return insn.op === 'raw' && insn.part === no;
}

/** The single register of its class that one side of a copy is. */
function attractorOf(dst: Operand, a: Operand): number | undefined {
  const hard = dst.kind === 'reg' && dst.no < FIRST_PSEUDO ? dst : a;
  if (hard.kind !== 'reg' || hard.no >= FIRST_PSEUDO) return undefined;
  return hard.no < 8 || hard.no === XMM0 ? hard.no : undefined;
}

function isFirstVector(operand: Operand): boolean {
  return operand.kind === 'reg' && operand.no === XMM0;
}

function isPseudo(operand: Operand): boolean {
  return operand.kind === 'reg' && operand.no >= FIRST_PSEUDO;
}

function maskOf(no: number, width: number): number {
  return ((1 << width) - 1) << no;
}
