/**
 * Expressions as gcc breaks them up into single operations: in which order values are computed, which of them need a
 * register of their own, and where the flow of control branches.
 *
 * The right side of an assignment is reduced to one operation first, then the left side to an address, then both are
 * carried out. A register-like variable is read by the operation itself; every other value that an operation needs is
 * a temporary. Arguments are computed from the last to the first.
 *
 * Source: gcc/gimplify.cc (gimplify_modify_expr, gimplify_compound_lval, gimplify_call_expr, gimplify_self_mod_expr,
 * gimplify_cond_expr, shortcut_cond_r), gcc/c/c-typeck.cc (build_modify_expr, pointer_int_sum): behaviour.
 */
import { integerOf, isVariableLength, qualsOf, resolve, sizeOf } from '../sema/type-relations.ts';
import type {
  ArithmeticOperator,
  ComparisonOperator,
  ObjectInitializer,
  ObjectSymbol,
  TypedExpression,
  TypedStatement,
} from '../sema/typed-tree.ts';
import { VOLATILE } from '../sema/type.ts';
import type { CType } from '../sema/type.ts';
import type { FlowEvent, MemoryOwner, Pseudo, Temporary } from './flow-graph.ts';
import {
  constantInteger,
  constantTruth,
  foldArithmetic,
  isConstantExpression,
  isUselessConversion,
  joinConversions,
  narrowConversion,
  shortened,
} from '../sema/front-end-folding.ts';
import { isInlinedCall, nameOfCallee } from '../sema/inlined-calls.ts';
import { hasRegisterMode } from './register-modes.ts';
import { callsRuntime } from './runtime-calls.ts';
import { exchangesOperands } from '../sema/operand-order.ts';
import { hasSideEffects, operandsOf } from './tree-walk.ts';

/** Where the operations go: the flow graph under construction. */
export interface FlowSink {
  readonly wordBytes: 4 | 8;
  isRegisterLike(object: ObjectSymbol): boolean;
  event(event: FlowEvent): void;
  newBlock(): number;
  /** Adds an edge from the current block. */
  edge(to: number): void;
  /** Goes on in another block. */
  moveTo(block: number): void;
  /** Falls into a block and goes on there. */
  enter(block: number): void;
  statement(statement: TypedStatement): void;
  open(objects: readonly ObjectSymbol[]): void;
  close(): void;
}

/** What an operation works on: registers that it reads and variables whose memory or address it needs. */
interface Operand {
  readonly reads: readonly Pseudo[];
  readonly mentions: readonly MemoryOwner[];
  /** Whether it is the contents of memory, not an address. */
  readonly isMemory: boolean;
}

/** An operation that is not carried out yet. */
interface Operation extends Operand {
  readonly kind: 'operation';
  readonly type: CType;
  /** Whether it calls a function. */
  readonly calls: boolean;
  /** Whether it cuts a floating-point value to an integer. */
  readonly truncates?: boolean;
  /** Operands that the instruction takes from registers only. */
  readonly inRegister: readonly Pseudo[];
}

/** A value as an operand of the next operation: a constant, an address, a variable or a temporary. */
interface Value extends Operand {
  readonly kind: 'value';
}

type RightSide = Operation | Value;

/** An lvalue: a register-like variable, or memory at an address. */
type Place =
  | { readonly kind: 'register'; readonly object: ObjectSymbol }
  | (Operand & {
      readonly kind: 'memory';
      /** The value that is the address, where the place is just what a pointer points to. */
      readonly address: Value | undefined;
      /** The register of which it is a part. */
      readonly register?: Pseudo;
    });

const none: readonly never[] = [];
const load: FlowEvent = { kind: 'load' };
const store: FlowEvent = { kind: 'store' };

const constant: Value = { kind: 'value', reads: [], mentions: none, isMemory: false };

/** Breaks expressions up into operations. */
export class Gimplifier {
  readonly #sink: FlowSink;
  #versions = 0;
  /** Compound literals that are held in registers. */
  readonly #literals = new Map<ObjectSymbol, Temporary>();

