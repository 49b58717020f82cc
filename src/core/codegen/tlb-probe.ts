/** The look into the translation table, as all generated code writes it. See target/tlb-layout.ts for the table. */
import { lowHalf, PAGE_SIZE } from '../../base/address.ts';
import { TLB_ENTRY_SHIFT, TLB_OFFSET_MASK } from '../target/tlb-layout.ts';
import { op } from './wasm-module.ts';
import type { CodeWriter } from './wasm-module.ts';

const PAGE_SHIFT = 12;

/** An address that is looked up. */
export interface TlbProbe {
  readonly code: CodeWriter;
  /** Type of addresses. */
  readonly pointer: 'i32' | 'i64';
  /** READ_TLB or WRITE_TLB. */
  readonly table: number;
  /** Local that gets the offset of the entry. */
  readonly entry: number;
  /** Pushes the address; it is called more than once. */
  readonly pushAddress: () => void;
}

/** Pushes whether `size` bytes at the address are all in a page that the table has. */
export function pushIsHit(probe: TlbProbe, size: number): void {
  const { code } = probe;
  const isWide = probe.pointer === 'i64';
  probe.pushAddress();
  if (isWide) code.emit(op.i32_wrap_i64);
  code.i32Const(PAGE_SHIFT - TLB_ENTRY_SHIFT);
  code.emit(op.i32_shr_u);
  code.i32Const(TLB_OFFSET_MASK);
  code.emit(op.i32_and);
  code.localTee(probe.entry);
  code.memory(isWide ? op.i64_load : op.i32_load, probe.table);
  probe.pushAddress();
  code.emit(isWide ? op.i64_xor : op.i32_xor);
  if (isWide) code.i64Const(PAGE_SIZE - size);
  else code.i32Const(PAGE_SIZE - size);
  code.emit(isWide ? op.i64_le_u : op.i32_le_u);
}

/** Pushes the host address after a hit. */
export function pushHost(probe: TlbProbe): void {
  const { code } = probe;
  probe.pushAddress();
  if (probe.pointer === 'i64') code.emit(op.i32_wrap_i64);
  code.localGet(probe.entry);
  code.memory(op.i32_load, probe.table + 8);
  code.emit(op.i32_add);
}

/** The offset in a table of the entry of an address that is known now. */
export function entryOffset(addr: number): number {
  return (lowHalf(addr) >>> (PAGE_SHIFT - TLB_ENTRY_SHIFT)) & TLB_OFFSET_MASK;
}
