/**
 * Expressions as gcc -O0 computes them: operands into intermediate values in gimple's order, each operation as the
 * instructions that expand makes of it.
 *
 * Source: gcc/gimplify.cc, gcc/expr.cc (expand_expr_real_2, expand_assignment), gcc/convert.cc (narrowing),
 * gcc/c-family/c-common.cc (shorten_binary_op, shorten_compare); measured with gcc 12.2.
 */
import { evaluate, integerConstant } from '../../sema/constant.ts';
import { exchangesOperands } from '../../sema/operand-order.ts';
import { integerOf, isScalar, qualsOf, resolve, sizeOf } from '../../sema/type-relations.ts';
import { ATOMIC, VOLATILE } from '../../sema/type.ts';
import type { CType, IntegerType } from '../../sema/type.ts';
import type { ObjectSymbol, TypedExpression } from '../../sema/typed-tree.ts';
import type { FrameLayout } from '../frame.ts';
import { hasSideEffects } from '../tree-walk.ts';
import {
  expandBinary,
  expandDivision,
  expandMultiply,
  expandShift,
  expandUnary,
  expandVariableShift,
  inMode,
  swapsForTarget,
} from './arithmetic.ts';
import { CallCoder } from './calls.ts';
import type { CodeBuffer } from './code-buffer.ts';
import { ConditionCoder } from './conditions.ts';
import { constantLoad } from './constant-objects.ts';
import { AX, BP, THREAD, imm, isVectorMode, memAt, modeBytes, reg, sameOperand } from './machine.ts';
import type { Condition, Label, Mem, Mode, Operand, Reg, VectorOperation } from './machine.ts';
import { narrowedConversion, shortenedArithmetic, shortenedPointerIndex } from './narrowing.ts';
import { copyRecord, expandBitFieldLoad, expandBitFieldStore } from './records.ts';
import { constantValue, directOperand, integerMode, isSignedType, modeOf, valueOf } from './values.ts';
import type { Place, Term, ThreadModel, Value } from './values.ts';

type Of<Kind extends TypedExpression['kind']> = Extract<TypedExpression, { kind: Kind }>;

/** The right side of an assignment whose operands are computed: writes the operation and says where its result is. */
export type RightSide = (target: Operand | undefined) => Operand;

/** What statements provide to expressions. */
export interface StatementCoder {
  /** The statements of a statement expression. */
  block(body: Of<'statement-expression'>['body']): void;
  initialize(object: ObjectSymbol, initializer: Of<'compound-literal'>['initializer']): void;
  labelOf(label: Of<'label-address'>['label']): Label;
}

/** Writes the code of expressions. */
export class ExpressionCoder {
  readonly code: CodeBuffer;
  readonly frame: FrameLayout;
  readonly isPic: boolean;
  readonly conditions: ConditionCoder;
  readonly #calls: CallCoder;
  readonly #statements: StatementCoder;
  /** `register` variables by their registers. */
  readonly #registers = new Map<ObjectSymbol, Reg>();

  constructor(code: CodeBuffer, frame: FrameLayout, isPic: boolean, statements: StatementCoder) {
    this.code = code;
    this.frame = frame;
    this.isPic = isPic;
    this.#statements = statements;
    this.conditions = new ConditionCoder(this);
    this.#calls = new CallCoder(this);
  }

  // ------------------------------------------------------------ values

  /** The value of an expression, in the form in which an instruction can read it. */
  value(expression: TypedExpression): Value {
    const known = this.#invariant(expression);
    if (known !== undefined) return known;
    const mode = modeOf(expression.type.type);
    if (mode === undefined) {
      this.effect(expression);
      return constantValue(0n);
    }
    const passed = this.#passedThrough(expression);
    if (passed !== undefined) return this.value(passed);
    return this.#temporary(mode, this.rightSide(expression));
  }

  /** A value in a fresh intermediate, also that of a variable: gimple needs a copy that later changes do not reach. */
  copied(expression: TypedExpression): Value {
    const value = this.value(expression);
    if (value.kind !== 'operand' || value.operand.kind !== 'mem') return value;
    const mode = modeOf(expression.type.type) ?? 'SI';
    return valueOf(this.code.inRegister(mode, value.operand));
  }

