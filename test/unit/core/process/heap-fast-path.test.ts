import assert from 'node:assert/strict';
import { Machine } from '../../../../src/core/process/machine.ts';
import { machineProfile } from '../../../../src/core/target/machine-profile.ts';
import type { TraceEvent, Tracer } from '../../../../src/core/trace/trace-event.ts';
import { defaultAnalysisOptions } from '../../../../src/session/analysis.ts';
import { buildProgram } from '../../../../src/session/build.ts';

/** Random blocks come and go, some are written beyond their end on purpose; every address counts. */
const program = `
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static char *blocks[400];
static unsigned seed = 12345;
static unsigned next(unsigned below) { seed = seed * 1103515245u + 12345u; return (seed >> 8) % below; }
int main(void) {
  unsigned long sum = 0;
  for (int turn = 0; turn < 6000; turn++) {
    int k = next(400);
    if (blocks[k] != NULL) {
      free(blocks[k]);
      blocks[k] = NULL;
      continue;
    }
    unsigned long size = next(10) == 0 ? next(5000) : next(8) * 13;
    blocks[k] = malloc(size);
    memset(blocks[k], k, size);
    sum = sum * 31 + (unsigned long)blocks[k];
    if (turn % 200 == 0) printf("%p %lx\\n", (void *)blocks[k], sum);
  }
  for (int k = 0; k < 400; k++) free(blocks[k]);
  for (int k = 0; k < 200; k++) printf("%p\\n", malloc(k % 120));
  LAST
  return 0;
}
`;

/** Shows the words through which its functions of libc are called. WORK is done in main. */
const tableProgram = `
#include <stdio.h>
#include <stdlib.h>
extern void *_GLOBAL_OFFSET_TABLE_[];
static long room[4];
void *elsewhere(unsigned long bytes) { return (char *)room + bytes; }
void show(const char *what) {
  printf("%s\\n", what);
  for (int k = 3; k < 7; k++) printf("%d %p\\n", k, _GLOBAL_OFFSET_TABLE_[k]);
}
int main(void) {
  char *p = malloc(20), *q = malloc(20);
  *p = *q = 1;
  WORK
  return 0;
}
`;

/** Output and end of a program. */
function run(text: string, ignoresMalloc: boolean): string {
  const profile = machineProfile('x86_64');
  const source = { name: 'heap.c', text };
  const built = buildProgram([source], defaultAnalysisOptions, profile, (text) => text.key).program;
  assert.ok(built);
  let output = '';
  let mallocEvents = 0;
  const tracer: Tracer = {
    wantsWhy: false,
    ignoresMalloc,
    count: 0,
    emit: (event: TraceEvent) => {
      if (event.kind === 'output') output += Buffer.from(event.bytes).toString('latin1');
      if (event.kind === 'malloc') mallocEvents += 1;
    },
  };
  const machine = new Machine({
    program: built.compiled,
    module: built.module,
    image: built.analysis.image,
    linear: new WebAssembly.Memory({ initial: 160, maximum: 4096 }),
    tracer,
    inputs: {
      profile,
      argv: ['./heap'],
      envp: [],
      programPath: '/home/user/heap',
      stdin: new Uint8Array(),
      stdinKind: 'pipe',
      stdoutKind: 'pipe',
      pid: 4242,
      fuel: 1e9,
    },
  });
  const trap = machine.run();
  assert.equal(mallocEvents > 0, !ignoresMalloc);
  return `${output}${trap.kind}`;
}

describe('malloc and free in WebAssembly', () => {
  for (const [what, last] of [
    ['gives the addresses that the general functions give', ''],
    ['leaves a double free in the cache to them', 'char *p = malloc(20); free(p); free(p);'],
    [
      'leaves a double free in a fast bin to them',
      'char *p[9]; for (int k = 0; k < 9; k++) p[k] = malloc(40); for (int k = 0; k < 9; k++) free(p[k]); free(p[8]);',
    ],
    ['leaves a broken size to them', 'char *p = malloc(24); ((long *)p)[-1] = 0x29; free(p);'],
    ['leaves a pointer that is no block to them', 'free((char *)malloc(32) + 8);'],
  ] as const) {
    it(what, () => {
      const text = program.replace('LAST', last);
      const fast = run(text, true);
      assert.equal(fast, run(text, false));
      assert.equal(fast.endsWith('abort'), last !== '');
    });
  }

  for (const [what, work, shown] of [
    ['binds the words of the table at first calls', 'show("before"); free(p); show("behind");', /behind/],
    [
      'leaves calls through overwritten words to the table',
      `free(p);
      for (int k = 3; k < 7; k++) {
        void *word = _GLOBAL_OFFSET_TABLE_[k];
        _GLOBAL_OFFSET_TABLE_[k] = (void *)elsewhere;
        p = malloc(7);
        *p = 1;
        if (p != (char *)room + 7) free(p);
        _GLOBAL_OFFSET_TABLE_[k] = word;
        if (p == (char *)room + 7) printf("malloc has word %d\\n", k);
      }
      show("behind");`,
      /malloc has word/,
    ],
  ] as const) {
    it(what, () => {
      const text = tableProgram.replace('WORK', work);
      const fast = run(text, true);
      assert.equal(fast, run(text, false));
      assert.match(fast, shown);
    });
  }
});
