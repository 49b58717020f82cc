/**
 * Small programs with one mistake each, in the line that ends in BUG, and the same programs without it.
 *
 * Ten kinds in six shapes: element type, number of elements, and where the code stands.
 */

/** A pair of programs. */
export interface SeededBug {
  readonly name: string;
  readonly kind: string;
  readonly buggy: string;
  readonly clean: string;
}

interface Shape {
  readonly type: string;
  readonly count: number;
  /** Whether the work is done in a function of its own. */
  readonly inFunction: boolean;
}

const shapes: readonly Shape[] = [
  { type: 'int', count: 4, inFunction: false },
  { type: 'char', count: 24, inFunction: false },
  { type: 'long', count: 7, inFunction: true },
  { type: 'double', count: 100, inFunction: true },
  { type: 'struct pair', count: 3, inFunction: false },
  { type: 'short', count: 33, inFunction: true },
];

/** Lines of the work; a line with two alternatives has the wrong one first. */
type Line = string | readonly [wrong: string, right: string];

const kinds: Readonly<Record<string, (shape: Shape) => readonly Line[]>> = {
  'use-after-free': ({ type, count }) => [
    `${type} *p = malloc(${count} * sizeof *p);`,
    `for (int i = 0; i < ${count}; i++) p[i] = VALUE(i);`,
    [`free(p);`, ``],
    [`use(&p[${count} - 1]);`, `use(&p[${count} - 1]);`],
    [``, `free(p);`],
  ],
  'double-free': ({ type, count }) => [
    `${type} *p = malloc(${count} * sizeof *p);`,
    `for (int i = 0; i < ${count}; i++) p[i] = VALUE(i);`,
    `use(&p[0]);`,
    `free(p);`,
    [`free(p);`, ``],
  ],
  'invalid-free': ({ type, count }) => [
    `${type} *p = malloc(${count} * sizeof *p);`,
    `p[0] = VALUE(1);`,
    `use(&p[0]);`,
    [`free(p + 1);`, `free(p);`],
  ],
  'heap-overflow': ({ type, count }) => [
    `${type} *p = malloc(${count} * sizeof *p);`,
    [
      `for (int i = 0; i <= ${count}; i++) p[i] = VALUE(i);`,
      `for (int i = 0; i < ${count}; i++) p[i] = VALUE(i);`,
    ],
    `use(&p[1]);`,
    `free(p);`,
  ],
  'heap-underflow': ({ type, count }) => [
    `${type} *p = malloc(${count} * sizeof *p);`,
    `for (int i = 0; i < ${count}; i++) p[i] = VALUE(i);`,
    `int first = atoi("0");`,
    [`use(&p[first - 1]);`, `use(&p[first]);`],
    `free(p);`,
  ],
  uninitialised: ({ type, count }) => [
    `${type} *p = malloc(${count} * sizeof *p);`,
    `for (int i = 1; i < ${count}; i++) p[i] = VALUE(i);`,
    `${type} q = p[1];`,
    `p[${count} - 1] = q;`,
    [`use(&p[0]);`, `use(&p[1]);`],
    `free(p);`,
  ],
  'stale-after-realloc': ({ type, count }) => [
    `${type} *p = malloc(${count} * sizeof *p);`,
    `char *wall = malloc(16);`,
    `for (int i = 0; i < ${count}; i++) p[i] = VALUE(i);`,
    `${type} *q = realloc(p, 2000 * sizeof *p);`,
    [`use(&p[1]);`, `use(&q[1]);`],
    `free(q);`,
    `free(wall);`,
  ],
  'dead-local': ({ type }) => [`${type} *p = escape();`, [`use(p);`, `if (p == 0) use(p);`]],
  'null-access': ({ type, count }) => [
    `${type} *p = atoi("0") == 0 ? 0 : malloc(${count} * sizeof *p);`,
    [`use(p);`, `if (p != 0) use(p);`],
    `free(p);`,
  ],
  'read-only-write': ({ type, count }) => [
    `static const ${type} fixed[${count}];`,
    `static ${type} open[${count}];`,
    [`*(${type} *)&fixed[1] = VALUE(1);`, `open[1] = VALUE(1);`],
    `use(&open[1]);`,
    `use(&fixed[1]);`,
  ],
};

function programOf(shape: Shape, lines: readonly Line[], isBuggy: boolean): string {
  const value = shape.type === 'struct pair' ? '((struct pair){i_ + 1, 2})' : '((i_) + 1)';
  const sum = shape.type === 'struct pair' ? 'p->a + p->b' : '*p != 0';
  const body = lines.map((line) => {
    if (typeof line === 'string') return `  ${line}`;
    const text = line[isBuggy ? 0 : 1];
    return `  ${text}`;
  });
  const wrong = lines.findIndex((line, index) => {
    if (typeof line === 'string') return false;
    const behind = lines.slice(index + 1).some((later) => typeof later !== 'string' && later[0] !== '');
    return !behind && line[0] !== '' ? true : line[0] !== '' && !behind;
  });
  if (isBuggy) body[wrong] = `${body[wrong] ?? ''} // BUG`;
  const head = `#include <stdio.h>
#include <stdlib.h>
struct pair { long a, b; };
#define VALUE(i_) ${value}
static long total;
static void use(const ${shape.type} *p) { if (${sum}) total++; }${isBuggy ? ' // USE' : ''}
static ${shape.type} *escape(void) { ${shape.type} local = VALUE(3); ${shape.type} *at = &local; use(at); return at; }
`;
  const [open, close] = shape.inFunction
    ? ['static void work(void) {', '}\nint main(void) {\n  work();']
    : ['int main(void) {', ''];
  return `${head}${open}\n${body.join('\n')}\n${close}\n  printf("%ld\\n", total);\n  return escape() == 0;\n}\n`;
}

/** All pairs. */
export const seededBugs: readonly SeededBug[] = Object.entries(kinds).flatMap(([kind, linesOf]) =>
  shapes.map((shape) => {
    const lines = linesOf(shape);
    return {
      name: `${kind}: ${shape.type} ${String(shape.count)}${shape.inFunction ? ' in a function' : ''}`,
      kind,
      buggy: programOf(shape, lines, true),
      clean: programOf(shape, lines, false),
    };
  }),
);
