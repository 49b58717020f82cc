/** What main may take and return: the expected statuses are those of gcc 12 on x86-64. */
import assert from 'node:assert/strict';
import { openSession } from '../../../support/open-session.ts';

const endOf = (source: string): unknown => openSession(source).trap;

describe('the status of a process', () => {
  it('is the low byte of what main returns, whatever integer or pointer it is', () => {
    assert.deepEqual(endOf('long main(long argc) { return (argc << 60) + (argc << 40) + 258 + argc; }'), {
      kind: 'exit',
      status: 3,
    });
    assert.deepEqual(endOf('unsigned char main(void) { return 200; }'), { kind: 'exit', status: 200 });
    assert.deepEqual(endOf('char *main(void) { return (char *)0x105; }'), { kind: 'exit', status: 5 });
  });

  it('is not taken from a result in other registers', () => {
    assert.deepEqual(endOf('float main(void) { return 1.5f; }'), { kind: 'exit', status: 0 });
    const record = endOf('struct s { int a, b; }; struct s main(void) { struct s x = { 7, 9 }; return x; }');
    assert.equal((record as { readonly kind: string }).kind, 'unsupported');
  });
});