  /** Constants, addresses that are known, and variables that are read when they are needed. */
  #invariant(expression: TypedExpression): Value | undefined {
    switch (expression.kind) {
      case 'integer':
        return constantValue(expression.value);
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
    const type = resolve(expression.type.type);
    if (type.kind === 'float') {
      const value = evaluate(expression, { foldObjects: false, wordBytes: 8 });
      return value?.kind === 'floating' ? { kind: 'float', value: value.value } : undefined;
    }
    if (type.kind === 'integer' || type.kind === 'enum') {
      const value = integerConstant(expression, 8);
      if (value !== undefined) return constantValue(value);
    }
    if (type.kind !== 'pointer') return undefined;
    const value = evaluate(expression, { foldObjects: false, wordBytes: 8 });
    if (value?.kind === 'integer') return constantValue(inMode(value.value, 'DI'));
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

  /** The memory or register of an automatic variable. */
  slotOf(object: ObjectSymbol, mode: Mode): Operand {
    if (!this.frame.registers.has(object)) return memAt(BP, this.frame.offsets.get(object) ?? -8);
    let register = this.#registers.get(object);
    if (register === undefined) {
      register = this.code.register(mode);
      this.#registers.set(object, register);
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
      this.#statements.initialize(root.object, root.initializer);
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
    if (expression.kind === 'arithmetic') return this.#withoutIdentity(expression);
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

  /** What is left of an operation that changes nothing: `x + 0`; what `y * 0` would have done comes first. */
  #withoutIdentity(expression: Of<'arithmetic'>): TypedExpression | undefined {
    const { operator, left, right } = expression;
    if (operator === '+' || operator === '-') {
      if (isZeroProduct(right)) {
        this.effect(right);
        return left;
      }
      if (operator === '+' && isZeroProduct(left)) {
        this.effect(left);
        return right;
      }
    }
    return operandOfIdentity(expression);
  }

  /** An operand for an instruction: floating constants and addresses are loaded. */
  operandOf(value: Value, mode: Mode): Operand {
    switch (value.kind) {
      case 'operand':
        return value.operand;
      case 'float': {
        const target = this.code.register(mode);
        this.code.emit({ op: 'move', mode, dst: target, a: floatOperand(value.value) });
        return target;
      }
      case 'frame': {
        const start = this.code.register('DI');
        this.code.emit({ op: 'lea', mode: 'DI', dst: start, a: memAt(BP, value.offset) });
        return value.inside === 0 ? start : expandBinary(this.code, 'add', 'DI', start, imm(value.inside));
      }
    }
  }

  /** The value in a register. */
  registerOf(value: Value, mode: Mode): Reg {
    return this.code.inRegister(mode, this.operandOf(value, mode));
  }

  // ------------------------------------------------------------ places

  /** An lvalue: pointers and indices are computed, the address is not yet. */
  place(lvalue: TypedExpression): Place {
    switch (lvalue.kind) {
      case 'object':
        return this.#placeOfObject(lvalue.object);
      case 'string':
        return {
          base: { kind: 'symbol', symbol: 'literal', thread: undefined },
          offset: 0,
          terms: [],
          bits: undefined,
        };
      case 'compound-literal':
        if (lvalue.object.storage === 'automatic')
          this.#statements.initialize(lvalue.object, lvalue.initializer);
        return this.#placeOfObject(lvalue.object);
      case 'member': {
        const base = this.place(lvalue.base);
        const { bitWidth, bitOffset, offset } = lvalue.member;
        if (bitWidth === undefined) return { ...base, offset: base.offset + lvalue.offset };
        const start = (lvalue.offset - offset) * 8 + (bitOffset ?? 0);
        return { ...base, bits: { start, width: bitWidth } };
      }
      case 'deref':
        return this.#placeOfPointer(lvalue.operand);
      case 'convert':
        return this.place(lvalue.operand);
      case 'real-part':
        return this.place(lvalue.operand);
      case 'imaginary-part': {
        const place = this.place(lvalue.operand);
        return { ...place, offset: place.offset + (sizeOf(lvalue.type.type) ?? 0) };
      }
      default:
        return { base: this.#temporaryOf(lvalue), offset: 0, terms: [], bits: undefined };
    }
  }

  /** A record that is the value of an expression lies in a temporary. */
  #temporaryOf(expression: TypedExpression): Place['base'] {
    const offset = this.frame.temporaries.get(expression) ?? -16;
    this.recordInto(expression, { base: { kind: 'frame', offset }, offset: 0, terms: [], bits: undefined });
    return { kind: 'frame', offset };
  }

  #placeOfObject(object: ObjectSymbol): Place {
    const none = { offset: 0, terms: [], bits: undefined };
    if (object.storage !== 'automatic') {
      return {
        base: { kind: 'symbol', symbol: object.name, thread: threadModel(object) },
        ...none,
      };
    }
    const slot = this.slotOf(object, modeOf(object.type.type) ?? 'DI');
    if (slot.kind === 'reg') return { base: { kind: 'register', no: slot.no }, ...none };
    const offset = this.frame.offsets.get(object) ?? -8;
    if (resolve(object.type.type).kind === 'array' && sizeOf(object.type.type) === undefined) {
      this.code.doubt('variable length array');
      return { base: { kind: 'pointer', pointer: valueOf(memAt(BP, offset)) }, ...none };
    }
    return { base: { kind: 'frame', offset }, ...none };
  }

  #placeOfPointer(pointer: TypedExpression): Place {
    if (pointer.kind === 'convert' && pointer.conversion === 'none')
      return this.#placeOfPointer(pointer.operand);
    if (pointer.kind === 'convert' && pointer.conversion === 'decay') return this.place(pointer.operand);
    if (pointer.kind === 'address-of') return this.place(pointer.operand);
    if (pointer.kind === 'pointer-add') {
      const { pointer: start, index, subtract } = pointer;
      const isArray =
        start.kind === 'convert' && start.conversion === 'decay' && start.operand.kind !== 'compound-literal';
      if (isArray && !subtract) {
        const size = sizeOf(
          (resolve(pointer.type.type) as { target?: { type: CType } }).target?.type ?? pointer.type.type,
        );
        const place = this.place(start.operand);
        return this.#indexed(place, index, size ?? 1);
      }
    }
    const value = this.value(pointer);
    const none = { terms: [], bits: undefined };
    if (value.kind === 'frame')
      return { base: { kind: 'frame', offset: value.offset }, offset: value.inside, ...none };
    if (value.kind === 'operand' && value.operand.kind === 'symbol') {
      const { symbol, offset } = value.operand;
      return { base: { kind: 'symbol', symbol, thread: undefined }, offset, ...none };
    }
    return { base: { kind: 'pointer', pointer: value }, offset: 0, ...none };
  }

