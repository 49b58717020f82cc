/**
 * Statements and blocks (C17 6.8).
 */
import type { Span } from '../source/text-span.ts';
import type { BlockItem, CompoundStatement, Declaration, Expression, Statement } from '../syntax/ast.ts';
import { MAX_CHAIN } from './context.ts';
import type { SemaContext } from './context.ts';
import { convertForAssignment, convertTo, toCondition, toRvalue } from './conversions.ts';
import { integerConstant, wrapToInteger } from './constant.ts';
import { expression, rvalue } from './expressions.ts';
import { checkSwitchJump, closeBarriers, openBarrier } from './jumps.ts';
import { labelNamed, useLabel } from './labels.ts';
import { assembly } from './assembly.ts';
import { isAddressOfLocal } from './returned-address.ts';
import { asPointer, integerOf, isError, isIntegral, isVoid, promoted } from './type-relations.ts';
import type { QualType } from './type.ts';
import type { ObjectSymbol, SwitchCase, TypedBlock, TypedExpression, TypedStatement } from './typed-tree.ts';

/** What encloses a statement. */
interface Enclosing {
  readonly isLoop: boolean;
  readonly isBreakable: boolean;
  readonly switch: SwitchState | undefined;
}

interface SwitchState {
  /** Promoted type of the controlling expression. */
  readonly type: QualType;
  readonly cases: SwitchCase[];
  readonly seen: Map<bigint, BlockItem['span']>;
  readonly ranges: SwitchCase[];
  hasDefault: boolean;
  readonly start: BlockItem['span'];
  /** The moment at which it starts (see jumps.ts). */
  readonly startedAt: number;
}

const outside: Enclosing = { isLoop: false, isBreakable: false, switch: undefined };

/** What encloses the statement being analysed, per analysis. */
const enclosings = new WeakMap<SemaContext, Enclosing>();

function enclosing(ctx: SemaContext): Enclosing {
  return enclosings.get(ctx) ?? outside;
}

/** Analyses a function's body; the scope with its parameters is open already. */
export function functionBody(ctx: SemaContext, node: CompoundStatement): TypedBlock {
  const before = enclosings.get(ctx);
  enclosings.set(ctx, outside);
  const block = blockItems(ctx, node);
  if (before === undefined) enclosings.delete(ctx);
  else enclosings.set(ctx, before);
  return block;
}

/** Analyses a block in a scope of its own. */
function blockStatement(ctx: SemaContext, node: CompoundStatement): TypedBlock {
  ctx.enterScope();
  if (ctx.fn !== undefined) ctx.fn.blockDepth += 1;
  const labels = ctx.fn?.labels;
  const barrier = ctx.fn?.barrier;
  const block = blockItems(ctx, node);
  if (ctx.fn !== undefined) {
    ctx.fn.blockDepth -= 1;
    closeBarriers(ctx.fn, barrier);
    if (labels !== undefined) ctx.fn.labels = labels;
  }
  ctx.leaveScope();
  return block;
}

/** Analyses the block of a statement expression. */
export function statementExpressionBlock(ctx: SemaContext, node: CompoundStatement): TypedBlock {
  const { fn } = ctx;
  if (fn === undefined) return blockStatement(ctx, node);
  const outer = fn.barrier;
  openBarrier(fn, 'statement-expression', '', node.span);
  const block = blockStatement(ctx, node);
  closeBarriers(fn, outer);
  return { ...block, statements: withLastLabelsApart(block.statements) };
}

/** `({ …; label: value; })` has a value: labels are statements of their own there (gcc/c/c-parser.cc). */
function withLastLabelsApart(statements: readonly TypedStatement[]): readonly TypedStatement[] {
  const last = statements.at(-1);
  if (last === undefined) return statements;
  const apart: TypedStatement[] = [];
  let current = last;
  while (current.kind === 'label' || current.kind === 'case' || current.kind === 'default') {
    apart.push({ ...current, body: { kind: 'null', span: current.span } });
    current = current.body;
  }
  return apart.length === 0 ? statements : [...statements.slice(0, -1), ...apart, current];
}

