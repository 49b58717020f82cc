/**
 * Which general registers the code of a function of the i386 takes.
 *
 * The function's instructions are written as gcc -O0 expands them, and registers are allotted as gcc does it; what the
 * instructions look like in bytes does not matter here.
 */
import type { TypedFunction } from '../../sema/typed-tree.ts';
import type { FrameLayout } from '../frame.ts';
import { allocateRegisters } from './allocation.ts';
import type { Allocation } from './allocation.ts';
import { CodeBuffer } from './code-buffer.ts';
import { buildBlocks } from './flow.ts';
import type { Block } from './flow.ts';
import { BP, CX, FIRST_PSEUDO, memAt, modeBytes, reg } from './machine.ts';
import type { Insn, Mode } from './machine.ts';
import { receiveFromStack } from './i386-parameters.ts';
import { registerFileOf } from './register-file.ts';
import type { RegisterFile } from './register-file.ts';
import { placeGuard } from './stack-guard.ts';
import { StatementCoder } from './statements.ts';
import { dropUnreadValues } from './unread-values.ts';
import { foreignNames } from './symbols.ts';

/** General registers by their numbers. */
export const tableRegisters = ['ax', 'dx', 'cx', 'bx', 'si', 'di'] as const;

/** A register that a thunk of the compiler's own loads with the place of the code. */
export type TableRegister = (typeof tableRegisters)[number];

/** The registers of a function. */
export interface WordRegisters {
  /** Numbers of the callee-saved registers in use. */
  readonly saved: readonly number[];
  /** Register that first holds the address of the global offset table; undefined for code at fixed addresses. */
  readonly table: TableRegister | undefined;
  /** Bytes of the slots for values without a register and for those that the x87 unit wants in memory. */
  readonly slots: readonly number[] | undefined;
  /** Whether the code calls anything, functions of libgcc among it. */
  readonly hasCall: boolean;
  /** Bytes to which slots would have to be aligned if the widest value had to live in one (emit-rtl.cc: gen_reg_rtx). */
  readonly alignment: number;
  readonly doubts: ReadonlySet<string>;
}

/**
 * Allots the registers of a function.
 *
 * @param frame - a layout of its frame: only the order of what is in it matters
 */
export function wordRegisters(fn: TypedFunction, frame: FrameLayout, isPic: boolean): WordRegisters {
  const code = new CodeBuffer('i386', isPic, foreignNames(fn));
  const statements = new StatementCoder(code, fn, frame, isPic);
  if (frame.realignment?.kind === 'argument-pointer') code.keepArguments(CX);
  receiveFromStack(code, fn, frame, statements);
  receiveChain(code, fn, frame, statements);
  if (frame.guard !== undefined) placeGuard(code);
  statements.body();
  const blocks = buildBlocks(code.items, code.loops, (what) => code.doubt(what));
  if (code.userVariables.size > 0) dropUnreadValues(blocks);
  const file = registerFileOf('i386');
  const allocation = allocateRegisters(blocks, code.modes, file, code);
  const { saved, hard } = allocation;
  const instructions = blocks.flatMap(instructionsOf);
  const reloads = reloadRegisters(instructions, allocation, file);
  return {
    saved: file.callSaved.filter((no) => saved.includes(no) || reloads.has(no)),
    table: code.table === undefined ? undefined : tableRegisters[hard[code.table.no - FIRST_PSEUDO] ?? 0],
    slots: slotsOf(instructions, code.modes, allocation),
    hasCall: instructions.some(({ op }) => op === 'call'),
    alignment: Math.max(4, ...code.modes.map(slotAlignment)),
    doubts: code.doubts,
  };
}

/** A nested function finds the address of what it shares in ecx; debuggers find it on the stack (function.cc). */
function receiveChain(
  code: CodeBuffer,
  fn: TypedFunction,
  frame: FrameLayout,
  statements: StatementCoder,
): void {
  const chain = fn.nesting?.chain;
  if (chain === undefined) return;
  const slot = frame.offsets.get(chain);
  code.emit({ op: 'move', mode: 'SI', dst: statements.registerOf(chain, 'SI'), a: reg(CX) });
  if (slot !== undefined) code.emit({ op: 'move', mode: 'SI', dst: memAt(BP, slot), a: reg(CX) });
}

