/**
 * Values that are records on their way into an object: calls write their result there directly (gcc's return slot
 * optimisation), the branches of a conditional each store their own, everything else is copied.
 */
import { invariant } from '../../base/assert.ts';
import { returnsInMemory } from '../image/calling-convention.ts';
import { walkExpression } from '../image/tree-walk.ts';
import { sizeOf } from '../sema/type-relations.ts';
import type { TypedExpression } from '../sema/typed-tree.ts';
import { sayCodegen } from '../text/codegen-texts.ts';
import { generateCall, pushRegisterPage } from './call.ts';
import { UnsupportedConstruct } from './function-state.ts';
import type { FunctionState } from './function-state.ts';
import { initializeAt } from './initializer.ts';
import type { Place } from './place.ts';
import { LITERAL_SLOT, LITERAL_SLOT_BYTES } from './program-state.ts';
import { valueKindOf } from './value-type.ts';
import { keepWords, releaseWords, storeWords } from './wide-value.ts';
import { op } from './wasm-module.ts';

/** Stores a record value; `pushTarget` pushes the address that it goes to. */
export function storeRecord(state: FunctionState, pushTarget: () => void, value: TypedExpression): void {
  const { code } = state;
  switch (value.kind) {
    case 'convert':
      if (value.conversion === 'none') {
        storeRecord(state, pushTarget, value.operand);
        return;
      }
      break;
    case 'comma':
      state.effect(value.left);
      storeRecord(state, pushTarget, value.right);
      return;
    case 'conditional':
      if (value.then === undefined) break;
      state.condition(value.condition);
      code.open(op.if);
      storeRecord(state, pushTarget, value.then);
      code.else();
      storeRecord(state, pushTarget, value.otherwise);
      code.close();
      return;
    case 'call':
      if (returnsInMemory(state.program.target, value.type.type) && !state.frame.temporaries.has(value)) {
        generateCall(state, value, pushTarget);
        code.emit(op.drop);
        return;
      }
      break;
    default:
      break;
  }
  const source = state.temp(state.program.pointer);
  state.value(value);
  code.localSet(source);
  pushTarget();
  code.localGet(source);
  code.i32Const(sizeOf(value.type.type) ?? 0);
  code.call(state.program.helper('copy'));
  state.release(state.program.pointer, source);
}

/**
 * Builds a compound literal that has no place in the frame: gcc never stores it as a whole. It is put together in the
 * register page, where the copy into its object finds it.
 *
 * @returns undefined when the literal has a place of its own
 */
export function literalSlot(
  state: FunctionState,
  literal: Extract<TypedExpression, { kind: 'compound-literal' }>,
): Place | undefined {
  if (state.frame.offsets.has(literal.object) || state.registers.has(literal.object)) return undefined;
  const size = sizeOf(literal.type.type) ?? 0;
  let hasCalls = false as boolean;
  for (const entry of literal.initializer.entries) {
    walkExpression(entry.value, {
      expression: (inner) => {
        if (inner.kind === 'call' || inner.kind === 'compound-literal') hasCalls = true;
      },
    });
  }
  if (hasCalls || size > LITERAL_SLOT_BYTES) {
    throw new UnsupportedConstruct(
      sayCodegen('codegen.unsupported-construct', { name: 'compound literal' }),
      literal.span,
    );
  }
  const local = state.temp(state.program.pointer);
  pushRegisterPage(state, LITERAL_SLOT);
  state.code.localSet(local);
  initializeAt(state, { kind: 'pinned', local, isOwned: false, offset: 0 }, size, literal.initializer);
  return { kind: 'pinned', local, isOwned: true, offset: 0 };
}

/** Stores the value of a wide expression, which has no address of its own, in the register page. */
export function wideSlot(state: FunctionState, expression: TypedExpression): Place {
  const kind = valueKindOf(expression.type.type);
  invariant(kind.kind === 'words', 'a wide value');
  state.value(expression);
  const words = keepWords(state, kind.words);
  const local = state.temp(state.program.pointer);
  pushRegisterPage(state, LITERAL_SLOT);
  state.code.localSet(local);
  const place: Place = { kind: 'pinned', local, isOwned: true, offset: 0 };
  storeWords(state, place, kind.words, words);
  releaseWords(state, kind.words, words);
  return place;
}
