/**
 * Wide values: __int128, _Complex numbers and vectors, which are several values on the wasm stack, the first one lowest.
 */
import { invariant, unreachable } from '../../base/assert.ts';
import { hasSideEffects } from '../image/tree-walk.ts';
import type { TypedExpression } from '../sema/typed-tree.ts';
import { sayCodegen } from '../text/codegen-texts.ts';
import { convertValue, testValue } from './conversion.ts';
import { UnsupportedConstruct } from './function-state.ts';
import type { FunctionState } from './function-state.ts';
import { loadPlace, offsetPlace, pin, storePlace, unpin } from './place.ts';
import type { Place } from './place.ts';
import type { ValueKind, Word } from './value-type.ts';
import { valueKindOf } from './value-type.ts';
import { combineWide, compareLanes, negateWide } from './wide-arithmetic.ts';
import { op } from './wasm-module.ts';

type Words = Extract<ValueKind, { kind: 'words' }>;

/** Moves a wide value from the stack to locals; give them back with {@link releaseWords}. */
export function keepWords(state: FunctionState, words: readonly Word[]): readonly number[] {
  const locals = words.map((word) => state.temp(word.access.type));
  for (let index = locals.length - 1; index >= 0; index -= 1) state.code.localSet(locals[index] ?? 0);
  return locals;
}

/** Pushes a wide value from locals. */
export function pushWords(state: FunctionState, locals: readonly number[]): void {
  for (const local of locals) state.code.localGet(local);
}

/** Gives the locals of {@link keepWords} back. */
export function releaseWords(state: FunctionState, words: readonly Word[], locals: readonly number[]): void {
  words.forEach((word, index) => state.release(word.access.type, locals[index] ?? 0));
}

/** Where one word of a wide object lies. */
function wordPlace(place: Place, word: Word, index: number): Place {
  return place.kind === 'local'
    ? { kind: 'local', index: place.index + index }
    : offsetPlace(place, word.offset);
}

/** Loads a wide value from its place. */
export function loadWords(state: FunctionState, place: Place, words: readonly Word[]): void {
  const pinned = pin(state, place);
  words.forEach((word, index) => loadPlace(state, wordPlace(pinned, word, index), word.access));
  if (pinned !== place) unpin(state, pinned);
}

/** Stores a wide value from locals to its place. */
export function storeWords(
  state: FunctionState,
  place: Place,
  words: readonly Word[],
  locals: readonly number[],
): void {
  const pinned = pin(state, place);
  words.forEach((word, index) => {
    storePlace(state, wordPlace(pinned, word, index), word.access, () =>
      state.code.localGet(locals[index] ?? 0),
    );
  });
  if (pinned !== place) unpin(state, pinned);
}

/** Expressions whose value comes from generators that know all kinds of values; see expression.ts. */
export type Forwarded = Extract<
  TypedExpression,
  {
    kind:
      | 'comma'
      | 'assign'
      | 'compound-assign'
      | 'increment'
      | 'call'
      | 'builtin'
      | 'statement-expression'
      | 'error'
      | 'unsupported';
  }
>;

/** Leaves the words of an expression's value on the stack. */
export function generateWide(
  state: FunctionState,
  expression: Exclude<TypedExpression, Forwarded>,
  kind: Words,
): void {
  const { code } = state;
  switch (expression.kind) {
    case 'integer':
      code.i64Const(BigInt.asIntN(64, expression.value));
      code.i64Const(BigInt.asIntN(64, expression.value >> 64n));
      return;
    case 'object':
    case 'deref':
    case 'member':
    case 'compound-literal':
      loadWords(state, state.place(expression), kind.words);
      return;
    case 'convert':
      if (expression.conversion === 'load') {
        loadWords(state, state.place(expression.operand), kind.words);
        return;
      }
      state.value(expression.operand);
      convertValue(state, expression.operand.type.type, expression.type.type);
      return;
    case 'negate':
    case 'complement':
      state.value(expression.operand);
      negateWide(state, expression.kind, expression.type);
      return;
    case 'arithmetic':
      pushBoth(state, expression.left, expression.right);
      combineWide(state, expression.operator, expression.type, {
        left: expression.left,
        right: expression.right,
      });
      return;
    case 'compare':
      pushBoth(state, expression.left, expression.right);
      compareLanes(state, expression.operator, expression.left.type);
      return;
    case 'conditional':
      generateConditional(state, expression, kind);
      return;
    case 'floating':
    case 'string':
    case 'function':
    case 'address-of':
    case 'not':
    case 'pointer-add':
    case 'pointer-difference':
    case 'logical':
    case 'label-address':
    case 'vla-size':
    case 'real-part':
    case 'imaginary-part':
      throw new UnsupportedConstruct(
        sayCodegen('codegen.unsupported-construct', { name: expression.kind }),
        expression.span,
      );
    default:
      unreachable(expression);
  }
}

/** Pushes both operands; the right one is evaluated first when only it has side effects and the left is a variable. */
function pushBoth(state: FunctionState, left: TypedExpression, right: TypedExpression): void {
  const kind = valueKindOf(right.type.type);
  const isLate = left.kind === 'convert' && left.conversion === 'load' && left.operand.kind === 'object';
  if (kind.kind === 'words' && isLate && hasSideEffects(right)) {
    state.value(right);
    const later = keepWords(state, kind.words);
    state.value(left);
    pushWords(state, later);
    releaseWords(state, kind.words, later);
    return;
  }
  state.value(left);
  state.value(right);
}

function generateConditional(
  state: FunctionState,
  expression: Extract<TypedExpression, { kind: 'conditional' }>,
  kind: Words,
): void {
  const { code } = state;
  const result = kind.words.map((word) => state.temp(word.access.type));
  const keep = (): void => {
    for (let index = result.length - 1; index >= 0; index -= 1) code.localSet(result[index] ?? 0);
  };
  if (expression.then === undefined) {
    const condition = expression.condition;
    const conditionKind = valueKindOf(condition.type.type);
    invariant(conditionKind.kind === 'words' || conditionKind.kind === 'scalar', 'a condition has a value');
    const words =
      conditionKind.kind === 'words' ? conditionKind.words : [{ access: conditionKind.access, offset: 0 }];
    state.value(condition);
    const kept = keepWords(state, words);
    pushWords(state, kept);
    testValue(state, condition.type.type);
    code.open(op.if);
    pushWords(state, kept);
    convertValue(state, condition.type.type, expression.type.type);
    releaseWords(state, words, kept);
  } else {
    state.condition(expression.condition);
    code.open(op.if);
    state.value(expression.then);
  }
  keep();
  code.else();
  state.value(expression.otherwise);
  keep();
  code.close();
  pushWords(state, result);
  releaseWords(state, kind.words, result);
}
