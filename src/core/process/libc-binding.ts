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
import { EXTENDED_AREA, VARARGS, VARIADIC_LIST } from '../target/tlb-layout.ts';
import { NotModelled } from '../trace/not-modelled.ts';

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
  const letters = libc.signature.replace('.', '').slice(1);
  // The last parameter of a variadic function is the host address of the variadic arguments.
  const fixed = external.parameters.length - (external.isVariadic ? 1 : 0);
  // Calls that are not as libc's own prototype says which arguments are fixed: all of them are in a list, or are put into one.
  const isVariadic = libc.signature.endsWith('.');
  const isListed = isVariadic && (external.listsAll === true || fixed !== letters.length);
  let isTouched = codePages.length === 0;
  return (...values) => {
    if (!isTouched) {
      isTouched = true;
      for (const page of codePages) ctx.memory.translateRead(page);
    }
    if (calls.isResuming) return toWasm(calls.resume(), external.result);
    const { raw, args, variadic } = isListed
      ? listedArguments(ctx, letters, listOf(ctx, external, values))
      : fixedArguments(ctx, external, letters, values);
    const result = libc.call(ctx, args, variadic, raw);
    const value = typeof result === 'object' ? calls.advance(result) : result;
    if (external.result !== 'v128') return toWasm(value, external.result);
    ctx.memory.u8.set(toBytes(typeof value === 'bigint' ? value : fromNumber(value)), EXTENDED_AREA);
    return undefined;
  };
}

interface PassedArguments {
  readonly raw: readonly WasmValue[];
  readonly args: readonly number[];
  readonly variadic: HostVariadic;
}

/** The parameters of a call are the fixed arguments. */
function fixedArguments(
  ctx: LibcContext,
  external: ExternalFunction,
  letters: string,
  values: readonly WasmValue[],
): PassedArguments {
  const fixed = external.parameters.length - (external.isVariadic ? 1 : 0);
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
  const list = external.isVariadic ? Number(values[fixed] ?? 0) : VARIADIC_LIST;
  return { raw, args, variadic: new HostVariadic(ctx.memory, list) };
}

/** Takes the fixed arguments from the list, too. */
function listedArguments(ctx: LibcContext, letters: string, list: number): PassedArguments {
  const variadic = new HostVariadic(ctx.memory, list);
  const isWide = ctx.model.wordBytes === 8;
  const raw = Array.from(letters, (letter): WasmValue => {
    if (letter === 'd') return variadic.double();
    if (letter === 'i' || letter === 'u') return variadic.int();
    const bits = variadic.longLong();
    return isWide || letter === 'q' || letter === 'x' ? bits : Number(BigInt.asIntN(32, bits));
  });
  const args = raw.map((value, i) => toNumber(value, letters[i] ?? 'q'));
  return { raw, args, variadic };
}

/** Host address of a list of all arguments: as the caller made it, or made of the parameters and put before what is listed. */
function listOf(ctx: LibcContext, external: ExternalFunction, values: readonly WasmValue[]): number {
  const fixed = external.parameters.length - (external.isVariadic ? 1 : 0);
  const rest = external.isVariadic ? Number(values[fixed] ?? 0) : VARIADIC_LIST;
  if (external.listsAll === true) return rest;
  const types = external.parameters.slice(0, fixed);
  const bytes = types.reduce((sum, type) => sum + (type === 'v128' ? 16 : 8), 0);
  // Nothing of libc reads the images of registers that lie in front of the list.
  const room = VARIADIC_LIST - VARARGS;
  if (bytes > room) throw new NotModelled(`so many arguments for ${external.name}`);
  const view = new DataView(ctx.memory.u8.buffer);
  let at = rest - bytes;
  types.forEach((type, i) => {
    const value = values[i] ?? 0;
    if (type === 'v128') ctx.memory.u8.copyWithin(at, Number(value), Number(value) + 10);
    else if (type === 'f64') view.setFloat64(at, Number(value), true);
    else if (type === 'f32') view.setFloat32(at, Number(value), true);
    else view.setBigInt64(at, BigInt(value), true);
    at += type === 'v128' ? 16 : 8;
  });
  return rest - bytes;
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