  #indexed(place: Place, index: TypedExpression, size: number): Place {
    const constant = integerConstant(index, 8);
    if (constant !== undefined) return { ...place, offset: place.offset + Number(constant) * size };
    const mode = modeOf(index.type.type) ?? 'SI';
    const term: Term = { index: this.value(index), mode, isSigned: isSignedType(index.type.type), size };
    return { ...place, terms: [term, ...place.terms] };
  }

  /** The memory operand of a place: loads its pointer, computes its indices. */
  memory(place: Place): Operand {
    const direct = directOperand(place);
    if (direct !== undefined) return direct;
    const { base } = place;
    let pointer: number | undefined;
    let symbolic: { readonly symbol: string; readonly thread: ThreadModel | undefined } | undefined;
    let { offset } = place;
    switch (base.kind) {
      case 'pointer': {
        const operand = this.operandOf(base.pointer, 'DI');
        if (operand.kind === 'symbol') {
          symbolic = { symbol: operand.symbol, thread: undefined };
          offset += operand.offset;
        } else pointer = this.code.inRegister('DI', operand).no;
        break;
      }
      case 'frame':
        pointer = BP;
        offset += base.offset;
        break;
      case 'symbol':
        symbolic = base;
        break;
      case 'register':
        return reg(base.no);
    }
    if (symbolic?.thread !== undefined) {
      const { symbol, thread } = symbolic;
      if (thread === 'initial') {
        const distance = this.code.inRegister('DI', memAt(undefined, 0, symbol));
        if (place.terms.length === 0) return memAt(distance.no, offset, THREAD);
        this.code.doubt('thread-local object');
      }
      const { register, scale } = this.#sumOfTerms(place.terms);
      const isScale = scale === 1 || scale === 2 || scale === 4 || scale === 8;
      if (!isScale) this.code.doubt('thread-local object');
      return {
        kind: 'mem',
        base: undefined,
        index: register.no,
        scale: isScale ? scale : 1,
        disp: offset,
        symbol: THREAD + symbol,
      };
    }
    if (place.terms.length === 0) {
      return symbolic === undefined ? memAt(pointer, offset) : memAt(undefined, offset, symbolic.symbol);
    }
    return this.#indexedMemory(place.terms, pointer, symbolic?.symbol, offset);
  }

  #indexedMemory(
    terms: readonly Term[],
    pointer: number | undefined,
    symbol: string | undefined,
    offset: number,
  ): Mem {
    const { register, scale } = this.#sumOfTerms(terms);
    const fits = scale === 1 || scale === 2 || scale === 4 || scale === 8;
    if (symbol !== undefined && this.isPic) {
      const scaled = scale === 1 ? register : expandMultiply(this.code, 'DI', register, imm(scale));
      const start = this.code.inRegister('DI', { kind: 'symbol', symbol, offset });
      return this.#based(scaled, start.no);
    }
    if (symbol !== undefined) {
      const index = fits
        ? register
        : this.code.inRegister('DI', expandMultiply(this.code, 'DI', register, imm(scale)));
      return { kind: 'mem', base: undefined, index: index.no, scale: fits ? scale : 1, disp: offset, symbol };
    }
    if (fits) {
      const isPlain = scale === 1 && pointer !== BP;
      return {
        kind: 'mem',
        base: pointer,
        index: register.no,
        scale: isPlain ? 1 : scale,
        disp: offset,
        symbol: undefined,
      };
    }
    const scaled = this.code.inRegister('DI', expandMultiply(this.code, 'DI', register, imm(scale)));
    return { kind: 'mem', base: pointer, index: scaled.no, scale: 1, disp: offset, symbol: undefined };
  }

  #based(scaled: Operand, start: number): Mem {
    const index = this.code.inRegister('DI', scaled);
    return { kind: 'mem', base: index.no, index: start, scale: 1, disp: 0, symbol: undefined };
  }

  /** i * 4 + j * 16 is (i + j * 4) * 4: the common power of two is the scale. */
  #sumOfTerms(terms: readonly Term[]): { readonly register: Reg; readonly scale: number } {
    const [first, ...rest] = terms;
    if (first === undefined) return { register: this.code.register('DI'), scale: 1 };
    let register = this.#wideIndex(first);
    let scale = first.size;
    for (const term of rest) {
      const other = this.#wideIndex(term);
      const smaller = Math.min(scale, term.size);
      const isCommon =
        smaller > 0 && (smaller & (smaller - 1)) === 0 && Math.max(scale, term.size) % smaller === 0;
      const common = isCommon ? smaller : 1;
      const times = (one: Reg, size: number): Operand =>
        size === common ? one : expandMultiply(this.code, 'DI', one, imm(size / common));
      const left = times(register, scale);
      const right = times(other, term.size);
      register = this.code.inRegister('DI', expandBinary(this.code, 'add', 'DI', right, left));
      scale = common;
    }
    return { register, scale };
  }

  #wideIndex(term: Term): Reg {
    const operand = this.operandOf(term.index, term.mode);
    if (term.mode === 'DI') return this.code.inRegister('DI', operand);
    const wide = this.code.register('DI');
    const isDirect = !term.isSigned || term.mode !== 'SI';
    const a = isDirect ? operand : this.code.inRegister(term.mode, operand);
    this.code.emit({ op: 'extend', mode: 'DI', from: term.mode, isSigned: term.isSigned, dst: wide, a });
    return wide;
  }

  /** Address of a place as a value. */
  #addressValue(place: Place, target: Operand | undefined): Operand {
    const { base, offset, terms } = place;
    const start = this.#startOf(base);
    if (terms.length === 0) {
      if (start.kind === 'symbol') return { ...start, offset: start.offset + offset };
      return offset === 0 ? start : expandBinary(this.code, 'add', 'DI', start, imm(offset), target);
    }
    const { register, scale } = this.#sumOfTerms(terms);
    const scaled = scale === 1 ? register : expandMultiply(this.code, 'DI', register, imm(scale));
    if (start.kind === 'symbol') {
      const symbol = this.code.inRegister('DI', { ...start, offset: start.offset + offset });
      return expandBinary(this.code, 'add', 'DI', scaled, symbol, target);
    }
    if (offset === 0) return expandBinary(this.code, 'add', 'DI', start, scaled, target);
    const moved = expandBinary(this.code, 'add', 'DI', scaled, imm(offset));
    return expandBinary(this.code, 'add', 'DI', start, moved, target);
  }

  /** The address of a thread-local object: the thread pointer and a distance. */
  #threadAddress(symbol: string, thread: ThreadModel): Operand {
    const pointer = this.code.register('DI');
    this.code.emit({ op: 'move', mode: 'DI', dst: pointer, a: memAt(undefined, 0, THREAD) });
    if (thread === 'local') return expandBinary(this.code, 'add', 'DI', pointer, imm(FAR));
    const distance = this.code.inRegister('DI', memAt(undefined, 0, symbol));
    return expandBinary(this.code, 'add', 'DI', distance, pointer);
  }

  #startOf(base: Place['base']): Operand {
    switch (base.kind) {
      case 'frame':
        return this.operandOf({ kind: 'frame', offset: base.offset, inside: 0 }, 'DI');
      case 'symbol':
        if (base.thread !== undefined) return this.#threadAddress(base.symbol, base.thread);
        return { kind: 'symbol', symbol: base.symbol, offset: 0 };
      case 'register':
        return reg(base.no);
      case 'pointer':
        return this.operandOf(base.pointer, 'DI');
    }
  }

  // ------------------------------------------------------------ assignments

  /** `variable = value`; the variable is an operand. */
  assignTo(target: Operand, mode: Mode, expression: TypedExpression): void {
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
    return this.#loadRight(place, expression.type.type);
  }

  moveValue(mode: Mode, target: Operand, value: Value): void {
    if (value.kind === 'float') {
      const constant = floatOperand(value.value);
      if (target.kind === 'reg') this.code.emit({ op: 'move', mode, dst: target, a: constant });
      else this.code.move(mode, target, this.operandOf(value, mode));
      return;
    }
    this.code.move(mode, target, this.operandOf(value, mode));
  }

  /** Stores a value into a place; its address is computed first. */
  store(place: Place, type: CType, value: Value): void {
    if (place.bits !== undefined) {
      expandBitFieldStore(this, place, type, value);
      return;
    }
    const mode = modeOf(type) ?? 'DI';
    const target = this.memory(place);
    this.moveValue(mode, target, value);
  }

  /** `target = value` as an expression statement or as a value; gives what the assignment's value is. */
  assign(expression: Of<'assign'>): Value {
    const { target, value } = expression;
    const mode = modeOf(target.type.type);
    if (mode === undefined) {
      this.recordInto(value, this.place(target));
      return constantValue(0n);
    }
    if (target.kind === 'object' && this.isRegisterLike(target.object)) {
      const slot = this.slotOf(target.object, mode);
      this.assignTo(slot, mode, value);
      return valueOf(slot);
    }
    // The operands of the value come before the place, the value itself behind it.
    let inner = value;
    for (let below = this.#passedThrough(inner); below !== undefined; below = this.#passedThrough(inner)) {
      inner = below;
    }
    const known = this.#invariant(inner);
    const right = known === undefined ? (this.#foldedLoad(inner) ?? this.rightSide(inner)) : undefined;
    const place = this.place(target);
    const stored = known ?? this.#temporary(mode, right);
    this.store(place, target.type.type, stored);
    this.#lastPlace = (qualsOf(target.type) & VOLATILE) === 0 ? place : undefined;
    return stored;
  }

  /** Where the last assignment stored to: its value is read again from there. */
  #lastPlace: Place | undefined = undefined;

  #takeLastPlace(): Place | undefined {
    const place = this.#lastPlace;
    this.#lastPlace = undefined;
    return place;
  }

  /** The value of an assignment: the variable, or what its place now holds. */
  #assigned(expression: TypedExpression, assign: () => Value): RightSide {
    this.#lastPlace = undefined;
    const value = assign();
    const place = this.#takeLastPlace();
    return place === undefined
      ? this.#ready(value, expression)
      : this.#loadRight(place, expression.type.type);
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
        const from = this.place(inner.target);
        copyRecord(this, target, from, inner.type);
        return;
      }
      default:
        break;
    }
    if (!isLvalue(inner)) {
      this.code.doubt(`record from ${inner.kind}`);
      return;
    }
    copyRecord(this, target, this.place(inner), inner.type);
  }

  #recordConditional(expression: Of<'conditional'>, then: TypedExpression, target: Place): void {
    const [yes, no, end] = [this.code.newLabel(), this.code.newLabel(), this.code.newLabel()];
    this.conditions.branch(expression.condition, yes, no, 'true');
    this.code.label(yes);
    this.recordInto(then, target);
    this.code.jump(end);
    this.code.label(no);
    this.recordInto(expression.otherwise, target);
    this.code.label(end);
  }

  // ------------------------------------------------------------ effects

  /** An expression whose value nobody wants. */
  effect(expression: TypedExpression): void {
    switch (expression.kind) {
      case 'assign':
        this.assign(expression);
        return;
      case 'compound-assign':
        this.#compoundAssign(expression);
        return;
      case 'increment':
        this.#increment(expression, false);
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
          this.value(expression);
        } else this.effect(expression.operand);
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
        this.place(expression);
        return;
      case 'member':
        this.effect(expression.base);
        return;
      default:
        return;
    }
  }

  /** `x op= y`: the old value, the operation, the new value. */
  #compoundAssign(expression: Of<'compound-assign'>): Value {
    const { target, operator } = expression;
    const type = target.type;
    const old = hasSideEffects(target) ? this.#readOnce(target) : this.#readTwice(target);
    const isPointer = resolve(type.type).kind === 'pointer';
    const node: TypedExpression = isPointer
      ? {
          kind: 'pointer-add',
          type,
          span: expression.span,
          pointer: old.read,
          index: expression.value,
          subtract: operator === '-',
        }
      : {
          kind: 'arithmetic',
          type: expression.computation,
          span: expression.span,
          operator,
          left: converted(old.read, expression.computation),
          right: expression.value,
        };
    return old.write(isPointer ? node : converted(node, type));
  }

  #increment(expression: Of<'increment'>, isValueUsed: boolean): Value {
    const { target, delta } = expression;
    const { type, span } = target;
    const resolved = resolve(type.type);
    const old = this.#readOnce(target);
    let before: Value | undefined;
    let { read } = old;
    if (isValueUsed && !expression.isPrefix) {
      before = this.copied(read);
      read = this.#fixed(read, before);
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
    if (before !== undefined) this.#lastPlace = undefined;
    return before ?? after;
  }

  readonly #known = new Map<TypedExpression, Value>();

  /** An expression that stands for a value. */
  #fixed(like: TypedExpression, value: Value): TypedExpression {
    const node: TypedExpression = { kind: 'error', type: like.type, span: like.span };
    this.#known.set(node, value);
    return node;
  }

  /** A target without side effects is computed for reading and again for writing. */
  #readTwice(target: TypedExpression): {
    readonly read: TypedExpression;
    readonly write: (sum: TypedExpression) => Value;
  } {
    const { type, span } = target;
    return {
      read: { kind: 'convert', conversion: 'load', operand: target, isExplicit: false, type, span },
      write: (value) => this.assign({ kind: 'assign', type, span, target, value }),
    };
  }

  /** Reads a target whose address is computed once; `write` stores the new value and says what it is. */
  #readOnce(target: TypedExpression): {
    readonly read: TypedExpression;
    readonly write: (sum: TypedExpression) => Value;
  } {
    const mode = modeOf(target.type.type) ?? 'SI';
    const read: TypedExpression = {
      kind: 'convert',
      conversion: 'load',
      operand: target,
      isExplicit: false,
      type: target.type,
      span: target.span,
    };
    if (target.kind === 'object' && this.isRegisterLike(target.object)) {
      const slot = this.slotOf(target.object, mode);
      return {
        read,
        write: (sum) => {
          this.assignTo(slot, mode, sum);
          return valueOf(slot);
        },
      };
    }
    const place = this.place(target);
    const old = this.code.register(mode);
    const result = this.#loadRight(place, target.type.type)(old);
    if (!sameOperand(result, old)) this.code.move(mode, old, result);
    return {
      read: this.#fixed(target, valueOf(old)),
      write: (sum) => {
        const value = this.value(sum);
        this.store(place, target.type.type, value);
        this.#lastPlace = (qualsOf(target.type) & VOLATILE) === 0 ? place : undefined;
        return value;
      },
    };
  }

  // ------------------------------------------------------------ right sides

  /** Computes the operands of an expression; the operation itself is written when the result is asked for. */
  rightSide(expression: TypedExpression): RightSide {
    switch (expression.kind) {
      case 'convert':
        return this.#convert(expression);
      case 'arithmetic':
        return this.#arithmetic(expression);
      case 'negate':
      case 'complement':
        return this.#unary(expression);
      case 'pointer-add':
        return this.#pointerAdd(expression);
      case 'pointer-difference':
        return this.#pointerDifference(expression);
      case 'compare':
      case 'not':
        return this.#truth(expression);
      case 'logical':
        return this.#logical(expression);
      case 'conditional':
        return this.#conditional(expression);
      case 'call':
        return this.#calls.rightSide(expression);
      case 'builtin': {
        return (target) => this.#calls.builtin(expression, target, true);
      }
      case 'assign':
        return this.#assigned(expression, () => this.assign(expression));
      case 'compound-assign':
        return this.#assigned(expression, () => this.#compoundAssign(expression));
      case 'increment':
        return this.#assigned(expression, () => this.#increment(expression, true));
      case 'address-of':
        return this.#addressRight(expression.operand);
      case 'statement-expression':
        this.#statements.block(expression.body);
        return expression.value === undefined
          ? () => imm(0)
          : this.#ready(this.value(expression.value), expression);
      case 'comma':
        this.effect(expression.left);
        return this.rightSide(expression.right);
      case 'object':
      case 'deref':
      case 'member':
      case 'compound-literal':
        return this.#loadRight(this.place(expression), expression.type.type);
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

  #ready(value: Value, expression: TypedExpression): RightSide {
    const mode = modeOf(expression.type.type) ?? 'SI';
    return () => this.operandOf(value, mode);
  }

  #addressRight(lvalue: TypedExpression): RightSide {
    const place = this.place(lvalue);
    return (target) => this.#addressValue(place, target);
  }

  #loadRight(place: Place, type: CType): RightSide {
    if (place.bits !== undefined) return (target) => expandBitFieldLoad(this, place, type, target);
    return () => this.memory(place);
  }

  #convert(expression: Of<'convert'>): RightSide {
    const { conversion, operand } = expression;
    switch (conversion) {
      case 'load': {
        const constant = constantLoad(operand);
        if (constant !== undefined) return () => imm(constant);
        return this.#loadRight(this.place(operand), expression.type.type);
      }
      case 'decay':
        return this.#addressRight(operand);
      case 'function-pointer':
      case 'none':
      case 'to-void':
        return this.rightSide(operand);
      case 'arithmetic':
      case 'pointer':
        return this.#conversion(expression);
    }
  }

  #conversion(expression: Of<'convert'>): RightSide {
    const narrowed = narrowedConversion(expression);
    if (narrowed !== undefined) {
      const value = this.value(narrowed);
      return this.#ready(value, expression);
    }
    const { operand } = expression;
    const to = resolve(expression.type.type);
    const from = resolve(operand.type.type);
    const mode = modeOf(to) ?? 'SI';
    const fromMode = modeOf(from) ?? 'SI';
    if (to.kind === 'integer' && to.name === '_Bool' && !(from.kind === 'integer' && from.name === '_Bool')) {
      return this.conditions.asBoolean(operand);
    }
    if (isVectorMode(mode) || isVectorMode(fromMode) || mode === 'XF' || fromMode === 'XF') {
      return this.#floatConversion(expression, mode, fromMode);
    }
    if (operand.kind === 'compare' || operand.kind === 'not') {
      return this.conditions.asInteger(operand, mode);
    }
    const value = this.value(operand);
    const isSigned = isSignedType(from);
    return (target) => this.extend(value, fromMode, isSigned, mode, target);
  }

  /** A value in another integer mode. */
  extend(value: Value, from: Mode, isSigned: boolean, mode: Mode, target: Operand | undefined): Operand {
    const operand = this.operandOf(value, from);
    if (modeBytes[mode] === modeBytes[from]) return operand;
    if (modeBytes[mode] < modeBytes[from]) return this.code.inRegister(from, operand);
    if (operand.kind === 'imm') return operand;
    const isUnsignedWord = from === 'SI' && !isSigned;
    const needsRegister = from === 'SI' && isSigned;
    const a = needsRegister ? this.code.inRegister(from, operand) : operand;
    const dst =
      target !== undefined && (target.kind === 'reg' || isUnsignedWord) ? target : this.code.register(mode);
    this.code.emit({ op: 'extend', mode, from, isSigned, dst, a });
    return dst;
  }

  #floatConversion(expression: Of<'convert'>, mode: Mode, from: Mode): RightSide {
    const { operand } = expression;
    if (mode === 'XF' || from === 'XF') this.code.doubt('long double');
    const fromType = resolve(operand.type.type);
    const toType = resolve(expression.type.type);
    let value = this.value(operand);
    let source = from;
    if (!isVectorMode(from)) {
      if (from === 'DI' && !isSignedType(fromType)) this.code.doubt('unsigned long to floating');
      // Small integers and unsigned ones go through a wider signed one.
      const wide: Mode | undefined =
        from === 'QI' || from === 'HI' ? 'SI' : from === 'SI' && !isSignedType(fromType) ? 'DI' : undefined;
      if (wide !== undefined) {
        const narrow = value;
        return (target) => {
          const extended = this.extend(narrow, from, isSignedType(fromType), wide, undefined);
          return this.#convertInto(mode, wide, extended, target);
        };
      }
    } else if (!isVectorMode(mode)) {
      if (mode === 'DI' && !isSignedType(toType)) this.code.doubt('floating to unsigned long');
      const wide: Mode = mode === 'SI' && !isSignedType(toType) ? 'DI' : mode === 'DI' ? 'DI' : 'SI';
      return (target) => {
        const operandIn = this.code.inRegister(source, this.operandOf(value, source));
        return this.#convertInto(
          wide,
          source,
          operandIn,
          wide === mode && target?.kind === 'reg' ? target : undefined,
        );
      };
    }
    source = from;
    value = { ...value };
    return (target) => this.#convertInto(mode, source, this.operandOf(value, source), target);
  }

  #convertInto(mode: Mode, from: Mode, a: Operand, target: Operand | undefined): Operand {
    const dst = target?.kind === 'reg' ? target : this.code.register(mode);
    this.code.emit({ op: 'convert', mode, from, dst, a });
    return dst;
  }

  #arithmetic(original: Of<'arithmetic'>): RightSide {
    if (isZeroProduct(original)) {
      this.effect(original);
      return () => imm(0);
    }
    const shortened = shortenedArithmetic(original);
    if (shortened !== undefined) return this.#conversionOf(shortened, original);
    const expression = original;
    const { operator, left, right } = expression;
    const mode = modeOf(expression.type.type) ?? 'SI';
    if (mode === 'XF' || mode === 'TI') this.code.doubt(mode === 'XF' ? 'long double' : '128-bit integer');
    const isSigned = isSignedType(expression.type.type);
    const isSwapped = exchangesOperands(operator, left, right);
    let a: Value;
    let b: Value;
    if (isSwapped) {
      a = this.value(right);
      b = this.value(left);
    } else {
      a = this.value(left);
      b = this.value(right);
    }
    // Only the evaluation is exchanged, not the operation.
    if (isSwapped) [a, b] = [b, a];
    if (isVectorMode(mode) || mode === 'XF') return this.#floatOperation(operator, mode, a, b);
    if (isZeroMinus(operator, a))
      return (target) => expandUnary(this.code, 'neg', mode, this.operandOf(b, mode), target);
    return (target) => {
      if (operator === '<<' || operator === '>>') return this.#shift(expression, mode, a, b, target);
      const [x, y] = [normalized(this.operandOf(a, mode), mode), normalized(this.operandOf(b, mode), mode)];
      switch (operator) {
        case '+':
          return expandBinary(this.code, 'add', mode, x, y, target);
        case '-':
          return expandBinary(this.code, 'sub', mode, x, y, target);
        case '&':
          return expandBinary(this.code, 'and', mode, x, y, target);
        case '|':
          return expandBinary(this.code, 'or', mode, x, y, target);
        case '^':
          return y.kind === 'imm' && y.value === -1n
            ? expandUnary(this.code, 'not', mode, x, target)
            : expandBinary(this.code, 'xor', mode, x, y, target);
        case '*':
          return expandMultiply(this.code, mode, x, y, target);
        case '/':
          return expandDivision(this.code, mode, isSigned, 'quotient', x, y, target);
        case '%':
          return expandDivision(this.code, mode, isSigned, 'remainder', x, y, target);
      }
    };
  }

  /** The operation in a narrower type, and the conversion back. */
  #conversionOf(shortened: TypedExpression, original: TypedExpression): RightSide {
    return this.#conversion(converted(shortened, original.type) as Of<'convert'>);
  }

  #shift(expression: Of<'arithmetic'>, mode: Mode, a: Value, b: Value, target: Operand | undefined): Operand {
    const isSigned = isSignedType(expression.left.type.type);
    const name = expression.operator === '<<' ? 'sal' : isSigned ? 'sar' : 'shr';
    const count = this.operandOf(b, 'SI');
    if (count.kind === 'imm') {
      return expandShift(this.code, name, mode, this.operandOf(a, mode), Number(count.value & 63n), target);
    }
    const value = this.operandOf(a, mode);
    const countMode = modeOf(expression.right.type.type) ?? 'SI';
    return expandVariableShift(this.code, name, mode, value, this.code.inRegister(countMode, count), target);
  }

  #floatOperation(operator: string, mode: Mode, a: Value, b: Value): RightSide {
    const names: Readonly<Record<string, VectorOperation>> = {
      '+': 'add',
      '-': 'sub',
      '*': 'mul',
      '/': 'div',
    };
    const name = names[operator] ?? 'add';
    return (target) => {
      let [x, y] = [this.operandOf(a, mode), this.operandOf(b, mode)];
      const isCommutative = operator === '+' || operator === '*';
      if (isCommutative && swapsForTarget(x, y, target)) [x, y] = [y, x];
      const dst = target?.kind === 'reg' ? target : this.code.register(mode);
      this.code.emit({ op: 'vector', name, mode, dst, a: this.code.inRegister(mode, x), b: y });
      return dst;
    };
  }

  #unary(expression: Of<'negate' | 'complement' | 'not'>): RightSide {
    const mode = modeOf(expression.type.type) ?? 'SI';
    const value = this.value(expression.operand);
    if (isVectorMode(mode)) {
      return (target) => {
        const operand = this.code.inRegister(mode, this.operandOf(value, mode));
        const mask = this.code.register(mode);
        this.code.emit({ op: 'move', mode, dst: mask, a: memAt(undefined, 0, 'mask') });
        const dst = target?.kind === 'reg' ? target : this.code.register(mode);
        this.code.emit({ op: 'vector', name: 'xor', mode, dst, a: operand, b: mask });
        return dst;
      };
    }
    if (mode === 'XF') this.code.doubt('long double');
    const name = expression.kind === 'negate' ? 'neg' : 'not';
    return (target) => expandUnary(this.code, name, mode, this.operandOf(value, mode), target);
  }

  #pointerAdd(expression: Of<'pointer-add'>): RightSide {
    const { pointer, index, subtract } = expression;
    const type = resolve(expression.type.type);
    const size = type.kind === 'pointer' ? (sizeOf(type.target.type) ?? 1) : 1;
    const constant = integerConstant(index, 8);
    if (constant !== undefined) {
      const start = this.value(pointer);
      const bytes = (subtract ? -constant : constant) * BigInt(size);
      return (target) =>
        bytes === 0n
          ? this.operandOf(start, 'DI')
          : expandBinary(this.code, 'add', 'DI', this.operandOf(start, 'DI'), imm(bytes), target);
    }
    const isArray = pointer.kind === 'convert' && pointer.conversion === 'decay';
    if (isArray && !subtract && pointer.operand.kind !== 'string') {
      // &a[i]
      const place = this.#indexed(this.place(pointer.operand), index, size);
      return (target) => this.#addressValue(place, target);
    }
    const start = this.value(pointer);
    const offset = this.#scaledIndex(index, size, subtract);
    return (target) => {
      const [x, y] = [this.operandOf(start, 'DI'), this.operandOf(offset, 'DI')];
      return expandBinary(this.code, 'add', 'DI', x, y, target);
    };
  }

  /** (sizetype) index * size, negated for a subtraction. */
  #scaledIndex(index: TypedExpression, size: number, isNegative: boolean): Value {
    const { inner, extra } = shortenedPointerIndex(index);
    const from = modeOf(inner.type.type) ?? 'SI';
    const value = this.value(inner);
    let wide: Value = value;
    if (from !== 'DI') {
      const register = this.code.register('DI');
      const result = this.extend(value, from, isSignedType(inner.type.type), 'DI', register);
      this.code.move('DI', register, result);
      wide = valueOf(register);
    } else if (isSignedType(inner.type.type)) {
      wide = valueOf(this.code.inRegister('DI', this.operandOf(value, 'DI')));
    }
    const step = (right: RightSide): void => {
      const register = this.code.register('DI');
      const result = right(register);
      if (!sameOperand(result, register)) this.code.move('DI', register, result);
      wide = valueOf(register);
    };
    const plus = (bytes: bigint): void =>
      step((target) => expandBinary(this.code, 'add', 'DI', this.operandOf(wide, 'DI'), imm(bytes), target));
    // What is added is added to the index; what is subtracted is subtracted from the bytes.
    if (extra > 0n) plus(extra);
    if (size !== 1) {
      step((target) => expandMultiply(this.code, 'DI', this.operandOf(wide, 'DI'), imm(size), target));
    }
    if (extra < 0n) plus(extra * BigInt(size));
    if (isNegative) step((target) => expandUnary(this.code, 'neg', 'DI', this.operandOf(wide, 'DI'), target));
    return wide;
  }

  #pointerDifference(expression: Of<'pointer-difference'>): RightSide {
    const a = this.value(expression.left);
    const b = this.value(expression.right);
    const type = resolve(expression.left.type.type);
    const size = type.kind === 'pointer' ? (sizeOf(type.target.type) ?? 1) : 1;
    const subtract: RightSide = (target) =>
      expandBinary(this.code, 'sub', 'DI', this.operandOf(a, 'DI'), this.operandOf(b, 'DI'), target);
    if (size === 1) return subtract;
    const bytes = this.code.register('DI');
    const result = subtract(bytes);
    if (!sameOperand(result, bytes)) this.code.move('DI', bytes, result);
    let shift = 0;
    while (((size >> shift) & 1) === 0) shift += 1;
    const odd = size >> shift;
    return (target) => {
      const elements = expandShift(this.code, 'sar', 'DI', bytes, shift, odd === 1 ? target : undefined);
      if (odd === 1) return elements;
      return expandBinary(this.code, 'imul', 'DI', elements, imm(inverseOf(BigInt(odd))), target);
    };
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

  #conditional(expression: Of<'conditional'>): RightSide {
    const mode = modeOf(expression.type.type);
    const result = this.code.register(mode ?? 'SI');
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
      const same = this.extend(
        valueOf(copy),
        conditionMode,
        isSignedType(expression.condition.type.type),
        mode ?? 'SI',
        result,
      );
      this.code.move(mode ?? 'SI', result, same);
    } else {
      if (known !== undefined) return this.rightSide(known === 0n ? expression.otherwise : expression.then);
      const truth = truthOfConditional(expression);
      if (truth !== undefined && mode !== undefined) return this.conditions.asInteger(truth, mode);
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
}

