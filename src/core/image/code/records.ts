/**
 * Records and bit-fields: copies in pieces, clearing, fields of some bits.
 *
 * Source: gcc/expr.cc (op_by_pieces_d, move_by_pieces, clear_storage), gcc/expmed.cc (store_bit_field,
 * extract_bit_field); measured with gcc 12.2.
 */
import { resolve, sizeOf } from '../../sema/type-relations.ts';
import type { CType, QualType } from '../../sema/type.ts';
import type { TargetName } from '../../target/data-model.ts';
import type { ExpressionCoder } from './expressions.ts';
import { AX, CX, DI, DX, imm, memAt, modeBytes, reg, shifted } from './machine.ts';
import type { Mem, Mode, Operand, Reg } from './machine.ts';
import { modeOf } from './values.ts';
import type { Place } from './values.ts';

/** Up to this many bytes gcc moves in pieces; what is larger goes by a string instruction. */
export const maxByPieces = { x86_64: 256, i386: 64 } as const;

/** Pieces from which on a block is cleared by a string instruction. */
const CLEAR_RATIO = 6;

/** Up to this many bytes a loop clears a block on the i386 (config/i386/x86-tune-costs.h: generic_memset). */
const maxByLoop = 32;

/** One piece of a block. */
export interface Piece {
  readonly offset: number;
  readonly mode: Mode;
}

/** Pieces of a block: as large as possible; on x86-64 the last one may overlap the one before. */
export function piecesOf(size: number, target: TargetName, isWide = true): readonly Piece[] {
  if (target === 'i386') return wordsOf(size);
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

/** Words, then what is left over. */
function wordsOf(size: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let offset = 0;
  for (const mode of ['SI', 'HI', 'QI'] as const) {
    for (; size - offset >= modeBytes[mode]; offset += modeBytes[mode]) pieces.push({ offset, mode });
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
  const { kind } = resolve(type.type);
  if (kind === 'vector' || kind === 'complex') code.doubt(`${kind} value`);
  const to = asMemory(ex.places.memory(target));
  const source = asMemory(ex.places.memory(from));
  const mode = code.target === 'i386' && kind === 'record' ? wordRecordMode(type.type, size) : undefined;
  if (mode === undefined) copyMemory(ex, to, source, size);
  else {
    const value = code.register(mode);
    code.emit({ op: 'move', mode, dst: value, a: source });
    code.emit({ op: 'move', mode, dst: to, a: value });
  }
  if (to.index !== undefined || source.index !== undefined) code.doubt('record with an index');
}

/**
 * The mode in which the i386 moves a record as one value: that of a floating number that is all of it, or two words.
 *
 * Source: gcc/stor-layout.cc: compute_record_mode.
 */
function wordRecordMode(type: CType, size: number): Mode | undefined {
  let inner = resolve(type);
  for (;;) {
    if (inner.kind === 'float') return modeOf(inner);
    const only =
      inner.kind === 'array'
        ? inner.element
        : inner.kind === 'record' && inner.tagKind === 'struct' && inner.members?.length === 1
          ? inner.members[0]?.type
          : undefined;
    if (only === undefined || sizeOf(only.type) !== size) return size === 8 ? 'DI' : undefined;
    inner = resolve(only.type);
  }
}

/** Copies a block. */
export function copyMemory(ex: ExpressionCoder, to: Mem, source: Mem, size: number): void {
  const { code } = ex;
  if (size > maxByPieces[code.target]) {
    copyByString(ex, to, source, size);
    return;
  }
  const pieces = piecesOf(size, code.target);
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
  const address = (memory: Mem): Reg => {
    const { base, index, disp, symbol } = memory;
    if (index === undefined && disp === 0 && symbol === undefined && base !== undefined) {
      const own = code.register(code.word);
      code.emit({ op: 'move', mode: code.word, dst: own, a: reg(base) });
      return own;
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
    return start;
  };
  const [dst, a] = [address(to), address(source)];
  const count = code.register(code.word);
  code.emit({
    op: 'move',
    mode: code.word,
    dst: count,
    a: imm(code.target === 'x86_64' ? size >> 3 : size >> 2),
  });
  code.emit({ op: 'copy-words', dst, a, count });
  if (size % 8 !== 0) code.doubt('rest of a string copy');
}

/** A loop that stores words, at an index that counts the bytes. */
function clearByLoop(ex: ExpressionCoder, to: Mem, size: number): void {
  const { code } = ex;
  const { base, disp } = steady(ex, to);
  if (base === undefined || size % 4 !== 0) code.doubt('rest of a loop that clears');
  const [value, bytes, end, index] = [
    code.register('SI'),
    code.register('SI'),
    code.register('SI'),
    code.register('SI'),
  ];
  code.emit({ op: 'move', mode: 'SI', dst: value, a: imm(0) });
  code.emit({ op: 'move', mode: 'SI', dst: bytes, a: imm(size) });
  code.emit({ op: 'binary', name: 'and', mode: 'SI', dst: end, a: bytes, b: imm(-4) });
  code.emit({ op: 'move', mode: 'SI', dst: index, a: imm(0) });
  const start = code.newLabel();
  code.label(start);
  const word: Mem = { kind: 'mem', base, index: index.no, scale: 1, disp, symbol: undefined };
  code.emit({ op: 'move', mode: 'SI', dst: word, a: value });
  code.emit({ op: 'binary', name: 'add', mode: 'SI', dst: index, a: index, b: imm(4) });
  code.emit({ op: 'compare', mode: 'SI', a: index, b: end, isTest: false });
  code.branch('b', start);
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
  const pieces = piecesOf(size, code.target, size > 16);
  if (pieces.length >= CLEAR_RATIO) {
    if (code.target === 'i386' && size <= maxByLoop) clearByLoop(ex, to, size);
    else clearByString(ex, to, size);
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
