/**
 * Registers that nobody reads: gcc drops the instructions that set them, and then what only those needed.
 *
 * That matters for `register` variables alone; any other variable has memory, and intermediate values are read. The order
 * of the instructions does not matter: a register that is read anywhere keeps all its assignments.
 *
 * Source: gcc/cse.cc (delete_trivially_dead_insns): behaviour.
 */
import type { Block } from './flow.ts';
import { FIRST_PSEUDO } from './machine.ts';
import type { Insn } from './machine.ts';
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
    case 'move':
    case 'extend':
    case 'binary':
    case 'shift':
    case 'unary':
    case 'lea':
    case 'convert':
    case 'vector':
      return insn.dst.kind === 'reg' && insn.dst.no >= FIRST_PSEUDO ? insn.dst.no : undefined;
    default:
      return undefined;
  }
}
