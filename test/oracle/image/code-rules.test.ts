/** Sizes of small functions, one for each rule of the code model, against the local gcc -O0. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeOfFunction } from '../../../src/core/image/code/function-code.ts';
import { layoutFrames } from '../../../src/core/image/frame.ts';
import { analyze } from '../../../src/core/sema/analyzer.ts';
import { debianDefaults } from '../../../src/core/sema/placement.ts';
import { parse } from '../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../src/core/target/data-model.ts';

const text = String.raw`
int f(void); void g(int); int gl; unsigned char gu; short gs; struct two { long a, b; };
void s1(int x) { switch (x) { case 0: case 2: case 5: case 9: g(1); } }
void s2(int x) { switch (x) { case 100: case 102: case 105: case 109: g(1); break; default: g(2);} }
void s3(unsigned x) { switch (x) { case 3: case 5: case 7: case 40: case 60: g(1); break; default: g(2);} }
void s4(char x) { switch (x) { case 'a': case 'e': case 'i': case 'o': case 'u': g(1); break; default: g(2);} }
void a1(int x, int y) { if (x - y != 0) gl = 1; if (x - y) gl = 2; if (x - y == 0) gl = 3; if (x - y < 0) gl = 4; }
void a2(int x, unsigned y) { if (x + 1 == 0) gl = 1; if (x + 1) gl = 2; if (x + 5 == 7) gl = 3; if (x + 5 < 7) gl = 4; if (y + 5 == 7) gl = 5; if (y + 5 < 7) gl = 6; }
void a3(int x, unsigned y) { if (-x == 4) gl = 1; if (-x != -4) gl = 2; if (-x < 4) gl = 3; if (~x == 5) gl = 4; if (~y != 5) gl = 5; if (~x < 5) gl = 6; }
void a4(int x, int y) { if ((x ^ y) == 0) gl = 1; if (x ^ y) gl = 2; if (-x) gl = 3; if (~x) gl = 4; if ((x ^ 3) == 5) gl = 5; if ((x & 4) == 4) gl = 6; if (x & 4) gl = 7; if ((x & 4) != 0) gl = 8;}
void a5(int x, int y) { if (-x == -y) gl = 1; if (~x == ~y) gl = 2; if (x + 3 == y + 3) gl = 3; if (x * 2 == 0) gl = 4; if (f() + 1) gl = 5; }
int a6(int x, int y) { gl = x - y != 0; gl = x + 1 == 0; return !(x - y); }
int a7(unsigned x, unsigned y) { if (x - y) gl = 1; if (x - y == 0) gl = 3; if (-x == 4) gl = 1; gl = x - 3 == 4; return !(x + 4); }
int a8(long x, char c) { if (x - 4 == 2) gl = 1; if (c - 'a' == 3) gl = 2; if (c - '0' < 10) gl = 3; if (c + 1 == 5) gl = 4; return c - 48 >= 0; }
void v1(int x) { switch (x) { case 1: g(1); break; default: g(2);} }
void v2(int x) { switch (x) { case 1: g(1); break; default: g(2);} g(3); }
void v3(int x) { switch (x) { case 1: g(1); break; default: g(2); break;} }
void v4(int x) { if (x) { g(1); goto end; } g(2); end: ; }
void v6(int x) { switch (x) { case 1: g(1); break; case 2: g(2); break; } }
void v7(int x) { switch (x) { case 1: g(1); break; case 2: g(2);} g(3); }
void v8(int x) { switch (x) { case 1: g(1); case 2: g(2);} }
void v9(int x) { while (x) { if (x == 3) { g(1); break; } x--; } }
int w1(int x) { switch (x) { case 1: g(1); break; default: g(2);} return 3; }
int w2(int x) { switch (x) { case 1: g(1); break; case 2: g(2);} return 3; }
int w3(int x) { switch (x) { case 1: g(1); break; case 2: g(2); break;} return 3; }
void s5(int x) { switch (x) { case 1: g(1); break; case 2: g(2); break; case 3: g(3); break; case 4: g(4); break; case 5: g(5); break; case 1000: g(6); break; case 2000: g(7); break; default: g(8);} }
void s6(int x) { switch (x) { case 1: g(1); break; case 10: g(2); break;  case 100: g(3); break; case 1000: g(4); break; case 10000: g(5); break; case 100000: g(6); break; case 1000000: g(7); break; } }
int n1(unsigned char x) { return x & 3; }
int n2(signed char x) { return x & 3; }
int n3(signed char x) { return x & 0x83; }
int n4(short x, short y) { return x & y; }
int n5(short x) { return x | 4; }
int n6(unsigned short x) { return x ^ 4; }
int n7(unsigned char x) { return x & 0xf0; }
void u1(unsigned char u) { u++; }
void u2(void) { unsigned char u = 1; u++; }
void u3(void) { gu++; gs++; gs--; }
void u4(short s) { s++; ++s; s += 1; s -= 1; }
void u5(signed char s) { s++; s--; s |= 4; s ^= 8; s &= 3; }
void u6(unsigned short s) { s++; s--; s |= 4; s ^= 8; s &= 3; s += 100; s *= 3; s<<=2; s = ~s; s = -s; s = s + 5; }
void u7(unsigned char *s) { (*s)++; *s |= 4; s[2] += 3; }
int r1(void){ register int i; int s = 0; for (i = 0; i < 10; i++) s += i; return s; }
int r2(register int a, register char *p) { while (*p) a += *p++; return a; }
int r3(register int a, int b) { return a + b; }
long p3(struct two t) { return t.a; }
`;

/** Sizes of the functions by name. */
function compiledSizes(): ReadonlyMap<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  try {
    writeFileSync(join(folder, 'a.c'), text);
    execFileSync('gcc', ['-O0', '-w', '-c', 'a.c'], { cwd: folder });
    const lines = execFileSync('nm', ['-S', 'a.o'], { cwd: folder, encoding: 'utf8' }).split('\n');
    return new Map(
      lines.flatMap((line): [string, number][] => {
        const [, size, name] = /^[0-9a-f]+ ([0-9a-f]+) [Tt] (\w+)$/.exec(line) ?? [];
        return size === undefined || name === undefined ? [] : [[name, parseInt(size, 16)]];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('rules of the code model against gcc', () => {
  if (spawnSync('gcc', ['--version']).status !== 0) {
    console.warn('    NOT RUN: there is no gcc');
    return;
  }
  const sizes = compiledSizes();
  const unit = analyze(parse(preprocess({ name: 'a.c', text, target: 'x86_64' }).tokens).unit, {
    model: dataModelOf('x86_64'),
  });
  for (const [fn, frame] of layoutFrames(unit.functions, debianDefaults)) {
    it(fn.symbol.name, () => assert.equal(codeOfFunction(fn, frame, true).size, sizes.get(fn.symbol.name)));
  }
});
