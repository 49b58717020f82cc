/**
 * Marks and hints of a document; figures are those of gcc 12 (-fstack-usage, sizeof) and glibc 2.36 on x86-64.
 */
import assert from 'node:assert/strict';
import { analyzeProgram, defaultAnalysisOptions } from '../../../src/session/analysis.ts';
import { sourceMarks } from '../../../src/session/source-marks.ts';
import type { SourceMark } from '../../../src/session/source-marks.ts';

function marks(text: string): readonly SourceMark[] {
  return sourceMarks(analyzeProgram([{ name: 'main.c', text }], defaultAnalysisOptions), 0);
}

/** `name segment` of each mark that has a segment. */
const segments = (text: string): string[] =>
  marks(text).flatMap((mark) => (mark.kind === 'record' ? [] : [`${mark.name} ${mark.segment}`]));

describe('marks of a document', () => {
  it('stand at definitions, in their order, and not at declarations', () => {
    assert.deepEqual(
      segments(`extern int elsewhere;
int declared(void);
int zero, one = 1;
const int two = 2;
_Thread_local int mine;
static int f(int parameter) { register int r = parameter; static int s; return r + s + elsewhere; }
int main(void) { return f(zero) + one + two + mine + declared(); }
`),
      [
        'zero bss',
        'one data',
        'two rodata',
        'mine tls',
        'f text',
        'parameter stack',
        'r register',
        's bss',
        'main text',
      ],
    );
  });

  it('leave out what a header defines', () => {
    assert.deepEqual(segments('#include <stdlib.h>\nint x;\n'), ['x bss']);
  });

  it('tell heap from mapping by the size that malloc is asked for', () => {
    const found = marks(`#include <stdlib.h>
void *f(size_t n) { free(malloc(100)); free(malloc(200000)); return calloc(n, 8); }
`).flatMap((mark) =>
      mark.kind === 'allocation'
        ? [[mark.name, mark.segment, mark.forecast?.chunkBytes, mark.forecast?.mappedBytes]]
        : [],
    );
    assert.deepEqual(found, [
      ['malloc', 'heap', 112, undefined],
      ['malloc', 'mmap', 200704, 200704],
      ['calloc', 'heap', undefined, undefined],
    ]);
  });

  it('give the stack cost that gcc -fstack-usage prints', () => {
    const costs = marks(`int leaf(void) { return 1; }
int caller(int n) { char text[100]; text[0] = (char)n; return leaf() + text[0]; }
`).flatMap((mark) => (mark.kind === 'function' ? [[mark.name, mark.stackBytes]] : []));
    assert.deepEqual(costs, [
      ['leaf', 16],
      ['caller', 144],
    ]);
  });

  it('count the padding of a struct once, where it is defined', () => {
    const records = marks(`struct s;
struct s { char c; long n; short t; };
struct s object;
`).flatMap((mark) => (mark.kind === 'record' ? [mark] : []));
    assert.equal(records.length, 1);
    assert.deepEqual(
      records.map(({ name, bytes, paddingBytes, savedBytes }) => ({ name, bytes, paddingBytes, savedBytes })),
      [{ name: 's', bytes: 24, paddingBytes: 13, savedBytes: 8 }],
    );
  });
});
