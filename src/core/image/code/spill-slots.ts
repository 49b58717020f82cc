/**
 * Slots of the frame for values that have no register, and for those that the x87 unit wants in memory.
 *
 * Source: gcc/lra-spills.cc (assign_spill_hard_regs, assign_stack_slot_num_and_sort_pseudos), config/i386/i386.md
 * (fix_trunc<mode>_i387_fisttp, truncxf<mode>2): behaviour; measured with gcc 12.2.
 */
import type { TargetName } from '../../target/data-model.ts';
import type { Allocation } from './allocation.ts';
import { FIRST_PSEUDO, XMM0, modeBytes } from './machine.ts';
import type { Insn, Mode } from './machine.ts';

/** A value in memory: its bytes, and the points at which it is there. */
interface InMemory {
  readonly size: number;
  /** It has the x87's own format: on x86-64 such values share slots with each other only. */
  readonly isExtended: boolean;
  readonly ranges: readonly (readonly [number, number])[];
}

/** Bytes of each slot; values that never are in memory at the same time share one. */
export function spillSlots(
  insns: readonly Insn[],
  modes: readonly Mode[],
  allocation: Allocation,
  target: TargetName,
): readonly number[] {
  const inMemory = (mode: Mode, ranges: InMemory['ranges']): InMemory => ({
    size: target === 'i386' ? slotBytes(mode) : modeBytes[mode],
    isExtended: mode === 'XF',
    ranges,
  });
  const values: InMemory[] = [];
  for (const no of allocation.spilled) {
    const mode = modes[no - FIRST_PSEUDO] ?? 'SI';
    // What is only stored in its own place is stored there at once.
    if (mode !== 'QI') values.push(inMemory(mode, allocation.rangesOf(no)));
  }
  insns.forEach((insn, index) => {
    const mode = throughMemory(insn, target, (no) => allocation.hard[no - FIRST_PSEUDO] ?? -1);
    if (mode !== undefined) values.push(inMemory(mode, [[2 * index, 2 * index + 1]]));
  });
  const slots: { size: number; readonly isExtended: boolean; readonly members: InMemory[] }[] = [];
  for (const value of values) {
    const slot = slots.find(
      ({ isExtended, members }) =>
        (target === 'i386' || isExtended === value.isExtended) &&
        !members.some((member) => meet(member, value)),
    );
    if (slot === undefined) slots.push({ size: value.size, isExtended: value.isExtended, members: [value] });
    else {
      slot.size = Math.max(slot.size, value.size);
      slot.members.push(value);
    }
  }
  return slots.map(({ size }) => size);
}

/** The x87's own format takes three words on the i386. */
function slotBytes(mode: Mode): number {
  return mode === 'XF' ? 12 : modeBytes[mode];
}

function meet(a: InMemory, b: InMemory): boolean {
  return a.ranges.some(([start, end]) => b.ranges.some((other) => start <= other[1] && other[0] <= end));
}

/**
 * The mode of what a conversion finds in a register or leaves there and that goes by way of memory: integers, and what
 * becomes a narrower floating value, which the x87 unit rounds only as it stores it.
 */
function throughMemory(insn: Insn, target: TargetName, hardOf: (no: number) => number): Mode | undefined {
  // What the unit makes and general registers hold.
  if (insn.op === 'unary' && insn.mode === 'XF')
    return insn.dst.kind === 'reg' && isGeneral(hardOf(insn.dst.no)) ? 'XF' : undefined;
  if (insn.op !== 'convert') return undefined;
  // On x86-64 only long double is in that unit.
  if (target === 'x86_64' && insn.mode !== 'XF' && insn.from !== 'XF') return undefined;
  if (isFloat(insn.from) && isFloat(insn.mode)) {
    const isNarrower = modeBytes[insn.mode] < modeBytes[insn.from];
    return isNarrower && insn.dst.kind === 'reg' ? insn.mode : undefined;
  }
  const [integer, mode] = isFloat(insn.from) ? [insn.dst, insn.mode] : [insn.a, insn.from];
  return !isFloat(mode) && integer.kind === 'reg' && hardOf(integer.no) >= 0 ? mode : undefined;
}

function isGeneral(hard: number): boolean {
  return hard >= 0 && hard < XMM0;
}

function isFloat(mode: Mode): boolean {
  return mode === 'SF' || mode === 'DF' || mode === 'XF';
}
