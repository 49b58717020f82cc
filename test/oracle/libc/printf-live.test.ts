/**
 * The printf engine against the machine's own printf: seeded random formats and values, one compiled program.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { FloatEnvironment } from '../../../src/core/libc/float-environment.ts';
import { formatPrintf } from '../../../src/core/libc/printf.ts';
import { fromNumber } from '../../../src/core/target/extended-float.ts';
import type { LibcContext, VariadicArguments } from '../../../src/core/libc/libc-context.ts';
import { x86_64 } from '../../../src/core/target/data-model.ts';
import { hasGcc } from '../../support/gcc.ts';

interface Case {
  readonly format: string;
  /** The value in C. */
  readonly source: string;
  readonly value: number | bigint;
}

const flags = fc.subarray(['-', '+', ' ', '#', '0']).map((list) => list.join(''));
const width = fc.option(fc.integer({ min: 0, max: 30 }), { nil: undefined });
const precision = fc.option(fc.integer({ min: 0, max: 25 }), { nil: undefined });

function specification(letters: readonly string[], length: string): fc.Arbitrary<string> {
  return fc
    .tuple(flags, width, precision, fc.constantFrom(...letters))
    .map(([f, w, p, letter]) => `%${f}${w ?? ''}${p === undefined ? '' : `.${p}`}${length}${letter}`);
}

const integers: fc.Arbitrary<Case> = fc
  .tuple(specification(['d', 'i', 'u', 'x', 'X', 'o'], ''), fc.integer())
  .map(([format, value]) => ({
    format,
    source: `(int)${value === -2147483648 ? '(-2147483647-1)' : value}`,
    value,
  }));
const longs: fc.Arbitrary<Case> = fc
  .tuple(specification(['d', 'u', 'x', 'o'], 'l'), fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }))
  .map(([format, value]) => ({ format, source: `${value}L`, value }));
const doubles: fc.Arbitrary<Case> = fc
  .tuple(
    specification(['f', 'F', 'e', 'E', 'g', 'G', 'a'], ''),
    fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: -1000, max: 1000 }).map((n) => n / 8),
      fc.constantFrom(0, -0, 0.5, 1.5, 2.5, 0.1, 1e21, 5e-324, 1.7976931348623157e308),
    ),
  )
  .map(([format, value]) => ({ format, source: hexadecimal(value), value }));

/** A double exactly, as C reads it. */
function hexadecimal(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(value));
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n);
  const fraction = bits & (2n ** 52n - 1n);
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  return `${value < 0 ? '-' : ''}0x${mantissa.toString(16)}p${(exponent === 0 ? 1 : exponent) - 1075}`;
}

function format(one: Case): string {
  const args = {
    int: () => Number(one.value) | 0,
    longLong: () => BigInt.asUintN(64, BigInt(one.value)),
    word: () => BigInt.asUintN(64, BigInt(one.value)),
    double: () => Number(one.value),
    longDouble: () => fromNumber(Number(one.value)),
    lastIsNegative: Number(one.value) < 0 || Object.is(one.value, -0),
  } satisfies VariadicArguments;
  let text = '';
  const floats = new FloatEnvironment(() => undefined);
  const ctx = { model: x86_64, floats, runPart: () => undefined } as unknown as LibcContext;
  formatPrintf(ctx, new TextEncoder().encode(one.format), args, {
    write: (bytes) => {
      text += Buffer.from(bytes).toString('latin1');
    },
  });
  return text;
}

describe('printf', () => {
  it('gives the bytes of the machine’s own printf for 3,000 random conversions', function () {
    if (!hasGcc('printf')) return;
    this.timeout(60_000);
    const cases = fc.sample(fc.oneof(integers, longs, doubles), { seed: 20231107, numRuns: 3000 });
    const folder = mkdtempSync(join(tmpdir(), 'atlas-printf-'));
    try {
      const lines = cases.map((one) => `printf("${one.format}\\n", ${one.source});`);
      writeFileSync(
        join(folder, 'p.c'),
        `#include <stdio.h>\nint main(void){\n${lines.join('\n')}\nreturn 0;}\n`,
      );
      execFileSync('gcc', ['-w', '-o', join(folder, 'p'), join(folder, 'p.c')]);
      const real = execFileSync(join(folder, 'p'), { maxBuffer: 64 * 1024 * 1024 })
        .toString('latin1')
        .split('\n');
      cases.forEach((one, i) => {
        assert.equal(format(one), real[i], `printf("${one.format}", ${one.source})`);
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
