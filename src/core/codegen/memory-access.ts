/**
 * Loads and stores through the software MMU, inlined.
 *
 * A hit costs a look at the entry of the page, one compare, one add and the access; a miss calls a helper of the module,
 * which asks the machine and finishes the access. See target/tlb-layout.ts for the table.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { READ_TLB, TLB_ENTRY_SHIFT, TLB_OFFSET_MASK, WRITE_TLB } from '../target/tlb-layout.ts';
import type { FunctionState } from './function-state.ts';
import { lowWord } from './program-state.ts';
import type { Access } from './value-type.ts';
import { op } from './wasm-module.ts';

const PAGE_SHIFT = 12;

/** Loads from the host address on the stack plus `offset`. */
export function loadHost(state: FunctionState, access: Access, offset: number): void {
  const { code } = state;
  if (access.load !== undefined) {
    code.memory(access.load, offset);
    return;
  }
  if (offset !== 0) {
    code.i32Const(offset);
    code.emit(op.i32_add);
  }
  code.call(state.program.helper('f80_load'));
}

/** Stores the value on the stack to the host address below it plus `offset`. */
export function storeHost(state: FunctionState, access: Access, offset: number): void {
  const { code } = state;
  if (access.store !== undefined) {
    code.memory(access.store, offset);
    return;
  }
  code.i32Const(offset);
  code.call(state.program.helper('f80_store'));
}

/** Pushes whether the access at the address in local `addr` hits; leaves the offset of the entry in local `entry`. */
function probe(state: FunctionState, addr: number, entry: number, size: number, table: number): void {
  const { code } = state;
  const isWide = state.program.pointer === 'i64';
  code.localGet(addr);
  if (isWide) code.emit(op.i32_wrap_i64);
  code.i32Const(PAGE_SHIFT - TLB_ENTRY_SHIFT);
  code.emit(op.i32_shr_u);
  code.i32Const(TLB_OFFSET_MASK);
  code.emit(op.i32_and);
  code.localTee(entry);
  code.memory(isWide ? op.i64_load : op.i32_load, table);
  code.localGet(addr);
  code.emit(isWide ? op.i64_xor : op.i32_xor);
  state.pointerConst(PAGE_SIZE - size);
  code.emit(isWide ? op.i64_le_u : op.i32_le_u);
}

/** Pushes the host address after a hit. */
function pushHost(state: FunctionState, addr: number, entry: number, table: number): void {
  const { code } = state;
  code.localGet(addr);
  if (state.program.pointer === 'i64') code.emit(op.i32_wrap_i64);
  code.localGet(entry);
  code.memory(op.i32_load, table + 8);
  code.emit(op.i32_add);
}

/** Loads from the address in a local. */
export function loadAt(state: FunctionState, addr: number, access: Access): void {
  const { code } = state;
  const entry = state.temp('i32');
  probe(state, addr, entry, access.size, READ_TLB);
  code.open(op.if, access.type);
  pushHost(state, addr, entry, READ_TLB);
  loadHost(state, access, 0);
  code.else();
  code.localGet(addr);
  code.call(state.program.helper(`load_slow_${access.name}`));
  code.close();
  state.release('i32', entry);
}

/** Stores the value in local `value` to the address in local `addr`. */
export function storeAt(state: FunctionState, addr: number, access: Access, value: number): void {
  const { code } = state;
  const entry = state.temp('i32');
  probe(state, addr, entry, access.size, WRITE_TLB);
  code.open(op.if);
  pushHost(state, addr, entry, WRITE_TLB);
  code.localGet(value);
  storeHost(state, access, 0);
  code.else();
  code.localGet(addr);
  code.localGet(value);
  code.call(state.program.helper(`store_slow_${access.name}`));
  code.close();
  state.release('i32', entry);
}

/** Makes the bytes at the address in a local, all of one page, present and writable. */
export function touchWritable(state: FunctionState, addr: number, size: number): void {
  const { code } = state;
  const entry = state.temp('i32');
  probe(state, addr, entry, size, WRITE_TLB);
  code.emit(op.i32_eqz);
  code.open(op.if);
  code.localGet(addr);
  // The return address is pushed first: its address is the one that a fault names.
  state.addConst(size / 2);
  code.call(state.program.helper('touch_frame'));
  code.close();
  state.release('i32', entry);
}

/** The offset of the entry of an address that is known now. */
function entryOf(addr: number): number {
  return (lowWord(addr) >>> (PAGE_SHIFT - TLB_ENTRY_SHIFT)) & TLB_OFFSET_MASK;
}

function probeConstant(state: FunctionState, addr: number, size: number, table: number): void {
  const { code } = state;
  const last = addr + size - 1;
  code.i32Const(0);
  if (state.program.pointer === 'i64') {
    code.memory(op.i64_load, table + entryOf(addr));
    code.i64Const(last - (last % PAGE_SIZE));
    code.emit(op.i64_eq);
  } else {
    code.memory(op.i32_load, table + entryOf(addr));
    code.i32Const((last - (last % PAGE_SIZE)) | 0);
    code.emit(op.i32_eq);
  }
}

function pushHostConstant(state: FunctionState, addr: number, table: number): void {
  const { code } = state;
  code.i32Const(0);
  code.memory(op.i32_load, table + entryOf(addr) + 8);
  code.i32Const(lowWord(addr));
  code.emit(op.i32_add);
}

/** Loads from an address that is known now. */
export function loadAtConstant(state: FunctionState, addr: number, access: Access): void {
  const { code } = state;
  probeConstant(state, addr, access.size, READ_TLB);
  code.open(op.if, access.type);
  pushHostConstant(state, addr, READ_TLB);
  loadHost(state, access, 0);
  code.else();
  state.pointerConst(addr);
  code.call(state.program.helper(`load_slow_${access.name}`));
  code.close();
}

/** Stores the value in a local to an address that is known now. */
export function storeAtConstant(state: FunctionState, addr: number, access: Access, value: number): void {
  const { code } = state;
  probeConstant(state, addr, access.size, WRITE_TLB);
  code.open(op.if);
  pushHostConstant(state, addr, WRITE_TLB);
  code.localGet(value);
  storeHost(state, access, 0);
  code.else();
  state.pointerConst(addr);
  code.localGet(value);
  code.call(state.program.helper(`store_slow_${access.name}`));
  code.close();
}
