/**
 * Records of sixteen bytes on x86-64 as values: gcc keeps a nameless one in a pair of registers, takes it apart for the
 * registers that it travels in, and puts it together from them.
 *
 * Source: gcc/expr.cc (emit_group_load_1, emit_group_store), stor-layout.cc (compute_record_mode), config/i386/i386.cc
 * (classify_argument, construct_container): behaviour; measured with gcc 12.2.
 * Simplified: lengths of the instructions that take floating parts out of a pair are estimates.
 */
import { isScalar, resolve, sizeOf } from '../../sema/type-relations.ts';
import type { ObjectSymbol, TypedExpression } from '../../sema/typed-tree.ts';
import type { CType } from '../../sema/type.ts';
import { classify, firstWordIsHalf } from '../calling-convention.ts';
import { isPairRecord } from '../register-modes.ts';
import type { CodeBuffer } from './code-buffer.ts';
import { isLvalue } from './places.ts';
import type { ExpressionCoder } from './expressions.ts';
import { imm, reg } from './machine.ts';
import type { Mode, Operand, Reg } from './machine.ts';
import { modeOf } from './values.ts';

/** Whether a value of the type lives in a pair of general registers. */
export function livesInPair(code: CodeBuffer, type: CType): boolean {
  return code.target === 'x86_64' && isPairRecord(type);
}

/** The pair of a compound literal that has no place in memory; undefined for anything else. */
export function literalPair(ex: ExpressionCoder, object: ObjectSymbol): Reg | undefined {
  const { code, frame } = ex;
  if (object.storage !== 'automatic' || frame.offsets.has(object)) return undefined;
  if (!livesInPair(code, object.type.type)) return undefined;
  let pair = code.literals.get(object);
  if (pair === undefined) {
    pair = code.register('TI');
    code.literals.set(object, pair);
  }
  return pair;
}

/** Whether a record has no place of its own in memory, but a pair of registers. */
export function isNameless(ex: ExpressionCoder, record: TypedExpression): boolean {
  if (!livesInPair(ex.code, record.type.type)) return false;
  return record.kind === 'compound-literal'
    ? literalPair(ex, record.object) !== undefined
    : !isLvalue(record);
}

/** Hard registers of the words of a record, and whether the two are one register of sixteen bytes to gcc. */
export function isHardPair(type: CType, hard: readonly number[]): boolean {
  const [first, second] = hard;
  const isGeneral = classify(type).every((one) => one === 'integer') && !firstWordIsHalf(type);
  return isGeneral && first !== undefined && second === nextRegister(first);
}

/** The general registers by gcc's numbers: ax, dx, cx, bx, si, di are 0 to 5. */
function nextRegister(no: number): number {
  return no + 1;
}

/** The mode in which each word of a record travels. */
function partModes(type: CType): readonly Mode[] {
  return classify(type).map((one, index): Mode => {
    if (one === 'integer') return index === 0 && firstWordIsHalf(type) ? 'SI' : 'DI';
    const only = loneFloat(type, 8 * index, 0);
    return only === 4 ? 'SF' : 'DF';
  });
}

/** Bytes of the floating number that a word begins with, where it is alone there. */
function loneFloat(type: CType, wanted: number, offset: number): number {
  const resolved = resolve(type);
  if (resolved.kind === 'float') return offset === wanted ? resolved.size : offset > wanted ? 8 : 0;
  if (resolved.kind === 'array') {
    const size = sizeOf(resolved.element.type) ?? 0;
    const count = typeof resolved.count === 'number' ? resolved.count : 0;
    let most = 0;
    for (let index = 0; index < count; index += 1) {
      const at = offset + index * size;
      if (at + size > wanted && at < wanted + 8)
        most = Math.max(most, loneFloat(resolved.element.type, wanted, at));
    }
    return most;
  }
  if (resolved.kind !== 'record') return 8;
  let most = 0;
  for (const { type: member, offset: at } of resolved.members ?? []) {
    const start = offset + at;
    const end = start + (sizeOf(member.type) ?? 0);
    if (end > wanted && start < wanted + 8) most = Math.max(most, loneFloat(member.type, wanted, start));
  }
  return most;
}

/** Copies the words of a pair to hard registers; each word is taken from a copy of the pair. */
export function takeApart(code: CodeBuffer, type: CType, value: Reg): readonly Reg[] {
  const modes = partModes(type);
  return modes.map((mode) => {
    const copy = code.register('TI');
    code.emit({ op: 'move', mode: 'TI', dst: copy, a: value });
    const part = code.register(mode);
    const isFloat = mode === 'SF' || mode === 'DF';
    if (isFloat) code.doubt('record result in registers');
    code.emit({ op: 'raw', mnemonic: 'mov', bytes: 3, uses: [copy.no], defs: [part.no], clobbers: 0 });
    return part;
  });
}

