/**
 * Compound assignments and increments: the old value, the operation, the new value.
 *
 * Source: gcc/c/c-typeck.cc (build_modify_expr), gcc/gimplify.cc (gimplify_self_mod_expr); measured with gcc 12.2.
 */
import { integerOf, qualsOf, resolve } from '../../sema/type-relations.ts';
import { VOLATILE } from '../../sema/type.ts';
import type { TypedExpression } from '../../sema/typed-tree.ts';
import { hasSideEffects } from '../tree-walk.ts';
import { exceedsField, isField, loadField, reducedToField, storeField, typeOfField } from './bit-fields.ts';
import { folded } from './folding/fold.ts';
import { convertedTo } from './folding/nodes.ts';
import type { ExpressionCoder } from './expressions.ts';
import { expandBinary } from './arithmetic.ts';
import { imm, sameOperand } from './machine.ts';
import { converted, intType, promotedType } from './nodes.ts';
import { modeOf, valueOf } from './values.ts';
import type { Value } from './values.ts';

type Of<Kind extends TypedExpression['kind']> = Extract<TypedExpression, { kind: Kind }>;

/** Writes the code of assignments that read their target first. */
export class UpdateCoder {
  readonly #ex: ExpressionCoder;

  constructor(expressions: ExpressionCoder) {
    this.#ex = expressions;
  }

  /** `x op= y`: the old value, the operation, the new value. */
  compoundAssign(expression: Of<'compound-assign'>): Value {
    const { target, operator } = expression;
    const type = target.type;
    // What the right side does comes before the target is read.
    const value = hasSideEffects(expression.value)
      ? this.#ex.fixed(expression.value, this.#ex.copied(expression.value))
      : expression.value;
    const old = hasSideEffects(target) ? this.#readOnce(target) : this.#readTwice(target);
    const isPointer = resolve(type.type).kind === 'pointer';
    const node: TypedExpression = isPointer
      ? {
          kind: 'pointer-add',
          type,
          span: expression.span,
          pointer: old.read,
          index: value,
          subtract: operator === '-',
        }
      : {
          kind: 'arithmetic',
          type: expression.computation,
          span: expression.span,
          operator,
          left: converted(old.read, expression.computation),
          right: value,
        };
    return old.write(isPointer ? node : converted(node, type));
  }

  increment(expression: Of<'increment'>, isValueUsed: boolean): Value {
    const { target, delta } = expression;
    const { type, span } = target;
    const resolved = resolve(type.type);
    if (isField(target) && !(isValueUsed && !expression.isPrefix)) return this.#stepField(target, delta);
    const old = this.#readOnce(target);
    let before: Value | undefined;
    let { read } = old;
    const integer = integerOf(resolved);
    if (isValueUsed && !expression.isPrefix && read.kind === 'convert' && isField(target)) {
      // The old value stays in the type of the field until the end.
      before = this.#ex.copied(read.operand);
      read = { ...read, operand: this.#ex.fixed(read.operand, before) };
    } else if (isValueUsed && !expression.isPrefix) {
      before = this.#ex.copied(read);
      read = this.#ex.fixed(read, before);
    } else if (!expression.isPrefix && integer?.isSigned === false && integer.size < 4) {
      // `u++` of a narrow unsigned variable reads it first; `++u` and `u += 1` work on it in memory.
      read = this.#ex.fixed(read, this.#ex.copied(read));
    }
    const isFloat = resolved.kind === 'float';
    const one: TypedExpression = isFloat
      ? { kind: 'floating', type, span, value: delta }
      : { kind: 'integer', type: { type: intType, quals: 0 }, span, value: BigInt(delta) };
    let sum: TypedExpression;
    if (resolved.kind === 'pointer') {
      sum = { kind: 'pointer-add', type, span, pointer: read, index: one, subtract: false };
    } else if (isFloat) sum = { kind: 'arithmetic', type, span, operator: '+', left: read, right: one };
    else {
      const computation = { type: promotedType(integerOf(resolved)), quals: 0 };
      sum = converted(
        {
          kind: 'arithmetic',
          type: computation,
          span,
          operator: '+',
          left: converted(read, computation),
          right: { ...one, type: computation },
        },
        type,
      );
      if (integerOf(resolved)?.name === '_Bool') {
        sum =
          delta === 1
            ? ({ ...one, value: 1n, type } as TypedExpression)
            : { kind: 'not', type, span, operand: read };
      }
    }
    const after = old.write(sum);
    if (before !== undefined) this.#ex.lastPlace = undefined;
    if (before !== undefined && read.kind === 'convert' && isField(target)) return this.#ex.value(read);
    return before ?? after;
  }

  /** A target without side effects is computed for reading and again for writing. */
  #readTwice(target: TypedExpression): {
    readonly read: TypedExpression;
    readonly write: (sum: TypedExpression) => Value;
  } {
    const { type, span } = target;
    return {
      read: { kind: 'convert', conversion: 'load', operand: target, isExplicit: false, type, span },
      write: (value) => this.#ex.assign({ kind: 'assign', type, span, target, value }),
    };
  }

