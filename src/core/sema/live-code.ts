/**
 * Walks the code of a function that gcc -O0 really emits: branches on constants and statements behind a jump are left
 * out, as they have no code, no calls and no constants.
 */
import type { Span } from '../source/text-span.ts';
import { addressOf, evaluate, truthOf } from './constant.ts';
import { floatingIn, partsOfComplex as partsOfComplexValue } from './floating-value.ts';
import { isInlinedCall } from './inlined-calls.ts';
import { isCopiedFromImage, isStoredByPieces, storedList } from './initializer-image.ts';
import { foldFloat, shortenedFloat } from './floating-folds.ts';
import type { FloatFold } from './floating-folds.ts';
import { constantInteger, constantTruth, foldArithmetic } from './front-end-folding.ts';
import { rewriteLibraryCall } from './library-call-rewrite.ts';
import type { LiteralFate } from './library-call-rewrite.ts';
import { isNoreturnCall } from './noreturn-calls.ts';
import { exchangesOperands } from './operand-order.ts';
import { KnownJumps, ReachableStatements } from './reachable-statements.ts';
import type { StatementVisitor } from './reachable-statements.ts';
import { isReadOnly } from './section-choice.ts';
import { isScalar, qualsOf, resolve, sizeOf } from './type-relations.ts';
import { VOLATILE } from './type.ts';
import type { CType } from './type.ts';
import type {
  ArithmeticOperator,
  ConstantValue,
  FunctionSymbol,
  ObjectInitializer,
  ObjectSymbol,
  StringLiteral,
  TypedBlock,
  TypedExpression,
  TypedFunction,
  TypedStatement,
} from './typed-tree.ts';

/** One thing that the code of a function refers to. */
export type LiveReference =
  /** `isCall`: called directly; else its address is taken. */
  | {
      readonly kind: 'function';
      readonly symbol: FunctionSymbol;
      readonly isCall: boolean;
      readonly span: Span;
    }
  | { readonly kind: 'object'; readonly symbol: ObjectSymbol }
  /** Any call, direct or not, as it is written; `isUsed` says whether its value goes anywhere. */
  | { readonly kind: 'call'; readonly node: CallNode; readonly isUsed: boolean }
  /** A literal that the code refers to, and what became of it. */
  | {
      readonly kind: 'string';
      readonly literal: StringLiteral;
      readonly fate: LiteralFate;
      readonly span: Span;
    }
  /** A floating or complex value that an instruction needs. */
  | {
      readonly kind: 'number';
      readonly value: ConstantValue & { kind: 'floating' | 'complex' };
      readonly type: CType;
      readonly span: Span;
      /** It is an argument in a register. */
      readonly isArgument?: true | undefined;
    }
  /** An operation on floating values that takes a mask: the sign is changed, or cut off. */
  | { readonly kind: 'negate'; readonly type: CType; readonly span: Span }
  | { readonly kind: 'float-to-unsigned'; readonly from: CType; readonly to: CType; readonly span: Span }
  /** An operation on integers of any size or complex numbers that may be the call of a function of the compiler's own. */
  | {
      readonly kind: 'operation';
      readonly operator: ArithmeticOperator;
      readonly type: CType;
      /** The value of the second operand where it is known. */
      readonly right: bigint | undefined;
    }
  | { readonly kind: 'switch'; readonly statement: TypedStatement & { kind: 'switch' } }
  /** The first value of an automatic object is copied from a constant. */
  | {
      readonly kind: 'image';
      readonly object: ObjectSymbol;
      readonly initializer: ObjectInitializer;
    };

type CallNode = TypedExpression & { kind: 'call' };

const kept: LiteralFate = { kind: 'kept' };

/** Functions whose end control reaches, from the same walk. */
const knownEnds = { 4: new WeakSet<TypedFunction>(), 8: new WeakSet<TypedFunction>() };

const knownReferences = {
  4: new WeakMap<TypedFunction, readonly LiveReference[]>(),
  8: new WeakMap<TypedFunction, readonly LiveReference[]>(),
};

/**
 * What the code of a function refers to, in the order in which gcc -O0 expands it: operands before the operation, the
 * arguments of a call from the last to the first, constants with the instruction that uses them. A function is walked once.
 */