  constructor(sink: FlowSink) {
    this.#sink = sink;
  }

  /** Number of SSA names so far. */
  get versions(): number {
    return this.#versions;
  }

  /** A value that is assigned once. */
  #newName(type: CType): Temporary {
    this.#versions += 1;
    return { kind: 'temporary', type, version: this.#versions };
  }

  /** Computes an expression for its side effects. */
  effect(expression: TypedExpression): void {
    if (!hasSideEffects(expression)) {
      if (isVolatileLoad(expression)) this.#operand(expression);
      return;
    }
    switch (expression.kind) {
      case 'comma':
        this.effect(expression.left);
        this.effect(expression.right);
        return;
      case 'convert':
        if (expression.conversion === 'load' || expression.conversion === 'decay')
          this.#place(expression.operand);
        else this.effect(expression.operand);
        return;
      case 'conditional':
        this.#branches(expression, (branch) => this.effect(branch));
        return;
      case 'logical':
        // The second operand is computed for its side effects only.
        this.#branches(
          expression.operator === '&&'
            ? { condition: expression.left, then: expression.right, otherwise: undefined }
            : { condition: expression.left, then: undefined, otherwise: expression.right },
          (branch) => this.effect(branch),
        );
        return;
      case 'increment':
        this.#increment(expression, false);
        return;
      case 'assign':
        this.#assign(expression.target, expression.value);
        return;
      case 'compound-assign':
        this.#compoundAssign(expression);
        return;
      case 'call':
      case 'builtin':
        this.#carryOut(this.rightSide(expression), undefined);
        return;
      case 'statement-expression':
        this.#sink.open(expression.body.objects);
        for (const inner of expression.body.statements) this.#sink.statement(inner);
        if (expression.value !== undefined) this.effect(expression.value);
        this.#sink.close();
        return;
      case 'compound-literal':
        if (expression.object.storage === 'automatic')
          this.initialize(expression.object, expression.initializer);
        return;
      case 'member':
      case 'deref':
        this.#place(expression);
        return;
      default:
        // The operator is dropped, its operands are values all the same.
        for (const operand of operandsOf(expression)) this.#operand(operand);
    }
  }

  /** Computes a value that a statement reads: the condition of a switch, what is returned. */
  consume(expression: TypedExpression): void {
    this.#carryOut(this.#operand(expression), undefined);
  }

  /** Computes a returned value into a register or memory of its own. */
  returned(expression: TypedExpression, result: Temporary | undefined): void {
    if (resolve(expression.type.type).kind === 'void') this.effect(expression);
    else this.#carryOut(this.rightSide(expression), result ?? 'memory');
  }

  /** Evaluates a condition and branches; `isNegated` asks for the opposite. */
  condition(expression: TypedExpression, whenTrue: number, whenFalse: number, isNegated = false): void {
    const truth = constantTruth(expression);
    if (truth !== undefined) {
      this.#sink.edge(truth !== isNegated ? whenTrue : whenFalse);
      return;
    }
    switch (expression.kind) {
      case 'not':
        this.condition(expression.operand, whenTrue, whenFalse, !isNegated);
        return;
      case 'logical': {
        const second = this.#sink.newBlock();
        const isAnd = (expression.operator === '&&') !== isNegated;
        if (isAnd) this.condition(expression.left, second, whenFalse, isNegated);
        else this.condition(expression.left, whenTrue, second, isNegated);
        this.#sink.moveTo(second);
        this.condition(expression.right, whenTrue, whenFalse, isNegated);
        return;
      }
      case 'comma':
        this.effect(expression.left);
        this.condition(expression.right, whenTrue, whenFalse, isNegated);
        return;
      default: {
        const test = this.rightSide(expression);
        // A comparison is part of the jump; what is no comparison is compared with zero.
        this.#carryOut(expression.kind === 'compare' ? test : this.#toValue(test), undefined);
        this.#sink.edge(whenTrue);
        this.#sink.edge(whenFalse);
      }
    }
  }

  /** Initialises a variable or a compound literal. */
  initialize(object: ObjectSymbol, initializer: ObjectInitializer): void {
    const place = this.#placeOf(object);
    if (!initializer.isAggregate) {
      for (const entry of initializer.entries) this.#assignTo(() => place, entry.value);
      return;
    }
    if (place.kind === 'register') {
      for (const entry of initializer.entries) this.#store(place, this.rightSide(entry.value));
      if (initializer.entries.length === 0) this.#store(place, constant);
      return;
    }
    const { register } = place;
    if (register === undefined) this.#carryOut({ ...place, isMemory: false }, 'memory');
    else if (!isSetInParts(object, initializer)) this.#carryOut(constant, register);
    for (const entry of initializer.entries) this.#assignTo(() => place, entry.value);
  }

  /** Reduces an expression to one operation, or to a value when there is nothing left to do. */
  rightSide(expression: TypedExpression): RightSide {
    if (isConstantExpression(expression)) return constant;
    switch (expression.kind) {
      case 'integer':
      case 'floating':
      case 'string':
      case 'function':
      case 'label-address':
      case 'vla-size':
      case 'error':
      case 'unsupported':
        return constant;
      case 'object':
      case 'deref':
      case 'member':
      case 'compound-literal':
        return this.#load(this.#place(expression), expression.type.type);
      case 'convert':
        return this.#conversion(expression);
      case 'address-of':
        return this.#address(this.#place(expression.operand), expression.type.type);
      case 'negate':
      case 'complement':
      case 'real-part':
      case 'imaginary-part':
        return operation(expression.type.type, this.#operand(expression.operand));
      case 'not':
        if (constantTruth(expression) !== undefined) return constant;
        if (withoutNot(expression).kind === 'logical') return this.#truth(expression);
        return operation(expression.type.type, this.#operand(expression.operand));
      case 'logical':
        return constantTruth(expression) === undefined ? this.#truth(expression) : constant;
      case 'arithmetic':
        return this.#arithmetic(expression);
      case 'compare':
        if (constantTruth(expression) !== undefined) return constant;
        return this.#binary(
          expression.type.type,
          expression.operator,
          ...(shortened(expression) ?? [expression.left, expression.right]),
        );
      case 'pointer-difference': {
        const left = this.#operand(expression.left);
        return operation(expression.type.type, left, this.#operand(expression.right));
      }
      case 'pointer-add':
        return this.#pointerSum(expression);
      case 'conditional':
        return this.#conditional(expression);
      case 'comma':
        this.effect(expression.left);
        return this.rightSide(expression.right);
      case 'assign':
        return this.#load(this.#assign(expression.target, expression.value), expression.type.type);
      case 'compound-assign':
        return this.#load(this.#compoundAssign(expression), expression.type.type);
      case 'increment':
        return this.#increment(expression, true);
      case 'call':
        return this.#call(expression);
      case 'builtin': {
        const args = [...expression.args].reverse().map((argument) => this.#argument(argument));
        return operation(expression.type.type, ...args.reverse());
      }
      case 'statement-expression':
        return this.#statementExpression(expression);
    }
  }

  #operand(expression: TypedExpression): Value {
    const side = this.rightSide(expression);
    const call = withoutLoads(expression);
    if (
      call.kind !== 'call' ||
      side.kind === 'value' ||
      isRegisterType(side.type) ||
      (hasRegisterMode(side.type) && this.#sink.wordBytes === 8)
    )
      return this.#toValue(side);
    // A record that needs memory of its own; on the i386 all do.
    this.#carryOut({ ...side, mentions: [...side.mentions, call] }, undefined);
    return constant;
  }

  /** Carries out an operation into a temporary, unless there is nothing to do. */
  #toValue(side: RightSide): Value {
    if (side.kind === 'value') return side;
    if (!isRegisterType(side.type) && !side.calls)
      return { kind: 'value', reads: side.reads, mentions: side.mentions, isMemory: true };
    if (!isRegisterType(side.type) && !hasRegisterMode(side.type)) {
      this.#carryOut(side, undefined);
      return constant;
    }
    const temporary = isRegisterType(side.type) ? this.#newName(side.type) : nameless(side.type);
    this.#carryOut(side, temporary);
    return valueOf(temporary);
  }

  /** Emits one statement; `result` takes the value, or is `memory`. */
  #carryOut(operand: RightSide | Place, result: Pseudo | 'memory' | undefined): void {
    const sink = this.#sink;
    const calls = operand.kind === 'operation' && operand.calls;
    let isEmpty = result === undefined && !calls;
    if (operand.kind !== 'register') {
      const inRegister = operand.kind === 'operation' ? operand.inRegister : none;
      if (operand.isMemory || calls || result === 'memory') sink.event(load);
      const computed = calls || result === 'memory' ? undefined : result;
      for (const pseudo of operand.reads)
        sink.event({ kind: 'use', pseudo, inRegister: inRegister.includes(pseudo), result: computed });
      for (const object of operand.mentions) sink.event({ kind: 'mention', object });
      isEmpty &&= operand.reads.length === 0 && operand.mentions.length === 0;
    }
    if (operand.kind === 'operation' && operand.truncates === true)
      sink.event({ kind: 'truncate', result: result === 'memory' ? undefined : result });
    if (calls) sink.event({ kind: 'call' });
    if (calls || result === 'memory') sink.event(store);
    const isMove = calls || (operand.kind === 'operation' && operand.isMemory);
    if (result !== undefined && result !== 'memory') sink.event({ kind: 'define', pseudo: result, isMove });
    if (isEmpty) sink.event({ kind: 'other' });
  }

  #store(place: Place, side: RightSide): void {
    if (place.kind === 'register') {
      this.#carryOut(side, place.object);
      return;
    }
    const isAggregate = side.kind === 'operation' && !isRegisterType(side.type);
    const value = isAggregate ? side : this.#toValue(side);
    this.#carryOut(
      {
        ...value,
        reads: [...place.reads, ...value.reads],
        mentions: [...place.mentions, ...value.mentions],
      },
      'memory',
    );
    if (place.register !== undefined)
      this.#sink.event({ kind: 'define', pseudo: place.register, isMove: false });
  }

  /** Assigns; the value is reduced to one operation before the place is looked at. */
  #assignTo(place: () => Place, value: TypedExpression): Place {
    const inner = withoutLoads(value);
    if (inner.kind === 'comma') {
      this.effect(inner.left);
      return this.#assignTo(place, inner.right);
    }
    if (inner.kind === 'statement-expression' && inner.value !== undefined) {
      this.#sink.open(inner.body.objects);
      for (const statement of inner.body.statements) this.#sink.statement(statement);
      const result = this.#assignTo(place, inner.value);
      this.#sink.close();
      return result;
    }
    if (inner.kind === 'conditional' && !isRegisterType(inner.type.type)) {
      let result: Place | undefined;
      this.#branches(inner, (branch) => (result = this.#assignTo(place, branch)));
      return result ?? place();
    }
    const side = this.rightSide(value);
    const target = place();
    this.#store(target, side);
    return target;
  }

  #assign(target: TypedExpression, value: TypedExpression): Place {
    return this.#assignTo(() => this.#place(target), value);
  }

  #compoundAssign(expression: Extract<TypedExpression, { kind: 'compound-assign' }>): Place {
    const { target, operator, computation } = expression;
    let { value } = expression;
    let saved: Value | undefined;
    if (hasSideEffects(value)) {
      saved = this.#copy(this.rightSide(value), value.type.type, false);
      value = { kind: 'error', type: value.type, span: value.span };
    }
    let place = this.#place(target);
    const left = this.#toValue(
      this.#convertedSide(this.#load(place, target.type.type), target.type.type, computation.type),
    );
    const isPointer = resolve(computation.type).kind === 'pointer';
    const right = saved ?? (isPointer ? this.#scaledIndex(value, computation.type) : this.#operand(value));
    const result = this.#convertedSide(
      this.#operation(computation.type, operator, left, right),
      computation.type,
      target.type.type,
    );
    if (!hasSideEffects(target)) place = this.#place(target);
    this.#store(place, result);
    return place;
  }

  #increment(expression: Extract<TypedExpression, { kind: 'increment' }>, isWanted: boolean): RightSide {
    const { target, isPrefix } = expression;
    const type = target.type.type;
    const place = this.#place(target);
    const integer = resolve(type);
    if (integer.kind === 'integer' && integer.name === '_Bool') return this.#incrementBool(expression, place);
    // What is narrower than int is added as unsigned; its value before is kept even when nobody wants it.
    const isPromoted = (integerOf(type)?.size ?? 4) < 4;
    const isPostfix = (isWanted || isPromoted) && !isPrefix;
    let value = this.#toValue(this.#load(place, type));
    if (isPostfix) value = this.#copy(value, type, true);
    let sum: RightSide = operation(type, value);
    if (isPromoted && integerOf(type)?.isSigned === true)
      sum = operation(type, this.#toValue(operation(type, this.#toValue(operation(type, value)))));
    this.#store(place, sum);
    if (isPostfix) return value;
    return isWanted ? this.#load(place, type) : constant;
  }

  /** `b++` sets b, `b--` inverts it; the value before is saved even when nobody wants it. */
  #incrementBool(
    { target, delta, isPrefix }: Extract<TypedExpression, { kind: 'increment' }>,
    place: Place,
  ): RightSide {
    const type = target.type.type;
    const saved = isPrefix ? undefined : this.#copy(this.#load(place, type), type, false);
    const inverted = (): Operation => operation(type, saved ?? this.#toValue(this.#load(place, type)));
    this.#store(place, delta > 0 ? constant : inverted());
    return saved ?? this.#load(place, type);
  }

  /** A value of its own: what happens to the variable later does not change it. */
  #copy(side: RightSide, type: CType, isNamed: boolean): Value {
    const temporary = isNamed ? this.#newName(type) : nameless(type);
    this.#carryOut(side, temporary);
    return valueOf(temporary);
  }

  #load(place: Place, type: CType): RightSide {
    if (place.kind === 'register') return valueOf(place.object);
    return { ...operation(type), reads: place.reads, mentions: place.mentions, isMemory: true };
  }

  #address(place: Place, type: CType): RightSide {
    if (place.kind === 'register') return valueOf(place.object);
    if (place.address !== undefined) return place.address;
    if (place.reads.length === 0) return { ...constant, mentions: place.mentions };
    return { ...operation(type), reads: place.reads, mentions: place.mentions };
  }

  #placeOf(object: ObjectSymbol): Place {
    if (this.#sink.isRegisterLike(object)) return { kind: 'register', object };
    const register = isRegisterArray(object) ? object : this.#literals.get(object);
    if (register !== undefined)
      return {
        kind: 'memory',
        reads: [register],
        mentions: [],
        isMemory: true,
        address: undefined,
        register,
      };
    const mentions = object.storage === 'automatic' ? [object] : [];
    return { kind: 'memory', reads: [], mentions, isMemory: true, address: undefined };
  }

  #place(lvalue: TypedExpression): Place {
    switch (lvalue.kind) {
      case 'object':
        return this.#placeOf(lvalue.object);
      case 'compound-literal':
        if (isHeldInRegister(lvalue.object)) this.#literals.set(lvalue.object, nameless(lvalue.type.type));
        if (lvalue.object.storage === 'automatic') this.initialize(lvalue.object, lvalue.initializer);
        return this.#placeOf(lvalue.object);
      case 'member': {
        const base = this.#place(lvalue.base);
        return base.kind === 'memory' && lvalue.offset !== 0 ? { ...base, address: undefined } : base;
      }
      case 'real-part':
      case 'imaginary-part':
        return this.#place(lvalue.operand);
      case 'deref':
        return this.#dereferenced(lvalue.operand);
      case 'convert':
        if (lvalue.conversion === 'load' || lvalue.conversion === 'none') return this.#place(lvalue.operand);
        break;
      default:
        break;
    }
    const value = this.#operand(lvalue);
    return {
      kind: 'memory',
      reads: value.reads,
      mentions: value.mentions,
      isMemory: true,
      address: undefined,
    };
  }

  /** What a pointer points to; an element of an array is one access with its index. */
  #dereferenced(pointer: TypedExpression): Place {
    if (pointer.kind === 'pointer-add' && !pointer.subtract) {
      const array = pointer.pointer;
      if (
        array.kind === 'convert' &&
        array.conversion === 'decay' &&
        !isVariableLength(array.operand.type.type)
      ) {
        const base = this.#place(array.operand);
        const index = this.#operand(pointer.index);
        const reads = base.kind === 'memory' ? base.reads : [base.object];
        const mentions = base.kind === 'memory' ? base.mentions : [];
        return {
          kind: 'memory',
          reads: [...reads, ...index.reads],
          mentions: [...mentions, ...index.mentions],
          isMemory: true,
          address: undefined,
        };
      }
    }
    if (pointer.kind === 'convert' && pointer.conversion === 'decay') return this.#place(pointer.operand);
    if (pointer.kind === 'address-of') return this.#place(pointer.operand);
    const address = this.#operand(pointer);
    return { kind: 'memory', reads: address.reads, mentions: address.mentions, isMemory: true, address };
  }

  #conversion(expression: Extract<TypedExpression, { kind: 'convert' }>): RightSide {
    const { operand, conversion, type } = expression;
    switch (conversion) {
      case 'load': {
        const place = this.#place(operand);
        const isCaptured = operand.kind === 'member' && operand.captured !== undefined;
        // A variable of a function around is read by the operation, like one of this function.
        if (isCaptured && place.kind === 'memory' && this.#sink.isRegisterLike(operand.captured))
          return { kind: 'value', reads: place.reads, mentions: place.mentions, isMemory: true };
        return this.#load(place, type.type);
      }
      case 'decay':
        return this.#address(this.#place(operand), type.type);
      case 'function-pointer':
        return operand.kind === 'function' ? constant : this.#address(this.#place(operand), type.type);
      case 'to-void':
        this.effect(operand);
        return constant;
      case 'none':
        return this.rightSide(operand);
      case 'pointer':
        return this.#convertedSide(this.rightSide(operand), operand.type.type, type.type);
      case 'arithmetic': {
        const simpler = joinConversions(expression) ?? narrowConversion(expression);
        if (simpler !== undefined) return this.rightSide(simpler);
        return this.#convertedSide(this.rightSide(operand), operand.type.type, type.type);
      }
    }
  }

  #convertedSide(side: RightSide, from: CType, to: CType): RightSide {
    if (isUselessConversion(from, to)) return side;
    const value = this.#toValue(side);
    if (value.reads.length === 0 && value.mentions.length === 0) return value;
    const integer = integerOf(to);
    // A truth is a comparison with zero.
    const truncates = resolve(from).kind === 'float' && integer !== undefined && integer.name !== '_Bool';
    return { ...operation(to, value), truncates };
  }

  #arithmetic(expression: Extract<TypedExpression, { kind: 'arithmetic' }>): RightSide {
    const folded = foldArithmetic(expression);
    if (folded?.kind === 'constant') {
      for (const dropped of folded.dropped) this.effect(dropped);
      return constant;
    }
    if (folded?.kind === 'operand') return this.rightSide(folded.operand);
    const { operator, left, right, type } = expression;
    const [first, second] = shortened(expression) ?? [left, right];
    return this.#binary(type.type, operator, first, second);
  }

  #binary(
    type: CType,
    operator: ArithmeticOperator | ComparisonOperator,
    left: TypedExpression,
    right: TypedExpression,
  ): RightSide {
    const [first, second] = exchangesOperands(operator, left, right) ? [right, left] : [left, right];
    const firstValue = this.#operand(first);
    return this.#operation(type, operator, firstValue, this.#operand(second));
  }

  #operation(
    type: CType,
    operator: ArithmeticOperator | ComparisonOperator,
    left: Value,
    right: Value,
  ): Operation {
    return {
      ...binaryOperation(type, operator, left, right),
      calls: callsRuntime(type, operator, this.#sink.wordBytes),
    };
  }

  /** `p + i`: the index is widened and multiplied before it is added. */
  #pointerSum(expression: Extract<TypedExpression, { kind: 'pointer-add' }>): RightSide {
    const pointer = this.#operand(expression.pointer);
    const isConstantIndex = constantInteger(expression.index) !== undefined;
    if (isConstantIndex && pointer.reads.length === 0) return pointer;
    const index = this.#scaledIndex(expression.index, expression.type.type);
    return operation(expression.type.type, pointer, index);
  }

  #scaledIndex(index: TypedExpression, pointerType: CType): Value {
    if (isConstantExpression(index)) return constant;
    const value = this.#operand(index);
    const pointer = resolve(pointerType);
    const element = pointer.kind === 'pointer' ? (sizeOf(pointer.target.type) ?? 1) : 1;
    const from = resolve(index.type.type);
    const isSize = from.kind === 'integer' && from.size === this.#sink.wordBytes && !from.isSigned;
    return element === 1 && isSize ? value : this.#toValue(operation(index.type.type, value));
  }

  /** The value of a conditional is a variable of the compiler's own that both branches assign. */
  #conditional(expression: Extract<TypedExpression, { kind: 'conditional' }>): RightSide {
    const type = expression.type.type;
    if (resolve(type).kind === 'void') {
      this.#branches(expression, (branch) => this.effect(branch));
      return constant;
    }
    const truth = constantTruth(expression.condition);
    if (truth !== undefined && expression.then !== undefined)
      return this.rightSide(truth ? expression.then : expression.otherwise);
    const result = nameless(type);
    this.#branches(expression, (branch) => this.#carryOut(this.rightSide(branch), result));
    return valueOf(result);
  }

  /** Runs both branches of a conditional and goes on behind them. */
  #branches(
    expression: {
      readonly condition: TypedExpression;
      readonly then: TypedExpression | undefined;
      readonly otherwise: TypedExpression | undefined;
    },
    visit: (branch: TypedExpression) => void,
  ): void {
    const sink = this.#sink;
    const [yes, no, end] = [sink.newBlock(), sink.newBlock(), sink.newBlock()];
    this.condition(expression.condition, yes, no);
    sink.moveTo(yes);
    if (expression.then !== undefined) visit(expression.then);
    sink.edge(end);
    sink.moveTo(no);
    if (expression.otherwise !== undefined) visit(expression.otherwise);
    sink.enter(end);
  }

  /** `a && b` as a value: 1 or 0, assigned in two branches. */
  #truth(expression: TypedExpression): RightSide {
    const sink = this.#sink;
    const result = nameless(expression.type.type);
    const [yes, no, end] = [sink.newBlock(), sink.newBlock(), sink.newBlock()];
    this.condition(expression, yes, no);
    for (const branch of [yes, no]) {
      sink.moveTo(branch);
      this.#carryOut(constant, result);
      if (branch === yes) sink.edge(end);
    }
    sink.enter(end);
    return valueOf(result);
  }

  #call(call: Extract<TypedExpression, { kind: 'call' }>): RightSide {
    const isInlined = isInlinedCall(call) || nameOfCallee(call) === 'alloca';
    const callee = call.callee.kind === 'function' ? constant : this.#operand(call.callee);
    const args = [...call.args].reverse().map((argument) => this.#argument(argument));
    args.reverse();
    // gcc/tree-nested.cc puts what finds the chain right before the call.
    if (call.staticChain !== undefined) args.push(this.#operand(call.staticChain));
    return { ...operation(call.type.type, callee, ...args), calls: !isInlined };
  }

  /** A record is passed where it lies, everything else as a value. */
  #argument(argument: TypedExpression): Value {
    return this.#operand(argument);
  }

  #statementExpression(expression: Extract<TypedExpression, { kind: 'statement-expression' }>): RightSide {
    const { body, value } = expression;
    const isWanted = value !== undefined && resolve(value.type.type).kind !== 'void';
    const result = nameless(expression.type.type);
    this.#sink.open(body.objects);
    for (const inner of body.statements) this.#sink.statement(inner);
    if (value !== undefined) {
      if (isWanted) this.#carryOut(this.rightSide(value), result);
      else this.effect(value);
    }
    this.#sink.close();
    return isWanted ? valueOf(result) : constant;
  }
}

