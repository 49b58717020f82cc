/** Bytes are read once for a part of the picture, and never those of another moment. */
import assert from 'node:assert/strict';
import type { HexAddress } from '../../../../src/protocol/view-model.ts';
import { ByteWindow } from '../../../../webview/zoom/byte-window.ts';

const bytesFrom = (start: HexAddress, ...values: number[]) => ({
  pieces: [{ start, bytes: new Uint8Array(values).buffer }],
});

describe('bytes of the map', () => {
  it('are read with room around them, and once', async () => {
    const asked: [HexAddress, number][] = [];
    const read = (start: HexAddress, length: number) => {
      asked.push([start, length]);
      return Promise.resolve(bytesFrom('0x10000', 7, 8));
    };
    const bytes = new ByteWindow();
    assert.equal(await bytes.read({ start: 0x10000n, end: 0x10040n }, read), true);
    assert.equal(await bytes.read({ start: 0x10010n, end: 0x10020n }, read), false);
    assert.equal(bytes.at(0x10001n), 8);
    assert.equal(bytes.at(0x10002n), undefined);
    assert.deepEqual(asked, [['0xf820', 4096]]);
  });

  it('of an earlier moment are dropped', async () => {
    const bytes = new ByteWindow();
    let answer: (result: ReturnType<typeof bytesFrom>) => void = () => undefined;
    const late = bytes.read({ start: 0n, end: 16n }, () => new Promise((resolve) => (answer = resolve)));
    bytes.clear();
    answer(bytesFrom('0x0', 1));
    assert.equal(await late, false);
    assert.equal(bytes.at(0n), undefined);
  });
});
