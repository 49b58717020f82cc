import assert from 'node:assert/strict';
import { renderText } from '../../../../src/core/text/all-texts.ts';
import { runProgram } from '../../../support/run-program.ts';

describe('variable sizes', () => {
  it('of array parameters are computed for their side effects when the function begins', () => {
    const source = `
static int calls;
static int count(void) { return calls += 1; }
static int f(int a, int b[a++], int c, int (*d)[2], int e[count()]) { return a * 10 + c * 100 + calls; }
static int g(int, int [count()]);
static int g(int n, int m[n]) { return n; }
int main(void) { int a[4]; return f(1, a, 1, 0, a) + (g(3, a) != 3) + calls * 3; }`;
    assert.equal(runProgram(source).status, 124);
  });

  it('of members stop the program where the struct is declared', () => {
    const source = `
int puts(const char *);
static int f(int n) { puts("f"); struct s { char b[n]; int k; }; return sizeof(struct s); }
int main(void) { puts("main"); return f(4); }`;
    const { stdout, status, compilation } = runProgram(source);
    assert.equal(stdout, 'main\nf\n');
    assert.match(String(status), /unsupported/);
    const [place] = compilation.program.unsupported;
    assert.ok(place);
    assert.match(renderText(place.reason, 'en'), /member ‘b’ of variable size/);
  });
});
