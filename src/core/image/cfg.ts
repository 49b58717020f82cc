/**
 * The basic-block graph of a function as gcc has it when it decides about the stack frame, reduced to what matters
 * there: where variables are read, assigned, mentioned and where their scopes end.
 *
 * The order of edges is gcc's: a test has its true edge first; a loop's test comes after its body; a switch has its
 * default first, then the cases in ascending order. Blocks that nothing reaches stay without predecessors.
 */
import { unreachable } from '../../base/assert.ts';
import { integerConstant } from '../sema/constant.ts';
import { integerOf, isVariableLength, resolve } from '../sema/type-relations.ts';
import type {
  ArithmeticOperator,
  ComparisonOperator,
  LabelSymbol,
  ObjectInitializer,
  ObjectSymbol,
  SwitchCase,
  TypedBlock,
  TypedExpression,
  TypedFunction,
  TypedStatement,
} from '../sema/typed-tree.ts';
import type { ArrayType, CType } from '../sema/type.ts';
import { exchangesOperands, withoutSameSizeConversions } from './operand-order.ts';
import { hasSideEffects, operandsOf } from './tree-walk.ts';

/** What happens to a variable at a place of a basic block. */
export type FlowEvent =
  /** A register-like variable is read or assigned. */
  | { readonly kind: 'use' | 'define'; readonly object: ObjectSymbol }
  /** A variable in memory is accessed or its address taken. */
  | { readonly kind: 'mention'; readonly object: ObjectSymbol }
  /** A variable length array gets its bytes: gcc keeps its address in a slot of its own. */
  | { readonly kind: 'allocate'; readonly object: ObjectSymbol }
  /** A length of a variably modified type is computed: gcc keeps the last index. */
  | { readonly kind: 'measure'; readonly array: ArrayType }
  /** Its scope ends. */
  | { readonly kind: 'end'; readonly object: ObjectSymbol }
  /** Something else is executed. */
  | { readonly kind: 'other' };

/** A basic block. */
export interface FlowBlock {
  readonly events: FlowEvent[];
  readonly successors: number[];
}

/** The graph; block 0 is the entry. */
export interface FlowGraph {
  readonly blocks: readonly FlowBlock[];
}

/**
 * Builds the graph of a function.
 *
 * @param isRegisterLike - whether gcc may keep the variable in a register: a scalar whose address is not taken
 */
export function buildFlowGraph(
  fn: TypedFunction,
  isRegisterLike: (object: ObjectSymbol) => boolean,
): FlowGraph {
  const builder = new FlowBuilder(isRegisterLike);
  for (const parameter of fn.parameters) builder.measureLengths(parameter.type.type);
  builder.statement(fn.body);
  return { blocks: builder.blocks };
}

/** The truth of a constant condition; undefined when it is none. */
function constantTruth(expression: TypedExpression): boolean | undefined {
  const value = integerConstant(expression, 8);
  if (value !== undefined) return value !== 0n;
  if (expression.kind === 'compare')
    return truthByRange(expression.operator, expression.left, expression.right);
  if (expression.kind !== 'logical') return undefined;
  // `0 && x` and `1 || x` are constant whatever x is.
  const left = constantTruth(expression.left);
  const decides = expression.operator === '||';
  if (left === decides) return decides;
  const right = constantTruth(expression.right);
  return left === undefined ? undefined : right;
}

/** `c > 300` of an unsigned char is false: the constant is outside of what the type can hold. */
function truthByRange(
  operator: ComparisonOperator,
  left: TypedExpression,
  right: TypedExpression,
): boolean | undefined {
  const constant = integerConstant(right, 8);
  if (constant === undefined || left.kind !== 'convert' || left.conversion !== 'arithmetic') return undefined;
  const type = integerOf(left.operand.type.type);
  const wide = integerOf(left.type.type);
  if (type === undefined || wide === undefined || type.size >= wide.size) return undefined;
  const bits = type.name === '_Bool' ? 1n : BigInt(type.size * 8);
  const [least, most] = type.isSigned
    ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n]
    : [0n, (1n << bits) - 1n];
  if (!wide.isSigned && least < 0n) return undefined;
  switch (operator) {
    case '==':
      return constant < least || constant > most ? false : undefined;
    case '!=':
      return constant < least || constant > most ? true : undefined;
    case '<':
      return most < constant ? true : least >= constant ? false : undefined;
    case '<=':
      return most <= constant ? true : least > constant ? false : undefined;
    case '>':
      return least > constant ? true : most <= constant ? false : undefined;
    case '>=':
      return least >= constant ? true : most < constant ? false : undefined;
  }
}

function isZero(expression: TypedExpression): boolean {
  return expression.kind === 'integer' && expression.value === 0n;
}

