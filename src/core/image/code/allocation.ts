/**
 * Gives pseudo registers hard registers, as gcc -O0 does: by priority, each takes the first register that nothing
 * takes that lives at the same time.
 *
 * Source: gcc/ira-color.cc (fast_allocation, setup_allocno_priorities), ira-lives.cc
 * (process_single_reg_class_operands), ira-costs.cc; measured with gcc 12.2.
 * Simplified: the length of live ranges is not counted (it counts only where registers are scarce).
 */
import type { Block } from './flow.ts';
import {
  CALL_SAVED,
  FIRST_PSEUDO,
  FLOAT_CONSTANT,
  XMM0,
  generalOrder,
  isVectorMode,
  vectorOrder,
} from './machine.ts';
import type { Insn, Mode, Operand } from './machine.ts';
import { clobbersOf, fixedOperands, isVectorInsn, lateOperand, visitRegisters } from './operands.ts';

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

/** First and last point of the life of a value. */
interface Range {
  readonly start: number;
  readonly end: number;
}

interface Pseudo {
  readonly no: number;
  readonly ranges: Range[];
  refs: number;
  cost: number;
  /** Order in which gcc meets it. */
  order: number;
  isVector: boolean;
  /** The only register of a class of its own that it is copied from or to, plus one; -1 for several, which repel. */
  attractor: number;
  /** It is the result of floating arithmetic, or goes to or comes from a vector register. */
  meetsVector: boolean;
  /** It goes to or comes from xmm0: alone a general register is as good. */
  meetsFirstVector: boolean;
  /** Block of its references; -1 when they are in several. */
  block: number;
}

/** Allots registers to the instructions of all blocks, numbered one after the other. */
export function allocateRegisters(blocks: readonly Block[], modes: readonly Mode[]): Allocation {
  return new Allocator(blocks, modes).run();
}

class Allocator {
  readonly #blocks: readonly Block[];
  readonly #modes: readonly Mode[];
  readonly #pseudos: (Pseudo | undefined)[];
  readonly #insns: Insn[] = [];
  readonly #starts: number[] = [];
  readonly #busy: Int32Array;
  /** Registers that one operand of an instruction needs for itself, by point. */
  readonly #fixed = new Map<number, { mask: number; own: number | undefined }[]>();

  constructor(blocks: readonly Block[], modes: readonly Mode[]) {
    this.#blocks = blocks;
    this.#modes = modes;
    this.#pseudos = Array.from<Pseudo | undefined>({ length: modes.length });
    for (const block of blocks) {
      this.#starts.push(this.#insns.length);
      for (const insn of block.insns) this.#insns.push(insn);
      if (block.indirectJump !== undefined) this.#insns.push(block.indirectJump);
    }
    this.#starts.push(this.#insns.length);
    this.#busy = new Int32Array(2 * this.#insns.length + 2);
  }

  run(): Allocation {
    this.#countReferences();
    const liveOut = this.#liveAcrossBlocks();
    for (let block = this.#blocks.length - 1; block >= 0; block -= 1) {
      this.#ranges(block, liveOut.get(block));
    }
    return this.#assign();
  }

