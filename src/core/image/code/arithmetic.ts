/**
 * Integer operations as instructions: operands in memory where gcc leaves them there, products with constants as
 * shifts and additions, quotients by constants as products.
 *
 * Source: gcc/optabs.cc (expand_binop), config/i386/i386-expand.cc (ix86_fixup_binary_operands), gcc/expmed.cc
 * (expand_mult, expand_divmod, expand_sdiv_pow2, expand_smod_pow2, choose_multiplier).
 */
import type { CodeBuffer } from './code-buffer.ts';
import { imm, modeBytes, sameOperand } from './machine.ts';
import type { BinaryOperation, Mode, Operand, Reg, ShiftOperation } from './machine.ts';
import { planMultiplication } from './multiplication.ts';

const commutative: ReadonlySet<string> = new Set(['add', 'and', 'or', 'xor', 'imul']);

/** Signed value of a constant in a mode. */
export function inMode(value: bigint, mode: Mode): bigint {
  return BigInt.asIntN(8 * modeBytes[mode], value);
}

function isConstant(operand: Operand): operand is Extract<Operand, { kind: 'imm' }> {
  return operand.kind === 'imm';
}

/** What gcc wants in front: constants last, registers before memory. */
function precedence(operand: Operand): number {
  switch (operand.kind) {
    case 'reg':
      return 2;
    case 'mem':
      return 1;
    case 'symbol':
    case 'imm':
      return 0;
  }
}

/** Whether the operands of a commutative operation change places in view of its target. */
export function swapsForTarget(a: Operand, b: Operand, target: Operand | undefined): boolean {
  const [first, second] = [precedence(a), precedence(b)];
  if (first === 0 || second === 0) return first < second;
  if (target === undefined || target.kind === 'reg')
    return first < second || (target !== undefined && sameOperand(b, target));
  return sameOperand(b, target);
}

/** `a OP b` into the target or into a fresh register; says where it is. */
export function expandBinary(
  code: CodeBuffer,
  name: BinaryOperation,
  mode: Mode,
  first: Operand,
  second: Operand,
  target?: Operand,
): Operand {
  if (name === 'sub' && isConstant(second)) {
    return expandBinary(code, 'add', mode, first, imm(inMode(-second.value, mode)), target);
  }
  let [a, b] = [first, second];
  // The same variable twice is loaded once.
  if (a.kind === 'mem' && sameOperand(a, b)) a = b = code.inRegister(mode, a);
  if (commutative.has(name) && swapsForTarget(a, b, target)) [a, b] = [b, a];
  if (isConstant(b) && mode === 'DI' && code.word === 'DI' && !fitsImmediate(b.value)) {
    if (name === 'and' && b.value === 0xffff_ffffn && target?.kind !== 'mem')
      return zeroExtended(code, mode, 'SI', a, target);
    // A mask without the upper half works on the lower half.
    if (name !== 'and' || b.value < 0n || b.value > 0xffff_ffffn) b = code.inRegister(mode, b);
  }
  if (b.kind === 'symbol') b = code.inRegister(mode, b);
  if (a.kind === 'symbol') a = code.inRegister(mode, a);
  if (name === 'and' && isConstant(b) && mode !== 'QI' && (mode !== 'DI' || code.word === 'DI')) {
    const from = b.value === 255n ? 'QI' : b.value === 65535n && mode !== 'HI' ? 'HI' : undefined;
    const isInPlace = target?.kind === 'mem' && sameOperand(target, a);
    if (from !== undefined && !isInPlace) return zeroExtended(code, mode, from, a, target);
  }
  if (name === 'imul') return multiplyInRegisters(code, mode, a, b, target);
  return emitTwoAddress(code, mode, a, b, target, commutative.has(name), name === 'add', (dst, x, y) =>
    name === 'and' && isSplit(code, mode, dst)
      ? writeInHalves(code, dst, x, y)
      : code.emit({ op: 'binary', name, mode, dst, a: x, b: y }),
  );
}

/** A mask of a byte or of a word is an extension. */
function zeroExtended(
  code: CodeBuffer,
  mode: Mode,
  from: Mode,
  a: Operand,
  target: Operand | undefined,
): Operand {
  const x = code.inRegister(mode, a);
  const dst = target?.kind === 'reg' ? target : code.register(mode);
  code.emit({ op: 'extend', mode, from, isSigned: false, dst, a: x });
  return dst;
}

