/**
 * Loads and stores through the software MMU, inlined.
 *
 * A hit costs a look at the entry of the page, one compare, one add and the access; a miss calls a helper of the module,
 * which asks the machine and finishes the access. See target/tlb-layout.ts for the table.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { READ_TLB, WRITE_TLB } from '../target/tlb-layout.ts';
import type { FunctionState } from './function-state.ts';
import { noteAccess } from './observation.ts';
import type { AccessKind } from './observation.ts';
import { lowWord } from './program-state.ts';
import { entryOffset, pushHost, pushIsHit } from './tlb-probe.ts';
import type { TlbProbe } from './tlb-probe.ts';
import type { Access } from './value-type.ts';
import { op } from './wasm-module.ts';

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

/** A look at the table for the address in local `addr`; the offset of the entry goes to local `entry`. */
function probeOf(state: FunctionState, addr: number, entry: number, table: number): TlbProbe {
  const { code, program } = state;
  return { code, pointer: program.pointer, table, entry, pushAddress: () => code.localGet(addr) };
}

/** How the address of an access is pushed, and its host address after a hit. */
interface PushedAddress {
  readonly pushHost: () => void;
  readonly pushAddress: () => void;
}

/** Loads after a look at the table, whose outcome is on the stack. */
function finishLoad(state: FunctionState, access: Access, address: PushedAddress): void {
  const { code } = state;
  code.openIf('likely', access.type);
  address.pushHost();
  loadHost(state, access, 0);
  code.else();
  address.pushAddress();
  code.call(state.program.helper(`load_slow_${access.name}`));
  code.close();
}

/** Stores a local after a look at the table, whose outcome is on the stack. */
function finishStore(state: FunctionState, access: Access, value: number, address: PushedAddress): void {
  const { code } = state;
  code.openIf('likely');
  address.pushHost();
  code.localGet(value);
  storeHost(state, access, 0);
  code.else();
  address.pushAddress();
  code.localGet(value);
  code.call(state.program.helper(`store_slow_${access.name}`));
  code.close();
}

/** Loads from the address in a local. */
export function loadAt(state: FunctionState, addr: number, access: Access, kind: AccessKind = 'load'): void {
  const { code } = state;
  noteAccess(state, kind, () => code.localGet(addr), access.size);
  const entry = state.temp('i32');
  const probe = probeOf(state, addr, entry, READ_TLB);
  pushIsHit(probe, access.size);
  finishLoad(state, access, { pushHost: () => pushHost(probe), pushAddress: probe.pushAddress });
  state.release('i32', entry);
}

/** Stores the value in local `value` to the address in local `addr`. */
export function storeAt(
  state: FunctionState,
  addr: number,
  access: Access,
  value: number,
  kind: AccessKind = 'store',
): void {
  const { code } = state;
  noteAccess(state, kind, () => code.localGet(addr), access.size);
  const entry = state.temp('i32');
  const probe = probeOf(state, addr, entry, WRITE_TLB);
  pushIsHit(probe, access.size);
  finishStore(state, access, value, { pushHost: () => pushHost(probe), pushAddress: probe.pushAddress });
  state.release('i32', entry);
}

/** Makes the bytes at the address in a local, all of one page, present and writable. */
export function touchWritable(state: FunctionState, addr: number, size: number): void {
  const { code } = state;
  const entry = state.temp('i32');
  pushIsHit(probeOf(state, addr, entry, WRITE_TLB), size);
  code.emit(op.i32_eqz);
  code.openIf('unlikely');
  code.localGet(addr);
  // The return address is pushed first: its address is the one that a fault names.
  state.addConst(size / 2);
  code.call(state.program.helper('touch_frame'));
  code.close();
  state.release('i32', entry);
}

function probeConstant(state: FunctionState, addr: number, size: number, table: number): void {
  const { code } = state;
  const last = addr + size - 1;
  code.i32Const(0);
  if (state.program.pointer === 'i64') {
    code.memory(op.i64_load, table + entryOffset(addr));
    code.i64Const(last - (last % PAGE_SIZE));
    code.emit(op.i64_eq);
  } else {
    code.memory(op.i32_load, table + entryOffset(addr));
    code.i32Const((last - (last % PAGE_SIZE)) | 0);
    code.emit(op.i32_eq);
  }
}

function pushHostConstant(state: FunctionState, addr: number, table: number): void {
  const { code } = state;
  code.i32Const(0);
  code.memory(op.i32_load, table + entryOffset(addr) + 8);
  code.i32Const(lowWord(addr));
  code.emit(op.i32_add);
}

/** Loads from an address that is known now. */
export function loadAtConstant(
  state: FunctionState,
  addr: number,
  access: Access,
  kind: AccessKind = 'load',
): void {
  noteAccess(state, kind, () => state.pointerConst(addr), access.size);
  probeConstant(state, addr, access.size, READ_TLB);
  finishLoad(state, access, {
    pushHost: () => pushHostConstant(state, addr, READ_TLB),
    pushAddress: () => state.pointerConst(addr),
  });
}

/** Stores the value in a local to an address that is known now. */
export function storeAtConstant(
  state: FunctionState,
  addr: number,
  access: Access,
  value: number,
  kind: AccessKind = 'store',
): void {
  noteAccess(state, kind, () => state.pointerConst(addr), access.size);
  probeConstant(state, addr, access.size, WRITE_TLB);
  finishStore(state, access, value, {
    pushHost: () => pushHostConstant(state, addr, WRITE_TLB),
    pushAddress: () => state.pointerConst(addr),
  });
}
