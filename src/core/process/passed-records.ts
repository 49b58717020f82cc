/**
 * Records that pass by value between the program and libc: in memory, or (small ones) in the page that stands for registers.
 */
import { PAGE_SIZE } from '../../base/address.ts';
import { REGISTER_PAGE, REGISTER_PAGE_HOST } from '../codegen/program-state.ts';
import type { ProcessMemory } from '../mm/process-memory.ts';

/** Stores the record that a function of libc returns. */
export function storeRecord(
  memory: ProcessMemory,
  wordBytes: 4 | 8,
  target: number | bigint,
  bytes: Uint8Array,
): void {
  const { host, addr } = recordPlace(wordBytes, target);
  if (host === undefined) memory.writeBytes(addr, bytes);
  else memory.u8.set(bytes, host);
}

/** The bytes of a record that is an argument. */
export function recordArgument(
  memory: ProcessMemory,
  wordBytes: 4 | 8,
  source: number | bigint,
  length: number,
): Uint8Array {
  const { host, addr } = recordPlace(wordBytes, source);
  return host === undefined ? memory.readBytes(addr, length) : memory.u8.slice(host, host + length);
}

function recordPlace(
  wordBytes: 4 | 8,
  pointer: number | bigint,
): { readonly host: number | undefined; readonly addr: number } {
  const isWide = wordBytes === 8;
  const addr = BigInt.asUintN(isWide ? 64 : 32, BigInt(pointer));
  const offset = addr - (isWide ? REGISTER_PAGE.i64 : REGISTER_PAGE.i32);
  const isRegister = offset >= 0n && offset < BigInt(PAGE_SIZE);
  return { host: isRegister ? REGISTER_PAGE_HOST + Number(offset) : undefined, addr: Number(addr) };
}