export function liveReferences(fn: TypedFunction, wordBytes: 4 | 8): readonly LiveReference[] {
  const known = knownReferences[wordBytes].get(fn);
  if (known !== undefined) return known;
  const jumps = new KnownJumps();
  let walk: LiveCodeWalk;
  do {
    walk = new LiveCodeWalk(wordBytes, jumps);
    for (const { function: symbol } of fn.nesting?.frame?.trampolines ?? [])
      walk.references.push({ kind: 'function', symbol, isCall: false, span: fn.span });
    walk.block(fn.body);
  } while (jumps.mustVisitAgain());
  knownReferences[wordBytes].set(fn, walk.references);
  if (walk.isReached) knownEnds[wordBytes].add(fn);
  return walk.references;
}

/** Whether control may come to the end of a function's body. */
export function reachesEnd(fn: TypedFunction, wordBytes: 4 | 8): boolean {
  liveReferences(fn, wordBytes);
  return knownEnds[wordBytes].has(fn);
}

class LiveCodeWalk implements StatementVisitor {
  readonly references: LiveReference[] = [];
  readonly #wordBytes: 4 | 8;
  readonly #statements: ReachableStatements;

  constructor(wordBytes: 4 | 8, jumps: KnownJumps) {
    this.#wordBytes = wordBytes;
    this.#statements = new ReachableStatements(this, jumps);
  }

  block(block: TypedBlock): void {
    this.#statements.block(block);
  }

  /** Whether control comes to where the walk is. */
  get isReached(): boolean {
    return this.#statements.isReached;
  }

  switch(statement: TypedStatement & { kind: 'switch' }): void {
    this.references.push({ kind: 'switch', statement });
  }

  endsIn(node: TypedExpression): boolean {
    return isNoreturnCall(node);
  }

  /** A condition whose value is known leaves only its side effects. */
  condition(condition: TypedExpression, truth: boolean | undefined): void {
    if (truth === undefined || !isPure(condition)) this.tested(condition);
  }

  /** A floating value that is a condition is compared with zero. */
  tested(condition: TypedExpression): void {
    this.expression(condition, true);
    if (resolve(condition.type.type).kind === 'float') this.floatNumber(condition, 0);
  }

  floatNumber({ type, span }: TypedExpression, value: number): void {
    this.references.push({ kind: 'number', value: { kind: 'floating', value }, type: type.type, span });
  }

  floatingOf(node: TypedExpression): number | undefined {
    const constant = this.constant(node);
    // What is no double is none of the numbers that fold.
    return constant?.kind === 'floating' && constant.extended === undefined ? constant.value : undefined;
  }

  truth(condition: TypedExpression): boolean | undefined {
    if (condition.kind === 'logical') {
      const left = this.truth(condition.left);
      const right = this.truth(condition.right);
      const decisive = condition.operator === '||';
      if (left === decisive || (right === decisive && isPure(condition.left))) return decisive;
      return left !== undefined && right !== undefined ? !decisive : undefined;
    }
    if (condition.kind === 'not') {
      const truth = this.truth(condition.operand);
      return truth === undefined ? undefined : !truth;
    }
    return truthOf(this.constant(condition)) ?? constantTruth(condition) ?? truthOfAddress(condition);
  }

  integer(value: TypedExpression): bigint | undefined {
    const constant = this.constant(value);
    return constant?.kind === 'integer' ? constant.value : constantInteger(value);
  }

