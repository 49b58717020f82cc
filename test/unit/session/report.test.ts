import assert from 'node:assert/strict';
import { openSession } from '../../support/open-session.ts';

const program = `#include <stdlib.h>
static char kept[1000];
int main(void) {
  kept[0] = 1;
  for (int i = 0; i < 3; i++) malloc(100);
  char *p = malloc(200000);
  p[0] = 1;
  free(p);
  return 7;
}
`;

describe('the report about a run', () => {
  const session = openSession(program);

  it('says who allocates, how much, and what is not freed', () => {
    const text = session.report('en');
    assert.match(text, /^# Memory report: program\.c$/m);
    assert.match(text, /exits with status 7/);
    // Three blocks of 100 bytes stay; the one of 200,000 goes.
    assert.match(text, /^\| program\.c:5 \| 3 \| 300 \| 3 \| 300 \|$/m);
    assert.match(text, /^\| program\.c:6 \| 1 \| 200,000 \| 0 \| 0 \|$/m);
    assert.match(text, /^\| live: .* \| 200,300 \| \d+ \| 300 \|$/m);
    assert.match(text, /^\| munmap \| 1 \|$/m);
  });

  it('exists in Chinese, and leaves the moment as it was', () => {
    session.seek(3);
    const before = JSON.stringify(session.snapshot('en'));
    assert.match(session.report('zh-cn'), /^# 内存报告：program\.c$/m);
    assert.equal(JSON.stringify(session.snapshot('en')), before);
  });
});