interface LoopTargets {
  readonly breakTo: number;
  readonly continueTo: number | undefined;
  readonly depth: number;
}

class FlowBuilder {
  readonly blocks: FlowBlock[] = [{ events: [], successors: [] }];
  readonly #isRegisterLike: (object: ObjectSymbol) => boolean;
  #current = 0;
  /** Variables of the open scopes, outermost first. */
  readonly #scopes: (readonly ObjectSymbol[])[] = [];
  readonly #targets: LoopTargets[] = [];
  readonly #labels = new Map<LabelSymbol, number>();
  readonly #cases = new Map<SwitchCase | TypedStatement, number>();
  readonly #measured = new Set<ArrayType>();

  constructor(isRegisterLike: (object: ObjectSymbol) => boolean) {
    this.#isRegisterLike = isRegisterLike;
  }

  #newBlock(): number {
    this.blocks.push({ events: [], successors: [] });
    return this.blocks.length - 1;
  }

  #event(event: FlowEvent): void {
    this.blocks[this.#current]?.events.push(event);
  }

  /** Adds an edge from the current block. */
  #edge(to: number): void {
    this.blocks[this.#current]?.successors.push(to);
  }

  #jump(to: number): void {
    this.#edge(to);
    this.#current = this.#newBlock();
  }

  /** Falls into a block and goes on there. */
  #enter(block: number): void {
    this.#edge(block);
    this.#current = block;
  }

  #open(objects: readonly ObjectSymbol[]): void {
    this.#scopes.push(objects);
  }

  #close(): void {
    this.#endScopes(this.#scopes.length - 1);
    this.#scopes.pop();
  }

  /** Ends the scopes from `depth` on, for a jump out of them or at their end. */
  #endScopes(depth: number): void {
    for (let index = this.#scopes.length - 1; index >= depth; index -= 1) {
      for (const object of this.#scopes[index] ?? []) {
        if (object.storage === 'automatic' && !this.#isRegisterLike(object))
          this.#event({ kind: 'end', object });
      }
    }
  }

  #labelBlock(label: LabelSymbol): number {
    const known = this.#labels.get(label);
    if (known !== undefined) return known;
    const block = this.#newBlock();
    this.#labels.set(label, block);
    return block;
  }

  statement(statement: TypedStatement): void {
    switch (statement.kind) {
      case 'block':
        this.#open(statement.objects);
        for (const inner of statement.statements) this.statement(inner);
        this.#close();
        return;
      case 'declare':
        this.#declare(statement.object, statement.initializer);
        return;
      case 'expression':
        this.#expression(statement.expression);
        return;
      case 'if': {
        const [then, otherwise, end] = [this.#newBlock(), this.#newBlock(), this.#newBlock()];
        this.#condition(statement.condition, then, otherwise);
        this.#current = then;
        this.statement(statement.then);
        this.#edge(end);
        this.#current = otherwise;
        if (statement.otherwise !== undefined) this.statement(statement.otherwise);
        this.#enter(end);
        return;
      }
      case 'while':
        this.#loop(statement.body, statement.condition, undefined, true);
        return;
      case 'do':
        this.#loop(statement.body, statement.condition, undefined, false);
        return;
      case 'for':
        this.#open(statement.objects);
        for (const init of statement.init) this.statement(init);
        this.#loop(statement.body, statement.condition, statement.step, true);
        this.#close();
        return;
      case 'switch':
        this.#switch(statement);
        return;
      case 'case':
      case 'default': {
        const block = this.#cases.get(statement.kind === 'case' ? statement.label : statement);
        if (block !== undefined) this.#enter(block);
        this.statement(statement.body);
        return;
      }
      case 'label':
        this.#enter(this.#labelBlock(statement.label));
        this.statement(statement.body);
        return;
      case 'goto':
        this.#jump(this.#labelBlock(statement.label));
        return;
      case 'computed-goto':
        this.#expression(statement.target);
        for (const block of this.#labels.values()) this.#edge(block);
        this.#current = this.#newBlock();
        return;
      case 'break':
      case 'continue': {
        const wanted = statement.kind === 'break' ? 'breakTo' : 'continueTo';
        for (let index = this.#targets.length - 1; index >= 0; index -= 1) {
          const targets = this.#targets[index];
          const to = targets?.[wanted];
          if (targets === undefined || to === undefined) continue;
          this.#endScopes(targets.depth);
          this.#jump(to);
          return;
        }
        return;
      }
      case 'return':
        if (statement.value !== undefined) this.#expression(statement.value);
        this.#event({ kind: 'other' });
        this.#endScopes(0);
        this.#current = this.#newBlock();
        return;
      case 'null':
      case 'unsupported':
        return;
      default:
        unreachable(statement);
    }
  }

  #declare(object: ObjectSymbol, initializer: ObjectInitializer | undefined): void {
    if (object.storage !== 'automatic') return;
    this.measureLengths(object.type.type);
    if (initializer !== undefined) this.#initialize(object, initializer);
    else if (isVariableLength(object.type.type)) this.#event({ kind: 'allocate', object });
  }

  /** Lengths are computed once for each type, those of inner arrays first. */
  measureLengths(type: CType): void {
    const resolved = resolve(type);
    if (resolved.kind === 'pointer') this.measureLengths(resolved.target.type);
    if (resolved.kind !== 'array') return;
    this.measureLengths(resolved.element.type);
    if (resolved.sizeExpression === undefined || this.#measured.has(resolved)) return;
    this.#measured.add(resolved);
    this.#expression(resolved.sizeExpression);
    this.#event({ kind: 'measure', array: resolved });
  }

  #initialize(object: ObjectSymbol, initializer: ObjectInitializer): void {
    if (this.#isRegisterLike(object)) {
      for (const entry of initializer.entries) this.#expression(entry.value);
      this.#event({ kind: 'define', object });
      return;
    }
    if (initializer.isAggregate) this.#event({ kind: 'mention', object });
    for (const entry of initializer.entries) {
      this.#expression(entry.value);
      this.#event({ kind: 'mention', object });
    }
  }

  /** A loop; `testFirst` enters at the test. */
  #loop(
    body: TypedStatement,
    condition: TypedExpression | undefined,
    step: TypedExpression | undefined,
    testFirst: boolean,
  ): void {
    const [start, next, test, exit] = [
      this.#newBlock(),
      this.#newBlock(),
      this.#newBlock(),
      this.#newBlock(),
    ];
    const truth = condition === undefined ? true : constantTruth(condition);
    this.#enter(testFirst && truth !== true ? test : start);
    this.#current = start;
    this.#targets.push({ breakTo: exit, continueTo: next, depth: this.#scopes.length });
    this.statement(body);
    this.#targets.pop();
    this.#enter(next);
    if (step !== undefined) this.#expression(step);
    this.#enter(test);
    if (condition === undefined) this.#edge(start);
    else this.#condition(condition, start, exit);
    this.#current = exit;
  }

  #switch(statement: Extract<TypedStatement, { kind: 'switch' }>): void {
    this.#expression(statement.value);
    this.#event({ kind: 'other' });
    const exit = this.#newBlock();
    const sorted = [...statement.cases].sort((a, b) => (a.first < b.first ? -1 : 1));
    const defaultLabel = findDefault(statement.body);
    for (const label of sorted) this.#cases.set(label, this.#newBlock());
    if (defaultLabel !== undefined) this.#cases.set(defaultLabel, this.#newBlock());
    const value = integerConstant(statement.value, 8);
    if (value === undefined) {
      this.#edge(defaultLabel === undefined ? exit : (this.#cases.get(defaultLabel) ?? exit));
      for (const label of sorted) this.#edge(this.#cases.get(label) ?? exit);
    } else {
      const taken = sorted.find((label) => label.first <= value && value <= label.last);
      const to = taken ?? defaultLabel;
      this.#edge(to === undefined ? exit : (this.#cases.get(to) ?? exit));
    }
    this.#current = this.#newBlock();
    this.#targets.push({ breakTo: exit, continueTo: undefined, depth: this.#scopes.length });
    this.statement(statement.body);
    this.#targets.pop();
    this.#enter(exit);
  }

  /** Evaluates a condition and branches. */
  #condition(expression: TypedExpression, whenTrue: number, whenFalse: number): void {
    const truth = constantTruth(expression);
    if (truth !== undefined) {
      this.#edge(truth ? whenTrue : whenFalse);
      return;
    }
    switch (expression.kind) {
      case 'not':
        this.#condition(expression.operand, whenFalse, whenTrue);
        this.#swapLast(expression);
        return;
      case 'logical': {
        const second = this.#newBlock();
        if (expression.operator === '&&') this.#condition(expression.left, second, whenFalse);
        else this.#condition(expression.left, whenTrue, second);
        this.#current = second;
        this.#condition(expression.right, whenTrue, whenFalse);
        return;
      }
      default:
        this.#expression(expression);
        this.#event({ kind: 'other' });
        this.#edge(whenTrue);
        this.#edge(whenFalse);
    }
  }

  /** gcc turns `!x` into `x == 0`, whose true edge comes first. */
  #swapLast(expression: Extract<TypedExpression, { kind: 'not' | 'negate' | 'complement' }>): void {
    const inner = expression.operand.kind;
    if (inner === 'logical' || inner === 'not') return;
    const successors = this.blocks[this.#current]?.successors;
    if (successors?.length !== 2) return;
    successors.reverse();
  }

  /** The value of an expression, in the order in which gcc evaluates it. */
  #expression(expression: TypedExpression): void {
    switch (expression.kind) {
      case 'object':
        this.#mention(expression.object);
        return;
      case 'assign': {
        const { target } = expression;
        if (target.kind === 'object' && this.#isRegisterLike(target.object)) {
          this.#expression(expression.value);
          this.#event({ kind: 'define', object: target.object });
          return;
        }
        this.#expression(target);
        this.#expression(expression.value);
        this.#event({ kind: 'other' });
        return;
      }
      case 'compound-assign': {
        const { target } = expression;
        const early = hasSideEffects(expression.value);
        if (early) this.#expression(expression.value);
        this.#expression(target);
        if (!early) this.#expression(expression.value);
        this.#defineTarget(target);
        return;
      }
      case 'increment':
        this.#expression(expression.target);
        this.#defineTarget(expression.target);
        return;
      case 'logical': {
        const [yes, no, end] = [this.#newBlock(), this.#newBlock(), this.#newBlock()];
        this.#condition(expression, yes, no);
        this.#current = yes;
        this.#event({ kind: 'other' });
        this.#edge(end);
        this.#current = no;
        this.#event({ kind: 'other' });
        this.#enter(end);
        return;
      }
      case 'conditional': {
        const [yes, no, end] = [this.#newBlock(), this.#newBlock(), this.#newBlock()];
        if (expression.then === undefined) {
          this.#expression(expression.condition);
          this.#edge(yes);
          this.#edge(no);
        } else this.#condition(expression.condition, yes, no);
        this.#current = yes;
        if (expression.then !== undefined) this.#expression(expression.then);
        this.#event({ kind: 'other' });
        this.#edge(end);
        this.#current = no;
        this.#expression(expression.otherwise);
        this.#event({ kind: 'other' });
        this.#enter(end);
        return;
      }
      case 'statement-expression':
        this.#open(expression.body.objects);
        for (const inner of expression.body.statements) this.statement(inner);
        if (expression.value !== undefined) this.#expression(expression.value);
        this.#close();
        return;
      case 'call': {
        this.#expression(expression.callee);
        for (let index = expression.args.length - 1; index >= 0; index -= 1) {
          const argument = expression.args[index];
          if (argument !== undefined) this.#expression(argument);
        }
        this.#event({ kind: 'other' });
        return;
      }
      case 'compound-literal':
        this.#initialize(expression.object, expression.initializer);
        return;
      case 'arithmetic':
        // `x * 0` is 0: x is not read.
        if (expression.operator === '*' && isZero(expression.right) && !hasSideEffects(expression.left))
          return;
        this.#binary(expression.operator, expression.left, expression.right);
        return;
      case 'compare':
        this.#binary(expression.operator, expression.left, expression.right);
        return;
      default:
        for (const operand of operandsOf(expression)) this.#expression(operand);
    }
  }

  /** Operands in gcc's order; plain variables are read when the operation is done, behind what is computed for it. */
  #binary(
    operator: ArithmeticOperator | ComparisonOperator,
    left: TypedExpression,
    right: TypedExpression,
  ): void {
    const isSwapped = exchangesOperands(operator, left, right);
    const operands = isSwapped ? [right, left] : [left, right];
    const isPlain = (operand: TypedExpression): boolean => {
      const inner = withoutSameSizeConversions(operand);
      return inner.kind === 'object' && this.#isRegisterLike(inner.object);
    };
    for (const operand of operands) if (!isPlain(operand)) this.#expression(operand);
    for (const operand of operands) if (isPlain(operand)) this.#expression(operand);
  }

  #defineTarget(target: TypedExpression): void {
    if (target.kind === 'object' && this.#isRegisterLike(target.object)) {
      this.#event({ kind: 'define', object: target.object });
    } else this.#event({ kind: 'other' });
  }

  #mention(object: ObjectSymbol): void {
    if (object.storage !== 'automatic') return;
    this.#event({ kind: this.#isRegisterLike(object) ? 'use' : 'mention', object });
  }
}

/** The default label of a switch with this body. */
function findDefault(statement: TypedStatement): TypedStatement | undefined {
  switch (statement.kind) {
    case 'default':
      return statement;
    case 'block':
      return findFirst(statement);
    case 'if':
      return findDefault(statement.then) ?? (statement.otherwise && findDefault(statement.otherwise));
    case 'while':
    case 'do':
    case 'for':
    case 'case':
    case 'label':
      return findDefault(statement.body);
    default:
      return undefined;
  }
}

function findFirst(block: TypedBlock): TypedStatement | undefined {
  for (const inner of block.statements) {
    const found = findDefault(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