function fitsImmediate(value: bigint): boolean {
  return value >= -0x8000_0000n && value <= 0x7fff_ffffn;
}

/** The operands of an instruction whose first operand is its target, put into shape. */
function emitTwoAddress(
  code: CodeBuffer,
  mode: Mode,
  first: Operand,
  second: Operand,
  target: Operand | undefined,
  isCommutative: boolean,
  isAddition: boolean,
  emit: (dst: Operand, a: Operand, b: Operand) => void,
): Operand {
  let [a, b] = [first, second];
  let dst = target ?? code.register(mode);
  const swaps =
    isCommutative &&
    !sameOperand(dst, a) &&
    (sameOperand(dst, b) || (!isConstant(b) && (isConstant(a) || (a.kind === 'mem' && b.kind !== 'mem'))));
  if (swaps) [a, b] = [b, a];
  if (a.kind === 'mem' && b.kind === 'mem') {
    if (sameOperand(a, b)) a = b = code.inRegister(mode, b);
    else if (sameOperand(dst, a)) b = code.inRegister(mode, b);
    else a = code.inRegister(mode, a);
  }
  if (dst.kind === 'mem' && !sameOperand(dst, a)) dst = code.register(mode);
  if (isConstant(a)) a = code.inRegister(mode, a);
  if (a.kind === 'mem' && !sameOperand(dst, a)) a = code.inRegister(mode, a);
  if (isAddition && b.kind === 'mem') b = code.inRegister(mode, b);
  emit(dst, a, b);
  return dst;
}

function multiplyInRegisters(
  code: CodeBuffer,
  mode: Mode,
  a: Operand,
  b: Operand,
  target: Operand | undefined,
): Operand {
  const x = code.inRegister(mode, a);
  const dst = target?.kind === 'reg' ? target : code.register(mode);
  code.emit({
    op: 'binary',
    name: 'imul',
    mode,
    dst,
    a: x,
    b: mode === 'QI' && isConstant(b) ? code.inRegister(mode, b) : b,
  });
  return dst;
}

/** Whether gcc makes two instructions of an `and` or `not` of two words before it allots registers. */
function isSplit(code: CodeBuffer, mode: Mode, dst: Operand): dst is Reg {
  return mode === 'DI' && code.word === 'SI' && dst.kind === 'reg';
}

/** Two instructions, neither of which writes the whole result: it counts as alive before them. */
function writeInHalves(code: CodeBuffer, dst: Reg, a: Operand, b: Operand | undefined): void {
  const source = a.kind === 'reg' ? a.no : dst.no;
  const other = b?.kind === 'reg' ? b.no : undefined;
  for (const shift of [0n, 32n]) {
    const mask = b?.kind === 'imm' ? BigInt.asIntN(32, b.value >> shift) : undefined;
    const isConstant = mask === 0n;
    const read = isConstant ? [] : [source, ...(other === undefined ? [] : [other])];
    code.emit({
      op: 'raw',
      mnemonic: shift === 0n ? 'lower word' : 'upper word',
      bytes: 3,
      uses: read,
      defs: [dst.no],
      clobbers: 0,
      part: dst.no,
      ...(isConstant || mask === -1n ? {} : { half: { source, other } }),
    });
  }
}

/** A shift or rotation by a constant. */
export function expandShift(
  code: CodeBuffer,
  name: ShiftOperation,
  mode: Mode,
  a: Operand,
  count: number,
  target?: Operand,
): Operand {
  if (count === 0) return a;
  return emitTwoAddress(code, mode, a, imm(count), target, false, false, (dst, x, y) =>
    code.emit({ op: 'shift', name, mode, dst, a: x, b: y }),
  );
}

/** A shift by a variable amount; the amount comes first. */
export function expandVariableShift(
  code: CodeBuffer,
  name: ShiftOperation,
  mode: Mode,
  a: Operand,
  count: Reg,
  target?: Operand,
): Operand {
  return emitTwoAddress(code, mode, a, count, target, false, false, (dst, x, y) =>
    code.emit({ op: 'shift', name, mode, dst, a: x, b: y }),
  );
}

