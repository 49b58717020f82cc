/** `__atomic_*` and `__sync_*`: plain accesses, as there is one thread. */
import { asPointer, resolve } from '../sema/type-relations.ts';
import type { ArithmeticOperator } from '../sema/typed-tree.ts';
import { argument } from './builtin.ts';
import type { Builtin } from './builtin.ts';
import { convertScalar } from './conversion.ts';
import type { FunctionState } from './function-state.ts';
import { combine } from './operator.ts';
import { loadPlace, storePlace } from './place.ts';
import type { Place } from './place.ts';
import { accesses, valueKindOf } from './value-type.ts';
import type { Access } from './value-type.ts';
import { op } from './wasm-module.ts';

const atomicOperators: Readonly<Record<string, ArithmeticOperator>> = {
  add: '+',
  sub: '-',
  and: '&',
  or: '|',
  xor: '^',
};

/** Operations whose values lie in memory: what is read there is moved and compared as bits. */
const isGeneric: ReadonlySet<string> = new Set(['load', 'store', 'exchange', 'compare_exchange']);

const bitsOf = (access: Access): Access =>
  access.type === 'f64' ? accesses.i64 : access.type === 'f32' ? accesses.i32 : access;

/** `__atomic_*` and `__sync_*`: with one thread every access is atomic. */
export function generateAtomic(state: FunctionState, expression: Builtin, name: string): boolean {
  const short = /^__(atomic|sync)_(\w+)$/.exec(name);
  if (short === null) return false;
  const operation = (short[2] ?? '').replace(/_(1|2|4|8)$/, '');
  if (operation === 'thread_fence' || operation === 'signal_fence' || operation === 'synchronize') {
    for (const one of expression.args) state.effect(one);
    return true;
  }
  if (operation === 'always_lock_free' || operation === 'is_lock_free') {
    for (const one of expression.args) state.effect(one);
    state.code.i32Const(1);
    return true;
  }
  const pointer = argument(expression, 0);
  const target = asPointer(pointer.type.type)?.target;
  if (target === undefined) return false;
  const kind = valueKindOf(target.type);
  if (kind.kind !== 'scalar') return false;
  const access = isGeneric.has(operation) ? bitsOf(kind.access) : kind.access;
  const { code } = state;
  const local = state.temp(state.program.pointer);
  const place: Place = { kind: 'pinned', local, isOwned: false, offset: 0 };
  state.value(pointer);
  code.localSet(local);
  const isKnown = atomicStep(state, expression, operation, place, access);
  state.release(state.program.pointer, local);
  return isKnown;
}

