import assert from 'node:assert/strict';
import { CodeStream } from '../../../../src/core/image/jump-relaxation.ts';
import type { JumpTarget } from '../../../../src/core/image/jump-relaxation.ts';

/** Size of a jump over so many bytes, and the bytes. */
function sizeOfJumpOver(bytes: number, isConditional: boolean): number {
  const code = new CodeStream();
  const target: JumpTarget = { at: undefined };
  code.jump(target, isConditional);
  code.add(bytes);
  code.place(target);
  return code.relax()(code.at);
}

describe('jumps', () => {
  it('are short over 127 bytes and far over 128', () => {
    assert.equal(sizeOfJumpOver(127, false), 2 + 127);
    assert.equal(sizeOfJumpOver(128, false), 5 + 128);
    assert.equal(sizeOfJumpOver(127, true), 2 + 127);
    assert.equal(sizeOfJumpOver(128, true), 6 + 128);
  });

  it('to what follows are none', () => assert.equal(sizeOfJumpOver(0, false), 0));

  it('grow when another jump inside has grown', () => {
    const code = new CodeStream();
    const [first, second]: [JumpTarget, JumpTarget] = [{ at: undefined }, { at: undefined }];
    code.jump(first, false);
    code.jump(second, true);
    code.add(124);
    code.place(first);
    code.add(10);
    code.place(second);
    assert.equal(code.relax()(code.at), 5 + 6 + 134);
  });
});
