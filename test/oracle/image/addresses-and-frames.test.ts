/**
 * Addresses of objects, offsets in stack frames and sizes of functions against what gcc 12.2 and ld 2.40 gave the
 * recorded programs.
 *
 * Each program may differ in as many values as the table says, for the reason it says; more is a regression, fewer
 * means that the table must be corrected.
 */
import assert from 'node:assert/strict';
import { caseNames } from '../segments/segment-cases.ts';
import type { VariantName } from '../segments/segment-cases.ts';
import {
  addressComparisons,
  codeSizeComparisons,
  frameComparisons,
  stackUsageComparisons,
} from './image-cases.ts';
import type { Comparison } from './image-cases.ts';

/** Number of values that differ, and why. */
type Known = Readonly<Record<string, readonly [number, string]>>;

const knownFrames: Known = {};

/** By program, then by code model where they differ. */
const knownFrames32: Record<'m32-pie-O0' | 'm32-nopie-O0', Known> = {
  'm32-pie-O0': {},
  'm32-nopie-O0': {},
};

const knownUsage: Known = {};

const knownUsage32: Record<'m32-pie-O0' | 'm32-nopie-O0', Known> = {
  'm32-pie-O0': {},
  'm32-nopie-O0': {},
};

const knownAddresses: Known = {
  's10-strings-not-objects': [2, '__func__ is recorded where the function is'],
};

function checkKnown(name: string, comparisons: readonly Comparison[], known: Known): void {
  const wrong = comparisons.filter((one) => one.actual !== one.expected);
  const [allowed, reason] = known[name] ?? [0, 'nothing is known to differ'];
  const list = wrong.map((one) => `${one.key}: ${one.actual} instead of ${one.expected}`).join('\n');
  assert.equal(wrong.length, allowed, `${reason}\n${list}`);
}

describe('stack frames of the recorded programs', () => {
  for (const variant of ['m64-pie-O0', 'm64-nopie-O0', 'm64-linknopie-O0'] as const) {
    for (const name of caseNames) {
      it(`${name}, ${variant}`, () => checkKnown(name, frameComparisons(name, variant), knownFrames));
    }
  }
  for (const variant of ['m32-pie-O0', 'm32-nopie-O0'] as const) {
    for (const name of caseNames) {
      it(`${name}, ${variant}`, () =>
        checkKnown(name, frameComparisons(name, variant), knownFrames32[variant]));
    }
  }
});

describe('stack usage of the recorded programs', () => {
  for (const [variant, count, known] of [
    ['m64-pie-O0', 140, knownUsage],
    ['m64-nopie-O0', 140, knownUsage],
    ['m64-linknopie-O0', 140, knownUsage],
    ['m32-pie-O0', 113, knownUsage32['m32-pie-O0']],
    ['m32-nopie-O0', 113, knownUsage32['m32-nopie-O0']],
  ] as const) {
    it(variant, () => {
      const all = caseNames.flatMap((name) => stackUsageComparisons(name, variant));
      assert.ok(all.length >= count, String(all.length));
      for (const name of caseNames)
        checkKnown(
          name,
          all.filter((one) => one.key.startsWith(name)),
          known,
        );
    });
  }
});

describe('addresses of the recorded programs', () => {
  for (const name of caseNames) {
    it(name, () => checkKnown(name, addressComparisons(name, 'm64-pie-O0'), knownAddresses));
  }

  // The other variants have the same rules and other start-up files; what differs is counted.
  const floors: readonly (readonly [VariantName, number])[] = [
    ['m64-nopie-O0', 727],
    ['m64-linknopie-O0', 732],
    ['m32-pie-O0', 734],
    ['m32-nopie-O0', 723],
  ];
  for (const [variant, floor] of floors) {
    it(`${variant}: at least ${floor} of the addresses are equal`, () => {
      const all = caseNames.flatMap((name) => addressComparisons(name, variant));
      const equal = all.filter((one) => one.actual === one.expected).length;
      assert.ok(equal >= floor, `${equal} of ${all.length}`);
    });
  }
});

describe('estimated code sizes of the recorded programs', () => {
  it('are within 13 % on average, and 66 of 144 exact', () => {
    const all = caseNames.flatMap(codeSizeComparisons);
    const errors = all.map((one) => Math.abs(Math.log((one.actual ?? 1) / one.expected)));
    const mean = errors.reduce((sum, one) => sum + one, 0) / errors.length;
    const exact = errors.filter((one) => one === 0).length;
    assert.ok(
      mean < 0.13 && exact >= 66 && all.length === 144,
      `mean error ${mean}, ${exact} of ${all.length} exact`,
    );
  });
});