function blockItems(ctx: SemaContext, node: CompoundStatement): TypedBlock {
  const statements: TypedStatement[] = [];
  const objects: ObjectSymbol[] = [];
  const { fn } = ctx;
  const outer = fn?.objects;
  if (fn !== undefined) fn.objects = objects;
  for (const item of node.items) blockItem(ctx, item, statements);
  if (fn !== undefined && outer !== undefined) fn.objects = outer;
  return { kind: 'block', objects, statements, span: node.span, closeSpan: node.closeSpan };
}

function blockItem(ctx: SemaContext, item: BlockItem, into: TypedStatement[]): void {
  const start = into.length;
  analyzeBlockItem(ctx, item, into);
  const stops = ctx.fn?.stops.splice(0) ?? [];
  into.splice(start, 0, ...stops);
}

function analyzeBlockItem(ctx: SemaContext, item: BlockItem, into: TypedStatement[]): void {
  switch (item.kind) {
    case 'declaration':
      ctx.analyses.declaration(ctx, item, into);
      break;
    case 'static-assert':
      ctx.analyses.staticAssert(ctx, item);
      break;
    case 'function-definition':
      ctx.analyses.nestedFunction(ctx, item);
      break;
    default:
      into.push(statement(ctx, item));
  }
}

/** Analyses one statement. */
export function statement(ctx: SemaContext, node: Statement): TypedStatement {
  if (node.kind === 'case' || node.kind === 'default' || node.kind === 'label') return labelled(ctx, node);
  if (!ctx.enterLevel(node.span)) return { kind: 'null', span: node.span };
  const result = statementInner(ctx, node);
  ctx.leaveLevel();
  return result;
}

/** Labels on one statement from which on they become a block of labels. */
const FLAT_LABELS = 32;

type Labelled = Node<'case' | 'default' | 'label'>;

/** `case 1: case 2: …` is a chain of labels on one statement: analysed in a loop, however long. */
function labelled(ctx: SemaContext, node: Labelled): TypedStatement {
  const wraps: ((body: TypedStatement) => TypedStatement)[] = [];
  let current: Statement = node;
  while (current.kind === 'case' || current.kind === 'default' || current.kind === 'label') {
    const wrap = labelWrap(ctx, current);
    if (wrap !== undefined) wraps.push(wrap);
    current = current.body;
  }
  let result = statement(ctx, current);
  const last = wraps.pop();
  if (last !== undefined) result = last(result);
  if (wraps.length < FLAT_LABELS) {
    for (let i = wraps.length - 1; i >= 0; i--) result = wraps[i]?.(result) ?? result;
    return result;
  }
  // The same as a block of empty statements with one label each, which is not deep.
  const { span } = node;
  const empty = wraps.map((wrap) => wrap({ kind: 'null', span }));
  return { kind: 'block', objects: [], statements: [...empty, result], span, closeSpan: span };
}

/** Analyses one label; gives what puts it on its statement, nothing when it is wrong. */
function labelWrap(ctx: SemaContext, node: Labelled): ((body: TypedStatement) => TypedStatement) | undefined {
  const { span } = node;
  switch (node.kind) {
    case 'case':
      return caseLabel(ctx, node);
    case 'default': {
      const state = enclosing(ctx).switch;
      if (state === undefined) {
        ctx.error('default-outside-switch', span);
        return undefined;
      }
      if (state.hasDefault) ctx.error('duplicate-default', span);
      checkSwitchJump(ctx, span, state.startedAt, state.start);
      state.hasDefault = true;
      return (body) => ({ kind: 'default', body, span });
    }
    case 'label': {
      const label = labelNamed(ctx, node.label);
      if (label === undefined) return undefined;
      if (label.isDefined) {
        ctx.error('duplicate-label', node.label.span, { name: node.label.name }, [
          ctx.note('previous-declaration', label.symbol.span),
        ]);
      }
      label.isDefined = true;
      label.barrier = ctx.fn?.barrier;
      label.symbol.span = node.label.span;
      ctx.use(node.label.span, label.symbol);
      return (body) => ({ kind: 'label', label: label.symbol, body, span });
    }
  }
}

