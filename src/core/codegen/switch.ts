/**
 * switch statements (C17 6.8.4.2) whose labels stand directly in their body: nested blocks and a jump table, or
 * comparisons where the values are far apart.
 */
import type { SwitchCase, TypedStatement } from '../sema/typed-tree.ts';
import type { FunctionState } from './function-state.ts';
import { closeVariableScope, guarded, openVariableScope, withJumps } from './statement.ts';
import { valueKindOf } from './value-type.ts';
import { op } from './wasm-module.ts';

type Switch = Extract<TypedStatement, { kind: 'switch' }>;

/** A stretch of the body that starts at labels. */
interface Segment {
  readonly cases: SwitchCase[];
  isDefault: boolean;
  readonly statements: TypedStatement[];
}

/** Tables are used up to this many entries, and when at least a quarter of them is in use. */
const MAX_TABLE = 1024;

/** Emits a switch. */
export function generateSwitch(state: FunctionState, statement: Switch): void {
  const { code } = state;
  const segments = segmentsOf(statement.body);
  const body = statement.body.kind === 'block' ? statement.body : undefined;
  const scope = body === undefined ? undefined : openVariableScope(state, body);
  const exit = code.open(op.block);
  const blocks = segments.map(() => 0);
  for (let index = segments.length - 1; index >= 0; index -= 1) blocks[index] = code.open(op.block);
  guarded(state, statement.value.span, () => {
    dispatch(state, statement, {
      of: (label) => blocks[segments.findIndex((segment) => segment.cases.includes(label))] ?? exit,
      otherwise: blocks[segments.findIndex((segment) => segment.isDefault)] ?? exit,
    });
  });
  withJumps(state, { kind: 'block', block: exit }, undefined, () => {
    for (const segment of segments) {
      code.close();
      for (const inner of segment.statements) state.statement(inner);
    }
  });
  code.close();
  closeVariableScope(state, scope);
}

/** Splits the body at its labels; statements before the first one are never reached. */
function segmentsOf(body: TypedStatement): readonly Segment[] {
  const segments: Segment[] = [];
  for (const statement of body.kind === 'block' ? body.statements : [body]) {
    let inner = statement;
    let segment: Segment | undefined;
    while (inner.kind === 'case' || inner.kind === 'default') {
      segment ??= { cases: [], isDefault: false, statements: [] };
      if (inner.kind === 'case') segment.cases.push(inner.label);
      else segment.isDefault = true;
      inner = inner.body;
    }
    if (segment !== undefined) segments.push(segment);
    segments.at(-1)?.statements.push(inner);
  }
  return segments;
}

/** Where the labels of a switch are. */
export interface SwitchTargets {
  readonly of: (label: SwitchCase) => number;
  readonly otherwise: number;
}

/** Evaluates the value and branches to the block of its label. */
function dispatch(state: FunctionState, statement: Switch, targets: SwitchTargets): void {
  const { code } = state;
  const kind = valueKindOf(statement.value.type.type);
  const isWide = kind.kind === 'scalar' && kind.access.type === 'i64';
  const type = isWide ? 'i64' : 'i32';
  const { cases } = statement;
  const lowest = cases.reduce((least, one) => (one.first < least ? one.first : least), cases[0]?.first ?? 0n);
  const highest = cases.reduce((most, one) => (one.last > most ? one.last : most), cases[0]?.last ?? 0n);
  const span = highest - lowest + 1n;
  const used = cases.reduce((sum, one) => sum + (one.last - one.first + 1n), 0n);
  const value = state.temp(type);
  state.value(statement.value);
  code.localSet(value);
  if (cases.length >= 4 && span <= MAX_TABLE && used * 4n >= span) {
    const table = Array.from({ length: Number(span) }, () => targets.otherwise);
    for (const one of cases) {
      for (let at = one.first; at <= one.last; at += 1n) table[Number(at - lowest)] = targets.of(one);
    }
    code.localGet(value);
    if (isWide) {
      code.i64Const(lowest);
      code.emit(op.i64_sub);
      code.localTee(value);
      code.i64Const(span);
      code.emit(op.i64_ge_u);
      code.branchIf(targets.otherwise);
      code.localGet(value);
      code.emit(op.i32_wrap_i64);
    } else if (lowest !== 0n) {
      code.i32Const(Number(BigInt.asIntN(32, lowest)));
      code.emit(op.i32_sub);
    }
    code.branchTable(table, targets.otherwise);
  } else {
    for (const one of cases) {
      testCase(state, value, isWide, one);
      code.branchIf(targets.of(one));
    }
    code.branch(targets.otherwise);
  }
  state.release(type, value);
}

/** Pushes whether the value in a local has a label. */
export function testCase(state: FunctionState, value: number, isWide: boolean, label: SwitchCase): void {
  const { code } = state;
  const number = (constant: bigint): void =>
    isWide ? code.i64Const(constant) : code.i32Const(Number(BigInt.asIntN(32, constant)));
  code.localGet(value);
  number(label.first);
  if (label.first === label.last) {
    code.emit(isWide ? op.i64_eq : op.i32_eq);
    return;
  }
  code.emit(isWide ? op.i64_sub : op.i32_sub);
  number(label.last - label.first);
  code.emit(isWide ? op.i64_le_u : op.i32_le_u);
}
