/** What callbacks of libc get in parameters that their declared types do not have: the expected values are those of glibc 2.36. */
import assert from 'node:assert/strict';
import { openSession } from '../../../support/open-session.ts';

const declarations =
  'void qsort(); int atexit(); void exit(int); void _exit(int); int memcmp(); void *bsearch(); int k, a[3] = {3, 1, 2};\n';

function endOf(text: string): unknown {
  return openSession(declarations + text).trap;
}

describe('callbacks with more parameters than their type has', () => {
  it('get a null pointer from qsort', () => {
    const compare = 'int c(int *p, int *q, char *r) { k += r == 0; return *p - *q; }';
    const end = endOf(`${compare} int main(void) { qsort(a, 3L, 4L, c); return 16 * a[0] + k; }`);
    assert.deepEqual(end, { kind: 'exit', status: 19 });
    const unsorted = endOf('int main(void) { qsort(a, 3L, 4L, memcmp); return a[0]; }');
    assert.deepEqual(unsorted, { kind: 'exit', status: 3 });
  });

  it('get a null pointer and the status from exit', () => {
    const handler = 'void f(char *p, int status) { _exit(status + (p == 0)); }';
    const end = endOf(`${handler} int main(void) { atexit(f); exit(6); }`);
    assert.deepEqual(end, { kind: 'exit', status: 7 });
  });

  it('end the run where nobody knows what they would get', () => {
    const compare = 'int c(int *p, int *q, char *r) { return *p - *q; }';
    const end = endOf(`${compare} int main(void) { return bsearch(a, a, 3L, 4L, c) == a; }`);
    assert.equal((end as { readonly kind: string }).kind, 'unsupported');
  });
});
