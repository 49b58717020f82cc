/**
 * Records and bit-fields: copies in pieces, clearing, fields of some bits.
 *
 * Source: gcc/expr.cc (op_by_pieces_d, move_by_pieces, clear_storage), gcc/expmed.cc (store_bit_field,
 * extract_bit_field); measured with gcc 12.2.
 */
import { sizeOf } from '../../sema/type-relations.ts';
import type { CType, QualType } from '../../sema/type.ts';
import { expandBinary, expandShift } from './arithmetic.ts';
import type { ExpressionCoder } from './expressions.ts';
import { AX, CX, DI, DX, SI, imm, memAt, modeBytes, reg, shifted } from './machine.ts';
import type { Mem, Mode, Operand } from './machine.ts';
import { isSignedType, modeOf } from './values.ts';
import type { Place, Value } from './values.ts';

/** Up to here gcc moves in pieces; what is larger goes by a string instruction. */
export const MAX_BY_PIECES = 256;

/** Pieces from which on a block is cleared by a string instruction. */
const CLEAR_RATIO = 6;

/** One piece of a block. */
export interface Piece {
  readonly offset: number;
  readonly mode: Mode;
}

/** Pieces of a block: as large as possible; the last one may overlap the one before. */
export function piecesOf(size: number, isWide = true): readonly Piece[] {
  const pieces: Piece[] = [];
  const all: readonly Mode[] = ['TI', 'DI', 'SI', 'HI', 'QI'];
  const modes = isWide ? all : all.slice(1);
  let offset = 0;
  while (offset < size) {
    const rest = size - offset;
    const largest = modes.find((mode) => modeBytes[mode] <= rest) ?? 'QI';
    if (pieces.length === 0 || modeBytes[largest] === rest || modeBytes[largest] === 16) {
      pieces.push({ offset, mode: largest });
      offset += modeBytes[largest];
      continue;
    }
    const cover = [...modes].reverse().find((mode) => modeBytes[mode] >= rest) ?? 'TI';
    if (modeBytes[cover] <= modeBytes[pieces[0]?.mode ?? 'QI']) {
      pieces.push({ offset: size - modeBytes[cover], mode: cover });
      return pieces;
    }
    pieces.push({ offset, mode: largest });
    offset += modeBytes[largest];
  }
  return pieces;
}

function asMemory(operand: Operand): Mem {
  return operand.kind === 'mem' ? operand : memAt(undefined, 0, 'record');
}

/** An address that several pieces use is in one register. */
function steady(ex: ExpressionCoder, memory: Mem): Mem {
  if (memory.index === undefined) return memory;
  const { code } = ex;
  const start = code.register(code.word);
  code.emit({ op: 'lea', mode: code.word, dst: start, a: memory });
  return memAt(start.no, 0);
}

/** `target = from` for a record. */
export function copyRecord(ex: ExpressionCoder, target: Place, from: Place, type: QualType): void {
  const size = sizeOf(type.type) ?? 0;
  if (size === 0) return;
  const { code } = ex;
  const to = asMemory(ex.places.memory(target));
  const source = asMemory(ex.places.memory(from));
  copyMemory(ex, to, source, size);
  if (to.index !== undefined || source.index !== undefined) code.doubt('record with an index');
}

/** Copies a block. */
export function copyMemory(ex: ExpressionCoder, to: Mem, source: Mem, size: number): void {
  const { code } = ex;
  if (size > MAX_BY_PIECES) {
    copyByString(ex, to, source, size);
    return;
  }
  const pieces = piecesOf(size);
  const [dst, src] = pieces.length > 1 ? [steady(ex, to), steady(ex, source)] : [to, source];
  for (const { offset, mode } of pieces) {
    const piece = code.register(mode);
    code.emit({ op: 'move', mode, dst: piece, a: shifted(src, offset) });
    code.emit({ op: 'move', mode, dst: shifted(dst, offset), a: piece });
  }
}

/** `rep movsq`, and what is left over. */
function copyByString(ex: ExpressionCoder, to: Mem, source: Mem, size: number): void {
  const { code } = ex;
  const address = (memory: Mem): number => {
    if (
      memory.index === undefined &&
      memory.disp === 0 &&
      memory.symbol === undefined &&
      memory.base !== undefined
    ) {
      return memory.base;
    }
    const start = code.register(code.word);
    if (memory.symbol !== undefined && memory.index === undefined && memory.base === undefined) {
      code.emit({
        op: 'move',
        mode: code.word,
        dst: start,
        a: { kind: 'symbol', symbol: memory.symbol, offset: memory.disp },
      });
    } else code.emit({ op: 'lea', mode: code.word, dst: start, a: memory });
    return start.no;
  };
  const [dst, src] = [address(to), address(source)];
  const count = code.register(code.word);
  code.emit({ op: 'move', mode: code.word, dst: count, a: imm(size >> 3) });
  code.emit({ op: 'move', mode: code.word, dst: reg(DI), a: reg(dst) });
  code.emit({ op: 'move', mode: code.word, dst: reg(SI), a: reg(src) });
  code.emit({ op: 'move', mode: code.word, dst: reg(CX), a: reg(count.no) });
  code.emit({
    op: 'raw',
    mnemonic: 'rep movsq',
    bytes: 3,
    uses: [DI, SI, CX],
    defs: [DI, SI, CX],
    clobbers: 0,
  });
  if (size % 8 !== 0) code.doubt('rest of a string copy');
}

