/**
 * Floating-point operations of programs that can see the floating-point environment: those that name a function of <fenv.h>.
 *
 * WebAssembly has no exception flags and one direction of rounding. In such programs every operation that may raise an
 * exception or round is a call of the host, which finds out both (libc/float-rounding.ts); other programs pay nothing.
 * Operands that are signalling not-a-numbers count as quiet ones.
 *
 * Imports, by the name of the instruction that they stand for: `float:f64_add(f64, f64) -> f64` …;
 * `float:truncated(value: f64, kind: i32) -> f64` tells of a conversion to an integer (kinds: {@link truncationKinds}) and
 * gives the value back.
 */
import type { TypedUnit } from '../sema/typed-tree.ts';
import type { WasmType } from './compiled-program.ts';
import { op } from './wasm-module.ts';
import type { Opcode, WasmModule } from './wasm-module.ts';

const binary = (type: WasmType, result: WasmType): readonly [readonly WasmType[], WasmType] => [
  [type, type],
  result,
];
const unary = (type: WasmType, result: WasmType): readonly [readonly WasmType[], WasmType] => [
  [type],
  result,
];

/** Instructions that read or write the environment, with their types. */
const operations = {
  f32_add: binary('f32', 'f32'),
  f32_sub: binary('f32', 'f32'),
  f32_mul: binary('f32', 'f32'),
  f32_div: binary('f32', 'f32'),
  f32_lt: binary('f32', 'i32'),
  f32_gt: binary('f32', 'i32'),
  f32_le: binary('f32', 'i32'),
  f32_ge: binary('f32', 'i32'),
  f32_demote_f64: unary('f64', 'f32'),
  f32_convert_i32_s: unary('i32', 'f32'),
  f32_convert_i32_u: unary('i32', 'f32'),
  f32_convert_i64_s: unary('i64', 'f32'),
  f32_convert_i64_u: unary('i64', 'f32'),
  f64_add: binary('f64', 'f64'),
  f64_sub: binary('f64', 'f64'),
  f64_mul: binary('f64', 'f64'),
  f64_div: binary('f64', 'f64'),
  f64_sqrt: unary('f64', 'f64'),
  f64_lt: binary('f64', 'i32'),
  f64_gt: binary('f64', 'i32'),
  f64_le: binary('f64', 'i32'),
  f64_ge: binary('f64', 'i32'),
  f64_convert_i64_s: unary('i64', 'f64'),
  f64_convert_i64_u: unary('i64', 'f64'),
} as const satisfies Partial<Record<keyof typeof op, readonly [readonly WasmType[], WasmType]>>;

/** Instructions that the host does, by name. */
export type FloatOperation = keyof typeof operations;

/** Integers that a floating number is converted to: cvttsd2si of 32 and 64 bits, and gcc's way to unsigned 64 bits. */
export const truncationKinds = { i32: 0, i64: 1, u64: 2 } as const;

/** Functions of <fenv.h>. */
const environmentFunctions: ReadonlySet<string> = new Set(
  (
    'feclearexcept fegetexceptflag feraiseexcept fesetexceptflag fetestexcept fesetexcept fetestexceptflag fegetround ' +
    'fesetround fegetenv feholdexcept fesetenv feupdateenv fegetmode fesetmode feenableexcept fedisableexcept fegetexcept'
  ).split(' '),
);

/** Function indices of what the host does. */
export interface FloatOperations {
  readonly count: number;
  /** By the instruction that a call stands for. */
  readonly calls: ReadonlyMap<Opcode, number>;
  readonly truncated: number;
}

/** Whether a program can see the floating-point environment: it names a function that reads or writes it. */
export function seesFloatEnvironment(units: readonly TypedUnit[]): boolean {
  return units.some((unit) =>
    unit.functionSymbols.some(({ name, isReferenced }) => isReferenced && environmentFunctions.has(name)),
  );
}

/** Imports the operations. */
export function importFloatOperations(module: WasmModule): FloatOperations {
  const calls = new Map<Opcode, number>();
  for (const [name, [parameters, result]] of Object.entries(operations)) {
    const index = module.importFunction(`float:${name}`, { parameters, result });
    calls.set(op[name as FloatOperation], index);
  }
  const truncated = module.importFunction('float:truncated', { parameters: ['f64', 'i32'], result: 'f64' });
  return { count: calls.size + 1, calls, truncated };
}
