/**
 * What hovers say, place by place; figures are those of gcc 12 and glibc 2.36 on x86-64.
 */
import assert from 'node:assert/strict';
import { debianDefaults } from '../../../src/core/sema/placement.ts';
import type { CompileOptions } from '../../../src/core/sema/placement.ts';
import { renderText } from '../../../src/core/text/all-texts.ts';
import type { Language } from '../../../src/core/text/text.ts';
import { analyzeProgram, defaultAnalysisOptions } from '../../../src/session/analysis.ts';
import { hoverFactsAt } from '../../../src/session/hover-facts.ts';
import { IncrementalAnalysis } from '../../../src/session/incremental-analysis.ts';
import type { ProgramAnalysis } from '../../../src/session/analysis.ts';

/** A hover as text: `segment section | declaration`, the rows, the sentences. */
function rendered(analysis: ProgramAnalysis, offset: number, language: Language = 'en'): string {
  const facts = hoverFactsAt(analysis, 0, offset);
  if (facts === undefined) return 'nothing';
  const say = (text: Parameters<typeof renderText>[0] | string): string =>
    typeof text === 'string' ? text : renderText(text, language);
  const rows = facts.rows.map((row) => `${row.label === undefined ? '' : say(row.label)}: ${say(row.value)}`);
  return [
    `${facts.segment ?? '?'} ${facts.section ?? ''} | ${facts.declaration}`,
    ...rows,
    say(facts.reason),
    ...(facts.moves === undefined ? [] : [say(facts.moves)]),
  ].join('\n');
}

/** The hover on the place marked by `^`, which is taken out of the text. */
function hover(marked: string, compile: Partial<CompileOptions> = {}, language: Language = 'en'): string {
  const offset = marked.indexOf('^');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const options = { ...defaultAnalysisOptions, compile: { ...debianDefaults, ...compile } };
  const analysis = analyzeProgram([{ name: 'main.c', text }], options);
  return rendered(analysis, offset, language);
}

