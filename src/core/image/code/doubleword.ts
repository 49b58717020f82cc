/**
 * Values of two words on the i386: what gcc makes of products, quotients and comparisons of long long. Sums, shifts and
 * bitwise operations are single instructions until registers are allotted, as they are for one word.
 *
 * Source: gcc/optabs.cc (expand_doubleword_mult, expand_binop), expmed.cc (expand_divmod), config/i386/i386-expand.cc
 * (ix86_expand_branch, ix86_expand_setcc), i386.md (cstore<mode>4, *sub<mode>3_carry_ccgz): behaviour; measured with
 * gcc 12.2.
 */
import { expandBinary, expandShift } from './arithmetic.ts';
import type { CodeBuffer } from './code-buffer.ts';
import type { ExpressionCoder } from './expressions.ts';
import { writePushingCall } from './i386-calls.ts';
import { AX, imm, reg, shifted } from './machine.ts';
import type { Condition, Label, Mode, Operand, Reg } from './machine.ts';
import { valueOf } from './values.ts';

/** Whether values of the mode take two general registers. */
export function isDoubleword(code: CodeBuffer, mode: Mode): boolean {
  return mode === 'DI' && code.target === 'i386';
}

/** The lower word of a value; that of a register is the register itself. */
function lowWord(operand: Operand): Operand {
  return operand.kind === 'imm' ? imm(BigInt.asIntN(32, operand.value)) : operand;
}

function highWord(operand: Operand): Operand {
  switch (operand.kind) {
    case 'imm':
      return imm(BigInt.asIntN(32, operand.value >> 32n));
    case 'mem':
      return shifted(operand, 4);
    default:
      return operand;
  }
}

/** a * b: the crosswise products of the words are added to the upper word of the product of the lower ones. */
export function multiplyWords(
  code: CodeBuffer,
  first: Operand,
  second: Operand,
  target?: Operand,
  word: 'SI' | 'DI' = 'SI',
): Operand {
  // A converted value comes behind a variable in memory.
  const [a, b] = first.kind === 'reg' && second.kind === 'mem' ? [second, first] : [first, second];
  const cross = expandBinary(code, 'imul', word, highWord(a), lowWord(b));
  const other =
    crossOfConstant(code, b, a, word) ?? expandBinary(code, 'imul', word, highWord(b), lowWord(a));
  const upper = expandBinary(code, 'add', word, cross, other);
  const factor = code.inRegister(word, lowWord(b));
  const dst = target?.kind === 'reg' ? target : code.register(word === 'SI' ? 'DI' : 'TI');
  code.emit({ op: 'widen', isSigned: false, dst, a: factor, b: lowWord(a) });
  const sum = expandBinary(code, 'add', word, upper, dst);
  code.emit({
    op: 'raw',
    mnemonic: 'mov',
    bytes: 2,
    uses: [regNo(sum), dst.no],
    defs: [dst.no],
    clobbers: 0,
  });
  return dst;
}

/** The upper word of a constant times the lower one of the other factor: a product even by zero. */
function crossOfConstant(
  code: CodeBuffer,
  constant: Operand,
  other: Operand,
  word: 'SI' | 'DI',
): Operand | undefined {
  if (constant.kind !== 'imm') return undefined;
  const factor = code.inRegister(word, lowWord(other));
  const product = code.register(word);
  code.emit({ op: 'binary', name: 'imul', mode: word, dst: product, a: factor, b: highWord(constant) });
  return product;
}

const regNo = (operand: Operand): number => (operand.kind === 'reg' ? operand.no : AX);

/** The sign of a value in both words. */
function signOf(code: CodeBuffer, value: Reg): Reg {
  const upper = code.inRegister('SI', expandShift(code, 'sar', 'SI', value, 31));
  const sign = code.register('DI');
  code.emit({ op: 'extend', mode: 'DI', from: 'SI', isSigned: true, dst: sign, a: upper });
  return sign;
}

/** A mask of the lower word: the upper one is zero. */
function maskLow(code: CodeBuffer, value: Reg, mask: bigint): Reg {
  return code.inRegister('DI', expandBinary(code, 'and', 'DI', value, imm(mask)));
}

/** x / 2^log or x % 2^log of a signed x of two words. */
export function divideByPower(code: CodeBuffer, a: Operand, log: number, isRemainder: boolean): Operand {
  const value = code.inRegister('DI', a);
  const mask = (1n << BigInt(log)) - 1n;
  const sign = signOf(code, value);
  if (!isRemainder) {
    const sum = expandBinary(code, 'add', 'DI', maskLow(code, sign, mask), value);
    return expandShift(code, 'sar', 'DI', sum, log);
  }
  const magnitude = expandBinary(code, 'sub', 'DI', expandBinary(code, 'xor', 'DI', value, sign), sign);
  const rest = maskLow(code, code.inRegister('DI', magnitude), mask);
  return expandBinary(code, 'sub', 'DI', expandBinary(code, 'xor', 'DI', rest, sign), sign);
}