function statementInner(ctx: SemaContext, node: Statement): TypedStatement {
  const { span } = node;
  switch (node.kind) {
    case 'compound':
      return blockStatement(ctx, node);
    case 'expression': {
      const value = expression(ctx, node.expression);
      // The value of an expression statement is dropped; a volatile object is read all the same.
      return { kind: 'expression', expression: toRvalue(ctx, value), span };
    }
    case 'null':
    case 'error':
      return { kind: 'null', span };
    case 'if':
      return ifStatement(ctx, node);
    case 'while': {
      const condition = toCondition(ctx, expression(ctx, node.condition));
      return { kind: 'while', condition, body: loopBody(ctx, node.body), span };
    }
    case 'do': {
      const body = loopBody(ctx, node.body);
      return { kind: 'do', body, condition: toCondition(ctx, expression(ctx, node.condition)), span };
    }
    case 'for':
      return forStatement(ctx, node);
    case 'switch':
      return switchStatement(ctx, node);
    case 'case':
    case 'default':
    case 'label':
      return labelled(ctx, node);
    case 'goto': {
      const label = useLabel(ctx, node.label);
      // A jump out of a nested function leaves whatever is around it.
      if (label !== undefined && ctx.fn?.allLabels.includes(label) === true)
        label.jumps.push({ span, at: ctx.fn.moment });
      return label === undefined ? { kind: 'null', span } : { kind: 'goto', label: label.symbol, span };
    }
    case 'computed-goto': {
      const target = rvalue(ctx, node.target);
      if (isError(target.type.type)) return { kind: 'null', span };
      if (asPointer(target.type.type) === undefined) {
        ctx.error('goto-not-pointer', node.target.span);
        return { kind: 'null', span };
      }
      return { kind: 'computed-goto', target, span };
    }
    case 'break':
      if (!enclosing(ctx).isBreakable) {
        ctx.error('break-outside', span);
        return { kind: 'null', span };
      }
      return { kind: 'break', span };
    case 'continue':
      if (!enclosing(ctx).isLoop) {
        ctx.error('continue-outside', span);
        return { kind: 'null', span };
      }
      return { kind: 'continue', span };
    case 'return':
      return returnStatement(ctx, node);
    case 'local-labels':
      if (ctx.fn !== undefined) {
        ctx.fn.labels = new Map(ctx.fn.labels);
        for (const name of node.labels) {
          ctx.fn.labels.delete(name.name);
          labelNamed(ctx, name, true);
        }
      }
      return { kind: 'null', span };
    case 'asm':
      return assembly(ctx, node);
  }
}

function loopBody(ctx: SemaContext, body: Statement): TypedStatement {
  return inside(ctx, { isLoop: true, isBreakable: true, switch: enclosing(ctx).switch }, body);
}

function inside(ctx: SemaContext, next: Enclosing, body: Statement): TypedStatement {
  const before = enclosing(ctx);
  enclosings.set(ctx, next);
  const result = statement(ctx, body);
  enclosings.set(ctx, before);
  return result;
}

type Node<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>;