/** Every part must be said; the whole is shown when one is missing. */
function says(actual: string, parts: readonly (string | RegExp)[]): void {
  for (const part of parts) {
    const isThere = typeof part === 'string' ? actual.includes(part) : part.test(actual);
    assert.ok(isThere, `${String(part)} is not in:\n${actual}`);
  }
  assert.doesNotMatch(actual, /\b1 bytes\b|\{\w+|(?:placement|editor)\.[a-z]/);
}

describe('hover facts', () => {
  it('of objects with a section: size, alignment, address, file and memory', () => {
    says(hover('int ^answer = 42; int main(void) { return 0; }'), [
      'data .data | int answer',
      'size: 4 bytes',
      'alignment: 4',
      'in the file: 4 bytes',
      /address: 0x4010 in the file, 0x555555558010 at run time/,
      'storage duration: static',
      'linkage: external',
    ]);
    says(hover('static char ^one; int main(void) { return one; }'), [
      'bss .bss',
      'size: 1 byte\n',
      'in the file: nothing',
      '1 byte saved',
      'with -O2: may be replaced by its value',
    ]);
    says(hover('static char ^gone[100]; int main(void) { return 0; }'), [
      'alignment: 1 (gcc emits 32)',
      'with -O2: is removed: nothing refers to it',
    ]);
  });

  it('of constants with addresses, as the code is compiled', () => {
    const text = 'int x; int *const ^p = &x; int main(void) { return 0; }';
    says(hover(text), [
      'data .data.rel.ro',
      'after loading: the loader writes',
      'RELRO',
      'may point to: ‘x’ (.bss, 4 bytes)',
    ]);
    says(hover(text, { pie: false, link: 'no-pie' }), [
      'rodata .rodata',
      /address: 0x40\w+, the same in each run/,
    ]);
  });

  it('of what another file of the program defines: its place there', () => {
    const main = `extern int total; extern struct point { int x, y; } corner; int add(int n); extern int nowhere;
int main(void) { nowhere = 1; return add(total) + corner.y; }`;
    const other = 'static int add;\nint total = 5;\nstruct point { int x, y; } corner;\n';
    const third = 'static int total(void) { return 1; }\nint add(int n) { return n + total(); }\n';
    const analysis = analyzeProgram(
      [
        { name: 'main.c', text: main },
        { name: 'other.c', text: other },
        { name: 'third.c', text: third },
      ],
      defaultAnalysisOptions,
    );
    const at = (text: string): string => rendered(analysis, main.indexOf(text));
    says(at('total'), [
      'data .data | int total',
      /address: 0x4\w+ in the file/,
      'defined in: other.c, line 2',
      'storage duration: static',
    ]);
    says(at('add('), ['text .text | int add(int)', /address: 0x1\w+ in/, 'defined in: third.c, line 2']);
    says(rendered(analysis, main.lastIndexOf('y')), ['bss .bss | int y', /part of: .*‘corner’.*0x40/]);
    says(at('nowhere'), ['?  | int nowhere', 'is only declared here']);
  });

  it('of thread-local objects and of those of the library', () => {
    says(hover('_Thread_local int ^t = 3; int main(void) { return t; }'), [
      'tls .tdata',
      '4 bytes below the thread pointer',
    ]);
    says(hover('#include <stdio.h>\nint main(void) { return fputs("x", ^stdout); }'), [
      'bss .bss | FILE *stdout',
      'R_X86_64_COPY',
    ]);
  });

  it('of numbers of the 80-bit format: with the digits that name them', () => {
    says(hover('long double x = ^0.1L; int main(void) { return 0; }'), ['value: 0.1']);
    says(hover('int main(void) { return ^1.5e4000L > 0; }'), ['value: 1.5e+4000']);
    says(hover('int main(void) { return ^0x1.0000000000000002p0L > 1; }'), ['value: 1.0000000000000000001']);
  });

  it('of parameters: how they arrive and where gcc -O0 keeps them', () => {
    const fn = (list: string): string =>
      `struct s { long a, b, c; }; struct d { double x; long y; }; int f(${list}) { return 0; }`;
    says(hover(fn('int a, long ^b')), [
      'passed in: rsi (class INTEGER)',
      'address: rbp − 16 in the frame of f',
    ]);
    says(hover(fn('int a, double ^b')), ['passed in: xmm0 (class SSE)']);
    says(hover(fn('struct d ^v')), ['passed in: xmm0, rdi (classes INTEGER and SSE)']);
    says(hover(fn('struct s ^v')), ['passed in: the stack: the caller leaves it at rbp + 16']);
    says(hover(fn('int a, int b, int c, int d, int e, int f, int ^g')), ['the caller leaves it at rbp + 16']);
    says(hover(fn('int a, int ^b'), { target: 'i386' }), ['the caller leaves it at ebp + 12']);
  });

  it('of locals of functions with arrays of variable length, and of optimised code', () => {
    // gcc -S: movl $1, -20(%rbp)
    says(hover('int f(int n) { char a[n]; int ^x = 1; a[0] = 0; return x; }'), [
      'address: rbp − 20 in the frame of f',
    ]);
    says(hover('int f(int n) { int ^x = 1; return x; }', { optimize: 2 }), ['may live in a register']);
    assert.doesNotMatch(hover('int f(int n) { int ^x = 1; return x; }', { optimize: 2 }), /rbp/);
  });

  it('of calls of malloc: chunk, origin, and where it goes', () => {
    const call = (bytes: string): string =>
      `#include <stdlib.h>\nstruct p { int x[5]; };\nint main(void) { void *p = ^malloc(${bytes}); free(p); return 0; }`;
    says(hover(call('1')), [
      'request: 1 byte\n',
      'chunk: 32 (0x20) bytes with its header, 24 of them usable',
      'brk heap',
    ]);
    says(hover(call('10 * sizeof(struct p)')), [
      'request: 200 bytes',
      'chunk: 208 (0xd0)',
      'tcache bin of 208-byte chunks',
    ]);
    says(hover(call('1032')), ['chunk: 1040', 'tcache']);
    says(hover(call('1033')), ['chunk: 1056', 'unsorted']);
    // request2size(131048) is one step below the threshold of 131072.
    says(hover(call('131048')), ['chunk: 131056 (0x1fff0)', 'the brk heap']);
    says(hover(call('131049')), ['a mapping of its own, 135168 bytes (33 pages)', 'unmapped at once']);
    says(hover(call('(size_t)-1')), ['too large']);
    says(hover('#include <stdlib.h>\nvoid *f(size_t n) { return ^malloc(n); }'), [
      'size known only at run time',
    ]);
  });

  it('of pointers: everything that they may point to', () => {
    const body = (text: string): string =>
      `#include <stdlib.h>\nint zero[3]; static void *get(size_t n) { return malloc(n); }\nint main(int argc, char **argv) { ${text} return 0; }`;
    says(hover(body('int *^p = argc ? zero : malloc(100);')), [
      'may point to: ‘zero’ (.bss, 12 bytes)',
      '100 bytes from malloc: brk heap',
      'null pointer',
    ]);
    says(hover(body('char *^p = malloc(1 << 20);')), ['1048576 bytes from malloc: mmap region']);
    says(hover(body('char *^p = get(3);')), ['3 bytes from malloc: brk heap']);
    says(hover(body('char *^p = get((size_t)argc);')), ['memory from malloc']);
    says(hover(body('const char *^p = "abc";')), ['a string literal (.rodata, 4 bytes with the NUL)']);
    assert.doesNotMatch(hover(body('char *^p = argv[0];')), /may point to/);
  });

  it('of members: offset, and the place in the object or what the pointer may point to', () => {
    const text = (access: string): string =>
      `#include <stdlib.h>\nstruct s { char c; long n; char e; unsigned f : 3; } g;\nint main(void) { struct s l = {0}; struct s *p = malloc(sizeof *p); ${access}; return 0; }`;
    says(hover(text('g.^n = 1')), [
      'bss .bss | long int n',
      'offset 8',
      /part of: ‘g’, 0x40\w+ in the file/,
      'layout: c@0 [1]  ·7·  n@8 [8]  e@16 [1]  f@bit 136 [:3]  ·53 bit·  = 24, align 8',
    ]);
    says(hover(text('l.^n = 1')), ['stack', /part of: ‘l’, rbp − \d+ in the frame of main/]);
    says(hover(text('p->^n = 1')), ['? ', 'through: struct s *p', '24 bytes from malloc: brk heap']);
    says(hover(text('g.^f = 1')), ['unsigned int f : 3', 'bits 136 to 138', 'no address of its own']);
    says(hover('struct ^s { char c; long n; char e; };'), [
      'In the order n, c, e it takes 16 bytes: 8 fewer.',
    ]);
  });

  it('of values: numbers, characters, sizeof, enumeration constants', () => {
    says(hover('int f(void) { return ^255; }'), [
      'none  | 255',
      'value: 255 = 0xff',
      'type: int',
      'instructions',
    ]);
    says(hover('double f(double d) { return d * ^2.5; }'), ['value: 2.5', 'type: double', '.rodata']);
    says(hover("int f(void) { return ^'a'; }"), ['value: 97 = 0x61']);
    says(hover('int f(int n) { return ^sizeof(long); }'), ['value: 8', 'long unsigned int', 'compile time']);
    says(hover('long f(int n) { char a[n]; return ^sizeof a; }'), ['computed when this place is reached']);
    says(hover('enum e { ^A = 700 };'), ['value: 700', 'occupies no memory']);
    says(hover('int x = ^3;'), ['value: 3', 'outside of functions']);
  });

  it('of literals: those that exist and those that do not', () => {
    says(hover('#include <stdio.h>\nint main(void) { puts(^"hi"); return 0; }'), [
      'rodata .rodata | char [3]',
      'size: 3 bytes',
    ]);
    says(hover('#include <stdio.h>\nint main(void) { printf(^"hi\\n"); return 0; }'), [
      'size: 3 bytes',
      'turns this printf into puts',
    ]);
    says(hover('char a[] = ^"hi";'), ['none', 'initial value of ‘a’']);
  });

  it('of macros: definition, expansion, what came out of it', () => {
    const text = '#define SQ(x) ((x) * (x))\n#define NAME "atlas"\n';
    says(hover(`${text}int f(void) { return ^SQ(5); }`), [
      '#define SQ(x) ((x) * (x))',
      'becomes: ((5) * (5))',
      'defined in: main.c, line 1',
    ]);
    says(hover(`${text}const char *f(void) { return ^NAME; }`), [
      'becomes: "atlas"',
      'section: .rodata',
      'size: 6 bytes',
    ]);
    says(hover('#define ^LIMIT 3\n'), ['#define LIMIT 3', 'preprocessor']);
    says(hover('#define L\n#ifdef ^L\n#endif\n'), ['#define L', 'only asked about']);
  });

  it('in Chinese, with the same facts', () => {
    const text = '#include <stdlib.h>\nint main(void) { char *^p = malloc(200000); free(p); return 0; }';
    says(hover(text, {}, 'zh-cn'), [
      '大小: 8 字节',
      '可能指向: malloc 得到的 200000 字节：mmap 区域',
      '存储期: 自动',
    ]);
  });

  it('stay right after edits', () => {
    const text = 'int f(void) { int a = 1; return a; }\nint g(void) { int bee = 2; return bee; }\n';
    const incremental = new IncrementalAnalysis();
    incremental.update({ name: 'main.c', text }, defaultAnalysisOptions);
    const edited = text.replace('int a = 1;', 'int a = 1; char *longer = "text";');
    const analysis = incremental.update({ name: 'main.c', text: edited }, defaultAnalysisOptions);
    assert.equal(incremental.lastUpdate, 'body');
    for (const name of ['longer', '"text"', 'bee', 'a = 1']) {
      const offset = edited.indexOf(name);
      const cold = analyzeProgram([{ name: 'main.c', text: edited }], defaultAnalysisOptions);
      assert.equal(rendered(analysis, offset), rendered(cold, offset));
      assert.equal(hoverFactsAt(analysis, 0, offset)?.start, offset);
    }
  });

  it('answer in less than 5 ms in a file of 10,000 lines', function () {
    this.timeout(10_000);
    const parts = ['#include <stdlib.h>\n'];
    for (let i = 0; i < 1000; i += 1) {
      parts.push(
        `static int g${i} = ${i};\nint f${i}(int a)\n{\n  char *q = malloc(${i});\n  int t = a * ${i} + g${i};\n` +
          '  for (int k = 0; k < a; k++)\n    t += k;\n  free(q);\n  return t;\n}\n',
      );
    }
    const text = parts.join('');
    const analysis = analyzeProgram([{ name: 'main.c', text }], defaultAnalysisOptions);
    // What all hovers of a version share: the link and the index.
    rendered(analysis, text.indexOf('q = malloc(9)'));
    rendered(analysis, text.indexOf('g9 = '));
    const times = [100, 300, 500, 700, 900].flatMap((i) =>
      [`q = malloc(${i})`, `g${i} = `, `f${i}(`, `malloc(${i})`].map((name) => {
        const offset = text.indexOf(name);
        const start = performance.now();
        assert.notEqual(hoverFactsAt(analysis, 0, offset), undefined);
        return performance.now() - start;
      }),
    );
    times.sort((a, b) => a - b);
    const median = times[times.length >> 1] ?? Infinity;
    assert.ok(median < 5, `the median is ${median.toFixed(1)} ms`);
  });
});