/** A quotient or a remainder by a function of libgcc. */
export function divideByCall(ex: ExpressionCoder, a: Operand, b: Operand): Operand {
  const { code } = ex;
  const dividend = code.inRegister('DI', a);
  const divisor = b.kind === 'mem' ? code.inRegister('DI', b) : b;
  const args = [dividend, divisor].map(
    (operand) => ({ kind: 'value', value: valueOf(operand), mode: 'DI' }) as const,
  );
  writePushingCall(ex, { call: undefined, args, hidden: undefined, callee: undefined, isForeign: true });
  const result = code.register('DI');
  code.emit({ op: 'move', mode: 'DI', dst: result, a: reg(AX) });
  return result;
}

/** A comparison of two words as an instruction leaves it in the flags; tells when it is true. */
export function compareWords(
  code: CodeBuffer,
  condition: Condition,
  first: Operand,
  second: Operand,
  isStored: boolean,
): Condition {
  if (condition === 'e' || condition === 'ne') {
    const isZero = second.kind === 'imm' && second.value === 0n;
    if (isZero && isStored) {
      // The words of memory are taken one by one.
      const low = code.inRegister('SI', first);
      code.emit({
        op: 'compare',
        mode: 'SI',
        a: expandBinary(code, 'or', 'SI', low, highWord(first)),
        b: imm(0),
        isTest: false,
      });
      return condition;
    }
    const value = code.inRegister('DI', first);
    const difference = code.register('DI');
    code.emit({ op: 'binary', name: 'xor', mode: 'DI', dst: difference, a: value, b: second });
    const both = code.register('SI');
    code.emit({ op: 'binary', name: 'or', mode: 'SI', dst: both, a: difference, b: difference });
    code.emit({ op: 'compare', mode: 'SI', a: both, b: imm(0), isTest: false });
    return condition;
  }
  const a = first.kind === 'mem' && second.kind === 'mem' ? code.inRegister('DI', first) : first;
  const swapped = swappedOrder[condition];
  const [left, right] = swapped === undefined ? [a, second] : [second, a];
  subtractWithBorrow(code, left, right);
  return swapped ?? condition;
}

/** `a > b` and `a <= b` are asked as `b < a` and `b >= a`. */
const swappedOrder: Partial<Readonly<Record<Condition, Condition>>> = { g: 'l', le: 'ge', a: 'b', be: 'ae' };

function subtractWithBorrow(code: CodeBuffer, left: Operand, right: Operand): void {
  let [low, high, lowOther, highOther] = [lowWord(left), highWord(left), lowWord(right), highWord(right)];
  const isConstant = left.kind === 'imm';
  if (isConstant) low = code.inRegister('SI', low);
  if (isConstant || (right.kind === 'mem' && left.kind === 'mem')) high = code.inRegister('SI', high);
  if (lowOther.kind === 'symbol') lowOther = code.inRegister('SI', lowOther);
  if (highOther.kind === 'symbol') highOther = code.inRegister('SI', highOther);
  if (high.kind === 'mem') high = code.inRegister('SI', high);
  code.emit({ op: 'compare', mode: 'SI', a: low, b: lowOther, isTest: false });
  const rest = code.register('SI');
  code.emit({ op: 'binary', name: 'sub', mode: 'SI', dst: rest, a: high, b: highOther });
}

/** Compares two integers; tells when the condition is true. */
export function writeComparison(
  code: CodeBuffer,
  mode: Mode,
  condition: Condition,
  a: Operand,
  b: Operand,
): Condition {
  if (isDoubleword(code, mode)) return compareWords(code, condition, a, b, false);
  code.emit({ op: 'compare', mode, a, b, isTest: false });
  return condition;
}

/** 0 or 1 in a byte: where the flags do not say it, a jump does. */
export function storeComparison(code: CodeBuffer, condition: Condition, a: Operand, b: Operand): Reg {
  const flag = code.register('QI');
  if (condition === 'e' || condition === 'ne') {
    const holds = compareWords(code, condition, a, b, true);
    code.emit({ op: 'set', condition: holds, dst: flag });
    return flag;
  }
  code.emit({ op: 'move', mode: 'QI', dst: flag, a: imm(1) });
  const holds = compareWords(code, condition, a, b, true);
  const end: Label = code.newLabel();
  code.branch(holds, end);
  code.emit({ op: 'move', mode: 'QI', dst: flag, a: imm(0) });
  code.label(end);
  return flag;
}
