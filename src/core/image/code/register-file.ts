/**
 * The registers of a target as register allocation sees them: which there are, in which order gcc tries them, and which
 * of them a call changes.
 *
 * On the i386 the places of the x87 stack stand where xmm0 to xmm7 are on x86-64: values in them take no general register.
 *
 * Source: gcc/config/i386/i386.cc (x86_order_regs_for_local_alloc, ix86_hard_regno_mode_ok), i386.h
 * (CALL_USED_REGISTERS, HARD_REGNO_NREGS): behaviour.
 */
import type { TargetName } from '../../target/data-model.ts';
import { AX, BX, CALL_CLOBBERED, CALL_SAVED, CX, DI, DX, SI, generalOrder, vectorOrder } from './machine.ts';
import type { Mode } from './machine.ts';

/** The registers of a target. */
export interface RegisterFile {
  /** In the order in which gcc tries them: those that need no saving first. */
  readonly general: readonly number[];
  readonly vector: readonly number[];
  /** All that a call may change, as a set of bits. */
  readonly callClobbered: number;
  /** In the order of their numbers. */
  readonly callSaved: readonly number[];
  /** Number of general registers that a value of the mode takes. */
  readonly width: Readonly<Record<Mode, number>>;
  /** Registers whose lowest byte has a name. */
  readonly bytes: readonly number[];
  /** Whether floating values that are only moved are as well in general registers. */
  readonly movesFloatsInGeneral: boolean;
}

const x86_64: RegisterFile = {
  general: generalOrder,
  vector: vectorOrder,
  callClobbered: CALL_CLOBBERED,
  callSaved: CALL_SAVED,
  width: { QI: 1, HI: 1, SI: 1, DI: 1, TI: 2, SF: 1, DF: 1, XF: 1 },
  bytes: generalOrder,
  movesFloatsInGeneral: true,
};

const i386: RegisterFile = {
  general: [AX, DX, CX, BX, SI, DI],
  vector: vectorOrder.slice(0, 8),
  callClobbered: 0x00ff_0007,
  callSaved: [BX, SI, DI],
  width: { QI: 1, HI: 1, SI: 1, DI: 2, TI: 4, SF: 1, DF: 2, XF: 3 },
  bytes: [AX, DX, CX, BX],
  movesFloatsInGeneral: false,
};

/** The registers of a target. */
export function registerFileOf(target: TargetName): RegisterFile {
  return target === 'x86_64' ? x86_64 : i386;
}
