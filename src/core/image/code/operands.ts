/** Which registers an instruction reads and writes, and what each costs in memory: what register allocation asks. */
import { AX, CALL_CLOBBERED, CX, DI, DX, FIRST_PSEUDO, SI, XMM0, isVectorMode } from './machine.ts';
import type { Insn, Operand } from './machine.ts';

/**
 * References of instructions to registers, in the order in which gcc numbers the operands; each is one small integer that
 * `registerOf`, `costOf` and `isWritten` take apart.
 */
export type References = number[];

/** The register that a reference means. */
export function registerOf(reference: number): number {
  return reference >> 4;
}

/** What gcc's cost model charges for having the register in memory instead, in thousands: 0 to 7. */
export function costOf(reference: number): number {
  return (reference >> 1) & 7;
}

/** Whether the reference writes the register (else it reads it). */
export function isWritten(reference: number): boolean {
  return (reference & 1) !== 0;
}

/** Costs of a register in memory: loading or storing it, or using it where memory may stand. */
const LOAD = 6;
const OPERAND = 5;
const FREE = 1;

/** Appends the references of an instruction in the order in which gcc numbers them: the last operand first. */
export function collectReferences(insn: Insn, refs: References): void {
  switch (insn.op) {
    case 'move': {
      const isPlain = insn.a.kind === 'reg';
      const fromHard = insn.a.kind === 'reg' && insn.a.no < FIRST_PSEUDO ? hardCost(insn.a.no) : undefined;
      visitTarget(insn.dst, isPlain ? (fromHard ?? FREE) : insn.a.kind === 'symbol' ? OPERAND : LOAD, refs);
      const toHard =
        insn.dst.kind === 'reg' && insn.dst.no < FIRST_PSEUDO ? hardCost(insn.dst.no) : undefined;
      const isFree = insn.mode === 'QI' || insn.mode === 'HI' || isVectorMode(insn.mode);
      visitSource(insn.a, insn.dst.kind === 'mem' ? LOAD : (toHard ?? (isFree ? FREE : OPERAND)), refs);
      return;
    }
    case 'extend':
      visitTarget(insn.dst, insn.from === 'SI' && !insn.isSigned ? FREE : LOAD, refs);
      visitSource(insn.a, insn.from === 'SI' && !insn.isSigned ? FREE : OPERAND, refs);
      return;
    case 'binary': {
      const [dst, a, b] = binaryCosts(insn);
      visitTarget(insn.dst, dst, refs);
      visitSource(insn.b, b, refs);
      visitSource(insn.a, a, refs);
      return;
    }
    case 'shift':
      visitTarget(insn.dst, OPERAND, refs);
      visitSource(insn.b, LOAD, refs);
      visitSource(insn.a, OPERAND, refs);
      return;
    case 'unary':
    case 'sqrt':
      visitTarget(insn.dst, OPERAND, refs);
      visitSource(insn.a, OPERAND, refs);
      return;
    case 'convert':
      visitTarget(insn.dst, LOAD, refs);
      visitSource(insn.a, FREE, refs);
      return;
    case 'widen':
      visitTarget(insn.dst, LOAD, refs);
      visitSource(insn.b, OPERAND, refs);
      visitSource(insn.a, LOAD, refs);
      return;
    case 'highpart':
      visitTarget(insn.dst, LOAD, refs);
      visitSource(insn.b, OPERAND, refs);
      visitSource(insn.a, LOAD, refs);
      return;
    case 'divide':
      visitTarget(insn.remainder, LOAD, refs);
      visitTarget(insn.quotient, LOAD, refs);
      visitSource(insn.b, OPERAND, refs);
      visitSource(insn.a, LOAD, refs);
      return;
    case 'lea':
      visitTarget(insn.dst, LOAD, refs);
      visitSource(insn.a, LOAD, refs);
      return;
    case 'compare':
      visitSource(insn.b, LOAD, refs);
      visitSource(insn.a, insn.b.kind === 'mem' || insn.mode === 'QI' ? LOAD : OPERAND, refs);
      return;
    case 'fcompare':
      visitSource(insn.b, OPERAND, refs);
      visitSource(insn.a, LOAD, refs);
      return;
    case 'set':
      visitTarget(insn.dst, OPERAND, refs);
      return;
    case 'cmove':
      visitTarget(insn.dst, LOAD, refs);
      visitSource(insn.b, OPERAND, refs);
      visitSource(insn.a, OPERAND, refs);
      return;
    case 'vector': {
      // Either operand of a sum or a product may be in memory.
      const isOrdered = insn.name !== 'add' && insn.name !== 'mul';
      visitTarget(insn.dst, LOAD, refs);
      visitSource(insn.b, OPERAND, refs);
      visitSource(insn.a, isOrdered ? LOAD : OPERAND, refs);
      return;
    }
    case 'call':
      for (const no of insn.results) refs.push(reference(no, 0) | 1);
      if (insn.target !== undefined) visitSource(insn.target, LOAD, refs);
      for (const no of insn.uses) refs.push(reference(no, 0));
      return;
    case 'raw':
      // A half may as well be stored where the value has its place.
      for (const no of insn.defs) refs.push(reference(no, isHalfSet(insn, no) ? FREE : OPERAND) | 1);
      for (const no of insn.uses) refs.push(reference(no, OPERAND));
      return;
    case 'copy-words':
      for (const no of [DI, SI, CX]) refs.push(reference(no, 0) | 1);
      visitSource(insn.count, LOAD, refs);
      visitSource(insn.dst, LOAD, refs);
      visitSource(insn.a, LOAD, refs);
      return;
    case 'scratch':
      visitTarget(insn.dst, LOAD, refs);
      return;
    case 'clobber':
      visitTarget(insn.dst, 0, refs);
      return;
    case 'push':
      visitSource(insn.a, OPERAND, refs);
      return;
    case 'use':
      visitSource(insn.a, 0, refs);
  }
}