function instructionsOf({ insns, indirectJump }: Block): readonly Insn[] {
  return indirectJump === undefined ? insns : [...insns, indirectJump];
}

/** Registers that single instructions need besides those of their operands (lra-constraints.cc: match_reload). */
function reloadRegisters(
  insns: readonly Insn[],
  { hard, busy }: Allocation,
  file: RegisterFile,
): ReadonlySet<number> {
  const taken = new Set<number>();
  const hardOf = (no: number): number => (no < FIRST_PSEUDO ? no : (hard[no - FIRST_PSEUDO] ?? -1));
  insns.forEach((insn, index) => {
    const spilled = spilledByte(insn, hardOf);
    if (spilled) {
      const around = (busy[2 * index] ?? 0) | (busy[2 * index + 1] ?? 0);
      const spare = file.general.find((no) => (around & (1 << no)) === 0);
      if (spare !== undefined) taken.add(spare);
    }
    if (insn.op !== 'raw' || insn.half === undefined || insn.part === undefined) return;
    const { source, other } = insn.half;
    if (hardOf(insn.part) === hardOf(source)) return;
    // A word is computed in a register of its own: the other word of the result must stay as it is.
    const alive = (busy[2 * index + 1] ?? 0) | (other === undefined ? 0 : 3 << hardOf(other));
    const free = file.general.find((no) => (alive & (1 << no)) === 0);
    if (free !== undefined) taken.add(free);
  });
  return taken;
}

/** Whether an instruction makes a byte for which no register with a name for it was left. */
function spilledByte(insn: Insn, hardOf: (no: number) => number): boolean {
  return insn.op === 'move' && insn.mode === 'QI' && insn.dst.kind === 'reg' && hardOf(insn.dst.no) < 0;
}

/** Bytes to which a value in memory is aligned where there is room for that (config/i386/i386-modes.def). */
function slotAlignment(mode: Mode): number {
  switch (mode) {
    case 'DI':
    case 'DF':
      return 8;
    case 'TI':
      return 16;
    default:
      return 4;
  }
}

/** A value in memory: its bytes, and the points at which it is there. */
interface InMemory {
  readonly size: number;
  readonly ranges: readonly (readonly [number, number])[];
}

/** The slots of what has no register; values that never are in memory at the same time share one (lra-spills.cc). */
function slotsOf(insns: readonly Insn[], modes: readonly Mode[], allocation: Allocation): readonly number[] {
  const values: InMemory[] = [];
  for (const no of allocation.spilled) {
    const mode = modes[no - FIRST_PSEUDO] ?? 'SI';
    // What is only stored in its own place is stored there at once.
    if (mode !== 'QI') values.push({ size: modeBytes[mode], ranges: allocation.rangesOf(no) });
  }
  insns.forEach((insn, index) => {
    const mode = integerInRegister(insn, (no) => allocation.hard[no - FIRST_PSEUDO] ?? -1);
    if (mode !== undefined) values.push({ size: modeBytes[mode], ranges: [[2 * index, 2 * index + 1]] });
  });
  const slots: { size: number; readonly members: InMemory[] }[] = [];
  for (const value of values) {
    const slot = slots.find(({ members }) => !members.some((member) => meet(member, value)));
    if (slot === undefined) slots.push({ size: value.size, members: [value] });
    else {
      slot.size = Math.max(slot.size, value.size);
      slot.members.push(value);
    }
  }
  return slots.map(({ size }) => size);
}

function meet(a: InMemory, b: InMemory): boolean {
  return a.ranges.some(([start, end]) => b.ranges.some((other) => start <= other[1] && other[0] <= end));
}

/** The mode of an integer that a conversion finds in a register or leaves there: it goes by way of memory. */
function integerInRegister(insn: Insn, hardOf: (no: number) => number): Mode | undefined {
  if (insn.op !== 'convert') return undefined;
  const [integer, mode] = isFloat(insn.from) ? [insn.dst, insn.mode] : [insn.a, insn.from];
  return !isFloat(mode) && integer.kind === 'reg' && hardOf(integer.no) >= 0 ? mode : undefined;
}

function isFloat(mode: Mode): boolean {
  return mode === 'SF' || mode === 'DF' || mode === 'XF';
}