/** Negation or complement. */
export function expandUnary(
  code: CodeBuffer,
  name: 'neg' | 'not',
  mode: Mode,
  a: Operand,
  target?: Operand,
): Operand {
  let dst = target ?? code.register(mode);
  if (dst.kind === 'mem' && !sameOperand(dst, a)) dst = code.register(mode);
  const x = sameOperand(dst, a) ? a : code.inRegister(mode, a);
  if (name === 'not' && isSplit(code, mode, dst)) writeInHalves(code, dst, x, undefined);
  else code.emit({ op: 'unary', name, mode, dst, a: x });
  return dst;
}

/** The absolute value: `neg` sets the flags that the conditional move asks. */
export function expandAbsolute(code: CodeBuffer, mode: Mode, operand: Operand, target?: Operand): Operand {
  const a = code.inRegister(mode, operand);
  const opposite = expandUnary(code, 'neg', mode, a);
  const dst = target?.kind === 'reg' ? target : code.register(mode);
  code.emit({ op: 'cmove', mode, condition: 'ns', dst, a, b: opposite });
  return dst;
}

/** The smaller or the greater of two integers, by a conditional move. */
export function expandExtreme(
  code: CodeBuffer,
  name: string,
  mode: Mode,
  isSigned: boolean,
  a: Reg,
  b: Operand,
  target?: Operand,
): Operand {
  const other = code.inRegister(mode, b);
  const isMinimum = name === 'MIN_EXPR';
  const dst = target?.kind === 'reg' ? target : code.register(mode);
  if (b.kind === 'imm' && b.value === 0n && isSigned && !isMinimum) {
    code.emit({ op: 'compare', mode, a, b, isTest: false });
    code.emit({ op: 'cmove', mode, condition: 's', dst, a, b: other });
    return dst;
  }
  code.emit({ op: 'compare', mode, a: other, b: a, isTest: false });
  const condition = isMinimum ? (isSigned ? 'le' : 'be') : isSigned ? 'ge' : 'ae';
  code.emit({ op: 'cmove', mode, condition, dst, a: other, b: a });
  return dst;
}

/** A product. */
export function expandMultiply(
  code: CodeBuffer,
  mode: Mode,
  first: Operand,
  second: Operand,
  target?: Operand,
): Operand {
  const [a, b] = isConstant(first) ? [second, first] : [first, second];
  if (!isConstant(b)) return expandBinary(code, 'imul', mode, a, b, target);
  const factor = inMode(b.value, mode);
  if (factor === 0n) return imm(0);
  if (factor === 1n) return a;
  if (factor === -1n) return expandUnary(code, 'neg', mode, a, target);
  if (factor > 0n && (factor & (factor - 1n)) === 0n) {
    return expandShift(code, 'sal', mode, a, factor.toString(2).length - 1, target);
  }
  const bits = (8 * modeBytes[mode]) as 8 | 16 | 32 | 64;
  const isNegative = factor < 0n;
  const plan = planMultiplication(isNegative ? -factor : factor, bits);
  if (plan === undefined) return expandBinary(code, 'imul', mode, a, b, target);
  const product = multiplyByPlan(code, mode, a, plan, isNegative ? undefined : target);
  return isNegative ? expandUnary(code, 'neg', mode, product, target) : product;
}

type Plan = NonNullable<ReturnType<typeof planMultiplication>>;

function multiplyByPlan(
  code: CodeBuffer,
  mode: Mode,
  factor: Operand,
  plan: Plan,
  target: Operand | undefined,
): Operand {
  const one = code.inRegister(mode, factor);
  let sum: Operand = code.register(mode);
  code.emit({ op: 'move', mode, dst: sum, a: one });
  plan.steps.forEach(({ op, log }, index) => {
    const isLast = index === plan.steps.length - 1 && plan.variant !== 'add';
    const into = isLast ? (target ?? sum) : sum;
    switch (op) {
      case 'shift': {
        const moved = expandShift(code, 'sal', mode, sum, log);
        code.emit({ op: 'move', mode, dst: sum, a: moved });
        break;
      }
      case 'add_t_m2':
      case 'sub_t_m2': {
        const term = log === 0 ? one : expandShift(code, 'sal', mode, one, log);
        sum = expandBinary(code, op === 'add_t_m2' ? 'add' : 'sub', mode, sum, term, into);
        break;
      }
      case 'add_t2_m':
      case 'sub_t2_m':
        sum = expandShift(code, 'sal', mode, sum, log, sum);
        sum = expandBinary(code, op === 'add_t2_m' ? 'add' : 'sub', mode, sum, one, into);
        break;
      case 'add_factor':
        sum = expandBinary(code, 'add', mode, sum, expandShift(code, 'sal', mode, sum, log), into);
        break;
      case 'sub_factor': {
        const term = expandShift(code, 'sal', mode, sum, log);
        sum = expandBinary(code, 'sub', mode, term, sum, isLast && target !== undefined ? target : term);
        break;
      }
    }
  });
  if (plan.variant === 'negate') return expandUnary(code, 'neg', mode, sum, target);
  return plan.variant === 'add' ? expandBinary(code, 'add', mode, sum, one, target) : sum;
}

