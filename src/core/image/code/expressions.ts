/**
 * Expressions as gcc -O0 computes them: operands into intermediate values in gimple's order, each operation as the
 * instructions that expand makes of it.
 *
 * Source: gcc/gimplify.cc, gcc/expr.cc (expand_expr_real_2, expand_assignment), gcc/convert.cc (narrowing),
 * gcc/c-family/c-common.cc (shorten_binary_op, shorten_compare); measured with gcc 12.2.
 */
import { evaluate, integerConstant } from '../../sema/constant.ts';
import { integerOf, isScalar, qualsOf, resolve, sizeOf } from '../../sema/type-relations.ts';
import { ATOMIC, VOLATILE } from '../../sema/type.ts';
import type { CType, IntegerType } from '../../sema/type.ts';
import type { ObjectSymbol, TypedBlock, TypedExpression } from '../../sema/typed-tree.ts';
import type { FrameLayout } from '../frame.ts';
import { alignmentOfCall, isAlloca } from '../stack-allocation.ts';
import { expandBinary, inMode } from './arithmetic.ts';
import { CallCoder } from './calls.ts';
import type { CodeBuffer } from './code-buffer.ts';
import { ConditionCoder } from './conditions.ts';
import { constantLoad } from './constant-objects.ts';
import { BP, FLOAT_CONSTANT, imm, isVectorMode, memAt, sameOperand } from './machine.ts';
import type { Label, Mode, Operand, Reg } from './machine.ts';
import { OperationCoder } from './operations.ts';
import { folded } from './folding/fold.ts';
import { PlaceCoder, isLvalue } from './places.ts';
import { UpdateCoder } from './updates.ts';
import { VariableLengthCoder } from './variable-length.ts';
import { exceedsField, fieldType, isField, loadField, reducedToField, storeField } from './bit-fields.ts';
import { literalPair } from './record-pairs.ts';
import { copyRecord } from './records.ts';
import { convertedTo } from './folding/nodes.ts';
import { constantValue, isSignedType, modeOf, valueOf } from './values.ts';
import type { Place, Value } from './values.ts';

type Of<Kind extends TypedExpression['kind']> = Extract<TypedExpression, { kind: Kind }>;

/** The right side of an assignment whose operands are computed: writes the operation and says where its result is. */
export type RightSide = (target: Operand | undefined) => Operand;

/** What statements provide to expressions. */
export interface StatementCoder {
  /** The statements of a statement expression. */
  block(body: Of<'statement-expression'>['body']): void;
  initialize(object: ObjectSymbol, initializer: Of<'compound-literal'>['initializer']): void;
  initializeAt(place: Place, type: CType, initializer: Of<'compound-literal'>['initializer']): void;
  labelOf(label: Of<'label-address'>['label']): Label;
}

/** Writes the code of expressions. */
export class ExpressionCoder {
  readonly code: CodeBuffer;
  readonly frame: FrameLayout;
  readonly isPic: boolean;
  readonly conditions: ConditionCoder;
  readonly places: PlaceCoder;
  readonly operations: OperationCoder;
  readonly updates: UpdateCoder;
  readonly lengths: VariableLengthCoder;
  readonly #calls: CallCoder;
  readonly #statements: StatementCoder;
  /** `register` variables by their registers. */

  constructor(code: CodeBuffer, frame: FrameLayout, isPic: boolean, statements: StatementCoder) {
    this.code = code;
    this.frame = frame;
    this.isPic = isPic;
    this.#statements = statements;
    this.conditions = new ConditionCoder(this);
    this.places = new PlaceCoder(this);
    this.operations = new OperationCoder(this);
    this.updates = new UpdateCoder(this);
    this.lengths = new VariableLengthCoder(this);
    this.#calls = new CallCoder(this);
  }

  // ------------------------------------------------------------ values