/** Puts what arrived in hard registers together: the words are copied first, then the pair begins with one of them or as zero. */
export function putTogether(code: CodeBuffer, type: CType, hard: readonly number[]): Reg {
  const value = code.register('TI');
  if (isHardPair(type, hard)) {
    copyPair(code, hard, [value.no]);
    return value;
  }
  return joined(code, partsOf(code, type, hard));
}

/** A move of both words, of which one side is two hard registers. */
export function copyPair(code: CodeBuffer, uses: readonly number[], defs: readonly number[]): void {
  code.emit({ op: 'raw', mnemonic: 'mov', bytes: 6, uses, defs, clobbers: 0 });
}

/** Copies of the words where they arrived. */
export function partsOf(code: CodeBuffer, type: CType, hard: readonly number[]): readonly Part[] {
  return partModes(type).map((mode, index) => {
    const part = code.register(mode);
    code.emit({ op: 'move', mode, dst: part, a: reg(hard[index] ?? 0) });
    return { register: part, mode };
  });
}

/** A word of a record on its way. */
export interface Part {
  readonly register: Reg;
  readonly mode: Mode;
}

/** The pair that words make. */
export function joined(code: CodeBuffer, parts: readonly Part[]): Reg {
  const value = code.register('TI');
  const [first] = parts;
  const isFloat = (mode: Mode): boolean => mode === 'SF' || mode === 'DF';
  const beginsWithFirst = first !== undefined && !isFloat(first.mode);
  if (beginsWithFirst) {
    const uses = [first.register.no];
    // Both are one register in the end.
    code.emit({ op: 'raw', mnemonic: '', bytes: 0, uses, defs: [value.no], clobbers: 0 });
  } else code.emit({ op: 'move', mode: 'TI', dst: value, a: imm(0) });
  for (const { register } of beginsWithFirst ? parts.slice(1) : parts) setPart(code, value, register);
  return value;
}

function setPart(code: CodeBuffer, value: Reg, part: Operand): void {
  code.emit({
    op: 'raw',
    mnemonic: 'mov',
    bytes: 3,
    uses: part.kind === 'reg' ? [part.no] : [],
    defs: [value.no],
    clobbers: 0,
    part: value.no,
    isLong: true,
  });
}

/** The object whose value an expression has, after what stands in front of it. */
export function recordObject(ex: ExpressionCoder, record: TypedExpression): TypedExpression {
  if (record.kind === 'assign') {
    ex.assign(record);
    return record.target;
  }
  const isValueOnly = record.kind === 'statement-expression' && record.body.statements.length === 0;
  return isValueOnly && record.value !== undefined ? recordObject(ex, withoutLoad(record.value)) : record;
}

/** Computes a record into a pair. */
export function recordIntoPair(ex: ExpressionCoder, expression: TypedExpression, target: Reg): void {
  const { code } = ex;
  let inner = expression;
  while (inner.kind === 'convert') inner = inner.operand;
  switch (inner.kind) {
    case 'call': {
      const value = ex.recordOfCall(inner);
      code.emit({ op: 'move', mode: 'TI', dst: target, a: value });
      return;
    }
    case 'comma':
      ex.effect(inner.left);
      recordIntoPair(ex, inner.right, target);
      return;
    case 'conditional':
      if (inner.then !== undefined) {
        const { then, otherwise } = inner;
        ex.eitherRecord(inner.condition, (isThen) => recordIntoPair(ex, isThen ? then : otherwise, target));
        return;
      }
      break;
    case 'statement-expression': {
      const { body, value } = inner;
      ex.runBlock(body);
      if (value !== undefined) recordIntoPair(ex, value, target);
      return;
    }
    case 'assign':
      ex.assign(inner);
      recordIntoPair(ex, inner.target, target);
      return;
    case 'compound-literal':
      if (inner.object.storage !== 'automatic' || inner.object.isAddressTaken) break;
      code.doubt('record result in registers');
      literalPair(ex, inner.object);
      for (const { value, type } of inner.initializer.entries) {
        if (!isScalar(type.type)) {
          const memory = ex.places.memory(ex.places.place(withoutLoad(value)));
          setPart(code, target, code.inRegister('DI', memory));
        } else setPart(code, target, ex.operandOf(ex.value(value), modeOf(type.type) ?? 'DI'));
      }
      return;
    default:
      break;
  }
  const memory = ex.places.memory(ex.places.place(inner));
  code.emit({ op: 'move', mode: 'TI', dst: target, a: memory });
}

function withoutLoad(value: TypedExpression): TypedExpression {
  return value.kind === 'convert' && value.conversion === 'load' ? value.operand : value;
}
