import assert from 'node:assert/strict';
import { checkRun } from '../../../src/session/check-run.ts';
import { openSession } from '../../support/open-session.ts';

interface Seeded {
  readonly title: string;
  /** The process with the mistakes. */
  readonly process: number;
  /** As valgrind 3.19 --trace-children=yes --leak-check=full --show-leak-kinds=all reports them for that process. */
  readonly found: readonly string[];
  readonly text: string;
}

const seeded: readonly Seeded[] = [
  {
    title: 'a block that a child has freed, used in a call, after it waited for a pipe',
    process: 2,
    found: ['use-after-free 6'],
    text: `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
static int sum(const int *p) { return p[0] + p[1]; }
int main(void) {
  int fd[2];
  char go;
  int *shared = malloc(40);
  memset(shared, 0, 40);
  pipe(fd);
  if (fork() == 0) {
    read(fd[0], &go, 1);
    free(shared);
    int r = sum(shared);
    _exit(r);
  }
  shared[0] = 5;
  write(fd[1], "x", 1);
  int st;
  wait(&st);
  free(shared);
  return 0;
}
`,
  },
  {
    title: 'an overflow in a child',
    process: 2,
    found: ['heap-overflow 12'],
    text: `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) {
  char *buf = malloc(10);
  pid_t pid = fork();
  if (pid == 0) {
    strcpy(buf, "hello");
    for (int i = 0; i <= 10; i++)
      buf[i] = (char)i;
    free(buf);
    exit(0);
  }
  strcpy(buf, "fine");
  waitpid(pid, 0, 0);
  puts(buf);
  free(buf);
  return 0;
}
`,
  },
  {
    title: 'a block that only the parent initialises, later',
    process: 2,
    found: ['uninitialised 11'],
    text: `#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) {
  int *v = malloc(4 * sizeof *v);
  v[0] = 1;
  if (fork() == 0) {
    int t = v[0];
    t += v[2];
    if (t > 3)
      puts("big");
    free(v);
    return 0;
  }
  v[2] = 0;
  wait(0);
  if (v[2] > 3) puts("never");
  free(v);
  return 0;
}
`,
  },
  {
    title: 'a list that a child loses',
    process: 2,
    found: ['leak indirect 7', 'leak definite 7'],
    text: `#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>
struct node { struct node *next; int v; };
static struct node *push(struct node *head, int v) {
  struct node *n = malloc(sizeof *n);
  n->next = head;
  n->v = v;
  return n;
}
int main(void) {
  struct node *head = 0;
  if (fork() == 0) {
    for (int i = 0; i < 5; i++)
      head = push(head, i);
    printf("%d\\n", head->v);
    head = 0;
    return 0;
  }
  wait(0);
  return 0;
}
`,
  },
  {
    title: 'a block of the parent that a child frees twice',
    process: 2,
    found: ['double-free 12'],
    text: `#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) {
  char *p = malloc(24), *q = malloc(24);
  free(q);
  if (fork() == 0) {
    free(p);
    q = malloc(24);
    free(q);
    free(p);
    exit(0);
  }
  wait(0);
  free(p);
  return 0;
}
`,
  },
  {
    title: "three mistakes in a grandchild, with a parent's block",
    process: 3,
    found: ['heap-overflow 10', 'uninitialised 12', 'invalid-free 14', 'leak reachable 6'],
    text: `#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) {
  int *a = calloc(4, 4);
  if (fork() == 0) {
    a[1] = 2;
    if (fork() == 0) {
      a[4] = a[1];
      int x;
      if (x == 7)
        a[2] = 1;
      free(a + 1);
      exit(0);
    }
    wait(0);
    free(a);
    exit(0);
  }
  wait(0);
  free(a);
  return 0;
}
`,
  },
];

const checked = (text: string, process: number): string[] => {
  const { mistakes, leaks } = checkRun(openSession(text, { process }), 'en');
  return [
    ...mistakes.map(({ kind, place }) => `${kind} ${String(place?.line)}`),
    ...leaks.map(({ kind, place }) => `leak ${kind} ${String(place?.line)}`),
  ];
};

describe('checks of a process made by fork', function () {
  // Each process is a run of its own, which may go past the checks twice.
  this.timeout(10_000);
  for (const { title, process, found, text } of seeded)
    it(`find ${title}`, () => {
      assert.deepEqual(checked(text, process), found);
      for (let ancestor = 1; ancestor < process; ancestor++)
        assert.deepEqual(checked(text, ancestor), [], 'the other processes make no mistake');
    });
});
