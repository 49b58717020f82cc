/** va_start, va_copy, va_arg: the va_list of the System V ABI (AMD64 supplement 3.5.7; i386: a pointer into the stack). */
import { roundUp } from '../../base/address.ts';
import { classify } from '../image/calling-convention.ts';
import { alignOf, sizeOf } from '../sema/type-relations.ts';
import type { TypedExpression } from '../sema/typed-tree.ts';
import { argument, unsupported } from './builtin.ts';
import type { Builtin } from './builtin.ts';
import { pushRegisterPage } from './call.ts';
import type { FunctionState } from './function-state.ts';
import { loadPlace, pin, storePlace, unpin } from './place.ts';
import type { Place } from './place.ts';
import { REGISTER_PAGE_HOST, RESULT_SLOT } from './program-state.ts';
import { accesses, valueKindOf } from './value-type.ts';
import type { ValueKind } from './value-type.ts';
import { pushFromEntry } from './realigned-frame.ts';
import { op } from './wasm-module.ts';
import { loadWords } from './wide-value.ts';

/** The address of a va_list: of the array object, or the pointer that a parameter of the type is. */
function pushList(state: FunctionState, list: TypedExpression): void {
  state.value(list);
}

/** Sets up a va_list for the variable arguments of the function. */
export function startVariadic(state: FunctionState, expression: Builtin): void {
  const { code, frame } = state;
  const list = argument(expression, 0);
  if (state.program.target === 'i386') {
    const place = state.place(list.kind === 'convert' ? list.operand : list);
    storePlace(state, place, accesses.i32, () => {
      code.localGet(state.rbp);
      state.addConst(8 + frame.parameterPlaces.stackBytes);
    });
    return;
  }
  const addr = state.temp('i64');
  pushList(state, list);
  code.localSet(addr);
  const field = (offset: number): Place => ({ kind: 'pinned', local: addr, isOwned: false, offset });
  const { integerRegisters, sseRegisters, stackBytes } = frame.parameterPlaces;
  storePlace(state, field(0), accesses.i32, () => code.i32Const(integerRegisters * 8));
  storePlace(state, field(4), accesses.i32, () => code.i32Const(48 + sseRegisters * 16));
  storePlace(state, field(8), accesses.i64, () => {
    pushFromEntry(state, 16 + roundUp(stackBytes, 8));
  });
  storePlace(state, field(16), accesses.i64, () => {
    code.localGet(state.rbp);
    state.addConst(frame.registerSaveArea ?? 0);
  });
  state.release('i64', addr);
}

/** Copies a va_list. */
export function copyVariadic(state: FunctionState, expression: Builtin): void {
  const { code } = state;
  const to = argument(expression, 0);
  const from = argument(expression, 1);
  if (state.program.target === 'i386') {
    storePlace(state, state.place(to), accesses.i32, () => {
      loadPlace(state, state.place(from), accesses.i32);
    });
    return;
  }
  pushList(state, to);
  pushList(state, from);
  code.i32Const(24);
  code.call(state.program.helper('copy'));
}

/** i386: a va_list points to the next argument on the stack, whose words follow each other. */
function nextOnStack(state: FunctionState, list: TypedExpression, size: number, kind: ValueKind): void {
  const { code } = state;
  const place = pin(state, state.place(list.kind === 'convert' ? list.operand : list));
  const addr = state.temp('i32');
  loadPlace(state, place, accesses.i32);
  code.localSet(addr);
  storePlace(state, place, accesses.i32, () => {
    code.localGet(addr);
    state.addConst(roundUp(size, 4));
  });
  unpin(state, place);
  const argumentPlace: Place = { kind: 'pinned', local: addr, isOwned: false, offset: 0 };
  if (kind.kind === 'scalar') loadPlace(state, argumentPlace, kind.access);
  else if (kind.kind === 'words') loadWords(state, argumentPlace, kind.words);
  else code.localGet(addr);
  state.release('i32', addr);
}

/** Pushes the next variable argument: a scalar, the words of a wide value, the address of a record. */
export function nextVariadic(state: FunctionState, expression: Builtin): void {
  const { code } = state;
  const type = expression.typeArgument;
  if (type === undefined) unsupported(expression);
  const kind = valueKindOf(type.type);
  const size = sizeOf(type.type) ?? 0;
  const list = argument(expression, 0);
  if (state.program.target === 'i386') {
    nextOnStack(state, list, size, kind);
    return;
  }
  const classes = classify(type.type);
  const addr = state.temp('i64');
  if (classes.length <= 1 || kind.kind === 'scalar') {
    pushList(state, list);
    if (classes[0] === 'integer') code.call(state.program.helper('va_integer'));
    else if (classes[0] === 'sse') code.call(state.program.helper('va_sse'));
    else {
      code.i64Const(roundUp(size, 8));
      code.i64Const(alignOf(type) >= 16 ? 16 : 8);
      code.call(state.program.helper('va_overflow'));
    }
    if (kind.kind === 'scalar') {
      code.localSet(addr);
      loadPlace(state, { kind: 'pinned', local: addr, isOwned: false, offset: 0 }, kind.access);
    } else if (kind.kind === 'words') loadWords(state, { kind: 'pointer', offset: 0 }, kind.words);
    state.release('i64', addr);
    return;
  }
  // A record of two eightbytes: both in registers, or whole on the stack; the pieces meet in the register page.
  const pointer = state.temp('i64');
  const field = (offset: number): Place => ({ kind: 'pinned', local: pointer, isOwned: false, offset });
  const integers = classes.filter((one) => one === 'integer').length;
  pushList(state, list);
  code.localSet(pointer);
  loadPlace(state, field(0), accesses.i32);
  code.i32Const(48 - 8 * integers);
  code.emit(op.i32_le_u);
  loadPlace(state, field(4), accesses.i32);
  code.i32Const(176 - 16 * (classes.length - integers));
  code.emit(op.i32_le_u);
  code.emit(op.i32_and);
  code.open(op.if, 'i64');
  classes.forEach((one, index) => {
    code.i32Const(REGISTER_PAGE_HOST + RESULT_SLOT + 8 * index);
    code.localGet(pointer);
    code.call(state.program.helper(one === 'integer' ? 'va_integer' : 'va_sse'));
    code.call(state.program.helper('get_i64'));
    code.memory(op.i64_store, 0);
  });
  pushRegisterPage(state, RESULT_SLOT);
  code.else();
  code.localGet(pointer);
  code.i64Const(roundUp(size, 8));
  code.i64Const(alignOf(type) >= 16 ? 16 : 8);
  code.call(state.program.helper('va_overflow'));
  code.close();
  if (kind.kind === 'words') loadWords(state, { kind: 'pointer', offset: 0 }, kind.words);
  state.release('i64', pointer);
  state.release('i64', addr);
}
