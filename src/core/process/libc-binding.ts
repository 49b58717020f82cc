/**
 * How the functions of libc meet WebAssembly: conversion of arguments and results by their signature.
 *
 * The generated code calls an external function with the WebAssembly types of the prototype that the program saw. When
 * that differs from libc's own (a wrong declaration in the program), arguments are taken as the bits they are, as far
 * as the registers of the real ABI would carry them. A `long double` goes through memory (codegen/extended-imports.ts): it is
 * given raw as its 80 bits, and a result of 80 bits is an integer.
 */
import type { ExternalFunction, WasmType } from '../codegen/compiled-program.ts';
import type { LibcContext, LibcFunction } from '../libc/libc-context.ts';
import type { Waiting } from '../libc/threads/kernel-threads.ts';
import { HostVariadic } from '../libc/variadic.ts';
import { fromBytes, fromNumber, toBytes, toNumber as extendedToNumber } from '../target/extended-float.ts';
import { EXTENDED_AREA } from '../target/tlb-layout.ts';

type WasmValue = number | bigint;

/** Who does the work of functions that may have to wait. */
export interface WaitingCalls {
  /** Whether the call that is made now was made before, and waited. */
  readonly isResuming: boolean;
  /** Goes on with that call. */
  resume(): number | bigint;
  /** Begins work that may have to wait; any value when it does. */
  advance(work: Waiting<number | bigint>): number | bigint;
}

/**
 * Makes the WebAssembly import for a function of libc.
 *
 * @param codePages - addresses of the pages of libc that the function's first call touches
 */
export function bindFunction(
  ctx: LibcContext,
  external: ExternalFunction,
  libc: LibcFunction,
  calls: WaitingCalls,
  codePages: readonly number[],
): (...values: WasmValue[]) => WasmValue | undefined {
  const isVariadic = external.isVariadic;
  const letters = libc.signature.replace('.', '').slice(1);
  // The last parameter of a variadic function is the host address of the variadic arguments.
  const fixed = external.parameters.length - (isVariadic ? 1 : 0);
  let isTouched = codePages.length === 0;
  return (...values) => {
    if (!isTouched) {
      isTouched = true;
      for (const page of codePages) ctx.memory.translateRead(page);
    }
    if (calls.isResuming) return toWasm(calls.resume(), external.result);
    const raw: WasmValue[] = [];
    const args: number[] = [];
    for (let i = 0; i < fixed; i++) {
      const value = values[i] ?? 0;
      if (external.parameters[i] === 'v128') {
        const number = fromBytes(ctx.memory.u8.subarray(Number(value), Number(value) + 10));
        raw.push(number);
        args.push(extendedToNumber(number));
      } else {
        raw.push(value);
        args.push(toNumber(value, letters[i] ?? 'q'));
      }
    }
    const variadic = new HostVariadic(ctx.memory, isVariadic ? Number(values[fixed] ?? 0) : 0);
    const result = libc.call(ctx, args, variadic, raw);
    const value = typeof result === 'object' ? calls.advance(result) : result;
    if (external.result !== 'v128') return toWasm(value, external.result);
    ctx.memory.u8.set(toBytes(typeof value === 'bigint' ? value : fromNumber(value)), EXTENDED_AREA);
    return undefined;
  };
}

/** An argument as the number that the letter of the signature means. */
function toNumber(value: WasmValue, letter: string): number {
  switch (letter) {
    case 'i':
      return typeof value === 'bigint' ? Number(BigInt.asIntN(32, value)) : value | 0;
    case 'u':
      return typeof value === 'bigint' ? Number(BigInt.asUintN(32, value)) : value >>> 0;
    case 'l':
    case 'q':
      return typeof value === 'bigint' ? Number(BigInt.asIntN(64, value)) : value | 0;
    case 'p':
    case 'z':
    case 'x':
      return typeof value === 'bigint' ? Number(BigInt.asUintN(64, value)) : value >>> 0;
    default:
      return Number(value);
  }
}

/** The result in the type that the caller expects. */
function toWasm(result: number | bigint, type: WasmType | undefined): WasmValue | undefined {
  switch (type) {
    case undefined:
    case 'v128':
      return undefined;
    case 'i64':
      return typeof result === 'bigint' ? BigInt.asIntN(64, result) : BigInt(Math.trunc(result));
    case 'i32':
      return typeof result === 'bigint' ? Number(BigInt.asIntN(32, result)) : result | 0;
    case 'f32':
    case 'f64':
      return Number(result);
  }
}