/** A floating constant as the source of a move: zero needs no memory. */
function floatOperand(value: number): Operand {
  return Object.is(value, 0) ? imm(0) : memAt(undefined, 0, 'constant');
}

/** A distance that needs four bytes. */
const FAR = 0x1000_0000;

function threadModel(object: ObjectSymbol): ThreadModel | undefined {
  if (object.storage !== 'thread') return undefined;
  return object.isDefined === false ||
    (object.isDefined === undefined &&
      object.linkage === 'external' &&
      object.initializer === undefined &&
      !object.isTentative)
    ? 'initial'
    : 'local';
}

/** `x * 0` of integers. */
function isZeroProduct(expression: TypedExpression): boolean {
  if (expression.kind !== 'arithmetic' || expression.operator !== '*') return false;
  if (integerOf(expression.type.type) === undefined) return false;
  return integerConstant(expression.right, 8) === 0n || integerConstant(expression.left, 8) === 0n;
}

/** A constant in the range of a mode. */
function normalized(operand: Operand, mode: Mode): Operand {
  return operand.kind === 'imm' ? imm(inMode(operand.value, mode)) : operand;
}

function isZeroMinus(operator: string, a: Value): boolean {
  return operator === '-' && a.kind === 'operand' && a.operand.kind === 'imm' && a.operand.value === 0n;
}

