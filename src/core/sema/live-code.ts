/**
 * Walks the code of a function that gcc -O0 really emits: branches on constants and statements behind a jump are left
 * out, as they have no code, no calls and no constants.
 */
import { evaluate, truthOf } from './constant.ts';
import { rewriteLibraryCall } from './library-call-rewrite.ts';
import type { LiteralFate } from './library-call-rewrite.ts';
import type {
  FunctionSymbol,
  ObjectInitializer,
  ObjectSymbol,
  StringLiteral,
  TypedBlock,
  TypedExpression,
  TypedFunction,
  TypedStatement,
} from './typed-tree.ts';

/** What the walk reports; everything in order of the text. */
export interface LiveCodeVisitor {
  /** `isCall`: called directly; else its address is taken. */
  function(symbol: FunctionSymbol, isCall: boolean): void;
  object(symbol: ObjectSymbol): void;
  /** Any call, direct or not. */
  call?(): void;
  /** A literal that the code refers to, and what became of it. */
  string(literal: StringLiteral, fate: LiteralFate): void;
  /** An aggregate initialiser of an automatic object, whose image may be a constant. */
  initializer?(object: ObjectSymbol, initializer: ObjectInitializer): void;
}

const kept: LiteralFate = { kind: 'kept' };

/** Walks a function's body. */
export function walkLiveCode(fn: TypedFunction, wordBytes: 4 | 8, visitor: LiveCodeVisitor): void {
  new LiveCodeWalk(wordBytes, visitor).block(fn.body);
}

/** Walks the initialiser of a static object: what its constants refer to. */
export function walkStaticInitializer(initializer: ObjectInitializer, visitor: LiveCodeVisitor): void {
  for (const entry of initializer.entries) {
    if (entry.constant?.kind !== 'address') continue;
    const { base } = entry.constant;
    if ('bytes' in base) visitor.string(base, kept);
    else if (base.kind === 'function') visitor.function(base, false);
    else if (base.kind === 'object') visitor.object(base);
  }
}

class LiveCodeWalk {
  readonly #wordBytes: 4 | 8;
  readonly #visitor: LiveCodeVisitor;

  constructor(wordBytes: 4 | 8, visitor: LiveCodeVisitor) {
    this.#wordBytes = wordBytes;
    this.#visitor = visitor;
  }

  /** Walks the statements; true when the end cannot be reached. */
  block(block: TypedBlock): boolean {
    let isDead = false;
    for (const statement of block.statements) {
      if (isDead && !holdsLabel(statement)) continue;
      isDead = this.statement(statement);
    }
    return isDead;
  }

  /** True when control does not go on behind the statement. */
  statement(labelled: TypedStatement): boolean {
    let node = labelled;
    // Chains of labels may be long.
    while (node.kind === 'case' || node.kind === 'default' || node.kind === 'label') node = node.body;
    switch (node.kind) {
      case 'block':
        return this.block(node);
      case 'declare':
        if (node.initializer !== undefined) {
          this.#visitor.initializer?.(node.object, node.initializer);
          this.initializer(node.initializer);
        }
        return false;
      case 'expression':
        this.expression(node.expression, false);
        return isNoreturnCall(node.expression);
      case 'null':
      case 'unsupported':
        return false;
      case 'if': {
        const truth = this.truth(node.condition);
        this.condition(node.condition, truth);
        const thenDead = truth !== false || holdsLabel(node.then) ? this.statement(node.then) : true;
        const { otherwise } = node;
        if (otherwise === undefined) return truth === true && thenDead;
        const otherwiseDead = truth !== true || holdsLabel(otherwise) ? this.statement(otherwise) : true;
        return thenDead && otherwiseDead;
      }
      case 'while': {
        const truth = this.truth(node.condition);
        this.condition(node.condition, truth);
        if (truth !== false || holdsLabel(node.body)) this.statement(node.body);
        return truth === true && !holdsBreak(node.body);
      }
      case 'do': {
        this.statement(node.body);
        const truth = this.truth(node.condition);
        this.condition(node.condition, truth);
        return truth === true && !holdsBreak(node.body);
      }
      case 'for': {
        for (const first of node.init) this.statement(first);
        const truth = node.condition === undefined ? true : this.truth(node.condition);
        if (node.condition !== undefined) this.condition(node.condition, truth);
        if (truth !== false || holdsLabel(node.body)) {
          this.statement(node.body);
          if (node.step !== undefined) this.expression(node.step, false);
        }
        return truth === true && !holdsBreak(node.body);
      }
      case 'switch':
        this.expression(node.value, true);
        this.statement(node.body);
        return false;
      case 'computed-goto':
        this.expression(node.target, true);
        return true;
      case 'return':
        if (node.value !== undefined) this.expression(node.value, true);
        return true;
      case 'goto':
      case 'break':
      case 'continue':
        return true;
    }
  }

  initializer(initializer: ObjectInitializer): void {
    for (const entry of initializer.entries) {
      if (entry.constant?.kind !== 'bytes') this.expression(entry.value, true);
    }
  }

