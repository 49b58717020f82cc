/**
 * Registers that nobody reads: gcc drops the instructions that set them, and then what only those needed.
 *
 * That matters for `register` variables and for the sizes of arrays of variable length; any other variable has memory, and
 * intermediate values are read. Before registers are allotted the order of the instructions does not matter: a register
 * that is read anywhere keeps all its assignments. Behind that go those whose value is not read before the next one; the
 * register that such a value would have had is taken nonetheless.
 *
 * Source: gcc/cse.cc (delete_trivially_dead_insns), gcc/lra-lives.cc (process_bb_lives): behaviour.
 */
import type { Allocation } from './allocation.ts';
import type { Block } from './flow.ts';
import { GLOBAL_OFFSET_TABLE } from './code-buffer.ts';
import { BP, FIRST_PSEUDO } from './machine.ts';
import type { Insn, Operand } from './machine.ts';
import { collectReferences, isWritten, registerOf } from './operands.ts';
import type { References } from './operands.ts';

/** Drops instructions whose results are not read. */
export function dropUnreadValues(blocks: readonly Block[]): void {
  const uses = new Map<number, number>();
  const count = (insn: Insn, by: 1 | -1): void => {
    for (const no of readBy(insn)) uses.set(no, (uses.get(no) ?? 0) + by);
  };
  for (const block of blocks) {
    for (const insn of block.insns) count(insn, 1);
    if (block.indirectJump !== undefined) count(block.indirectJump, 1);
  }
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const block of blocks) {
      const kept = block.insns.filter((insn) => {
        const result = resultOf(insn);
        return result === undefined || (uses.get(result) ?? 0) > 0;
      });
      if (kept.length === block.insns.length) continue;
      for (const insn of block.insns) if (!kept.includes(insn)) count(insn, -1);
      block.insns.splice(0, block.insns.length, ...kept);
      block.isEmptied = kept.length === 0;
      isChanged = true;
    }
  }
}

/** Drops instructions whose results nobody reads before something else is written to their registers; gives them back. */
export function dropOverwrittenValues(
  blocks: readonly Block[],
  { isLiveBehind }: Pick<Allocation, 'isLiveBehind'>,
): ReadonlySet<Insn> {
  const dropped = new Set<Insn>();
  for (const block of blocks) {
    const { index, insns, indirectJump } = block;
    // Whether the next reference to a register reads it.
    const isReadNext = new Map<number, boolean>();
    const note = (insn: Insn): void => {
      const references: References = [];
      collectReferences(insn, references);
      for (const one of references) if (isWritten(one)) isReadNext.set(registerOf(one), false);
      for (const one of references)
        if (!isWritten(one) || isPartOf(insn, registerOf(one))) isReadNext.set(registerOf(one), true);
    };
    if (indirectJump !== undefined) note(indirectJump);
    for (const insn of [...insns].reverse()) {
      const result = leavesNothingElse(insn) ? resultOf(insn) : undefined;
      if (result !== undefined && !(isReadNext.get(result) ?? isLiveBehind(index, result))) dropped.add(insn);
      else note(insn);
    }
    block.isEmptied ||= insns.length > 0 && insns.every((insn) => dropped.has(insn));
  }
  // A jump around nothing goes.
  for (const block of blocks) {
    const { branch, next } = block;
    if (branch !== undefined && next?.isEmptied === true && behindEmpty(next) === behindEmpty(branch.to))
      block.branch = undefined;
  }
  return dropped;
}

/** The first block from here on that does something. */
function behindEmpty(first: Block): Block {
  let block = first;
  const seen = new Set<Block>();
  while (
    (block.isEmptied || block.insns.length === 0) &&
    block.branch === undefined &&
    block.indirect === undefined &&
    block.next !== undefined &&
    !seen.has(block)
  ) {
    seen.add(block);
    block = block.next;
  }
  return block;
}

function isPartOf(insn: Insn, no: number): boolean {
  return insn.op === 'raw' && insn.part === no;
}

/** Whether an instruction changes no flags, and cannot trap: its memory is in the frame or at an address of its own. */
function leavesNothingElse(insn: Insn): boolean {
  if (insn.op !== 'move' && insn.op !== 'extend') return false;
  return insn.a.kind !== 'mem' || insn.a.base === undefined || insn.a.base === BP;
}

/** Registers that an instruction reads for another one. */
function readBy(insn: Insn): readonly number[] {
  const references: References = [];
  collectReferences(insn, references);
  const result = resultOf(insn);
  return references.filter((one) => !isWritten(one) && registerOf(one) !== result).map(registerOf);
}

/** The pseudo register that an instruction computes and does nothing else. */
function resultOf(insn: Insn): number | undefined {
  switch (insn.op) {
    case 'lea':
      // What finds the table is written when registers are allotted (config/i386/i386.cc: ix86_init_pic_reg).
      return insn.a.symbol === GLOBAL_OFFSET_TABLE ? undefined : pseudoOf(insn.dst);
    case 'move':
    case 'extend':
    case 'binary':
    case 'shift':
    case 'unary':
    case 'convert':
    case 'vector':
      return pseudoOf(insn.dst);
    default:
      return undefined;
  }
}

function pseudoOf(operand: Operand): number | undefined {
  return operand.kind === 'reg' && operand.no >= FIRST_PSEUDO ? operand.no : undefined;
}
