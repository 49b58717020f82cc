/**
 * Functions that a module carries with it when its code needs them, made when they are first asked for.
 */
import { invariant } from '../../base/assert.ts';
import { READ_TLB, WRITE_TLB } from '../target/tlb-layout.ts';
import { slowLoad, slowStore } from './access-helpers.ts';
import { multiplyHigh, truncateTo, truncateToUnsigned64 } from './arithmetic-helpers.ts';
import {
  copyMemory,
  fillMemory,
  getWord,
  putWord,
  stringLength,
  touchFrame,
  translate,
} from './memory-helpers.ts';
import type { Helper, HelperContext } from './runtime-helper.ts';
import { accesses } from './value-type.ts';
import { nextOverflow, nextVariadic } from './variadic-helpers.ts';
import { CodeWriter } from './wasm-module.ts';
import { describeExtended, loadExtended, storeExtended } from './x87-helpers.ts';

const ACCESS_HELPER = /^(load|store)_slow_(\w+)$/;

/** Makes a helper by its name. @returns its function index */
export function makeHelper(context: HelperContext, name: string): number {
  const helper = describeHelper(context, name);
  const index = context.module.declareFunction(name, helper.signature);
  const code = new CodeWriter();
  helper.write(code);
  context.module.defineFunction(index, helper.locals, code);
  return index;
}

function describeHelper(context: HelperContext, name: string): Helper {
  const access = ACCESS_HELPER.exec(name);
  if (access !== null) {
    const [, direction, type = ''] = access;
    const kind = Object.values(accesses).find((one) => one.name === type);
    invariant(kind !== undefined, `an access named ${type}`);
    return direction === 'load' ? slowLoad(context, kind) : slowStore(context, kind);
  }
  const extended = describeExtended(context, name);
  if (extended !== undefined) return extended;
  switch (name) {
    case 'f80_load':
      return loadExtended;
    case 'f80_store':
      return storeExtended;
    case 'f64_to_i32':
      return truncateTo('i32');
    case 'f64_to_i64':
      return truncateTo('i64');
    case 'f64_to_u64':
      return truncateToUnsigned64(context);
    case 'host_read':
      return translate(context, READ_TLB, context.imports.readSlow);
    case 'host_write':
      return translate(context, WRITE_TLB, context.imports.writeSlow);
    case 'string_length':
      return stringLength(context);
    case 'copy':
      return copyMemory(context);
    case 'fill':
      return fillMemory(context);
    case 'touch_frame':
      return touchFrame(context);
    case 'multiply_high':
      return multiplyHigh;
    case 'get_i32':
      return getWord(context, 'i32');
    case 'get_i64':
      return getWord(context, 'i64');
    case 'put_i32':
      return putWord(context, 'i32');
    case 'put_i64':
      return putWord(context, 'i64');
    case 'va_integer':
      return nextVariadic(context, 0, 8, 48);
    case 'va_sse':
      return nextVariadic(context, 4, 16, 176);
    case 'va_overflow':
      return nextOverflow(context);
    default:
      invariant(false, `a helper named ${name}`);
  }
}
