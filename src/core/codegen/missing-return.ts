/**
 * Functions whose end control can reach without `return`, though they have a result: the caller gets what is left in eax
 * (left-in-accumulator.ts).
 *
 * Such a function keeps that in the local of its result, and in another one whether it is unknown; a global tells a caller that ends
 * in the same way. What is not known is 0: a stop there would end programs that do nothing with it.
 */
import { hasSideEffects } from '../image/tree-walk.ts';
import { isScalar, sizeOf } from '../sema/type-relations.ts';
import { reachesEnd } from '../sema/live-code.ts';
import type { FunctionSymbol, TypedExpression, TypedFunction } from '../sema/typed-tree.ts';
import type { CType } from '../sema/type.ts';
import type { WasmType } from './compiled-program.ts';
import { normalize } from './conversion.ts';
import type { FunctionState } from './function-state.ts';
import { leftByEffect } from './left-in-accumulator.ts';
import type { LeftInAccumulator } from './left-in-accumulator.ts';
import { valueKindOf } from './value-type.ts';
import { op } from './wasm-module.ts';

type Call = Extract<TypedExpression, { kind: 'call' }>;

/** Whether a caller may get what is left in eax: main gives 0 (C17 5.1.2.2.3). */
export function mayMissReturn(fn: TypedFunction, wordBytes: 4 | 8): boolean {
  const { type } = fn.symbol.type.result;
  const isWord = isScalar(type) && (sizeOf(type) ?? 0) <= wordBytes;
  return isWord && fn.symbol.name !== 'main' && reachesEnd(fn, wordBytes);
}

/** In the prologue: nothing is known of eax yet. */
export function openAccumulator(state: FunctionState): void {
  if (!state.program.missingReturns.has(state.fn.symbol)) return;
  state.isMissing = state.local('i32');
  setMissing(state, true);
}

/** Behind the epilogue: what is not known is 0, and the caller is told. */
export function tellMissing(state: FunctionState): void {
  if (state.isMissing === undefined) return;
  const { code, result, resultType } = state;
  code.localGet(state.isMissing);
  code.openIf('unlikely');
  if (result !== undefined && (resultType === 'i32' || resultType === 'i64')) {
    if (resultType === 'i32') code.i32Const(0);
    else code.i64Const(0);
    code.localSet(result);
  }
  code.close();
  state.code.localGet(state.isMissing);
  state.code.globalSet(state.program.globals.missingResult);
}

/** `return` gives a result. */
export function noteReturn(state: FunctionState): void {
  if (state.isMissing !== undefined) setMissing(state, false);
}

/** A full expression for its side effects; eax is followed where the function may end without `return`. */
export function evaluateFully(state: FunctionState, expression: TypedExpression): void {
  if (state.isMissing === undefined) {
    state.effect(expression);
    return;
  }
  const node = withEffects(expression);
  if (node.kind === 'comma') {
    evaluateFully(state, node.left);
    evaluateFully(state, node.right);
    return;
  }
  if (node.kind === 'call') {
    setMissing(state, true);
    state.keptCall = node;
  }
  state.effect(node);
  state.keptCall = undefined;
  if (node.kind !== 'call') noteLeft(state, leftByEffect(node));
}

/** What is left of an expression whose value nobody uses: gcc drops operators, and operands without side effects. */
function withEffects(expression: TypedExpression): TypedExpression {
  if (expression.kind === 'convert' && expression.conversion !== 'load')
    return withEffects(expression.operand);
  if (expression.kind !== 'arithmetic' && expression.kind !== 'compare') return expression;
  const [left, right] = [hasSideEffects(expression.left), hasSideEffects(expression.right)];
  if (left === right) return expression;
  return withEffects(left ? expression.left : expression.right);
}

/** Follows eax over code that has just been written. */
export function noteLeft(state: FunctionState, left: LeftInAccumulator): void {
  if (state.isMissing === undefined || left.kind === 'kept') return;
  const kind = left.kind === 'value' ? valueKindOf(left.value.type.type) : undefined;
  const isHeld =
    left.kind === 'value' &&
    kind?.kind === 'scalar' &&
    state.program.pointer === 'i64' &&
    state.resultType !== 'f32' &&
    state.resultType !== 'f64';
  if (!isHeld) {
    setMissing(state, true);
    return;
  }
  state.value(left.value);
  holdResult(state, kind.access.type);
  setMissing(state, false);
}

/**
 * Takes the result of a call that nobody uses off the stack, into eax where that is followed.
 *
 * @returns false when the caller must drop it
 */
export function holdCallResult(state: FunctionState, call: Call, result: CType, type: WasmType): boolean {
  if (state.isMissing === undefined || state.keptCall !== call) return false;
  const { fn, program, code } = state;
  const isWord = type === 'i32' || type === 'i64';
  const isFloating = state.resultType === 'f32' || state.resultType === 'f64';
  if (!isWord || isFloating || (sizeOf(result) ?? 0) < (sizeOf(fn.symbol.type.result.type) ?? 0))
    return false;
  holdResult(state, type);
  const callee = calleeOf(state, call);
  if (callee !== undefined && program.missingReturns.has(callee)) {
    code.globalGet(program.globals.missingResult);
    code.localSet(state.isMissing);
  } else setMissing(state, false);
  return true;
}

/** The function of the program that a call names. */
function calleeOf({ program }: FunctionState, { callee }: Call): FunctionSymbol | undefined {
  let node = callee;
  while (node.kind === 'convert' && node.conversion === 'function-pointer') node = node.operand;
  return node.kind === 'function' ? program.callees.get(node.function)?.symbol : undefined;
}

/** Makes the word on the stack, as eax holds it, the function's result. */
function holdResult(state: FunctionState, from: WasmType): void {
  const { code, result, resultType } = state;
  if (result === undefined) {
    code.emit(op.drop);
    return;
  }
  if (from === 'i32' && resultType === 'i64') code.emit(op.i64_extend_i32_u);
  if (from === 'i64' && resultType === 'i32') code.emit(op.i32_wrap_i64);
  const kind = valueKindOf(state.fn.symbol.type.result.type);
  if (kind.kind === 'scalar' && resultType === 'i32') normalize(state, kind);
  code.localSet(result);
}

function setMissing(state: FunctionState, isMissing: boolean): void {
  if (state.isMissing === undefined) return;
  state.code.i32Const(isMissing ? 1 : 0);
  state.code.localSet(state.isMissing);
}
