import assert from 'node:assert/strict';
import { FuelClock } from '../../../../src/core/process/fuel-clock.ts';

/** A clock with the program that burns its fuel. */
function clockOf(total: number): { readonly clock: FuelClock; readonly burn: (most: number) => number } {
  let fuel = 0;
  const clock = new FuelClock(total);
  clock.start({ get: () => fuel, set: (value) => (fuel = value) });
  const burn = (most: number): number => {
    for (let count = 1; count <= most; count += 1) {
      fuel -= 1;
      if (fuel < 0) return count;
    }
    return 0;
  };
  return { clock, burn };
}

describe('the clock of loop iterations and calls', () => {
  it('ends a time slice, and then the allowance', () => {
    const { clock, burn } = clockOf(100);
    clock.setSlice(10);
    assert.equal(burn(1000), 11);
    assert.ok(clock.isSliceOver);
    assert.equal(clock.used, 11);
    clock.setSlice(20);
    assert.ok(!clock.isSliceOver);
    assert.equal(burn(1000), 21);
    clock.setSlice(undefined);
    assert.ok(!clock.isSliceOver);
    assert.equal(burn(1000), 69);
    assert.ok(!clock.isSliceOver);
    assert.ok(!clock.isTimer());
    assert.equal(clock.used, 101);
  });

  it('ends a slice before a timer and a timer before a slice', () => {
    const { clock, burn } = clockOf(1000);
    clock.setDeadline(50);
    clock.setSlice(20);
    assert.equal(burn(1000), 21);
    assert.ok(clock.isSliceOver);
    clock.setSlice(100);
    assert.equal(burn(1000), 30);
    assert.ok(!clock.isSliceOver);
    assert.ok(clock.isTimer());
    clock.setDeadline(undefined);
    assert.equal(burn(1000), 71);
    assert.ok(clock.isSliceOver);
  });

  it('waits without using up a slice', () => {
    const { clock, burn } = clockOf(1000);
    clock.setSlice(20);
    clock.wait(500);
    assert.equal(clock.elapsed, 500);
    assert.equal(burn(1000), 21);
    assert.ok(clock.isSliceOver);
  });
});
