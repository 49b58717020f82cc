import assert from 'node:assert/strict';
import { openSession } from '../../../support/open-session.ts';

describe('a volatile object whose value nobody uses', () => {
  const faults = (statement: string): number => {
    const { recording } = openSession(
      `#include <sys/mman.h>\nint main(void) { char *p = mmap(0, 8192, 3, 0x22, -1, 0); ${statement}; return 0; }`,
    );
    return Array.from({ length: recording.count }, (_, index) => recording.kindAt(index)).filter(
      (kind) => kind === 'page-fault',
    ).length;
  };

  it('is read, and so touches its page', () => {
    assert.equal(faults('*(volatile char *)p') - faults(''), 1);
    assert.equal(faults('(void)*(volatile int *)(p + 4096)') - faults(''), 1);
  });

  it('is not read when it is not volatile', () => {
    assert.equal(faults('*p') - faults(''), 0);
  });
});
