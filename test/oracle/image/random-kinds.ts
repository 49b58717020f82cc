/**
 * Random C functions of chosen kinds, each kind a feature that takes registers or slots of its own: values of two words,
 * floating point, `long double`, records by value, bit-fields, `register` variables, calls through pointers, arrays of variable length and alloca.
 *
 * The functions are compiled, never run. The same kind and seed give the same text.
 */
import { Random } from './random-functions.ts';

const prelude = `typedef long long ll;
typedef unsigned long long ull;
struct pair { int a, b; };
struct odd { char c[7]; };
struct mixed { double d; int i; };
struct big { int a[24]; };
struct bits { unsigned a : 3; int b : 7; unsigned c : 12; int d : 20; };
extern int external(int);
extern ll wide(ll);
extern ull unsignedWide(ull, int);
extern double real(double);
extern float single(float, int);
extern long double extended(long double, int);
extern struct pair makePair(int);
extern struct big makeBig(int);
extern struct mixed makeMixed(struct pair, double);
extern void takeBig(struct big, int);
extern void takeOdd(struct odd);
extern void take(void *);
extern int (*table[4])(int);
extern int total;
extern ll wideTotal;
static int own;
`;

/** What a function is made of. */
export const kinds = [
  'wide',
  'floating',
  'extended',
  'records',
  'fields',
  'registers',
  'pointers',
  'lengths',
] as const;
export type Kind = (typeof kinds)[number];

/** A file of functions of one kind. */
export function randomFunctionsOfKind(kind: Kind, functions: number, seed: number): string {
  const random = new Random(seed * 31 + seeds[kind]);
  const parts = [prelude];
  for (let index = 0; index < functions; index += 1) parts.push(new Writer(random, kind, index).write());
  return parts.join('\n');
}

const seeds: Readonly<Record<Kind, number>> = {
  wide: 0,
  floating: 1,
  records: 2,
  fields: 3,
  registers: 4,
  pointers: 5,
  lengths: 6,
  extended: 7,
};

/** Declarations and statements by kind; `$i` is an int operand, `$w` a wide one, `$f` a floating one, `$v` a variable. */
const locals: Readonly<Record<Kind, readonly string[]>> = {
  wide: ['ll w1 = $i;', 'ull w2;', 'll w3[3];'],
  floating: ['double d1 = $i;', 'float f1;', 'double d2;'],
  extended: ['long double l1 = $i;', 'long double l2;', 'double d1 = 2;', 'float f1;', 'short s1 = 1;'],
  records: ['struct pair p1;', 'struct odd o1;', 'struct mixed m1;', 'struct big b1;'],
  fields: ['struct bits s1;', 'struct bits s2 = {1, 2, 3, 4};'],
  registers: ['register int r1 = $i;', 'register int r2 = 3;', 'register char *r3 = 0;'],
  pointers: ['int (*g1)(int) = external;', 'int a1[5];', 'char c1 = 3;'],
  lengths: ['int n1 = $i;', 'int a1[n1];', 'char c1[x + 3];', 'char *h1 = 0;'],
};