  /** A condition whose value is known leaves only its side effects. */
  condition(condition: TypedExpression, truth: boolean | undefined): void {
    if (truth === undefined || !isPure(condition)) this.expression(condition, true);
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
    return truthOf(evaluate(condition, { foldObjects: false, wordBytes: this.#wordBytes }));
  }

  expression(node: TypedExpression, isUsed: boolean): void {
    switch (node.kind) {
      case 'string':
        this.#visitor.string(node.literal, kept);
        break;
      case 'object':
        this.#visitor.object(node.object);
        break;
      case 'function':
        this.#visitor.function(node.function, false);
        break;
      case 'convert':
        if (node.conversion === 'load' && node.operand.kind === 'deref' && this.isKnownCharacter(node)) break;
        this.expression(node.operand, node.conversion === 'to-void' ? false : isUsed);
        break;
      case 'deref':
      case 'address-of':
      case 'negate':
      case 'complement':
      case 'not':
      case 'real-part':
      case 'imaginary-part':
        this.expression(node.operand, true);
        break;
      case 'member':
        this.expression(node.base, true);
        break;
      case 'arithmetic':
      case 'compare':
      case 'pointer-difference':
        this.expression(node.left, true);
        this.expression(node.right, true);
        break;
      case 'comma':
        this.expression(node.left, false);
        this.expression(node.right, isUsed);
        break;
      case 'pointer-add':
        this.expression(node.pointer, true);
        this.expression(node.index, true);
        break;
      case 'logical': {
        const left = this.truth(node.left);
        this.condition(node.left, left);
        if (left === undefined || left === (node.operator === '&&'))
          this.condition(node.right, this.truth(node.right));
        break;
      }
      case 'conditional': {
        const truth = this.truth(node.condition);
        this.condition(node.condition, truth);
        if (truth !== false && node.then !== undefined) this.expression(node.then, isUsed);
        if (truth !== true) this.expression(node.otherwise, isUsed);
        break;
      }
      case 'assign':
      case 'compound-assign':
        this.expression(node.target, true);
        this.expression(node.value, true);
        break;
      case 'increment':
        this.expression(node.target, true);
        break;
      case 'call':
        this.call(node, isUsed);
        break;
      case 'builtin':
        for (const argument of node.args) this.expression(argument, true);
        break;
      case 'compound-literal':
        this.#visitor.object(node.object);
        if (node.object.storage === 'automatic') {
          this.#visitor.initializer?.(node.object, node.initializer);
          this.initializer(node.initializer);
        }
        break;
      case 'statement-expression':
        this.block(node.body);
        if (node.value !== undefined) this.expression(node.value, isUsed);
        break;
      case 'integer':
      case 'floating':
      case 'label-address':
      case 'vla-size':
      case 'error':
      case 'unsupported':
        break;
    }
  }

  /** `"literal"[2]` is a number. */
  isKnownCharacter(node: TypedExpression): boolean {
    return evaluate(node, { foldObjects: true, wordBytes: this.#wordBytes })?.kind === 'integer';
  }

  call(node: TypedExpression & { kind: 'call' }, isUsed: boolean): void {
    const rewritten = rewriteLibraryCall(node, isUsed);
    this.#visitor.call?.();
    if (node.callee.kind !== 'function') this.expression(node.callee, true);
    else if (rewritten === undefined) this.#visitor.function(node.callee.function, true);
    node.args.forEach((argument, i) => {
      const fate = rewritten?.literals[i];
      if (fate === undefined) this.expression(argument, true);
      else reportLiteral(argument, fate, this.#visitor);
    });
  }
}

function reportLiteral(argument: TypedExpression, fate: LiteralFate, visitor: LiveCodeVisitor): void {
  let inner = argument;
  while (inner.kind === 'convert') inner = inner.operand;
  if (inner.kind === 'string') visitor.string(inner.literal, fate);
}

function isNoreturnCall(node: TypedExpression): boolean {
  if (node.kind === 'convert' && node.conversion === 'to-void') return isNoreturnCall(node.operand);
  if (node.kind === 'builtin') return node.name === '__builtin_unreachable' || node.name === '__builtin_trap';
  if (node.kind !== 'call') return false;
  if (node.calleeType.isNoreturn === true) return true;
  if (node.callee.kind !== 'function') return false;
  const { function: symbol } = node.callee;
  return symbol.attributes.isNoreturn === true || (!symbol.isDefined && noreturnFunctions.has(symbol.name));
}

const noreturnFunctions: ReadonlySet<string> = new Set([
  'abort',
  'exit',
  '_exit',
  '_Exit',
  'quick_exit',
  'longjmp',
  '__assert_fail',
]);

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

/** Whether control can enter a statement from elsewhere. */
function holdsLabel(node: TypedStatement): boolean {
  switch (node.kind) {
    case 'label':
    case 'case':
    case 'default':
      return true;
    case 'block':
      return node.statements.some(holdsLabel);
    case 'if':
      return holdsLabel(node.then) || (node.otherwise !== undefined && holdsLabel(node.otherwise));
    case 'while':
    case 'do':
    case 'for':
    case 'switch':
      return holdsLabel(node.body);
    default:
      return false;
  }
}

/** Whether a loop's body can leave the loop by `break`. */
function holdsBreak(labelled: TypedStatement): boolean {
  let node = labelled;
  while (node.kind === 'case' || node.kind === 'default' || node.kind === 'label') node = node.body;
  switch (node.kind) {
    case 'break':
      return true;
    case 'block':
      return node.statements.some(holdsBreak);
    case 'if':
      return holdsBreak(node.then) || (node.otherwise !== undefined && holdsBreak(node.otherwise));
    default:
      return false;
  }
}