  /** One more or less in a bit-field: the sum is made of unsigned values of its width. */
  #stepField(target: Extract<TypedExpression, { kind: 'member' }>, delta: 1 | -1): Value {
    const type = typeOfField(target) ?? intType;
    const mode = modeOf(type) ?? 'SI';
    const { code } = this.#ex;
    const place = this.#ex.places.place(target);
    const unsigned = { ...type, isSigned: false };
    const width = place.bits?.width ?? 8 * type.size;
    const step = imm(BigInt.asUintN(width, BigInt(delta)));
    let value = loadField(this.#ex, place, type, undefined);
    if (type.isSigned) value = reducedToField(this.#ex, value, place, unsigned);
    value = expandBinary(code, 'add', mode, value, step);
    value = reducedToField(this.#ex, value, place, unsigned);
    if (type.isSigned) value = reducedToField(this.#ex, value, place, type);
    storeField(this.#ex, place, type, value);
    this.#ex.lastPlace = (qualsOf(target.type) & VOLATILE) === 0 ? place : undefined;
    return valueOf(value);
  }

  /** Reads a bit-field whose address is computed once. */
  #readField(target: Extract<TypedExpression, { kind: 'member' }>): {
    readonly read: TypedExpression;
    readonly write: (sum: TypedExpression) => Value;
  } {
    const type = typeOfField(target) ?? intType;
    const mode = modeOf(type) ?? 'SI';
    const place = this.#ex.places.place(target);
    const old = this.#ex.code.register(mode);
    const result = loadField(this.#ex, place, type, old);
    if (!sameOperand(result, old)) this.#ex.code.move(mode, old, result);
    const known = this.#ex.fixed({ ...target, type: { type, quals: 0 } }, valueOf(old));
    return {
      read: converted(known, target.type),
      write: (sum) => {
        const narrow = folded(convertedTo(sum, type));
        const operand = this.#ex.operandOf(this.#ex.value(narrow), mode);
        const isCut = exceedsField(narrow, place.bits?.width ?? 64, type.isSigned);
        const stored = isCut ? reducedToField(this.#ex, operand, place, type) : operand;
        storeField(this.#ex, place, type, stored);
        this.#ex.lastPlace = (qualsOf(target.type) & VOLATILE) === 0 ? place : undefined;
        return valueOf(stored);
      },
    };
  }

  /** Reads a target whose address is computed once; `write` stores the new value and says what it is. */
  #readOnce(target: TypedExpression): {
    readonly read: TypedExpression;
    readonly write: (sum: TypedExpression) => Value;
  } {
    if (isField(target)) return this.#readField(target);
    const mode = modeOf(target.type.type) ?? 'SI';
    const read: TypedExpression = {
      kind: 'convert',
      conversion: 'load',
      operand: target,
      isExplicit: false,
      type: target.type,
      span: target.span,
    };
    if (target.kind === 'object' && this.#ex.isRegisterLike(target.object)) {
      const slot = this.#ex.slotOf(target.object, mode);
      return {
        read,
        write: (sum) => {
          this.#ex.assignTo(slot, mode, sum);
          return valueOf(slot);
        },
      };
    }
    const place = this.#ex.places.place(target);
    const old = this.#ex.code.register(mode);
    const result = this.#ex.loadRight(place, target.type.type)(old);
    if (!sameOperand(result, old)) this.#ex.code.move(mode, old, result);
    return {
      read: this.#ex.fixed(target, valueOf(old)),
      write: (sum) => {
        const value = this.#ex.value(sum);
        this.#ex.store(place, target.type.type, value);
        this.#ex.lastPlace = (qualsOf(target.type) & VOLATILE) === 0 ? place : undefined;
        return value;
      },
    };
  }
}