function atomicStep(
  state: FunctionState,
  expression: Builtin,
  operation: string,
  place: Place,
  access: Access,
): boolean {
  const { code } = state;
  const target = asPointer(argument(expression, 0).type.type)?.target;
  if (target === undefined) return false;
  const operand = (index: number): void => {
    const value = argument(expression, index);
    state.value(value);
    convertScalar(state, value.type.type, target.type);
  };
  /** Uses the object that a pointer among the arguments points to. */
  const withPointed = (index: number, use: (pointed: Place) => void): void => {
    const pointer = state.temp(state.program.pointer);
    state.value(argument(expression, index));
    code.localSet(pointer);
    use({ kind: 'pinned', local: pointer, isOwned: false, offset: 0 });
    state.release(state.program.pointer, pointer);
  };
  const modify = /^(?:fetch_and_|fetch_)(add|sub|and|or|xor|nand)$/.exec(operation);
  const modifyFirst = /^(add|sub|and|or|xor|nand)_(?:and_)?fetch$/.exec(operation);
  const word = modify?.[1] ?? modifyFirst?.[1];
  if (word !== undefined) {
    const [old, fresh] = [state.temp(access.type), state.temp(access.type)];
    loadPlace(state, place, access);
    code.localTee(old);
    operand(1);
    combine(state, atomicOperators[word] ?? '&', access, true, undefined);
    if (word === 'nand') {
      if (access.type === 'i64') {
        code.i64Const(-1);
        code.emit(op.i64_xor);
      } else {
        code.i32Const(-1);
        code.emit(op.i32_xor);
      }
    }
    code.localSet(fresh);
    storePlace(state, place, access, () => code.localGet(fresh));
    code.localGet(modify === null ? fresh : old);
    const resultKind = valueKindOf(target.type);
    if (resultKind.kind === 'scalar') convertScalar(state, wordOf(access, resolve(target.type)), target.type);
    state.release(access.type, old);
    state.release(access.type, fresh);
    return true;
  }
  switch (operation) {
    case 'load_n':
      loadPlace(state, place, access);
      return true;
    case 'load':
      withPointed(1, (result) => {
        storePlace(state, result, access, () => {
          loadPlace(state, place, access);
        });
      });
      return true;
    case 'store':
      withPointed(1, (value) => {
        storePlace(state, place, access, () => {
          loadPlace(state, value, access);
        });
      });
      return true;
    case 'exchange': {
      const old = state.temp(access.type);
      withPointed(1, (value) => {
        withPointed(2, (result) => {
          loadPlace(state, place, access);
          code.localSet(old);
          storePlace(state, place, access, () => {
            loadPlace(state, value, access);
          });
          storePlace(state, result, access, () => code.localGet(old));
        });
      });
      state.release(access.type, old);
      return true;
    }
    case 'store_n':
      storePlace(state, place, access, () => operand(1));
      return true;
    case 'exchange_n':
    case 'lock_test_and_set':
    case 'test_and_set': {
      const old = state.temp(access.type);
      loadPlace(state, place, access);
      code.localSet(old);
      storePlace(state, place, access, () => {
        if (operation === 'test_and_set') code.i32Const(1);
        else operand(1);
      });
      code.localGet(old);
      state.release(access.type, old);
      return true;
    }
    case 'lock_release':
    case 'clear':
      storePlace(state, place, access, () => (access.type === 'i64' ? code.i64Const(0) : code.i32Const(0)));
      return true;
    case 'bool_compare_and_swap':
    case 'val_compare_and_swap': {
      const old = state.temp(access.type);
      const isWide = access.type === 'i64';
      loadPlace(state, place, access);
      code.localTee(old);
      operand(1);
      code.emit(isWide ? op.i64_eq : op.i32_eq);
      const matched = state.temp('i32');
      code.localTee(matched);
      code.open(op.if);
      storePlace(state, place, access, () => operand(2));
      code.close();
      code.localGet(operation === 'bool_compare_and_swap' ? matched : old);
      state.release(access.type, old);
      state.release('i32', matched);
      return true;
    }
    case 'compare_exchange_n':
    case 'compare_exchange': {
      const isWide = access.type === 'i64';
      const expected = state.temp(state.program.pointer);
      const [old, matched] = [state.temp(access.type), state.temp('i32')];
      const expectedPlace: Place = { kind: 'pinned', local: expected, isOwned: false, offset: 0 };
      state.value(argument(expression, 1));
      code.localSet(expected);
      loadPlace(state, place, access);
      code.localTee(old);
      loadPlace(state, expectedPlace, access);
      code.emit(isWide ? op.i64_eq : op.i32_eq);
      code.localTee(matched);
      code.open(op.if);
      if (operation === 'compare_exchange_n') storePlace(state, place, access, () => operand(2));
      else {
        withPointed(2, (desired) => {
          storePlace(state, place, access, () => {
            loadPlace(state, desired, access);
          });
        });
      }
      code.else();
      storePlace(state, expectedPlace, access, () => code.localGet(old));
      code.close();
      code.localGet(matched);
      state.release(state.program.pointer, expected);
      state.release(access.type, old);
      state.release('i32', matched);
      return true;
    }
    default:
      return false;
  }
}

/** The type of a result before it is cut to the object's: int or the object's own. */
function wordOf(access: Access, type: ReturnType<typeof resolve>): ReturnType<typeof resolve> {
  return access.size < 4 ? { kind: 'integer', name: 'int', isSigned: true, size: 4, align: 4 } : type;
}