  /** References are met from the last instruction to the first. */
  #countReferences(): void {
    let order = 0;
    for (let block = this.#blocks.length - 1; block >= 0; block -= 1) {
      const start = this.#starts[block] ?? 0;
      for (let index = (this.#starts[block + 1] ?? 0) - 1; index >= start; index -= 1) {
        const insn = this.#insns[index];
        if (insn === undefined) continue;
        const isVector = isVectorInsn(insn);
        const isConversion = insn.op === 'convert';
        const meetsFirst = insn.op === 'move' && (isFirstVector(insn.dst) || isFirstVector(insn.a));
        const hardCopy = insn.op === 'move' ? attractorOf(insn.dst, insn.a) : undefined;
        const meetsVector = insn.op === 'move' && (isHardVector(insn.dst) || isHardVector(insn.a));
        visitRegisters(insn, (no, isDef, cost) => {
          if (no < FIRST_PSEUDO) return;
          let pseudo = this.#pseudos[no - FIRST_PSEUDO];
          if (pseudo === undefined) {
            pseudo = {
              no,
              ranges: [],
              refs: 0,
              cost: 0,
              order: (order += 1),
              isVector: false,
              attractor: 0,
              meetsVector: false,
              meetsFirstVector: false,
              block,
            };
            this.#pseudos[no - FIRST_PSEUDO] = pseudo;
          }
          if (pseudo.block !== block) pseudo.block = -1;
          pseudo.refs += 1;
          pseudo.cost += cost;
          if (hardCopy !== undefined) {
            pseudo.attractor =
              pseudo.attractor === 0 || pseudo.attractor === hardCopy + 1 ? hardCopy + 1 : -1;
          }
          if (!isVectorMode(this.#modes[no - FIRST_PSEUDO] ?? 'SI')) return;
          if (meetsFirst) pseudo.meetsFirstVector = true;
          if (isVector || isConversion || meetsVector) pseudo.meetsVector = true;
          if ((isVector || isConversion) && !isDef) pseudo.isVector = true;
        });
      }
    }
  }

  /** Which registers live at the end of each block: found by going back from every use to the definitions. */
  #liveAcrossBlocks(): Map<number, Set<number>> {
    const liveOut = new Map<number, Set<number>>();
    const shared = new Set<number>();
    for (const pseudo of this.#pseudos) if (pseudo?.block === -1) shared.add(pseudo.no);
    if (shared.size === 0) return liveOut;
    const predecessors = this.#blocks.map((): number[] => []);
    for (const block of this.#blocks) {
      for (const next of [block.next, block.branch?.to, ...(block.indirect ?? [])]) {
        if (next !== undefined) predecessors[next.index]?.push(block.index);
      }
    }
    const defines = this.#blocks.map(() => new Set<number>());
    const needs: { block: number; no: number }[] = [];
    for (let block = 0; block < this.#blocks.length; block += 1) {
      const own = defines[block];
      const seen = new Set<number>();
      for (let index = this.#starts[block] ?? 0; index < (this.#starts[block + 1] ?? 0); index += 1) {
        const insn = this.#insns[index];
        if (insn === undefined) continue;
        visitRegisters(insn, (no, isDef) => {
          if (isDef || !shared.has(no) || own?.has(no) === true || seen.has(no)) return;
          seen.add(no);
          needs.push({ block, no });
        });
        visitRegisters(insn, (no, isDef) => {
          if (isDef && shared.has(no)) own?.add(no);
        });
      }
    }
    for (let need = needs.pop(); need !== undefined; need = needs.pop()) {
      for (const before of predecessors[need.block] ?? []) {
        const live = liveOut.get(before) ?? new Set<number>();
        liveOut.set(before, live);
        if (live.has(need.no)) continue;
        live.add(need.no);
        if (defines[before]?.has(need.no) !== true) needs.push({ block: before, no: need.no });
      }
    }
    return liveOut;
  }

  /** Live ranges within a block, from its end to its start; hard registers are marked busy at once. */
  #ranges(block: number, liveOut: ReadonlySet<number> | undefined): void {
    const first = this.#starts[block] ?? 0;
    const end = this.#starts[block + 1] ?? 0;
    const live = new Map<number, number>();
    for (const no of liveOut ?? []) live.set(no, 2 * end - 1);
    let hardLive = 0;
    for (let index = end - 1; index >= first; index -= 1) {
      const insn = this.#insns[index];
      if (insn === undefined) continue;
      this.#busy[2 * index + 1] = hardLive | clobbersOf(insn);
      visitRegisters(insn, (no, isDef) => {
        if (!isDef) return;
        if (no < FIRST_PSEUDO) {
          this.#busy[2 * index + 1] = (this.#busy[2 * index + 1] ?? 0) | (1 << no);
          hardLive &= ~(1 << no);
          return;
        }
        const at = 2 * index + 1;
        this.#pseudos[no - FIRST_PSEUDO]?.ranges.push({ start: at, end: live.get(no) ?? at });
        live.delete(no);
      });
      const late = lateOperand(insn);
      visitRegisters(insn, (no, isDef) => {
        if (isDef) return;
        if (no < FIRST_PSEUDO) hardLive |= 1 << no;
        else if (!live.has(no)) live.set(no, no === late ? 2 * index + 1 : 2 * index);
      });
      this.#busy[2 * index] = hardLive;
      for (const { hard, own, isInput } of fixedOperands(insn)) {
        const at = 2 * index + (isInput ? 0 : 1);
        const list = this.#fixed.get(at) ?? [];
        this.#fixed.set(at, list);
        list.push({ mask: 1 << hard, own });
      }
    }
    for (const [no, last] of live) {
      this.#pseudos[no - FIRST_PSEUDO]?.ranges.push({ start: 2 * first, end: last });
    }
  }

  #assign(): Allocation {
    const hard = new Int8Array(this.#modes.length).fill(-1);
    const spilled: number[] = [];
    const saved = new Set<number>();
    const usage = new Int32Array(FIRST_PSEUDO);
    const present = this.#pseudos.filter((one) => one !== undefined);
    for (const one of present) one.isVector = this.#prefersVector(one);
    const priority = (one: Pseudo): number =>
      (32 - Math.clz32(one.refs)) *
      (one.cost + (one.attractor > 0 ? 2 : one.attractor < 0 ? -4 : 0)) *
      this.#width(one);
    present.sort((a, b) => priority(b) - priority(a) || a.order - b.order);
    for (const pseudo of present) {
      const choice = this.#choose(pseudo);
      if (choice === undefined) {
        spilled.push(pseudo.no);
        continue;
      }
      hard[pseudo.no - FIRST_PSEUDO] = choice;
      usage[choice] = (usage[choice] ?? 0) + pseudo.refs;
      const mask = maskOf(choice, this.#width(pseudo));
      for (const one of CALL_SAVED) if ((mask & (1 << one)) !== 0) saved.add(one);
      for (const { start, end } of pseudo.ranges) {
        for (let at = start; at <= end; at += 1) this.#busy[at] = (this.#busy[at] ?? 0) | mask;
      }
    }
    return {
      hard,
      busy: this.#busy,
      usage,
      saved: [...saved].sort((a, b) => a - b),
      spilled,
      dies: (no, insn) =>
        this.#pseudos[no - FIRST_PSEUDO]?.ranges.some(
          ({ end }) => end === 2 * insn || end === 2 * insn + 1,
        ) ?? true,
      outlives: (no, insn) =>
        this.#pseudos[no - FIRST_PSEUDO]?.ranges.some(
          ({ start, end }) => start <= 2 * insn + 1 && end > 2 * insn + 1,
        ) ?? false,
    };
  }

