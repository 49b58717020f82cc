import { checkParse } from '../../../support/check-parse.ts';

describe('parser: declarators', () => {
  it('keeps the shape of the text', () => {
    checkParse(
      'int *f(void), (*g)(int), *a[3], (*b)[3];',
      '(decl int (* (fn((void _)) f)) (fn((int _)) (* g)) (* ([3] a)) ([3] (* b)))',
    );
  });
});