/** What the result and the operands of an operation cost in memory: only one of the three may be there. */
function binaryCosts({ name, mode, b }: Extract<Insn, { op: 'binary' }>): readonly [number, number, number] {
  const isNarrow = mode === 'QI' || mode === 'HI';
  if (name === 'imul') {
    const isFirstFree = isNarrow || b.kind === 'imm';
    return [LOAD, isFirstFree ? OPERAND : LOAD, isNarrow ? OPERAND : LOAD];
  }
  if (b.kind === 'mem') return [LOAD, LOAD, LOAD];
  if (b.kind !== 'reg') return [OPERAND, OPERAND, OPERAND];
  if (name === 'sub') return [OPERAND, OPERAND, isNarrow ? FREE : LOAD];
  return isNarrow || (name === 'and' && mode === 'DI') ? [OPERAND, FREE, FREE] : [OPERAND, OPERAND, OPERAND];
}

/** Whether an instruction copies something into a half of a value of two words on x86-64. */
function isHalfSet(insn: Extract<Insn, { op: 'raw' }>, no: number): boolean {
  return insn.part === no && insn.half === undefined && insn.isLong === true;
}

function reference(no: number, cost: number): number {
  return (no << 4) | (cost << 1);
}

/** For r8 to r15, which are no class of their own, having the value elsewhere costs a move. */
function hardCost(no: number): number {
  return no >= 8 && no < XMM0 ? 4 : LOAD;
}

function visitTarget(operand: Operand, cost: number, refs: References): void {
  if (operand.kind === 'reg') refs.push(reference(operand.no, cost) | 1);
  else visitAddress(operand, refs);
}

function visitSource(operand: Operand, cost: number, refs: References): void {
  if (operand.kind === 'reg') refs.push(reference(operand.no, cost));
  else visitAddress(operand, refs);
}

function visitAddress(operand: Operand, refs: References): void {
  if (operand.kind !== 'mem') return;
  // A scaled index stands in front of the base, a plain one behind it.
  const { base, index, scale } = operand;
  if (scale === 1 && index !== undefined) refs.push(reference(index, LOAD));
  if (base !== undefined) refs.push(reference(base, LOAD));
  if (scale !== 1 && index !== undefined) refs.push(reference(index, LOAD));
}

/**
 * An operand that must not share a register with the result: the second one of an operation that is not commutative,
 * since the result already has the place of the first.
 */
export function lateOperand(insn: Insn): number | undefined {
  const isLate =
    (insn.op === 'binary' && insn.name === 'sub') ||
    (insn.op === 'vector' && (insn.name === 'sub' || insn.name === 'div'));
  return isLate && insn.b.kind === 'reg' ? insn.b.no : undefined;
}

/** Hard registers that an instruction changes besides its operands. */
export function clobbersOf(insn: Insn): number {
  if (insn.op === 'call') return CALL_CLOBBERED;
  return insn.op === 'raw' ? insn.clobbers : 0;
}

/** An operand that must be in one register: nothing else that lives then may be there. */
export interface FixedOperand {
  readonly hard: number;
  readonly own: number | undefined;
  readonly isInput: boolean;
}

/** The operands of an instruction that fit into one register only. */
export function fixedOperands(insn: Insn): readonly FixedOperand[] {
  switch (insn.op) {
    case 'shift':
      return insn.b.kind === 'reg' ? [{ hard: CX, own: insn.b.no, isInput: true }] : none;
    case 'divide':
      // Bytes are divided in ax, and leave both results there.
      if (insn.mode === 'QI') return [{ hard: AX, own: pseudoOf(insn.a), isInput: true }];
      return [
        { hard: AX, own: pseudoOf(insn.a), isInput: true },
        // The upper half is made while the divisor is still needed.
        { hard: DX, own: undefined, isInput: true },
        { hard: AX, own: insn.quotient.no, isInput: false },
        { hard: DX, own: insn.remainder.no, isInput: false },
      ];
    case 'copy-words':
      return [
        { hard: DI, own: insn.dst.no, isInput: true },
        { hard: SI, own: insn.a.no, isInput: true },
        { hard: CX, own: insn.count.no, isInput: true },
      ];
    case 'widen':
      return [
        { hard: AX, own: pseudoOf(insn.a), isInput: true },
        { hard: AX, own: insn.dst.no, isInput: false },
        { hard: DX, own: insn.dst.no, isInput: false },
      ];
    case 'highpart':
      return [
        { hard: AX, own: pseudoOf(insn.a), isInput: true },
        { hard: DX, own: pseudoOf(insn.dst), isInput: false },
        { hard: AX, own: undefined, isInput: false },
      ];
    case 'binary':
      // A byte is multiplied in al.
      return insn.name === 'imul' && insn.mode === 'QI'
        ? [
            { hard: AX, own: pseudoOf(insn.a), isInput: true },
            { hard: AX, own: pseudoOf(insn.dst), isInput: false },
          ]
        : none;
    default:
      return none;
  }
}

const none: readonly FixedOperand[] = [];

function pseudoOf(operand: Operand): number | undefined {
  return operand.kind === 'reg' ? operand.no : undefined;
}

/** Whether an instruction works on its operand in a vector register. */
export function isVectorInsn(insn: Insn): boolean {
  switch (insn.op) {
    case 'vector':
    case 'fcompare':
    case 'sqrt':
      return true;
    case 'convert':
      return isVectorMode(insn.mode) && isVectorMode(insn.from);
    default:
      return false;
  }
}
