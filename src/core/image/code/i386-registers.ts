/**
 * Which general registers the code of a function of the i386 takes.
 *
 * The function's instructions are written as gcc -O0 expands them, and registers are allotted as gcc does it; what the
 * instructions look like in bytes does not matter here.
 */
import type { CompileOptions } from '../../sema/placement.ts';
import type { TypedFunction } from '../../sema/typed-tree.ts';
import type { FrameLayout } from '../frame.ts';
import { allocateRegisters } from './allocation.ts';
import type { Allocation } from './allocation.ts';
import { CodeBuffer } from './code-buffer.ts';
import { buildBlocks } from './flow.ts';
import type { Block } from './flow.ts';
import { AX, BP, CX, FIRST_PSEUDO, memAt, reg } from './machine.ts';
import type { Insn, Mode, Reg } from './machine.ts';
import { receiveFromStack } from './i386-parameters.ts';
import { registerFileOf } from './register-file.ts';
import type { RegisterFile } from './register-file.ts';
import { spillSlots } from './spill-slots.ts';
import { placeGuard } from './stack-guard.ts';
import { StatementCoder } from './statements.ts';
import { dropUnreadValues } from './unread-values.ts';
import { foreignNames } from './symbols.ts';
import { variableRegisters } from './variable-registers.ts';
import type { VariableRegisters } from './variable-registers.ts';

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
  readonly variables: VariableRegisters;
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
export function wordRegisters(
  fn: TypedFunction,
  frame: FrameLayout,
  options: Pick<CompileOptions, 'pie' | 'common'>,
): WordRegisters {
  const isPic = options.pie;
  const code = new CodeBuffer('i386', isPic, foreignNames(fn, options));
  const statements = new StatementCoder(code, fn, frame, isPic);
  if (frame.realignment?.kind === 'argument-pointer') code.keepArguments(CX);
  receiveFromStack(code, fn, frame, statements);
  receiveChain(code, fn, frame, statements);
  if (frame.guard !== undefined) placeGuard(code);
  statements.body();
  const dropUnread = code.hasUnreadValues ? dropUnreadValues : undefined;
  const blocks = buildBlocks(code.items, code.loops, (what) => code.doubt(what), dropUnread);
  const file = registerFileOf('i386');
  const allocation = allocateRegisters(blocks, code.modes, file, code);
  const { saved } = allocation;
  const instructions = blocks.flatMap(instructionsOf);
  const reloads = reloadRegisters(instructions, allocation, file);
  return {
    saved: file.callSaved.filter((no) => saved.includes(no) || reloads.has(no)),
    table: code.table === undefined ? undefined : tableRegisters[tableOf(code.table, allocation, file)],
    slots: spillSlots(instructions, code.modes, allocation, 'i386'),
    variables: variableRegisters(code, allocation, file),
    hasCall: instructions.some(({ op }) => op === 'call'),
    alignment: Math.max(4, ...code.modes.map(slotAlignment)),
    doubts: code.doubts,
  };
}

/** Where the address of the table is first; a register that has none is stored from the first that is free there. */
function tableOf(table: Reg, { hard, busy }: Allocation, file: RegisterFile): number {
  const own = hard[table.no - FIRST_PSEUDO] ?? -1;
  if (own >= 0) return own;
  return file.general.find((no) => ((busy[1] ?? 0) & (1 << no)) === 0) ?? AX;
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
