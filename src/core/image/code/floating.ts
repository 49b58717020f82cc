/**
 * Floating arithmetic of SSE2: operations, and the conversions of unsigned numbers of 64 bits that no instruction does.
 *
 * Source: gcc/config/i386/i386-expand.cc (ix86_expand_floatuns, x86_emit_floatuns), gcc/optabs.cc (expand_fix,
 * expand_binop), gcc/match.pd; measured with gcc 12.2.
 */
import { expandBinary, expandShift, swapsForTarget } from './arithmetic.ts';
import type { ExpressionCoder, RightSide } from './expressions.ts';
import { FLOAT_CONSTANT, imm, memAt, sameOperand } from './machine.ts';
import type { Mode, Operand, Reg, VectorOperation } from './machine.ts';
import type { Value } from './values.ts';

const names: Readonly<Record<string, VectorOperation>> = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div' };

/** An operation on values of `float` or `double`; constants are loaded behind the other operand. */
export function floatOperation(
  ex: ExpressionCoder,
  operator: string,
  mode: Mode,
  a: Value,
  b: Value,
): RightSide {
  const { code } = ex;
  const isCommutative = operator === '+' || operator === '*';
  const [first, second] = isCommutative && a.kind === 'float' ? [b, a] : [a, b];
  // x * 2 is x + x.
  const isDoubled = operator === '*' && second.kind === 'float' && second.value === 2;
  const name = isDoubled ? 'add' : (names[operator] ?? 'add');
  return (target) => {
    const dst = target?.kind === 'reg' ? target : code.register(mode);
    let x = ex.operandOf(first, mode);
    let y: Operand;
    if (isDoubled) x = y = code.inRegister(mode, x);
    else if (second.kind === 'float') {
      x = code.inRegister(mode, x);
      y = code.inRegister(mode, ex.operandOf(second, mode));
    } else {
      y = ex.operandOf(second, mode);
      if (x.kind === 'mem' && sameOperand(x, y)) x = y = code.inRegister(mode, x);
      if (isCommutative && swapsForTarget(x, y, target)) [x, y] = [y, x];
    }
    code.emit({ op: 'vector', name, mode, dst, a: code.inRegister(mode, x), b: y });
    return dst;
  };
}

/** An unsigned number of 64 bits as a floating one: a large one is halved, converted and doubled. */
export function unsignedToFloat(
  ex: ExpressionCoder,
  mode: Mode,
  operand: Operand,
  target: Operand | undefined,
): Operand {
  const { code } = ex;
  const dst = target?.kind === 'reg' ? target : code.register(mode);
  const value = code.inRegister('DI', operand);
  const [large, end] = [code.newLabel(), code.newLabel()];
  code.emit({ op: 'compare', mode: 'DI', a: value, b: imm(0), isTest: false });
  code.branch('s', large);
  code.emit({ op: 'convert', mode, from: 'DI', dst, a: value });
  code.jump(end);
  code.label(large);
  const half = expandShift(code, 'shr', 'DI', value, 1);
  const odd = expandBinary(code, 'and', 'DI', value, imm(1));
  const rounded = code.inRegister('DI', expandBinary(code, 'or', 'DI', half, odd, half));
  const converted = code.register(mode);
  code.emit({ op: 'convert', mode, from: 'DI', dst: converted, a: rounded });
  code.emit({ op: 'vector', name: 'add', mode, dst, a: converted, b: converted });
  code.label(end);
  return dst;
}

/** A floating number as an unsigned one of 64 bits: from 2^63 on 2^63 is subtracted before and added behind. */
export function floatToUnsigned(
  ex: ExpressionCoder,
  from: Mode,
  operand: Operand,
  target: Operand | undefined,
): Operand {
  const { code } = ex;
  const dst = target?.kind === 'reg' ? target : code.register('DI');
  const limit = memAt(undefined, 0, FLOAT_CONSTANT);
  const [large, end] = [code.newLabel(), code.newLabel()];
  const load = (): Reg => code.inRegister(from, operand);
  code.emit({ op: 'fcompare', mode: from, a: load(), b: limit });
  code.branch('ae', large);
  code.emit({ op: 'convert', mode: 'DI', from, dst, a: load() });
  code.jump(end);
  code.label(large);
  const high = load();
  const two63 = code.register(from);
  code.emit({ op: 'move', mode: from, dst: two63, a: limit });
  const rest = code.register(from);
  code.emit({ op: 'vector', name: 'sub', mode: from, dst: rest, a: high, b: two63 });
  code.emit({ op: 'convert', mode: 'DI', from, dst, a: rest });
  const sign = code.inRegister('DI', imm(-(1n << 63n)));
  const whole = expandBinary(code, 'xor', 'DI', dst, sign, dst);
  code.move('DI', dst, whole);
  code.label(end);
  return dst;
}
