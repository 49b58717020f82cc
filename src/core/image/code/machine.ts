/**
 * The machine language that code is expanded into: instructions on pseudo and hard registers, as gcc's RTL has them.
 *
 * Source: gcc/config/i386/i386.h (REGISTER_NAMES, REG_ALLOC_ORDER), i386.md; Intel SDM volume 2 for what exists.
 */

/** Machine modes by gcc's names: integers of 1, 2, 4, 8, 16 bytes, float, double, the x87's format. */
export type Mode = 'QI' | 'HI' | 'SI' | 'DI' | 'TI' | 'SF' | 'DF' | 'XF';

/** Bytes of a mode. */
export const modeBytes: Readonly<Record<Mode, number>> = {
  QI: 1,
  HI: 2,
  SI: 4,
  DI: 8,
  TI: 16,
  SF: 4,
  DF: 8,
  XF: 16,
};

/** Hard registers are numbered as gcc numbers them (r8 to r15 moved together), xmm0 to xmm15 follow. */
export const AX = 0;
export const DX = 1;
export const CX = 2;
export const BX = 3;
export const SI = 4;
export const DI = 5;
export const BP = 6;
export const SP = 7;
export const R8 = 8;
export const R10 = 10;
export const XMM0 = 16;
/** Numbers from here on are pseudo registers. */
export const FIRST_PSEUDO = 32;

/** Registers that a call leaves alone: rbx, r12 to r15. */
export const CALL_SAVED = [BX, 12, 13, 14, 15] as const;
/** All that a call may change, as a set of bits. */
export const CALL_CLOBBERED = 0xffff_0f37 | 0;

/** Order in which gcc tries general registers: those that need no saving first. */
export const generalOrder: readonly number[] = [AX, DX, CX, SI, DI, 8, 9, 10, 11, BX, 12, 13, 14, 15];
/** Order in which gcc tries vector registers. */
export const vectorOrder: readonly number[] = [
  16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
];

export interface Reg {
  readonly kind: 'reg';
  readonly no: number;
}
export interface Mem {
  readonly kind: 'mem';
  /** Register number; undefined for an address without one. */
  readonly base: number | undefined;
  readonly index: number | undefined;
  readonly scale: 1 | 2 | 4 | 8;
  readonly disp: number;
  /** The address of something with a name is added: four bytes, relative to rip when there is no register. */
  readonly symbol: string | undefined;
}
export interface Imm {
  readonly kind: 'imm';
  readonly value: bigint;
}
/** The address of something with a name, as a value. */
export interface SymbolAddress {
  readonly kind: 'symbol';
  readonly symbol: string;
  readonly offset: number;
}
export type Operand = Reg | Mem | Imm | SymbolAddress;

export type BinaryOperation = 'add' | 'sub' | 'and' | 'or' | 'xor' | 'imul';
export type ShiftOperation = 'sal' | 'sar' | 'shr' | 'rol' | 'ror';
export type VectorOperation = 'add' | 'sub' | 'mul' | 'div' | 'and' | 'xor' | 'or' | 'andn';
/** Condition codes as in the names of the jumps. */
export type Condition =
  'e' | 'ne' | 'l' | 'le' | 'g' | 'ge' | 'b' | 'be' | 'a' | 'ae' | 's' | 'ns' | 'p' | 'np' | 'o' | 'no' | 'c';

/** A place that jumps go to. */
export interface Label {
  readonly id: number;
}

