/** Which `const` locals gcc 12 makes static: the answers are those of -fdump-tree-gimple and of the object files. */
import assert from 'node:assert/strict';
import { analyze } from '../../../../src/core/sema/analyzer.ts';
import { placeUnit } from '../../../../src/core/sema/place-unit.ts';
import type { Placement } from '../../../../src/core/sema/placement.ts';
import { debianDefaults } from '../../../../src/core/sema/placement.ts';
import { parse } from '../../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../../src/core/target/data-model.ts';
import { renderText } from '../../../../src/core/text/all-texts.ts';

const types = `
struct pair { int a; char b; };
struct bits { unsigned x : 3, y : 5; };
struct nest { struct pair s; char t[4]; };
struct pair global;
int g;
`;

/** Where each variable of a function's text is put. */
function placed(body: string, optimize: 0 | 2 = 0): ReadonlyMap<string, Placement> {
  const text = `${types} int f(int i) { ${body} }`;
  const tokens = preprocess({ name: 'a.c', text, target: 'x86_64' }).tokens;
  const unit = analyze(parse(tokens).unit, { model: dataModelOf('x86_64') });
  return new Map(
    placeUnit(unit, { ...debianDefaults, optimize }).map((placement) => [placement.name, placement]),
  );
}

/** Declarations of `v`, what is done with it, and the section; undefined for the stack. */
const cases: readonly (readonly [declaration: string, use: string, section: string | undefined])[] = [
  ['const int v[3] = {1, 2, 3};', 'v[2]', '.rodata'],
  ['const int v[3] = {1, 2, 3};', 'v[1 + 1]', '.rodata'],
  ['const int v[3] = {1, 2, 3};', 'sizeof v', '.rodata'],
  ['const int v[3] = {1, 2, 3};', 'v[i]', undefined],
  ['const int v[3] = {1, 2, 3};', 'sizeof v[i]', undefined],
  ['const int v[3] = {1, 2, 3};', '*v', undefined],
  ['const int v[3] = {1, 2, 3};', '&v[1] != 0', undefined],
  ['const int v[3] = {1, 2, 3};', 'v[3]', undefined],
  ['const int v[1] = {7};', 'v[0]', undefined],
  ['const int v[3] = {0, 7};', 'v[1]', undefined],
  ['const int v[3] = {1, i, 3};', '0', undefined],
  ['int v[3] = {1, 2, 3};', '0', undefined],
  ['register const int v[3] = {1, 2, 3};', '0', undefined],
  ['const volatile int v[2] = {1, 2};', 'v[0]', '.data'],
  ['const int v[2][2] = {{1, 2}, {3, 4}};', 'v[1][1]', '.rodata'],
  ['const int v[2][2] = {{1, 2}, {3, 4}};', 'v[1][i]', undefined],
  ['const struct pair v = {1, 2};', 'v.a', '.rodata'],
  ['const struct pair v = {1, 0};', 'v.a', undefined],
  ['const struct pair v = {0};', 'v.a', undefined],
  ['const struct pair v = {1, 2};', '&v.b != 0', undefined],
  ['const struct pair v = (struct pair){5, 6};', 'v.a', '.rodata'],
  ['const struct pair v = global;', 'v.a', undefined],
  ['const struct pair v[2] = {(struct pair){1, 2}, {3, 4}};', 'v[0].a', undefined],
  ['const struct bits v = {1, 2};', 'v.y', '.rodata'],
  ['const struct nest v = {{0, 1}, ""};', 'v.s.b', '.rodata'],
  ['const struct nest v = {{0, 0}, "ab"};', 'v.t[0]', '.rodata'],
  ['const struct { const int k; } v = {1};', 'v.k', undefined],
  ['struct { const int k, l; } v = {1, 2};', 'v.k', undefined],
  ['const char v[] = "hello";', 'v[0]', undefined],
  ["const char v[] = {'a', 'b', 0};", 'v[0]', undefined],
  ['const char v[2][4] = {"ab"};', 'v[0][0]', '.rodata'],
  ['const double v[2] = {0.0, -0.0};', '0', undefined],
  ['const double v[2] = {1.0, -0.0};', '0', '.rodata'],
  ['const _Complex double v[1] = {1.0 + 2.0i};', '0', '.rodata'],
  ['const _Complex double v = 1.0 + 2.0i;', '0', undefined],
  ['const union { int a[2]; float f; } v = {{3, 4}};', 'v.a[0]', '.rodata'],
  ['const union { int a; float f; } v = {3};', 'v.a', undefined],
  ['int *const v[2] = {&g, &g};', 'v[0] != 0', '.data.rel.ro'],
  ['int *const v[2] = {&i, &g};', 'v[0] != 0', undefined],
  ['const char *const v[2] = {"x", "y"};', '*v[0]', '.data.rel.ro'],
  ['const char *const v[2] = {"x", 0};', '*v[0]', undefined],
];

describe('const locals that gcc makes static', () => {
  for (const [declaration, use, section] of cases) {
    it(`${declaration} ${use}`, () => {
      const row = placed(`${declaration} return ${use};`).get('v');
      assert.equal(row?.section, section);
      assert.equal(row?.segment === 'stack', section === undefined);
    });
  }

  it('says why', () => {
    const row = placed('const struct pair v = {1, 2}; return v.a;').get('v');
    assert.ok(row !== undefined);
    assert.match(renderText(row.reason, 'en'), /even at -O0.*8 bytes in \.rodata/);
    assert.match(renderText(row.reason, 'zh-cn'), /\.rodata 中的 8 字节/);
  });

  it('leaves only volatile ones with optimisation', () => {
    const section = (text: string): string | undefined => placed(text, 2).get('v')?.section;
    assert.equal(section('const struct pair v = {1, 2}; return v.a;'), undefined);
    assert.equal(section('const volatile int v[2] = {1, 2}; return v[0];'), '.data');
  });

  it('makes compound literals static only where they are not the value itself', () => {
    const literal = (body: string): string | undefined => placed(body).get('')?.segment;
    assert.equal(literal('return ((const struct pair){1, 2}).b;'), 'rodata');
    assert.equal(literal('return ((const int[]){4, 5})[1];'), 'rodata');
    assert.equal(literal('return ((struct pair){1, 2}).b;'), 'stack');
    assert.equal(literal('global = (const struct pair){1, 2}; return 0;'), 'stack');
  });
});
