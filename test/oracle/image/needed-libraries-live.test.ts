/**
 * Programs that need libm: what ld adds to their dynamic tables, and so where every section begins, beside this machine's gcc.
 *
 * Runs where gcc is; says so loudly where it is not.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { TargetName } from '../../../src/core/target/data-model.ts';
import { analyzeProgram, defaultAnalysisOptions } from '../../../src/session/analysis.ts';
import { compileReal } from '../../support/real-process.ts';

/** Bodies of main; `x` is a double that no compiler knows. */
const bodies: Readonly<Record<string, string>> = {
  'one function': 'return sin(x) > 0;',
  'versions of both libraries': 'printf("%f %f\\n", pow(x, x), exp(x)); return hypot(x, x) > log(x);',
  'functions for all real types': 'return sinf(x) + sinl(x) + cbrt(x) + fmodl(x, x) > nexttoward(x, x);',
  'complex numbers': 'double complex z = x + x * I; return cabs(csqrt(z)) > creal(cexp(z));',
  'the address of a function': 'double (*of)(double) = tan; return of(x) > 1 && malloc(10) != 0;',
  'an address in data':
    'static double (*table[])(double) = { asin, acos, sin }; return table[(int)x](x) > 0;',
  'names of both libraries and of libm': 'int e; return frexp(x, &e) > floor(ldexp(x, e));',
  'calls that gcc computes': 'return sin(0.5) > sqrt(2.0);',
  'the floating-point environment': 'return fesetround(FE_UPWARD) + fetestexcept(FE_INEXACT);',
  'the sign of lgamma': 'return lgamma(x) * signgam > 0;',
  'a new version of both': 'return fmaximum(x, x) > 0 && stat("a", 0) == 0;',
};

const program = (body: string): string => `#define _GNU_SOURCE
#include <complex.h>
#include <fenv.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
int main(int argc, char **argv) { double x = argc; ${body} }
`;

/** Sections that the program has in memory: name, address, size. */
function realSections(text: string, target: TargetName, link: 'pie' | 'no-pie'): readonly string[] {
  const flags = [
    ...(target === 'i386' ? ['-m32'] : []),
    ...(link === 'no-pie' ? ['-fno-pie', '-no-pie'] : []),
  ];
  const { path, remove } = compileReal(text, ['-O0', ...flags]);
  try {
    const table = execFileSync('readelf', ['-SW', path], { encoding: 'latin1' });
    return [
      ...table.matchAll(/^ {2}\[ *\d+\] (\S+) +\S+ +([0-9a-f]+) [0-9a-f]+ ([0-9a-f]+) \S+ +\S*A/gm),
    ].map(([, name = '', addr = '', size = '']) => row(name, parseInt(addr, 16), parseInt(size, 16)));
  } finally {
    remove();
  }
}

function ownSections(text: string, target: TargetName, link: 'pie' | 'no-pie'): readonly string[] {
  const { compile } = defaultAnalysisOptions;
  const { image } = analyzeProgram([{ name: 'program.c', text }], {
    ...defaultAnalysisOptions,
    compile: { ...compile, target, link, pie: link === 'pie' },
  });
  return image.sections.map(({ name, addr, size }) => row(name, addr, size));
}

const row = (name: string, addr: number, size: number): string =>
  `${name} ${addr.toString(16)} ${size.toString(16)}`;

/** Headers and tables before the code, and the data behind it: the code itself has tests of its own. */
const isTable = (line: string): boolean => !/^\.(text|fini|rodata|eh_frame)/.test(line);

function obstacle(target: TargetName): string | undefined {
  try {
    const version = execFileSync('gcc', ['-dumpversion'], { encoding: 'utf8' });
    if (!version.startsWith('12')) return 'not gcc 12';
    const options = [...(target === 'i386' ? ['-m32'] : []), '-x', 'c', '-', '-o', '/dev/null'];
    execFileSync('gcc', options, { input: 'int main(){}', stdio: ['pipe', 'ignore', 'ignore'] });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] : String(error);
  }
}

describe('sections of programs that need libm', () => {
  for (const target of ['x86_64', 'i386'] as const) {
    for (const link of ['pie', 'no-pie'] as const) {
      it(`lie where ld puts them: ${target}, ${link}`, function () {
        const reason = obstacle(target);
        if (reason !== undefined) {
          console.warn(`NOT RUN: sections of programs that need libm (${target}): ${reason}`);
          return;
        }
        for (const [name, body] of Object.entries(bodies)) {
          const text = program(body);
          const real = realSections(text, target, link).filter(isTable);
          assert.deepEqual(ownSections(text, target, link).filter(isTable), real, name);
        }
      }).timeout(60_000);
    }
  }
});
