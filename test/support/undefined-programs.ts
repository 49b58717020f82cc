/**
 * Random programs that copy, compute with and decide by values that are not initialised: scalars, structs with padding and
 * bit-fields, blocks from malloc, calloc and realloc, arguments and results. Nothing that they do depends on what those values
 * are: branches by them change a counter only.
 */

/** A stream of numbers from a seed. */
function generator(seed: number): (most: number) => number {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

const head = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
struct pair { char tag; int value; short half; };
struct flags { unsigned low : 3, mid : 5; int high : 12; unsigned rest : 12; };
struct both { struct pair pair; struct flags flags; long wide; };
static volatile int count;
static int table[16];
static int same(int x) { return x; }
static int sum(int x, int y) { return x + y; }
static long widen(unsigned char c, short s) { return c * 256L + s; }
static int isBig(int x) {
  if (x > 1000)
    return 1;
  return 0;
}
static void put(int *to, int x) { *to = x; }
static int valueOf(struct both *b) { return b->pair.value; }
static int choose(int x, int a, int b) {
  return x ? a : b;
}
`;

/** C text of the program with this number. */
export function undefinedProgram(seed: number): string {
  const random = generator(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)] as Item;
  const ints = [
    'a',
    'b',
    'c',
    'd',
    'p[0]',
    'p[1]',
    'p[2]',
    'q[0]',
    'q[1]',
    'r[3]',
    'r[5]',
    's.pair.value',
    't.pair.value',
    'v[1]',
    'v[2]',
  ];
  const narrow = ['ch', 's.pair.tag', 't.pair.half', 'sh'];
  const fields = ['s.flags.low', 's.flags.mid', 's.flags.high', 't.flags.low', 't.flags.rest'];
  const wide = ['l', 's.wide', 't.wide'];
  const scalars = [...ints, ...ints, ...narrow, ...fields, ...wide];
  const target = (): string => pick(scalars);
  const constant = (): string => String(random(100));
  const value = (depth = 0): string => {
    const inner = (): string => (depth > 1 || random(3) === 0 ? pick(scalars) : value(depth + 1));
    switch (random(16)) {
      case 0:
        return `${inner()} + ${constant()}`;
      case 1:
        return `(${inner()} & ${pick(['0', '1', '0xf', '0xff00', '-1'])})`;
      case 2:
        return `(${inner()} | ${pick(['0', '1', '0xff', '-1'])})`;
      case 3:
        return `((unsigned)${inner()} ${pick(['<<', '>>'])} ${pick(['1', '8', '24'])})`;
      case 4:
        return `(char)${pick(scalars)}`;
      case 5:
        return `same(${inner()})`;
      case 6:
        return `sum(${inner()}, ${constant()})`;
      case 7:
        return `(${inner()} ^ ${pick(scalars)})`;
      case 8:
        return `-(int)${pick(scalars)}`;
      case 9:
        return `~${pick(ints)}`;
      case 10:
        return `(${pick(scalars)} < ${constant()})`;
      case 11:
        return `!${pick(ints)}`;
      case 12:
        return `widen(${pick(scalars)}, ${constant()})`;
      default:
        return pick(scalars);
    }
  };
  const line = (): string => {
    switch (random(32)) {
      case 0:
      case 1:
      case 2:
        return `${target()} = ${constant()};`;
      case 3:
      case 4:
      case 5:
      case 6:
      case 7:
      case 8:
        return `${target()} = ${value()};`;
      case 9:
      case 10:
        return `${pick(ints)} ${pick(['+=', '-=', '^=', '|=', '&='])} ${pick(scalars)};`;
      case 11:
        return `${pick([...ints, ...fields])}++;`;
      case 12:
        return 't = s;';
      case 13:
        return 's.pair = t.pair;';
      case 14:
        return `memcpy(&t.${pick(['pair', 'flags'])}, &s.${pick(['pair', 'flags'])}, 4);`;
      case 15:
        return `memset(&${pick(['s.pair', 't.flags', 's', 'l'])}, 0, 4);`;
      case 16:
        return 'p = realloc(p, 24);';
      case 17:
        return `put(&${pick(ints)}, ${value()});`;
      case 18:
        return `${pick(ints)} = valueOf(&${pick(['s', 't'])});`;
      case 19:
        return 'memcpy(v, p, sizeof v);';
      case 20:
      case 21:
      case 22:
        return `if (${value()}) count++;`;
      case 23:
        return `if (${pick(scalars)} ${pick(['==', '<', '!='])} ${constant()}) count++;`;
      case 24:
        return `count += ${pick(scalars)} > 5 ? 2 : 3;`;
      case 25:
        return `switch (${pick(scalars)}) { case 1: count++; break; case 900: count--; break; }`;
      case 26:
        return `count += table[${pick(ints)} & 15];`;
      case 27:
        return `count += isBig(${value()});`;
      case 28:
        return `while (${pick(fields)}) { count++; break; }`;
      case 29:
        return `count += ${pick(scalars)} && ${pick(scalars)};`;
      case 30:
        return `count += choose(${pick(scalars)}, 1, 2);`;
      default:
        return `printf("%s", ${pick(ints)} > 3 ? "x" : "y");`;
    }
  };
  const isSet = (): boolean => random(3) === 0;
  const body = [
    `int a${isSet() ? ' = 1' : ''}, b${isSet() ? ' = 2' : ''}, c${isSet() ? ' = a' : ''}, d;`,
    `char ch${isSet() ? ' = 3' : ''}; short sh${isSet() ? ' = 4' : ''}; long l${isSet() ? ' = 5' : ''};`,
    `struct both s, t${isSet() ? ' = { .wide = 7 }' : ''}; int v[4]${isSet() ? ' = { 1 }' : ''};`,
    'int *p = malloc(16), *q = calloc(2, 4), *r = malloc(32);',
    ...Array.from({ length: 8 + random(25) }, line),
    'free(p); free(q); free(r);',
    'return 0;',
  ];
  return `${head}int main(void) {\n${body.map((one) => `  ${one}\n`).join('')}}\n`;
}