/** Chains of `else if` are built from their end: their length costs no depth. */
function ifStatement(ctx: SemaContext, node: Node<'if'>): TypedStatement {
  const links: { condition: TypedExpression; then: TypedStatement; node: Node<'if'> }[] = [];
  let current: Node<'if'> = node;
  let last: TypedStatement | undefined;
  for (;;) {
    const condition = toCondition(ctx, expression(ctx, current.condition));
    links.push({ condition, then: statement(ctx, current.then), node: current });
    if (current.otherwise?.kind === 'if' && links.length >= MAX_CHAIN) {
      ctx.reportDepth(current.otherwise.span);
      break;
    }
    if (current.otherwise?.kind === 'if') {
      current = current.otherwise;
      continue;
    }
    if (current.otherwise !== undefined) last = statement(ctx, current.otherwise);
    break;
  }
  for (let i = links.length - 1; i >= 0; i--) {
    const link = links[i];
    if (link === undefined) break;
    last = { kind: 'if', condition: link.condition, then: link.then, otherwise: last, span: link.node.span };
  }
  return last ?? { kind: 'null', span: node.span };
}

function isDeclaration(init: Declaration | Expression): init is Declaration {
  return init.kind === 'declaration';
}

/** C17 6.8.5p3: the first clause of `for` declares automatic objects only. @source gcc/c/c-decl.cc: check_for_loop_decls */
function checkLoopDeclarations(ctx: SemaContext, span: Span): void {
  for (const { value: type } of ctx.tags.here) {
    const tag = `${type.kind === 'enum' ? 'enum' : type.tagKind} ${type.tag ?? ''}`;
    ctx.error('for-tag', span, { tag });
  }
  for (const { name, value: symbol } of ctx.names.here) {
    if (symbol.kind === 'undeclared') continue;
    if (symbol.kind !== 'object') ctx.error('for-non-variable', symbol.span, { name });
    else if (symbol.linkage !== 'none') ctx.error('for-extern', symbol.span, { name });
    else if (symbol.storage !== 'automatic') ctx.error('for-static', symbol.span, { name });
  }
}

function forStatement(ctx: SemaContext, node: Node<'for'>): TypedStatement {
  const { fn } = ctx;
  ctx.enterScope();
  const objects: ObjectSymbol[] = [];
  const outer = fn?.objects;
  if (fn !== undefined) {
    fn.blockDepth += 1;
    fn.objects = objects;
  }
  const barrier = fn?.barrier;
  const init: TypedStatement[] = [];
  if (node.init !== undefined) {
    if (isDeclaration(node.init)) {
      ctx.analyses.declaration(ctx, node.init, init);
      checkLoopDeclarations(ctx, node.span);
    } else init.push({ kind: 'expression', expression: rvalue(ctx, node.init), span: node.init.span });
  }
  const condition =
    node.condition === undefined ? undefined : toCondition(ctx, expression(ctx, node.condition));
  const step = node.step === undefined ? undefined : rvalue(ctx, node.step);
  const body = loopBody(ctx, node.body);
  if (fn !== undefined) {
    fn.blockDepth -= 1;
    closeBarriers(fn, barrier);
    if (outer !== undefined) fn.objects = outer;
  }
  ctx.leaveScope();
  return { kind: 'for', init, objects, condition, step, body, span: node.span };
}

// ---------------------------------------------------------------- switch

function switchStatement(ctx: SemaContext, node: Node<'switch'>): TypedStatement {
  const value = rvalue(ctx, node.value);
  const isFine = isIntegral(value.type.type);
  if (!isFine && !isError(value.type.type)) ctx.error('switch-not-integer', node.value.span);
  const type = isFine ? promoted(ctx.types, value.type, undefined) : ctx.types.error;
  const state: SwitchState = {
    type,
    cases: [],
    seen: new Map(),
    ranges: [],
    hasDefault: false,
    start: node.span,
    startedAt: ctx.fn?.moment ?? 0,
  };
  const body = inside(ctx, { isLoop: enclosing(ctx).isLoop, isBreakable: true, switch: state }, node.body);
  return {
    kind: 'switch',
    value: isFine ? convertTo(ctx, value, type) : ctx.errorNode(value.span),
    cases: state.cases,
    hasDefault: state.hasDefault,
    body,
    span: node.span,
  };
}