/** `x + 0`, `x | 0`, `x & -1`, `x * 1`, `x << 0` are x. */
function operandOfIdentity(expression: Of<'arithmetic'>): TypedExpression | undefined {
  const { operator, left, right } = expression;
  const type = integerOf(expression.type.type);
  const value = type === undefined ? undefined : integerConstant(right, 8);
  if (type === undefined || value === undefined) return undefined;
  const signed = BigInt.asIntN(8 * type.size, value);
  const isSame =
    (signed === 0n && ['+', '-', '|', '^', '<<', '>>'].includes(operator)) ||
    (signed === 1n && (operator === '*' || operator === '/')) ||
    (signed === -1n && operator === '&');
  return isSame ? left : undefined;
}

/** The multiplicative inverse of an odd number modulo 2^64. */
function inverseOf(odd: bigint): bigint {
  let inverse = odd;
  for (let round = 0; round < 6; round += 1) inverse = BigInt.asUintN(64, inverse * (2n - odd * inverse));
  return BigInt.asIntN(64, inverse);
}

const intType: IntegerType = { kind: 'integer', name: 'int', isSigned: true, size: 4, align: 4 };

function promotedType(type: IntegerType | undefined): IntegerType {
  return type === undefined || type.size < 4 ? intType : type;
}

/** `c ? 1 : 0` is the truth of c, `c ? 0 : 1` the opposite. */
function truthOfConditional(expression: Of<'conditional'>): TypedExpression | undefined {
  const { condition, then, otherwise, span } = expression;
  if (then === undefined || integerOf(expression.type.type) === undefined) return undefined;
  const [yes, no] = [integerConstant(then, 8), integerConstant(otherwise, 8)];
  const type = { type: intType, quals: 0 };
  const opposite: TypedExpression = { kind: 'not', operand: condition, type, span };
  if (yes === 0n && no === 1n) return opposite;
  return yes === 1n && no === 0n ? { kind: 'not', operand: opposite, type, span } : undefined;
}

/** Whether an expression has a place of its own. */
function isLvalue(expression: TypedExpression): boolean {
  switch (expression.kind) {
    case 'object':
    case 'string':
    case 'compound-literal':
    case 'member':
    case 'deref':
    case 'real-part':
    case 'imaginary-part':
      return true;
    default:
      return false;
  }
}

/** The expression converted to a type. */
export function converted(operand: TypedExpression, type: TypedExpression['type']): TypedExpression {
  return { kind: 'convert', conversion: 'arithmetic', operand, isExplicit: false, type, span: operand.span };
}

export type { Condition };
export { AX, integerMode };
