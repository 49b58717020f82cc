import assert from 'node:assert/strict';
import { FrameMarks, frameImports } from '../../../../src/core/checks/frame-marks.ts';
import { DEAD, DEFINED, LINK, ShadowMemory, UNDEFINED } from '../../../../src/core/checks/shadow-memory.ts';
import type { CompiledProgram } from '../../../../src/core/codegen/compiled-program.ts';
import { statesOf } from '../../../support/shadow-states.ts';

/** A function with variables at (offset, size), and the positions of its entry and its end. */
function programOf(variables: readonly (readonly [number, number])[], frameSize: number): CompiledProgram {
  const fn = {
    frameSize,
    realignment: undefined,
    variables: variables.map(([offset, size]) => ({ offset, size, isParameter: offset === -8 })),
  };
  const program: unknown = {
    target: 'x86_64',
    functions: [fn],
    positions: (['entry', 'statement', 'exit'] as const).map((role) => ({ functionIndex: 0, role })),
  };
  return program as CompiledProgram;
}

describe('marks of frames', () => {
  const variables = [
    [-4, 4],
    [-8, 4],
    [-40, 20],
  ] as const;

  /** States below rbp after an entry, from the lowest byte on. */
  const expected = [...Array<number>(40).keys()].map((i) => {
    const offset = i - 40;
    return (offset >= -40 && offset < -20) || offset >= -4 ? UNDEFINED : DEFINED;
  });

  it('are made of the variables, at an entry and at an end, in one page or two', () => {
    const shadow = new ShadowMemory();
    const marks = new FrameMarks(shadow, programOf(variables, 40));
    const told: number[] = [];
    const due = frameImports(shadow, marks, (_, framePointer) => told.push(framePointer)).frame_due as (
      position: number,
      low: number,
      high: number,
    ) => void;
    const page = 0x7fff_ffff_e000;
    // The states of both pages exist.
    for (const at of [page, page - 8, page + 0x1000]) shadow.set(at, 1, DEAD);
    for (const framePointer of [page + 0x800, page + 40, page + 16, page, page + 0xff8, page + 0x1000]) {
      const halves = [framePointer | 0, Math.floor(framePointer / 2 ** 32)] as const;
      due(0, ...halves);
      const states = statesOf(shadow, framePointer - 40, 56);
      const link = Array<number>(16).fill(LINK);
      assert.deepEqual(states, [...expected, ...link], framePointer.toString(16));
      due(2, ...halves);
      assert.ok(statesOf(shadow, framePointer - 40, 56).every((state) => state === DEAD));
      assert.equal(marks.lastGoneAt(framePointer - 1)?.variablesFrom, framePointer);
    }
    assert.deepEqual(told, []);
    due(0, 0x1000, 0);
    assert.deepEqual(told, [0x1000], 'a page of which nothing was said is told');
  });

  it('leave large frames to the checker', () => {
    const shadow = new ShadowMemory();
    let told = 0;
    const marks = new FrameMarks(shadow, programOf([[-5000, 4900]], 5008));
    const due = frameImports(shadow, marks, () => (told += 1)).frame_due as (...words: number[]) => void;
    shadow.set(0x8000, 8192, DEAD);
    due(0, 0xa000, 0);
    assert.equal(told, 1);
  });

  it('know the last frames that ended', () => {
    const shadow = new ShadowMemory();
    const marks = new FrameMarks(shadow, programOf(variables, 40));
    for (let i = 0; i < 100; i++) marks.noteGone(2, 0x8000 + 64 * i, 0x8000 + 64 * i - 8);
    assert.equal(marks.lastGoneAt(0x8000 - 8), undefined, 'forgotten');
    assert.equal(marks.lastGoneAt(0x8000 + 64 * 99 - 8)?.variablesFrom, 0x8000 + 64 * 99 - 8);
    assert.equal(marks.lastGoneAt(0x8000 + 64 * 99), undefined, 'above rbp');
  });
});
