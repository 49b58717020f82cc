import assert from 'node:assert/strict';
import { renderText } from '../../../src/core/text/all-texts.ts';
import { EvaluationError } from '../../../src/session/expression/evaluate.ts';
import type { Session } from '../../../src/session/session.ts';
import { openSession } from '../../support/open-session.ts';

const program = `#include <stdlib.h>
#define COUNT 4
#define MAX(a, b) ((a) > (b) ? (a) : (b))
typedef unsigned char byte;
enum color { RED, GREEN = 5 };
struct point { int x, y; };
struct node { struct point at; unsigned kind : 3, sign : 1; int delta : 4; struct node *next; };
union word { unsigned u; byte b[4]; float f; };
static int table[COUNT] = { 10, 20, 30, 40 };
double ratio = 2.5;
const char *name = "hello";
static int twice(int n) { return 2 * n; }
int main(void) {
  struct node *head = calloc(1, sizeof *head);
  union word w;
  enum color c = GREEN;
  int i = -7, *p = &table[1];
  static long calls = 3;
  int (*fp)(int) = twice;
  w.f = 1.0f;
  head->at.x = 3;
  head->kind = 6;
  head->delta = -2;
  head->next = head;
  {
    int i = 99;
    table[0] = i;
  }
  return fp(i) + (int)calls + (int)c;
}
`;

/** Value of an expression, or why there is none. */
function valueOf(session: Session, text: string, depth = 0): string {
  try {
    const { value } = session.evaluate(text, depth);
    if (value.kind === 'bytes') return [...value.bytes].join(' ');
    return value.kind === 'void' ? 'void' : String(value.value);
  } catch (error) {
    if (error instanceof EvaluationError) return renderText(error.text, 'en');
    throw error;
  }
}

function stepOf(session: Session, line: number): number {
  for (let step = 1; step <= session.stepCount; step++) {
    session.seekStep(step);
    if (session.snapshot('en').step?.place?.line === line) return step;
  }
  throw new Error(`no step in line ${String(line)}`);
}

describe('expressions in a frame', () => {
  it('have the values that C gives them', () => {
    const session = openSession(program);
    session.seekStep(stepOf(session, 29));
    for (const [text, value] of [
      ['1 + 2 * 3', '7'],
      ['i', '-7'],
      ['i / 2', '-3'],
      ['i % 4', '-3'],
      ['(unsigned)i', '4294967289'],
      ['(byte)i', '249'],
      ['i >> 1', '-4'],
      ['(unsigned)i >> 28', '15'],
      ['i < 0u', '0'],
      ['-i', '7'],
      ['~i', '6'],
      ['!i', '0'],
      ['i && p', '1'],
      ['0 || c == GREEN', '1'],
      ['c', '5'],
      ['RED', '0'],
      ['table[2]', '30'],
      ['*p', '20'],
      ['p[1]', '30'],
      ['p - table', '1'],
      ['*(p + 2)', '40'],
      ['&table[3] - p', '2'],
      ['sizeof table', '16'],
      ['sizeof(struct node)', '24'],
      ['_Alignof(double)', '8'],
      ['COUNT', '4'],
      ['MAX(i, COUNT)', '4'],
      ['head->at.x', '3'],
      ['head->next->kind', '6'],
      ['head->delta', '-2'],
      ['head->sign', '0'],
      ['(*head).next == head', '1'],
      ['head->at', '3 0 0 0 0 0 0 0'],
      ['w.u', '1065353216'],
      ['w.b[3]', '63'],
      ['ratio * 2', '5'],
      ['(int)ratio', '2'],
      ['ratio > 2 ? 1 : 0', '1'],
      ['(float)0.1 == 0.1', '0'],
      ['name[1]', '101'],
      ['calls', '3'],
      ['fp == twice', '1'],
      ['*fp == &twice', '1'],
      ['(i, c)', '5'],
      ["'a'", '97'],
      ['NULL == (void *)0', '1'],
      ['((struct point *)head)->x', '3'],
      ['(char)200', '-56'],
      ['1 ? 2 : 3u', '2'],
      ['(long)1 << 40', '1099511627776'],
      ['2147483647 + 1', '-2147483648'],
    ] as const)
      assert.equal(valueOf(session, text), value, text);
  });

  it('mean the innermost name', () => {
    const session = openSession(program);
    session.seekStep(stepOf(session, 27));
    assert.equal(valueOf(session, 'i'), '99');
    session.seekStep(stepOf(session, 12));
    assert.equal(valueOf(session, 'n'), '-7');
    assert.equal(valueOf(session, 'i', 1), '-7');
    assert.equal(valueOf(session, 'n', 1), '‘n’ is not declared here');
  });

  it('change nothing, and say what they cannot do', () => {
    const session = openSession(program);
    session.seekStep(stepOf(session, 29));
    const before = JSON.stringify(session.snapshot('en'));
    for (const [text, problem] of [
      ['i = 3', '= would change the program; expressions here only look'],
      ['i += 3', '= would change the program; expressions here only look'],
      ['i++', '++ would change the program; expressions here only look'],
      ['twice(3)', 'twice() would change the program; expressions here only look'],
      ['fp(3)', '() would change the program; expressions here only look'],
      ['1 / 0', 'division by zero'],
      ['*(int *)16', 'the 4 bytes at 0x10 cannot be read'],
      ['1; 2', 'this is not one expression'],
      ['int x', 'this is not one expression'],
    ] as const)
      assert.equal(valueOf(session, text), problem, text);
    assert.match(valueOf(session, 'nothing'), /not declared/);
    assert.match(valueOf(session, '1 +'), /expected/);
    assert.equal(JSON.stringify(session.snapshot('en')), before);
  });

  it('read pages that have no frame yet without giving them one', () => {
    const session = openSession(
      '#include <stdlib.h>\nstatic int far[100000]; int main(void) { char *p = malloc(200000); return p == 0 || far == 0; }',
    );
    session.seek(session.recording.count - 1);
    session.seekStep(session.stepCount);
    const { rss } = session.machine.memory.mm;
    assert.equal(valueOf(session, 'far[99999] + p[190000]'), '0');
    assert.equal(session.machine.memory.mm.rss, rss);
  });
});
