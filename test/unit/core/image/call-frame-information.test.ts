/**
 * Lengths of the entries of .eh_frame that gcc 12.2 -O0 -fpie and gas 2.40 made of functions; `readelf -wf` tells them (what
 * it prints leaves out the four bytes of the length itself, and the last entry of a section is filled up).
 */
import assert from 'node:assert/strict';
import { unwindBytes } from '../../../../src/core/image/call-frame-information.ts';
import { layoutFrames } from '../../../../src/core/image/frame.ts';
import { analyze } from '../../../../src/core/sema/analyzer.ts';
import { debianDefaults } from '../../../../src/core/sema/placement.ts';
import { parse } from '../../../../src/core/syntax/parser.ts';
import { preprocess } from '../../../../src/core/syntax/preprocessor.ts';
import { dataModelOf } from '../../../../src/core/target/data-model.ts';
import type { TargetName } from '../../../../src/core/target/data-model.ts';

const text = `
int ext(int, ...);
int leaf(int a) { return a; }
int saves(int a, int b) { return ext(a) + ext(b); }
int pops(int a, int b) { return ext(a) * 3 + ext(ext(b) * ext(a) + ext(3)); }
int aligned(int n) { _Alignas(64) char c[10]; return ext(c[0] = 1, 2, 3, 4, 5, 6, 7, 8) + ext(n); }
_Noreturn void never(void) { for (;;) ext(1); }
int main(void) { int i = ext(1); return i; }
`;

/** Bytes of code, and of the entry, of each function. */
type Recorded = Readonly<Record<string, readonly [size: number, entry: number]>>;

function check(target: TargetName, recorded: Recorded): void {
  const { tokens } = preprocess({ name: 'a.c', text, target });
  const unit = analyze(parse(tokens).unit, { model: dataModelOf(target) });
  const frames = layoutFrames(unit.functions, { ...debianDefaults, target });
  const ours: Record<string, readonly [number, number]> = {};
  for (const [fn, frame] of frames) {
    const { name } = fn.symbol;
    const size = recorded[name]?.[0] ?? 0;
    ours[name] = [size, unwindBytes({ target, frame, size, returns: name !== 'never' })];
  }
  assert.deepEqual(ours, recorded);
}

describe('entries of .eh_frame', () => {
  it('say where the frame pointer and the saved registers are on x86-64', () =>
    check('x86_64', {
      leaf: [0x0c, 0x20],
      saves: [0x37, 0x20],
      pops: [0x76, 0x24],
      aligned: [0x74, 0x30],
      never: [0x15, 0x1c],
      main: [0x1f, 0x20],
    }));

  it('say on the i386, too, when registers are restored', () =>
    check('i386', {
      leaf: [0x12, 0x20],
      saves: [0x37, 0x28],
      pops: [0x71, 0x2c],
      aligned: [0x5a, 0x44],
      never: [0x21, 0x1c],
      main: [0x3b, 0x34],
    }));
});