/** What an instruction does; `dst`, `a`, `b` are its operands. */
export type Insn =
  | { readonly op: 'move'; readonly mode: Mode; readonly dst: Operand; readonly a: Operand }
  | {
      readonly op: 'extend';
      readonly mode: Mode;
      readonly from: Mode;
      readonly isSigned: boolean;
      readonly dst: Operand;
      readonly a: Operand;
    }
  /** The first operand and the result share a place (imul by a constant excepted). */
  | {
      readonly op: 'binary';
      readonly name: BinaryOperation;
      readonly mode: Mode;
      readonly dst: Operand;
      readonly a: Operand;
      readonly b: Operand;
    }
  | {
      readonly op: 'shift';
      readonly name: ShiftOperation;
      readonly mode: Mode;
      readonly dst: Operand;
      readonly a: Operand;
      readonly b: Operand;
    }
  | {
      readonly op: 'unary';
      readonly name: 'neg' | 'not' | 'bswap';
      readonly mode: Mode;
      readonly dst: Operand;
      readonly a: Operand;
    }
  /** Upper half of a product, in rdx; one factor in rax. */
  | {
      readonly op: 'highpart';
      readonly isSigned: boolean;
      readonly mode: Mode;
      readonly dst: Operand;
      readonly a: Operand;
      readonly b: Operand;
    }
  /** A product of two words of which both halves are wanted, in edx and eax; one factor in eax. */
  | {
      readonly op: 'widen';
      readonly isSigned: boolean;
      readonly dst: Reg;
      readonly a: Operand;
      readonly b: Operand;
    }
  | {
      readonly op: 'divide';
      readonly isSigned: boolean;
      readonly mode: Mode;
      readonly quotient: Reg;
      readonly remainder: Reg;
      readonly a: Operand;
      readonly b: Operand;
    }
  | { readonly op: 'lea'; readonly mode: Mode; readonly dst: Operand; readonly a: Mem }
  | {
      readonly op: 'compare';
      readonly mode: Mode;
      readonly a: Operand;
      readonly b: Operand;
      readonly isTest: boolean;
    }
  | { readonly op: 'set'; readonly condition: Condition; readonly dst: Operand }
  | {
      readonly op: 'cmove';
      readonly mode: Mode;
      readonly condition: Condition;
      readonly dst: Operand;
      readonly a: Operand;
      readonly b: Operand;
    }
  | {
      readonly op: 'vector';
      readonly name: VectorOperation;
      readonly mode: Mode;
      readonly dst: Operand;
      readonly a: Operand;
      readonly b: Operand;
    }
  /** Between integers and floats, or between floats. */
  | {
      readonly op: 'convert';
      readonly mode: Mode;
      readonly from: Mode;
      readonly dst: Operand;
      readonly a: Operand;
    }
  /** `ucomis` for equality, `comis` for order. */
  | { readonly op: 'fcompare'; readonly mode: Mode; readonly a: Operand; readonly b: Operand }
  | { readonly op: 'sqrt'; readonly mode: Mode; readonly dst: Operand; readonly a: Operand }
  | {
      readonly op: 'call';
      /** Undefined for a call of a named function. */
      readonly target: Operand | undefined;
      readonly uses: readonly number[];
      readonly results: readonly number[];
      /** It may come back again: no register keeps its value. */
      readonly returnsTwice?: boolean;
    }
  /** Bytes whose inner life does not matter; `uses` and `defs` name hard or pseudo registers. */
  | {
      readonly op: 'raw';
      readonly mnemonic: string;
      readonly bytes: number;
      readonly uses: readonly number[];
      readonly defs: readonly number[];
      readonly clobbers: number;
      /** The register of which it writes only a part. */
      readonly part?: number;
      /** Whether that part is a word of x86-64. */
      readonly isLong?: true;
      /** Registers from which it computes that part; undefined for a move. */
      readonly half?: { readonly source: number; readonly other: number | undefined };
    }
  /** `rep movs`: addresses and the number of words are loaded into di, si and cx at last. */
  | { readonly op: 'copy-words'; readonly dst: Reg; readonly a: Reg; readonly count: Reg }
  | { readonly op: 'push'; readonly a: Operand }
  /** A register that an instruction needs for itself alone. */
  | { readonly op: 'scratch'; readonly dst: Reg }
  /** Says that a register has no value from here on; one is allotted for that. */
  | { readonly op: 'clobber'; readonly dst: Reg }
  /** Keeps a value alive until the end of the function. */
  | { readonly op: 'use'; readonly a: Operand };

/** Begins the symbols of thread-local objects; alone it stands for the segment without a displacement. */
export const THREAD = 'fs:';

/** The symbol of a floating constant in memory. */
export const FLOAT_CONSTANT = 'constant';

/** A register as an operand. */
export const reg = (no: number): Reg => ({ kind: 'reg', no });
/** A constant as an operand. */
export const imm = (value: bigint | number): Imm => ({ kind: 'imm', value: BigInt(value) });

/** Memory at a distance from a register. */
export function memAt(base: number | undefined, disp: number, symbol?: string): Mem {
  return { kind: 'mem', base, index: undefined, scale: 1, disp, symbol };
}

/** The same place some bytes further. */
export function shifted(place: Mem, bytes: number): Mem {
  return { ...place, disp: place.disp + bytes };
}

/** Whether values of the mode live in vector registers. */
export function isVectorMode(mode: Mode): boolean {
  return mode === 'SF' || mode === 'DF';
}

/** Whether two operands are the same place. */
export function sameOperand(a: Operand, b: Operand): boolean {
  switch (a.kind) {
    case 'reg':
      return b.kind === 'reg' && a.no === b.no;
    case 'imm':
      return b.kind === 'imm' && a.value === b.value;
    case 'mem':
      return (
        b.kind === 'mem' &&
        a.base === b.base &&
        a.index === b.index &&
        a.scale === b.scale &&
        a.disp === b.disp &&
        a.symbol === b.symbol
      );
    case 'symbol':
      return b.kind === 'symbol' && a.symbol === b.symbol && a.offset === b.offset;
  }
}
