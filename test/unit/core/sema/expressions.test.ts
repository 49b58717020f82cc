import assert from 'node:assert/strict';
import { analyzeText, checkConstant, checkType, objectNamed } from '../../../support/check-sema.ts';

describe('types of expressions', () => {
  const typeOf = (expression: string, declarations = ''): string =>
    `${declarations}\nvoid f(void) { __typeof__(${expression}) result; }`;

  it('promotes and balances operands', () => {
    checkType(typeOf("'a'"), 'int');
    checkType(typeOf('(char)1 + (short)2'), 'int');
    checkType(typeOf('1u + 1'), 'unsigned int');
    checkType(typeOf('1u + 1L'), 'long int');
    checkType(typeOf('1u + 1L'), 'long unsigned int', 'i386');
    checkType(typeOf('1 + 2.0f'), 'float');
    checkType(typeOf('1LL << 2u'), 'long long int');
    checkType(typeOf('sizeof(int)'), 'long unsigned int');
    checkType(typeOf('sizeof(int)'), 'unsigned int', 'i386');
    checkType(typeOf('0x80000000'), 'unsigned int');
    checkType(typeOf('2147483648'), 'long int');
    checkType(typeOf('2147483648'), 'long long int', 'i386');
  });
  it('promotes bit-fields by their width', () => {
    const s = 'struct { unsigned narrow : 3, full : 32; } s;';
    checkType(typeOf('s.narrow + 0', s), 'int');
    checkType(typeOf('+s.full', s), 'unsigned int');
  });
  it('finds the type of pointers, arrays and functions', () => {
    const names = 'int a[3][4]; int *p; int g(const char *, ...); struct { char c[2]; } s; const int k = 1;';
    checkType(typeOf('a[1]', names), 'int[4]');
    checkType(typeOf('&a', names), 'int(*)[3][4]');
    checkType(typeOf('a + 1', names), 'int(*)[4]');
    checkType(typeOf('p - p', names), 'long int');
    checkType(typeOf('&g', names), 'int(*)(const char *, ...)');
    checkType(typeOf('&s.c[1]', names), 'char *');
    checkType(typeOf('&k', names), 'const int *');
    checkType(typeOf('1 ? p : (void *)0', names), 'int *');
    checkType(typeOf('"abc"'), 'char[4]');
    checkType(typeOf('(1, a[0])', names), 'int *');
  });
  it('spells declarators back', () => {
    checkType('int (*(*result)[2])(int);', 'int(*(*)[2])(int)');
    checkType('const char *const result[3];', 'const char *const [3]');
  });
});

describe('constant expressions', () => {
  it('computes as C does', () => {
    checkConstant('1 + 2 * 3', 7n);
    checkConstant('-7 / 2', -3n);
    checkConstant('-7 % 3', -1n);
    checkConstant('~0u', 4294967295n);
    checkConstant('(char)200', -56n);
    checkConstant('1 ? 2 : 3', 2n);
    checkConstant('sizeof(long)', 8n);
    checkConstant('sizeof(long)', 4n, 'i386');
    checkConstant("'\\377'", -1n);
    checkConstant("L'\\x41'", 65n);
    checkConstant('(unsigned char)-1 >> 1', 127n);
    checkConstant('0b1010 + 017 + 0x1F', 56n);
    checkConstant('(int)2.9', 2n);
    checkConstant('!0.5 || 0', 0n);
    checkConstant('__builtin_offsetof(struct { char c; int a[3]; }, a[2])', 12n);
    checkConstant('(long)&((struct { char c; long n; } *)0)->n', 8n);
    checkConstant('__builtin_popcount(255)', 8n);
    checkConstant('"abc"[1]', 98n);
    checkConstant('sizeof "abc" "de"', 6n);
    checkConstant('_Generic(1.0f, int: 1, float: 2, default: 3)', 2n);
  });
  it('knows addresses with offsets', () => {
    const unit = analyzeText(
      'struct s { int a; int b[4]; } obj; int *p = &obj.b[2]; int arr[10]; int *q = arr + 5; char *r = "text" + 1;',
    );
    const constant = (name: string) => objectNamed(unit, name).initializer?.entries[0]?.constant;
    const p = constant('p');
    const q = constant('q');
    const r = constant('r');
    assert.ok(p?.kind === 'address' && p.base === objectNamed(unit, 'obj') && p.offset === 12);
    assert.ok(q?.kind === 'address' && q.offset === 20);
    assert.ok(r?.kind === 'address' && 'bytes' in r.base && r.offset === 1);
  });
});

describe('initialisers', () => {
  const entries = (text: string): string => {
    const unit = analyzeText(text);
    assert.deepEqual(unit.diagnostics, []);
    const object = objectNamed(unit, 'x');
    return (object.initializer?.entries ?? [])
      .map(({ offset, bitOffset, constant }) => {
        const place = bitOffset === undefined ? `${offset}` : `bit ${bitOffset}`;
        const value =
          constant?.kind === 'bytes'
            ? `"${String.fromCharCode(...constant.bytes).replaceAll('\0', '.')}"`
            : constant?.kind === 'integer' || constant?.kind === 'floating'
              ? String(constant.value)
              : String(constant?.kind);
        return `${place}=${value}`;
      })
      .join(' ');
  };

  it('fill aggregates with and without braces', () => {
    assert.equal(entries('int x[] = {1, 2, 3};'), '0=1 4=2 8=3');
    assert.equal(
      entries('struct { int a; struct { char b, c; } s; int d; } x = {1, 2, 3, 4};'),
      '0=1 4=2 5=3 8=4',
    );
    assert.equal(entries('int x[2][2] = {{1}, 2, 3};'), '0=1 8=2 12=3');
    assert.equal(entries('union { char c; int n; } x = {5};'), '0=5');
  });
  it('follow designators and ranges', () => {
    assert.equal(entries('int x[] = {1, [4] = 5, 6, [2] = 3};'), '0=1 16=5 20=6 8=3');
    assert.equal(entries('char x[] = {[1 ... 3] = 7};'), '1=7 2=7 3=7');
    assert.equal(
      entries('struct { struct { int p, q; } a[2]; int n; } x = {.a[1].q = 1, .n = 2};'),
      '12=1 16=2',
    );
    assert.equal(
      entries('struct { int a; union { int i; float f; }; } x = {.f = 1.5f, .a = 2};'),
      '4=1.5 0=2',
    );
    assert.equal(
      entries('struct { unsigned a : 4, b : 4; } x[2] = {{1, 2}, {3}};'),
      'bit 0=1 bit 4=2 bit 32=3',
    );
  });
  it('take strings for arrays of characters', () => {
    assert.equal(entries('char x[] = "ab";'), '0="ab."');
    assert.equal(entries('char x[3] = "abc";'), '0="abc"');
    assert.equal(entries('struct { char n[4]; const char *p; } x = {"ab", "cd"};'), '0="ab." 8=address');
    assert.equal(
      entries('struct { int k; struct { char n[4]; int v; } t; } x = {1, "ab", 3};'),
      '0=1 4="ab." 8=3',
    );
  });
  it('complete arrays without size', () => {
    const size = (text: string): unknown => {
      const type = objectNamed(analyzeText(text), 'x').type.type;
      return type.kind === 'array' ? type.count : undefined;
    };
    assert.equal(size('int x[] = {[7] = 1};'), 8);
    assert.equal(size('int x[][2] = {1, 2, 3};'), 2);
    assert.equal(size('char x[] = {"hello"};'), 6);
    assert.equal(size('int x[]; int x[5];'), 5);
    assert.equal(size('int x[];'), 1);
  });
});
