/**
 * Read-only data without a name that gcc makes for code: floating constants and jump tables of switches.
 *
 * Floating constants are pooled by their bytes; 0.0 needs none, and on the x87 neither 0 nor 1. A switch of five cases
 * and more whose values span at most eight times their number is a jump table.
 *
 * Source: gcc/varasm.cc (constant pool), gcc/tree-switch-conversion.h (jump_table_cluster; parameters
 * jump-table-max-growth-ratio-for-speed, case-values-threshold), behaviour; measured with gcc 12.2.
 * Simplified: masks for changing signs, images of local initialisers and vectors have no place here.
 */
import { roundUp } from '../../base/address.ts';
import { evaluate } from '../sema/constant.ts';
import type { CompileOptions } from '../sema/placement.ts';
import { resolve } from '../sema/type-relations.ts';
import type { TypedExpression, TypedFunction, TypedStatement } from '../sema/typed-tree.ts';
import { walkExpression, walkStatement } from './tree-walk.ts';

/** Cases from which on a switch may be a table. */
const MIN_CASES_FOR_TABLE = 5;
/** Entries of a table for each case, at most. */
const MAX_GROWTH = 8n;

type Switch = Extract<TypedStatement, { kind: 'switch' }>;

/** Entries of a switch's jump table; undefined when gcc compares instead. */
export function jumpTableEntries(statement: Switch): number | undefined {
  if (statement.cases.length < MIN_CASES_FOR_TABLE) return undefined;
  const least = statement.cases.reduce(
    (low, one) => (one.first < low ? one.first : low),
    statement.cases[0]?.first ?? 0n,
  );
  const most = statement.cases.reduce((high, one) => (one.last > high ? one.last : high), least);
  const entries = most - least + 1n;
  // A range counts as its two ends.
  const comparisons = statement.cases.reduce((sum, one) => sum + (one.first === one.last ? 1n : 2n), 0n);
  return entries <= MAX_GROWTH * comparisons ? Number(entries) : undefined;
}

/** What follows the named objects of a file in .rodata. */
export interface ConstantPool {
  readonly align: number;
  /** Where the pool ends when the named objects end at `start`. */
  endFrom(start: number): number;
}

/** Collects the pool of a file's functions. */
export function constantPool(functions: readonly TypedFunction[], options: CompileOptions): ConstantPool {
  const pieces: { size: number; align: number }[] = [];
  const seen = new Set<string>();
  const wide = options.target === 'x86_64' && !options.pie ? 8 : 4;
  for (const fn of functions) {
    const inside = new Set<TypedExpression>();
    walkStatement(fn.body, {
      statement: (statement) => {
        if (statement.kind !== 'switch') return;
        const entries = jumpTableEntries(statement);
        if (entries !== undefined) pieces.push({ size: entries * wide, align: wide });
      },
      expression: (expression) => {
        const type = resolve(expression.type.type);
        if (inside.has(expression) || type.kind !== 'float') return;
        const value = evaluate(expression, { foldObjects: false, wordBytes: 8 });
        if (value?.kind !== 'floating') return;
        walkExpression(expression, { expression: (part) => inside.add(part) });
        const isX87 = type.name === 'long double' || options.target === 'i386';
        if (Object.is(value.value, 0) || (isX87 && value.value === 1)) return;
        const key = `${type.size} ${Object.is(value.value, -0) ? '-0' : String(value.value)}`;
        if (seen.has(key)) return;
        seen.add(key);
        pieces.push({ size: type.size, align: type.size === 12 ? 16 : type.size });
      },
    });
  }
  return {
    align: pieces.reduce((most, piece) => Math.max(most, piece.align), 1),
    endFrom: (start) => pieces.reduce((at, piece) => roundUp(at, piece.align) + piece.size, start),
  };
}