  /** A floating value that is only moved is as well in a general register, where it costs least. */
  #prefersVector(pseudo: Pseudo): boolean {
    const mode = this.#modes[pseudo.no - FIRST_PSEUDO] ?? 'SI';
    if (!isVectorMode(mode)) return false;
    if (pseudo.isVector) return true;
    if (pseudo.meetsFirstVector) return false;
    return mode === 'DF' || pseudo.meetsVector;
  }

  #width(pseudo: Pseudo): number {
    return this.#modes[pseudo.no - FIRST_PSEUDO] === 'TI' && !pseudo.isVector ? 2 : 1;
  }

  #choose(pseudo: Pseudo): number | undefined {
    let taken = 0;
    for (const { start, end } of pseudo.ranges) {
      for (let at = start; at <= end; at += 1) {
        taken |= this.#busy[at] ?? 0;
        for (const { mask, own } of this.#fixed.get(at) ?? []) if (own !== pseudo.no) taken |= mask;
      }
    }
    const width = this.#width(pseudo);
    for (const no of pseudo.isVector ? vectorOrder : generalOrder) {
      if (width === 2 && !hasNeighbour(no)) continue;
      if ((taken & maskOf(no, width)) === 0) return no;
    }
    return undefined;
  }
}

/** Whether a pair of registers may begin with the register: ax:dx, cx:bx, si:di, r8:r9 ... */
function hasNeighbour(no: number): boolean {
  return (no & 1) === 0 && no !== 6;
}

/** The single register of its class that one side of a copy is. */
function attractorOf(dst: Operand, a: Operand): number | undefined {
  const hard = [dst, a].find((one) => one.kind === 'reg' && one.no < FIRST_PSEUDO);
  if (hard?.kind !== 'reg') return undefined;
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
  return width === 2 ? 3 << no : 1 << no;
}
