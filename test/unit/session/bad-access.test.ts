import assert from 'node:assert/strict';
import { openSession } from '../../support/open-session.ts';

describe('a run that ends with a bad access', () => {
  const session = openSession(
    '#include <sys/mman.h>\nint main(void) { char *p = mmap(0, 4096, PROT_READ, 0x22, -1, 0);\n p[7] = 1; }',
  );
  session.seek(session.recording.count - 1);

  it('tells with its last event which mapping forbids it, in both languages', () => {
    const { event, changed } = session.snapshot('en');
    assert.equal(event?.text, 'killed by SIGSEGV');
    assert.equal(
      event.detail,
      'SIGSEGV (SEGV_ACCERR): write at 0x7ffff7fbf007\n' +
        '0x7ffff7fbf007 lies in [anon] (0x7ffff7fbf000 to 0x7ffff7fc0000), which may not be written.',
    );
    assert.equal(event.place?.line, 3);
    assert.equal(event.address, '0x7ffff7fbf007');
    assert.deepEqual(changed, [{ start: '0x7ffff7fbf000', end: '0x7ffff7fc0000' }]);
    assert.equal(session.snapshot('zh-cn').event?.text, '被 SIGSEGV 终止');
    assert.match(session.snapshot('zh-cn').event?.detail ?? '', /写入 0x7ffff7fbf007\n.*该映射不可写。/);
  });

  it('tells the same as the outcome of the run', () => {
    const { outcome } = session.snapshot('en');
    assert.equal(outcome.text, 'SIGSEGV (SEGV_ACCERR): write at 0x7ffff7fbf007');
    assert.match(outcome.why, /may not be written/);
  });

  it('gives an address of the kernel to the bit', () => {
    const wild = openSession('int main(void) { return *(int *)0xffffffffffffff01; }');
    assert.match(wild.snapshot('en').outcome.text, /read at 0xffffffffffffff01$/);
  });

  it('tells a jump into data from a jump into nothing', () => {
    const jump = (target: string): string =>
      openSession(
        `const int data[4] = {1, 2, 3, 4}; int main(void) { ((void (*)(void))${target})(); }`,
      ).snapshot('en').outcome.text;
    assert.match(jump('data'), /SEGV_ACCERR\): instruction fetch/);
    assert.match(jump('0'), /SEGV_MAPERR\): instruction fetch at 0x0$/);
    assert.match(jump('0xffffffff81000001'), /SEGV_MAPERR\): instruction fetch at 0xffffffff81000001$/);
  });
});