function caseLabel(
  ctx: SemaContext,
  node: Node<'case'>,
): ((body: TypedStatement) => TypedStatement) | undefined {
  const { span } = node;
  const state = enclosing(ctx).switch;
  if (state === undefined) {
    ctx.error('case-outside-switch', span);
    expression(ctx, node.first);
    return undefined;
  }
  checkSwitchJump(ctx, span, state.startedAt, state.start);
  const first = caseValue(ctx, state, node.first);
  const last = node.last === undefined ? first : caseValue(ctx, state, node.last);
  if (first === undefined || last === undefined) return undefined;
  const label: SwitchCase = { first, last };
  if (first > last) ctx.warning('empty-case-range', span);
  else {
    checkDuplicate(ctx, state, label, node.first);
    state.cases.push(label);
  }
  return (body) => ({ kind: 'case', label, body, span });
}

function caseValue(ctx: SemaContext, state: SwitchState, node: Expression): bigint | undefined {
  const typed = rvalue(ctx, node);
  if (isError(typed.type.type)) return undefined;
  const value = integerConstant(typed, ctx.model.wordBytes);
  if (value === undefined) {
    ctx.error('case-not-constant', node.span);
    return undefined;
  }
  return integerOf(state.type.type) === undefined ? value : wrapToInteger(value, state.type.type);
}

function checkDuplicate(ctx: SemaContext, state: SwitchState, label: SwitchCase, node: Expression): void {
  const { first, last } = label;
  let earlier = first === last ? state.seen.get(first) : undefined;
  const range = state.ranges.find((other) => first <= other.last && other.first <= last);
  if (earlier === undefined && range !== undefined) earlier = state.seen.get(range.first);
  if (first !== last) {
    for (const [value, span] of state.seen) if (value >= first && value <= last) earlier = span;
    state.ranges.push(label);
  }
  if (earlier !== undefined) {
    ctx.error('duplicate-case', node.span, { value: first.toString() }, [
      ctx.note('previously-used', earlier),
    ]);
  } else state.seen.set(first, node.span);
}

// ---------------------------------------------------------------- return

function returnStatement(ctx: SemaContext, node: Node<'return'>): TypedStatement {
  const { span } = node;
  const { fn } = ctx;
  const result = fn?.result ?? ctx.types.error;
  const declared =
    fn === undefined ? undefined : [ctx.note('declared-here', fn.symbol.span, { name: fn.symbol.name })];
  if (node.value === undefined) {
    if (!isVoid(result.type) && !isError(result.type))
      ctx.warning('return-without-value', span, undefined, declared);
    return { kind: 'return', value: undefined, span };
  }
  const value = rvalue(ctx, node.value);
  if (isVoid(result.type)) {
    if (isVoid(value.type.type) || isError(value.type.type)) {
      return { kind: 'return', value, span };
    }
    ctx.warning('return-with-value', node.value.span, undefined, declared);
    return { kind: 'return', value: convertTo(ctx, value, ctx.types.void), span };
  }
  if (isError(result.type)) return { kind: 'return', value: undefined, span };
  const returned = convertForAssignment(ctx, value, result, { kind: 'return' });
  if (fn === undefined || asPointer(result.type) === undefined || !isAddressOfLocal(returned, fn.symbol))
    return { kind: 'return', value: returned, span };
  ctx.warning('return-local-address', node.value.span);
  return { kind: 'return', value: nullAfter(ctx, returned), span };
}

/** `(value, 0)`: what gcc makes of the address of a variable that is gone by then. */
function nullAfter(ctx: SemaContext, value: TypedExpression): TypedExpression {
  const { type, span } = value;
  const right = convertTo(ctx, ctx.integerNode(span, ctx.types.int, 0n), type);
  return { kind: 'comma', left: convertTo(ctx, value, ctx.types.void), right, type, span };
}