  /** The value of an expression, in the form in which an instruction can read it. */
  value(original: TypedExpression): Value {
    const expression = folded(original);
    const known = this.#invariant(expression);
    if (known !== undefined) return known;
    const mode = modeOf(expression.type.type);
    if (mode === undefined) {
      this.effect(expression);
      return constantValue(0n);
    }
    const passed = this.#passedThrough(expression);
    if (passed !== undefined) return this.value(passed);
    if (expression.kind === 'assign' || expression.kind === 'compound-assign' || isPrefix(expression)) {
      const assigned = this.#assignedVariable(expression);
      if (assigned !== undefined) return assigned;
    }
    if (expression.kind === 'increment' && !expression.isPrefix && !isField(expression.target)) {
      // The copy of the old value is the value.
      const old = this.updates.increment(expression, true);
      this.lastPlace = undefined;
      return old;
    }
    return this.#computed(mode, expression);
  }

  /** The result of an operation; that of a conditional is in an intermediate of its own already. */
  #computed(mode: Mode, expression: TypedExpression): Value {
    const right = this.rightSide(expression);
    if (expression.kind !== 'conditional' && expression.kind !== 'logical')
      return this.#temporary(mode, right);
    const result = right(undefined);
    return result.kind === 'reg' ? valueOf(result) : this.#temporary(mode, () => result);
  }

  /** A value in a fresh intermediate, also that of a variable: gimple needs a copy that later changes do not reach. */
  copied(expression: TypedExpression): Value {
    const value = this.value(expression);
    if (value.kind !== 'operand') return value;
    const mode = modeOf(expression.type.type) ?? 'SI';
    const { operand } = value;
    if (operand.kind === 'reg' && expression.kind === 'convert' && expression.conversion === 'load') {
      // A `register` variable.
      const copy = this.code.register(mode);
      this.code.emit({ op: 'move', mode, dst: copy, a: operand });
      return valueOf(copy);
    }
    if (operand.kind !== 'mem') return value;
    return valueOf(this.code.inRegister(mode, value.operand));
  }

  /** Constants, addresses that are known, and variables that are read when they are needed. */
  #invariant(expression: TypedExpression): Value | undefined {
    switch (expression.kind) {
      case 'integer':
        return constantValue(inMode(expression.value, modeOf(expression.type.type) ?? 'DI'));
      case 'floating':
        return { kind: 'float', value: expression.value };
      case 'function':
      case 'string':
      case 'address-of':
        return this.#address(expression);
      case 'error':
        return this.#known.get(expression);
      case 'convert':
        if (expression.conversion === 'load') return this.#variable(expression.operand);
        if (expression.conversion === 'decay' || expression.conversion === 'function-pointer') {
          return this.#address(expression);
        }
        break;
      default:
        break;
    }
    return this.#constant(expression);
  }

  #constant(expression: TypedExpression): Value | undefined {
    if (expression.kind === 'call' || expression.kind === 'assign') return undefined;
    // That an address is not null turns out too late to be a number.
    if (expression.kind === 'compare' && resolve(expression.left.type.type).kind === 'pointer')
      return undefined;
    const type = resolve(expression.type.type);
    if (type.kind === 'float') {
      const value = evaluate(expression, { foldObjects: false, wordBytes: 8 });
      return value?.kind === 'floating' ? { kind: 'float', value: value.value } : undefined;
    }
    if (type.kind === 'integer' || type.kind === 'enum') {
      const value = integerConstant(expression, 8);
      if (value !== undefined) return constantValue(inMode(value, modeOf(type) ?? 'DI'));
    }
    if (type.kind !== 'pointer') return undefined;
    const value = evaluate(expression, { foldObjects: false, wordBytes: 8 });
    if (value?.kind === 'integer') return constantValue(inMode(value.value, this.code.word));
    if (value?.kind !== 'address') return undefined;
    const { base, offset } = value;
    if (!('kind' in base)) return valueOf({ kind: 'symbol', symbol: 'literal', offset });
    if (base.kind === 'object' && (base.storage === 'automatic' || base.storage === 'thread'))
      return undefined;
    return base.kind === 'label' ? undefined : valueOf({ kind: 'symbol', symbol: base.name, offset });
  }

  /** A variable that gimple reads as an operand: it may have been in a register. */
  #variable(lvalue: TypedExpression): Value | undefined {
    if (lvalue.kind !== 'object' || !this.isRegisterLike(lvalue.object)) return undefined;
    return valueOf(this.slotOf(lvalue.object, modeOf(lvalue.type.type) ?? 'SI'));
  }

  isRegisterLike(object: ObjectSymbol): boolean {
    if (object.storage !== 'automatic' || object.isAddressTaken) return false;
    return (qualsOf(object.type) & (VOLATILE | ATOMIC)) === 0 && isScalar(object.type.type);
  }

  /** Whether an object lives in a register: a `register` variable, or on the i386 a compound literal of a word or two. */
  isInRegister(object: ObjectSymbol): boolean {
    if (this.frame.registers.has(object)) return true;
    if (this.code.target === 'x86_64' || object.storage !== 'automatic') return false;
    return !this.frame.offsets.has(object) && resolve(object.type.type).kind === 'record';
  }

  /** The memory or register of an automatic variable. */
  slotOf(object: ObjectSymbol, mode: Mode): Operand {
    if (!this.isInRegister(object)) return memAt(BP, this.frame.offsets.get(object) ?? -8);
    let register = this.code.variables.get(object);
    if (register === undefined) {
      register = this.code.register(mode);
      this.code.variables.set(object, register);
      if (!object.isParameter && this.frame.registers.has(object)) this.code.userVariables.add(register.no);
    }
    return register;
  }

  #address(expression: TypedExpression): Value | undefined {
    switch (expression.kind) {
      case 'function':
        return valueOf({ kind: 'symbol', symbol: expression.function.name, offset: 0 });
      case 'string':
        return valueOf({ kind: 'symbol', symbol: `literal ${expression.literal.id}`, offset: 0 });
      case 'convert':
        return expression.conversion === 'function-pointer' && expression.operand.kind !== 'function'
          ? this.value(expression.operand)
          : this.#addressOfPlace(expression.operand);
      case 'address-of':
        return this.#addressOfPlace(expression.operand);
      default:
        return undefined;
    }
  }

  #addressOfPlace(lvalue: TypedExpression): Value | undefined {
    if (lvalue.kind === 'function' || lvalue.kind === 'string') return this.#address(lvalue);
    let offset = 0;
    let root: TypedExpression = lvalue;
    while (root.kind === 'member') {
      offset += root.offset;
      root = root.base;
    }
    if (root.kind === 'compound-literal') {
      if (root.object.storage === 'automatic') this.initialize(root.object, root.initializer);
      return this.#addressOfObject(root.object, offset);
    }
    return root.kind === 'object' ? this.#addressOfObject(root.object, offset) : undefined;
  }

  #addressOfObject(object: ObjectSymbol, inside: number): Value | undefined {
    if (object.storage === 'thread') return undefined;
    if (object.storage !== 'automatic')
      return valueOf({ kind: 'symbol', symbol: object.name, offset: inside });
    const offset = this.frame.offsets.get(object);
    if (offset === undefined) return undefined;
    if (resolve(object.type.type).kind === 'array' && sizeOf(object.type.type) === undefined)
      return undefined;
    return { kind: 'frame', offset, inside };
  }

  /** Conversions that gimple does not see. */
  #passedThrough(expression: TypedExpression): TypedExpression | undefined {
    if (expression.kind === 'comma') {
      this.effect(expression.left);
      return expression.right;
    }
    if (expression.kind !== 'convert') return undefined;
    const { conversion, operand } = expression;
    if (conversion === 'none') return operand;
    if (conversion !== 'arithmetic' && conversion !== 'pointer') return undefined;
    const [to, from] = [resolve(expression.type.type), resolve(operand.type.type)];
    if (to.kind === 'pointer' && from.kind === 'pointer') return operand;
    if (to.kind === 'float') return from.kind === 'float' && from.size === to.size ? operand : undefined;
    const [toInteger, fromInteger] = [integerOf(to), integerOf(from)];
    if (toInteger === undefined || fromInteger === undefined || operand.kind === 'compare') return undefined;
    if (operand.kind === 'not' || operand.kind === 'logical') {
      return toInteger.size === 4 && toInteger.isSigned ? operand : undefined;
    }
    if (toInteger.name === '_Bool' && fromInteger.name !== '_Bool') return undefined;
    return toInteger.size === fromInteger.size && toInteger.isSigned === fromInteger.isSigned
      ? operand
      : undefined;
  }

  /** An operand for an instruction: floating constants and addresses are loaded. */
  operandOf(value: Value, mode: Mode): Operand {
    switch (value.kind) {
      case 'operand':
        return this.code.plain(value.operand);
      case 'float': {
        const target = this.code.register(mode);
        this.code.move(mode, target, this.#floatOperand(value.value));
        return target;
      }
      case 'frame': {
        const start = this.code.register(this.code.word);
        this.code.emit({ op: 'lea', mode: this.code.word, dst: start, a: memAt(BP, value.offset) });
        return value.inside === 0
          ? start
          : expandBinary(this.code, 'add', this.code.word, start, imm(value.inside));
      }
    }
  }

  /** A floating constant as the source of a move: zero needs no memory, but for the x87 unit. */
  #floatOperand(value: number): Operand {
    if (Object.is(value, 0) && this.code.target === 'x86_64') return imm(0);
    return this.code.reach(memAt(undefined, 0, FLOAT_CONSTANT));
  }

  /** The value in a register. */
  registerOf(value: Value, mode: Mode): Reg {
    return this.code.inRegister(mode, this.operandOf(value, mode));
  }

  // ------------------------------------------------------------ assignments

  /** `variable = value`; the variable is an operand. */
  assignTo(target: Operand, mode: Mode, original: TypedExpression): void {
    const expression = folded(original);
    const known = this.#invariant(expression);
    if (known !== undefined) {
      this.moveValue(mode, target, known);
      return;
    }
    const passed = this.#passedThrough(expression);
    if (passed !== undefined) {
      this.assignTo(target, mode, passed);
      return;
    }
    // Intermediate values of which one is copied to the other share a register (gcc/tree-ssa-coalesce.cc).
    if (expression.kind === 'conditional' && target.kind === 'reg' && !this.#isVariable(target)) {
      const merged = this.#conditional(expression, target)(undefined);
      if (!sameOperand(merged, target)) this.code.move(mode, target, merged);
      return;
    }
    const result = (this.#foldedLoad(expression) ?? this.rightSide(expression))(target);
    if (!sameOperand(result, target)) this.code.move(mode, target, result);
  }

  /** `p[2]` as the whole right side is read with a displacement; elsewhere the address is computed. */
  #foldedLoad(expression: TypedExpression): RightSide | undefined {
    if (
      expression.kind !== 'convert' ||
      expression.conversion !== 'load' ||
      expression.operand.kind !== 'deref'
    ) {
      return undefined;
    }
    const { operand: sum } = expression.operand;
    if (sum.kind !== 'pointer-add') return undefined;
    const index = integerConstant(sum.index, 8);
    const type = resolve(sum.type.type);
    const isArray = sum.pointer.kind === 'convert' && sum.pointer.conversion === 'decay';
    if (index === undefined || isArray || type.kind !== 'pointer') return undefined;
    const bytes = Number(index) * (sizeOf(type.target.type) ?? 1);
    const pointer = this.value(sum.pointer);
    const place: Place = {
      base: { kind: 'pointer', pointer },
      offset: sum.subtract ? -bytes : bytes,
      terms: [],
      bits: undefined,
    };
    return this.loadRight(place, expression.type.type);
  }

  moveValue(mode: Mode, target: Operand, value: Value): void {
    if (value.kind === 'float') {
      const constant = this.#floatOperand(value.value);
      if (target.kind === 'reg') this.code.move(mode, target, constant);
      else this.code.move(mode, target, this.operandOf(value, mode));
      return;
    }
    if (value.kind === 'frame' && value.inside === 0 && target.kind === 'reg') {
      this.code.emit({ op: 'lea', mode, dst: target, a: memAt(BP, value.offset) });
      return;
    }
    this.code.move(mode, target, this.operandOf(value, mode));
  }

  /** Stores a value into a place; its address is computed first. */
  store(place: Place, type: CType, value: Value): void {
    if (place.bits !== undefined) {
      const declared = integerOf(type);
      if (declared === undefined) return;
      const own = fieldType(place.bits.width, declared);
      storeField(this, place, own, this.operandOf(value, modeOf(own) ?? 'SI'));
      return;
    }
    const mode = modeOf(type) ?? this.code.word;
    const target = this.places.memory(place);
    this.moveValue(mode, target, value);
  }

  /** `target = value` as an expression statement or as a value; gives what the assignment's value is. */
  assign(expression: Of<'assign'>): Value {
    const { target, value } = expression;
    const mode = modeOf(target.type.type);
    if (mode === undefined) {
      this.recordInto(value, this.places.place(target));
      return constantValue(0n);
    }
    if (target.kind === 'object' && this.isRegisterLike(target.object)) {
      const slot = this.slotOf(target.object, mode);
      // A variable that is assigned to itself stays what it is.
      const known = this.#invariant(value);
      if (known?.kind === 'operand' && sameOperand(known.operand, slot)) return known;
      this.assignTo(slot, mode, value);
      return valueOf(slot);
    }
    if (isField(target)) return this.#assignField(target, value);
    // The operands of the value come before the place, the value itself behind it.
    let inner = folded(value);
    for (let below = this.#passedThrough(inner); below !== undefined; below = this.#passedThrough(inner)) {
      inner = below;
    }
    const known = this.#invariant(inner);
    const isMerged = inner.kind === 'conditional' || inner.kind === 'logical';
    const merged = known ?? (isMerged ? this.#computed(mode, inner) : undefined);
    const right = merged === undefined ? (this.#foldedLoad(inner) ?? this.rightSide(inner)) : undefined;
    const place = this.places.place(target);
    const stored = merged ?? this.#temporary(mode, right);
    this.store(place, target.type.type, stored);
    this.lastPlace = (qualsOf(target.type) & VOLATILE) === 0 ? place : undefined;
    return stored;
  }

  #assignField(target: Extract<TypedExpression, { kind: 'member' }>, value: TypedExpression): Value {
    const declared = integerOf(target.type.type);
    if (declared === undefined) return this.value(value);
    const stored = this.storeFieldValue(
      () => this.places.place(target),
      target.member.bitWidth ?? 0,
      declared,
      value,
    );
    return stored;
  }

  /**
   * A value into a bit-field. Arithmetic comes before the place; a conversion, and what is cut to the bits of the field,
   * behind it.
   */
  storeFieldValue(placeOf: () => Place, width: number, declared: IntegerType, value: TypedExpression): Value {
    const type = fieldType(width, declared);
    const mode = modeOf(type) ?? 'SI';
    const narrow = folded(convertedTo(value, type));
    const isCut = exceedsField(narrow, width, type.isSigned);
    const isComputed = isCut && narrow.kind !== 'convert';
    const known = isComputed ? this.value(narrow) : this.#invariant(narrow);
    const right = known === undefined ? this.rightSide(narrow) : undefined;
    const place = placeOf();
    if (!isCut) {
      const whole = right?.(undefined) ?? (known === undefined ? imm(0) : this.operandOf(known, mode));
      storeField(this, place, type, whole);
      this.lastPlace = place;
      return valueOf(whole);
    }
    const operand = right?.(undefined) ?? (known === undefined ? imm(0) : this.operandOf(known, mode));
    const stored = reducedToField(this, operand, place, type);
    storeField(this, place, type, stored);
    this.lastPlace = place;
    return valueOf(stored);
  }

  /** Where the last assignment stored to: its value is read again from there. */
  lastPlace: Place | undefined = undefined;

  #takeLastPlace(): Place | undefined {
    const place = this.lastPlace;
    this.lastPlace = undefined;
    return place;
  }

  /** The variable that an assignment to an operand leaves its value in. */
  #assignedVariable(expression: Of<'assign' | 'compound-assign' | 'increment'>): Value | undefined {
    const { target } = expression;
    if (target.kind !== 'object' || !this.isRegisterLike(target.object)) return undefined;
    this.effect(expression);
    return valueOf(this.slotOf(target.object, modeOf(target.type.type) ?? 'SI'));
  }

  /** The value of an assignment: the variable, or what its place now holds. */
  #assigned(expression: TypedExpression, assign: () => Value): RightSide {
    this.lastPlace = undefined;
    const value = assign();
    const place = this.#takeLastPlace();
    const declared = integerOf(expression.type.type);
    if (place?.bits !== undefined && declared !== undefined) {
      const own = fieldType(place.bits.width, declared);
      const [from, to] = [modeOf(own) ?? 'SI', modeOf(declared) ?? 'SI'];
      return (target) => {
        const field = this.code.inRegister(from, loadField(this, place, own, undefined));
        return this.operations.extend(valueOf(field), from, own.isSigned, to, target);
      };
    }
    return place === undefined ? this.ready(value, expression) : this.loadRight(place, expression.type.type);
  }

  /** The result of an operation in an intermediate of its own. */
  #temporary(mode: Mode, right: RightSide | undefined): Value {
    const temporary = this.code.register(mode);
    const result = right?.(temporary) ?? temporary;
    if (!sameOperand(result, temporary)) this.code.move(mode, temporary, result);
    return valueOf(temporary);
  }

  /** Puts a record into a place. */
  recordInto(expression: TypedExpression, target: Place): void {
    let inner = expression;
    while (inner.kind === 'convert') inner = inner.operand;
    switch (inner.kind) {
      case 'call':
        this.#calls.recordResult(inner, target);
        return;
      case 'comma':
        this.effect(inner.left);
        this.recordInto(inner.right, target);
        return;
      case 'conditional':
        if (inner.then !== undefined) {
          this.#recordConditional(inner, inner.then, target);
          return;
        }
        break;
      case 'statement-expression':
        this.#statements.block(inner.body);
        if (inner.value !== undefined) this.recordInto(inner.value, target);
        return;
      case 'assign': {
        this.assign(inner);
        const from = this.places.place(inner.target);
        copyRecord(this, target, from, inner.type);
        return;
      }
      case 'compound-literal':
        // gimplify.cc (gimplify_modify_expr_rhs): the literal itself is left out.
        if (inner.object.storage !== 'automatic' || inner.object.isAddressTaken) break;
        literalPair(this, inner.object);
        this.#statements.initializeAt(target, inner.type.type, inner.initializer);
        return;
      default:
        break;
    }
    if (!isLvalue(inner)) {
      this.code.doubt(`record from ${inner.kind}`);
      return;
    }
    copyRecord(this, target, this.places.place(inner), inner.type);
  }

  #recordConditional(expression: Of<'conditional'>, then: TypedExpression, target: Place): void {
    this.eitherRecord(expression.condition, (isThen) =>
      this.recordInto(isThen ? then : expression.otherwise, target),
    );
  }

  /** Both arms of a conditional whose value is a record. */
  eitherRecord(condition: TypedExpression, arm: (isThen: boolean) => void): void {
    const [yes, no, end] = [this.code.newLabel(), this.code.newLabel(), this.code.newLabel()];
    this.conditions.branch(condition, yes, no, 'true');
    this.code.label(yes);
    arm(true);
    this.code.jump(end);
    this.code.label(no);
    arm(false);
    this.code.label(end);
  }

  /** The record that a call gives, in a pair of registers. */
  recordOfCall(call: Of<'call'>): Reg {
    return this.#calls.pairResult(call);
  }

  /** The statements in front of a value. */
  runBlock(body: TypedBlock): void {
    this.#statements.block(body);
  }

  // ------------------------------------------------------------ effects

  /** An expression whose value nobody wants. */
  effect(expression: TypedExpression): void {
    switch (expression.kind) {
      case 'assign':
        this.assign(expression);
        return;
      case 'compound-assign':
        this.updates.compoundAssign(expression);
        return;
      case 'increment':
        this.updates.increment(expression, false);
        return;
      case 'call':
        this.#calls.call(expression, undefined, false);
        return;
      case 'comma':
        this.effect(expression.left);
        this.effect(expression.right);
        return;
      case 'convert':
        if (expression.conversion === 'load' && (qualsOf(expression.operand.type) & VOLATILE) !== 0) {
          if (modeOf(expression.type.type) !== undefined) {
            this.value(expression);
            return;
          }
          this.code.doubt('volatile record');
        }
        this.effect(expression.operand);
        return;
      case 'conditional': {
        const { then } = expression;
        const [yes, no, end] = [this.code.newLabel(), this.code.newLabel(), this.code.newLabel()];
        this.conditions.branch(expression.condition, yes, no, 'true');
        this.code.label(yes);
        if (then !== undefined) this.effect(then);
        this.code.jump(end);
        this.code.label(no);
        this.effect(expression.otherwise);
        this.code.label(end);
        return;
      }
      case 'logical': {
        const [yes, no] = [this.code.newLabel(), this.code.newLabel()];
        const [first, second] = expression.operator === '&&' ? [yes, no] : [no, yes];
        this.conditions.branch(
          expression.left,
          first,
          second,
          expression.operator === '&&' ? 'true' : 'false',
        );
        this.code.label(yes);
        this.effect(expression.right);
        this.code.label(no);
        return;
      }
      case 'statement-expression':
        this.#statements.block(expression.body);
        if (expression.value !== undefined) this.effect(expression.value);
        return;
      case 'builtin':
        this.#calls.builtin(expression, undefined, false);
        return;
      case 'arithmetic':
      case 'compare':
        this.effect(expression.left);
        this.effect(expression.right);
        return;
      case 'negate':
      case 'complement':
      case 'not':
      case 'deref':
        this.effect(expression.operand);
        return;
      case 'pointer-add':
        this.effect(expression.pointer);
        this.effect(expression.index);
        return;
      case 'compound-literal':
        this.places.place(expression);
        return;
      case 'member':
        this.effect(expression.base);
        return;
      default:
        return;
    }
  }

  readonly #known = new Map<TypedExpression, Value>();

  /** An expression that stands for a value. */
  fixed(like: TypedExpression, value: Value): TypedExpression {
    const node: TypedExpression = { kind: 'error', type: like.type, span: like.span };
    this.#known.set(node, value);
    return node;
  }

  // ------------------------------------------------------------ right sides

  /** Computes the operands of an expression; the operation itself is written when the result is asked for. */
  rightSide(expression: TypedExpression): RightSide {
    switch (expression.kind) {
      case 'convert':
        return this.#convert(expression);
      case 'arithmetic':
        return this.operations.arithmetic(expression);
      case 'negate':
      case 'complement':
        return this.operations.unary(expression);
      case 'pointer-add':
        return this.operations.pointerAdd(expression);
      case 'pointer-difference':
        return this.operations.pointerDifference(expression);
      case 'compare':
      case 'not':
        return this.#truth(expression);
      case 'logical':
        return this.#logical(expression);
      case 'conditional':
        return this.#conditional(expression);
      case 'call':
        if (isAlloca(expression)) return this.#alloca(expression);
        return this.#calls.rightSide(expression);
      case 'builtin': {
        if (isAlloca(expression)) return this.#alloca(expression);
        const own = this.operations.compilerOperation(expression);
        if (own !== undefined) return own;
        return (target) => this.#calls.builtin(expression, target, true);
      }
      case 'assign':
        return this.#assigned(expression, () => this.assign(expression));
      case 'compound-assign':
        return this.#assigned(expression, () => this.updates.compoundAssign(expression));
      case 'increment':
        return this.#assigned(expression, () => this.updates.increment(expression, true));
      case 'address-of':
        return this.#addressRight(expression.operand);
      case 'statement-expression':
        this.#statements.block(expression.body);
        return expression.value === undefined
          ? () => imm(0)
          : this.ready(this.value(expression.value), expression);
      case 'comma':
        this.effect(expression.left);
        return this.rightSide(expression.right);
      case 'object':
      case 'deref':
      case 'member':
      case 'compound-literal':
        return this.loadRight(this.places.place(expression), expression.type.type);
      case 'vla-size': {
        const bytes = this.lengths.sizeOf(expression.operand) ?? imm(0);
        return () => bytes;
      }
      case 'label-address':
        return () => ({ kind: 'symbol', symbol: `label ${expression.label.name}`, offset: 0 });
      default: {
        const value = this.#invariant(expression);
        if (value === undefined) this.code.doubt(expression.kind);
        return () =>
          value === undefined ? imm(0) : this.operandOf(value, modeOf(expression.type.type) ?? 'SI');
      }
    }
  }

  #alloca(call: Of<'call'> | Of<'builtin'>): RightSide {
    const [size] = call.args;
    const address = size === undefined ? imm(0) : this.lengths.allocateBytes(size, alignmentOfCall(call));
    return () => address;
  }

  ready(value: Value, expression: TypedExpression): RightSide {
    const mode = modeOf(expression.type.type) ?? 'SI';
    return () => this.operandOf(value, mode);
  }

  #addressRight(lvalue: TypedExpression): RightSide {
    const place = this.places.place(lvalue);
    return (target) => this.places.addressValue(place, target);
  }

  loadRight(place: Place, type: CType): RightSide {
    const { bits } = place;
    const declared = integerOf(type);
    if (bits !== undefined && declared !== undefined) {
      return (target) => loadField(this, place, fieldType(bits.width, declared), target);
    }
    return () => this.places.memory(place);
  }

  #convert(expression: Of<'convert'>): RightSide {
    const { conversion, operand } = expression;
    switch (conversion) {
      case 'load': {
        const constant = constantLoad(operand);
        if (constant !== undefined) return () => imm(constant);
        return this.loadRight(this.places.place(operand), expression.type.type);
      }
      case 'decay':
        return this.#addressRight(operand);
      case 'function-pointer':
      case 'none':
      case 'to-void':
        return this.rightSide(operand);
      case 'arithmetic':
      case 'pointer':
        return this.operations.conversion(expression);
    }
  }

  #truth(expression: Of<'compare' | 'not'>): RightSide {
    return this.conditions.asInteger(expression, modeOf(expression.type.type) ?? 'SI');
  }

  /** `a && b` as a value: 1 or 0 by way of jumps. */
  #logical(expression: Of<'logical'>): RightSide {
    const result = this.code.register('SI');
    const [yes, no, end] = [this.code.newLabel(), this.code.newLabel(), this.code.newLabel()];
    this.conditions.branch(expression, yes, no, 'true');
    this.code.label(yes);
    this.code.emit({ op: 'move', mode: 'SI', dst: result, a: imm(1) });
    this.code.jump(end);
    this.code.label(no);
    this.code.emit({ op: 'move', mode: 'SI', dst: result, a: imm(0) });
    this.code.label(end);
    return () => result;
  }

  #isVariable({ no }: Reg): boolean {
    return [...this.code.variables.values()].some((one) => one.no === no);
  }

  /** Both branches of a conditional merge in one register, a fresh one where none is given. */
  #conditional(expression: Of<'conditional'>, into?: Reg): RightSide {
    const mode = modeOf(expression.type.type);
    const result = into ?? this.code.register(mode ?? 'SI');
    const [yes, no, end] = [this.code.newLabel(), this.code.newLabel(), this.code.newLabel()];
    const known = integerConstant(expression.condition, 8);
    if (expression.then === undefined) {
      const conditionMode = modeOf(expression.condition.type.type) ?? 'SI';
      if (conditionMode === mode && !isVectorMode(mode)) {
        // The value is the result until it turns out to be zero.
        this.assignTo(result, mode, expression.condition);
        this.code.emit({ op: 'compare', mode, a: result, b: imm(0), isTest: false });
        this.code.branch('ne', end);
        this.assignTo(result, mode, expression.otherwise);
        this.code.label(end);
        return () => result;
      }
      const value = this.value(expression.condition);
      const copy = this.code.inRegister(conditionMode, this.operandOf(value, conditionMode));
      this.code.emit({ op: 'compare', mode: conditionMode, a: copy, b: imm(0), isTest: false });
      this.code.branch('e', no);
      this.code.label(yes);
      const same = this.operations.extend(
        valueOf(copy),
        conditionMode,
        isSignedType(expression.condition.type.type),
        mode ?? 'SI',
        result,
      );
      this.code.move(mode ?? 'SI', result, same);
    } else {
      if (known !== undefined) return this.rightSide(known === 0n ? expression.otherwise : expression.then);
      this.conditions.branch(expression.condition, yes, no, 'true');
      this.code.label(yes);
      this.assignTo(result, mode ?? 'SI', expression.then);
    }
    this.code.jump(end);
    this.code.label(no);
    this.assignTo(result, mode ?? 'SI', expression.otherwise);
    this.code.label(end);
    return () => result;
  }

  /** The label of a computed jump's target. */
  labelOf(label: Of<'label-address'>['label']): Label {
    return this.#statements.labelOf(label);
  }

  /** The code of an initialiser. */
  initialize(object: ObjectSymbol, initializer: Of<'compound-literal'>['initializer']): void {
    this.#statements.initialize(object, initializer);
  }
}

function isPrefix(expression: TypedExpression): expression is Of<'increment'> {
  return expression.kind === 'increment' && expression.isPrefix;
}