  constant(node: TypedExpression): ConstantValue | undefined {
    return evaluate(node, { foldObjects: false, wordBytes: this.#wordBytes });
  }

  /** Code whose value, if any, goes to a register or nowhere. */
  expression(node: TypedExpression, isUsed: boolean): void {
    if (isUsed || !isPure(node)) this.touch(this.operand(node, isUsed));
  }

  /** An instruction uses these constants. */
  touch(operands: readonly LiveReference[]): void {
    for (const operand of operands) this.references.push(operand);
  }

  /**
   * Code that computes an operand.
   *
   * @returns what is left to the instruction that uses it: a constant is not computed beforehand
   */
  operand(node: TypedExpression, isUsed = true): readonly LiveReference[] {
    switch (node.kind) {
      case 'string':
        return [{ kind: 'string', literal: node.literal, fate: kept, span: node.span }];
      case 'floating':
        return [
          {
            kind: 'number',
            value: { kind: 'floating', ...floatingIn(node) },
            type: node.type.type,
            span: node.span,
          },
        ];
      case 'function':
        return [{ kind: 'function', symbol: node.function, isCall: false, span: node.span }];
      case 'object':
        // The address is a constant; the value is loaded at once.
        return [{ kind: 'object', symbol: node.object }];
      case 'integer':
      case 'label-address':
      case 'vla-size':
      case 'error':
      case 'unsupported':
        return [];
      case 'address-of':
      case 'real-part':
      case 'imaginary-part':
        return this.operand(node.operand);
      case 'member':
        return this.operand(node.base);
      case 'convert':
        return this.conversion(node, isUsed);
      case 'deref':
        return this.operand(node.operand);
      case 'negate':
      case 'complement':
        return this.unary(node);
      case 'not':
        this.tested(node.operand);
        return [];
      case 'arithmetic':
      case 'compare':
        return this.binary(node);
      case 'pointer-difference':
        this.both(this.operand(node.left), () => this.operand(node.right));
        return [];
      case 'pointer-add': {
        const pointer = this.operand(node.pointer);
        if (node.index.kind === 'integer') return pointer;
        this.both(pointer, () => this.operand(node.index));
        return [];
      }
      case 'comma':
        this.expression(node.left, false);
        return this.operand(node.right, isUsed);
      case 'logical': {
        const left = this.truth(node.left);
        this.condition(node.left, left);
        if (left === undefined || left === (node.operator === '&&'))
          this.condition(node.right, this.truth(node.right));
        return [];
      }
      case 'conditional': {
        const truth = this.truth(node.condition);
        this.condition(node.condition, truth);
        if (truth === true) return node.then === undefined ? [] : this.operand(node.then, isUsed);
        if (truth === false) return this.operand(node.otherwise, isUsed);
        if (node.then !== undefined) this.expression(node.then, isUsed);
        this.expression(node.otherwise, isUsed);
        return [];
      }
      case 'assign':
        this.assign(node.target, node.value);
        return [];
      case 'compound-assign': {
        const target = this.operand(node.target);
        if (resolve(node.computation.type).kind === 'float') {
          const folded = foldFloat(node.operator, undefined, this.floatingOf(node.value));
          if (folded !== undefined) return this.folded(target, folded, node.computation.type, node.span);
        }
        this.both(target, () => this.operand(node.value));
        this.operation(node.operator, node.computation.type, { left: node.target, right: node.value });
        return [];
      }
      case 'increment':
        this.touch(this.operand(node.target));
        if (resolve(node.target.type.type).kind === 'float') this.floatNumber(node.target, 1);
        return [];
      case 'call': {
        const constant = this.constant(node);
        if (constant !== undefined) return constantReference(constant, node);
        this.call(node, isUsed);
        return [];
      }
      case 'builtin': {
        const constant = this.numberOf(node);
        if (constant !== undefined) return constant;
        for (const argument of node.args) this.expression(argument, true);
        return [];
      }
      case 'compound-literal':
        if (node.object.storage === 'automatic') this.initializer(node.object, node.initializer);
        return [{ kind: 'object', symbol: node.object }];
      case 'statement-expression':
        this.block(node.body);
        return node.value === undefined ? [] : this.operand(node.value, isUsed);
    }
  }

  /** Two operands of one instruction: constants among them are its own. */
  both(first: readonly LiveReference[], second: () => readonly LiveReference[]): void {
    const operands = second();
    this.touch(first);
    this.touch(operands);
  }

  assign(target: TypedExpression, value: TypedExpression): void {
    const place = this.operand(target);
    const list = storedList(value, target.kind === 'object' ? target.object : undefined, this.#wordBytes);
    if (list !== undefined) {
      this.touch(place);
      this.values(list);
      return;
    }
    const operands = this.operand(value);
    this.touch(place);
    this.touch(operands);
  }

  conversion(node: TypedExpression & { kind: 'convert' }, isUsed: boolean): readonly LiveReference[] {
    const { operand, conversion } = node;
    if (conversion === 'to-void') {
      this.expression(operand, false);
      return [];
    }
    if (conversion === 'load') {
      if (operand.kind === 'deref' && this.isKnownCharacter(node)) return [];
      const constant = staticConstant(operand);
      // A number is read from the object after all, or is an immediate value.
      if (constant !== undefined) return constant.kind === 'address' ? constantReference(constant, node) : [];
      const from = this.references.length;
      this.touch(this.operand(operand));
      if (operand.kind === 'compound-literal') this.dropSmallNumbers(from, node.type.type);
      return [];
    }
    const shortened =
      conversion === 'arithmetic' ? shortenedFloat(node, (one) => this.floatingOf(one)) : undefined;
    if (shortened !== undefined && this.constant(node) === undefined) return this.binary(shortened);
    const inner = this.operand(operand, isUsed);
    if (conversion !== 'arithmetic') return inner;
    const [from, to] = [resolve(operand.type.type), resolve(node.type.type)];
    if (from.kind === 'float' && to.kind === 'float' && from.name === to.name) return inner;
    if (inner.length > 0 || to.kind === 'float' || to.kind === 'complex') {
      const constant = this.numberOf(node);
      if (constant !== undefined) return constant;
    }
    this.touch(inner);
    // What looks negative is 2**64 too small (optabs.cc: expand_float).
    if (this.#wordBytes === 8 && to.kind === 'float' && to.name === 'long double')
      if (from.kind === 'integer' && from.size === 8 && !from.isSigned) this.floatNumber(node, 2 ** 64);
    if (from.kind === 'float' && to.kind === 'integer' && to.name === '_Bool') this.floatNumber(operand, 0);
    else if (from.kind === 'float' && to.kind === 'integer')
      this.references.push({ kind: 'float-to-unsigned', from, to, span: node.span });
    return [];
  }

  /** A compound literal of up to two words that is only a value is put together in registers, from immediate values. */
  dropSmallNumbers(from: number, type: CType): void {
    if ((sizeOf(type) ?? Infinity) > 2 * this.#wordBytes) return;
    const added = this.references.splice(from);
    for (const one of added) {
      if (one.kind !== 'number' || (sizeOf(one.type) ?? 0) >= this.#wordBytes) this.references.push(one);
    }
  }

  /**
   * A complex value with a real number that is known: the number is not made complex first.
   *
   * Source: gcc/c/c-typeck.cc: build_binary_op.
   */
  withRealOperand(node: TypedExpression & { kind: 'arithmetic' }): readonly LiveReference[] | undefined {
    const { left, right, operator } = node;
    const type = resolve(node.type.type);
    if (type.kind !== 'complex') return undefined;
    const isFirst = (operator === '+' || operator === '*') && realNumberIn(left) !== undefined;
    const [other, real] = isFirst ? [right, left] : [left, right];
    const inner = realNumberIn(real);
    if (inner === undefined || this.constant(other) !== undefined) return undefined;
    const constant = this.constant(inner);
    const value = constant?.kind === 'integer' ? Number(constant.value) : this.floatingOf(inner);
    if (value === undefined) return undefined;
    const operand = this.operand(other);
    const folded = foldFloat(operator, undefined, value);
    if (folded !== undefined) return this.folded(operand, folded, type.element, node.span);
    this.touch(operand);
    this.floatNumber({ ...inner, type: { type: type.element, quals: 0 } }, value);
    return [];
  }

  /** What a folded operation leaves of the operand that is not known. */
  folded(
    operand: readonly LiveReference[],
    { kind }: FloatFold,
    type: CType,
    span: Span,
  ): readonly LiveReference[] {
    if (kind === 'same') return operand;
    this.touch(operand);
    if (kind === 'negated') this.references.push({ kind: 'negate', type, span });
    return [];
  }

  /** A floating or complex constant; nothing remains of a constant of another kind. */
  numberOf(node: TypedExpression): readonly LiveReference[] | undefined {
    const value = evaluate(node, { foldObjects: false, wordBytes: this.#wordBytes });
    if (value === undefined) return undefined;
    if (value.kind !== 'floating' && value.kind !== 'complex') return [];
    return [{ kind: 'number', value, type: node.type.type, span: node.span }];
  }

  unary(node: TypedExpression & { kind: 'negate' | 'complement' }): readonly LiveReference[] {
    const operand = this.operand(node.operand);
    const type = resolve(node.type.type);
    if (type.kind !== 'float' && type.kind !== 'complex') {
      this.touch(operand);
      return [];
    }
    const constant = operand.length > 0 ? this.numberOf(node) : undefined;
    if (constant !== undefined) return constant;
    this.touch(operand);
    if (node.kind === 'negate') this.references.push({ kind: 'negate', type, span: node.span });
    return [];
  }

  binary(node: TypedExpression & { kind: 'arithmetic' | 'compare' }): readonly LiveReference[] {
    const folded = node.kind === 'arithmetic' ? foldArithmetic(node) : undefined;
    if (folded?.kind === 'constant') {
      // `x * 0`: what has no effect is not computed.
      for (const operand of folded.dropped) this.expression(operand, false);
      return [];
    }
    if (node.kind === 'arithmetic' && isFloating(node.left) && isFloating(node.right)) {
      const [first, second] = [this.floatingOf(node.left), this.floatingOf(node.right)];
      const kept =
        first !== undefined && second !== undefined ? undefined : foldFloat(node.operator, first, second);
      if (kept !== undefined)
        return this.folded(this.operand(node[kept.of]), kept, node.type.type, node.span);
    }
    const ofParts = node.kind === 'arithmetic' ? this.withRealOperand(node) : undefined;
    if (ofParts !== undefined) return ofParts;
    const exchanged = exchangesOperands(node.operator, node.left, node.right);
    const [first, second] = exchanged ? [node.right, node.left] : [node.left, node.right];
    const left = this.operand(first);
    const right = this.operand(second);
    // Addresses that are known are not compared: that of a function that must be there is not null.
    const isAddress = [...left, ...right].some(({ kind }) => kind === 'function' || kind === 'string');
    if (node.kind === 'compare' && isAddress && this.truth(node) !== undefined) return [];
    if (node.kind === 'arithmetic' && left.length + right.length > 0) {
      const constant = this.numberOf(node);
      if (constant !== undefined) return constant;
    }
    this.touch(left.flatMap(partsOfComplex));
    this.touch(right.flatMap(partsOfComplex));
    if (node.kind === 'arithmetic' && this.constant(node) === undefined)
      this.operation(node.operator, node.type.type, node);
    return [];
  }

  operation(
    operator: ArithmeticOperator,
    type: CType,
    { left, right }: { readonly left: TypedExpression; readonly right: TypedExpression },
  ): void {
    const { kind } = resolve(type);
    if (operator !== '*' && operator !== '/' && operator !== '%') return;
    if (kind !== 'integer' && kind !== 'complex') return;
    // With a real number each part is computed by itself (c-typeck.cc: build_binary_op).
    const isByParts = isReal(right) || (operator === '*' && isReal(left));
    if (kind === 'complex' && isByParts) return;
    this.references.push({ kind: 'operation', operator, type, right: this.integer(right) });
  }

  /** `"literal"[2]` is a number. */
  isKnownCharacter(node: TypedExpression): boolean {
    return evaluate(node, { foldObjects: true, wordBytes: this.#wordBytes })?.kind === 'integer';
  }

  call(node: CallNode, isUsed: boolean): void {
    const rewritten = rewriteLibraryCall(node, isUsed);
    const callee = node.callee.kind === 'function' ? [] : this.operand(node.callee);
    const operands: ArgumentReferences[] = [];
    const registers = argumentRegisters(node, this.#wordBytes);
    for (let i = node.args.length - 1; i >= 0; i -= 1) {
      const argument = node.args[i];
      if (argument === undefined) continue;
      const fate = rewritten?.literals[i];
      const references = fate === undefined ? this.operand(argument) : literalReference(argument, fate);
      const inRegister = registers[i] === true;
      operands.push({ references: inRegister ? references.map(asArgument) : references, inRegister });
    }
    this.touch(inLoadOrder(operands));
    this.touch(callee);
    this.references.push({ kind: 'call', node, isUsed });
    if (node.callee.kind === 'function' && rewritten === undefined && !isInlinedCall(node))
      this.references.push({
        kind: 'function',
        symbol: node.callee.function,
        isCall: true,
        span: node.callee.span,
      });
  }

  /** The values of a list are stored one by one. */
  values({ entries }: ObjectInitializer): void {
    for (const { value, type } of entries) {
      if (value.kind !== 'string') this.expression(value, true);
      else if (!isStoredByPieces(value.literal, sizeOf(type.type) ?? 0, this.#wordBytes))
        this.references.push({ kind: 'string', literal: value.literal, fate: kept, span: value.span });
    }
  }

  /** An automatic object is filled from a constant, or element by element. */
  initializer(object: ObjectSymbol, initializer: ObjectInitializer): void {
    if (!isCopiedFromImage(object.type, initializer, this.#wordBytes)) {
      const [only] = initializer.isAggregate ? [] : initializer.entries;
      const list = only === undefined ? undefined : storedList(only.value, object, this.#wordBytes);
      this.values(list ?? initializer);
      return;
    }
    // What the image refers to is written before it.
    for (const { value } of initializer.entries) {
      if (value.kind === 'string') continue;
      for (const reference of this.operand(value))
        if (reference.kind !== 'number') this.references.push(reference);
    }
    this.references.push({ kind: 'image', object, initializer });
  }
}

/**
 * The value that code reads from a constant object, where it is known: gcc reads it at compile time.
 *
 * Source: gcc/gimple-fold.cc: maybe_fold_reference, fold_const_aggregate_ref (behaviour).
 */
function staticConstant(lvalue: TypedExpression): ConstantValue | undefined {
  const address = addressOf(lvalue, { foldObjects: false, wordBytes: 8 });
  if (address?.kind !== 'address' || !('kind' in address.base) || address.base.kind !== 'object')
    return undefined;
  const { base, offset } = address;
  // Those of functions are not complete while code is taken apart.
  const isKnown = base.storage === 'static' && base.owner === undefined && isReadOnly(base.type);
  if (!isKnown || base.attributes.isWeak === true || base.attributes.section !== undefined) return undefined;
  const size = sizeOf(lvalue.type.type);
  if (size === undefined || !isScalar(lvalue.type.type)) return undefined;
  const entry = base.initializer?.entries.find((one) => one.offset === offset && one.bitOffset === undefined);
  if (entry === undefined || sizeOf(entry.type.type) !== size) return undefined;
  return entry.constant;
}

/** What code that takes a known value refers to. */
function constantReference(
  constant: ConstantValue,
  { type, span }: TypedExpression,
): readonly LiveReference[] {
  if (constant.kind === 'floating' || constant.kind === 'complex')
    return [{ kind: 'number', value: constant, type: type.type, span }];
  if (constant.kind !== 'address') return [];
  const { base } = constant;
  if ('bytes' in base) return [{ kind: 'string', literal: base, fate: kept, span }];
  if (base.kind === 'function') return [{ kind: 'function', symbol: base, isCall: false, span }];
  return base.kind === 'object' ? [{ kind: 'object', symbol: base }] : [];
}

function isFloating({ type }: TypedExpression): boolean {
  const { kind } = resolve(type.type);
  return kind === 'float' || kind === 'complex';
}

/** The real number of which a complex one is made. */
function realNumberIn(node: TypedExpression): TypedExpression | undefined {
  if (node.kind !== 'convert' || node.conversion !== 'arithmetic') return undefined;
  const [from, to] = [resolve(node.operand.type.type), resolve(node.type.type)];
  return to.kind === 'complex' && from.kind !== 'complex' ? node.operand : undefined;
}

function asArgument(reference: LiveReference): LiveReference {
  return reference.kind === 'number' ? { ...reference, isArgument: true } : reference;
}

/** Operations on complex numbers are operations on their parts. */
function partsOfComplex(reference: LiveReference): readonly LiveReference[] {
  if (reference.kind !== 'number') return [reference];
  const type = resolve(reference.type);
  if (type.kind !== 'complex') return [reference];
  const { value } = reference;
  const parts = value.kind === 'complex' ? partsOfComplexValue(value) : [floatingIn(value), { value: 0 }];
  return parts.map((part) => ({
    ...reference,
    type: type.element,
    value: { kind: 'floating', ...part },
  }));
}

/** The address of a variable or array is not null: `&x`, `array`, and comparisons of them with null pointers. */
function truthOfAddress(condition: TypedExpression): boolean | undefined {
  if (condition.kind === 'compare' && (condition.operator === '==' || condition.operator === '!=')) {
    const { left, right, operator } = condition;
    const isKnown = (isNull(left) && isThere(right)) || (isNull(right) && isThere(left));
    return isKnown ? operator === '!=' : undefined;
  }
  return isThere(condition) ? true : undefined;
}

function isNull(node: TypedExpression): boolean {
  if (node.kind === 'convert') return node.conversion !== 'load' && isNull(node.operand);
  return node.kind === 'integer' && node.value === 0n;
}

function isThere(node: TypedExpression): boolean {
  if (node.kind === 'convert')
    return (node.conversion === 'pointer' || node.conversion === 'decay') && isThere(node.operand);
  if (node.kind === 'address-of') return isThere(node.operand);
  return node.kind === 'object' && node.object.attributes.isWeak !== true;
}

/** What is left of an argument to the call itself. */
interface ArgumentReferences {
  readonly references: readonly LiveReference[];
  readonly inRegister: boolean;
}

/**
 * gcc computes what goes to registers first, then writes the arguments on the stack, then loads the registers: a constant of
 * the size of a float, or zero, costs so little that it waits for the last step. Each step goes from the last argument to the first.
 *
 * Source: gcc/calls.cc: precompute_register_parameters, store_one_arg, load_register_parameters (behaviour).
 */
function inLoadOrder(operands: readonly ArgumentReferences[]): readonly LiveReference[] {
  const isCheap = (one: LiveReference): boolean =>
    one.kind === 'number' &&
    (sizeOf(one.type) === 4 || (one.value.kind === 'floating' && Object.is(one.value.value, 0)));
  const inRegisters = operands.flatMap(({ references, inRegister }) => (inRegister ? references : []));
  const onStack = operands.flatMap(({ references, inRegister }) => (inRegister ? [] : references));
  return [...inRegisters.filter((one) => !isCheap(one)), ...onStack, ...inRegisters.filter(isCheap)];
}

/** Whether each argument goes to registers: six for integers and addresses, eight for floating values (AMD64 ABI 3.2.3). */
function argumentRegisters({ args }: CallNode, wordBytes: 4 | 8): readonly boolean[] {
  if (wordBytes === 4) return args.map(() => false);
  let integers = 6;
  let vectors = 8;
  return args.map(({ type }) => {
    const resolved = resolve(type.type);
    if (resolved.kind === 'float' && resolved.name !== 'long double') {
      vectors -= 1;
      return vectors >= 0;
    }
    const size = sizeOf(type.type) ?? 0;
    if (size > 16 || resolved.kind === 'float') return false;
    const words = Math.ceil(size / 8);
    if (words > integers) return false;
    integers -= words;
    return true;
  });
}

function literalReference(argument: TypedExpression, fate: LiteralFate): readonly LiveReference[] {
  let inner = argument;
  while (inner.kind === 'convert') inner = inner.operand;
  return inner.kind === 'string' ? [{ kind: 'string', literal: inner.literal, fate, span: inner.span }] : [];
}

/** Whether evaluating has no side effects. */
function isPure(node: TypedExpression): boolean {
  switch (node.kind) {
    case 'integer':
    case 'floating':
    case 'string':
    case 'object':
    case 'function':
    case 'label-address':
    case 'vla-size':
    case 'error':
    case 'unsupported':
      return true;
    case 'convert':
      if (node.conversion === 'load' && (qualsOf(node.operand.type) & VOLATILE) !== 0) return false;
      return isPure(node.operand);
    case 'address-of':
    case 'deref':
    case 'negate':
    case 'complement':
    case 'not':
    case 'real-part':
    case 'imaginary-part':
      return isPure(node.operand);
    case 'member':
      return isPure(node.base);
    case 'arithmetic':
    case 'compare':
    case 'pointer-difference':
    case 'logical':
    case 'comma':
      return isPure(node.left) && isPure(node.right);
    case 'pointer-add':
      return isPure(node.pointer) && isPure(node.index);
    case 'conditional':
      return (
        isPure(node.condition) && (node.then === undefined || isPure(node.then)) && isPure(node.otherwise)
      );
    case 'assign':
    case 'compound-assign':
    case 'increment':
    case 'call':
    case 'builtin':
    case 'compound-literal':
    case 'statement-expression':
      return false;
  }
}

/** Whether a number is real, or was before it became complex for an operation. */
function isReal(node: TypedExpression): boolean {
  if (resolve(node.type.type).kind !== 'complex') return true;
  return node.kind === 'convert' && node.conversion === 'arithmetic' && isReal(node.operand);
}
