import assert from 'node:assert/strict';
import { inTableOrder, versionedName } from '../../../../src/core/image/symbol-hash.ts';

describe('the order of symbols in the hash table of ld', () => {
  it('is that of the PLT of a program linked with ld 2.40', () => {
    const names = 'fprintf fputc getc malloc free puts printf strlen realloc qsort memcpy exit'.split(' ');
    assert.equal(
      inTableOrder(names, (name) => versionedName(name, 'x86_64')).join(' '),
      'free puts qsort strlen printf fputc fprintf memcpy malloc realloc exit getc',
    );
  });

  it('is that of the copies of libc objects', () => {
    assert.deepEqual(
      inTableOrder(['stderr', 'stdin', 'stdout'], (name) => versionedName(name, 'x86_64')),
      ['stdout', 'stdin', 'stderr'],
    );
  });
});
