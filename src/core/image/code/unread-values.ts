/**
 * Registers that nobody reads: gcc drops the instructions that set them, and then what only those needed.
 *
 * That matters for `register` variables and for the sizes of arrays of variable length; any other variable has memory, and
 * intermediate values are read. The order of the instructions does not matter: a register that is read anywhere keeps all
 * its assignments.
 *
 * Source: gcc/cse.cc (delete_trivially_dead_insns): behaviour.
 */
import type { Block } from './flow.ts';
import { GLOBAL_OFFSET_TABLE } from './code-buffer.ts';
import { FIRST_PSEUDO } from './machine.ts';
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
      isChanged = true;
    }
  }
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
