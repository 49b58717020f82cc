/**
 * Gives pseudo registers hard registers, as gcc -O0 does: by priority, each takes the first register that nothing
 * takes that lives at the same time.
 *
 * Source: gcc/ira-color.cc (fast_allocation, setup_allocno_priorities), ira-lives.cc
 * (process_single_reg_class_operands), ira-costs.cc; measured with gcc 12.2.
 * Simplified: the length of live ranges is not counted (it counts only where registers are scarce).
 */
import type { Block } from './flow.ts';
import { FIRST_PSEUDO, FLOAT_CONSTANT, XMM0, isVectorMode } from './machine.ts';
import type { Insn, Mode, Operand } from './machine.ts';
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
  /** Whether a register's value is not needed after instruction `i`. */
  dies(no: number, insn: number): boolean;
  /** Whether what instruction `i` writes into a register is ever read. */
  outlives(no: number, insn: number): boolean;
}

/** Allots registers to the instructions of all blocks, numbered one after the other. */
export function allocateRegisters(
  blocks: readonly Block[],
  modes: readonly Mode[],
  file: RegisterFile,
): Allocation {
  return new Allocator(blocks, modes, file).run();
}

/** What is known of pseudo registers, by number minus FIRST_PSEUDO. */
class Pseudos {
  readonly refs: Int32Array;
  readonly cost: Int32Array;
  /** Block of its references; -1 when they are in several. */
  readonly block: Int32Array;
  /** The only register of a class of its own that it is copied from or to, plus one; -1 for several, which repel. */
  readonly attractor: Int32Array;
  /** What a floating value meets: the bits MEETS_FIRST_VECTOR, MEETS_VECTOR and IS_VECTOR_OPERAND. */
  readonly meets: Uint8Array;
  readonly isVector: Uint8Array;
  /** Those that are referred to, in the order in which gcc meets them. */
  readonly met: number[] = [];

  constructor(count: number) {
    this.refs = new Int32Array(count);
    this.cost = new Int32Array(count);
    this.block = new Int32Array(count);
    this.attractor = new Int32Array(count);
    this.meets = new Uint8Array(count);
    this.isVector = new Uint8Array(count);
  }
}