/** A quotient or a remainder. */
export function expandDivision(
  code: CodeBuffer,
  mode: Mode,
  isSigned: boolean,
  wants: 'quotient' | 'remainder',
  a: Operand,
  b: Operand,
  target?: Operand,
): Operand {
  const isRemainder = wants === 'remainder';
  if (isConstant(b) && b.value !== 0n) {
    const result = divideByConstant(code, mode, isSigned, isRemainder, a, b.value, target);
    if (result !== undefined) return result;
  }
  const dividend = code.inRegister(mode, a);
  const divisor = isConstant(b) ? code.inRegister(mode, b) : b;
  const quotient = code.register(mode);
  const remainder = code.register(mode);
  code.emit({ op: 'divide', isSigned, mode, quotient, remainder, a: dividend, b: divisor });
  return isRemainder ? remainder : quotient;
}

function divideByConstant(
  code: CodeBuffer,
  mode: Mode,
  isSigned: boolean,
  isRemainder: boolean,
  a: Operand,
  value: bigint,
  target: Operand | undefined,
): Operand | undefined {
  const bits = 8 * modeBytes[mode];
  const value0 = isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
  const divisor = isRemainder && value0 < 0n ? -value0 : value0;
  const magnitude = divisor < 0n ? -divisor : divisor;
  const dividend = code.inRegister(mode, a);
  const into = target?.kind === 'reg' ? target : undefined;
  if (magnitude === 1n) return undefined;
  if ((magnitude & (magnitude - 1n)) === 0n) {
    const log = magnitude.toString(2).length - 1;
    if (!isSigned) {
      return isRemainder
        ? expandBinary(code, 'and', mode, dividend, imm(magnitude - 1n), target)
        : expandShift(code, 'shr', mode, dividend, log, target);
    }
    if (log === bits - 1) return undefined;
    if (isRemainder) return remainderByPower(code, mode, dividend, log);
    const quotient = quotientByPower(code, mode, dividend, log);
    return divisor < 0n ? expandUnary(code, 'neg', mode, quotient, quotient) : quotient;
  }
  const quotient = isSigned
    ? signedQuotient(code, mode, dividend, divisor, into)
    : unsignedQuotient(code, mode, dividend, divisor, into);
  if (quotient === undefined || !isRemainder) return quotient;
  const product = expandMultiply(code, mode, quotient, imm(divisor));
  return expandBinary(code, 'sub', mode, dividend, product, target);
}

/** x % 2^log of a signed x: the bias of a negative one is added before the mask and subtracted behind it. */
function remainderByPower(code: CodeBuffer, mode: Mode, a: Reg, log: number): Operand {
  const bits = 8 * modeBytes[mode];
  const sign = expandShift(code, 'sar', mode, a, bits - 1);
  const bias = expandShift(code, 'shr', mode, sign, bits - log);
  const sum = expandBinary(code, 'add', mode, a, bias);
  const rest = expandBinary(code, 'and', mode, sum, imm((1n << BigInt(log)) - 1n));
  return expandBinary(code, 'sub', mode, rest, bias);
}

/** x / 2^log of a signed x. */
function quotientByPower(code: CodeBuffer, mode: Mode, a: Reg, log: number): Operand {
  const bits = 8 * modeBytes[mode];
  if (log === 1) {
    const sign = expandShift(code, 'shr', mode, a, bits - 1);
    return expandShift(code, 'sar', mode, expandBinary(code, 'add', mode, a, sign), 1);
  }
  const value = code.register(mode);
  code.emit({ op: 'move', mode, dst: value, a });
  const biased = expandBinary(code, 'add', mode, value, imm((1n << BigInt(log)) - 1n));
  code.emit({ op: 'compare', mode, a: value, b: imm(0), isTest: false });
  code.emit({ op: 'cmove', mode, condition: 's', dst: value, a: value, b: biased });
  return expandShift(code, 'sar', mode, value, log);
}

