import assert from 'node:assert/strict';
import { checkRun } from '../../../src/session/check-run.ts';
import { openSession } from '../../support/open-session.ts';

const head = '#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n';

/** Mistakes as `kind line: text`. */
function mistakes(body: string): string[] {
  const { mistakes: found } = checkRun(openSession(head + body), 'en');
  return found.map(({ kind, place, text }) => `${kind} ${String(place?.line)}: ${text}`);
}

describe('checks of a run', () => {
  it('say that an overflow runs fine while it stays in what malloc gave', () => {
    const [slack = '', header = ''] = mistakes(
      'int main(void) {\n  char *p = malloc(20);\n  p[20] = 1;\n  p[24] = p[20];\n  return 0;\n}\n',
    );
    assert.match(slack, /^heap-overflow 6: .*0 bytes behind a block of 20 bytes; runs fine: 24 usable bytes/);
    assert.match(header, /^heap-overflow 7: /);
    assert.match(
      mistakes('int main(void) {\n  char *p = malloc(24);\n  p[24] = 1;\n  return 0;\n}\n').join(),
      /header of the next chunk is hit/,
    );
  });

  it('take what an initialiser leaves out for initialised: it is zero', () => {
    assert.deepEqual(
      mistakes(`struct p { int a, b; char c[20]; };
static int take(struct p p) { return p.c[3]; }
int main(void) {
  struct p x = {1}, y = {.b = 2, .c = "xy"};
  char s[200] = "long", t[10] = "";
  int m[3][3] = {{1}, {2, 3}};
  union { int i; char c[40]; } u = {5};
  int *q = (int[10]){1, 2};
  printf("%d %s\\n", take(x) + y.a + y.c[10] + s[150] + m[2][2] + u.c[30] + q[7] + take((struct p){3}), t + 5);
  return 0;
}
`),
      [],
    );
  });

  it('hear of what libc does on behalf of the program', () => {
    assert.match(
      mistakes(
        'int main(void) {\n  char *p = malloc(4);\n  memset(p, 7, atoi("6"));\n  free(p);\n  return 0;\n}\n',
      ).join(),
      /^heap-overflow 6: write of 6 bytes/,
    );
    assert.match(
      mistakes(
        'int main(void) {\n  char *p = malloc(4);\n  p[0] = 65;\n  printf("%s\\n", p);\n  return 0;\n}\n',
      ).join(),
      /^uninitialised 7: /,
    );
  });

  it('hear of the stores that gcc makes of copies of literals', () => {
    const lines = mistakes(`char name[4], whole[6];
int main(void) {
  char part[4], end[8] = "abcdef";
  struct { char tag[4]; char rest[12]; } s;
  strcpy(name, "literal");
  strcpy(whole, "fine!");
  strcpy(part, "12345678");
  strcat(end, "gh");
  memcpy(part + 2, "abc", 3);
  strcpy(s.tag, "tag+rest");
  return name[0] + whole[0] + part[0] + end[0] + s.tag[0] == 0;
}
`).map((line) => line.replace(/: .*\((\w+)\)$/, ' $1'));
    // Behind `part` lies what the function returns with, of which it is told, too.
    assert.deepEqual(
      lines.filter((line) => !line.startsWith('return-address')),
      ['out-of-bounds 8 name', 'out-of-bounds 10 part', 'out-of-bounds 11 end', 'out-of-bounds 12 part'],
    );
  });

  it('let copies of what is not initialised pass, and find the use', () => {
    assert.deepEqual(
      mistakes(
        'struct s { char c; int n; };\nint main(void) {\n  struct s a, b;\n  int x, y;\n  a.c = 1;\n  b = a;\n  y = x;\n  memcpy(&a, &b, sizeof a);\n  return b.c - 1;\n}\n',
      ),
      [],
    );
    assert.match(
      mistakes('int main(void) {\n  int x, y;\n  y = x;\n  if (y)\n    return 1;\n  return 0;\n}\n').join(),
      /^uninitialised 7: the value that is read at 0x7f\w+ was never initialised \(y\)$/,
    );
  });

  it('change nothing: the run ends as it does', () => {
    const session = openSession(
      `${head}int main(void) { char *p = malloc(24); p[24] = 0; free(p); free(p); return 0; }`,
    );
    const { trap } = session;
    const before = JSON.stringify(session.snapshot('en'));
    checkRun(session, 'en');
    assert.equal(JSON.stringify(session.snapshot('en')), before);
    assert.deepEqual(session.watch('accesses', 1, {}).trap, trap);
  });

  it('sort what is left at the end as memcheck does', () => {
    const text = `${head}struct node { struct node *next; char data[24]; };
static struct node *kept;
static struct node *make(struct node *next) {
  struct node *n = calloc(1, sizeof *n);
  n->next = next;
  return n;
}
static void lose(void) {
  char *lost = malloc(100);
  lost[0] = 1;
}
int main(void) {
  kept = make(make(0));
  struct node *gone = make(make(make(0)));
  gone = 0;
  static char *inside;
  inside = malloc(50);
  inside += 10;
  lose();
  printf("done\\n");
  return gone != 0;
}
`;
    const { leaks } = checkRun(openSession(text), 'en');
    const total = (kind: string): number =>
      leaks.filter((leak) => leak.kind === kind).reduce((sum, { bytes }) => sum + bytes, 0);
    assert.deepEqual(['definite', 'indirect', 'possible', 'reachable'].map(total), [132, 64, 50, 64]);
  });
});
