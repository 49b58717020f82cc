/**
 * Sizes of the recorded programs' functions against what gcc 12.2 gave, and sizes of random functions against the local
 * gcc.
 */
import assert from 'node:assert/strict';
import { caseNames } from '../segments/segment-cases.ts';
import { codeSizeComparisons } from './image-cases.ts';

describe('code sizes of the recorded programs', () => {
  it('at least 119 of 141 are exact', () => {
    const all = caseNames.flatMap(codeSizeComparisons);
    const wrong = all.filter((one) => one.actual !== one.expected);
    const list = wrong.map((one) => `${one.key}: ${one.actual} instead of ${one.expected}`).join('\n');
    assert.ok(all.length - wrong.length >= 119, `${all.length - wrong.length} of ${all.length}\n${list}`);
  });
});
