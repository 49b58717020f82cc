/**
 * Conversions of the x87 unit, which reads and writes integers in memory only.
 *
 * Bytes go through 16 bits, unsigned words through two words. To cut a value, the unit needs a control word of its own,
 * which a function makes once.
 *
 * Source: gcc/optabs.cc (expand_float, expand_fix), config/i386/i386.md (fix_trunc<mode>_i387), i386.cc
 * (emit_i387_cw_initialization): behaviour; measured with gcc 12.2.
 */
import type { TypedExpression } from '../../sema/typed-tree.ts';
import { expandBinary } from './arithmetic.ts';
import type { CodeBuffer } from './code-buffer.ts';
import type { ExpressionCoder, RightSide } from './expressions.ts';
import { BP, FIRST_PSEUDO, imm, isVectorMode, memAt, modeBytes } from './machine.ts';
import type { Mode, Operand } from './machine.ts';
import { isSignedType } from './values.ts';

/** A conversion from or to a floating type. */
export function x87Conversion(
  ex: ExpressionCoder,
  { operand, type }: Extract<TypedExpression, { kind: 'convert' }>,
  mode: Mode,
  from: Mode,
): RightSide {
  const { code } = ex;
  const value = ex.value(operand);
  if (!isFloating(from)) {
    const isSigned = isSignedType(operand.type.type);
    const wide = integerModeFor(from, isSigned);
    return (target) => {
      const a =
        wide === from
          ? ex.operandOf(value, from)
          : ex.operations.extend(value, from, isSigned, wide, undefined);
      return convert(code, mode, wide, a, target?.kind === 'reg' ? target : undefined);
    };
  }
  if (isFloating(mode)) {
    return (target) => {
      const a = ex.operandOf(value, from);
      return modeBytes[mode] > modeBytes[from]
        ? convert(code, mode, from, a, target?.kind === 'reg' ? target : undefined)
        : convert(code, mode, from, code.inRegister(from, a), target);
    };
  }
  const wide = integerModeFor(mode, isSignedType(type.type));
  return (target) => {
    const a = code.inRegister(from, ex.operandOf(value, from));
    setRounding(code);
    const result = convert(code, wide, from, a, wide === mode ? target : undefined);
    // Two words are written to memory only: they are read back into registers that nothing else takes.
    if (wide === 'DI' && result.kind === 'reg' && result.no >= FIRST_PSEUDO) code.reloaded.add(result.no);
    return result;
  };
}

function isFloating(mode: Mode): boolean {
  return isVectorMode(mode) || mode === 'XF';
}

/** The signed mode that holds all values and that the unit knows. */
function integerModeFor(mode: Mode, isSigned: boolean): Mode {
  if (mode === 'QI') return 'HI';
  if (isSigned) return mode;
  return mode === 'HI' ? 'SI' : 'DI';
}

function convert(code: CodeBuffer, mode: Mode, from: Mode, a: Operand, target: Operand | undefined): Operand {
  const dst = target ?? code.register(mode);
  code.emit({ op: 'convert', mode, from, dst, a });
  return dst;
}

const withRounding = new WeakSet<CodeBuffer>();

function setRounding(code: CodeBuffer): void {
  if (withRounding.has(code)) return;
  withRounding.add(code);
  const word = code.inRegister('HI', memAt(BP, -2));
  code.move('HI', memAt(BP, -4), expandBinary(code, 'or', 'HI', word, imm(0xc00), word));
}