function valueOf(pseudo: Pseudo): Value {
  return { kind: 'value', reads: [pseudo], mentions: none, isMemory: false };
}

/** A variable of the compiler's own. */
function nameless(type: CType): Temporary {
  return { kind: 'temporary', type, version: undefined };
}

function operation(type: CType, ...operands: readonly Operand[]): Operation {
  const only = operands.length === 1 ? operands[0] : undefined;
  return {
    kind: 'operation',
    type,
    calls: false,
    reads: only?.reads ?? operands.flatMap((operand) => operand.reads),
    mentions: only?.mentions ?? operands.flatMap((operand) => operand.mentions),
    isMemory: false,
    inRegister: none,
  };
}

function binaryOperation(
  type: CType,
  operator: ArithmeticOperator | ComparisonOperator,
  left: Value,
  right: Value,
): Operation {
  const isFloat = resolve(type).kind === 'float';
  return {
    ...operation(type, left, right),
    // Only the right operand of these instructions may be in memory.
    inRegister: isFloat && (operator === '-' || operator === '/') ? left.reads : none,
  };
}

/** Whether a value of the type can be an SSA name. */
function isRegisterType(type: CType): boolean {
  const { kind } = resolve(type);
  return kind !== 'record' && kind !== 'array' && kind !== 'void';
}

