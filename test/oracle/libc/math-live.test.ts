/**
 * <math.h> bit for bit against the machine's own libm: random arguments, seeded, and the share of equal results.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as accurate from '../../../src/core/libc/accurate-math.ts';
import * as fdlibm from '../../../src/core/libc/fdlibm.ts';
import { tgamma } from '../../../src/core/libc/gamma.ts';
import { hasGcc } from '../../support/gcc.ts';
import { openSession } from '../../support/open-session.ts';
import { compileReal } from '../../support/real-process.ts';

interface Case {
  readonly name: string;
  readonly call: (...x: number[]) => number;
  /** Arguments are even in [-range, range]; `from` adds to them. */
  readonly range: number;
  readonly from?: number;
  readonly arity?: 2;
  /** Results in a thousand that must be the same bits. */
  readonly least: number;
}

const { exp, exp2, log, log2, pow, sin, cos, tan, asin, acos, atan, atan2 } = accurate;
const { expm1, log1p, log10, exp10, sinh, cosh, tanh, asinh, acosh, atanh, cbrt, hypot, erf, erfc } = fdlibm;

const cases: readonly Case[] = [
  { name: 'exp', call: exp, range: 700, least: 998 },
  { name: 'exp2', call: exp2, range: 1000, least: 998 },
  { name: 'log', call: log, range: 50, from: 50, least: 999 },
  { name: 'log2', call: log2, range: 50, from: 50, least: 999 },
  { name: 'pow', call: pow, range: 10, from: 10, arity: 2, least: 998 },
  { name: 'sin', call: sin, range: 1e4, least: 997 },
  { name: 'cos', call: cos, range: 1e4, least: 997 },
  { name: 'tan', call: tan, range: 1e4, least: 996 },
  { name: 'asin', call: asin, range: 1, least: 998 },
  { name: 'acos', call: acos, range: 1, least: 998 },
  { name: 'atan', call: atan, range: 10, least: 998 },
  { name: 'atan2', call: atan2, range: 20, arity: 2, least: 998 },
  { name: 'expm1', call: expm1, range: 10, least: 997 },
  { name: 'log1p', call: log1p, range: 50, from: 50, least: 998 },
  { name: 'log10', call: log10, range: 50, from: 50, least: 998 },
  { name: 'exp10', call: exp10, range: 10, least: 998 },
  { name: 'sinh', call: sinh, range: 10, least: 997 },
  { name: 'cosh', call: cosh, range: 10, least: 997 },
  { name: 'tanh', call: tanh, range: 10, least: 998 },
  { name: 'asinh', call: asinh, range: 10, least: 998 },
  { name: 'acosh', call: acosh, range: 25, from: 26, least: 998 },
  { name: 'atanh', call: atanh, range: 1, least: 997 },
  { name: 'cbrt', call: cbrt, range: 1e5, least: 1000 },
  { name: 'hypot', call: hypot, range: 20, arity: 2, least: 1000 },
  { name: 'erf', call: erf, range: 5, least: 999 },
  { name: 'erfc', call: erfc, range: 5, least: 998 },
  { name: 'tgamma', call: tgamma, range: 3.2, from: 3.2, least: 920 },
];

const count = 4000;

/** A program that prints the bits of arguments and results of every function, in order. */
function program(): string {
  const blocks = cases.map(({ name, range, from = 0, arity }) => {
    const value = `${String(range)} * (2 * next() - 1) + ${String(from)}`;
    return `for (int i = 0; i < ${String(count)}; i++) { double x = ${value}, y = ${value}; put(x); ${
      arity === 2 ? `put(y); put(${name}(x, y));` : `put(${name}(x));`
    } }`;
  });
  return `#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <stdio.h>
static uint64_t s = 88172645463325252u;
static double next(void) { s ^= s << 13; s ^= s >> 7; s ^= s << 17; return (s >> 11) * 0x1p-53; }
static void put(double d) { fwrite(&d, 8, 1, stdout); }
int main(void) { ${blocks.join('\n')} }
`;
}

/** Complex functions, printed with fewer digits than they have: the last ones may differ. */
const complexProgram = `#include <stdio.h>
#include <complex.h>
#define P(e) do { double complex r = e; printf(#e " %.13g %.13g\\n", creal(r), cimag(r)); } while (0)
int main(void){ double complex z[] = {1 + 2 * I, -0.5 + 0.25 * I, 3 - 4 * I, -2 - 1 * I, 0.75, 2 * I}; for (int i = 0; i < 6; i++) { double complex x = z[i];
P(cexp(x)); P(clog(x)); P(csqrt(x)); P(csin(x)); P(ccos(x)); P(ctan(x)); P(csinh(x)); P(ccosh(x)); P(ctanh(x)); P(casin(x)); P(cacos(x)); P(catan(x));
P(casinh(x)); P(cacosh(x)); P(catanh(x)); P(cpow(x, 1.5 - I)); P(cproj(x)); P(conj(x)); printf("%.15g %.15g\\n", cabs(x), carg(x));
float complex y = csqrtf(x); printf("%g %g %g\\n", crealf(y), cimagf(y), cabsf(y)); long double complex w = cexpl(x); printf("%.12Lg %.12Lg\\n", creall(w), cimagl(w)); }
return 0; }`.replaceAll('\\\\n', '\\n');

describe('<complex.h> and the machine’s libm', () => {
  for (const target of ['x86_64', 'i386'] as const) {
    it(`every line is the real one (${target})`, function () {
      this.timeout(30_000);
      if (!hasGcc('<complex.h>')) return;
      const real = compileReal(complexProgram, ['-fno-builtin', '-lm']);
      try {
        const session = openSession(complexProgram, { target });
        const pieces = session.recording.outputUpTo(session.recording.count);
        const printed = Buffer.concat(pieces.map(({ bytes }) => bytes)).toString('latin1');
        assert.equal(printed, execFileSync(real.path, { encoding: 'latin1' }));
      } finally {
        real.remove();
      }
    });
  }
});

describe('<math.h> and the machine’s libm', () => {
  let values = new Float64Array();
  before(function () {
    if (!hasGcc('<math.h>')) {
      this.skip();
    }
    const folder = mkdtempSync(join(tmpdir(), 'libm-'));
    try {
      writeFileSync(join(folder, 'a.c'), program());
      execFileSync('gcc', ['-O1', '-fno-builtin', 'a.c', '-o', 'a', '-lm'], { cwd: folder });
      const bytes = execFileSync(join(folder, 'a'), { maxBuffer: 1 << 26 });
      values = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  let at = 0;
  for (const { name, call, arity = 1, least } of cases) {
    const start = at;
    at += count * (arity + 1);
    it(`${name}: at least ${String(least)} of 1000 results are the same bits`, () => {
      let equal = 0;
      for (let i = 0; i < count; i++) {
        const from = start + i * (arity + 1);
        const args = values.subarray(from, from + arity);
        if (Object.is(call(...args), values[from + arity])) equal += 1;
      }
      assert.ok(equal * 1000 >= least * count, `${String(equal)} of ${String(count)}`);
    });
  }
});
