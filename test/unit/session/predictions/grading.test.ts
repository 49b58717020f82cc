import assert from 'node:assert/strict';
import type { Solution } from '../../../../src/protocol/lessons.ts';
import { grade, readNumber } from '../../../../src/session/predictions/grading.ts';

const number = (value: string): Solution => ({ kind: 'number', value, form: 'bytes' });

describe('grading', () => {
  it('takes numbers in hexadecimal, decimal, with commas and units', () => {
    for (const text of [
      '135168',
      '0x21000',
      '0X21000',
      '135,168',
      '132 KiB',
      '132k',
      ' 135168 bytes ',
      '135168 字节',
    ])
      assert.equal(grade(number('135168'), text), 'right', text);
  });

  it('is exact: one byte beside is wrong', () => {
    for (const text of ['135167', '0x20fff', '131 KiB', '-135168', '132'])
      assert.equal(grade(number('135168'), text), 'wrong', text);
  });

  it('counts for nothing what is no number', () => {
    for (const text of ['', 'many', '0x', '1e5', '13,51,68', '132 KiBi', '1 2', '--3', '0xfgh'])
      assert.equal(grade(number('135168'), text), 'unreadable', text);
  });

  it('is exact beyond what a double holds', () => {
    assert.equal(grade(number('18446603336221196288'), '0xffff800000000000'), 'right');
    assert.equal(grade(number('18446603336221196288'), '0xffff800000000001'), 'wrong');
    assert.equal(readNumber('0xffffffffffffffff'), 2n ** 64n - 1n);
  });

  it('takes choices by their index', () => {
    const solution: Solution = { kind: 'choice', choices: ['a', 'b', 'c'], correct: 1 };
    assert.deepEqual(
      ['0', '1', '2', '3', 'b', ''].map((given) => grade(solution, given)),
      ['wrong', 'right', 'wrong', 'unreadable', 'unreadable', 'unreadable'],
    );
  });
});