const statements: Readonly<Record<Kind, readonly [string, ...string[]]>> = {
  wide: [
    'w1 = w2 + $i;',
    'w1 += $i;',
    'w2 = w1 * w2;',
    'w1 = w1 << ($i & 7);',
    'w2 >>= 3;',
    'w3[$i & 1] = w1 - w2;',
    'wideTotal = wide(w1 ^ $i);',
    'if (w1 < w2) x = $i;',
    'if (w2 == 7) x++;',
    'w1 = unsignedWide(w2, x);',
    'x = w1 > $i;',
    'w1 = w1 / 3;',
    'w2 = w2 % $i;',
    'w1 = -w1;',
    'w1 = ~w2;',
    'w1++;',
    'w2 &= w1 | 5;',
    'while (w1 > x) w1 -= 9;',
    'x = w1 & w2;',
    'w2 = w1 > 0 ? w2 : x;',
    'wideTotal += w1;',
    'w1 = w2 * 10;',
  ],
  floating: [
    'd1 = d2 + $i;',
    'f1 = d1 * 2.5;',
    'd2 = real(d1) - f1;',
    'x = d1;',
    'if (d1 < f1) x = 2;',
    'f1 += 1;',
    'd2 = x;',
    'd1 = -d2;',
    'd1 = single(f1, $i);',
    'd2 = real(d1) * real(f1);',
    'x = d1 > 3.5 && f1 == d2;',
    'd1 /= f1;',
    'x += d2;',
    'd1 = x + 1;',
  ],
  extended: [
    'l1 = l2 + $i;',
    'l1 = d1;',
    'd1 = l1;',
    'x = l1;',
    'l2 = x;',
    'f1 = l1 * 2.5L;',
    'if (l1 < l2) x = 2;',
    'l1 = extended(l2, $i);',
    'l2 = extended(l1, x) * l2;',
    'wideTotal = l1;',
    'l1 += 1;',
    'l1 = -l2;',
    'x = l1 > d1;',
    'd1 = extended(l1, 2) + real(d1);',
    's1 = l1;',
    'total = extended(x, s1);',
    'l2 /= f1;',
    'l1 = l2 == 0 ? l2 : d1;',
    'd1 = real(l1);',
  ],
  records: [
    'p1 = makePair($i);',
    'p1.a = p1.b + $i;',
    'b1 = makeBig(x);',
    'takeBig(b1, $i);',
    'takeOdd(o1);',
    'm1 = makeMixed(p1, 2.5);',
    'o1.c[$i & 3] = x;',
    'b1.a[x] = b1.a[2];',
    'x = makePair(x).b;',
    'm1.i = m1.d;',
    '*(struct big *)q = b1;',
    'o1 = *(struct odd *)q;',
    'x += m1.i;',
    '*(struct pair *)q = p1;',
  ],
  fields: [
    's1.a = $i;',
    's1.b = s2.b;',
    's1.c += $i;',
    's2.d = s1.d + 1;',
    'x = s1.b + s2.c;',
    's1.a++;',
    'if (s1.d < s2.d) x = s1.a;',
    's1 = s2;',
    'external(s1.b);',
    's2.d ^= x;',
  ],
  registers: [
    'r1 = r2 + $i;',
    'r2 += external(r1);',
    'x = r1 * r2;',
    'if (r1 < r2) r1 = x;',
    'r3 = (char *)&x;',
    'r1++;',
    'for (r2 = 0; r2 < 4; r2++) x += r2;',
    'r1 = *r3;',
    'total = r1 ^ r2;',
  ],
  pointers: [
    'x = g1($i);',
    'x = table[x & 3]($i);',
    'a1[$i & 3] = g1(x) + x;',
    'g1 = table[2];',
    'x = a1[x] * g1(2);',
    'take(a1);',
    'own += x;',
    'c1 = g1(c1);',
    'x = a1[1] / $i;',
    'x = x % a1[2];',
    'total = a1[c1] << x;',
    'switch (x) { case 0: own = 1; case 1: x = 2; break; case 5: x = $i; }',
    'x = own ? g1(own) : total;',
    'a1[0] += c1 * x;',
  ],
  lengths: [
    'a1[$i & 3] = c1[x];',
    'x = sizeof a1 + $i;',
    'h1 = __builtin_alloca($i);',
    'h1 = __builtin_alloca(24);',
    'external(a1[1]);',
    'take(c1);',
    'x = a1[0] + external(x);',
    'h1[0] = 1;',
    'n1++;',
    'total = sizeof c1;',
  ],
};

class Writer {
  readonly #random: Random;
  readonly #kind: Kind;
  readonly #index: number;

  constructor(random: Random, kind: Kind, index: number) {
    this.#random = random;
    this.#kind = kind;
    this.#index = index;
  }

  write(): string {
    const random = this.#random;
    const parameters = [
      'int x',
      'int *q',
      ...this.#some(['ll l', 'short s', 'double e', 'char c', 'struct pair t']),
    ];
    const result = random.pick(['int', 'void', 'll', 'double', 'struct pair']);
    const lines = [
      `${random.chance(30) ? 'static ' : ''}${result} k${this.#index}(${parameters.join(', ')})`,
      '{',
    ];
    // One declaration a line: lines tell the variables apart.
    for (const local of locals[this.#kind]) lines.push(`  ${this.#filled(local)}`);
    for (let count = 2 + random.below(7); count > 0; count -= 1) {
      const statement = this.#filled(random.pick(statements[this.#kind]));
      if (random.chance(15)) lines.push(`  if (x > ${random.below(9)}) {`, `    ${statement}`, '  }');
      else if (random.chance(10)) lines.push(`  while (x < ${random.below(9)}) {`, `    ${statement}`, '  }');
      else lines.push(`  ${statement}`);
    }
    if (result === 'struct pair') lines.push('  return *(struct pair *)q;');
    else if (result !== 'void') lines.push(`  return ${random.pick(['x', '*q', 'x + 1', 'own'])};`);
    return [...lines, '}', ''].join('\n');
  }

  #some(list: readonly string[]): string[] {
    return list.filter(() => this.#random.chance(25));
  }

  #filled(text: string): string {
    return text.replaceAll('$i', () =>
      this.#random.pick(['x', '*q', 'total', 'own', '7', '(x + 2)', '(x * total)']),
    );
  }
}