/** `rep stosq`, and stores of what is left over. */
function clearByString(ex: ExpressionCoder, to: Mem, size: number): void {
  const { code } = ex;
  const start = code.register(code.word);
  code.emit({ op: 'lea', mode: code.word, dst: start, a: to });
  const fixed = (mnemonic: string, bytes: number, uses: number[], defs: number[]): void =>
    code.emit({ op: 'raw', mnemonic, bytes, uses, defs, clobbers: 0 });
  fixed('mov eax, 0', 5, [], [AX]);
  fixed('mov ecx, n', 5, [], [CX]);
  code.emit({ op: 'move', mode: code.word, dst: reg(DI), a: start });
  fixed('rep stosq', 3, [AX, DI, CX], [DI, CX]);
  if (size % 8 === 0) return;
  fixed('mov rdx, rdi', 3, [DI], [DX]);
  for (const part of [4, 2, 1]) {
    if ((size & part) === 0) continue;
    fixed('mov [rdx], eax', part === 2 ? 3 : 2, [AX, DX], []);
    fixed('add rdx', 4, [DX], [DX]);
  }
}

/** Sets a block to zero as gcc does in front of the members of an initialiser. */
export function clearMemory(ex: ExpressionCoder, to: Mem, size: number): void {
  const { code } = ex;
  const pieces = piecesOf(size, size > 16);
  if (pieces.length >= CLEAR_RATIO) {
    clearByString(ex, to, size);
    return;
  }
  if (pieces[0]?.mode !== 'TI') {
    for (const { offset, mode } of pieces) {
      code.emit({ op: 'move', mode, dst: shifted(to, offset), a: imm(0) });
    }
    return;
  }
  code.emit({ op: 'raw', mnemonic: 'pxor', bytes: 4, uses: [], defs: [16], clobbers: 0 });
  for (const { offset, mode } of pieces) {
    const place = shifted(to, offset);
    const isSmall = mode === 'QI' || mode === 'HI';
    if (isSmall) {
      code.emit({ op: 'move', mode, dst: place, a: imm(0) });
      continue;
    }
    code.emit({
      op: 'move',
      mode: mode === 'TI' ? 'XF' : mode === 'DI' ? 'DF' : 'SF',
      dst: place,
      a: reg(16),
    });
  }
}

/** The storage unit that holds all bits of a field, as gcc chooses it: the smallest that is enough. */
function unitOf(place: Place): {
  readonly unit: Place;
  readonly mode: Mode;
  readonly shift: number;
  readonly width: number;
} {
  const { start, width } = place.bits ?? { start: 0, width: 32 };
  for (const mode of ['QI', 'HI', 'SI', 'DI'] as const) {
    const bits = 8 * modeBytes[mode];
    const first = Math.floor(start / bits) * bits;
    if (start + width > first + bits) continue;
    return {
      unit: { ...place, bits: undefined, offset: place.offset + first / 8 },
      mode,
      shift: start - first,
      width,
    };
  }
  return { unit: { ...place, bits: undefined }, mode: 'DI', shift: start, width };
}

/** Reads a bit-field. */
export function expandBitFieldLoad(
  ex: ExpressionCoder,
  place: Place,
  type: CType,
  target: Operand | undefined,
): Operand {
  const { code } = ex;
  const { unit, mode, shift, width } = unitOf(place);
  const memory = ex.places.memory(unit);
  const bits = 8 * modeBytes[mode];
  const wanted = modeOf(type) ?? 'SI';
  code.doubt('bit-field');
  let value: Operand = code.inRegister(mode, memory);
  if (isSignedType(type)) {
    value = expandShift(code, 'sal', mode, value, bits - shift - width);
    value = expandShift(code, 'sar', mode, value, bits - width);
  } else {
    value = expandShift(code, 'shr', mode, value, shift);
    if (shift + width < bits) value = expandBinary(code, 'and', mode, value, imm((1n << BigInt(width)) - 1n));
  }
  if (modeBytes[mode] >= modeBytes[wanted]) return value;
  const dst = target?.kind === 'reg' ? target : code.register(wanted);
  code.emit({ op: 'extend', mode: wanted, from: mode, isSigned: isSignedType(type), dst, a: value });
  return dst;
}

/** Writes a bit-field: the other bits of its unit are kept. */
export function expandBitFieldStore(ex: ExpressionCoder, place: Place, type: CType, value: Value): void {
  const { code } = ex;
  const { unit, mode, shift, width } = unitOf(place);
  code.doubt('bit-field');
  const memory = asMemory(ex.places.memory(unit));
  const mask = (1n << BigInt(width)) - 1n;
  const bits = BigInt(8 * modeBytes[mode]);
  const keep = BigInt.asIntN(Number(bits), ~(mask << BigInt(shift)));
  const operand = ex.operandOf(value, modeOf(type) ?? 'SI');
  if (operand.kind === 'imm') {
    const set = BigInt.asIntN(Number(bits), (operand.value & mask) << BigInt(shift));
    let word: Operand = code.inRegister(mode, memory);
    if ((operand.value & mask) !== mask) word = expandBinary(code, 'and', mode, word, imm(keep));
    if (set !== 0n) word = expandBinary(code, 'or', mode, word, imm(set));
    code.move(mode, memory, word);
    return;
  }
  let field: Operand = code.inRegister(mode, operand);
  field = expandBinary(code, 'and', mode, field, imm(mask));
  field = expandShift(code, 'sal', mode, field, shift);
  let word: Operand = code.inRegister(mode, memory);
  word = expandBinary(code, 'and', mode, word, imm(keep));
  word = expandBinary(code, 'or', mode, word, field);
  code.move(mode, memory, word);
}