interface Multiplier {
  readonly low: bigint;
  readonly hasHigh: boolean;
  readonly shift: number;
}

/** The factor and the shift that stand for a division. */
function chooseMultiplier(divisor: bigint, bits: number, precision: number): Multiplier {
  const log = (divisor - 1n).toString(2).length;
  const power = BigInt(bits + log);
  let low = (1n << power) / divisor;
  let high = ((1n << power) + (1n << BigInt(bits + log - precision))) / divisor;
  let shift = log;
  while (shift > 0 && low >> 1n < high >> 1n) {
    low >>= 1n;
    high >>= 1n;
    shift -= 1;
  }
  return { low: BigInt.asUintN(bits, high), hasHigh: high >> BigInt(bits) !== 0n, shift };
}

/** Upper half of a product with a constant: in twice the width where that is a register, else by one instruction. */
function highpart(code: CodeBuffer, mode: Mode, isSigned: boolean, a: Operand, factor: bigint): Operand {
  if (mode === code.word) {
    const constant = code.inRegister(mode, imm(inMode(factor, mode)));
    const dst = code.register(mode);
    code.emit({ op: 'highpart', isSigned, mode, dst, a, b: constant });
    return dst;
  }
  const bits = 8 * modeBytes[mode];
  const wide: Mode = mode === 'SI' ? 'DI' : mode === 'HI' ? 'SI' : 'HI';
  const extended = code.register(wide);
  code.emit({ op: 'extend', mode: wide, from: mode, isSigned, dst: extended, a: code.inRegister(mode, a) });
  const value = isSigned ? BigInt.asIntN(bits, factor) : factor;
  const product = expandBinary(code, 'imul', wide, extended, imm(value));
  return expandShift(code, 'shr', wide, product, bits);
}

function unsignedQuotient(
  code: CodeBuffer,
  mode: Mode,
  a: Reg,
  divisor: bigint,
  target: Operand | undefined,
): Operand | undefined {
  const bits = 8 * modeBytes[mode];
  if (divisor >= 1n << BigInt(bits - 1)) {
    code.emit({ op: 'compare', mode, a, b: imm(inMode(divisor, mode)), isTest: false });
    const flag = code.register('QI');
    code.emit({ op: 'set', condition: 'ae', dst: flag });
    const result = code.register(mode);
    code.emit({ op: 'extend', mode, from: 'QI', isSigned: false, dst: result, a: flag });
    code.doubt('division by a constant above half the range');
    return result;
  }
  let plan = chooseMultiplier(divisor, bits, bits);
  let before = 0;
  if (plan.hasHigh && (divisor & 1n) === 0n) {
    while (((divisor >> BigInt(before)) & 1n) === 0n) before += 1;
    plan = chooseMultiplier(divisor >> BigInt(before), bits, bits - before);
  }
  if (!plan.hasHigh) {
    const shiftedDividend = expandShift(code, 'shr', mode, a, before);
    return expandShift(
      code,
      'shr',
      mode,
      highpart(code, mode, false, shiftedDividend, plan.low),
      plan.shift,
      target,
    );
  }
  const high = highpart(code, mode, false, a, plan.low);
  const rest = expandBinary(code, 'sub', mode, a, high);
  const half = expandShift(code, 'shr', mode, rest, 1);
  const sum = expandBinary(code, 'add', mode, high, half);
  return expandShift(code, 'shr', mode, sum, plan.shift - 1, target);
}

function signedQuotient(
  code: CodeBuffer,
  mode: Mode,
  a: Reg,
  divisor: bigint,
  target: Operand | undefined,
): Operand {
  const bits = 8 * modeBytes[mode];
  const magnitude = divisor < 0n ? -divisor : divisor;
  const { low, shift } = chooseMultiplier(magnitude, bits, bits - 1);
  let high = highpart(code, mode, true, a, low);
  if (low >= 1n << BigInt(bits - 1)) high = expandBinary(code, 'add', mode, a, high);
  const quotient = expandShift(code, 'sar', mode, high, shift);
  const sign = expandShift(code, 'sar', mode, a, bits - 1);
  return divisor < 0n
    ? expandBinary(code, 'sub', mode, sign, quotient, target)
    : expandBinary(code, 'sub', mode, quotient, sign, target);
}
