/**
 * Lengths of x86-64 instructions: prefixes, opcode, ModR/M, SIB, displacement, immediate.
 *
 * Source: Intel SDM volume 2, chapter 2 (instruction format); GNU as takes the shortest encoding.
 */
import { AX, BP, SP, THREAD } from './machine.ts';
import type { Imm, Mem, Mode, Operand } from './machine.ts';

/** Whether a value fits into a byte that is sign-extended. */
export function fitsByte(value: bigint): boolean {
  return value >= -128n && value <= 127n;
}

/** Whether a value fits into four bytes that are sign-extended. */
export function fitsWord(value: bigint): boolean {
  return value >= -0x8000_0000n && value <= 0x7fff_ffffn;
}

/** ModR/M byte, SIB byte and displacement of an operand, and the prefix of the thread's segment. */
export function operandBytes(operand: Operand): number {
  if (operand.kind !== 'mem') return 1;
  const { base, index, disp, symbol } = operand;
  const segment = symbol?.startsWith(THREAD) === true ? 1 : 0;
  // Without a register an address is relative to rip; in the thread's segment it is not.
  if (base === undefined) return index === undefined && segment === 0 ? 5 : segment + 6;
  const sib = segment + (index !== undefined || needsSib(base) ? 1 : 0);
  if (symbol !== undefined && symbol !== THREAD) return 1 + sib + 4;
  if (disp === 0 && !needsDisplacement(base)) return 1 + sib;
  return 1 + sib + (disp >= -128 && disp <= 127 ? 1 : 4);
}

/** rsp and r12 as a base need a SIB byte. */
function needsSib(base: number): boolean {
  return base === SP || base === 12;
}

/** rbp and r13 as a base cannot be without a displacement. */
function needsDisplacement(base: number): boolean {
  return base === BP || base === 13;
}

/** Whether an operand needs a bit of a REX prefix: r8 to r15, xmm8 to xmm15. */
function isExtended(operand: Operand | undefined): boolean {
  if (operand === undefined) return false;
  if (operand.kind === 'reg') return (operand.no >= 8 && operand.no < 16) || operand.no >= 24;
  if (operand.kind !== 'mem') return false;
  return isExtendedNumber(operand.base) || isExtendedNumber(operand.index);
}

function isExtendedNumber(no: number | undefined): boolean {
  return no !== undefined && no >= 8 && no < 16;
}

/** Low bytes of rsi, rdi, rbp, rsp exist only with a REX prefix. */
function isLateByte(operand: Operand | undefined): boolean {
  return operand?.kind === 'reg' && operand.no >= 4 && operand.no < 8;
}

/** One byte for a REX prefix where the mode or a register asks for it. */
export function rexBytes(
  mode: Mode,
  a: Operand | undefined,
  b: Operand | undefined,
  isByte = mode === 'QI',
): number {
  if (mode === 'DI' || isExtended(a) || isExtended(b)) return 1;
  return isByte && (isLateByte(a) || isLateByte(b)) ? 1 : 0;
}

/** One byte for the prefix of 16-bit operands. */
export function sizePrefix(mode: Mode): number {
  return mode === 'HI' ? 1 : 0;
}

/** Immediate of an arithmetic instruction that is not a byte. */
export function fullImmediate(mode: Mode): number {
  return mode === 'QI' ? 1 : mode === 'HI' ? 2 : 4;
}

/** `mov` between registers and memory. */
export function moveBytes(mode: Mode, dst: Operand, source: Operand): number {
  if (source.kind === 'imm') return moveImmediateBytes(mode, dst, source);
  const rm = source.kind === 'mem' ? source : dst;
  return sizePrefix(mode) + rexBytes(mode, dst, source) + 1 + operandBytes(rm);
}

function moveImmediateBytes(mode: Mode, dst: Operand, { value }: Imm): number {
  if (dst.kind === 'reg') {
    if (mode !== 'DI') return 5 + rexBytes('SI', dst, undefined);
    if (value >= 0n && value <= 0xffff_ffffn) return 5 + rexBytes('SI', dst, undefined);
    return fitsWord(value) ? 7 : 10;
  }
  return sizePrefix(mode) + rexBytes(mode, dst, undefined) + 1 + operandBytes(dst) + fullImmediate(mode);
}

/** add, sub, and, or, xor, cmp: the first operand is the target. */
export function arithmeticBytes(mode: Mode, target: Operand, source: Operand): number {
  const prefixes = sizePrefix(mode) + rexBytes(mode, target, source);
  if (source.kind !== 'imm') {
    return prefixes + 1 + operandBytes(source.kind === 'mem' ? source : target);
  }
  const isAccumulator = target.kind === 'reg' && target.no === AX;
  if (mode === 'QI') return prefixes + (isAccumulator ? 2 : 1 + operandBytes(target) + 1);
  if (fitsByte(source.value)) return prefixes + 1 + operandBytes(target) + 1;
  return prefixes + (isAccumulator ? 1 : 1 + operandBytes(target)) + fullImmediate(mode);
}

/** `test` with a register or a constant. */
export function testBytes(mode: Mode, target: Operand, source: Operand): number {
  const prefixes = sizePrefix(mode) + rexBytes(mode, target, source);
  if (source.kind !== 'imm') return prefixes + 1 + operandBytes(target.kind === 'mem' ? target : source);
  const isAccumulator = target.kind === 'reg' && target.no === AX;
  return prefixes + (isAccumulator ? 1 : 1 + operandBytes(target)) + fullImmediate(mode);
}

/** An instruction with a two-byte opcode: movzx, movsx, imul, set, cmov. */
export function twoByteOpcode(mode: Mode, a: Operand, b: Operand | undefined, isByte = false): number {
  const rm = b?.kind === 'mem' ? b : a.kind === 'mem' ? a : a;
  return sizePrefix(mode) + rexBytes(mode, a, b, isByte) + 2 + operandBytes(rm);
}

/** A scalar SSE instruction: mandatory prefix, 0F, opcode. */
export function vectorBytes(hasPrefix: boolean, a: Operand, b: Operand, isWide = false): number {
  const rm = b.kind === 'mem' ? b : a.kind === 'mem' ? a : b;
  const rex = isWide || rexBytes('SI', a, b) > 0 ? 1 : 0;
  return (hasPrefix ? 1 : 0) + rex + 2 + operandBytes(rm);
}

/** `lea`. */
export function leaBytes(mode: Mode, dst: Operand, address: Mem): number {
  return rexBytes(mode === 'DI' ? 'DI' : 'SI', dst, address) + 1 + operandBytes(address);
}

/** Shifts and rotates by a constant or by cl. */
export function shiftBytes(mode: Mode, target: Operand, count: Operand): number {
  const one = count.kind === 'imm' && count.value !== 1n ? 1 : 0;
  return sizePrefix(mode) + rexBytes(mode, target, undefined) + 1 + operandBytes(target) + one;
}

/** An instruction of one opcode byte and one operand: neg, not, mul, div, call, jmp. */
export function oneOperandBytes(mode: Mode, operand: Operand): number {
  return sizePrefix(mode) + rexBytes(mode, operand, undefined) + 1 + operandBytes(operand);
}

/**
 * The mode in which gcc does left shifts, products, negations and complements: bytes and words in registers are done in
 * 32 bits, since what happens above them changes nothing (i386.md: promotable operators).
 */
export function wholeRegister(mode: Mode, target: Operand): Mode {
  return target.kind === 'reg' && (mode === 'QI' || mode === 'HI') ? 'SI' : mode;
}
