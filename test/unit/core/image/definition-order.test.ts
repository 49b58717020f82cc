import assert from 'node:assert/strict';
import { analyzeProgram, defaultAnalysisOptions } from '../../../../src/session/analysis.ts';

const comment = '/* offsets in this file are beyond those of the others, which must not count */\n';

const headers: Readonly<Record<string, string>> = {
  'outer.h': `#pragma once
static int before = 3;
#include "inner.h"
${comment.repeat(4)}static int after = 4;
static int outer(void) { return before + after; }
`,
  'inner.h': 'static int inside = 5;\nstatic int inner(void) { return inside; }\n',
  'tail.h': 'static int tail(void) { return 0; }\n',
};

const main = `static int first = 1;
#include "outer.h"
static int last = 2;
static int lead(void) { return first; }
#include "outer.h"
#include "tail.h"
int main(void) { return lead() + outer() + inner() + tail() + last; }
`;

/** As nm -n lists what gcc 12 -O0 makes of it. */
const order = 'inner outer lead tail main first before inside after last';

describe('definitions of included files', () => {
  it('lie in the order of the text that the compiler reads', () => {
    const { linked } = analyzeProgram([{ name: 'main.c', text: main }], {
      ...defaultAnalysisOptions,
      host: {
        resolve: (name) => {
          const text = headers[name];
          return text === undefined ? undefined : { name, text };
        },
      },
    });
    const wanted = new Set(order.split(' '));
    const symbols = linked.image.symbols.filter(({ name }) => wanted.has(name));
    assert.equal(
      symbols
        .sort((a, b) => a.addr - b.addr)
        .map(({ name }) => name)
        .join(' '),
      order,
    );
  });
});