/** It goes to or comes from xmm0: alone a general register is as good. */
const MEETS_FIRST_VECTOR = 1;
/** It is the result of floating arithmetic, or goes to or comes from a vector register. */
const MEETS_VECTOR = 2;
/** Floating arithmetic reads it. */
const IS_VECTOR_OPERAND = 4;

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

  constructor(blocks: readonly Block[], modes: readonly Mode[], file: RegisterFile) {
    this.#blocks = blocks;
    this.#modes = modes;
    this.#file = file;
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
    for (let block = this.#blocks.length - 1; block >= 0; block -= 1) this.#countReferences(block);
    const liveOut = this.#liveAcrossBlocks();
    const lastUse = new Int32Array(this.#modes.length).fill(-1);
    for (let block = this.#blocks.length - 1; block >= 0; block -= 1) {
      this.#findRanges(block, liveOut[block] ?? noNumbers, lastUse);
    }
    return this.#assign();
  }

  /** References are met from the last instruction to the first. */
  #countReferences(block: number): void {
    const { refs, cost, block: blockOf, attractor, meets, met } = this.#pseudos;
    const first = this.#starts[block] ?? 0;
    for (let index = (this.#starts[block + 1] ?? 0) - 1; index >= first; index -= 1) {
      const insn = this.#insns[index];
      if (insn === undefined) continue;
      const attracts = insn.op === 'move' ? attractorOf(insn.dst, insn.a) : undefined;
      const [asTarget, asSource] = [meetingOf(insn, true), meetingOf(insn, false)];
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
        cost[pseudo] = (cost[pseudo] ?? 0) + costOf(reference);
        if (attracts !== undefined) {
          const before = attractor[pseudo];
          attractor[pseudo] = before === 0 || before === attracts + 1 ? attracts + 1 : -1;
        }
        meets[pseudo] = (meets[pseudo] ?? 0) | (isWritten(reference) ? asTarget : asSource);
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
          if (isWritten(reference)) {
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
    for (const pseudo of liveOut) {
      lastUse[pseudo] = 2 * end - 1;
      live.push(pseudo);
    }
    let hardLive = 0;
    for (let index = end - 1; index >= first; index -= 1) {
      const insn = this.#insns[index];
      if (insn === undefined) continue;
      hardLive = this.#rangesAt(index, insn, hardLive, lastUse, live);
      for (const { hard, own, isInput } of fixedOperands(insn)) {
        this.#needRegister(2 * index + (isInput ? 0 : 1), hard, own);
      }
    }
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
    let written = hardLive | (insn.op === 'call' ? this.#file.callClobbered : clobbersOf(insn));
    const writes = 2 * index + 1;
    for (let at = start; at < end; at += 1) {
      const reference = this.#references[at] ?? 0;
      if (!isWritten(reference)) continue;
      const no = registerOf(reference);
      if (no < FIRST_PSEUDO) {
        written |= 1 << no;
        hardLive &= ~(1 << no);
        continue;
      }
      const pseudo = no - FIRST_PSEUDO;
      const last = lastUse[pseudo] ?? -1;
      this.#ranges.add(pseudo, writes, last < 0 ? writes : last);
      lastUse[pseudo] = -1;
    }
    this.#busy[writes] = written;
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

  #needRegister(at: number, hard: number, own: number | undefined): void {
    const list = this.#fixed.get(at);
    if (list === undefined) this.#fixed.set(at, [{ mask: 1 << hard, own }]);
    else list.push({ mask: 1 << hard, own });
    this.#hasFixed[at] = 1;
  }

  #assign(): Allocation {
    const { refs, isVector, met } = this.#pseudos;
    const hard = new Int8Array(this.#modes.length).fill(-1);
    const spilled: number[] = [];
    const usage = new Int32Array(FIRST_PSEUDO);
    let used = 0;
    for (const pseudo of this.#byPriority(met)) {
      const width = this.#width(pseudo);
      const choice = this.#choose(pseudo, width, isVector[pseudo] === 1);
      if (choice === undefined) {
        spilled.push(pseudo + FIRST_PSEUDO);
        continue;
      }
      hard[pseudo] = choice;
      usage[choice] = (usage[choice] ?? 0) + (refs[pseudo] ?? 0);
      const mask = maskOf(choice, width);
      used |= mask;
      const { first, start, end, next } = this.#ranges;
      for (let range = first[pseudo] ?? -1; range >= 0; range = next[range] ?? -1) {
        const last = end[range] ?? 0;
        for (let at = start[range] ?? 0; at <= last; at += 1) this.#busy[at] = (this.#busy[at] ?? 0) | mask;
      }
    }
    return {
      hard,
      busy: this.#busy,
      usage,
      saved: this.#file.callSaved.filter((one) => (used & (1 << one)) !== 0),
      spilled,
      dies: (no, insn) => this.#dies(no - FIRST_PSEUDO, insn),
      outlives: (no, insn) => this.#outlives(no - FIRST_PSEUDO, insn),
    };
  }

  /** The pseudo registers that are referred to, those with the greatest priority first. */
  #byPriority(met: readonly number[]): readonly number[] {
    const { refs, cost, attractor, isVector } = this.#pseudos;
    const priority = new Float64Array(met.length);
    const order = new Uint32Array(met.length);
    for (let index = 0; index < met.length; index += 1) {
      const pseudo = met[index] ?? 0;
      isVector[pseudo] = this.#prefersVector(pseudo) ? 1 : 0;
      const near = attractor[pseudo] ?? 0;
      const gain = (cost[pseudo] ?? 0) + (near > 0 ? 2 : near < 0 ? -4 : 0);
      priority[index] = (32 - Math.clz32(refs[pseudo] ?? 0)) * gain * this.#width(pseudo);
      order[index] = index;
    }
    order.sort((a, b) => (priority[b] ?? 0) - (priority[a] ?? 0) || a - b);
    return Array.from(order, (index) => met[index] ?? 0);
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

  /** A floating value that is only moved is as well in a general register, where it costs least. */
  #prefersVector(pseudo: number): boolean {
    const mode = this.#modes[pseudo] ?? 'SI';
    if (!this.#file.movesFloatsInGeneral) return isVectorMode(mode) || mode === 'XF';
    if (!isVectorMode(mode)) return false;
    const meets = this.#pseudos.meets[pseudo] ?? 0;
    if ((meets & IS_VECTOR_OPERAND) !== 0) return true;
    if ((meets & MEETS_FIRST_VECTOR) !== 0) return false;
    return mode === 'DF' || (meets & MEETS_VECTOR) !== 0;
  }

  #width(pseudo: number): number {
    return this.#pseudos.isVector[pseudo] === 0 ? this.#file.width[this.#modes[pseudo] ?? 'SI'] : 1;
  }

  #choose(pseudo: number, width: number, isVector: boolean): number | undefined {
    let taken = 0;
    const { first, start, end, next } = this.#ranges;
    for (let range = first[pseudo] ?? -1; range >= 0; range = next[range] ?? -1) {
      const last = end[range] ?? 0;
      for (let at = start[range] ?? 0; at <= last; at += 1) {
        taken |= this.#busy[at] ?? 0;
        if (this.#hasFixed[at] === 1) taken |= this.#fixedFor(pseudo + FIRST_PSEUDO, at);
      }
    }
    for (const no of isVector ? this.#file.vector : this.#generalFor(pseudo)) {
      if (width > 1 && !this.#file.startsPair(no)) continue;
      if ((taken & maskOf(no, width)) === 0) return no;
    }
    return undefined;
  }

  /** Bytes go where they have a name before they go elsewhere. */
  #generalFor(pseudo: number): readonly number[] {
    const { bytes, general } = this.#file;
    return this.#modes[pseudo] !== 'QI' || bytes.length === general.length
      ? general
      : [...bytes, ...general.filter((no) => !bytes.includes(no))];
  }

  /** Registers that other operands need for themselves at a point. */
  #fixedFor(no: number, at: number): number {
    let taken = 0;
    for (const { mask, own } of this.#fixed.get(at) ?? []) if (own !== no) taken |= mask;
    return taken;
  }
}

const noNumbers: readonly number[] = [];

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
  if (insn.op === 'move') {
    return (
      (isFirstVector(insn.dst) || isFirstVector(insn.a) ? MEETS_FIRST_VECTOR : 0) |
      (isHardVector(insn.dst) || isHardVector(insn.a) ? MEETS_VECTOR : 0)
    );
  }
  if (insn.op !== 'convert' && !isVectorInsn(insn)) return 0;
  return isTarget ? MEETS_VECTOR : MEETS_VECTOR | IS_VECTOR_OPERAND;
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

function isHardVector(operand: Operand): boolean {
  if (operand.kind === 'mem') return operand.symbol === FLOAT_CONSTANT;
  return operand.kind === 'reg' && operand.no >= XMM0 && operand.no < FIRST_PSEUDO;
}

function maskOf(no: number, width: number): number {
  return ((1 << width) - 1) << no;
}