/** Whether a compound literal needs no memory: nobody asks for its address, and its size is that of a register. */
function isHeldInRegister(object: ObjectSymbol): boolean {
  if (object.storage !== 'automatic' || object.isAddressTaken) return false;
  return resolve(object.type.type).kind === 'record' && hasRegisterMode(object.type.type);
}

/** A `register` array of the size of a register really is in one. */
function isRegisterArray(object: ObjectSymbol): boolean {
  return object.isRegister && resolve(object.type.type).kind === 'array' && hasRegisterMode(object.type.type);
}

/** Whether the parts of a record are all assigned one by one: nothing sets its register as a whole before. */
function isSetInParts(object: ObjectSymbol, initializer: ObjectInitializer): boolean {
  const assigned = initializer.entries.reduce((sum, entry) => sum + (sizeOf(entry.type.type) ?? 0), 0);
  return initializer.entries.length > 1 && assigned === sizeOf(object.type.type);
}

function withoutNot(expression: TypedExpression): TypedExpression {
  let inner = expression;
  while (inner.kind === 'not') inner = inner.operand;
  return inner;
}

function withoutLoads(expression: TypedExpression): TypedExpression {
  let inner = expression;
  while (inner.kind === 'convert' && (inner.conversion === 'load' || inner.conversion === 'none')) {
    inner = inner.operand;
  }
  return inner;
}

function isVolatileLoad(expression: TypedExpression): boolean {
  return (
    expression.kind === 'convert' &&
    expression.conversion === 'load' &&
    (qualsOf(expression.operand.type) & VOLATILE) !== 0
  );
}
