/** The look into the table of a shadow memory (shadow-memory.ts), as the checks' WebAssembly functions write it. */
import { PAGE_SIZE } from '../../base/address.ts';
import { op } from '../codegen/wasm-module.ts';
import type { CodeWriter } from '../codegen/wasm-module.ts';
import { TABLE, TABLE_ENTRIES } from './shadow-memory.ts';

/** An address whose states are looked for. */
export interface ShadowProbe {
  readonly code: CodeWriter;
  /** Locals of 32 bits with the halves of the address. */
  readonly low: number;
  readonly high: number;
  /** Local of 64 bits that gets the number of the page. */
  readonly page: number;
  /** Local of 32 bits that gets the place of the entry, from TABLE. */
  readonly entry: number;
  /** Local of 32 bits that gets the place of the state of the first byte. */
  readonly states: number;
  /** Pushes the number of bytes, of 32 bits. */
  readonly pushBytes: () => void;
}

/** Finds the states of a range; branches to `miss` when its page is not in the table, or the range leaves the page. */
export function writeProbe(probe: ShadowProbe, miss: number): void {
  const { code, low, high, page, entry, states } = probe;
  // page = address >> 12
  code.localGet(low);
  code.i32Const(12);
  code.emit(op.i32_shr_u);
  code.emit(op.i64_extend_i32_u);
  code.localGet(high);
  code.emit(op.i64_extend_i32_u);
  code.i64Const(20);
  code.emit(op.i64_shl);
  code.emit(op.i64_or);
  code.localTee(page);
  code.emit(op.i32_wrap_i64);
  code.i32Const(TABLE_ENTRIES - 1);
  code.emit(op.i32_and);
  code.i32Const(4);
  code.emit(op.i32_shl);
  code.localTee(entry);
  code.memory(op.i64_load, TABLE);
  code.localGet(page);
  code.i64Const(1);
  code.emit(op.i64_add);
  code.emit(op.i64_ne);
  code.branchIf(miss, 'unlikely');
  // The range ends in the page.
  code.localGet(low);
  code.i32Const(PAGE_SIZE - 1);
  code.emit(op.i32_and);
  code.localTee(states);
  code.i32Const(PAGE_SIZE);
  probe.pushBytes();
  code.emit(op.i32_sub);
  code.emit(op.i32_gt_s);
  code.branchIf(miss, 'unlikely');
  code.localGet(states);
  code.localGet(entry);
  code.memory(op.i32_load, TABLE + 8);
  code.emit(op.i32_add);
  code.localSet(states);
}

/**
 * Branches to `miss` when nothing was ever said of the page that {@link writeProbe} has found: its states are those of
 * all such pages and must not be written.
 */
export function writeOwnTest({ code, entry }: ShadowProbe, zeroPage: number, miss: number): void {
  code.localGet(entry);
  code.memory(op.i32_load, TABLE + 8);
  code.i32Const(zeroPage);
  code.emit(op.i32_eq);
  code.branchIf(miss, 'unlikely');
}
