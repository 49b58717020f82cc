/**
 * Arithmetic of the x87 unit beside the machine's own: 100,000 random operations, edge cases among them, in every direction of
 * rounding, results and exceptions.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  add,
  compareQuiet,
  compareSignalling,
  divide,
  modulo,
  multiply,
  remainder,
  scaleByPower,
  squareRoot,
  subtract,
} from '../../../src/core/target/extended-arithmetic.ts';
import {
  fromBytes,
  fromDoubleBits,
  fromInteger,
  fromSingleBits,
  isFinite,
  newUnit,
  toDoubleBits,
  toInteger,
  toIntegral,
  toSingleBits,
} from '../../../src/core/target/extended-float.ts';
import type { Extended, FloatUnit } from '../../../src/core/target/extended-float.ts';
import { hasGcc } from '../../support/gcc.ts';
import { compileReal } from '../../support/real-process.ts';

type Operation = (unit: FloatUnit, a: Extended, b: Extended) => bigint;

const low = (x: Extended, bits: number): bigint => BigInt.asUintN(bits, x);
const order = (result: -1 | 0 | 1 | undefined): bigint =>
  result === undefined ? 3n : result < 0 ? 2n : BigInt(result);

/** In the order of the program's numbers; the result in as many bits as the instruction stores. */
const operations: readonly (readonly [name: string, call: Operation])[] = [
  ['fadd', add],
  ['fsub', subtract],
  ['fmul', multiply],
  ['fdiv', divide],
  ['fsqrt', squareRoot],
  ['frndint', toIntegral],
  ['fst double', toDoubleBits],
  ['fst float', toSingleBits],
  ['fist 16', (unit, a) => low(toInteger(unit, a, 16), 16)],
  ['fist 32', (unit, a) => low(toInteger(unit, a, 32), 32)],
  ['fist 64', (unit, a) => low(toInteger(unit, a, 64), 64)],
  ['fucomi', (unit, a, b) => order(compareQuiet(unit, a, b))],
  ['fcomi', (unit, a, b) => order(compareSignalling(unit, a, b))],
  ['fprem', modulo],
  ['fprem1', (unit, a, b) => remainder(unit, a, b).value],
  ['fld double', (unit, a) => fromDoubleBits(unit, low(a, 64))],
  ['fld float', (unit, a) => fromSingleBits(unit, low(a, 32))],
  ['fild', (unit, a) => fromInteger(unit, BigInt.asIntN(64, a))],
  ['fscale', (unit, a, b) => scaleByPower(unit, a, Number(BigInt.asIntN(32, b)))],
];

const recordBytes = 36;
const count = 100_000;

describe('the x87 unit and the machine', () => {
  it('100,000 operations give the same bits and raise the same exceptions', function () {
    this.timeout(120_000);
    if (!hasGcc('operations of the x87 unit')) return;
    const source = readFileSync(join(import.meta.dirname, '../../fixtures/x87/operations.c'), 'utf8');
    const real = compileReal(source, ['-O1']);
    let records: Buffer;
    try {
      records = execFileSync(real.path, [String(count)], { maxBuffer: 1 << 26 });
    } finally {
      real.remove();
    }
    assert.equal(records.length, count * recordBytes);
    const differences = new Map<string, string[]>();
    for (let at = 0; at < records.length; at += recordBytes) {
      const record = records.subarray(at, at + recordBytes);
      const [name, call] = operations[record[0] ?? 0] ?? ['', add];
      const [a, b, expected] = [2, 12, 22].map((offset) => fromBytes(record.subarray(offset, offset + 10)));
      const unit = newUnit((record[1] ?? 0) << 10);
      const result = call(unit, a ?? 0n, b ?? 0n);
      const isQuotientRight =
        name !== 'fprem1' ||
        !isFinite(a ?? 0n) ||
        !isFinite(b ?? 0n) ||
        unit.flags !== 0 ||
        (Math.abs(remainder(newUnit(), a ?? 0n, b ?? 0n).quotient) & 7) === record[33];
      if (result === expected && unit.flags === record[32] && isQuotientRight) continue;
      const text = [a, b, expected, result].map((one) => (one ?? 0n).toString(16)).join(' ');
      const flags = `${(record[32] ?? 0).toString(16)} ${unit.flags.toString(16)}`;
      differences.set(name, [
        ...(differences.get(name) ?? []),
        `direction ${String(record[1])}: ${text} flags ${flags}`,
      ]);
    }
    const summary = [...differences].map(
      ([name, lines]) => `${name}: ${String(lines.length)}\n${lines.slice(0, 8).join('\n')}`,
    );
    assert.equal(summary.join('\n'), '');
  });
});
